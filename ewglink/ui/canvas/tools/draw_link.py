"""Drawing a link: Ctrl held, from one entity to another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ewglink.ui.canvas.tools.tool import ALT, CTRL, Tool, Touch


class DrawLink(Tool):
    """Ctrl+left-drag from entity to entity; a Ctrl+click toggles the selection instead."""

    _end: QPointF | None = None

    def takes(self, touch: Touch) -> bool:
        """The left button with Ctrl on an entity."""
        plain = bool(touch.keys & CTRL) and not touch.keys & ALT
        return touch.button == Qt.MouseButton.LeftButton and plain and touch.hit is not None and not touch.hit.is_link

    def drag(self, touch: Touch) -> None:
        """The line follows the mouse; the entity it would reach is ringed."""
        self._end = touch.pixel
        self.view.hover(touch.hit if touch.hit and not touch.hit.is_link else None)
        self.view.repaint_soon()

    def drop(self, touch: Touch) -> None:
        """Report the two ends."""
        assert self.began is not None and self.began.hit is not None
        if touch.hit is not None and not touch.hit.is_link and touch.hit.item != self.began.hit.item:
            self.view.link_drawn.emit(self.began.hit.item, touch.hit.item)

    def click(self, touch: Touch) -> None:
        """Toggle the entity."""
        assert self.began is not None and self.began.hit is not None
        self.view.selection.toggle({self.began.hit.item})

    def end(self) -> None:
        """Take the line away."""
        super().end()
        self._end = None
        self.view.repaint_soon()

    def paint(self, painter: QPainter) -> None:
        """The line."""
        if self.began is not None and self._end is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.view.palette_of_chart.selection), 2.0, Qt.PenStyle.DashLine))
            painter.drawLine(self.began.pixel, self._end)
