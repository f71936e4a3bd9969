"""Selecting an item by a click, and moving the selection by dragging it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from ewglink.drawing.timeline.dragging import STATES, is_timeline, state_of
from ewglink.ui.canvas.tools.tool import Tool, Touch


class PickAndMove(Tool):
    """Left button on an item; what is selected moves while it is dragged, and is reported once, at the end."""

    _rows: np.ndarray | None = None
    _upright = False
    """Nothing moves in time: on a timeline a drag goes up and down only."""

    def takes(self, touch: Touch) -> bool:
        """The left button on an item."""
        return touch.button == Qt.MouseButton.LeftButton and touch.hit is not None

    def drag_begins(self, touch: Touch) -> None:
        """Take hold of the selection, or of the item if it is not selected."""
        assert self.began is not None and self.began.hit is not None
        item = self.began.hit.item
        if item not in self.view.selection:
            self.choose({item}, self.began)
        self._rows = self.view.selected_rows()
        self._from = self.view.positions(self._rows)
        self._upright = is_timeline(self.view.chart_scene.content)
        if self._upright and len(self._rows):
            self.view.held_back.emit(STATES[state_of(self.view.chart_scene.content, int(self._rows[0]))])

    def drag(self, touch: Touch) -> None:
        """Everything held follows."""
        if self._rows is not None and len(self._rows) and self.began is not None:
            across = 0.0 if self._upright else touch.x - self.began.x
            self.view.place_rows(self._rows, self._from + np.array([across, touch.y - self.began.y]))

    def drop(self, touch: Touch) -> None:
        """Report the move."""
        if self._rows is not None and len(self._rows):
            self.drag(touch)
            ids = self.view.ids_of(self._rows)
            self.view.moved.emit(ids, self._from, self.view.positions(self._rows))

    def click(self, touch: Touch) -> None:
        """Select the item, by the keys held."""
        assert self.began is not None and self.began.hit is not None
        self.choose({self.began.hit.item}, touch)
        if not self.began.hit.is_link:
            self.view.focus_item(self.began.hit.item)

    def cancel(self) -> None:
        """Everything back where it was."""
        if self.dragging and self._rows is not None and len(self._rows):
            self.view.place_rows(self._rows, self._from)
        self.end()

    def end(self) -> None:
        """Let go."""
        super().end()
        if self._upright:
            self._upright = False
            self.view.held_back.emit("")
        self._rows = None
