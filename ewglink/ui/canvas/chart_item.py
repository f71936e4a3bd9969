"""The one graphics item that paints a whole chart."""

from __future__ import annotations

import numpy as np
from pyqtgraph import GraphicsObject
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform

from ewglink.drawing.scene import Scene
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.overlay import Overlay
from ewglink.ui.canvas.view_state import Frame

_EVERYWHERE = QRectF(-1e8, -1e8, 2e8, 2e8)


class ChartItem(GraphicsObject):
    """Paints layers and overlay for the frame that its view has set."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.layers = ChartLayers(scene)
        self.overlay = Overlay(self.layers)
        self.frame = Frame((0.0, 0.0, 1.0, 1.0), 1.0)
        self.hovered: int | None = None
        self.focused: int | None = None
        self.frames_painted = 0

    def changeParent(self) -> None:
        """The view tells the item what to paint; there is no ViewBox to follow."""

    def boundingRect(self) -> QRectF:
        """Everywhere: what is in view is decided in `paint`, by arrays."""
        return _EVERYWHERE

    def selected_mask(self) -> np.ndarray:
        """Which entities are selected (n,)."""
        mask = np.zeros(len(self.layers.xy), bool)
        mask[self.overlay.rows] = True
        return mask

    def paint(self, painter: QPainter, *_args: object) -> None:
        """One frame."""
        self.frames_painted += 1
        frame = self.frame
        view = frame.view
        painter.setTransform(QTransform(frame.zoom, 0, 0, frame.zoom, -view[0] * frame.zoom, -view[1] * frame.zoom))
        painter.setClipRect(QRectF(view[0], view[1], view[2] - view[0], view[3] - view[1]))
        self.overlay.paint_links(painter, frame)
        self.layers.paint(painter, frame)
        self.overlay.paint_pins(painter, frame)
        self.layers.paint_labels(painter, frame)
        self.overlay.paint_rings(painter, frame, self.hovered, self.focused)
