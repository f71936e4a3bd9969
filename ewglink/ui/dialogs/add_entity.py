"""A new entity by hand: its type and its label."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, language
from ewglink.ui.widgets.plain_text import label, plain
from ewglink.ui.widgets.type_icons import type_icon

_last_type = ["person"]


class AddEntity(QDialog):
    """Choose a type from the palette and give a label."""

    def __init__(self, schema: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Add entity"))
        self.resize(520, 420)
        self.types = QListWidget()
        self.types.setViewMode(QListWidget.ViewMode.IconMode)
        self.types.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.types.setMovement(QListWidget.Movement.Static)
        self.types.setIconSize(QSize(30, 30))
        self.types.setGridSize(QSize(116, 62))
        self.types.setWordWrap(True)
        self.types.setAccessibleName(_("Type"))
        for key, kind in sorted(schema.entity_types.items(), key=lambda pair: pair[1].label(language()).casefold()):
            line = QListWidgetItem(type_icon(schema, key), plain(kind.label(language())))
            line.setData(256, key)
            self.types.addItem(line)
            if key == _last_type[0]:
                self.types.setCurrentItem(line)
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Label"))
        form = QFormLayout()
        form.addRow(label(_("Label"), buddy=self.name), self.name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(_("Add"))
        self.ok.setProperty("primary", True)
        self.ok.setEnabled(False)
        box = QVBoxLayout(self)
        box.addWidget(label(_("Type"), buddy=self.types))
        box.addWidget(self.types, 1)
        box.addLayout(form)
        box.addWidget(buttons)
        self.name.textChanged.connect(
            lambda text: self.ok.setEnabled(bool(text.strip()) and self.types.currentItem() is not None)
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.name.setFocus()

    def type_key(self) -> str:
        """The type chosen."""
        _last_type[0] = self.types.currentItem().data(256)
        return _last_type[0]

    def label(self) -> str:
        """The label given."""
        return self.name.text().strip()
