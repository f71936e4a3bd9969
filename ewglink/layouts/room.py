"""Room on a chart: where boxes stand, and the nearest free place for one more."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
_GOLDEN = 2.399963229728653


class Room:
    """Free space between boxes, looked up in a coarse grid of cells."""

    def __init__(self, sizes: Boxes, xy: Boxes, placed: npt.NDArray[np.bool_], spacing: float,
                 gap: float = 10.0) -> None:
        self._sizes = sizes
        self._xy = xy
        self._gap = gap
        self._cell = max(1.0, float(sizes.max(initial=1.0)) + self._gap)
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._reached: dict[tuple[int, int], int] = {}
        self._step = spacing / 4
        for row in np.flatnonzero(placed).tolist():
            self._add(row, float(xy[row, 0]), float(xy[row, 1]))

    def _add(self, row: int, x: float, y: float) -> None:
        self._cells.setdefault((int(x // self._cell), int(y // self._cell)), []).append(row)

    def find(self, row: int, wish: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """The free place for `row` found first on a spiral from `wish`, which is then taken."""
        # What was sent out from the same place before met no room nearer in.
        place = (int(wish[0] // self._cell), int(wish[1] // self._cell))
        for turn in range(max(0, self._reached.get(place, 0) - 40), 50_000):
            # The farther out, the wider the strides: in a great crowd the way out must not take all day.
            radius = self._step * math.sqrt(turn) * (1 + turn / 2000)
            x = float(wish[0]) + radius * math.cos(turn * _GOLDEN)
            y = float(wish[1]) + radius * math.sin(turn * _GOLDEN)
            if self._free(row, x, y):
                self._reached[place] = turn
                break
        self._xy[row] = (x, y)
        self._add(row, x, y)
        return np.array([x, y])

    def _free(self, row: int, x: float, y: float) -> bool:
        column, line = int(x // self._cell), int(y // self._cell)
        wide, tall = self._sizes[row]
        for i in range(column - 1, column + 2):
            for j in range(line - 1, line + 2):
                for other in self._cells.get((i, j), ()):
                    if abs(self._xy[other, 0] - x) < (wide + self._sizes[other, 0]) / 2 + self._gap and \
                            abs(self._xy[other, 1] - y) < (tall + self._sizes[other, 1]) / 2 + self._gap:
                        return False
        return True
