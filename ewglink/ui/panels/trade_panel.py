"""What the panels of consents and of parties share: the trade read beside the window, and tables that sort by value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ewglink.text import N_, Message, number
from ewglink.ui import theme
from ewglink.ui.panels.panel import Panel
from ewglink.ui.widgets.plain_text import hint, plain

ID = Qt.ItemDataRole.UserRole
_FIGURE = re.compile(r"[-−]?\d[\d.,\s\u202f]*%?( ?/ (\d[\d.,\s\u202f]*|–)|[^\W\d].{0,12})?")
"""What stands right in its column: a number, also with a unit, a percentage, so many of so many."""
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


class FittedTable(QTreeWidget):
    """A table whose columns fit beside each other: figures at full width, texts share what is left, and columns without
    anything in them are hidden. A width that somebody sets by hand stays."""

    _HEADING, _LEAST, _ENOUGH, _MOST = 48, 64, 130, 260

    def __init__(self) -> None:
        super().__init__()
        self._fitting = False
        self._by_hand: set[int] = set()
        self.header().sectionResized.connect(self._resized)

    def _resized(self, column: int, _old: int, _new: int) -> None:
        if not self._fitting and self.isVisible() and column != self.columnCount() - 1:
            self._by_hand.add(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other shares of it."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width among the columns."""
        if not self.topLevelItemCount():
            return
        self._fitting = True
        lines = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        for column in range(1, self.columnCount()):
            self.setColumnHidden(column, all(line.text(column) in ("", "–") for line in lines))
        shown = [column for column in range(self.columnCount()) if not self.isColumnHidden(column)]
        inside = {column: self.sizeHintForColumn(column) + 6 for column in shown}
        wanted = {column: self.columnWidth(column) if column in self._by_hand else
                  max(inside[column], self.header().sectionSizeHint(column)) for column in shown}
        texts = [column for column in shown if column not in self._by_hand and any(
            line.data(column, _SORT) is not None and not isinstance(line.data(column, _SORT), (int, float))
            for line in lines)]
        over = sum(min(wanted[one], self._MOST) if one in texts else wanted[one] for one in shown)
        over -= self.viewport().width()
        wanted |= {one: min(wanted[one], self._MOST) for one in texts}
        figures = [one for one in shown if one not in texts and one not in self._by_hand]
        for least in ({one: self._ENOUGH for one in texts}, {one: max(inside[one], self._HEADING) for one in figures},
                      {one: self._LEAST if one else self._ENOUGH for one in texts}):
            cut = shares({one: wanted[one] for one in least}, over, least)
            over -= sum(wanted[one] - cut[one] for one in least)
            wanted |= cut
        for column, width in wanted.items():
            self.setColumnWidth(column, width)
        self._fitting = False


def shares(wanted: dict[int, int], over: int, least: dict[int, int]) -> dict[int, int]:
    """Widths that are together `over` less than wanted, the widest cut first and none below its least."""
    found = dict(wanted)
    for _pixel in range(max(0, over)):
        able = [one for one, width in found.items() if width > least[one]]
        if not able:
            break
        found[max(able, key=lambda one: found[one])] -= 1
    return found


def table(columns: int) -> FittedTable:
    """An empty table of rows."""
    made = FittedTable()
    made.setColumnCount(columns)
    made.setRootIsDecorated(False)
    made.setAlternatingRowColors(True)
    made.setUniformRowHeights(True)
    made.setSortingEnabled(True)
    made.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return made


def fill(tree: FittedTable, headings: Sequence[str], rows: Iterable[tuple[Any, Sequence[tuple[str, Any]]]]) -> None:
    """Fill a table: for each row what it stands for, and of each cell its text and the value it sorts by."""
    tree.setSortingEnabled(False)
    tree.clear()
    tree.setHeaderLabels(list(headings))
    for column, heading in enumerate(headings):
        hint(tree.headerItem(), heading, column)
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
    tree.fit()


def figure(value: float | None, unit: str = "") -> tuple[str, Any]:
    """A cell with a whole figure, and its unit where it is given; a dash where it is not known."""
    return ("–", None) if value is None else (f"{number(round(value))} {unit}".rstrip(), float(value))


def weight(kg: float | None, more: Sequence[tuple[str, float]]) -> tuple[str, Any]:
    """A cell with kilograms and, beside them, what is counted in another unit."""
    others = [f"{number(round(count))} {unit}".rstrip() for unit, count in more]
    if not others:
        return figure(kg)
    return " + ".join([*([number(round(kg))] if kg else []), *others]), float(kg or sum(count for _unit, count in more))


def tint(line: QTreeWidgetItem, column: int, kind: str) -> None:
    """Colour a cell as `error`, `warn`, `good` or `muted`."""
    line.setForeground(column, QBrush(QColor(getattr(theme.colours(theme.worn()), kind))))
