"""Mouse and keys of the chart: which tool has the mouse, and what each key does."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QToolTip

from ewglink.drawing.hit import Hit
from ewglink.ui.canvas.spoken import entity_words, link_words
from ewglink.ui.canvas.tools.annotate import Annotate
from ewglink.ui.canvas.tools.draw_link import DrawLink
from ewglink.ui.canvas.tools.lasso import Lasso
from ewglink.ui.canvas.tools.pan import Pan
from ewglink.ui.canvas.tools.pick_and_move import PickAndMove
from ewglink.ui.canvas.tools.put import InHand, Put
from ewglink.ui.canvas.tools.rubber_band import RubberBand
from ewglink.ui.canvas.tools.tool import CTRL, SHIFT, Tool, Touch
from ewglink.ui.widgets.plain_text import tooltip

Key = Qt.Key
_STEP = 1.25
_TOOLS = (Pan, Put, Lasso, DrawLink, Annotate, PickAndMove, RubberBand)
"""The first that takes a press has the mouse until the release."""


class Gestures:
    """The half of a ChartView that reads mouse and keys."""

    def _set_up_gestures(self) -> None:
        self.space_held = False
        self.hand = False
        self.locked = False
        self.noted: int | None = None
        self.in_hand: InHand | None = None
        self._tools = [tool(self) for tool in _TOOLS]
        self._put, self.notes = self._tools[_TOOLS.index(Put)], self._tools[_TOOLS.index(Annotate)]
        self._active: Tool | None = None

    def choose_note(self, number: int | None) -> None:
        """Choose an annotation in place of items, or none."""
        if number is not None and self.selection.items:
            self.selection.clear()
        if number != self.noted:
            self.noted = number
            self.note_chosen.emit(number)
            self.repaint_soon()

    def take_in_hand(self, held: InHand | None) -> None:
        """What the next click on the chart sets down; None: nothing."""
        if held != self.in_hand:
            self.in_hand = held
            self.show_cursor()
            self.in_hand_changed.emit(held)

    def put_at(self, x: float, y: float) -> None:
        """Set what is in hand down at a point of the chart."""
        self._put.at(x, y)

    # -- mouse ---------------------------------------------------------------------------------------------------------

    def _touch(self, event: QMouseEvent, *, look: bool = True) -> Touch:
        x, y = self.to_chart(event.position())
        return Touch(event.position(), x, y, self.hit(x, y) if look else None, event.button(), event.modifiers())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the mouse to a tool."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._active is not None:
            return
        touch = self._touch(event)
        self._active = next((tool for tool in self._tools if tool.takes(touch)), None)
        if self._active is not self.notes:
            self.choose_note(None)
        if self._active is not None:
            self._active.press(touch)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The tool goes on; without one, the entity under the mouse is ringed."""
        if self._active is not None:
            self._active.move(self._touch(event, look=isinstance(self._active, DrawLink)))
        elif not event.buttons():
            self.hover(self.layers.hits.entity_at(*self.to_chart(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The tool ends with the button that began it."""
        active = self._active
        if active is not None and active.began is not None and active.began.button == event.button():
            self._active = None
            active.release(self._touch(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the item, or offer to add something to the background."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        touch = self._touch(event)
        noted = self.notes.at(touch.x, touch.y) if touch.hit is None else None
        if touch.hit is not None:
            (self.expand_wanted if touch.adds else self.activated).emit(touch.hit.item)
        elif noted is not None:
            self.note_activated.emit(noted)
        else:
            self.background_activated.emit(touch.x, touch.y)

    def leaveEvent(self, event: object) -> None:
        """Nothing is under the mouse any more."""
        super().leaveEvent(event)
        self.hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor; with Shift, to the side."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & SHIFT:
            self.look_at(self.centre[0] - delta / self.zoom, self.centre[1])
        elif delta:
            self.zoom_by(float(np.clip(1.0016 ** delta, 0.25, 4.0)), event.position())
        event.accept()

    def cancel_gesture(self) -> bool:
        """End the gesture under way as if it had not begun; False where there is none."""
        active, self._active = self._active, None
        if active is None:
            return False
        active.cancel()
        return True

    def paint_gesture(self, painter: QPainter) -> None:
        """What the active tool shows, and which annotation is chosen."""
        self.notes.paint_chosen(painter)
        if self._active is not None:
            self._active.paint(painter)

    def show_cursor(self) -> None:
        """The mouse pointer that fits."""
        open_hand = self.space_held or self.hand
        usual = Qt.CursorShape.CrossCursor if self.in_hand is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if open_hand else usual)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the chart; all others go on to the window."""
        if self._view_key(event) or self._walk_key(event):
            event.accept()
        else:
            event.ignore()

    def _view_key(self, event: QKeyEvent) -> bool:
        key, ctrl = event.key(), bool(event.modifiers() & CTRL)
        if key == Key.Key_Space and not event.isAutoRepeat():
            self.space_held = True
            self.show_cursor()
        elif key == Key.Key_Escape:
            self._give_up()
        elif ctrl and key in (Key.Key_0, Key.Key_9):
            (self.fit if key == Key.Key_0 else self.fit_selection)()
        elif ctrl and key in (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus):
            self.zoom_by(1 / _STEP if key == Key.Key_Minus else _STEP)
        elif ctrl and key == Key.Key_A:
            self.selection.set(self.everything())
        elif key in (Key.Key_Return, Key.Key_Enter) and self.in_hand is not None:
            self.put_at(*self.centre)
        else:
            return key == Key.Key_Space
        return True

    def _give_up(self) -> None:
        """Esc: the gesture, else what is in hand, else the chosen annotation, else the selection."""
        if self.cancel_gesture():
            return
        if self.in_hand is not None:
            self.take_in_hand(None)
        elif self.noted is not None:
            self.choose_note(None)
        else:
            self.selection.clear()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space let go."""
        if event.key() == Key.Key_Space and not event.isAutoRepeat():
            self.space_held = False
            self.show_cursor()
        else:
            event.ignore()

    def focusOutEvent(self, event: object) -> None:
        """Space cannot be seen to be let go elsewhere."""
        super().focusOutEvent(event)
        self.space_held = False
        self.show_cursor()

    def everything(self) -> set[int]:
        """Every item that is shown."""
        scene = self.chart_scene
        content = scene.content
        return set(content.entity_ids[scene.shown].tolist()) | set(content.link_ids[scene.links.row].tolist())

    # -- menus and tooltips --------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips, as plain text."""
        if event.type() == QEvent.Type.ToolTip:
            found = self.hit(*self.to_chart(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), tooltip(self._words(found)) if found else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def _words(self, found: Hit) -> str:
        if found.is_link:
            return link_words(self.chart_scene, found.row)
        return entity_words(self.chart_scene, found.row, found.item in self.selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Which item a menu is wanted for: the one under the mouse, or the focused one from the keyboard."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.ask_for_menu()
            return
        found = self.hit(*self.to_chart(QPointF(event.pos())))
        if found is not None and found.item not in self.selection:
            self.selection.set({found.item})
        self.menu_requested.emit(found.item if found else None, event.globalPos())
