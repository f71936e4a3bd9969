"""A stretch of time on the screen: which moments are in view, where they stand, and the dates written along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.drawing.timeline.scale import scale_of, ticks
from ewglink.text import language

LEAST = 60_000_000
"""The shortest stretch that can be looked at: a minute, in microseconds."""
MOST = 400 * 366 * 86_400_000_000


@dataclass
class TimeAxis:
    """Microseconds since 1970 from `first` to `last` over `width` pixels from `left`."""

    first: int = 0
    last: int = 86_400_000_000
    left: float = 0.0
    width: float = 100.0

    @property
    def each(self) -> float:
        """Microseconds a pixel."""
        return (self.last - self.first) / max(1.0, self.width)

    def x(self, moment: float) -> float:
        """Where a moment stands."""
        return self.left + (moment - self.first) / self.each

    def moment(self, x: float) -> int:
        """The moment at a pixel."""
        return int(self.first + (x - self.left) * self.each)

    def zoom(self, factor: float, x: float) -> None:
        """Show `factor` times as much time about the moment at `x`."""
        about, long = self.moment(x), self.last - self.first
        new = min(max(long * factor, LEAST), MOST)
        self.first = int(about - (about - self.first) / long * new)
        self.last = int(self.first + new)

    def shift(self, pixels: float) -> None:
        """Show what lies so many pixels further on."""
        by = int(pixels * self.each)
        self.first, self.last = self.first + by, self.last + by

    def show(self, first: int, last: int, margin: float = 0.03) -> None:
        """Show from one moment to another, with a little room."""
        room = int(max(last - first, LEAST) * margin)
        self.first, self.last = first - room, max(last, first + LEAST) + room

    def dates(self) -> list[tuple[float, str]]:
        """Places and dates along the axis, never nearer to each other than their room."""
        scale = scale_of([self.first / 1e6, self.last / 1e6], "proportional", self.left, self.width)
        try:
            return ticks(scale, self.left, self.left + self.width, language())
        except (OverflowError, ValueError):
            return []

    def bins(self, size: float) -> int:
        """How many spans of about `size` pixels there are."""
        return max(1, int(np.ceil(self.width / size)))
