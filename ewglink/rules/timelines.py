"""What cannot have happened: dates in the wrong order, one vehicle on two journeys, a road too fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from ewglink.names.clean import search_key
from ewglink.reference.code_lists import ports
from ewglink.rules.contract import Setting
from ewglink.rules.quantities import day, number
from ewglink.rules.trade import Movement, Party, Place, Thing, Trade

Impossible = tuple[str, str, str, int | None]
"""A reason (a stable word), two facts that contradict each other, and the other load where there is one."""

_EARTH_KM = 6371.0088
_MOVERS = ("vehicle", "container")
_DRIVERS = frozenset({"driver", "trucker", "chauffeur", "conducteur", "conductrice", "camionneur", "chofer", "operador",
                      "operadora", "conductor", "conductora", "camionero"})
_AIR = frozenset({"air", "a", "aérien", "aéreo", "aereo", "aerien"})
_DAY_LONG = len("2024-08-01")
_ROUND_THE_WORLD = timedelta(days=8)
"""Longer than any road takes at the speeds asked for."""
_ROAD = frozenset({"road", "truck", "r", "route", "carretera", "camion", "camión"})


def impossible(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Impossible]:
    """Everything about a load that cannot be."""
    shipped, delivered, crossed = movement.shipped, movement.delivered, movement.crossed
    if shipped and delivered and delivered < shipped:
        yield "delivered before shipped", str(shipped), str(delivered), None
    if crossed and ((shipped and crossed < shipped) or (delivered and crossed > delivered)):
        yield "crossed outside the journey", str(crossed), f"{shipped or '?'} – {delivered or '?'}", None
    yield from _too_fast(movement, trade, setting)
    yield from _two_places(movement, trade, setting)


def _too_fast(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Impossible]:
    """Two places of one load that no road joins in the time there was."""
    if movement.text("mode").casefold() in _ROAD:
        spots = list(whereabouts(movement, trade))
        for one, other in combinations(spots, 2):
            if (hours := too_soon(one, other, setting)) is not None:
                yield "too fast by road", f"{kilometres(one.at, other.at):.0f} km", f"{hours:g} h", None
                return


def _two_places(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Impossible]:
    """The other loads (of larger ids) on which one of its vehicles, containers or drivers was under way at the same
    time, or in a place that it could not reach from this load by then."""
    found: dict[int, list[str]] = defaultdict(list)
    for mover in _movers(movement, trade).values():
        for one, other in _at_once(trade).get(mover.id, ()):
            if one == movement.id:
                found[other].append(mover.label)
    for item, labels in sorted(found.items()):
        days = [load.shipped for load in (movement, trade.movements[item]) if load.shipped]
        yield "one unit on two loads", min(labels), str(max(days)), item
    for mover in sorted(_movers(movement, trade).values(), key=lambda one: one.id):
        for item, first, second in _apart(mover.id, trade, setting).get(movement.id, ()):
            if item not in found:
                yield "two places too soon", f"{mover.label}: {first.told()}", second.told(), item


def clashes(trade: Trade, kind: str) -> Iterator[tuple[int, int]]:
    """The pairs of loads on which one unit of this type (`container`, `vehicle`) was under way at the same time."""
    for unit, pairs in _at_once(trade).items():
        if unit in trade.things and trade.things[unit].type == kind:
            yield from pairs


def _movers(load: Movement, trade: Trade) -> dict[int, Thing]:
    """The vehicles, containers and drivers of a load."""
    people = [trade.parties[item] for item in load.carriers if is_driver(trade.parties[item])]
    return {one.id: one for one in (*(unit for unit in load.units if unit.type in _MOVERS), *people)}


def is_driver(party: Party) -> bool:
    """Whether a carrier is somebody who drives, and not a firm, or a person with several lorries."""
    said = search_key(party.text("role")).split()
    return party.type == "person" and bool(party.text("driver_licence") or not _DRIVERS.isdisjoint(said))


def _carried(trade: Trade) -> dict[int, dict[int, Movement]]:
    """Vehicle, container or driver → the loads it carried, found once for a trade."""

    def find() -> dict[int, dict[int, Movement]]:
        carried: dict[int, dict[int, Movement]] = defaultdict(dict)
        for load in trade.movements.values():
            for mover in _movers(load, trade):
                carried[mover][load.id] = load
        return {mover: loads for mover, loads in carried.items() if len(loads) > 1}

    return trade.kept("carried", find)


def _at_once(trade: Trade) -> dict[int, list[tuple[int, int]]]:
    """Vehicle, container or driver → the pairs of loads it carried at one time (smaller id first)."""
    return trade.kept("at once", lambda: {mover: pairs for mover, loads in _carried(trade).items() if (
        pairs := list(_pairs({item: load for item, load in loads.items() if load.shipped and load.delivered})))})


def _pairs(loads: Mapping[int, Movement]) -> Iterator[tuple[int, int]]:
    """Pairs that overlap in time and are not one journey: each load is compared with those still under way only."""
    under_way: list[Movement] = []
    for load in sorted(loads.values(), key=lambda one: (one.shipped or date.max, one.id)):
        under_way = [one for one in under_way if one.delivered and load.shipped and one.delivered > load.shipped]
        for one in under_way:
            if one.shipped and load.delivered and one.shipped < load.delivered and not _one_journey(one, load):
                yield min(one.id, load.id), max(one.id, load.id)
        under_way.append(load)


def _one_journey(one: Movement, other: Movement) -> bool:
    """Two loads that travel together: the same day from the same places to the same places."""
    return (one.shipped == other.shipped and {place.id for place in one.exits} == {place.id for place in other.exits}
            and set(one.receivers) == set(other.receivers))


@dataclass(frozen=True)
class Spot:
    """A load in a place: not before `first` and not after `last`."""

    place: str
    at: tuple[float, float]
    first: datetime
    last: datetime

    def told(self) -> str:
        """Where and when, for people."""
        if self.first == self.last:
            return f"{self.place} {self.first.isoformat(' ', 'minutes')}"
        last = (self.last - timedelta(seconds=1)).date()
        return f"{self.place} {self.first.date()}" + (f" – {last}" if last != self.first.date() else "")


def whereabouts(load: Movement, trade: Trade) -> Iterator[Spot]:
    """Where a load was: the places of its route whose position is known, each within the time its link says, else
    within that of the load's own dates."""
    begun, ended, crossed = load.shipped, load.delivered, load.crossed
    out, back = crossed or begun, crossed or ended
    for places, first, last in ((load.exits, begun, back), (load.transits, out, back), (load.entries, out, ended)):
        for place in places:
            spot, within = position(place), _within(load.times.get(place.id, ""), first, last)
            if spot is not None and within is not None and within[0] <= within[1]:
                yield Spot(place.label, spot, *within)


