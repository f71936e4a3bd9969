"""A thin strip over a chart whose handling nobody has stated yet; a click leads to where it is stated."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ewglink.release.marking import Marking, banner_of
from ewglink.text import N_, speaking
from ewglink.ui.widgets.words import Words


class Unstated(QPushButton):
    """The strip. On paper the banner says it in any case; on the screen this takes its place."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unstated")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet("padding: 1px 10px; border: none; border-radius: 0; text-align: center;")
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self.setFont(font)
        words.say(self.setText, N_("Handling not stated · state it…"))
        self.hide()

    def look_at(self, content: Any, *, writable: bool) -> None:
        """Show the strip where `content` is marked with nothing, and take its banner away."""
        with speaking(content.language):
            nothing = banner_of(Marking())
        unstated = content.marking == nothing
        if unstated:
            content.marking = ""
        self.setVisible(unstated)
        self.setEnabled(writable)
