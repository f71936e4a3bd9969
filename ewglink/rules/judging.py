"""What several rules ask of a load: is it regulated, does it cross a border, which country's law holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ewglink.reference.hs_codes import is_regulated
from ewglink.rules.contract import Found, Missing, Said
from ewglink.rules.trade import Line, Movement, Party, Stream, Trade


def regulated(line: Line) -> bool:
    """Whether a line is regulated: it bears a hazard or waste code, a UN number, or an HS code of the list."""
    return bool(line.codes or line.un or is_regulated(line.hs or line.movement.text("hs").upper()))


def ends(movement: Movement, trade: Trade) -> tuple[str, str]:
    """The country a load leaves and the one it goes to: those of the parties, else of the ports; empty if unknown."""
    leaves = (trade.country([*movement.exporters, *movement.shippers]) or trade.country(movement.exporters)
              or _of_places(place.country for place in movement.exits))
    goes = (trade.country([*movement.receivers, *movement.importers]) or trade.country(movement.receivers)
            or _of_places(place.country for place in movement.entries))
    return leaves, goes


def _of_places(countries: Iterable[str]) -> str:
    found = {country for country in countries if country}
    return found.pop() if len(found) == 1 else ""


def crosses(movement: Movement, trade: Trade) -> bool | None:
    """Whether a load crosses a border; None where that is not known."""
    leaves, goes = ends(movement, trade)
    if leaves and goes:
        return leaves != goes
    return True if movement.exits and movement.entries and movement.text("direction") else None


def names(trade: Trade, parties: Iterable[int]) -> list[str]:
    """The parties' labels, for a finding's values."""
    return sorted(trade.parties[one].label for one in parties if one in trade.parties)


def same_place(one: Party, other: Party) -> bool:
    """Whether two parties are one for a consent: the same, or a firm and a facility it owns or runs."""
    return one.id == other.id or other.id in one.facilities or one.id in other.facilities


def among(trade: Trade, party: int, allowed: Iterable[int]) -> bool:
    """Whether a party is one of those allowed, as itself or through its facility."""
    found = trade.party(party)
    return any(party == other or (found is not None and (known := trade.party(other)) is not None
                                  and same_place(found, known)) for other in allowed)


def under(line: Line) -> Stream | None:
    """The stream a line is evaluated against; None where it has none."""
    return line.stream


def missing(line: Line, *inputs: str) -> Iterator[Said]:
    """The rule cannot be evaluated for a line's movement."""
    yield Missing(line.movement.id, inputs)


def broken(line: Line, stream: Stream | None = None, severity: str | None = None, **values: object) -> Found:
    """A finding on a line's movement, with the consent beside it, and whether that consent was only inferred."""
    more = {"consent": stream.number, "inferred": not line.streams} if stream is not None else {}
    return Found((line.movement.id,), {**more, **values}, () if stream is None else (stream.id,),
                 severity)  # type: ignore[arg-type]
