"""The first rows of a file as a table, with what each column seems to hold and what is wrong in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from ewglink.importers.preview import describe
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain, tooltip

_ROOT = QModelIndex()
_LONGEST = 400


class PreviewTable(QAbstractTableModel):
    """Rows of a `Preview`; with `goes`, the headings also say where each column goes."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._preview: Any = None
        self._goes: Callable[[str], str] | None = None
        self._marks: dict[tuple[int | None, str | None], list[Any]] = {}
        self._kinds: list[str] = []

    def show_preview(self, preview: Any, goes: Callable[[str], str] | None = None, more: Iterable[Any] = ()) -> None:
        """Show these rows (None: nothing), with `more` problems than it has found itself. The same table keeps its
        place and its selection."""
        same = self._preview is not None and preview is not None and self._preview.rows is preview.rows
        same = same and self.columns() == list(preview.part.columns)
        if not same:
            self.beginResetModel()
        self._preview, self._goes = preview, goes
        self._marks = preview.marks() if preview is not None else {}
        for problem in more:
            held = self._marks.setdefault((problem.row, problem.field), [])
            if not any(str(one.message) == str(problem.message) for one in held):
                held.append(problem)
        self._kinds = [str(describe(guess)) for guess in preview.guesses] if preview is not None else []
        if not same:
            self.endResetModel()
        elif self.columnCount():
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            if self.rowCount():
                last = self.index(self.rowCount() - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)

    def columns(self) -> list[str]:
        """The columns' names."""
        return list(self._preview.part.columns) if self._preview is not None else []

    def column(self, at: int) -> str:
        """A column's name."""
        return str(self._preview.part.columns[at])

    def problems(self) -> list[Any]:
        """What is wrong, rejected rows first, then in the order of the rows."""
        found = [problem for held in self._marks.values() for problem in held]
        return sorted(found, key=lambda one: (not one.rejected, one.row or 0))

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of rows read."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.rows)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        """The number of columns."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.part.columns)

    def row_of(self, no: int) -> int:
        """Where the row with this number is shown; -1 where it is not."""
        return next((at for at, row in enumerate(self._preview.rows) if row.no == no), -1) if self._preview else -1

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; doubtful ones on the colour of warnings, rows that would be rejected on that of errors."""
        if self._preview is None or not index.isValid():
            return None
        row = self._preview.rows[index.row()]
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if cell is None else plain(str(cell))[:_LONGEST]
        if role not in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ToolTipRole):
            return None
        problems = self._problems(row.no, self._preview.part.columns[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [str(one.message) for one in problems]
            return tooltip("\n".join([str(cell)[:_LONGEST], *said] if cell is not None else said))
        if not problems:
            return None
        shade = theme.colours(theme.worn())
        return QColor(shade.error_ground if any(one.rejected for one in problems) else shade.warn_ground)

    def _problems(self, row: int, column: str) -> list[Any]:
        return [*self._marks.get((row, column), ()), *self._marks.get((row, None), ())]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings with what the column seems to hold; row numbers as a spreadsheet shows them."""
        if self._preview is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._preview.rows[section].no) if role == Qt.ItemDataRole.DisplayRole else None
        column = self.column(section)
        remarks = self._marks.get((None, column), ())
        if role == Qt.ItemDataRole.DisplayRole:
            lines = [plain(column), self._kinds[section] if section < len(self._kinds) else ""]
            return "\n".join([*lines, plain(self._goes(column))] if self._goes else lines)
        if role == Qt.ItemDataRole.BackgroundRole and remarks:
            return QColor(theme.colours(theme.worn()).warn_ground)
        if role == Qt.ItemDataRole.ToolTipRole:
            kind = self._kinds[section] if section < len(self._kinds) else ""
            return tooltip("\n".join([column, kind, *(str(one.message) for one in remarks)]))
        if role == Qt.ItemDataRole.FontRole:
            return QFont()
        return None


