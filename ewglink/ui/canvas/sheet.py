"""A picture in memory, and the arithmetic of boxes of its pixels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtGui import QImage

from ewglink.ui.canvas.view_state import Frame, Quality

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of a picture."""
Stamp = tuple[int, int, int]
"""What is on a picture: how often the chart, its labels and the selection had changed."""


class Sheet:
    """A picture in memory and what is on it: the box `valid`, at `zoom`, its corner at `origin` on the chart."""

    def __init__(self, wide: int, high: int, ratio: float) -> None:
        self.pixels = np.zeros((high, wide), np.uint32)  # NumPy asks for large pages: a steep line is a page a pixel
        self.image = QImage(self.pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
        self.image.setDevicePixelRatio(ratio)
        self.size = wide, high
        self.ratio = ratio
        self.zoom = 0.0
        self.origin = (0.0, 0.0)
        self.valid: Box = (0, 0, 0, 0)
        self.stamp: Stamp = (-1, -1, -1)
        self.quality = Quality(False)

    def corner_of(self, frame: Frame) -> tuple[int, int]:
        """The pixel of this picture at the upper left of the view."""
        (x, y), zoom = self.origin, self.zoom
        return round((frame.view[0] - x) * zoom), round((frame.view[1] - y) * zoom)

    def to_chart(self, box: Box) -> tuple[float, float, float, float]:
        """The part of the chart under a box of pixels."""
        x, y = self.origin
        return x + box[0] / self.zoom, y + box[1] / self.zoom, x + box[2] / self.zoom, y + box[3] / self.zoom


def holds(outer: Box, inner: Box) -> bool:
    """Whether one box lies within the other."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def common(one: Box, other: Box) -> Box | None:
    """What two boxes share."""
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] < box[2] and box[1] < box[3] else None


def missing(valid: Box, box: Box) -> list[Box]:
    """The parts of `box` that are not within `valid`."""
    inner = common(valid, box)
    if inner is None:
        return [box]
    parts = [(box[0], box[1], box[2], inner[1]), (box[0], inner[3], box[2], box[3]),
             (box[0], inner[1], inner[0], inner[3]), (inner[2], inner[1], box[2], inner[3])]
    return [part for part in parts if part[0] < part[2] and part[1] < part[3]]


def joined(valid: Box, box: Box) -> Box:
    """The largest box known to be painted once `box` is."""
    if (valid[1] <= box[1] and valid[3] >= box[3] and box[1] == valid[1] and box[3] == valid[3]) or \
            (box[0] == valid[0] and box[2] == valid[2]):
        return min(valid[0], box[0]), min(valid[1], box[1]), max(valid[2], box[2]), max(valid[3], box[3])
    return box


def strips(box: Box, count: int) -> list[Box]:
    """A box cut across into about so many."""
    edges = np.linspace(box[1], box[3], count + 1).round().astype(int).tolist()
    return [(box[0], top, box[2], bottom) for top, bottom in pairwise(edges) if bottom > top]
