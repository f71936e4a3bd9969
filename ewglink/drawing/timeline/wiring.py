"""How a theme line runs: along its base height, and by way of the events it takes part in."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ewglink.text import N_

WIRINGS: dict[str, str] = {"return": N_("Return to theme line height"), "keep": N_("Keep at event height"),
                           "next": N_("Go to next event height"), "none": N_("No diversion")}
"""Values of the setting and style `wiring`, with their names."""
FAR = 40.0
"""How far before and after a frame a theme line leaves its height: 10 mm."""
NEAR = 8.0
"""How far before and after a frame it has reached the frame's height: 2 mm."""
SPACING = 20.0
"""Between two theme lines in one frame: 5 mm."""
LEAST_SPACING = 12.0
_ROOMY = 3
_LEAST_RUN = 24.0
"""A line does not go back to its height for less than this."""


@dataclass(frozen=True)
class Stop:
    """One event on the way of a theme line: the frame's left and right, the height in it, the wiring, and its number.
    """

    left: float
    right: float
    height: float
    wiring: str = "return"
    part: int = -1


@dataclass(frozen=True)
class Segment:
    """A straight piece of a theme line; `part` is the event it lies in, -1 between events."""

    x0: float
    y0: float
    x1: float
    y1: float
    part: int = -1


def slot_spacing(count: int) -> float:
    """The distance of `count` theme lines in one frame."""
    return SPACING if count <= _ROOMY else max(LEAST_SPACING, _ROOMY * SPACING / count)


def slots(count: int, middle: float) -> list[float]:
    """The heights of `count` theme lines in a frame, about `middle`."""
    step = slot_spacing(count)
    return [middle + (at - (count - 1) / 2) * step for at in range(count)]


def band(count: int) -> float:
    """How high the part of a frame is that `count` theme lines enter."""
    return count * slot_spacing(count) if count else 0.0


def polyline(base: float, start: float, end: float, stops: list[Stop]) -> list[tuple[float, float, int]]:
    """The corners (x, y, event) of a theme line from `start` to `end` by way of `stops`, in order of their left.

    The third number is the event that the piece up to this corner lies in, -1 for none. A stop is entered at `NEAR` and
    left for at `FAR`; where two stand too near for that, the line goes straight from one to the other.
    """
    points = [(start, base, -1)]
    by_way = [stop for stop in stops if stop.wiring != "none"]
    height = base
    for at, stop in enumerate(by_way):
        near = at > 0 and points[-1][0] < by_way[at - 1].right + FAR
        if stop.left - FAR > points[-1][0] and not near:
            points.append((stop.left - FAR, height, -1))
        entry = max(stop.left - NEAR, points[-1][0])
        points += [(entry, stop.height, -1), (max(stop.right + NEAR, entry), stop.height, stop.part)]
        after = by_way[at + 1] if at + 1 < len(by_way) else None
        height = _after(stop, after, base)
        if after is None or after.left - FAR >= stop.right + FAR + _LEAST_RUN:
            points.append((stop.right + FAR, height, -1))
    if end > points[-1][0]:
        points.append((end, points[-1][1], -1))
    return points


def _after(stop: Stop, following: Stop | None, base: float) -> float:
    if stop.wiring == "keep":
        return stop.height
    if stop.wiring == "next" and following is not None:
        return following.height
    return base


def segments(points: list[tuple[float, float, int]]) -> list[Segment]:
    """The pieces between corners; those on one line in the same event are one."""
    out: list[Segment] = []
    for (x0, y0, _event), (x1, y1, event) in itertools.pairwise(points):
        if (x0, y0) == (x1, y1):
            continue
        last = out[-1] if out else None
        if last is not None and last.part == event and last.y0 == last.y1 == y0 == y1:
            out[-1] = Segment(last.x0, last.y0, x1, y1, event)
        else:
            out.append(Segment(x0, y0, x1, y1, event))
    return out


def height_at(points: list[tuple[float, float, int]], x: float) -> float:
    """The height of a theme line at a place."""
    for (x0, y0, _event), (x1, y1, _other) in itertools.pairwise(points):
        if x0 <= x <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[0][1] if x < points[0][0] else points[-1][1]
