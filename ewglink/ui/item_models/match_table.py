"""Pairs of entities that may be one, as a table: how likely, and which two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ewglink.text import _
from ewglink.ui.widgets.plain_text import plain, tooltip
from ewglink.ui.widgets.type_icons import type_icon

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_BATCH = 64


class MatchTable(QAbstractTableModel):
    """The pairs to look at; `take` gives it others. Labels are read by `labels(ids)`, some lines at once, as they come
    into sight."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.matches: Sequence[Any] = ()
        self._labels: dict[int, str] = {}
        self._read: Callable[[Iterable[int]], Mapping[int, str]] = lambda _ids: {}
        self._schema: Any = None

    def take(self, matches: Sequence[Any], labels: Callable[[Iterable[int]], Mapping[int, str]], schema: Any) -> None:
        """Show these pairs."""
        self.beginResetModel()
        self.matches, self._labels, self._read, self._schema = matches, {}, labels, schema
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        """One line a pair."""
        return 0 if parent.isValid() else len(self.matches)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Score and the two."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Score"), _("One"), _("Other"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self.matches):
            return None
        match = self.matches[index.row()]
        if index.column() == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return _("{n} %", n=min(99, round(100 * match.score))) + (" ?" if match.possible else "")
            return None
        item = match.a if index.column() == 1 else match.b
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(self._label(index.row(), item))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._label(index.row(), item))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return type_icon(self._schema, match.type)
        return None

    def _label(self, row: int, item: int) -> str:
        """The label of an entity of a line, read with those of the lines around it."""
        if item not in self._labels:
            first = row - row % _BATCH
            some = {one for match in self.matches[first:first + _BATCH] for one in (match.a, match.b)}
            self._labels |= dict.fromkeys(some, "") | dict(self._read(some))
        return self._labels.get(item, "")
