"""The grid beneath a chart: fine lines at an even distance, left out where they would be too close."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from ewglink.drawing.content import ChartContent
from ewglink.drawing.style import Palette
from ewglink.ui.canvas.view_state import Frame

USUAL_PITCH = 30.0
"""Chart units between two lines where the chart says nothing else: 7.5 mm."""
_LEAST_PIXELS = 9.0
_MOST = 2000
_FAINT = 110


def pitch_of(content: ChartContent) -> float:
    """The distance between two lines of a chart's grid."""
    return max(2.0, float(content.settings.get("grid_pitch", USUAL_PITCH)))


def paint_grid(painter: QPainter, frame: Frame, content: ChartContent, palette: Palette) -> None:
    """The grid, where the chart shows one; the painter maps chart units."""
    if not content.settings.get("grid"):
        return
    step = pitch_of(content)
    while step * frame.zoom < _LEAST_PIXELS:
        step *= 5
    x0, y0, x1, y1 = frame.view
    across = np.arange(np.floor(x0 / step), np.ceil(x1 / step) + 1) * step
    down = np.arange(np.floor(y0 / step), np.ceil(y1 / step) + 1) * step
    if len(across) + len(down) > _MOST:
        return
    colour = QColor(palette.rule)
    colour.setAlpha(_FAINT)
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.drawLines([QLineF(x, y0, x, y1) for x in across.tolist()] + [QLineF(x0, y, x1, y) for y in down.tolist()])
