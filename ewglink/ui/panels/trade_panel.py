"""What the panels of consents and of parties share: the trade read beside the window, and tables that sort by value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ewglink.text import N_, Message, number
from ewglink.ui import theme
from ewglink.ui.panels.panel import Panel
from ewglink.ui.widgets.plain_text import hint, plain

ID = Qt.ItemDataRole.UserRole
_FIGURE = re.compile(r"[-−]?\d[\d.,\s\u202f]*%?( / (\d[\d.,\s\u202f]*|–))?")
"""What stands right in its column: a number, a percentage, so many of so many."""
_SORT = Qt.ItemDataRole.UserRole + 7


class TradePanel(Panel):
    """A panel over the trade as of a day: `found` is what was read last, `show_found` shows it."""

    tables = frozenset({"finding", "item", "link", "statement", "choice", "merge", "meta"})
    found: Any = None
    _reading = False
    _once_more = False

    def look(self) -> None:
        """Read the trade in a thread; what comes while one reads is read once more at the end."""
        from ewglink.workspace.reconciliation_report import reconcile

        workspace = self.session.workspace
        if self._reading:
            self._once_more = True
            return
        self._reading = True
        task = self.session.jobs.ask(Message(N_("Reading the records of the trade")), lambda: reconcile(workspace),
                                     lambda found: self._read(workspace, found))
        task.ended.connect(self._ended)

    def _read(self, workspace: Any, found: Any) -> None:
        if self.session.workspace is workspace:
            self.found = found
            self.show_found()

    def _ended(self) -> None:
        self._reading = False
        if self._once_more and self.session.workspace is not None:
            self._once_more = False
            self.again()

    def show_found(self) -> None:
        """Show what was read."""

    def emptied(self) -> None:
        """No case: nothing was read."""
        super().emptied()
        self.found = None


class Line(QTreeWidgetItem):
    """A row that sorts by the values behind its texts."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        column = self.treeWidget().sortColumn() if self.treeWidget() else 0
        one, two = self.data(column, _SORT), other.data(column, _SORT)
        if one is None or two is None:
            return one is None and two is not None
        return bool(one < two) if type(one) is type(two) else str(one) < str(two)


def table(columns: int) -> QTreeWidget:
    """An empty table of rows."""
    made = QTreeWidget()
    made.setColumnCount(columns)
    made.setRootIsDecorated(False)
    made.setAlternatingRowColors(True)
    made.setUniformRowHeights(True)
    made.setSortingEnabled(True)
    made.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return made


def fill(tree: QTreeWidget, headings: Sequence[str], rows: Iterable[tuple[Any, Sequence[tuple[str, Any]]]]) -> None:
    """Fill a table: for each row what it stands for, and of each cell its text and the value it sorts by."""
    tree.setSortingEnabled(False)
    tree.clear()
    tree.setHeaderLabels(list(headings))
    for identity, cells in rows:
        line = Line(tree)
        line.setData(0, ID, identity)
        for column, (text, value) in enumerate(cells):
            line.setText(column, plain(text))
            hint(line, text, column)
            line.setData(column, _SORT, value)
            if isinstance(value, (int, float)) and _FIGURE.fullmatch(text):
                line.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    tree.setSortingEnabled(True)
    last = tree.topLevelItem(0).textAlignment(len(headings) - 1) if tree.topLevelItemCount() else 0
    tree.header().setStretchLastSection(not Qt.AlignmentFlag(last) & Qt.AlignmentFlag.AlignRight)
    for column in range(tree.columnCount()):
        tree.resizeColumnToContents(column)
        tree.setColumnWidth(column, min(220, tree.columnWidth(column) + 8))


def figure(value: float | None) -> tuple[str, Any]:
    """A cell with a whole figure; a dash where it is not known."""
    return ("–", None) if value is None else (number(round(value)), float(value))


def tint(line: QTreeWidgetItem, column: int, kind: str) -> None:
    """Colour a cell as `error`, `warn`, `good` or `muted`."""
    line.setForeground(column, QBrush(QColor(getattr(theme.colours(theme.worn()), kind))))
