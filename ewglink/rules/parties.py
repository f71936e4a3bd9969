"""What rules ask of parties: their roles, what a facility received in a year, consents that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ewglink.rules.quantities import number
from ewglink.rules.trade import Party, Stream, Trade

BROKERS = frozenset({"broker", "customs_broker", "trader", "freight_forwarder", "forwarder", "nvocc", "notify_party",
                     "dealer"})
_TONNE = 1000.0


def exports(party: Party) -> bool:
    """Whether a party exports goods that consents are asked for: not only refrigerants or wildlife."""
    return "exporter_of" in party.acts and (not party.exported or any(
        load.sector in ("", "waste") for load in party.exported))


def notifies(party: Party, trade: Trade) -> bool:
    """Whether a party applies for notices or holds consents as exporter."""
    return any(party.id in notice.applicants for notice in trade.notices.values()) or any(
        party.id in stream.exporters and stream.sector in ("", "waste") for stream in trade.streams.values())


def year_capacity(facility: Party) -> float | None:
    """The licensed capacity in kilograms a year: `capacity_kg`, else `capacity`, which is in tonnes."""
    own = number(facility.values.get("capacity_kg"))
    tonnes = number(facility.values.get("capacity"))
    return own if own is not None else None if tonnes is None else tonnes * _TONNE


def year_received(facility: int, until: date, trade: Trade) -> float | None:
    """The kilograms a facility received in the twelve months up to and including a day; None where a load has no
    weight."""
    since, total = until - timedelta(days=365), 0.0
    for movement in trade.movements.values():
        if facility in movement.receivers and movement.delivered and since < movement.delivered <= until:
            for line in movement.lines:
                weight = line.received_kg if line.received_kg is not None else line.kg
                if weight is None:
                    return None
                total += weight
    return total


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
    for stream in trade.streams.values():
        if (party.id in stream.exporters and stream.status in ("ACTIVE", "") and stream.start and stream.end
                and stream.sector in ("", "waste")):
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
    since = as_of - timedelta(days=365)
    lines = [line for stream in streams for line in stream.lines
             if line.movement.shipped is not None and since < line.movement.shipped <= as_of]
    moved = sum(line.kg for line in lines if line.kg is not None) if lines else None
    return Group(streams, consented, sum(capacities) if capacities else None, moved)
