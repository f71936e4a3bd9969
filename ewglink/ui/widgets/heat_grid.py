"""A heat grid: counts as cells, darker where there are more, with the selected share outlined in a second colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ewglink.text import number
from ewglink.ui import theme
from ewglink.ui.widgets.histogram_bars import how_of
from ewglink.ui.widgets.plain_text import plain, tooltip

_LEAST, _MOST, _HIGH = 22, 64, 24
_PAD = 6
_STEPS = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}


class HeatGrid(QWidget):
    """`chosen(cells, how)`: cells as row × columns + column, `set`, `add` or `toggle`; a drag chooses a rectangle."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rows: list[str] = []
        self.columns: list[str] = []
        self.counts = np.zeros((0, 0), np.int64)
        self.shares = self.counts
        self.current = (0, 0)
        self.summary: Callable[[int, int], str] = lambda row, column: ""
        self._grip: tuple[int, int] | None = None
        self._to: tuple[int, int] | None = None
        self._room: tuple[int, int, bool] | None = None

    def show_counts(self, rows: Sequence[str], columns: Sequence[str], counts: Any) -> None:
        """Show these counts (r, c) under these words."""
        self.rows, self.columns = [plain(one) for one in rows], [plain(one) for one in columns]
        self.counts = np.asarray(counts, np.int64).reshape(len(self.rows), len(self.columns))
        self.shares = np.zeros_like(self.counts)
        self.current = (0, 0)
        self._room = None
        self.updateGeometry()
        self.setMinimumSize(self.sizeHint())
        self._say()
        self.update()

    def show_shares(self, shares: Any) -> None:
        """How much of each cell is selected (r, c)."""
        self.shares = np.asarray(shares, np.int64).reshape(self.counts.shape)
        self._say()
        self.update()

    # where cells are

    def _margins(self) -> tuple[int, int, bool]:
        """Room for the words of rows and of columns, and whether the latter stand upright; measured once."""
        if self._room is None:
            self._room = self._measured()
        return self._room

    def _measured(self) -> tuple[int, int, bool]:
        metrics = self.fontMetrics()
        left = min(170, max([metrics.horizontalAdvance(one) for one in self.rows] or [0]) + 4) + 2 * _PAD
        widest = max([metrics.horizontalAdvance(one) for one in self.columns] or [0])
        turned = widest > _MOST - 8
        return left, (min(120, widest) + 2 * _PAD if turned else metrics.height() + _PAD), turned

    def changeEvent(self, event: QEvent) -> None:
        """Another font: words are longer or shorter."""
        super().changeEvent(event)
        self._room = None

    def _each(self) -> float:
        left = self._margins()[0]
        return float(np.clip((self.width() - left - _PAD) / max(1, len(self.columns)), _LEAST, _MOST))

    def sizeHint(self) -> QSize:
        """Every cell large enough to be hit."""
        left, top, _turned = self._margins()
        return QSize(left + _LEAST * len(self.columns) + _PAD, top + _HIGH * len(self.rows) + _PAD)

    def cell(self, row: int, column: int) -> QRectF:
        """Where a cell is."""
        left, top, _turned = self._margins()
        each = self._each()
        return QRectF(left + column * each, top + row * _HIGH, each, _HIGH)

    def cell_at(self, point: Any) -> tuple[int, int] | None:
        """The cell under a point, None beside them."""
        left, top, _turned = self._margins()
        row, column = int((point.y() - top) // _HIGH), int((point.x() - left) // self._each())
        return (row, column) if 0 <= row < len(self.rows) and 0 <= column < len(self.columns) else None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, and the cells of what is to be painted."""
        painter = QPainter(self)
        shade = theme.colours(theme.worn())
        self._headings(painter, shade)
        least, most = _range(self.counts)
        base, full = QColor(shade.base), QColor(shade.accent)
        light = base.lightness() > 128
        for row in range(len(self.rows)):
            for column in range(len(self.columns)):
                if not self.cell(row, column).intersects(event.rect()):
                    continue
                count = int(self.counts[row, column])
                share = 0.1 + 0.85 * ((count - least) / (most - least)) ** 0.6 if count else 0.0
                self._cell(painter, self.cell(row, column), count, int(self.shares[row, column]),
                           _between(base, full, share), shade, light)
        if self._grip is not None and self._to is not None:
            painter.setPen(QPen(QColor(shade.text), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*self._grip).united(self.cell(*self._to)))
        elif self.hasFocus() and self.counts.size:
            painter.setPen(QPen(QColor(shade.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell(*self.current).adjusted(1, 1, -2, -2))
        painter.end()

    def _headings(self, painter: QPainter, shade: Any) -> None:
        left, top, turned = self._margins()
        painter.setPen(QColor(shade.muted))
        metrics = painter.fontMetrics()
        for row, words in enumerate(self.rows):
            box = QRectF(_PAD, top + row * _HIGH, left - 2 * _PAD, _HIGH)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             metrics.elidedText(words, Qt.TextElideMode.ElideRight, left - 2 * _PAD))
        for column, words in enumerate(self.columns):
            box = self.cell(0, column)
            if not turned:
                painter.drawText(QRectF(box.left(), 0, box.width(), top), Qt.AlignmentFlag.AlignCenter, words)
                continue
            painter.save()
            painter.translate(box.center().x() + metrics.height() / 3, top - _PAD)
            painter.rotate(-90)
            painter.drawText(0, 0, metrics.elidedText(words, Qt.TextElideMode.ElideRight, top - 2 * _PAD))
            painter.restore()

    def _cell(self, painter: QPainter, box: QRectF, count: int, chosen: int, fill: QColor, shade: Any,
              light: bool) -> None:
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(inner, fill)
        if count:
            dark = fill.lightness() < 140
            painter.setPen(QColor("#FFFFFF" if dark else "#101418"))
            words = number(count)
            if painter.fontMetrics().horizontalAdvance(words) < box.width() - 2:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if chosen:
            painter.setPen(QPen(QColor("#B35900" if light else "#FFB454"), 2.0 if chosen < count else 3.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(inner.adjusted(1, 1, -1, -1))

    # mouse

    def mousePressEvent(self, event: Any) -> None:
        """Begin a click or a rectangle."""
        at = self.cell_at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grip = self._to = self.current = at
            self.update()

    def mouseMoveEvent(self, event: Any) -> None:
        """The rectangle follows."""
        at = self.cell_at(event.position())
        if self._grip is not None and at is not None:
            self._to = at
            self.update()

    def mouseReleaseEvent(self, event: Any) -> None:
        """Choose what was dragged over."""
        if self._grip is not None and self._to is not None:
            (a, b), (c, d) = self._grip, self._to
            self._grip = self._to = None
            self._choose(range(min(a, c), max(a, c) + 1), range(min(b, d), max(b, d) + 1), how_of(event.modifiers()))

    def _choose(self, rows: Any, columns: Any, how: str) -> None:
        self.update()
        self.chosen.emit([row * len(self.columns) + column for row in rows for column in columns], how)

    # keys and what is said

    def keyPressEvent(self, event: Any) -> None:
        """Arrows walk, Space selects."""
        step = _STEPS.get(event.key())
        if step is not None and self.counts.size:
            self.current = (int(np.clip(self.current[0] + step[0], 0, len(self.rows) - 1)),
                            int(np.clip(self.current[1] + step[1], 0, len(self.columns) - 1)))
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.counts.size:
            self._choose([self.current[0]], [self.current[1]], how_of(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def words_of(self, row: int, column: int) -> str:
        """A cell in words."""
        said = self.summary(row, column) or f"{self.rows[row]} · {self.columns[column]}"
        return f"{said}: {number(int(self.counts[row, column]))}"

    def _say(self) -> None:
        self.setAccessibleDescription(self.words_of(*self.current) if self.counts.size else "")
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def event(self, event: QEvent) -> bool:
        """A summary over each cell."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.cell_at(event.pos())
            QToolTip.showText(event.globalPos(), tooltip(self.words_of(*at)) if at is not None else "", self,
                              self.cell(*at).toRect() if at is not None else QRect())
            return True
        return super().event(event)


def _range(counts: Any) -> tuple[float, float]:
    """What the palest and the darkest cell stand for; where all are much alike, the difference is shown."""
    there = counts[counts > 0]
    if not len(there):
        return 0.0, 1.0
    least, most = float(there.min()), float(there.max())
    return (least * 0.9 if least * 4 > most else 0.0), max(most, least * 0.9 + 1.0)


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(*(round(a + (b - a) * share) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)))


