"""Packing: boxes side by side on a sheet, tightly, the largest first."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
SKYLINE = 500
"""So many of the largest boxes are fitted into the skyline; the rest stand on shelves."""
ASPECT = 1.5
"""Width to height of the packed whole: a landscape sheet or screen."""


def pack(sizes: npt.NDArray[Any], gap: float, aspect: float = ASPECT) -> Boxes:
    """Centres, (k, 2), of boxes with `sizes` (k, 2) packed without overlap at least `gap` apart, around the origin."""
    count = len(sizes)
    if not count:
        return np.empty((0, 2))
    padded = np.asarray(sizes, np.float64) + gap
    order = np.lexsort((np.arange(count), -padded[:, 0] * padded[:, 1], -padded[:, 1]))
    by_area = np.lexsort((np.arange(count), -padded[:, 0] * padded[:, 1]))
    large = np.zeros(count, np.bool_)
    large[by_area[:SKYLINE]] = True
    area = float((padded[:, 0] * padded[:, 1]).sum())
    width = max(float(padded[:, 0].max()), float(np.sqrt(area * aspect)) * 1.04)
    corners = np.empty((count, 2))
    heights = _skyline(padded, [int(row) for row in order if large[row]], width, corners)
    _shelves(padded, [int(row) for row in order if not large[row]], width, heights, corners)
    centres: Boxes = corners + padded / 2
    low, high = corners.min(axis=0), (corners + padded).max(axis=0)
    packed: Boxes = centres - (low + high) / 2
    return packed


def _skyline(sizes: Boxes, order: list[int], width: float, corners: Boxes) -> float:
    """Put each box where it lies highest, then leftmost; the height taken. The skyline is [x, width, y] each."""
    line: list[list[float]] = [[0.0, width, 0.0]]
    for row in order:
        wide, tall = float(sizes[row, 0]), float(sizes[row, 1])
        best: tuple[float, int] | None = None
        for start in range(len(line)):
            top = _rest(line, start, wide, width)
            if top is not None and (best is None or top < best[0] - 1e-9):
                best = (top, start)
        assert best is not None
        top, start = best
        x = line[start][0]
        corners[row] = (x, top)
        _raise(line, start, x, wide, top + tall)
    return max((segment[2] for segment in line), default=0.0)


def _rest(line: list[list[float]], start: int, wide: float, width: float) -> float | None:
    """The y at which a box of this width rests on the skyline from segment `start` on; None where it does not fit."""
    x = line[start][0]
    if x + wide > width + 1e-6:
        return None
    top = 0.0
    for segment in line[start:]:
        if segment[0] >= x + wide - 1e-9:
            break
        top = max(top, segment[2])
    return top


def _raise(line: list[list[float]], start: int, x: float, wide: float, top: float) -> None:
    end = x + wide
    at = start
    while at < len(line) and line[at][0] < end - 1e-9:
        segment_end = line[at][0] + line[at][1]
        if segment_end <= end + 1e-9:
            del line[at]
        else:
            line[at][0], line[at][1] = end, segment_end - end
            break
    line.insert(start, [x, wide, top])
    if start and abs(line[start - 1][2] - top) < 1e-9:
        line[start - 1][1] += wide
        del line[start]


def _shelves(sizes: Boxes, order: list[int], width: float, top: float, corners: Boxes) -> None:
    """Boxes in order of height, row by row from `top` down."""
    x, shelf = 0.0, 0.0
    for row in order:
        wide, tall = float(sizes[row, 0]), float(sizes[row, 1])
        if x and x + wide > width:
            x, top, shelf = 0.0, top + shelf, 0.0
        corners[row] = (x, top)
        x += wide
        shelf = max(shelf, tall)
