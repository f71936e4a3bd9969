"""What rules ask of parties: their roles, what a facility received in a year, consents that overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ewglink.rules.quantities import number
from ewglink.rules.trade import Movement, Party, Stream, Trade

BROKERS = frozenset({"broker", "customs_broker", "trader", "freight_forwarder", "forwarder", "nvocc", "notify_party",
                     "dealer"})
CAPACITY = ("capacity_kg", "capacity")
"""The properties that say how much a facility may receive."""
_TONNE = 1000.0


def exports(party: Party) -> bool:
    """Whether a party exports goods that consents are asked for: not only refrigerants or wildlife."""
    return "exporter_of" in party.acts and (not party.exported or any(
        load.sector in ("", "waste") for load in party.exported))


def notifies(party: Party, trade: Trade) -> bool:
    """Whether a party applies for notices or holds consents as exporter."""
    return party.id in trade.kept("applicants", lambda: _applicants(trade)) or any(
        stream.sector in ("", "waste") for stream in by_exporter(trade).get(party.id, ()))


def year_capacity(facility: Party) -> float | None:
    """The licensed capacity in kilograms a year: `capacity_kg`, else `capacity`, which is in tonnes."""
    own = number(facility.values.get("capacity_kg"))
    tonnes = number(facility.values.get("capacity"))
    return own if own is not None else None if tonnes is None else tonnes * _TONNE


def year_before(day: date) -> date:
    """The last day that is no longer within the twelve months up to and including `day`."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def year_received(facility: int, until: date, trade: Trade) -> float | None:
    """The kilograms a facility received in the twelve months up to and including a day; None where a load has no
    weight."""
    days, weights, unknown = trade.kept("received", lambda: _received(trade)).get(facility, ([], [0.0], [0]))
    first, last = bisect_right(days, year_before(until)), bisect_right(days, until)
    return None if unknown[last] > unknown[first] else round(weights[last] - weights[first], 6)


_Received = tuple[list[date], list[float], list[int]]


def _received(trade: Trade) -> dict[int, _Received]:
    """Facility → the days of delivery in order, and before each (and after the last) the kilograms received until then
    and the number of lines without a weight."""
    loads: dict[int, list[tuple[date, int, Movement]]] = defaultdict(list)
    for movement in trade.movements.values():
        for facility in movement.receivers if movement.delivered else ():
            assert movement.delivered is not None
            loads[facility].append((movement.delivered, movement.id, movement))
    found: dict[int, _Received] = {}
    for facility, every in loads.items():
        days, weights, unknown = found.setdefault(facility, ([], [0.0], [0]))
        for on, _id, movement in sorted(every, key=lambda each: each[:2]):
            lines = [line.kg if line.received_kg is None else line.received_kg for line in movement.lines]
            days.append(on)
            weights.append(weights[-1] + sum(weight for weight in lines if weight is not None))
            unknown.append(unknown[-1] + lines.count(None))
    return found


def by_exporter(trade: Trade) -> dict[int, list[Stream]]:
    """Exporter → the streams that name it, by id."""
    return trade.kept("streams by exporter", lambda: _by_party(trade, "exporters"))


def by_importer(trade: Trade) -> dict[int, list[Stream]]:
    """Importer → the streams that name it, by id."""
    return trade.kept("streams by importer", lambda: _by_party(trade, "importers"))


def _by_party(trade: Trade, role: str) -> dict[int, list[Stream]]:
    found: dict[int, list[Stream]] = defaultdict(list)
    for stream in trade.streams.values():
        for party in getattr(stream, role):
            found[party].append(stream)
    return found


def _applicants(trade: Trade) -> frozenset[int]:
    return frozenset(party for notice in trade.notices.values() for party in notice.applicants)


@dataclass
class Group:
    """Consents of one exporter for the same waste and facility that overlap in time. Kilograms; None: not known."""

    streams: list[Stream]
    consented: float | None
    capacity: float | None
    moved: float | None


def overlapping_consents(party: Party, trade: Trade, as_of: date) -> Iterator[Group]:
    """The groups of two or more overlapping active consents of a party."""
    mine: dict[tuple[frozenset[str], frozenset[int]], list[Stream]] = defaultdict(list)
    for stream in by_exporter(trade).get(party.id, ()):
        if stream.status in ("ACTIVE", "") and stream.start and stream.end and stream.sector in ("", "waste"):
            codes = frozenset(code for every in stream.codes.values() for code in every)
            mine[(codes, frozenset(stream.receivers))].append(stream)
    for (_codes, facilities), streams in mine.items():
        streams.sort(key=lambda one: (one.start or date.min, one.number))
        overlapping = [one for one in streams if any(_overlap(one, other) for other in streams if other is not one)]
        if len(overlapping) > 1:
            yield _group(overlapping, facilities, trade, as_of)


def _overlap(one: Stream, other: Stream) -> bool:
    assert one.start and one.end and other.start and other.end
    return one.start <= other.end and other.start <= one.end


def _group(streams: list[Stream], facilities: frozenset[int], trade: Trade, as_of: date) -> Group:
    weights = [stream.kg for stream in streams]
    consented = None if None in weights else sum(weight for weight in weights if weight is not None)
    capacities = [capacity for one in facilities if one in trade.parties
                  and (capacity := year_capacity(trade.parties[one])) is not None]
    since = year_before(as_of)
    lines = [line for stream in streams for line in stream.lines
             if line.movement.shipped is not None and since < line.movement.shipped <= as_of]
    drawn = [line.kg for line in lines if line.kg is not None]
    return Group(streams, consented, sum(capacities) if capacities else None,
                 sum(drawn) if drawn and len(drawn) == len(lines) else None)
