"""How a theme line runs: along its base height, and by way of the events it takes part in."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ewglink.text import N_

WIRINGS: dict[str, str] = {"return": N_("Return to theme line height"), "keep": N_("Keep at event height"),
                           "next": N_("Go to next event height"), "none": N_("No diversion")}
"""Values of the setting and style `wiring`, with their names."""
MM = 4.0
"""Chart units of a millimetre on paper."""
_ROOMY = 3
_LEAST_RUN = 24.0
"""A line does not go back to its height for less than this."""


@dataclass(frozen=True)
class Metrics:
    """How theme lines meet event frames, chart units: they leave their height `far` from a frame and have the frame's
    height `near` to it; in it they are `spacing` apart, where there are many of them less, but no less than `height`.
    """

    far: float = 10 * MM
    near: float = 2 * MM
    height: float = 3 * MM
    spacing: float = 5 * MM

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Metrics:
        """The metrics of a timeline's settings (`metrics`: millimetres); what is missing or odd is as usual."""
        usual, given = cls(), settings.get("metrics")
        found = {}
        for key, (low, high) in LIMITS.items():
            value = given.get(key) if isinstance(given, Mapping) else None
            fits = isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
            found[key] = float(value) * MM if fits and value is not None else getattr(usual, key)
        found["near"], found["height"] = min(found["near"], found["far"]), min(found["height"], found["spacing"])
        return cls(**found)


LIMITS: dict[str, tuple[float, float]] = {"far": (1.0, 50.0), "near": (0.0, 30.0), "height": (1.0, 20.0),
                                          "spacing": (1.0, 30.0)}
"""The least and the most that each metric can be, millimetres."""
USUAL = Metrics()
USUAL_MM: dict[str, float] = {key: getattr(USUAL, key) / MM for key in LIMITS}
METRIC_NAMES: dict[str, str] = {
    "far": N_("Leaves its height before a frame"), "near": N_("Reaches the frame's height before it"),
    "spacing": N_("Between lines in a frame"), "height": N_("Between them at least")}
"""What the metrics are called."""


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


def slot_spacing(count: int, metrics: Metrics = USUAL) -> float:
    """The distance of `count` theme lines in one frame."""
    return metrics.spacing if count <= _ROOMY else max(metrics.height, _ROOMY * metrics.spacing / count)


def slots(count: int, middle: float, metrics: Metrics = USUAL) -> list[float]:
    """The heights of `count` theme lines in a frame, about `middle`."""
    step = slot_spacing(count, metrics)
    return [middle + (at - (count - 1) / 2) * step for at in range(count)]


def band(count: int, metrics: Metrics = USUAL) -> float:
    """How high the part of a frame is that `count` theme lines enter."""
    return count * slot_spacing(count, metrics) if count else 0.0


def polyline(base: float, start: float, end: float, stops: list[Stop],
             metrics: Metrics = USUAL) -> list[tuple[float, float, int]]:
    """The corners (x, y, event) of a theme line from `start` to `end` by way of `stops`, in order of their left.

    The third number is the event that the piece up to this corner lies in, -1 for none. A stop is entered at `near` and
    left for at `far`; where two stand too near for that, the line goes straight from one to the other.
    """
    far, near_to = metrics.far, metrics.near
    points = [(start, base, -1)]
    by_way = [stop for stop in stops if stop.wiring != "none"]
    height = base
    for at, stop in enumerate(by_way):
        near = at > 0 and points[-1][0] < by_way[at - 1].right + far
        if stop.left - far > points[-1][0] and not near:
            points.append((stop.left - far, height, -1))
        entry = max(stop.left - near_to, points[-1][0])
        points += [(entry, stop.height, -1), (max(stop.right + near_to, entry), stop.height, stop.part)]
        after = by_way[at + 1] if at + 1 < len(by_way) else None
        height = _after(stop, after, base)
        if after is None or after.left - far >= stop.right + far + _LEAST_RUN:
            points.append((stop.right + far, height, -1))
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
