"""Which layout, and with which options."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ewglink.layouts.contract import LAYOUTS
from ewglink.text import _
from ewglink.ui.widgets.options_form import OptionsForm
from ewglink.ui.widgets.plain_text import muted


class LayoutOptions(QDialog):
    """Choose a layout; `chosen()` gives its key and its options."""

    def __init__(self, last: tuple[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Lay out the chart"))
        self.setMinimumWidth(380)
        self._last = last
        self.layouts = QComboBox()
        self.layouts.setAccessibleName(_("Layout"))
        for layout in LAYOUTS:
            self.layouts.addItem(_(layout.name).replace("&", ""), layout.key)
        self.layouts.setCurrentIndex(max(0, self.layouts.findData(last[0])))
        self.form: OptionsForm | None = None
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.layouts)
        self._box.addWidget(
            muted(_("Pinned items stay where they are. Where several items are selected, only they are moved."))
        )
        self._box.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Lay out"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._box.addWidget(buttons)
        self.layouts.currentIndexChanged.connect(self._choose)
        self._choose()

    def _choose(self, *_at: Any) -> None:
        if self.form is not None:
            self._box.removeWidget(self.form)
            self.form.deleteLater()
        layout = LAYOUTS.get(self.layouts.currentData())
        given = vars(self._last[1]) if self._last[1] is not None and self._last[0] == layout.key else None
        self.form = OptionsForm(layout.options, given=given)
        self._box.insertWidget(1, self.form)

    def chosen(self) -> tuple[str, Any]:
        """The layout's key and options."""
        return self.layouts.currentData(), self.form.value()
