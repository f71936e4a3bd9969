"""The first rows of a file as a table, with what each column seems to hold and what is wrong in the cells."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from ewglink.text import N_, _
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain, tooltip

KINDS = {
    "empty": N_("empty"),
    "text": N_("text"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "date": N_("date"),
    "boolean": N_("yes or no"),
    "identifier": N_("identifier"),
}


_ROOT = QModelIndex()


class PreviewTable(QAbstractTableModel):
    """Rows of a `Preview`."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._preview: Any = None
        self._marks: dict[tuple[int | None, str | None], list[Any]] = {}

    def show_preview(self, preview: Any) -> None:
        """Show these rows (None: nothing)."""
        self.beginResetModel()
        self._preview = preview
        self._marks = preview.marks() if preview is not None else {}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of rows read."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.rows)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.part.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; doubtful ones on the colour of warnings, rows that would be rejected on that of errors."""
        if self._preview is None or not index.isValid():
            return None
        row = self._preview.rows[index.row()]
        shade = theme.colours(theme.worn())
        if role == Qt.ItemDataRole.DisplayRole:
            cell = row.cells[index.column()] if index.column() < len(row.cells) else None
            return "" if cell is None else plain(str(cell))
        problems = self._problems(row.no, self._preview.part.columns[index.column()])
        if role == Qt.ItemDataRole.BackgroundRole and problems:
            return QColor(shade.error_ground if any(one.rejected for one in problems) else shade.warn_ground)
        if role == Qt.ItemDataRole.ToolTipRole and problems:
            return tooltip("\n".join(str(one.message) for one in problems))
        return None

    def _problems(self, row: int, column: str) -> list[Any]:
        return [*self._marks.get((row, column), ()), *self._marks.get((row, None), ())]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings with what the column seems to hold; row numbers as a spreadsheet shows them."""
        if self._preview is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._preview.rows[section].no) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            guesses = self._preview.guesses
            kind = guesses[section].kind if section < len(guesses) else "text"
            return plain(self._preview.part.columns[section]) + "\n" + _(KINDS.get(kind, N_("text")))
        if role == Qt.ItemDataRole.FontRole:
            return QFont()
        return None
