"""Which of several merged entities are to stand by themselves again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ewglink.text import _
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import label, plain
from ewglink.ui.widgets.type_icons import type_icon


class UnmergeDialog(QDialog):
    """What was merged into `item`, each with a tick; `chosen()` gives those to take out."""

    def __init__(self, session: Session, item: int, parts: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Un-merge"))
        self.setMinimumWidth(420)
        refs = session.case.items.refs([item, *parts])
        self.list = QListWidget()
        self.list.setAccessibleName(_("Merged entities"))
        for part in parts:
            line = QListWidgetItem(type_icon(session.schema, refs[part].type), plain(refs[part].label))
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked)
            line.setData(Qt.ItemDataRole.UserRole, part)
            self.list.addItem(line)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("Un-merge"))
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(label(_("Which are to leave “{label}”?", label=refs[item].label), wrap=True, buddy=self.list))
        box.addWidget(self.list)
        box.addWidget(buttons)

    def chosen(self) -> list[int]:
        """The ticked entities, by id."""
        lines = [self.list.item(at) for at in range(self.list.count())]
        return [line.data(Qt.ItemDataRole.UserRole) for line in lines if line.checkState() == Qt.CheckState.Checked]
