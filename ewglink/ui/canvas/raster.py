"""One drawing of the links and the small squares by the compiled kernels."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ewglink.painting.kernel_loading import Kernels
from ewglink.ui.canvas.two_hands import SecondHand, Task

TWO_FROM = 6000
"""More rows than this are drawn by two threads, each its half of the picture."""


@dataclass
class Squares:
    """Small entities: centres (k, 2), sizes (k,) in chart units, looks (k,) and their fills."""

    xy: np.ndarray
    size: np.ndarray
    look: np.ndarray
    fills: np.ndarray
    least: float


@dataclass
class Raster:
    """What to draw: `lines` are arrays (k, 4), stretches (r, 4) of them, and a step; `place` and `clip` as kernels
    take them."""

    lines: list[tuple[np.ndarray, np.ndarray, int]]
    squares: list[Squares]
    place: np.ndarray
    ground: int | None = None
    """The colour to begin with, None where something is painted there already."""
    _stop: np.ndarray = field(default_factory=lambda: np.zeros(1, np.int64))

    @property
    def rows(self) -> int:
        """How many marks are looked at."""
        marks = sum(int(runs[:, 1].sum()) // step for _xy, runs, step in self.lines)
        return marks + sum(len(one.xy) for one in self.squares)

    def stop(self) -> None:
        """The picture is no longer wanted."""
        self._stop[0] = 1

    @property
    def stopped(self) -> bool:
        """Whether it was stopped."""
        return bool(self._stop[0])

    def draw(self, kernels: Kernels, out: np.ndarray, clip: tuple[int, int, int, int]) -> None:
        """Draw within the clip, here and now."""
        within = np.array(clip, np.int64)
        if self.ground is not None:
            out[clip[1]:clip[3], clip[0]:clip[2]] = self.ground & 0xFFFFFFFF
        for xy, runs, step in self.lines:
            kernels.draw_lines(out, xy, runs, step, self.place, within, self._stop)
        for one in self.squares:
            kernels.draw_squares(out, one.xy, one.size, one.look, one.fills, one.least, self.place, within, self._stop)

    def draw_shared(self, kernels: Kernels, out: np.ndarray, clip: tuple[int, int, int, int],
                    hand: SecondHand) -> None:
        """Draw within the clip now, by two threads where there is much to draw."""
        left, top, right, bottom = clip
        if self.rows < TWO_FROM or bottom - top < 64:
            self.draw(kernels, out, clip)
            return
        middle = (top + bottom) // 2
        hand.share(lambda: self.draw(kernels, out, (left, top, right, middle)),
                   lambda: self.draw(kernels, out, (left, middle, right, bottom)))

    def draw_behind(self, kernels: Kernels, out: np.ndarray, clip: tuple[int, int, int, int],
                    hand: SecondHand) -> Task:
        """Have it drawn by the second thread; the task says when it is done."""
        return hand.give(lambda: self.draw(kernels, out, clip))
