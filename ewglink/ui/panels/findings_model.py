"""The findings as a tree: groups (a rule, a party, a consent) with the findings under them, or one flat list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from ewglink.rules.contract import SEVERITIES
from ewglink.rules.saying import SEVERITY_NAMES, STATE_NAMES, title
from ewglink.text import N_, _, number
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain, tooltip
from ewglink.workspace.finding_list import FindingRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
HEADINGS = (N_("Rule"), N_("Load or item"), N_("Date"), N_("Severity"), N_("Judgement"), N_("What is wrong"))
GROUPINGS = (("rule", N_("by rule")), ("party", N_("by party")), ("consent", N_("by consent")),
             ("none", N_("as a list")))
SIGNS = {"high": "▲", "medium": "◆", "low": "○"}
"""A form for each severity, so that it does not rest on colour alone."""
CHANGED = "↻"


@dataclass
class Group:
    """Findings under one heading."""

    name: str
    rows: list[FindingRow] = field(default_factory=list)


def _keys(row: FindingRow, by: str) -> list[str]:
    if by == "rule":
        return [f"{row.kept.rule}  {title(row.kept.rule)}"]
    named = row.parties if by == "party" else row.consents
    return [label for _id, label in named] or [_("none")]


def grouped(rows: Iterable[FindingRow], by: str) -> list[Group]:
    """The rows under headings; one that concerns several parties stands under each of them."""
    found: dict[str, Group] = {}
    for row in rows:
        for key in _keys(row, by):
            found.setdefault(key, Group(key)).rows.append(row)
    groups = list(found.values())
    if by != "rule":
        groups.sort(key=lambda group: (-len(group.rows), group.name.casefold()))
    return groups


_SORTS: tuple[Callable[[FindingRow], Any], ...] = (
    lambda row: row.kept.rule, lambda row: row.what.casefold(), lambda row: row.on,
    lambda row: SEVERITIES.index(row.kept.severity),  # type: ignore[arg-type]
    lambda row: list(STATE_NAMES).index(row.kept.state), lambda row: row.said.casefold(),
)


class FindingsModel(QAbstractItemModel):
    """Groups at the top, findings below; without grouping the findings are at the top."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.groups: list[Group] = []
        self.flat = False
        self._order: tuple[int, bool] | None = None

    def show(self, rows: list[FindingRow], by: str) -> None:
        """Show these findings under these headings."""
        self.beginResetModel()
        self.flat = by == "none"
        self.groups = [Group("", list(rows))] if self.flat else grouped(rows, by)
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        if self._order is not None:
            for group in self.groups:
                group.rows.sort(key=_SORTS[self._order[0]], reverse=self._order[1])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort within each group."""
        self.beginResetModel()
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._sort()
        self.endResetModel()

    def finding_at(self, index: Index) -> FindingRow | None:
        """The finding of a line; None for a heading."""
        if not index.isValid():
            return None
        if self.flat:
            return self.groups[0].rows[index.row()]
        at = int(index.internalId())
        return None if at == 0 else self.groups[at - 1].rows[index.row()]

    def findings_at(self, index: Index) -> list[FindingRow]:
        """The finding of a line, or all under a heading."""
        row = self.finding_at(index)
        if row is not None:
            return [row]
        return list(self.groups[index.row()].rows) if index.isValid() else []

    def index_of(self, finding: int) -> QModelIndex:
        """Where a finding stands (first)."""
        for at, group in enumerate(self.groups):
            for row, one in enumerate(group.rows):
                if one.id == finding:
                    return self.createIndex(row, 0, 0 if self.flat else at + 1)
        return _ROOT

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """A line."""
        if not self.hasIndex(row, column, parent):
            return _ROOT
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """The heading of a line."""
        if not index.isValid() or self.flat or not index.internalId():
            return _ROOT
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Headings, or findings under one."""
        if not parent.isValid():
            return (len(self.groups[0].rows) if self.groups else 0) if self.flat else len(self.groups)
        if self.flat or parent.internalId() or parent.column() > 0:
            return 0
        return len(self.groups[parent.row()].rows)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """The number of columns."""
        return len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row = self.finding_at(index)
        if row is None:
            return self._heading(self.groups[index.row()], index.column(), role) if index.isValid() else None
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cell(row, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(cell(row, index.column()))
        shade = theme.colours(theme.worn())
        if role == Qt.ItemDataRole.ForegroundRole:
            if row.kept.state in ("explained", "false"):
                return QBrush(QColor(shade.muted))
            if index.column() == 3 and row.kept.severity == "high":
                return QBrush(QColor(shade.error))
            if index.column() == 3 and row.kept.severity == "medium":
                return QBrush(QColor(shade.warn))
        if role == Qt.ItemDataRole.FontRole and row.kept.state == "false":
            font = QFont()
            font.setStrikeOut(index.column() == 5)
            return font
        return None

    @staticmethod
    def _heading(group: Group, column: int, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and column == 0:
            text = f"{group.name}  ({number(len(group.rows))})"
            return plain(text) if role == Qt.ItemDataRole.DisplayRole else tooltip(text)
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None


def cell(row: FindingRow, column: int) -> str:
    """What a finding shows in a column."""
    kept = row.kept
    if column == 0:
        return kept.rule
    if column == 3:
        return f"{SIGNS[kept.severity]} {_(SEVERITY_NAMES[kept.severity])}"  # type: ignore[index]
    if column == 4:
        return _(STATE_NAMES[kept.state]) + (f" {CHANGED}" if kept.moved else "")
    return (row.what, row.on)[column - 1] if column in (1, 2) else row.said
