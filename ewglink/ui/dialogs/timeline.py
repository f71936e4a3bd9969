"""A chart as a timeline: which entities are theme lines, how they meet events, and how time is spaced."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from ewglink.drawing.timeline.scale import SPACINGS
from ewglink.drawing.timeline.wiring import LIMITS, METRIC_NAMES, MM, USUAL_MM, WIRINGS, Metrics
from ewglink.text import N_, _, ngettext
from ewglink.ui.dialogs.conditions_box import combo
from ewglink.ui.widgets.colour_box import ColourBox
from ewglink.ui.widgets.plain_text import hint, label


class TimelineDialog(QDialog):
    """The settings of a timeline; `chosen()` gives the arguments of the command. `entities` are those selected."""

    def __init__(self, settings: dict[str, Any], entities: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Timeline"))
        self.setMinimumWidth(420)
        had = settings.get("timeline") or {}
        self._themes, self._entities = list(had.get("themes", ())), entities
        self.on = QCheckBox(_("Show this chart as a timeline"))
        self.on.setChecked(settings.get("kind") == "timeline" or not had)
        self.wiring = combo(WIRINGS, had.get("wiring", "return"), _("Theme lines at events"))
        self.spacing = combo(SPACINGS, had.get("spacing", "proportional"), _("Spacing of time"))
        self.themes = combo(self._choices(), "kept" if self._themes else "busiest", _("Theme lines"), translated=True)
        self.overlap = ColourBox(had.get("overlap"), N_("As usual"))
        self.overlap.setAccessibleName(_("Colour of what falls together"))
        self.metrics = self._metric_fields(Metrics.of(had))
        form = QFormLayout()
        for field in (self.themes, self.wiring, self.spacing, self.overlap, *self.metrics.values()):
            form.addRow(label(field.accessibleName(), buddy=field), field)
            self.on.toggled.connect(field.setEnabled)
            field.setEnabled(self.on.isChecked())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        usual = buttons.addButton(_("As &usual"), QDialogButtonBox.ButtonRole.ResetRole)
        hint(usual, _("Wiring distances as they come"))
        usual.clicked.connect(self.as_usual)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.on)
        box.addLayout(form)
        box.addStretch(1)
        box.addWidget(buttons)

    @staticmethod
    def _metric_fields(metrics: Metrics) -> dict[str, QDoubleSpinBox]:
        made = {}
        for key, name in METRIC_NAMES.items():
            spin = QDoubleSpinBox()
            spin.setRange(*LIMITS[key])
            spin.setDecimals(1)
            spin.setSingleStep(0.5)
            spin.setSuffix(" mm")
            spin.setValue(getattr(metrics, key) / MM)
            spin.setAccessibleName(_(name))
            made[key] = spin
        return made

    def as_usual(self) -> None:
        """The metrics of the wiring as they come."""
        for key, spin in self.metrics.items():
            spin.setValue(USUAL_MM[key])

    def _choices(self) -> dict[str, str]:
        found = {"busiest": _("The entities with the most dated links and events")}
        if self._themes:
            found["kept"] = ngettext("{n} entity, as now", "{n} entities, as now", len(self._themes))
        if self._entities:
            found["selected"] = ngettext("{n} selected entity", "{n} selected entities", len(self._entities))
        return found

    def chosen(self) -> dict[str, Any]:
        """What was chosen."""
        themes = {"kept": self._themes, "selected": self._entities}.get(self.themes.currentData(), [])
        own = {key: spin.value() for key, spin in self.metrics.items() if spin.value() != USUAL_MM[key]}
        return {"on": self.on.isChecked(), "themes": themes, "wiring": self.wiring.currentData(),
                "spacing": self.spacing.currentData()} | ({"metrics": own} if own else {}) | (
                    {"overlap": self.overlap.value()} if self.overlap.value() else {})
