"""Putting something new on a chart: what was taken from the palette is set down by a click, or drawn by a drag."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ewglink.ui.canvas.tools.tool import SHIFT, Tool, Touch

USUAL = (160.0, 100.0)
"""The size in chart units of what is set down by a click."""


@dataclass(frozen=True)
class InHand:
    """What the next click sets down: `what` is `entity` (its type in `key`) or the kind of an annotation."""

    what: str
    key: str = ""

    @property
    def drawn(self) -> bool:
        """Whether it has a size that a drag gives."""
        return self.what not in ("entity", "text")


class Put(Tool):
    """The left button while something is in hand. Shift keeps it in hand for the next."""

    _corner: QPointF | None = None

    def takes(self, touch: Touch) -> bool:
        """The left button, with something in hand."""
        return touch.button == Qt.MouseButton.LeftButton and self.view.in_hand is not None

    def drag(self, touch: Touch) -> None:
        """The outline grows."""
        self._corner = touch.pixel
        self.view.repaint_soon()

    def drop(self, touch: Touch) -> None:
        """Set it down as large as it was drawn."""
        assert self.began is not None
        if self.view.in_hand is not None and self.view.in_hand.drawn:
            self._put((self.began.x, self.began.y, touch.x, touch.y), touch)
        else:
            self.click(touch)

    def click(self, touch: Touch) -> None:
        """Set it down here."""
        self.at(touch.x, touch.y, touch)

    def at(self, x: float, y: float, touch: Touch | None = None) -> None:
        """Set what is in hand down in its usual size: lines begin at the point, shapes have it in the middle."""
        held = self.view.in_hand
        if held is None:
            return
        wide, high = USUAL if held.drawn else (0.0, 0.0)
        if held.what in ("line", "arrow"):
            self._put((x, y, x + wide, y), touch)
        else:
            self._put((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), touch)

    def _put(self, box: tuple[float, float, float, float], touch: Touch | None) -> None:
        held = self.view.in_hand
        if touch is None or not touch.keys & SHIFT:
            self.view.take_in_hand(None)
        self.view.put.emit(held, box)

    def end(self) -> None:
        """Take the outline away."""
        super().end()
        self._corner = None
        self.view.repaint_soon()

    def paint(self, painter: QPainter) -> None:
        """The outline."""
        held = self.view.in_hand
        if self.began is None or self._corner is None or held is None or not held.drawn:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.view.palette_of_chart.selection), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if held.what in ("line", "arrow"):
            painter.drawLine(self.began.pixel, self._corner)
        elif held.what == "ellipse":
            painter.drawEllipse(QRectF(self.began.pixel, self._corner).normalized())
        else:
            painter.drawRect(QRectF(self.began.pixel, self._corner).normalized())
