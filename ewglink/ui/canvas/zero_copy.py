"""Arrays handed to QPainter as they lie in memory."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import wrapInstance


def draw_lines(painter: QPainter, xy: np.ndarray, first: int, count: int) -> None:
    """Rows `first` … of a contiguous (k, 4) float64 array as lines."""
    if count > 0:
        painter.drawLines(wrapInstance(xy.ctypes.data + first * 32, QLineF), count)


def draw_rects(painter: QPainter, rects: np.ndarray, first: int, count: int) -> None:
    """Rows `first` … of a contiguous (k, 4) float64 array x, y, width, height as rectangles."""
    if count > 0:
        painter.drawRects(wrapInstance(rects.ctypes.data + first * 32, QRectF), count)


def draw_fragments(painter: QPainter, fragments: np.ndarray, picture: QPixmap) -> None:
    """Rows of a contiguous (k, 10) float64 array as pieces of a picture.

    Columns: centre x, y; source left, top, width, height; scale x, y; rotation; opacity.
    """
    if len(fragments):
        first = wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
        painter.drawPixmapFragments(first, len(fragments), picture)
