"""Movement lines matched to consented streams: by the number they name, else by what fits, and never silently."""

from __future__ import annotations

from collections import defaultdict

from ewglink.rules.assembling import is_known, shipping_order
from ewglink.rules.permits import permitted, unresolved
from ewglink.rules.trade import Line, Movement, Stream, Trade

LEAST = 0.8
"""A candidate below this score is no match; the only one at or above it is inferred."""

NEVER_GIVEN = frozenset({"OBJECTED", "WITHDRAWN", "LAPSED", "PENDING"})
"""What was never consented to is no candidate."""

_WEIGHTS = {"codes": 0.3, "un": 0.2, "window": 0.2, "facility": 0.2, "operation": 0.1}


def infer(trade: Trade) -> None:
    """Give each line that names no consent the one stream that fits it best, where that is clear.

    Candidates have the line's exporter (or the notice's applicant) and the receiver's country; of a line that names a
    permit only the permit's, and none where the case does not have it. The score is the sum of the weights of what
    agrees: codes within the consented ones, UN number, shipping date within the window, receiver,
    operation; what either side does not state counts half. Ties are no match. Source: domain practice, "score, take
    the unique best of at least 0.8 as inferred". What is inferred is drawn on the stream like what names it.
    """
    by_exporter: dict[int, list[Stream]] = defaultdict(list)
    for stream in trade.streams.values():
        if is_known(stream) and stream.status not in NEVER_GIVEN:
            for exporter in stream.exporters:
                by_exporter[exporter].append(stream)
    for line in trade.lines.values():
        line.inferred, line.score = None, 0.0
        if not line.streams and not line.references and line.movement is not None:
            _infer(trade, line, by_exporter)
    _draw(trade)


def _draw(trade: Trade) -> None:
    """Each stream's lines are those that name it and those it was inferred for, in the order of shipping."""
    added: dict[int, list[Line]] = defaultdict(list)
    for line in trade.lines.values():
        if line.inferred is not None:
            added[line.inferred.id].append(line)
    for stream in trade.streams.values():
        named = [line for line in stream.lines if line.streams]
        if stream.id in added or len(named) < len(stream.lines):
            stream.lines = sorted([*named, *added[stream.id]], key=lambda line: (
                *shipping_order(line.movement), line.no, line.id))


def _infer(trade: Trade, line: Line, by_exporter: dict[int, list[Stream]]) -> None:
    movement = line.movement
    candidates = {stream.id: stream for stream in permitted(trade, line)}
    for exporter in () if candidates or unresolved(trade, line) else (*movement.exporters, *movement.shippers):
        candidates |= {stream.id: stream for stream in by_exporter.get(exporter, ())}
    scored = sorted(((score(trade, line, movement, stream), stream.id) for stream in candidates.values()
                     if _same_country(trade, movement, stream)), reverse=True)
    if scored and scored[0][0] >= LEAST and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        line.score, line.inferred = scored[0][0], candidates[scored[0][1]]


def _same_country(trade: Trade, movement: Movement, stream: Stream) -> bool:
    there, allowed = trade.country(movement.receivers), trade.country(stream.receivers)
    return not there or not allowed or there == allowed


def score(trade: Trade, line: Line, movement: Movement, stream: Stream) -> float:
    """How well a line fits a stream, 0 to 1."""
    shared = line.codes.keys() & stream.codes.keys()
    agreed: dict[str, float | None] = {
        "codes": float(all(line.codes[one] <= stream.codes[one] for one in shared)) if shared else None,
        "un": float(line.un in stream.un) if line.un and stream.un else None,
        "window": float(stream.start <= movement.shipped <= stream.end)
        if movement.shipped and stream.start and stream.end else None,
        "facility": float(bool(stream.receivers & set(movement.receivers)))
        if stream.receivers and movement.receivers else None,
        "operation": float(line.op in stream.operations) if line.op and stream.operations else None,
    }
    if agreed["codes"] == 0.0 or agreed["window"] == 0.0 or agreed["un"] == 0.0:
        return 0.0  # a candidate must have the codes, the number and the window
    return round(sum(_WEIGHTS[key] * (0.5 if value is None else value) for key, value in agreed.items()), 6)
