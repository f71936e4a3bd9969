"""Expanding with conditions: by which kinds of link, in which direction, to which types, and up to how many."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import _, language, ngettext
from ewglink.ui.widgets.plain_text import label, muted, plain
from ewglink.workspace.expanding import Near, near

_KEY = Qt.ItemDataRole.UserRole


class ExpandDialog(QDialog):
    """Choose among the neighbours of some entities; `found()` gives those that fit and are not `there` yet."""

    def __init__(self, workspace: Any, items: list[int], there: set[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Expand with conditions"))
        self.setMinimumWidth(420)
        self._schema = workspace.schema
        self._near: list[Near] = [one for one in near(workspace, items) if one.item not in there]
        self.links = self._list(Counter(one.link_type for one in self._near), _("By links of the type"))
        self.types = self._list(Counter(one.type for one in self._near), _("To entities of the type"))
        self.way = QComboBox()
        for value, name in (("both", _("Any direction")), ("out", _("From what is selected")),
                            ("in", _("Towards what is selected"))):
            self.way.addItem(name, value)
        self.most = QSpinBox()
        self.most.setRange(1, 100_000)
        self.most.setValue(min(100_000, max(1, len({one.item for one in self._near}))))
        self.count = muted()
        self._set_out()
        self._say()

    def _list(self, counts: Counter[str], name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setSpacing(2)
        for key, n in counts.most_common():
            line = QListWidgetItem(plain(f"{self._schema.label(key, language())} ({n})"), made)
            line.setData(_KEY, key)
            line.setCheckState(Qt.CheckState.Checked)
        made.itemChanged.connect(lambda _line: self._say())
        return made

    def _set_out(self) -> None:
        box = QVBoxLayout(self)
        for field in (self.links, self.types):
            box.addWidget(label(field.accessibleName(), buddy=field))
            box.addWidget(field)
        form = QFormLayout()
        for name, field in ((_("Direction"), self.way), (_("At most"), self.most)):
            field.setAccessibleName(name)
            form.addRow(label(name, buddy=field), field)
        box.addLayout(form)
        box.addWidget(self.count)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(_("Expand"))
        self.ok.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.way.currentIndexChanged.connect(self._say)
        self.most.valueChanged.connect(self._say)

    @staticmethod
    def _ticked(box: QListWidget) -> set[str]:
        lines = [box.item(row) for row in range(box.count())]
        return {line.data(_KEY) for line in lines if line.checkState() == Qt.CheckState.Checked}

    def found(self) -> list[int]:
        """The neighbours that fit, those with the most links to what is selected first."""
        links, types, way = self._ticked(self.links), self._ticked(self.types), self.way.currentData()
        counts = Counter(one.item for one in self._near
                         if one.link_type in links and one.type in types and one.fits(way))
        return [item for item, _n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))][:self.most.value()]

    def _say(self, *_changed: Any) -> None:
        if not hasattr(self, "ok"):
            return
        n = len(self.found())
        self.count.setText(ngettext("{n} entity would be added.", "{n} entities would be added.", n))
        self.ok.setEnabled(n > 0)
