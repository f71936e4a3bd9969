"""What a tool is given and what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from ewglink.drawing.hit import Hit

if TYPE_CHECKING:
    from ewglink.ui.canvas.chart_view import ChartView

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
DRAG_FROM = 4.0
"""A press that moves less than this many pixels is a click."""


@dataclass(frozen=True)
class Touch:
    """Where the mouse is: window pixels, chart units, what lies there, and which keys are held."""

    pixel: QPointF
    x: float
    y: float
    hit: Hit | None
    button: Qt.MouseButton
    keys: Qt.KeyboardModifier

    @property
    def adds(self) -> bool:
        """Whether Shift is held."""
        return bool(self.keys & SHIFT)

    @property
    def toggles(self) -> bool:
        """Whether Ctrl (Cmd) is held."""
        return bool(self.keys & CTRL)


class Tool:
    """One gesture, from the press of a button to its release."""

    def __init__(self, view: ChartView) -> None:
        self.view = view
        self.began: Touch | None = None
        self.dragging = False

    def takes(self, touch: Touch) -> bool:
        """Whether a press belongs to this tool."""
        raise NotImplementedError

    def press(self, touch: Touch) -> None:
        """The button went down."""
        self.began, self.dragging = touch, False

    def move(self, touch: Touch) -> None:
        """The mouse moved with the button down."""
        if self.began is None:
            return
        if not self.dragging and (touch.pixel - self.began.pixel).manhattanLength() >= DRAG_FROM:
            self.dragging = True
            self.drag_begins(touch)
        if self.dragging:
            self.drag(touch)

    def release(self, touch: Touch) -> None:
        """The button went up: a drag ends, or it was a click."""
        if self.dragging:
            self.drop(touch)
        else:
            self.click(touch)
        self.end()

    def end(self) -> None:
        """Forget the gesture."""
        self.began, self.dragging = None, False

    def drag_begins(self, touch: Touch) -> None:
        """The press has become a drag."""

    def drag(self, touch: Touch) -> None:
        """The drag goes on."""

    def drop(self, touch: Touch) -> None:
        """The drag ends here."""

    def click(self, touch: Touch) -> None:
        """The button went up where it went down."""

    def cancel(self) -> None:
        """Esc: leave everything as it was before the press."""
        self.end()

    def paint(self, painter: QPainter) -> None:
        """What the gesture shows, in window pixels."""

    def choose(self, items: set[int], touch: Touch) -> None:
        """Select by the keys held: Shift adds, Ctrl toggles, neither replaces."""
        if touch.toggles:
            self.view.selection.toggle(items)
        elif touch.adds:
            self.view.selection.add(items)
        else:
            self.view.selection.set(items)
