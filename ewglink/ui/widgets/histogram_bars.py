"""Histogram bars: rows of values, or columns of ranges, with the selected share in a second colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QBrush, QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ewglink.text import number
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain, tooltip

ROW = 22
_COLUMNS_HIGH, _COLUMNS_LEAST = 150, 56
_PAD = 6
_FOOT = 18
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageDown: 10,
          Qt.Key.Key_PageUp: -10, Qt.Key.Key_Home: -10 ** 6, Qt.Key.Key_End: 10 ** 6}


def how_of(modifiers: Any) -> str:
    """What a click does to the selection: Shift adds, Ctrl toggles, else it is set."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return "add"
    return "toggle" if modifiers & Qt.KeyboardModifier.ControlModifier else "set"


class HistogramBars(QWidget):
    """`chosen(bars, how)` when bars are clicked or dragged over, `menu(bars, point)` when a menu is asked for them.

    `picked` are the bars last chosen here. Columns are brushed; arrows walk, Shift+arrows stretch, Space selects.
    """

    chosen = Signal(object, str)
    menu = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words: list[str] = []
        self._counts = np.empty(0, np.int64)
        self._shares = np.empty(0, np.int64)
        self.columns = self._apart = False
        self.current = 0
        self.picked: frozenset[int] = frozenset()
        self._grip: int | None = None
        self._dragged: tuple[int, int] | None = None

    def show_bars(self, words: Sequence[str], counts: Any, columns: bool, apart: bool = False) -> None:
        """Show bars with these words and counts; `columns` beside each other, else rows. With `apart`, the last column
        stands for what is none of the others: it is hatched, and the others are as high as there is room."""
        self._apart = columns and apart
        self._words, self._counts = [plain(one) for one in words], np.asarray(counts, np.int64)
        self._shares = np.zeros(len(self._counts), np.int64)
        self.columns = columns
        self.current = 0
        self.picked = frozenset()
        self.updateGeometry()
        self.setMinimumHeight(_COLUMNS_LEAST if columns else self.sizeHint().height())
        self._say()
        self.update()

    def show_shares(self, shares: Any) -> None:
        """How much of each bar is selected."""
        self._shares = np.asarray(shares, np.int64)
        self._say()
        self.update()

    def __len__(self) -> int:
        return len(self._counts)

    def sizeHint(self) -> QSize:
        """Rows take their room, columns one height."""
        return QSize(220, _COLUMNS_HIGH if self.columns else max(ROW, ROW * len(self)))

    # where bars are

    def _cell(self, bar: int) -> QRectF:
        if not self.columns:
            return QRectF(0, bar * ROW, self.width(), ROW)
        each = (self.width() - 2 * _PAD) / max(1, len(self))
        return QRectF(_PAD + bar * each, _PAD, each, self.height() - _FOOT - _PAD)

    def bar_at(self, point: Any) -> int | None:
        """The bar under a point, None beside them."""
        if not len(self):
            return None
        if not self.columns:
            at = int(point.y() // ROW)
            return at if 0 <= at < len(self) else None
        return int(np.clip((point.x() - _PAD) / max(1e-9, self._cell(0).width()), 0, len(self) - 1))

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only what is in sight."""
        painter = QPainter(self)
        shade = theme.colours(theme.worn())
        ranked = self._counts[:-1] if self._apart and len(self) > 1 else self._counts
        most = max(1, int(ranked.max())) if len(self) else 1
        seen = self.visibleRegion().boundingRect()
        span = (range(len(self)) if self.columns else
                range(max(0, seen.top() // ROW), min(len(self), seen.bottom() // ROW + 1)))
        for bar in span:
            (self._column if self.columns else self._row)(painter, bar, most, shade)
        if self.columns and len(self):
            self._foot(painter, shade)
        if self.hasFocus() and self.current < len(self):
            painter.setPen(QColor(shade.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._cell(self.current).adjusted(0.5, 0.5, -1.5, -1.5))
        painter.end()

    def _marked(self, bar: int) -> bool:
        if self._dragged is not None:
            return min(self._dragged) <= bar <= max(self._dragged)
        return bar in self.picked

    def _row(self, painter: QPainter, bar: int, most: int, shade: Any) -> None:
        cell = self._cell(bar)
        if self._marked(bar):
            painter.fillRect(cell, QColor(shade.line))
        wide = min(cell.width() * 0.5, 190.0)
        count = number(int(self._counts[bar]))
        room = cell.width() - wide - 3 * _PAD - painter.fontMetrics().horizontalAdvance(number(most))
        long = max(2.0, room * self._counts[bar] / most) if self._counts[bar] else 0.0
        full = QRectF(wide + _PAD, cell.top() + 4, long, cell.height() - 8)
        self._filled(painter, full, bar, shade, along=True)
        painter.setPen(QColor(shade.text))
        words = painter.fontMetrics().elidedText(self._words[bar], Qt.TextElideMode.ElideRight, int(wide) - _PAD)
        painter.drawText(QRectF(_PAD, cell.top(), wide, cell.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QColor(shade.muted))
        painter.drawText(QRectF(full.right() + _PAD, cell.top(), 200, cell.height()), Qt.AlignmentFlag.AlignVCenter,
                         count)

    def _column(self, painter: QPainter, bar: int, most: int, shade: Any) -> None:
        cell = self._cell(bar)
        if self._marked(bar):
            painter.fillRect(cell, QColor(shade.line))
        high = max(2.0, cell.height() * min(1.0, self._counts[bar] / most)) if self._counts[bar] else 0.0
        gap = 1.0 if cell.width() > 4 else 0.0
        self._filled(painter, QRectF(cell.left(), cell.bottom() - high, cell.width() - gap, high), bar, shade,
                     along=False)

    def _filled(self, painter: QPainter, full: QRectF, bar: int, shade: Any, along: bool) -> None:
        if not self._counts[bar]:
            return
        share = self._shares[bar] / self._counts[bar]
        ground = QColor(shade.muted).lighter(140) if theme.worn() == "light" else QColor(shade.muted).darker(150)
        hatched = self._apart and bar == len(self) - 1
        painter.fillRect(full, QBrush(ground, Qt.BrushStyle.BDiagPattern) if hatched else ground)
        if share > 0:
            part = QRectF(full)
            if along:
                part.setWidth(max(2.0, full.width() * share))
            else:
                part.setTop(full.bottom() - max(2.0, full.height() * share))
            painter.fillRect(part, QColor(shade.accent))

    def _foot(self, painter: QPainter, shade: Any) -> None:
        """The first and the last words, and the middle where there is room."""
        painter.setPen(QColor(shade.muted))
        box = QRect(_PAD, self.height() - _FOOT, self.width() - 2 * _PAD, _FOOT)
        last = len(self) - 1
        for bar, side in ((0, Qt.AlignmentFlag.AlignLeft), (last // 2, Qt.AlignmentFlag.AlignHCenter),
                          (last, Qt.AlignmentFlag.AlignRight)):
            wide = painter.fontMetrics().horizontalAdvance(self._words[bar])
            crowded = side == Qt.AlignmentFlag.AlignHCenter and (wide * 3.4 >= box.width() or last <= 3)
            if not crowded and (side != Qt.AlignmentFlag.AlignRight or last):
                painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, self._words[bar])

    # mouse

    def mousePressEvent(self, event: Any) -> None:
        """Begin a click or a brush."""
        bar = self.bar_at(event.position())
        if bar is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip, self._dragged, self.current = bar, (bar, bar), bar
        self.update()

    def mouseMoveEvent(self, event: Any) -> None:
        """The brush follows."""
        if self._grip is not None:
            bar = self.bar_at(event.position())
            if bar is not None:
                self._dragged, self.current = (self._grip, bar), bar
                self.update()

    def mouseReleaseEvent(self, event: Any) -> None:
        """Choose what was brushed."""
        if self._grip is not None and self._dragged is not None:
            low, high = min(self._dragged), max(self._dragged)
            self._grip = self._dragged = None
            self._choose(range(low, high + 1), how_of(event.modifiers()))

    def _choose(self, bars: Any, how: str) -> None:
        wanted = frozenset(bars)
        self.picked = wanted if how == "set" else self.picked | wanted if how == "add" else self.picked ^ wanted
        self._say()
        self.update()
        self.chosen.emit(sorted(wanted), how)

    def contextMenuEvent(self, event: Any) -> None:
        """A menu for the bars picked, or the one under the mouse."""
        by_key = event.reason() == event.Reason.Keyboard
        bar = self.current if by_key else self.bar_at(event.pos())
        if bar is None or not len(self):
            return
        if bar not in self.picked:
            self.picked, self.current = frozenset({bar}), bar
            self.update()
        where = self.mapToGlobal(self._cell(bar).center().toPoint()) if by_key else event.globalPos()
        self.menu.emit(sorted(self.picked), where)

    # keys and what is said

    def keyPressEvent(self, event: Any) -> None:
        """Walk, stretch, select."""
        step = _STEPS.get(event.key())
        if step is not None and len(self):
            before, self.current = self.current, int(np.clip(self.current + step, 0, len(self) - 1))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._choose(range(min(before, self.current), max(before, self.current) + 1), "add")
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(self):
            self._choose([self.current], how_of(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def words_of(self, bar: int) -> str:
        """A bar in words: what it is, how many, how many of them selected."""
        chosen = int(self._shares[bar])
        said = f"{self._words[bar]}: {number(int(self._counts[bar]))}"
        return f"{said} ({number(chosen)} ●)" if chosen else said

    def _say(self) -> None:
        self.setAccessibleDescription(self.words_of(self.current) if self.current < len(self) else "")
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def event(self, event: QEvent) -> bool:
        """A hint over each bar."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(event.pos())
            QToolTip.showText(event.globalPos(), tooltip(self.words_of(bar)) if bar is not None else "", self)
            return True
        return super().event(event)
