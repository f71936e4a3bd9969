"""What one frame of the chart is: the part of it in view, how large, and how carefully it is to be painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

FAR = 1e7
"""A coordinate that is never in view."""


@dataclass(frozen=True)
class Quality:
    """How links are painted: `careful` smooth, dashed and in their width, else thin; every `step`-th of them."""

    careful: bool
    step: int = 1

    def serves(self, wanted: Quality) -> bool:
        """Whether a picture painted so is good enough where `wanted` was asked for."""
        return self.careful >= wanted.careful and self.step <= wanted.step


@dataclass(frozen=True)
class Frame:
    """`view` x0, y0, x1, y1 in chart units; `zoom` pixels a unit; `ratio` device pixels a pixel; `moving` paints
    fast.

    `origin` is the point of the chart at the painter's (0, 0) where that is not the corner of the view; `quality` how
    the links are to be painted where that is decided already.
    """

    view: tuple[float, float, float, float]
    zoom: float
    ratio: float = 1.0
    moving: bool = False
    ground: int = 0xFFFFFFFF
    origin: tuple[float, float] | None = None
    quality: Quality | None = None

    @property
    def device_zoom(self) -> float:
        """Device pixels a chart unit."""
        return self.zoom * self.ratio

    @property
    def corner(self) -> tuple[float, float]:
        """The point of the chart at the painter's (0, 0)."""
        return self.view[:2] if self.origin is None else self.origin


def inside(boxes: np.ndarray, view: tuple[float, float, float, float]) -> np.ndarray:
    """Which boxes (k, 4) x0, y0, x1, y1 touch the view."""
    return (boxes[:, 0] <= view[2]) & (boxes[:, 2] >= view[0]) & (boxes[:, 1] <= view[3]) & (boxes[:, 3] >= view[1])
