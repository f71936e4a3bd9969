"""What cannot have happened: dates in the wrong order, one vehicle on two journeys, a road too fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from math import asin, cos, radians, sin, sqrt

from ewglink.reference.code_lists import ports
from ewglink.rules.contract import Setting
from ewglink.rules.quantities import number
from ewglink.rules.trade import Movement, Place, Trade

Impossible = tuple[str, str, str, int | None]
"""A reason (a stable word), two facts that contradict each other, and the other load where there is one."""

_EARTH_KM = 6371.0088
_ROAD = frozenset({"road", "truck", "r", "route", "carretera", "camion", "camión"})


def impossible(movement: Movement, trade: Trade, setting: Setting) -> Iterator[Impossible]:
    """Everything about a load that cannot be."""
    shipped, delivered, crossed = movement.shipped, movement.delivered, movement.crossed
    if shipped and delivered and delivered < shipped:
        yield "delivered before shipped", str(shipped), str(delivered), None
    if crossed and ((shipped and crossed < shipped) or (delivered and crossed > delivered)):
        yield "crossed outside the journey", str(crossed), f"{shipped or '?'} – {delivered or '?'}", None
    yield from _too_fast(movement, setting)
    yield from _two_places(movement, trade)


def _too_fast(movement: Movement, setting: Setting) -> Iterator[Impossible]:
    if movement.text("mode").casefold() not in _ROAD or movement.shipped is None or movement.delivered is None:
        return
    places = [spot for place in (*movement.exits, *movement.entries) if (spot := position(place)) is not None]
    hours = 24 * ((movement.delivered - movement.shipped).days + 1)
    fastest = setting.parameters.value("road_speed_kmh") or 120.0
    if len(places) > 1 and hours > 0:
        distance = kilometres(places[0], places[-1])
        if distance / hours > fastest:
            yield "too fast by road", f"{distance:.0f} km", f"{hours} h", None


def _two_places(movement: Movement, trade: Trade) -> Iterator[Impossible]:
    """The other loads on which one of its vehicles or containers was under way at the same time."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit in {unit.id: unit for unit in movement.units}.values():
        for one, other in _at_once(trade).get(unit.id, ()):
            if one == movement.id:
                found[other].append(unit.label)
    for item, labels in sorted(found.items()):
        days = [load.shipped for load in (movement, trade.movements[item]) if load.shipped]
        yield "one unit on two loads", min(labels), str(max(days)), item


def clashes(trade: Trade, kind: str) -> Iterator[tuple[int, int]]:
    """The pairs of loads on which one unit of this type (`container`, `vehicle`) was under way at the same time."""
    for unit, pairs in _at_once(trade).items():
        if unit in trade.things and trade.things[unit].type == kind:
            yield from pairs


def _at_once(trade: Trade) -> dict[int, list[tuple[int, int]]]:
    """Vehicle or container → the pairs of loads it carried at one time (smaller id first), found once for a trade."""
    if "at once" not in trade.index:
        carried: dict[int, dict[int, Movement]] = defaultdict(dict)
        for load in trade.movements.values():
            for unit in load.units if load.shipped and load.delivered else ():
                if unit.type in ("vehicle", "container"):
                    carried[unit.id][load.id] = load
        trade.index["at once"] = {unit: pairs for unit, loads in carried.items() if (pairs := list(_pairs(loads)))}
    known: dict[int, list[tuple[int, int]]] = trade.index["at once"]
    return known


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
