"""Labels, tooltips and message boxes that show text as it is, never as rich text: a name cannot make Qt read a file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QMessageBox, QVBoxLayout, QWidget

_INVISIBLE = {ord(ch): None for ch in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00"}


def plain(text: str) -> str:
    """`text` without the controls that turn the reading direction."""
    return text.translate(_INVISIBLE)


def tooltip(text: str) -> str:
    """`text` for a tooltip: one that Qt cannot take for rich text of its own, whatever it holds."""
    shown = plain(text)
    if "<" not in shown:
        return shown
    return "<span>" + shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</span>"


def hint(widget: Any, text: str, *column: int) -> None:
    """Give a widget, an action or (with `column`) a line of a tree a tooltip that is plain text."""
    widget.setToolTip(*column, tooltip(text))


def label(text: str = "", parent: QWidget | None = None, *, wrap: bool = False, buddy: QWidget | None = None) -> QLabel:
    """A label that shows plain text only."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(plain(text))
    if buddy is not None:
        made.setBuddy(buddy)
    return made


def heading(text: str = "", parent: QWidget | None = None, *, points: float = 1.25) -> QLabel:
    """A label in larger, bolder type."""
    made = label(text, parent, wrap=True)
    font = made.font()
    font.setPointSizeF(font.pointSizeF() * points)
    font.setBold(True)
    made.setFont(font)
    return made


def muted(text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label in the quieter colour of hints."""
    made = label(text, parent, wrap=True)
    made.setProperty("muted", True)
    return made


def box(
    parent: QWidget | None,
    icon: QMessageBox.Icon,
    title: str,
    text: str,
    buttons: QMessageBox.StandardButton = QMessageBox.StandardButton.Ok,
) -> QMessageBox:
    """A message box that shows plain text only; the caller runs it."""
    made = QMessageBox(parent)
    made.setIcon(icon)
    made.setWindowTitle(plain(title))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(plain(text))
    made.setStandardButtons(buttons)
    return made


def ask_text(parent: QWidget | None, title: str, prompt: str, text: str = "") -> str | None:
    """Ask for a line of text; None where the person thinks better of it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(plain(title))
    dialog.setMinimumWidth(380)
    line = QLineEdit(text)
    line.setAccessibleName(plain(prompt))
    line.selectAll()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.addWidget(label(prompt, buddy=line))
    column.addWidget(line)
    column.addWidget(buttons)
    agreed = bool(dialog.exec())
    answer = line.text()
    dialog.deleteLater()
    return answer if agreed else None


def ask(parent: QWidget | None, title: str, question: str, *, yes: str, no: str) -> bool:
    """Ask a plain question with two named answers; the second is the one Escape gives."""
    made = box(parent, QMessageBox.Icon.Question, title, question, QMessageBox.StandardButton.NoButton)
    agreed = made.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = made.addButton(no, QMessageBox.ButtonRole.RejectRole)
    made.setDefaultButton(agreed)
    made.setEscapeButton(refused)
    made.exec()
    answer = made.clickedButton() is agreed
    made.deleteLater()
    return answer
