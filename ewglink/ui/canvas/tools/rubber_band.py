"""Selecting by a rectangle drawn on the background."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from ewglink.ui.canvas.overlay import rubber
from ewglink.ui.canvas.tools.tool import Tool, Touch


class RubberBand(Tool):
    """Left-drag on the background; a click there selects nothing."""

    _corner: QPointF | None = None

    def takes(self, touch: Touch) -> bool:
        """The left button where no item lies."""
        return touch.button == Qt.MouseButton.LeftButton and touch.hit is None

    def drag(self, touch: Touch) -> None:
        """The rectangle grows."""
        self._corner = touch.pixel
        self.view.repaint_soon()

    def drop(self, touch: Touch) -> None:
        """Select what it holds."""
        assert self.began is not None
        xs, ys = sorted((self.began.x, touch.x)), sorted((self.began.y, touch.y))
        self.choose(self.view.items_in((xs[0], ys[0], xs[1], ys[1])), touch)

    def click(self, touch: Touch) -> None:
        """Let go of the selection, unless a key says to keep it."""
        if not touch.adds and not touch.toggles:
            self.view.selection.clear()

    def end(self) -> None:
        """Take the rectangle away."""
        super().end()
        self._corner = None
        self.view.repaint_soon()

    def paint(self, painter: QPainter) -> None:
        """The rectangle."""
        if self.began is not None and self._corner is not None:
            points = np.array([self.began.pixel.toTuple(), self._corner.toTuple()])
            rubber(painter, self.view.palette_of_chart, points, closed=True)
