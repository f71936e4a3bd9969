"""Aside: entities that a layout has no place for, in rows below the others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ewglink.layouts.contract import Positions

_GAP = 24.0


def put_aside(xy: Positions, sizes: Positions, rows: npt.NDArray[np.int64], gap: float = 150.0) -> None:
    """Set `rows` of `xy` (in place) in rows from left to right below all the others, as wide as these."""
    if not len(rows):
        return
    others = np.ones(len(xy), np.bool_)
    others[rows] = False
    low, high = np.zeros(2), np.zeros(2)
    if others.any():
        low = (xy - sizes / 2)[others].min(axis=0)
        high = (xy + sizes / 2)[others].max(axis=0)
    cell = sizes[rows].max(axis=0) + _GAP
    square = float(np.sqrt(len(rows) * cell[0] * cell[1] * 2))
    columns = max(1, int(max(float(high[0] - low[0]), square) / cell[0]))
    line, column = np.divmod(np.arange(len(rows)), columns)
    xy[rows] = np.stack((column, line), axis=1) * cell + cell / 2 + np.array([low[0], high[1] + gap])
