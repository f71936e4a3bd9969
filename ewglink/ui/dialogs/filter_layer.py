"""One filter of a chart, changed after it was made: what it looks at, its conditions, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.appearance.rule import Condition
from ewglink.graph.moments import UNKNOWN, first_moment
from ewglink.text import N_, _
from ewglink.ui.dialogs.conditions_box import ConditionsBox, combo
from ewglink.ui.widgets.plain_text import label, muted
from ewglink.workspace.filtering import EFFECTS, Layer, window

ON: dict[str, str] = {"entities": N_("Entities"), "links": N_("Links"), "time": N_("Times")}


class FilterLayerDialog(QDialog):
    """Edits one layer; `layer()` gives it as it stands. `fields(on)` names what can be looked at of entities or links;
    `types` keys → names."""

    def __init__(self, layer: Layer, fields: Callable[[str], dict[str, str]], types: Mapping[str, str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Filter"))
        self.setMinimumWidth(560)
        self._layer, self._fields = layer, fields
        self.name = QLineEdit(layer.name)
        self.name.setPlaceholderText(_("as its conditions say"))
        self.on = combo(ON, layer.on, _("Applies to"))
        self.effect = combo(EFFECTS, layer.effect, _("What it does"))
        self.ends = QCheckBox(_("Leave out entities without a link too"))
        self.ends.setChecked(layer.ends)
        bounds = {one.test: str(one.value) for one in layer.conditions} if layer.on == "time" else {}
        self.start = QLineEdit(bounds.get("at_least", ""))
        self.stop = QLineEdit(bounds.get("at_most", ""))
        for field in (self.start, self.stop):
            field.setPlaceholderText(_("2024-03-31, 2024-03 or 2024"))
        self.conditions = ConditionsBox(types)
        self.about = muted()
        self._set_out()
        if layer.on != "time":
            self.conditions.show_conditions(fields(layer.on), layer.conditions)
        self.on.currentIndexChanged.connect(self._turned)
        for field in (self.start, self.stop):
            field.textChanged.connect(self._able)
        self._able()

    def _set_out(self) -> None:
        self.form = QFormLayout()
        for name, field in ((_("Name"), self.name), (_("Applies to"), self.on), (_("What it does"), self.effect),
                            (_("From"), self.start), (_("Until"), self.stop)):
            field.setAccessibleName(name)
            self.form.addRow(label(name, buddy=field), field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(self.form)
        box.addWidget(self.conditions)
        box.addWidget(self.ends)
        box.addWidget(self.about)
        box.addStretch(1)
        box.addWidget(buttons)

    def _turned(self, *_at: int) -> None:
        """Entities, links or times: what can be looked at differs."""
        on = self.on.currentData()
        if on != "time":
            same = on == self._layer.on
            self.conditions.show_conditions(self._fields(on), self._layer.conditions if same else ())
        self._able()

    def _able(self, *_text: str) -> None:
        timed = self.on.currentData() == "time"
        for field in (self.start, self.stop):
            self.form.setRowVisible(field, timed)
        self.conditions.setVisible(not timed)
        wrong = [text for text in self._bounds() if text and first_moment(text) == UNKNOWN] if timed else []
        self.about.setText(_("“{text}” is no date; write 2024, 2024-05 or 2024-05-31.", text=wrong[0]) if wrong else "")
        self.ok.setEnabled(not wrong)

    def _bounds(self) -> tuple[str, str]:
        return self.start.text().strip(), self.stop.text().strip()

    def layer(self) -> Layer:
        """The layer as it stands; whether it is on, and where it stands among others, is not asked here."""
        on = self.on.currentData()
        conditions: tuple[Condition, ...] = self.conditions.conditions() if on != "time" else window(
            *self._bounds()).conditions
        return replace(self._layer, on=on, conditions=conditions, effect=self.effect.currentData(),
                       name=self.name.text().strip(), ends=self.ends.isChecked())
