"""The badges round an icon: up to six, each a sign of up to three characters or a pictogram on a colour."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QWidget

from ewglink import places
from ewglink.text import N_, _
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import label

POSITIONS: dict[str, str] = {
    "upper_left": N_("Upper left"), "centre_left": N_("Left"), "lower_left": N_("Lower left"),
    "upper_right": N_("Upper right"), "centre_right": N_("Right"), "lower_right": N_("Lower right")}


def icons() -> list[str]:
    """The pictograms there are."""
    return sorted(path.stem for path in places.resources("icons").glob("*.svg"))


class BadgesDialog(QDialog):
    """A sign, a pictogram and a colour for each place; `badges()` gives those that are set."""

    def __init__(self, given: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Badges"))
        grid = QGridLayout(self)
        for column, name in enumerate((_("Place"), _("Sign"), _("Pictogram"), _("Colour"))):
            grid.addWidget(label(name), 0, column)
        self._fields: dict[str, tuple[QLineEdit, QComboBox, ColourBox]] = {}
        for row, (position, name) in enumerate(POSITIONS.items(), 1):
            had = given.get(position) or {}
            had = {"icon": had} if isinstance(had, str) else had
            sign, icon, colour = QLineEdit(str(had.get("text", ""))), QComboBox(), ColourBox(had.get("colour"))
            sign.setMaxLength(3)
            sign.setMaximumWidth(60)
            icon.addItem("–", "")
            for key in icons():
                icon.addItem(key.replace("_", " "), key)
            icon.setCurrentIndex(max(0, icon.findData(had.get("icon", ""))))
            fields = ((sign, _("Sign")), (icon, _("Pictogram")), (colour, _("Colour")))
            for column, (field, what) in enumerate(fields, 1):
                field.setAccessibleName(_(name) + ": " + what)
                grid.addWidget(field, row, column)
            grid.addWidget(label(_(name), buddy=sign), row, 0)
            self._fields[position] = sign, icon, colour
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        grid.addWidget(buttons, len(POSITIONS) + 1, 0, 1, 4)

    def badges(self) -> dict[str, dict[str, str]]:
        """What was chosen: place → sign or pictogram, and colour."""
        found: dict[str, dict[str, str]] = {}
        for position, (sign, icon, colour) in self._fields.items():
            one = {"text": sign.text().strip(), "icon": icon.currentData() or "", "colour": colour.value() or ""}
            if one["text"] or one["icon"]:
                found[position] = {key: value for key, value in one.items() if value}
        return found
