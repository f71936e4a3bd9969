"""The keyboard's place on the chart: which entity has the focus, and how the keys walk from one to another."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ewglink.text import _
from ewglink.ui.canvas.accessible import tell_focus
from ewglink.ui.canvas.spoken import announce, chart_words, entity_words
from ewglink.ui.canvas.tools.tool import CTRL, SHIFT
from ewglink.ui.canvas.tools.walk import neighbours, reading_order, towards

Key = Qt.Key
_WAYS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}


class Focus:
    """The part of a ChartView that knows which entity has the keyboard."""

    def focused_item(self) -> int | None:
        """The entity that has the keyboard."""
        if self._item is None or self._item.focused is None:
            return None
        return int(self.chart_scene.content.entity_ids[self._item.focused])

    def _set_focus_row(self, item: int) -> None:
        row = int(self.layers.rows_of(np.array([item]))[0])
        self.item.focused = row if row >= 0 and self.chart_scene.shown[row] else None

    def focus_item(self, item: int | None) -> None:
        """The keys go on from this entity; a screen reader says what it is."""
        if item is None:
            self.item.focused = None
            self.setAccessibleDescription(chart_words(self.chart_scene))
        else:
            self._set_focus_row(item)
        row = self.item.focused
        if row is not None:
            words = entity_words(self.chart_scene, row, item in self.selection)
            self.setAccessibleDescription(words)
            if not tell_focus(self, item):
                announce(self, words)
        self.repaint_soon()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes back to the entity it left."""
        super().focusInEvent(event)
        item = self.focused_item()
        if item is not None:
            tell_focus(self, item)

    def reveal(self, item: int) -> None:
        """Bring an entity into view if it is not."""
        row = int(self.layers.rows_of(np.array([item]))[0])
        if row >= 0:
            x, y = self.layers.xy[row].tolist()
            view = self.view_rect()
            if not (view[0] < x < view[2] and view[1] < y < view[3]):
                self.look_at(x, y)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes from item to item in reading order, and leaves the chart after the last."""
        order = reading_order(self.layers.xy, np.flatnonzero(self.chart_scene.shown))
        focused = self._standing()
        if not len(order):
            return super().focusNextPrevChild(onward)
        if focused is not None and focused in order:
            at = int(np.flatnonzero(order == focused)[0]) + (1 if onward else -1)
        else:
            at = 0 if onward else len(order) - 1
        if not 0 <= at < len(order):
            self.focus_item(None)
            return super().focusNextPrevChild(onward)
        self._walk_to(int(order[at]))
        return True

    def _walk_key(self, event: QKeyEvent) -> bool:
        focused, key = self._standing(), event.key()
        if key in (Key.Key_Return, Key.Key_Enter) and focused is not None:
            self.activated.emit(int(self.ids_of(np.array([focused]))[0]))
            return True
        if key not in _WAYS or event.modifiers() & CTRL:
            return False
        if focused is None:
            rows = self.selected_rows()
            order = rows if len(rows) else reading_order(self.layers.xy, np.flatnonzero(self.chart_scene.shown))
            found = int(order[0]) if len(order) else None
        else:
            found = towards(self.layers.xy, focused, neighbours(self.chart_scene.links, focused), _WAYS[key])
        if found is not None:
            self._walk_to(found, add=bool(event.modifiers() & SHIFT))
        elif focused is not None:
            announce(self, _("No linked entity that way."))
        return True

    def _standing(self) -> int | None:
        """From which entity the keys go on: the focused one, unless the mouse has selected others since."""
        item = self.focused_item()
        if item is not None and len(self.selected_rows()) and item not in self.selection:
            self.item.focused = None
        return self.item.focused

    def walk_to_item(self, item: int) -> None:
        """Go to an entity: it has the keyboard, it alone is selected, and it is in view."""
        self.setFocus()
        row = int(self.layers.rows_of(np.array([item]))[0])
        if row >= 0:
            self._walk_to(row)

    def ask_for_menu(self) -> None:
        """The menu that the keyboard asks for: of the focused entity, else of what is selected, else of the chart."""
        row, item = self._standing(), self.focused_item()
        if row is not None and item not in self.selection:
            self.selection.set({item})
        if row is None and len(self.selected_rows()):
            row = int(self.selected_rows()[0])
        x, y = self.centre if row is None else self.layers.xy[row].tolist()
        self.menu_requested.emit(item, self.viewport().mapToGlobal(self.to_window(x, y).toPoint()))

    def _walk_to(self, row: int, *, add: bool = False) -> None:
        item = int(self.ids_of(np.array([row]))[0])
        (self.selection.add if add else self.selection.set)({item})
        self.focus_item(item)
        self.reveal(item)
