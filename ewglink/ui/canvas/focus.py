"""The keyboard's place on the chart: which entity has the focus, and how the keys walk from one to another."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ewglink.ui.canvas.spoken import announce, entity_words
from ewglink.ui.canvas.tools.tool import CTRL, SHIFT
from ewglink.ui.canvas.tools.walk import neighbours, reading_order, towards

Key = Qt.Key
_WAYS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}


class Focus:
    """The part of a ChartView that knows which entity has the keyboard."""

    def _focused_item(self) -> int | None:
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
        else:
            self._set_focus_row(item)
        row = self.item.focused
        if row is not None:
            announce(self, entity_words(self.chart_scene, row, item in self.selection))
        self.repaint_soon()

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
        focused = self.item.focused
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
        focused, key = self.item.focused, event.key()
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
        return True

    def _walk_to(self, row: int, *, add: bool = False) -> None:
        item = int(self.ids_of(np.array([row]))[0])
        (self.selection.add if add else self.selection.set)({item})
        self.focus_item(item)
        self.reveal(item)
