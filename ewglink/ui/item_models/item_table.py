"""A table of items that fetches its rows a page at a time: only the order of ids is held, however large the case."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionRange, QModelIndex, Qt

from ewglink.text import _
from ewglink.ui.widgets.plain_text import plain, tooltip

PAGE = 200
PAGES_KEPT = 60
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Column:
    """A column: its key (an order of the catalogue), heading (marked), what a row shows, and what its tooltip says
    where that is more; `sortable` where the catalogue knows the order; `name` where the heading is only a sign."""

    key: str
    heading: str
    text: Callable[[Any], str]
    number: bool = False
    icon: Callable[[Any], Any] | None = None
    width: int = 120
    tip: Callable[[Any], str] | None = None
    sortable: bool = True
    name: str = ""


class ItemTable(QAbstractTableModel):
    """Rows of items in the order of `ids`; `fetch(ids)` gives the rows of a page by id."""

    def __init__(self, columns: Iterable[Column], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.ids = np.zeros(0, np.int64)
        self.fetch: Callable[[list[int]], dict[int, Any]] = lambda _ids: {}
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._sorter: Any = None

    def show_ids(self, ids: Any, fetch: Callable[[list[int]], dict[int, Any]]) -> None:
        """Show these items, in this order."""
        self.beginResetModel()
        self.ids, self.fetch, self._sorter = np.asarray(ids, np.int64), fetch, None
        self._pages.clear()
        self.endResetModel()

    def refetch(self) -> None:
        """Ask for the rows again: the same items, other values."""
        self._pages.clear()
        if len(self.ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, len(self.columns) - 1))

    def row_at(self, row: int) -> Any:
        """The row as fetched; None where the item is gone."""
        page, within = divmod(row, PAGE)
        found = self._pages.get(page)
        if found is None:
            wanted = self.ids[page * PAGE : (page + 1) * PAGE].tolist()
            rows = self.fetch(wanted)
            found = [rows.get(item) for item in wanted]
            self._pages[page] = found
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return found[within] if within < len(found) else None

    def rows_of(self, items: Iterable[int]) -> Any:
        """The rows at which these items stand, ascending."""
        wanted = np.fromiter(items, np.int64)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.int64)
        if self._sorter is None:
            self._sorter = np.argsort(self.ids, kind="stable")
        at = np.searchsorted(self.ids, wanted, sorter=self._sorter).clip(max=len(self.ids) - 1)
        rows = self._sorter[at]
        return np.sort(rows[self.ids[rows] == wanted])

    def selection_of(self, items: Iterable[int]) -> QItemSelection:
        """The rows of these items as few ranges."""
        rows = self.rows_of(items)
        made = QItemSelection()
        if not len(rows):
            return made
        last = len(self.columns) - 1
        for part in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            made.append(QItemSelectionRange(self.index(int(part[0]), 0), self.index(int(part[-1]), last)))
        return made

    # what Qt asks

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of items listed."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or role not in _ROLES:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return column.icon(row) if column.icon else None
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return tooltip(column.tip(row))
        text = column.text(row)
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else plain(text)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if column.name and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return tooltip(_(column.name)) if role == Qt.ItemDataRole.ToolTipRole else _(column.name)
        return _(column.heading) if role == Qt.ItemDataRole.DisplayRole else None

    def retranslate(self) -> None:
        """Say headings and cells again."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.refetch()


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.TextAlignmentRole,
)
