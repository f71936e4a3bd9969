"""The whole time at a glance: how much happened when, and a frame whose edges can be dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ewglink.ui import theme
from ewglink.ui.widgets.time_axis import TimeAxis
from ewglink.ui.widgets.time_painting import GUTTER, paint_density
from ewglink.workspace.moments import density

_EDGE = 6.0
_HIGH = 46


class TimeOverview(QWidget):
    """`framed(first, last)` when the frame was dragged; arrows move it, Shift+arrows its right edge, Ctrl+arrows its
    left."""

    framed = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(_HIGH)
        self.setMouseTracking(True)
        self.axis = TimeAxis()
        self.moments: Any = None
        self.chosen = np.empty(0, bool)
        self.frame: tuple[int, int] = (0, 1)
        self._held: tuple[str, float] | None = None
        self._counts: Any = None
        self._shares: Any = None

    def show_moments(self, moments: Any) -> None:
        """Show the time of these."""
        self.moments, self._counts, self._shares = moments, None, None
        self.chosen = np.zeros(len(moments) if moments is not None else 0, bool)
        if moments is not None:
            self.axis.show(*moments.range())
        self.update()

    def show_chosen(self, chosen: np.ndarray) -> None:
        """Which moments (k,) are selected."""
        self.chosen, self._shares = chosen, None
        self.update()

    def show_frame(self, first: int, last: int) -> None:
        """The stretch of time that is in view elsewhere."""
        self.frame = first, last
        self.update()

    def _box(self) -> QRectF:
        left, right = (min(max(self.axis.x(edge), self.axis.left), self.axis.left + self.axis.width)
                       for edge in self.frame)
        return QRectF(left, 1, max(2.0, right - left), self.height() - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Density, frame, edges."""
        painter = QPainter(self)
        shade = theme.colours(theme.worn())
        painter.fillRect(self.rect(), QColor(shade.base))
        if self.moments is not None:
            self._paint(painter, shade)
        painter.end()

    def _paint(self, painter: QPainter, shade: Any) -> None:
        bins = self.axis.bins(3.0)
        if self._counts is None or len(self._counts) != bins:
            self._counts = density(self.moments, self.axis.first, self.axis.last, bins)
            self._shares = None
        if self._shares is None:
            self._shares = density(self.moments, self.axis.first, self.axis.last, bins, self.chosen)
        paint_density(painter, QRectF(self.axis.left, 14, self.axis.width, self.height() - 16), self._counts,
                      self._shares, shade)
        painter.setPen(QColor(shade.muted))
        for x, words in self.axis.dates():
            painter.drawText(QPointF(x + 2, 11), words)
        box, ink = self._box(), QColor(shade.accent)
        fill = QColor(ink)
        fill.setAlpha(36)
        painter.setPen(QPen(ink, 1.0 + self.hasFocus()))
        painter.setBrush(fill)
        painter.drawRect(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (box.left(), box.right()):
            painter.drawRoundedRect(QRectF(x - 2, box.center().y() - 9, 4, 18), 2, 2)

    def resizeEvent(self, event: Any) -> None:
        """The same time in another width."""
        super().resizeEvent(event)
        self.axis.left, self.axis.width = GUTTER, max(50.0, self.width() - GUTTER - 14)

    # dragging

    def _grip_at(self, x: float) -> str:
        box = self._box()
        if abs(x - box.left()) <= _EDGE:
            return "left"
        if abs(x - box.right()) <= _EDGE:
            return "right"
        return "whole" if box.contains(QPointF(x, box.center().y())) else ""

    def mousePressEvent(self, event: Any) -> None:
        """Take an edge or the frame; elsewhere, the frame comes."""
        if self.moments is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        grip = self._grip_at(x)
        if not grip:
            half = (self.frame[1] - self.frame[0]) // 2
            middle = self.axis.moment(x)
            self._move(middle - half, middle + half)
            grip = "whole"
        self._held = grip, x

    def mouseMoveEvent(self, event: Any) -> None:
        """The edge or the frame follows."""
        x = event.position().x()
        if self._held is None:
            self.setCursor(Qt.CursorShape.SizeHorCursor if self._grip_at(x) in ("left", "right")
                           else Qt.CursorShape.ArrowCursor)
            return
        grip, before = self._held
        by = int((x - before) * self.axis.each)
        self._held = grip, x
        self._move(self.frame[0] + (by if grip != "right" else 0), self.frame[1] + (by if grip != "left" else 0))

    def mouseReleaseEvent(self, _event: Any) -> None:
        """Let go."""
        self._held = None

    def _move(self, first: int, last: int) -> None:
        if last - first > 1000:
            self.frame = first, last
            self.update()
            self.framed.emit(first, last)

    def keyPressEvent(self, event: Any) -> None:
        """Arrows move the frame or one of its edges."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(event.key())
        if way is None or self.moments is None:
            super().keyPressEvent(event)
            return
        by = int(way * 0.1 * (self.frame[1] - self.frame[0]))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._move(self.frame[0] + (0 if shift else by), self.frame[1] + (0 if control else by))
