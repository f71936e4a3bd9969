"""How an annotation reads and looks: its words, size of type, colour, line and fill."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QDoubleSpinBox, QFormLayout, QLineEdit, QWidget

from ewglink.text import N_, _
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import label
from ewglink.workspace.commands.annotations import KINDS


class AnnotationDialog(QDialog):
    """The settings of one annotation; `settings()` gives what was chosen, None for what is not to be kept."""

    def __init__(self, body: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = body["kind"]
        self.setWindowTitle(_(KINDS[self.kind]))
        self.setMinimumWidth(400)
        self._form = QFormLayout(self)
        self.text = QLineEdit(str(body.get("text", "")))
        self.size = self._number(4.0, 200.0, float(body.get("size", 12.0)))
        self.bold = QCheckBox(_("Bold"))
        self.bold.setChecked(bool(body.get("bold")))
        self.colour = ColourBox(body.get("colour"), N_("As the theme"))
        self.line = self._number(0.5, 20.0, float(body.get("line", 1.5)))
        self.fill = QCheckBox(_("Filled"))
        self.fill.setChecked(bool(body.get("fill")))
        shape, spans = self.kind in ("rectangle", "ellipse"), self.kind in ("line", "arrow")
        if not spans:
            self._row(_("Text"), self.text)
            self._row(_("Size of type"), self.size)
            self._form.addRow(self.bold)
        self._row(_("Colour"), self.colour)
        if self.kind != "text":
            self._row(_("Line width"), self.line)
        if shape:
            self._form.addRow(self.fill)
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

    def settings(self) -> dict[str, Any]:
        """What was chosen."""
        out: dict[str, Any] = {"colour": self.colour.value()}
        if self.kind in ("line", "arrow"):
            return out | {"line": self.line.value()}
        out |= {"text": self.text.text().strip() or None, "size": self.size.value(),
                "bold": self.bold.isChecked() or None}
        if self.kind == "text":
            return out
        return out | {"line": self.line.value(), "fill": self.fill.isChecked() or None}
