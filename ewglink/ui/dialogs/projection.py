"""Declaring a projection: which entities and links are measured, how much links weigh, and whether arrows count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ewglink.graph.declared import Declaration
from ewglink.graph.moments import UNKNOWN, first_moment
from ewglink.text import _, language
from ewglink.ui.dialogs.conditions_box import combo
from ewglink.ui.widgets.plain_text import hint, label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.ui.widgets.types_button import TypesButton
from ewglink.workspace.projection_words import WEIGHTS, property_name

GRADES = ("A1", "B2", "C3", "D4", "E5")
_NUMBERS = ("number", "integer", "quantity")


class ProjectionDialog(QDialog):
    """The form; `declared()` gives what was chosen. It starts with what `given` declares."""

    def __init__(self, workspace: Any, given: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema, self._given = workspace.schema, given
        self.setWindowTitle(_("Projection"))
        self.setMinimumWidth(440)
        self.types, self.link_types = TypesButton(), TypesButton()
        self.weights = combo(self._weight_choices(workspace, given), self._weight_of(given), _("Links weigh"),
                             translated=True)
        grades = list(dict.fromkeys((*GRADES, *([given.min_grade] if given.min_grade else []))))
        self.grade = combo({"": _("any"), **{one: one for one in grades}}, given.min_grade or "", _("Weakest grade"),
                           translated=True)
        self.start, self.end = QLineEdit(given.start or ""), QLineEdit(given.end or "")
        self.undated, self.directed = QCheckBox(_("Links without a date count too")), QCheckBox(_("Arrows count"))
        self.undated.setChecked(given.undated)
        self.directed.setChecked(given.directed)
        self.wrong = muted()
        self._offer(workspace, given)
        self._set_out()
        self._look()

    def _offer(self, workspace: Any, given: Declaration) -> None:
        network = workspace.network()
        schema, code = self._schema, language()
        here, links = sorted(set(network.type_keys)), sorted(set(network.link_type_keys))
        self.types.offer(_("all types"), [(key, schema.label(key, code), type_icon(schema, key)) for key in here])
        self.link_types.offer(_("all types"), [(key, schema.label(key, code), None) for key in links])
        self.types.choose(given.types or ())
        self.link_types.choose(given.link_types or ())

    def _weight_choices(self, workspace: Any, given: Declaration) -> dict[str, str]:
        """None, by their number, by influence, and every number that links here can carry."""
        keys = {one.key for kind in set(workspace.network().link_type_keys) & set(self._schema.link_types)
                for one in self._schema.link_types[kind].properties if one.kind in _NUMBERS}
        if given.weight_property:
            keys.add(given.weight_property)
        names = {f"property:{key}": _("weight: {name}", name=property_name(self._schema, key)) for key in keys}
        return {key: _(WEIGHTS[key]) for key in ("none", "count", "influence")} | dict(
            sorted(names.items(), key=lambda one: one[1].casefold()))

    @staticmethod
    def _weight_of(given: Declaration) -> str:
        return f"property:{given.weight_property}" if given.weights == "property" else given.weights

    def _set_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in ((_("Entities"), self.types), (_("Links"), self.link_types), (_("From"), self.start),
                            (_("Until"), self.end), ("", self.undated), (_("Weakest grade"), self.grade),
                            (_("Links weigh"), self.weights), ("", self.directed)):
            if not name:
                form.addRow("", field)
                continue
            field.setAccessibleName(name)
            form.addRow(label(name, buddy=field), field)
        for line in (self.start, self.end):
            line.setPlaceholderText(_("2024-03-31, 2024-03 or 2024"))
            line.textChanged.connect(self._look)
        self.weights.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        hint(self.weights, _("By a number: links that do not carry it are left out."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setProperty("primary", True)
        usual = buttons.addButton(_("&Everything"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.clicked.connect(self.everything)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(self.wrong)
        box.addStretch(1)
        box.addWidget(buttons)

    def _look(self, *_changed: Any) -> None:
        """A date that cannot be read is told at once."""
        said = [line.text().strip() for line in (self.start, self.end)]
        bad = next((one for one in said if one and first_moment(one) == UNKNOWN), None)
        self.undated.setEnabled(any(said))
        self.wrong.setText("" if bad is None else plain(_("“{text}” is no date.", text=bad)))
        self.ok.setEnabled(bad is None)

    def everything(self) -> None:
        """All entities and links count, each alike."""
        for button in (self.types, self.link_types):
            button.choose(())
        for line in (self.start, self.end):
            line.clear()
        for box in (self.grade, self.weights):
            box.setCurrentIndex(0)
        self.undated.setChecked(True)
        self.directed.setChecked(False)

    def declared(self) -> Declaration:
        """What was chosen."""
        weights, _colon, key = self.weights.currentData().partition(":")
        return replace(self._given, types=self.types.chosen() or None, link_types=self.link_types.chosen() or None,
                       start=self.start.text().strip() or None, end=self.end.text().strip() or None,
                       undated=self.undated.isChecked(), min_grade=self.grade.currentData() or None, weights=weights,
                       weight_property=key or None, directed=self.directed.isChecked())
