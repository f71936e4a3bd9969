"""A picture of what each row becomes: its entities and links as cards, on whose places columns are dropped."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ewglink.text import _
from ewglink.ui.widgets import mapping_painting
from ewglink.ui.widgets.mapping_cards import Card, Place, cards_of, set_out
from ewglink.ui.widgets.plain_text import tooltip
from ewglink.workspace.mapping_draft import MappingDraft

MIME = "application/x-ewglink-column"
_CROSS = 20


class MappingPicture(QWidget):
    """Shows a draft. `dropped(column, owner, word, came)`: a column was let go on a place (`owner` None: beside all
    cards), `came` from that place of the picture or None; `taken(column, owner, word)`: it was pulled off;
    `chosen(owner)`, `column_chosen(column)`, `menu_wanted(owner, global point)`, `hovered(point)` while a column is
    held over it."""

    dropped = Signal(str, object, str, object)
    taken = Signal(str, object, str)
    chosen = Signal(object)
    column_chosen = Signal(str)
    menu_wanted = Signal(object, QPoint)
    hovered = Signal(QPoint)

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.schema = schema
        self.cards: list[Card] = []
        self.selected: Any = None
        self.column: str | None = None
        self._over: Place | Card | None = None
        self._dragged_over = False
        self._pressed: tuple[QPointF, Place, str] | None = None
        self._room = (0.0, 120.0)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)

    def show_draft(self, draft: MappingDraft) -> None:
        """Show a draft as it stands."""
        self.cards = cards_of(draft, self.schema)
        if self.selected is not None and not any(card.owner is self.selected for card in self.cards):
            self.selected = None
        said = []
        for card in self.cards:
            filled = [f"{place.name}: {', '.join(place.columns)}" for place in card.places if place.columns]
            said.append(f"{card.title} ({card.about}): " + "; ".join(filled))
        self.setAccessibleDescription(" – ".join(said))
        self._arrange()

    def select(self, owner: Any) -> None:
        """Mark an entity or a link."""
        self.selected = owner
        self.update()

    def mark_column(self, column: str | None) -> None:
        """Mark where a column goes."""
        self.column = column
        self.update()

    def _arrange(self) -> None:
        self._room = set_out(self.cards, self._seen_width())
        self.setMinimumSize(int(self._room[0]), int(self._room[1]) + 40)
        self.update()

    def _seen_width(self) -> float:
        parent = self.parentWidget()
        return parent.width() if parent is not None else self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the cards out anew."""
        super().resizeEvent(event)
        self._room = set_out(self.cards, self._seen_width())

    def sizeHint(self) -> QSize:
        """Room for all cards."""
        return QSize(int(self._room[0]), int(self._room[1]) + 40)

    # finding

    def at(self, point: QPointF) -> Place | Card | None:
        """The place, else the card, at a point."""
        for card in self.cards:
            if card.box.contains(point):
                return next((place for place in card.places if place.box.contains(point)), card)
        return None

    def place(self, owner: Any, word: str) -> Place | None:
        """A place by its owner and word."""
        return next((place for card in self.cards if card.owner is owner for place in card.places
                     if place.word == word), None)  # fmt: skip

    def chip_at(self, place: Place, point: QPointF) -> str | None:
        """The column whose chip stands at a point of a place."""
        for column, box in mapping_painting.chips(place, self.fontMetrics()):
            if box.contains(point):
                return column
        return None

    def _on_cross(self, place: Place, column: str, point: QPointF) -> bool:
        boxes = dict(mapping_painting.chips(place, self.fontMetrics()))
        return QRectF(boxes[column].right() - _CROSS, boxes[column].top(), _CROSS, boxes[column].height()).contains(
            point
        )

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines, cards, chips."""
        mapping_painting.paint(self, self.cards, self.selected, self.column, self._over, self._dragged_over)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a card; begin to pull a chip."""
        point = event.position()
        found = self.at(point)
        self._pressed = None
        owner = found.owner if found is not None else None
        self.select(owner)
        self.chosen.emit(owner)
        if isinstance(found, Place):
            column = self.chip_at(found, point)
            if column is not None:
                self.column_chosen.emit(column)
                if event.button() == Qt.MouseButton.LeftButton:
                    self._pressed = (point, found, column)
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(owner, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a chip's cross takes it off."""
        if self._pressed is not None:
            _point, place, column = self._pressed
            self._pressed = None
            if self._on_cross(place, column, event.position()):
                self.taken.emit(column, place.owner, place.word)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull a chip; else show what is under the mouse."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, place, column = self._pressed
            if (event.position() - start).manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                self._pull(place, column)
            return
        found = self.at(event.position())
        chip = isinstance(found, Place) and self.chip_at(found, event.position()) is not None
        self.setCursor(Qt.CursorShape.OpenHandCursor if chip else Qt.CursorShape.ArrowCursor)

    def _pull(self, place: Place, column: str) -> None:
        drag = QDrag(self)
        drag.setMimeData(column_data(column, place))
        drag.setPixmap(mapping_painting.chip_picture(column, self))
        dropped = drag.exec(Qt.DropAction.MoveAction)
        if dropped == Qt.DropAction.IgnoreAction and not self.rect().contains(self.mapFromGlobal(self.cursor().pos())):
            self.taken.emit(column, place.owner, place.word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from card to card; Enter or the menu key opens the menu of one; Delete takes it away."""
        owners = [card.owner for card in self.cards]
        at = next((n for n, owner in enumerate(owners) if owner is self.selected), -1)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(event.key())
        if step is not None and owners:
            self.select(owners[(at + step) % len(owners)])
            self.chosen.emit(self.selected)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Menu) and at >= 0:
            self.menu_wanted.emit(self.selected, self.mapToGlobal(self.cards[at].box.topLeft().toPoint()))
        else:
            super().keyPressEvent(event)

    def event(self, event: Any) -> bool:
        """Tell in full what is cut."""
        if isinstance(event, QHelpEvent):
            found = self.at(QPointF(event.pos()))
            text = ""
            if isinstance(found, Place):
                text = f"{found.name}: " + (", ".join(found.columns) or found.fixed or _("nothing yet"))
            elif found is not None:
                text = f"{found.title}\n{found.about}"
            QToolTip.showText(event.globalPos(), tooltip(text), self)
            return True
        return bool(super().event(event))

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Columns are welcome."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the place under the mouse."""
        self._over, self._dragged_over = self.at(event.position()), True
        self.hovered.emit(event.position().toPoint())
        self.update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing is lit up."""
        self._over, self._dragged_over = None, False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """The column goes there."""
        found = self.at(event.position())
        column = bytes(event.mimeData().data(MIME)).decode("utf-8", "surrogatepass")
        came = getattr(event.mimeData(), "came", None)
        self._over, self._dragged_over = None, False
        self.update()
        event.acceptProposedAction()
        word = found.word if isinstance(found, Place) else ""
        self.dropped.emit(column, found.owner if found is not None else None, word, came)


class ColumnData(QMimeData):
    """A column on its way, with the place of the picture that it was pulled from."""

    came: Place | None = None


def column_data(column: str, came: Place | None = None) -> QMimeData:
    """What is dragged."""
    data = ColumnData()
    data.setData(MIME, column.encode("utf-8", "surrogatepass"))
    data.came = came
    return data
