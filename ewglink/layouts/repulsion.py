"""Repulsion of all from all, by a grid: masses onto cells, one convolution with the push of a unit mass, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]


class Field:
    """The push of masses on each other as 1/d, exact between cells, softened inside one.

    `fineness` is the number of cells a row has along each side of the sheet's share of it; with `reach` (a share of the
    sheet's side) the push ends about so far away.
    """

    def __init__(self, count: int, fineness: float = 1.2, reach: float | None = None) -> None:
        self.cells = int(np.clip(2 ** np.ceil(np.log2(np.sqrt(max(count, 1)) * fineness)), 32, 512))
        self._kernel = self._push_of_one(None if reach is None else max(1.5, reach * self.cells))

    def _push_of_one(self, reach: float | None) -> Any:
        from scipy.fft import rfft2

        cells = self.cells
        steps = np.fft.fftfreq(2 * cells, 1 / (2 * cells)).astype(np.float32)
        square = steps[:, None] ** 2 + steps[None, :] ** 2
        push = 1 / (square + np.float32(0.35))
        if reach is not None:
            push *= np.exp(-square / np.float32(reach * reach))
        return rfft2(steps[:, None] * push), rfft2(steps[None, :] * push)

    def push(self, xy: Points, mass: Points) -> Points:
        """The sum over all others of mass · (difference) / distance², (n, 2)."""
        from scipy.fft import irfft2, rfft2

        cells = self.cells
        x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
        left, top = x.min(), y.min()
        width = max(float(x.max() - left), float(y.max() - top), 1e-9) / (cells - 1.001)
        across, down = (x - left) / width, (y - top) / width
        column, line = across.astype(np.int64), down.astype(np.int64)
        across -= column
        down -= line
        corner = column * cells + line
        weights = [((1 - across) * (1 - down), 0), (across * (1 - down), cells),
                   ((1 - across) * down, 1), (across * down, cells + 1)]
        grid = np.zeros(cells * cells)
        for weight, shift in weights:
            grid += np.bincount(corner + shift, mass * weight, cells * cells)
        spectrum = rfft2(grid.reshape(cells, cells).astype(np.float32), s=(2 * cells, 2 * cells))
        found = np.empty_like(xy)
        for axis, kernel in enumerate(self._kernel):
            felt = irfft2(spectrum * kernel, s=(2 * cells, 2 * cells))[:cells, :cells].ravel()
            found[:, axis] = sum(weight * felt[corner + shift] for weight, shift in weights)
        return found / width
