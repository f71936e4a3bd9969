"""The outlines of grounds and shapes: polygons in a unit square, and how far they reach in each direction."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from ewglink.drawing.marks import Floats, Form

Point = tuple[float, float]
_STEPS = 360


def _regular(count: int, first: float, radius: float = 1.0) -> tuple[Point, ...]:
    angles = (first + 2 * math.pi * i / count for i in range(count))
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


POLYGONS: dict[Form, tuple[Point, ...]] = {
    Form.RECT: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    Form.ROUNDED: ((-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)),
    Form.CIRCLE: _regular(72, 0.0),
    Form.HOUSE: ((0, -1.0), (0.96, -0.3), (0.96, 0.92), (-0.96, 0.92), (-0.96, -0.3)),
    Form.HEXAGON: _regular(6, 0.0, 1.04),
    Form.DIAMOND: ((0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0)),
    Form.PAGE: ((-0.8, -1.0), (0.45, -1.0), (0.8, -0.65), (0.8, 1.0), (-0.8, 1.0)),
    Form.OCTAGON: _regular(8, math.pi / 8, 1.04),
    Form.SHIELD: ((-0.9, -0.95), (0.9, -0.95), (0.9, 0.3), (0.0, 1.05), (-0.9, 0.3)),
    Form.BARE: _regular(72, 0.0),
}
"""Corners in order, y down; 1 is half the width or height of the mark."""

ROUNDING: dict[Form, float] = {Form.ROUNDED: 0.34, Form.HOUSE: 0.12, Form.HEXAGON: 0.12, Form.DIAMOND: 0.14,
                               Form.PAGE: 0.06, Form.OCTAGON: 0.08, Form.SHIELD: 0.16}
"""The radius of the corners in the same unit; forms not named have sharp ones (a circle is drawn as one)."""

ICON_SHARE: dict[Form, float] = {Form.CIRCLE: 0.64, Form.ROUNDED: 0.68, Form.HOUSE: 0.58, Form.HEXAGON: 0.64,
                                 Form.DIAMOND: 0.54, Form.PAGE: 0.60, Form.OCTAGON: 0.66, Form.SHIELD: 0.60,
                                 Form.RECT: 0.74, Form.BARE: 1.0}
"""How much of the ground's diameter its pictogram takes."""

ICON_SHIFT: dict[Form, float] = {Form.HOUSE: 0.14, Form.PAGE: 0.08, Form.SHIELD: -0.1}
"""How far below the centre the pictogram stands, in half diameters."""


def _ray(polygon: tuple[Point, ...], angle: float) -> float:
    ux, uy = math.cos(angle), math.sin(angle)
    best = 0.0
    for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        ex, ey = x1 - x0, y1 - y0
        cross = ux * ey - uy * ex
        if abs(cross) < 1e-12:
            continue
        along = (x0 * ey - y0 * ex) / cross
        share = (x0 * uy - y0 * ux) / cross
        if along > 0 and -1e-9 <= share <= 1 + 1e-9:
            best = max(best, along)
    return best


@cache
def _table() -> Floats:
    angles = [2 * math.pi * step / _STEPS for step in range(_STEPS)]
    return np.array([[_ray(POLYGONS[form], angle) for angle in angles] for form in Form])


def reach(form: np.ndarray, half: Floats, way: Floats) -> Floats:
    """Distance from the centre to the outline along unit vectors `way` (k, 2), for forms (k,) of half sizes (k, 2)."""
    scaled = way / np.maximum(half, 1e-9)
    angle = np.arctan2(scaled[:, 1], scaled[:, 0])
    step = np.round(angle * (_STEPS / (2 * math.pi))).astype(np.int64) % _STEPS
    size = np.hypot(scaled[:, 0], scaled[:, 1])
    found: Floats = _table()[form, step] / np.maximum(size, 1e-12)
    return found
