"""Lines that name a permit, matched to that stream of it which they are of: the number is an explicit reference."""

from __future__ import annotations

from ewglink.rules.trade import Line, Stream, Thing, Trade

_WASTE = ("", "waste")


def permitted(trade: Trade, line: Line) -> list[Stream]:
    """The waste streams of the permits that a line names, or that its load names for all lines, as the permits list
    them. Permits for wildlife and engines are judged by rules of their own."""
    return [stream for permit in _named(line) for stream in _waste_streams(trade, permit)]


def unresolved(trade: Trade, line: Line) -> list[Thing]:
    """The permits by number that a line names and of which the case has no stream."""
    return [permit for permit in _named(line) if permit.text("permit_no") and not _waste_streams(trade, permit)]


def _named(line: Line) -> list[Thing]:
    papers = {permit.id: permit for permit in (*line.permits, *(line.movement.permits if line.movement else ()))}
    return list(papers.values())


def _waste_streams(trade: Trade, permit: Thing) -> list[Stream]:
    return [stream for stream in trade.streams_of.get(permit.id, ()) if stream.sector in _WASTE and stream.values]


def of_permit(line: Line, streams: list[Stream]) -> Stream | None:
    """The one stream that a line is drawn on of those of its permit: the only one; else the only one that nothing it
    states contradicts; else, where all are contradicted, the one of its number. None where several fit."""
    if len(streams) < 2:
        return streams[0] if streams else None
    fitting = [stream for stream in streams if _fits(line, stream)]
    if not fitting:
        fitting = [stream for stream in streams if line.no and stream.text("stream_no") == line.no]
    return fitting[0] if len(fitting) == 1 else None


def _fits(line: Line, stream: Stream) -> bool:
    shared = line.codes.keys() & stream.codes.keys()
    return all(line.codes[one] <= stream.codes[one] for one in shared) and not (
        line.un and stream.un and line.un not in stream.un)
