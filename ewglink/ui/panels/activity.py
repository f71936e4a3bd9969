"""The activity view: each entity's time as a small line, with its first, last and busiest."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStyledItemDelegate, QTableView, QVBoxLayout

from ewglink.text import N_, _, language, ngettext, number
from ewglink.ui import theme
from ewglink.ui.panels.beside import Beside
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import muted, plain, tooltip

_COLUMNS = (N_("Entity"), N_("Activity"), N_("Total"), N_("First"), N_("Last"), N_("Busiest"))
_LINE = 1
_MOST_SELECTED = 5000


def day_words(moment: int) -> str:
    """The day of a moment."""
    from ewglink.drawing.times import day
    from ewglink.workspace.rhythms import as_datetime

    return day(as_datetime(moment), language())


class ActivityTable(QAbstractTableModel):
    """Rows of an `Activity`, in the order asked for."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.found: Any = None
        self._labels: dict[int, str] = {}
        self.order = np.empty(0, np.int64)

    def show_activity(self, found: Any, labels: dict[int, str]) -> None:
        """Show this one."""
        self.beginResetModel()
        self.found, self._labels = found, labels
        self.order = np.arange(len(found.entities)) if found is not None else np.empty(0, np.int64)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Entities."""
        return 0 if parent is not None and parent.isValid() else len(self.order)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Name, line, total, first, last, busiest."""
        return 0 if parent is not None and parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_COLUMNS[section])
        return None

    def item(self, row: int) -> int:
        """The entity of a row."""
        return int(self.found.entities[self.order[row]])

    def counts(self, row: int) -> Any:
        """Counts over time of a row."""
        return self.found.counts[self.order[row]]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > _LINE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        at = int(self.order[index.row()])
        said = self._said(at, index.column(), role == Qt.ItemDataRole.DisplayRole)
        return tooltip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def _said(self, at: int, column: int, shown: bool) -> str:
        found = self.found
        if column == 0:
            return plain(self._labels.get(int(found.entities[at]), str(found.entities[at])))
        if column == _LINE:
            return "" if shown else _("{n} in the busiest span, from {day}", n=number(int(found.counts[at].max())),
                                      day=day_words(found.busiest[at]))
        if column == 2:
            return number(int(found.totals[at]))
        return day_words((found.firsts, found.lasts, found.busiest)[column - 3][at])

    def sort(self, column: int, order: Any = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        if self.found is None:
            return
        found = self.found
        if column == 0:
            names = [self._labels.get(int(item), "").casefold() for item in found.entities]
            ranks = np.argsort(np.array(names, dtype=object), kind="stable")
        else:
            values = (found.counts.max(axis=1, initial=0), found.totals, found.firsts, found.lasts,
                      found.busiest)[column - 1]
            ranks = np.argsort(values, kind="stable")
        self.layoutAboutToBeChanged.emit()
        self.order = ranks[::-1] if order == Qt.SortOrder.DescendingOrder else ranks
        self.layoutChanged.emit()


class Sparkline(QStyledItemDelegate):
    """A line of counts, its height the entity's own busiest; a dot there."""

    def paint(self, painter: QPainter, option: Any, index: QModelIndex) -> None:
        """The cell as usual, and the line over it."""
        super().paint(painter, option, index)
        counts = index.model().counts(index.row())
        most = int(counts.max()) if len(counts) else 0
        if not most:
            return
        shade = theme.colours(theme.worn())
        selected = bool(option.state & option.state.State_Selected)
        box = QRectF(option.rect).adjusted(4, 4, -4, -4)
        each = box.width() / len(counts)
        points = [QPointF(box.left() + (at + 0.5) * each, box.bottom() - box.height() * count / most)
                  for at, count in enumerate(counts.tolist())]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        ink = QColor(shade.on_accent if selected else shade.accent)
        area = QColor(ink)
        area.setAlpha(60)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(area)
        painter.drawPolygon(QPolygonF([QPointF(points[0].x(), box.bottom()), *points,
                                       QPointF(points[-1].x(), box.bottom())]))
        painter.setPen(QPen(ink, 1.2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(ink)
        painter.drawEllipse(points[int(counts.argmax())], 2.2, 2.2)
        painter.restore()


class ActivityPanel(Beside):
    """Rows of entities; what is selected here is selected everywhere, and the other way."""

    def __init__(self, session: Session, charts: Any, parent: Any = None) -> None:
        super().__init__(session, charts, parent)
        self.model = ActivityTable(self)
        self.table = QTableView()
        self.about = muted()
        self._following = False
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(_LINE, Sparkline(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.horizontalHeader().setStretchLastSection(False)
        for column, wide in enumerate((190, 360, 60, 110, 110, 110)):
            self.table.setColumnWidth(column, wide)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_LINE, header.ResizeMode.Stretch)
        header.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
        self.table.setSortingEnabled(True)
        row = QHBoxLayout()
        row.addWidget(self.scope)
        row.addWidget(self.about, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 4)
        box.addLayout(row)
        box.addWidget(self.table, 1)
        self.words.say(self.table.setAccessibleName, N_("Activity"))
        self.table.selectionModel().selectionChanged.connect(self._selected_here)
        self.setFocusProxy(self.table)

    def job(self, workspace: Any, chart: int | None) -> Any:
        """The dated items, counted for each entity."""
        from ewglink.model.progress import Progress
        from ewglink.workspace.moments import moments_of
        from ewglink.workspace.rhythms import activity

        def asked() -> Any:
            for step in moments_of(workspace, chart):
                made = (activity(step.best), step.best.labels) if step.best is not None else None
                yield Progress(step.done, step.message, made)

        return asked()

    def take(self, answer: Any) -> None:
        """Show the rows, in the order that was asked for."""
        found, labels = answer
        self._following = True
        self.model.show_activity(found, labels)
        header = self.table.horizontalHeader()
        if header.sortIndicatorSection() < len(_COLUMNS):
            self.model.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        self._following = False
        if not len(found.entities):
            self.about.setText(self.nothing_dated())
            return
        said = ngettext("{n} entity with a date", "{n} entities with a date", len(found.entities))
        said += f" · {day_words(found.first)} – {day_words(found.last)}"
        self.about.setText(plain(said))

    def _selected_here(self, *_changes: Any) -> None:
        if not self._following:
            rows = self.table.selectionModel().selectedRows()
            self._following = True
            self.session.selection.set(self.model.item(index.row()) for index in rows)
            self._following = False

    def mark(self, chosen: np.ndarray) -> None:
        """The rows of what is selected."""
        if self._following or self.model.found is None:
            return
        rows = np.flatnonzero(np.isin(self.model.found.entities[self.model.order], chosen))
        self._following = True
        selection = QItemSelection()
        for row in rows[:_MOST_SELECTED].tolist():
            selection.select(self.model.index(row, 0), self.model.index(row, len(_COLUMNS) - 1))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if len(rows):
            self.table.scrollTo(self.model.index(int(rows[0]), 0))
        self._following = False

    def emptied(self) -> None:
        """No rows."""
        super().emptied()
        self.model.show_activity(None, {})
        self.about.clear()

    def retranslate(self) -> None:
        """Say headings and days again."""
        super().retranslate()
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)
