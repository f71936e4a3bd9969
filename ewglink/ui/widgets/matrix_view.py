"""An association matrix on the screen: cells to walk through by keyboard or mouse, headings that stand upright."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ewglink.text import _, ngettext
from ewglink.ui import theme
from ewglink.ui.widgets.plain_text import plain, tooltip
from ewglink.workspace.association import CONFIRMED, SHARED, UNCONFIRMED

_ROOT = QModelIndex()
_SIDE, _LONGEST, _SHORTEST = 26, 150, 64
_SHARE, _ROW_LABEL = 0.4, 260
"""Of a low view, so much at most is taken by the headings of its columns."""
Index = QModelIndex | QPersistentModelIndex


class MatrixModel(QAbstractTableModel):
    """The cells of an `Association`."""

    def __init__(self, found: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self.found = found
        self.shortened: Callable[[str], str] = str
        """How the label of a row is said where it has too little room."""

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.found.matrix.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.found.matrix.columns)

    def cell(self, row: int, column: int) -> Any:
        """What stands there; None in the empty half of a triangle too."""
        shown = self.found.matrix
        if shown.symmetric and column >= row:
            return None
        return shown.cells.get((shown.rows[row], shown.columns[column]))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The sign, and in words who and how many."""
        row, column = index.row(), index.column()
        shown = self.found.matrix
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if shown.symmetric and column >= row:
            if role == Qt.ItemDataRole.BackgroundRole:
                return QColor(shade_now().line if column == row else shade_now().window)
            return None
        cell = self.cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.sign if cell else ""
        if role == Qt.ItemDataRole.BackgroundRole and cell is not None:
            return _ground(cell.sign)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self.said(row, column)
            return tooltip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    def said(self, row: int, column: int) -> str:
        """A cell in words."""
        shown, labels, cell = self.found.matrix, self.found.labels, self.cell(row, column)
        text = f"{labels[shown.rows[row]]} – {labels[shown.columns[column]]}: "
        if cell is None:
            return plain(text + _("no link"))
        if cell.sign == SHARED:
            return plain(text + _("both belong to {names}", names=", ".join(labels.get(i, "") for i in cell.shared)))
        return plain(text + ngettext("{n} link", "{n} links", cell.count))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Labels of the entities."""
        shown = self.found.matrix
        item = (shown.columns if orientation == Qt.Orientation.Horizontal else shown.rows)[section]
        if role == Qt.ItemDataRole.DisplayRole:
            text = plain(self.found.labels[item])
            return text if orientation == Qt.Orientation.Horizontal else self.shortened(text)
        return tooltip(self.found.labels[item]) if role == Qt.ItemDataRole.ToolTipRole else None


def shade_now() -> theme.Colours:
    """The colours of the theme in force."""
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QApplication

    dark = QApplication.palette().color(QPalette.ColorRole.Base).lightness() < 128
    return theme.colours("dark" if dark else "light")


def _ground(sign: str) -> QColor:
    shade = shade_now()
    colour = QColor({UNCONFIRMED: shade.alternate, SHARED: shade.warn_ground}.get(sign, shade.accent))
    if sign == CONFIRMED or sign.isdigit():
        colour.setAlpha(60)
    return colour


class UprightHeader(QHeaderView):
    """Headings of narrow columns, read from below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self._widest = -1
        self._room = _LONGEST

    def sectionSizeFromContents(self, section: int) -> QSize:
        """As high as the longest label, within reason."""
        return QSize(_SIDE, self._high())

    def sizeHint(self) -> QSize:
        """The height of all."""
        return QSize(super().sizeHint().width(), self._high())

    def _high(self) -> int:
        return min(self._room, self._wide()) + 14

    def _wide(self) -> int:
        """How long the longest label is, measured once."""
        model, metrics = self.model(), self.fontMetrics()
        if model is None:
            return 26
        if self._widest < 0:
            self._widest = max((metrics.horizontalAdvance(str(model.headerData(at, Qt.Orientation.Horizontal)))
                                for at in range(min(300, model.columnCount()))), default=0)
        return self._widest

    def make_room(self, high: int) -> None:
        """The view is `high`: labels leave room for rows."""
        room = max(_SHORTEST, min(_LONGEST, int(high * _SHARE)))
        if room != self._room:
            self._room = room
            self.headerDataChanged(Qt.Orientation.Horizontal, 0, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The label, turned."""
        painter.save()
        shade = shade_now()
        painter.fillRect(rect, QColor(shade.window))
        painter.setPen(QColor(shade.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QColor(shade.text))
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = QRect(6, 0, rect.height() - 10, rect.width())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


class MatrixView(QTableView):
    """The view. `chosen(row entity, column entity, cell)` comes for a cell, `entity(item)` for a heading."""

    chosen = Signal(int, int, object)
    entity = Signal(int)

    def __init__(self, found: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(found, self)
        self.setHorizontalHeader(UprightHeader(self))
        self.setModel(self.matrix)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Association matrix"))
        across, down = self.horizontalHeader(), self.verticalHeader()
        for header in (across, down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(_SIDE)
            header.setMinimumSectionSize(18)
            header.setHighlightSections(True)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setMaximumWidth(_ROW_LABEL)
        bold = self.font()
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        self.matrix.shortened = lambda text: metrics.elidedText(text, Qt.TextElideMode.ElideRight, _ROW_LABEL - 16)
        down.setSectionsClickable(True)
        down.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.sectionClicked.connect(lambda at: self.entity.emit(found.matrix.columns[at]))
        down.sectionClicked.connect(lambda at: self.entity.emit(found.matrix.rows[at]))
        self.selectionModel().currentChanged.connect(self._tell)

    def resizeEvent(self, event: Any) -> None:
        """Rows come before long headings."""
        self.horizontalHeader().make_room(self.height())
        super().resizeEvent(event)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            shown = self.matrix.found.matrix
            cell = self.matrix.cell(now.row(), now.column())
            self.chosen.emit(shown.rows[now.row()], shown.columns[now.column()], cell)

    def go_to(self, row: int, column: int) -> None:
        """Take a cell (entities) in hand."""
        shown = self.matrix.found.matrix
        if row in shown.rows and column in shown.columns:
            self.setCurrentIndex(self.matrix.index(shown.rows.index(row), shown.columns.index(column)))
