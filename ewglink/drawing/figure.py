"""A figure that is no chart: areas, strokes and words on a page of its own, each knowing the items it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.marks import Align, Dash, Floats


@dataclass(frozen=True)
class Area:
    """A filled form: `rings` (each (n, 2)), filled by the odd-even rule; a colour of 0 is none. `said` is what hovering
    says of it."""

    rings: tuple[Floats, ...]
    fill: int
    outline: int = 0
    width: float = 1.0
    items: tuple[int, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Stroke:
    """A line through `points` (n, 2); `arrow` is the length of the head at its end, 0 for none."""

    points: Floats
    colour: int
    width: float = 1.0
    dash: Dash = Dash.SOLID
    arrow: float = 0.0
    items: tuple[int, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text: (`x`, `y`) is the middle of its left end, its middle or its right end by `align`; `angle` turns
    it about that point, clockwise in degrees. A `plate` of 0 is none."""

    x: float
    y: float
    text: str
    size: float
    colour: int
    align: Align = Align.LEFT
    bold: bool = False
    plate: int = 0
    angle: float = 0.0
    items: tuple[int, ...] = ()
    said: str = ""


Part = Area | Stroke | Words


@dataclass
class Figure:
    """Parts in the order they are painted, in units of 0.25 mm, y down."""

    width: float
    height: float
    background: int
    parts: list[Part] = field(default_factory=list)

    def hit(self, x: float, y: float, near: float = 3.0) -> Part | None:
        """The uppermost part with items or something to say at a point; strokes within `near`."""
        for part in reversed(self.parts):
            if (part.items or part.said) and _touches(part, x, y, near):
                return part
        return None


def box(x0: float, y0: float, x1: float, y1: float) -> Floats:
    """The ring of a rectangle."""
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def ribbon(x0: float, top0: float, x1: float, top1: float, high: float, steps: int = 24) -> Floats:
    """The ring of a band `high` wide that swings from one column to another (a cubic with level ends)."""
    t = np.linspace(0.0, 1.0, steps)
    x = x0 * ((1 - t) ** 3 + 1.5 * t * (1 - t) ** 2 + 1.5 * t**2 * (1 - t)) + x1 * (
        1.5 * t * (1 - t) ** 2 + 1.5 * t**2 * (1 - t) + t**3)
    y = top0 + (top1 - top0) * (3 * t**2 - 2 * t**3)
    upper = np.column_stack([x, y])
    return np.vstack([upper, (upper + np.array([0.0, high]))[::-1]])


def _touches(part: Part, x: float, y: float, near: float) -> bool:
    if isinstance(part, Area):
        return bool(sum(_inside(ring, x, y) for ring in part.rings) % 2)
    if isinstance(part, Stroke):
        return _distance(part.points, x, y) <= max(near, part.width / 2)
    wide = len(part.text) * part.size * 0.55
    left = part.x - {Align.LEFT: 0.0, Align.CENTRE: wide / 2, Align.RIGHT: wide}[part.align]
    return part.angle == 0 and left <= x <= left + wide and abs(y - part.y) <= part.size * 0.7


def _inside(ring: Floats, x: float, y: float) -> bool:
    a, b = ring, np.roll(ring, -1, axis=0)
    crosses = (a[:, 1] > y) != (b[:, 1] > y)
    if not crosses.any():
        return False
    a, b = a[crosses], b[crosses]
    at = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
    return bool((at > x).sum() % 2)


def _distance(points: Floats, x: float, y: float) -> float:
    if len(points) < 2:
        return float("inf")
    a, way = points[:-1], np.diff(points, axis=0)
    here = np.array([x, y]) - a
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    t = np.clip((here * way).sum(axis=1) / length, 0.0, 1.0)
    return float(np.sqrt(((here - way * t[:, None]) ** 2).sum(axis=1)).min())
