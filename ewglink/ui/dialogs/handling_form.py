"""How a case is to be handled: one value of each marking system, caveats, and the banner they make."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ewglink.release.marking import NAMES, SYSTEMS, banner_of, marking_of
from ewglink.text import N_, _
from ewglink.ui.widgets.plain_text import label, muted, plain

SYSTEM_NAMES = {
    "ewg": N_("Working group"),
    "tlp": N_("Traffic Light Protocol"),
    "interpol": N_("INTERPOL"),
    "canada": N_("Canada"),
    "usa": N_("United States"),
    "mexico": N_("Mexico"),
    "europol": N_("Europol handling code"),
}


def _name(value: str) -> str:
    return plain(_(NAMES[value]) if value in NAMES else value)


class HandlingForm(QWidget):
    """Choose a handling; `value()` gives it as a case keeps it, empty where nothing is stated."""

    changed = Signal()

    def __init__(self, handling: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        marking = marking_of([handling])
        self.choices: dict[str, QComboBox] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.caveats = QLineEdit("; ".join(marking.caveats))
        self.shown = muted()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        marks = QHBoxLayout()
        for system, values in SYSTEMS.items():
            if len(values) == 1:
                self._tick(values[0], values[0] in marking.values, marks)
            else:
                self._choice(system, values, marking.values, form)
        marks.addStretch(1)
        form.addRow(marks)
        name = _("Other caveats (; between several)")
        self.caveats.setAccessibleName(name)
        self.caveats.textChanged.connect(lambda *_: self._say())
        form.addRow(label(name, buddy=self.caveats), self.caveats)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(form)
        box.addWidget(self.shown)
        self._say()

    def _choice(self, system: str, values: tuple[str, ...], given: tuple[str, ...], form: QFormLayout) -> None:
        name = _(SYSTEM_NAMES.get(system, system))
        field = QComboBox()
        field.addItem("–", "")
        for value in values:
            field.addItem(_name(value), value)
        field.setCurrentIndex(next((at for at, value in enumerate(values, 1) if value in given), 0))
        field.setAccessibleName(name)
        field.currentIndexChanged.connect(lambda *_: self._say())
        self.choices[system] = field
        form.addRow(label(name, buddy=field), field)

    def _tick(self, value: str, on: bool, row: QHBoxLayout) -> None:
        tick = QCheckBox(_name(value))
        tick.setChecked(on)
        tick.toggled.connect(lambda *_: self._say())
        self.ticks[value] = tick
        row.addWidget(tick)

    def value(self) -> str:
        """The handling chosen: values and caveats with `;` between, empty where nothing is stated."""
        values = [field.currentData() for field in self.choices.values() if field.currentData()]
        values += [value for value, tick in self.ticks.items() if tick.isChecked()]
        return marking_of(["; ".join((*values, self.caveats.text()))]).text

    def _say(self) -> None:
        self.shown.setText(plain(_("On paper: {banner}", banner=banner_of(marking_of([self.value()])))))
        self.changed.emit()