def _within(said: str, first: date | None, last: date | None) -> tuple[datetime, datetime] | None:
    if len(said) > _DAY_LONG:
        with suppress(ValueError):
            at = datetime.fromisoformat(said.replace("Z", "+00:00")).replace(tzinfo=None)
            return at, at
    on = day(said)
    first, last = (on, on) if on is not None else (first, last)
    if first is None or last is None:
        return None
    return datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)


def too_soon(one: Spot, other: Spot, setting: Setting) -> float | None:
    """The hours there were at most between two places, where the road between them takes longer; None: it does not."""
    hours = max((other.last - one.first), (one.last - other.first)).total_seconds() / 3600
    fastest = setting.parameters.value("road_speed_kmh") or 120.0
    return hours if round(kilometres(one.at, other.at) - hours * fastest, 3) > 0 else None


def _apart(mover: int, trade: Trade, setting: Setting) -> dict[int, list[tuple[int, Spot, Spot]]]:
    """Load → the loads (of larger ids) with the same vehicle, container or driver that it could not come from or get to
    in time, and the two places."""

    def find() -> dict[int, list[tuple[int, Spot, Spot]]]:
        spots = sorted(((spot, load) for load in _carried(trade).get(mover, {}).values()
                        if load.text("mode").casefold() not in _AIR for spot in whereabouts(load, trade)),
                       key=lambda pair: (pair[0].first, pair[1].id))
        found: dict[int, dict[int, tuple[Spot, Spot]]] = defaultdict(dict)
        near: list[tuple[Spot, Movement]] = []
        for spot, load in spots:
            near = [pair for pair in near if spot.first - pair[0].last < _ROUND_THE_WORLD]
            for before, other in near:
                if other is not load and not _one_journey(other, load) and too_soon(before, spot, setting) is not None:
                    two = (before, spot) if other.id < load.id else (spot, before)
                    found[min(other.id, load.id)].setdefault(max(other.id, load.id), two)
            near.append((spot, load))
        return {item: [(other, *two) for other, two in sorted(pairs.items())] for item, pairs in found.items()}

    return trade.kept(f"apart {mover}", find)


def position(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude of a place: its own, else that of its UN/LOCODE."""
    own = number(place.values.get("latitude")), number(place.values.get("longitude"))
    if own[0] is not None and own[1] is not None:
        return own[0], own[1]
    for key in place.keys:
        port = ports().get(key)
        if port is not None and port.latitude is not None and port.longitude is not None:
            return port.latitude, port.longitude
    return None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance between two positions in degrees."""
    a, b, c, d = map(radians, (*one, *other))
    return 2 * _EARTH_KM * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))
