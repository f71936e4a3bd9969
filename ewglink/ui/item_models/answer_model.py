"""A table of an answer as Qt shows it: sorted by any column, numbers as numbers, each row with its items."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from ewglink.drawing.answers import AnswerTable
from ewglink.text import number
from ewglink.ui.widgets.plain_text import plain, tooltip

_ROOT = QModelIndex()
SHADED = ("week",)
"""Tables whose cells are shaded by their figures."""
Index = QModelIndex | QPersistentModelIndex


def shown(value: Any) -> str:
    """A cell as people read it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value, 0 if value == round(value) else 2 if abs(value) >= 0.01 else 6)
    return number(value) if isinstance(value, int) else plain(str(value))


class AnswerModel(QAbstractTableModel):
    """The rows of an `AnswerTable`, in the order of the column last clicked."""

    def __init__(self, table: AnswerTable, parent: Any = None) -> None:
        super().__init__(parent)
        self.table = table
        self.order = list(range(len(table.rows)))
        self._most: float | None = None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.table.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        value = self.table.rows[self.order[index.row()]][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(value)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(value, str) and len(value) > 24:
            return tooltip(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, (int, float)):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole and self.table.key in SHADED and index.column() in self._shaded():
            return self._shade(value)
        return None

    def _shaded(self) -> range:
        """The columns that are shaded: all but the names and the sum."""
        return range(1, len(self.table.headings) - 1)

    def _shade(self, value: Any) -> QColor | None:
        """A ground the darker the greater the figure; the figure stands on it."""
        if not isinstance(value, (int, float)):
            return None
        if self._most is None:
            self._most = max((float(row[at] or 0) for row in self.table.rows for at in self._shaded()), default=1.0)
        colour = QGuiApplication.palette().color(QPalette.ColorRole.Highlight)
        colour.setAlpha(round(150 * float(value) / max(1.0, self._most)))
        return colour

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings, and the numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return plain(self.table.headings[section]) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; below 0 as the answer has it."""
        self.layoutAboutToBeChanged.emit()
        self.order = list(range(len(self.table.rows)))
        if column >= 0:
            self.order.sort(key=lambda row: _key(self.table.rows[row][column]),
                            reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()

    def items(self, row: int) -> tuple[int, ...]:
        """The items that a row rests on."""
        return self.table.of(self.order[row])


def _key(value: Any) -> tuple[int, Any]:
    if value is None:
        return 0, 0
    return (1, value) if isinstance(value, (int, float)) else (2, str(value).casefold())
