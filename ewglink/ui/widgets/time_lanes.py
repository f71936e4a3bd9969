"""Time lanes: dated items by when they happened, in rows; the wheel zooms time, clusters break apart on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QToolTip, QWidget

from ewglink.ui.widgets.histogram_bars import how_of
from ewglink.ui.widgets.plain_text import plain, tooltip
from ewglink.ui.widgets.time_axis import TimeAxis
from ewglink.ui.widgets.time_painting import BIN, DATES, GUTTER, LANE, STRIP, paint_lanes
from ewglink.workspace.moments import STATEMENT

_REACH = 7.0


class TimeLanes(QWidget):
    """`moved()` when another stretch of time is in view; `chosen_here(rows, how)` rows of the moments, `set`, `add` or
    `toggle`.

    Wheel: zoom; Shift+wheel, middle or right drag: pan; Ctrl+wheel: other lanes; left drag: choose what lies in the
    frame. Keys: arrows pan and change lane, + and - zoom, Home shows all, Space chooses the lane in view.
    """

    moved = Signal()
    chosen_here = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumHeight(DATES + STRIP + 3 * LANE)
        self.axis = TimeAxis()
        self.moments: Any = None
        self.lanes: Any = None
        self.chosen = np.empty(0, bool)
        self.current = 0
        self.band: QRectF | None = None
        self.names: Callable[[Any], str] = str
        self.words_of: Callable[[Any], str] = lambda rows: ""
        self._grip: QPointF | None = None
        self._pan: QPointF | None = None
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(lambda _value: self.update())

    # data in

    def show_moments(self, moments: Any, lanes: Any, keep: bool) -> None:
        """Show these; `keep` the stretch of time in view, else all of it."""
        self.moments, self.lanes = moments, lanes
        self.chosen = np.zeros(len(moments) if moments is not None else 0, bool)
        self.current = 0
        self._layout()
        if moments is not None and not keep:
            self.axis.show(*moments.range())
        self.moved.emit()
        self.update()

    def show_chosen(self, chosen: np.ndarray) -> None:
        """Which moments (k,) are selected."""
        self.chosen = chosen
        self.update()

    def look_at(self, first: int, last: int, margin: float = 0.03) -> None:
        """Bring a stretch of time into view."""
        self.axis.show(int(first), int(last), margin)
        self._changed()

    def _changed(self) -> None:
        self.moved.emit()
        self.update()

    # where things are

    def _layout(self) -> None:
        self.axis.left, self.axis.width = GUTTER, max(50.0, self.width() - GUTTER - self.bar.sizeHint().width())
        room = self.height() - DATES - STRIP
        count = len(self.lanes.keys) if self.lanes is not None else 0
        self.bar.setGeometry(self.width() - self.bar.sizeHint().width(), DATES + STRIP, self.bar.sizeHint().width(),
                             max(0, room))
        self.bar.setPageStep(max(1, room))
        self.bar.setSingleStep(LANE)
        self.bar.setRange(0, max(0, count * LANE - room))
        self.bar.setVisible(count * LANE > room)

    def top_of(self, lane: int) -> float:
        """The upper edge of a lane."""
        return float(DATES + STRIP + lane * LANE - self.bar.value())

    def lanes_in_sight(self) -> range:
        """The lanes that are seen."""
        if self.lanes is None:
            return range(0)
        first = self.bar.value() // LANE
        return range(first, min(len(self.lanes.keys), first + (self.height() - DATES - STRIP) // LANE + 2))

    def name_of(self, lane: int) -> str:
        """A lane in words."""
        return plain(self.names(self.lanes.keys[lane]))

    def hollow(self, lane: int) -> bool:
        """Whether the lane holds statements, which are drawn as rings."""
        key = self.lanes.keys[lane]
        return isinstance(key, tuple) and key[0] == STATEMENT

    def rows_in(self, box: QRectF) -> Any:
        """The moments whose mark or bar lies within a frame, or under a point."""
        if self.moments is None:
            return np.empty(0, np.int64)
        lanes = self.lanes
        low, high = self.axis.moment(box.left()), self.axis.moment(box.right())
        top = int((box.top() - self.top_of(0)) // LANE) if box.top() > DATES + STRIP else -1
        bottom = int((box.bottom() - self.top_of(0)) // LANE)
        whole = box.bottom() <= DATES + STRIP
        there = np.ones(len(lanes.rows), bool) if whole else (lanes.of >= top) & (lanes.of <= bottom)
        rows = lanes.rows[there]
        return np.unique(rows[(self.moments.starts[rows] <= high) & (self.moments.last[rows] >= low)])

    def rows_at(self, point: QPointF) -> Any:
        """The moments of the cluster or bar under a point; of the whole lane in view on its name."""
        if point.x() < GUTTER:
            return self.rows_in(QRectF(GUTTER, point.y(), self.axis.width, 0))
        near = self.rows_in(QRectF(point.x() - _REACH, point.y(), 2 * _REACH, 0))
        if len(near):
            return near
        at = int((point.x() - GUTTER) / (self.axis.width / self.axis.bins(BIN)))
        each = self.axis.width / self.axis.bins(BIN)
        return self.rows_in(QRectF(GUTTER + at * each, point.y(), each, 0))

    # Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All of it."""
        painter = QPainter(self)
        paint_lanes(painter, self)
        painter.end()

    def resizeEvent(self, event: Any) -> None:
        """The same stretch of time in another width."""
        super().resizeEvent(event)
        self._layout()

    def wheelEvent(self, event: Any) -> None:
        """Zoom about the mouse; Shift pans, Ctrl goes through the lanes."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        event.accept()
        if self.moments is None or not turn:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.bar.setValue(self.bar.value() - turn // 2)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.axis.shift(-turn * 0.8)
            self._changed()
        else:
            self.axis.zoom(1.0016 ** -turn, max(float(GUTTER), event.position().x()))
            self._changed()

    def mousePressEvent(self, event: Any) -> None:
        """Left chooses, the others pan."""
        if self.moments is None:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
        else:
            self._pan = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: Any) -> None:
        """The frame or the time follows."""
        if self._pan is not None:
            self.axis.shift(self._pan.x() - event.position().x())
            self._pan = event.position()
            self._changed()
        elif self._grip is not None and (event.position() - self._grip).manhattanLength() > 4:
            self.band = QRectF(self._grip, event.position()).normalized()
            self.update()

    def mouseReleaseEvent(self, event: Any) -> None:
        """Choose, or let go."""
        if self._pan is not None:
            self._pan = None
            self.unsetCursor()
        elif self._grip is not None:
            rows = self.rows_in(self.band) if self.band is not None else self.rows_at(self._grip)
            self._grip = self.band = None
            self.update()
            self.chosen_here.emit(rows, how_of(event.modifiers()))

    def contextMenuEvent(self, event: Any) -> None:
        """The right button pans here."""
        event.accept()

    def keyPressEvent(self, event: Any) -> None:
        """Walk through time and lanes, and say where one is."""
        self._walk(event)
        self._say()

    def focusInEvent(self, event: Any) -> None:
        """Say where one is."""
        super().focusInEvent(event)
        self._say()

    def _walk(self, event: Any) -> None:
        key, wide = event.key(), self.axis.width
        if self.moments is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.axis.shift(wide * (0.1 if key == Qt.Key.Key_Right else -0.1))
            self._changed()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.axis.zoom(1.25 if key == Qt.Key.Key_Minus else 0.8, GUTTER + wide / 2)
            self._changed()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Home:
            self.look_at(*self.moments.range())
        elif key == Qt.Key.Key_Space:
            self.chosen_here.emit(self.rows_at(QPointF(0, self.top_of(self.current) + LANE / 2)),
                                  how_of(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        self.current = int(np.clip(self.current + by, 0, max(0, len(self.lanes.keys) - 1)))
        top = self.current * LANE
        room = self.height() - DATES - STRIP
        self.bar.setValue(min(top, max(self.bar.value(), top + LANE - room)))
        self._changed()

    def _say(self) -> None:
        if self.lanes is None or not len(self.lanes.keys):
            self.setAccessibleDescription("")
            return
        rows = self.rows_at(QPointF(0, self.top_of(self.current) + LANE / 2))
        self.setAccessibleDescription(f"{self.name_of(self.current)}: {plain(self.words_of(rows))}")
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def event(self, event: QEvent) -> bool:
        """What is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.moments is not None:
            rows = self.rows_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tooltip(self.words_of(rows)) if len(rows) else "", self)
            return True
        return super().event(event)
