"""Headings of a table that can be dragged onto a picture, chosen, and asked for a menu."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from ewglink.ui.widgets.mapping_painting import chip_picture
from ewglink.ui.widgets.mapping_picture import column_data


class ColumnHeader(QHeaderView):
    """The headings of a preview. `named(section)` gives a column's name; `chosen(column)` when one is clicked;
    `menu_wanted(column, global point)` for its menu."""

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, named: Any, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._named = named
        self._pressed: tuple[QPoint, int] | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a pull may begin here. Edges still change widths."""
        at = self.logicalIndexAt(event.position().toPoint())
        edge = self._on_edge(event.position().toPoint())
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and at >= 0 and not edge:
            self._pressed = (event.position().toPoint(), at)
            self.chosen.emit(self._named(at))
        super().mousePressEvent(event)

    def _on_edge(self, point: QPoint) -> bool:
        return any(
            abs(self.sectionViewportPosition(at) + self.sectionSize(at) - point.x()) <= 3 for at in range(self.count())
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the heading."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        start, at = self._pressed
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            column = self._named(at)
            drag = QDrag(self)
            drag.setMimeData(column_data(column))
            drag.setPixmap(chip_picture(column, self))
            drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        self._pressed = None
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a column."""
        at = self.logicalIndexAt(event.pos())
        if at >= 0:
            self.chosen.emit(self._named(at))
            self.menu_wanted.emit(self._named(at), event.globalPos())
