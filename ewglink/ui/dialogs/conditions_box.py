"""Conditions of rules and filters as rows of a form: what, how it compares, with what; all of them must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ewglink.drawing.appearance.rule import TESTS, Condition
from ewglink.model.items import Strength
from ewglink.text import _
from ewglink.ui.widgets.plain_text import muted, plain

_WITHOUT_VALUE = ("known", "unknown")
_LISTS = ("in", "not_in")
Names = Mapping[str, Mapping[str, str]]


def combo(choices: dict[str, str], value: str, name: str, *, translated: bool = False) -> QComboBox:
    """A choice of named values."""
    made = QComboBox()
    for key, words in choices.items():
        made.addItem(plain(words if translated else _(words)), key)
    made.setCurrentIndex(max(0, made.findData(value)))
    made.setAccessibleName(name)
    return made


class ConditionRow:
    """One condition as three fields. Several values are parted by semicolons; what nobody touched stays as it was."""

    def __init__(self, fields: dict[str, str], given: Condition, names: Names, changed: Callable[..., None]) -> None:
        self._given, self._names = given, names
        if given.what not in fields:
            fields = fields | {given.what: self._unlisted(given.what)}
        self.what = combo(fields, given.what, _("What"), translated=True)
        self.test = combo(TESTS, given.test, _("Comparison"))
        self._shown = self._text(given)
        self.value = QLineEdit(self._shown)
        self.value.setAccessibleName(_("Value"))
        self.value.setPlaceholderText(_("a; b; c"))
        self.remove = QPushButton("×")
        self.remove.setAccessibleName(_("Remove this condition"))
        self.remove.setMaximumWidth(34)
        self.test.currentIndexChanged.connect(self._able)
        self.test.currentIndexChanged.connect(changed)
        self._able()

    @staticmethod
    def _unlisted(what: str) -> str:
        if what == "item":
            return _("Chosen items")
        return _("Date") if what == "when" else what.partition(":")[2] or what

    def _text(self, given: Condition) -> str:
        if given.what == "item":
            return _("{n} chosen items", n=len(given.value or ()))
        said = self._names.get(given.what, {})
        values = given.value if isinstance(given.value, (list, tuple)) else [given.value]
        return "; ".join(said.get(str(one), str(one)) for one in values if one is not None)

    def _able(self, *_at: Any) -> None:
        fixed = self.what.currentData() == "item"
        self.value.setEnabled(not fixed and self.test.currentData() not in _WITHOUT_VALUE)

    def widgets(self) -> tuple[QWidget, ...]:
        """The fields, from left to right."""
        return self.what, self.test, self.value, self.remove

    def condition(self) -> Condition:
        """What was chosen; a type or strength may be given by its name."""
        what, test = self.what.currentData(), self.test.currentData()
        if test in _WITHOUT_VALUE:
            return Condition(what, test)
        as_before = what == self._given.what and (test in _LISTS) == (self._given.test in _LISTS)
        if as_before and self.value.text() == self._shown:
            return Condition(what, test, self._given.value)
        by_name = {name.casefold(): key for key, name in self._names.get(what, {}).items()}
        parts = [by_name.get(part.strip().casefold(), part.strip()) for part in self.value.text().split(";")]
        parts = [part for part in parts if part]
        if test in _LISTS:
            return Condition(what, test, parts)
        return Condition(what, test, parts[0] if parts else "")


class ConditionsBox(QGroupBox):
    """Rows that can be added and taken away. `types`: type keys, of entities and links, with their names."""

    changed = Signal()

    def __init__(self, types: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(_("Only where all of these hold"), parent)
        from ewglink.drawing.legend import strength_name

        strengths = [one.name.lower() for one in Strength]
        self._names: Names = {"type": types, "strength": {key: strength_name(key) for key in strengths}}
        self._fields: dict[str, str] = {}
        self.rows: list[ConditionRow] = []
        self._grid = QGridLayout()
        self.none = muted(_("No condition: all items."))
        self.add_button = QPushButton(_("Add a condition"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda: self.add(Condition("type")))
        inner = QVBoxLayout(self)
        inner.addLayout(self._grid)
        inner.addWidget(self.none)
        inner.addWidget(self.add_button)

    def show_conditions(self, fields: dict[str, str], conditions: Iterable[Condition] = ()) -> None:
        """These conditions and no others; `fields` that can be looked at, with their names."""
        self._fields = fields
        for row in list(self.rows):
            self.drop(row)
        for condition in conditions:
            self.add(condition)
        self._told()

    def add(self, condition: Condition) -> None:
        """One row more."""
        row = ConditionRow(self._fields, condition, self._names, self._told)
        at = self._grid.rowCount()
        for column, widget in enumerate(row.widgets()):
            self._grid.addWidget(widget, at, column)
        row.remove.clicked.connect(lambda: self.drop(row))
        self.rows.append(row)
        self._told()

    def drop(self, row: ConditionRow) -> None:
        """One row less."""
        self.rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._told()

    def conditions(self) -> tuple[Condition, ...]:
        """What the rows say."""
        return tuple(row.condition() for row in self.rows)

    def _told(self, *_at: Any) -> None:
        self.none.setVisible(not self.rows)
        self.changed.emit()
