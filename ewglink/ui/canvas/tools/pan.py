"""Moving the view: the middle button, or the left one with Space held or the hand chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ewglink.ui.canvas.tools.tool import Tool, Touch


class Pan(Tool):
    """Carries the chart under the mouse."""

    def takes(self, touch: Touch) -> bool:
        """The middle button always; the left one with Space or the hand."""
        left = touch.button == Qt.MouseButton.LeftButton
        return touch.button == Qt.MouseButton.MiddleButton or (left and (self.view.space_held or self.view.hand))

    def press(self, touch: Touch) -> None:
        """Take hold."""
        super().press(touch)
        self._centre = self.view.centre
        self.view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def drag(self, touch: Touch) -> None:
        """The chart follows."""
        assert self.began is not None
        moved = touch.pixel - self.began.pixel
        zoom = self.view.zoom
        self.view.look_at(self._centre[0] - moved.x() / zoom, self._centre[1] - moved.y() / zoom)

    def cancel(self) -> None:
        """Back to where the view stood."""
        self.view.look_at(*self._centre)
        self.end()

    def end(self) -> None:
        """Let go."""
        super().end()
        self.view.show_cursor()
