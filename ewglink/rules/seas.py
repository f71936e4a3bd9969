"""What tracks of vessels show: gaps, meetings, waiting, nearness to ports and shores. Kilometres, hours, knots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from math import cos, floor, radians

import numpy as np
import numpy.typing as npt

from ewglink.reference.code_lists import ports
from ewglink.reference.world_map import world_map
from ewglink.rules.loads import instant
from ewglink.rules.quantities import number
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import kilometres
from ewglink.rules.trade import Thing

NAUTICAL_KM = 1.852
SLOW_KNOTS = 2.0
PORT_KM = 5.0
"""How near to a port counts as in it."""
_MEETING_KM = 0.5
_SLOT_S = 1800
_CELL = 0.02
_BREAK_H = 2.0
"""Meetings and waits with a longer pause between two positions are two."""
_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A vessel at a time and a place; `speed` in knots where it is known."""

    id: int
    when: datetime
    at: tuple[float, float]
    speed: float | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two vessels side by side: the other one, the hours, where it began."""

    other: int
    hours: float
    at: tuple[float, float]
    start: datetime
    spot: int


def spots(vessel: int, around: Surroundings) -> list[Spot]:
    """The positions of a vessel that have an hour and a place, by time."""

    def make() -> dict[int, list[Spot]]:
        return {item: [spot for one in every if (spot := _spot(one)) is not None]
                for item, every in around.positions.items()}

    return around.kept("spots", make).get(vessel, [])


def _spot(one: Thing) -> Spot | None:
    when = instant(one.values.get("start"))
    latitude, longitude = number(one.values.get("latitude")), number(one.values.get("longitude"))
    if when is None or latitude is None or longitude is None:
        return None
    return Spot(one.id, when, (latitude, longitude), number(one.values.get("speed_knots")))


def hours(one: datetime, other: datetime) -> float:
    """The hours from one instant to the other."""
    return (other - one).total_seconds() / 3600


@lru_cache(maxsize=1)
def _port_cells() -> dict[tuple[int, int], list[tuple[float, float]]]:
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for port in ports().values():
        if port.latitude is not None and port.longitude is not None:
            found[floor(port.latitude), floor(port.longitude)].append((port.latitude, port.longitude))
    return dict(found)


def is_in_port(at: tuple[float, float], within_km: float = PORT_KM) -> bool:
    """Whether a known port lies within so many kilometres (at most a hundred)."""
    row, column = floor(at[0]), floor(at[1])
    wide = 1 + int(within_km / (_KM_A_DEGREE * max(0.05, cos(radians(at[0])))))
    cells = ((row + up, column + on) for up in (-1, 0, 1) for on in range(-wide, wide + 1))
    return any(kilometres(at, port) <= within_km for cell in cells for port in _port_cells().get(cell, ()))


def shore_km(at: tuple[float, float]) -> float:
    """The distance to the nearest corner of the shores of the world map (1 : 110 million: to some ten kilometres)."""
    points = _shores()
    near = radians(at[0])
    wide = (points[:, 1] - at[1] + 180.0) % 360.0 - 180.0
    square = (points[:, 0] - at[0]) ** 2 + (wide * cos(near)) ** 2
    best = points[int(np.argmin(square))]
    return kilometres(at, (float(best[0]), float(best[1])))


def meetings(vessel: int, around: Surroundings) -> list[Meeting]:
    """Where a vessel lay within 500 m of another, both slower than 2 knots, by what both reported."""
    return around.kept("meetings", lambda: _meetings(around)).get(vessel, [])


def _meetings(around: Surroundings) -> dict[int, list[Meeting]]:
    cells: dict[tuple[int, int, int], list[tuple[int, Spot]]] = defaultdict(list)
    for vessel in sorted(around.positions):
        for spot in spots(vessel, around):
            if spot.speed is not None and spot.speed < SLOW_KNOTS:
                cells[_cell(spot)].append((vessel, spot))
    found: dict[tuple[int, int], set[Spot]] = defaultdict(set)
    for (slot, row, column), here in cells.items():
        around_it = [pair for step in (0, 1) for up in (-1, 0, 1) for on in (-1, 0, 1)
                     for pair in cells.get((slot + step, row + up, column + on), ())]
        for one, spot in here:
            for other, second in around_it:
                if one != other and abs((spot.when - second.when).total_seconds()) <= _SLOT_S and (
                        kilometres(spot.at, second.at) < _MEETING_KM):
                    found[one, other].add(spot)
                    found[other, one].add(second)
    made: dict[int, list[Meeting]] = defaultdict(list)
    for (one, other), seen in sorted(found.items()):
        for run in _runs(sorted(seen, key=lambda spot: (spot.when, spot.id))):
            made[one].append(Meeting(other, hours(run[0].when, run[-1].when), run[0].at, run[0].when, run[0].id))
    return dict(made)


def _cell(spot: Spot) -> tuple[int, int, int]:
    return int(spot.when.timestamp() // _SLOT_S), floor(spot.at[0] / _CELL), floor(spot.at[1] / _CELL)


def _runs(seen: Sequence[Spot]) -> Iterator[list[Spot]]:
    run = [seen[0]]
    for before, spot in pairwise(seen):
        if hours(before.when, spot.when) > _BREAK_H:
            yield run
            run = []
        run.append(spot)
    yield run


def waits(vessel: int, around: Surroundings) -> Iterator[list[Spot]]:
    """Stretches in which every position was slower than 2 knots."""
    run: list[Spot] = []
    for spot in spots(vessel, around):
        slow = spot.speed is not None and spot.speed < SLOW_KNOTS
        if run and (not slow or hours(run[-1].when, spot.when) > 6 * _BREAK_H):
            yield run
            run = []
        if slow:
            run.append(spot)
    if run:
        yield run


@lru_cache(maxsize=1)
def _shores() -> npt.NDArray[np.float64]:
    """Corners of the shores: latitude and longitude in degrees."""
    return world_map("110m").coast.points[:, ::-1]
