"""A table of an answer: rows lead to their items, and rows of what is selected elsewhere are marked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ewglink.drawing.answers import AnswerTable
from ewglink.ui.item_models.answer_model import SHADED, AnswerModel
from ewglink.ui.widgets.plain_text import plain

_WIDEST, _LEAST = 320, 130
_MOST_FOLLOWED = 3000
"""Rows among which those of a selection made elsewhere are looked for."""


class AnswerTableView(QTableView):
    """The view; selecting rows selects their items in `selection`, and the other way round."""

    def __init__(self, table: AnswerTable, selection: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = AnswerModel(table, self)
        self._selection = selection
        self._own: frozenset[int] = frozenset()
        self._fitted = False
        self.setModel(self.answer)
        self.setAccessibleName(plain(table.name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.fit()
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        selection.changed.connect(self._follow)

    def fit(self) -> None:
        """Columns as wide as what the first rows hold."""
        self.horizontalHeader().setResizeContentsPrecision(60)
        narrow = self.answer.table.key in SHADED
        self.horizontalHeader().setMinimumSectionSize(26 if narrow else 48)
        self.resizeColumnsToContents()
        for column in range(self.answer.columnCount()):
            wide = 34 if narrow and 0 < column < self.answer.columnCount() - 1 else self.columnWidth(column) + 6
            self.setColumnWidth(column, min(_WIDEST, wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first time, the first column gives way, so that figures are in sight."""
        super().resizeEvent(event)
        over = self.horizontalHeader().length() - self.viewport().width()
        if not self._fitted and self.isVisible():
            self._fitted = True
            if over > 0 and self.columnWidth(0) > _LEAST:
                self.setColumnWidth(0, max(_LEAST, self.columnWidth(0) - over))

    def _tell(self) -> None:
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        items = frozenset(item for row in rows for item in self.answer.items(row))
        if items:
            self._own = items
            self._selection.set(items)

    def _follow(self, items: Collection[int]) -> None:
        """Mark the rows whose first item is selected, unless the selection came from here."""
        if frozenset(items) == self._own or not self.isVisible() or self.answer.rowCount() > _MOST_FOLLOWED:
            return
        wanted = set(items)
        chosen = QItemSelection()
        for row in range(self.answer.rowCount()):
            own = self.answer.items(row)
            if own and own[0] in wanted:
                chosen.select(self.answer.index(row, 0), self.answer.index(row, self.answer.columnCount() - 1))
        model = self.selectionModel()
        model.blockSignals(True)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        model.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the rows that are selected, with their headings."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            lines = ["\t".join(plain(text) for text in self.answer.table.headings)]
            lines += ["\t".join(str(self.answer.index(row, column).data() or "")
                                for column in range(self.answer.columnCount())) for row in rows]
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        super().keyPressEvent(event)
