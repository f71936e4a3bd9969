"""What one frame of the chart is: the part of it in view, how large, and how carefully it is to be painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Frame:
    """`view` x0, y0, x1, y1 in chart units; `zoom` pixels a unit; `ratio` device pixels a pixel; `moving` paints
    fast."""

    view: tuple[float, float, float, float]
    zoom: float
    ratio: float = 1.0
    moving: bool = False
    ground: int = 0xFFFFFFFF

    @property
    def device_zoom(self) -> float:
        """Device pixels a chart unit."""
        return self.zoom * self.ratio


def inside(boxes: np.ndarray, view: tuple[float, float, float, float]) -> np.ndarray:
    """Which boxes (k, 4) x0, y0, x1, y1 touch the view."""
    return (boxes[:, 0] <= view[2]) & (boxes[:, 2] >= view[0]) & (boxes[:, 1] <= view[3]) & (boxes[:, 3] >= view[1])
