"""One rule of appearance: which items, under which conditions, what of their look, and how it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.appearance.rule import CHANGES, HOWS, OF_LINKS, SCALES, TESTS, Condition, Rule
from ewglink.text import N_, _
from ewglink.ui.dialogs.badges import POSITIONS
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import label, muted, plain

ON: dict[str, str] = {"entities": N_("Entities"), "links": N_("Links")}
_WITHOUT_VALUE = ("known", "unknown")


def combo(choices: dict[str, str], value: str, name: str, *, translated: bool = False) -> QComboBox:
    """A choice of named values."""
    made = QComboBox()
    for key, words in choices.items():
        made.addItem(plain(words if translated else _(words)), key)
    made.setCurrentIndex(max(0, made.findData(value)))
    made.setAccessibleName(name)
    return made


class ConditionRow:
    """One condition as three fields: what, how it compares, with what. Several values are parted by semicolons."""

    def __init__(self, fields: dict[str, str], given: Condition, changed: Callable[..., None]) -> None:
        self.what = combo(fields, given.what, _("What"), translated=True)
        self.test = combo(TESTS, given.test, _("Comparison"))
        value = given.value
        self.value = QLineEdit("; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or ""))
        self.value.setAccessibleName(_("Value"))
        self.value.setPlaceholderText(_("a; b; c"))
        self.remove = QPushButton("×")
        self.remove.setAccessibleName(_("Remove this condition"))
        self.remove.setMaximumWidth(34)
        self.test.currentIndexChanged.connect(self._able)
        self.test.currentIndexChanged.connect(changed)
        self._able()

    def _able(self, *_at: Any) -> None:
        self.value.setEnabled(self.test.currentData() not in _WITHOUT_VALUE)

    def widgets(self) -> tuple[QWidget, ...]:
        """The fields, from left to right."""
        return self.what, self.test, self.value, self.remove

    def condition(self, types: dict[str, str]) -> Condition:
        """What was chosen; a type may be given by its name."""
        what, test = self.what.currentData(), self.test.currentData()
        if test in _WITHOUT_VALUE:
            return Condition(what, test)
        parts = [part.strip() for part in self.value.text().split(";") if part.strip()]
        if what == "type":
            by_name = {name.casefold(): key for key, name in types.items()}
            parts = [by_name.get(part.casefold(), part) for part in parts]
        if test in ("in", "not_in"):
            return Condition(what, test, parts)
        return Condition(what, test, parts[0] if parts else "")


class RuleDialog(QDialog):
    """Edits one rule. `fields(on)` names what can be looked at of entities or links; `types` keys → names."""

    def __init__(self, rule: Rule, fields: Callable[[str], dict[str, str]], types: dict[str, str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Rule of appearance"))
        self.setMinimumWidth(560)
        self._rule, self._fields, self._types = rule, fields, types
        self._rows: list[ConditionRow] = []
        self.name = QLineEdit(rule.name)
        self.on = combo(ON, rule.on, _("Applies to"))
        self.change = combo(CHANGES, rule.change, _("What changes"))
        self.how = combo(HOWS, rule.how, _("How"))
        self.by = combo(fields(rule.on), rule.by, _("Depends on"), translated=True)
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
        for condition in rule.conditions:
            self._add(condition)
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
        group = QGroupBox(_("Only where all of these hold"))
        inner = QVBoxLayout(group)
        self._grid = QGridLayout()
        self.add = QPushButton(_("Add a condition"))
        self.add.clicked.connect(lambda: self._add(Condition("type")))
        self.none = muted(_("No condition: all items."))
        for widget in (self.none, self.add):
            inner.addWidget(widget)
        inner.insertLayout(0, self._grid)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(self.form)
        box.addWidget(group)
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
        for row in list(self._rows):
            self._drop(row)
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
        self.none.setVisible(not self._rows)

    # conditions

    def _add(self, condition: Condition) -> None:
        row = ConditionRow(self._fields(self.on.currentData()), condition, self._able)
        at = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, at, column)
        row.remove.clicked.connect(lambda: self._drop(row))
        if condition.what == "type" and isinstance(condition.value, (list, tuple)):
            row.value.setText("; ".join(self._types.get(str(one), str(one)) for one in condition.value))
        self._rows.append(row)
        self._able()

    def _drop(self, row: ConditionRow) -> None:
        self._rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._able()

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
            change, how, self.on.currentData(), tuple(row.condition(self._types) for row in self._rows),
            value=self._value(change) if how == "fixed" else None,
            by="" if how == "fixed" else self.by.currentData(),
            table=self._rule.table if how == "table" and self._rule.by == self.by.currentData() else {},
            otherwise=self._rule.otherwise, scale=self.scale.currentData(), low=round(self.low.value(), 2),
            high=round(self.high.value(), 2), bands=self.bands.value(), position=self.position.currentData(),
            stop=self.stop.isChecked(), name=self.name.text().strip(), off=self._rule.off)
