"""The one graphics item that paints a whole chart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyqtgraph import GraphicsObject
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QTransform

from ewglink.drawing.scene import Scene
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.overlay import Overlay
from ewglink.ui.canvas.picture import Picture
from ewglink.ui.canvas.view_state import Frame

_POLL_MS = 4
_EVERYWHERE = QRectF(-1e8, -1e8, 2e8, 2e8)


def _pixels(frame: Frame) -> tuple[int, int]:
    """How wide and high a frame is in window pixels."""
    view = frame.view
    return round((view[2] - view[0]) * frame.zoom), round((view[3] - view[1]) * frame.zoom)


class ChartItem(GraphicsObject):
    """Paints layers and overlay for the frame that its view has set."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.layers = ChartLayers(scene)
        self.overlay = Overlay(self.layers)
        self.picture = Picture(self.layers, self.overlay)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._collect)
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
        wide, high = _pixels(frame)
        if wide < 1 or high < 1:
            return
        shown = self.picture.paint(painter, frame, wide, high)
        x, y = shown.view[:2]
        painter.setTransform(QTransform(shown.zoom, 0, 0, shown.zoom, -x * shown.zoom, -y * shown.zoom))
        self.overlay.paint_held(painter, shown)
        self.overlay.paint_rings(painter, shown, self.hovered, self.focused)
        if self.picture.waiting and not self._poll.isActive():
            self._poll.start()

    def preparing(self, frame: Frame) -> Iterator[None]:
        """The picture for a frame at rest, in steps of a few milliseconds."""
        yield from self.picture.preparing(frame, *_pixels(frame))

    def _collect(self) -> None:
        if self.picture.collect():
            self.update()
        if not self.picture.waiting:
            self._poll.stop()

    def rest(self) -> None:
        """Nobody looks: nothing goes on behind."""
        self._poll.stop()
        self.picture.rest()
