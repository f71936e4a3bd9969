"""One rule of appearance: which items, under which conditions, what of their look, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.appearance.apply import field_name
from ewglink.drawing.appearance.rule import CHANGES, HOWS, OF_LINKS, SCALES, Rule
from ewglink.text import N_, _
from ewglink.ui.dialogs.badges import POSITIONS
from ewglink.ui.dialogs.conditions_box import ConditionsBox, combo
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import label, plain

ON: dict[str, str] = {"entities": N_("Entities"), "links": N_("Links")}


class RuleDialog(QDialog):
    """Edits one rule. `fields(on)` names what can be looked at of entities or links; `types` keys → names."""

    def __init__(self, rule: Rule, fields: Callable[[str], dict[str, str]], types: dict[str, str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Rule of appearance"))
        self.setMinimumWidth(560)
        self._rule = rule
        own = {rule.by: field_name(rule.by)} if rule.by and rule.by not in fields(rule.on) else {}
        self._fields = lambda on: fields(on) | (own if on == rule.on else {})
        self.conditions = ConditionsBox(types)
        self.name = QLineEdit(rule.name)
        self.on = combo(ON, rule.on, _("Applies to"))
        self.change = combo(CHANGES, rule.change, _("What changes"))
        self.how = combo(HOWS, rule.how, _("How"))
        self.by = combo(self._fields(rule.on), rule.by, _("Depends on"), translated=True)
        self.colour = ColourBox(rule.value if isinstance(rule.value, str) else "#D55E00")
        self.figure = self._spin(rule.value if isinstance(rule.value, (int, float)) else 2.0)
        badge = rule.value if isinstance(rule.value, dict) else {}
        self.sign = QLineEdit(str(badge.get("text", "!")))
        self.sign.setMaxLength(3)
        self.position = combo(POSITIONS, rule.position, _("Place of the badge"))
        self.scale = combo(SCALES, rule.scale, _("Scale"))
        self.low, self.high = self._spin(rule.low), self._spin(rule.high)
        self.bands = QSpinBox()
        self.bands.setRange(2, 9)
        self.bands.setValue(rule.bands)
        self.stop = QCheckBox(_("Later rules leave these items alone"))
        self.stop.setChecked(rule.stop)
        if badge.get("colour"):
            self.colour.choose(badge["colour"])
        self._set_out()
        self.conditions.show_conditions(fields(rule.on), rule.conditions)
        self._able()

    @staticmethod
    def _spin(value: float) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setRange(0.1, 20.0)
        made.setSingleStep(0.1)
        made.setValue(float(value))
        return made

    def _set_out(self) -> None:
        self.form = QFormLayout()
        for name, field in ((_("Name in the legend"), self.name), (_("Applies to"), self.on),
                            (_("What changes"), self.change), (_("How"), self.how), (_("Depends on"), self.by),
                            (_("Scale"), self.scale), (_("From"), self.low), (_("To"), self.high),
                            (_("Number of colours"), self.bands), (_("Colour"), self.colour),
                            (_("Value"), self.figure), (_("Sign"), self.sign),
                            (_("Place of the badge"), self.position)):
            field.setAccessibleName(name)
            self.form.addRow(label(name, buddy=field), field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(self.form)
        box.addWidget(self.conditions)
        box.addWidget(self.stop)
        box.addStretch(1)
        box.addWidget(buttons)
        for field in (self.change, self.how):
            field.currentIndexChanged.connect(self._able)
        self.on.currentIndexChanged.connect(self._turned)

    def _turned(self, *_at: Any) -> None:
        """Entities or links: what can be looked at and changed differs."""
        had = self.by.currentData()
        self.by.clear()
        for key, name in self._fields(self.on.currentData()).items():
            self.by.addItem(plain(name), key)
        self.by.setCurrentIndex(max(0, self.by.findData(had)))
        self.conditions.show_conditions(self._fields(self.on.currentData()))
        self._able()

    def _able(self, *_at: Any) -> None:
        """Show the fields that count."""
        links, how = self.on.currentData() == "links", self.how.currentData()
        for at in range(self.change.count()):
            key = self.change.itemData(at)
            self.change.model().item(at).setEnabled(key in OF_LINKS if links else key != "width")
        if not self.change.model().item(self.change.currentIndex()).isEnabled():
            self.change.setCurrentIndex(self.change.findData("colour"))
        change = self.change.currentData()
        number, fixed = change in ("size", "width"), how == "fixed"
        shown = {self.by: not fixed, self.scale: how == "scale", self.low: how == "scale" and number,
                 self.high: how == "scale" and number, self.bands: how == "scale" and not number,
                 self.colour: fixed and not number, self.figure: fixed and number,
                 self.sign: fixed and change == "badge", self.position: change == "badge"}
        for field, on in shown.items():
            self.form.setRowVisible(field, on)
        at = self.how.findData("table")
        self.how.model().item(at).setEnabled(not number)
        if number and how == "table":
            self.how.setCurrentIndex(self.how.findData("scale"))

    # what was chosen

    def _value(self, change: str) -> Any:
        if change in ("size", "width"):
            return round(self.figure.value(), 2)
        if change == "badge":
            return {"text": self.sign.text().strip() or "!", "colour": self.colour.value() or "#16191D"}
        return self.colour.value() or "#56B4E9"

    def rule(self) -> Rule:
        """The rule as it stands."""
        change, how = self.change.currentData(), self.how.currentData()
        return Rule(
            change, how, self.on.currentData(), self.conditions.conditions(),
            value=self._value(change) if how == "fixed" else None,
            by="" if how == "fixed" else self.by.currentData(),
            table=self._rule.table if how == self._rule.how and self._rule.by == self.by.currentData() else {},
            otherwise=self._rule.otherwise, scale=self.scale.currentData(), low=round(self.low.value(), 2),
            high=round(self.high.value(), 2), bands=self.bands.value(), position=self.position.currentData(),
            stop=self.stop.isChecked(), name=self.name.text().strip(), off=self._rule.off)
