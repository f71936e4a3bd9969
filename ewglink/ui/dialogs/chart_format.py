"""How a chart shows its links, labels and sub-texts, and in which language."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.multiplicity import MULTIPLICITIES, ON_LINE
from ewglink.drawing.sub_texts import SUB_TEXTS
from ewglink.text import N_, _, language
from ewglink.ui.actions.view import LANGUAGE_NAMES
from ewglink.ui.widgets.plain_text import label, plain

LINK_LABELS: dict[str, str] = {"auto": N_("Label, else the type where there is room"), "label": N_("Label"),
                               "type": N_("Type"), "none": N_("Nothing")}


class ChartFormat(QDialog):
    """The settings of one chart; `settings()` gives those that differ from the usual, None for the others."""

    def __init__(self, content: Any, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Format the chart"))
        self.setMinimumWidth(460)
        self._had = dict(content.settings)
        form = QFormLayout()
        self.title = QLineEdit(str(self._had.get("title", "")))
        self.title.setPlaceholderText(content.title)
        self.multiplicity = self._combo(MULTIPLICITIES, "multiplicity", "multiple")
        self.on_line = self._combo(ON_LINE, "on_line", "count")
        self.summed = self._properties(content, schema)
        self.unit = QLineEdit(str(self._had.get("sum_unit", "")))
        self.link_labels = self._combo(LINK_LABELS, "link_labels", "auto")
        self.fan = QDoubleSpinBox()
        self.fan.setRange(0.2, 5.0)
        self.fan.setSingleStep(0.1)
        self.fan.setValue(float(self._had.get("fan", 1.0)))
        self.language = self._languages()
        for name, field in ((_("Title on paper"), self.title), (_("Links between two entities"), self.multiplicity),
                            (_("On a line for several links"), self.on_line), (_("Sum of"), self.summed),
                            (_("Unit of the sum"), self.unit), (_("On links"), self.link_labels),
                            (_("Distance of parallel links"), self.fan), (_("Language of the chart"), self.language)):
            field.setAccessibleName(name)
            form.addRow(label(name, buddy=field), field)
        self.sub_texts = {kind: QCheckBox(_(name)) for kind, name in SUB_TEXTS.items()}
        below = QGroupBox(_("Beneath labels"))
        ticks = QVBoxLayout(below)
        for kind, tick in self.sub_texts.items():
            tick.setChecked(kind in self._had.get("sub_texts", ()))
            ticks.addWidget(tick)
        self.attributes = self._attributes(content, schema)
        ticks.addWidget(label(_("Attributes"), buddy=self.attributes))
        ticks.addWidget(self.attributes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(below)
        box.addWidget(buttons)
        self.on_line.currentIndexChanged.connect(self._able)
        self.multiplicity.currentIndexChanged.connect(self._able)
        self._able()

    def _combo(self, choices: dict[str, str], key: str, usual: str) -> QComboBox:
        made = QComboBox()
        for value, name in choices.items():
            made.addItem(_(name), value)
        made.setCurrentIndex(max(0, made.findData(self._had.get(key, usual))))
        return made

    def _languages(self) -> QComboBox:
        made = QComboBox()
        made.addItem(_("As the window"), None)
        for code, name in LANGUAGE_NAMES:
            made.addItem(name, code)
        made.setCurrentIndex(max(0, made.findData(self._had.get("language"))))
        return made

    def _properties(self, content: Any, schema: Any) -> QComboBox:
        """The properties of the link types on the chart, that numbers can be summed of."""
        made = QComboBox()
        made.addItem(_("The number in the label"), None)
        for key, name in sorted(named(schema.link_types, content.link_type_keys).items(), key=lambda one: one[1]):
            made.addItem(plain(name), key)
        made.setCurrentIndex(max(0, made.findData(self._had.get("sum"))))
        return made

    def _attributes(self, content: Any, schema: Any) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(_("Attributes"))
        made.setMaximumHeight(150)
        made.setSpacing(2)
        wanted = self._had.get("attributes", ())
        found = named(schema.entity_types, content.type_keys)
        for key, name in sorted(found.items(), key=lambda one: one[1].casefold()):
            line = QListWidgetItem(plain(name), made)
            line.setData(Qt.ItemDataRole.UserRole, key)
            line.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
        return made

    def _able(self, *_at: Any) -> None:
        summed = self.on_line.currentData() == "sum" or self.multiplicity.currentData() == "flow"
        self.summed.setEnabled(summed)
        self.unit.setEnabled(summed)

    def settings(self) -> dict[str, Any]:
        """What was chosen."""
        lines = [self.attributes.item(row) for row in range(self.attributes.count())]
        attributes = [line.data(Qt.ItemDataRole.UserRole) for line in lines
                      if line.checkState() == Qt.CheckState.Checked]
        chosen = {"title": self.title.text().strip(), "multiplicity": self.multiplicity.currentData(),
                  "on_line": self.on_line.currentData(), "sum": self.summed.currentData(),
                  "sum_unit": self.unit.text().strip(), "link_labels": self.link_labels.currentData(),
                  "fan": round(self.fan.value(), 2), "language": self.language.currentData(),
                  "sub_texts": [kind for kind, tick in self.sub_texts.items() if tick.isChecked()],
                  "attributes": attributes}
        usual = {"multiplicity": "multiple", "on_line": "count", "link_labels": "auto", "fan": 1.0}
        return {key: None if not value or usual.get(key) == value else value for key, value in chosen.items()}


def named(kinds: dict[str, Any], keys: Any) -> dict[str, str]:
    """The properties that types have, with their names in the language in force."""
    return {one.key: one.label(language()) for key in keys if key in kinds for one in kinds[key].properties}
