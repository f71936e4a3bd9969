"""Selecting by a line drawn round items, with Alt held."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ewglink.ui.canvas.overlay import rubber
from ewglink.ui.canvas.tools.tool import ALT, Tool, Touch


class Lasso(Tool):
    """Alt+left-drag; Shift adds, Ctrl toggles."""

    def takes(self, touch: Touch) -> bool:
        """The left button with Alt."""
        return touch.button == Qt.MouseButton.LeftButton and bool(touch.keys & ALT)

    def press(self, touch: Touch) -> None:
        """The line begins."""
        super().press(touch)
        self._pixels = [touch.pixel.toTuple()]
        self._points = [(touch.x, touch.y)]

    def drag(self, touch: Touch) -> None:
        """The line goes on."""
        self._pixels.append(touch.pixel.toTuple())
        self._points.append((touch.x, touch.y))
        self.view.repaint_soon()

    def drop(self, touch: Touch) -> None:
        """Select what it surrounds."""
        if len(self._points) >= 3:
            self.choose(self.view.items_round(np.array(self._points)), touch)

    def end(self) -> None:
        """Take the line away."""
        super().end()
        self.view.repaint_soon()

    def paint(self, painter: QPainter) -> None:
        """The line, closed."""
        if self.dragging and len(self._pixels) > 1:
            rubber(painter, self.view.palette_of_chart, np.array(self._pixels), closed=False)
