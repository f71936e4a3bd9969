"""Writing on the chart itself: a field of several lines where the text is to stand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from ewglink.drawing.marks import Rect
from ewglink.text import _

_LEAST_PIXELS, _MOST_PIXELS = 9, 72
_WIDE, _LINES = 220, 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteEditor(QPlainTextEdit):
    """Enter begins a line; Ctrl+Enter, or a click elsewhere, accepts; Esc gives up. `ended(text | None)` is sent once.
    """

    ended = Signal(object)

    def __init__(self, view: Any, box: Rect, text: str, size: float, bold: bool = False) -> None:
        super().__init__(view.viewport())
        self._over = False
        self.setAccessibleName(_("Text on the chart"))
        self.setPlaceholderText(_("Ctrl + Enter ends"))
        self.setTabChangesFocus(True)
        font = self.font()
        font.setPixelSize(round(min(_MOST_PIXELS, max(_LEAST_PIXELS, size * view.zoom))))
        font.setBold(bold)
        self.setFont(font)
        self.setPlainText(text)
        self.selectAll()
        self._place(view, box)
        self.textChanged.connect(self._grow)
        self.show()
        self.setFocus()

    def _place(self, view: Any, box: Rect) -> None:
        """Where the text stands, moved inwards where it would not be in view."""
        room, at = view.viewport().rect(), view.to_window(box[0], box[1]).toPoint()
        wide = min(room.width(), max(_WIDE, round((box[2] - box[0]) * view.zoom) + 24))
        self.resize(wide, self._high())
        self.move(max(0, min(at.x() - 5, room.width() - wide)), max(0, min(at.y() - 5, room.height() - self.height())))

    def _high(self) -> int:
        lines = max(_LINES, self.document().size().toSize().height() + 1)
        return round(lines * QFontMetricsF(self.font()).lineSpacing()) + 14

    def _grow(self) -> None:
        room = self.parentWidget().height() - self.y()
        self.resize(self.width(), min(self._high(), max(self.height(), room)))

    def end(self, accepted: bool = True) -> None:
        """Close the field, with its text or without."""
        if not self._over:
            self._over = True
            self.hide()
            self.deleteLater()
            self.ended.emit(self.toPlainText().strip() if accepted else None)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter and Esc are meant here, not for an action of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and self._ends(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def _ends(self, event: QKeyEvent) -> bool | None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return True
        return False if event.key() == Qt.Key.Key_Escape else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End it, or write."""
        accepted = self._ends(event)
        if accepted is None:
            super().keyPressEvent(event)
        else:
            self.end(accepted)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere accepts; another window in front does not."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.end()
