"""What stands beneath the labels of the selected items: as on the rest of the chart, or kinds of their own."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ewglink.drawing.sub_texts import SUB_TEXTS
from ewglink.text import _


class BelowLabel(QDialog):
    """Ticks for each sub-text; `sub_texts()` is None where the chart decides, as it does where `own` is None."""

    def __init__(self, own: Any, chart: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Beneath labels"))
        self.setMinimumWidth(320)
        self.as_chart = QCheckBox(_("As on the rest of the chart"))
        self.as_chart.setChecked(own is None)
        self.ticks = {kind: QCheckBox(_(name)) for kind, name in SUB_TEXTS.items()}
        box = QVBoxLayout(self)
        box.addWidget(self.as_chart)
        for kind, tick in self.ticks.items():
            tick.setChecked(kind in (chart if own is None else own))
            tick.setEnabled(own is not None)
            self.as_chart.toggled.connect(tick.setDisabled)
            box.addWidget(tick)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addStretch(1)
        box.addWidget(buttons)

    def sub_texts(self) -> list[str] | None:
        """The kinds chosen, None where the chart decides."""
        if self.as_chart.isChecked():
            return None
        return [kind for kind, tick in self.ticks.items() if tick.isChecked()]
