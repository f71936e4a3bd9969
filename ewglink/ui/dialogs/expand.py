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
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ewglink.graph.moments import UNKNOWN, first_moment
from ewglink.text import _, language, ngettext
from ewglink.ui.widgets.plain_text import label, muted, plain
from ewglink.workspace.expanding import HUB, Near, Wanted, held_within

_KEY = Qt.ItemDataRole.UserRole


class ExpandDialog(QDialog):
    """Choose among neighbours, as `near` found them; `found()` gives those that fit."""

    def __init__(self, workspace: Any, among: list[Near], parent: QWidget | None = None,
                 last: Wanted | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._dated: tuple[tuple[str, str], frozenset[int] | None] = (("", ""), None)
        self.setWindowTitle(_("Expand with conditions"))
        self.setMinimumWidth(420)
        self._schema = workspace.schema
        self._near = among
        self.links = self._list(Counter(one.link_type for one in self._near), _("By links of the type"))
        self.types = self._list(Counter(one.type for one in self._near), _("To entities of the type"))
        self.way = QComboBox()
        for value, name in (("both", _("Any direction")), ("out", _("From what is selected")),
                            ("in", _("Towards what is selected"))):
            self.way.addItem(name, value)
        self.most = QSpinBox()
        self.most.setRange(1, 100_000)
        self.most.setValue(min(HUB, max(1, len({one.item for one in self._near}))))
        self.start, self.end = QLineEdit(), QLineEdit()
        for field in (self.start, self.end):
            field.setPlaceholderText(_("2024-03-31, 2024-03 or 2024"))
        self.count = muted()
        self._set_out()
        if last is not None:
            self._take(last)
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
        for name, field in ((_("Direction"), self.way), (_("From"), self.start), (_("Until"), self.end),
                            (_("At most"), self.most)):
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
        self.start.textChanged.connect(self._say)
        self.end.textChanged.connect(self._say)

    @staticmethod
    def _ticked(box: QListWidget) -> set[str]:
        lines = [box.item(row) for row in range(box.count())]
        return {line.data(_KEY) for line in lines if line.checkState() == Qt.CheckState.Checked}

    def _take(self, last: Wanted) -> None:
        """As it was asked for last: what was not there then is ticked."""
        for box, kinds in ((self.links, last.link_types), (self.types, last.types)):
            for line in (box.item(row) for row in range(box.count())):
                wanted = kinds is None or line.data(_KEY) in kinds
                line.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.way.setCurrentIndex(max(0, self.way.findData(last.way)))
        self.start.setText(last.start or "")
        self.end.setText(last.end or "")
        if last.most:
            self.most.setValue(last.most)

    def _every(self, box: QListWidget) -> frozenset[str] | None:
        ticked = self._ticked(box)
        return None if len(ticked) == box.count() else frozenset(ticked)

    def wanted(self) -> Wanted:
        """What is asked for; dates that cannot be read do not count."""
        said = (self.start.text().strip(), self.end.text().strip())
        if any(one and first_moment(one) == UNKNOWN for one in said):
            said = ("", "")
        if said != self._dated[0]:
            within = held_within(self._workspace, {one.link for one in self._near}, *said) if any(said) else None
            self._dated = (said, within)
        return Wanted(self._every(self.links), self._every(self.types), self.way.currentData(), said[0] or None,
                      said[1] or None, self.most.value(), self._dated[1])

    def found(self) -> list[int]:
        """The neighbours that fit, those with the most links to what is selected first."""
        return self.wanted().chosen(self._near)

    def _say(self, *_changed: Any) -> None:
        if not hasattr(self, "ok"):
            return
        n = len(self.found())
        self.count.setText(ngettext("{n} entity would be added.", "{n} entities would be added.", n))
        self.ok.setEnabled(n > 0)
