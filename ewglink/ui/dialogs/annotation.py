"""How an annotation reads and looks: its words, size of type, colour, line, fill, and what the legend says of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ewglink.text import N_, _
from ewglink.ui.dialogs.conditions_box import combo
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import label
from ewglink.workspace.commands.annotations import KINDS

_DASHES = {"0": N_("Solid"), "1": N_("Dashed"), "2": N_("Dotted")}
_GREY = "#7F7F7F"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Words(QPlainTextEdit):
    """A few lines: Enter begins one, Ctrl+Enter accepts, Tab goes on."""

    accepted = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setFixedHeight(84)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept, or write."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


class AnnotationDialog(QDialog):
    """The settings of one annotation; `settings()` gives what was chosen, None for what is not to be kept."""

    def __init__(self, body: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = body["kind"]
        self.setWindowTitle(_(KINDS[self.kind]))
        self.setMinimumWidth(400)
        self._form = QFormLayout(self)
        self.text = Words(str(body.get("text", "")))
        self.text.accepted.connect(self.accept)
        self.size = self._number(4.0, 200.0, float(body.get("size", 12.0)))
        self.bold = QCheckBox(_("Bold"))
        self.bold.setChecked(bool(body.get("bold")))
        self.colour = ColourBox(body.get("colour"), N_("As the theme"))
        self.line = self._number(0.5, 20.0, float(body.get("line", 1.5)))
        self._shade = body.get("fill") is True
        self.fill = ColourBox((body.get("colour") or _GREY) if self._shade else body.get("fill"))
        self.dash = combo(_DASHES, str(body.get("dash", 0)), _("Line style"))
        self.legend = QLineEdit(str(body.get("legend", "")))
        self.legend.setPlaceholderText(_("Not in the legend"))
        self.fill.chosen.connect(self._filled)
        spans = self.kind in ("line", "arrow")
        if not spans:
            self._row(_("Text"), self.text)
            self._row(_("Size of type"), self.size)
            self._form.addRow(self.bold)
        self._row(_("Colour"), self.colour)
        if self.kind != "text":
            self._row(_("Line width"), self.line)
            self._row(_("Line style"), self.dash)
        if not spans:
            self._row(_("Fill"), self.fill)
        if self.kind != "text":
            self._row(_("In the legend as"), self.legend)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._form.addRow(buttons)

    @staticmethod
    def _number(low: float, high: float, value: float) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setRange(low, high)
        spin.setDecimals(1)
        spin.setValue(value)
        return spin

    def _row(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        self._form.addRow(label(name, buddy=field), field)

    def _filled(self) -> None:
        self._shade = False

    def settings(self) -> dict[str, Any]:
        """What was chosen."""
        out: dict[str, Any] = {"colour": self.colour.value()}
        if self.kind != "text":
            out |= {"line": self.line.value(), "dash": int(self.dash.currentData()) or None,
                    "legend": self.legend.text().strip() or None}
        if self.kind in ("line", "arrow"):
            return out
        return out | {"text": self.text.toPlainText().strip() or None, "size": self.size.value(),
                      "bold": self.bold.isChecked() or None, "fill": self._shade or self.fill.value()}
