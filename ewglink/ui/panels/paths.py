"""The paths panel: ways between two entities, each selectable on the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, language, ngettext
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import label, muted, plain
from ewglink.ui.widgets.type_icons import type_icon

_IDS = Qt.ItemDataRole.UserRole
WAYS = (
    ("shortest", N_("the shortest path")),
    ("all", N_("all shortest paths")),
    ("up_to", N_("all paths up to a length")),
)


class PathsPanel(Panel):
    """Ways from one entity to another. `chart_wanted(ids)` asks that the entities of a path be put on the chart."""

    chart_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ends: list[int | None] = [None, None]
        self.end_buttons = [QPushButton(), QPushButton()]
        self.way = QComboBox()
        self.length = QSpinBox()
        self.directed = QCheckBox()
        self.find_button = QPushButton()
        self.place_button = QPushButton()
        self.about = muted()
        self.list = QTreeWidget()
        self._found: Any = None
        self._set_out()
        self._say()
        for at, button in enumerate(self.end_buttons):
            button.clicked.connect(lambda _checked=False, which=at: self._take_end(which))
        self.way.currentIndexChanged.connect(lambda _at: self.length.setEnabled(self.way.currentData() == "up_to"))
        self.find_button.clicked.connect(self.find)
        self.place_button.clicked.connect(self._place)
        self.list.itemSelectionChanged.connect(self._select)

    def _set_out(self) -> None:
        self.find_button.setProperty("primary", True)
        self.length.setRange(1, 12)
        self.length.setValue(4)
        self.length.setEnabled(False)
        self.list.setColumnCount(1)
        self.list.setHeaderHidden(True)
        self.list.setAlternatingRowColors(True)
        self._labels = [label(buddy=self.end_buttons[0]), label(buddy=self.end_buttons[1]), label(buddy=self.way)]
        form = QFormLayout()
        form.setContentsMargins(8, 8, 8, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._labels[0], self.end_buttons[0])
        form.addRow(self._labels[1], self.end_buttons[1])
        row = QHBoxLayout()
        row.addWidget(self.way, 1)
        row.addWidget(self.length)
        form.addRow(self._labels[2], row)
        form.addRow(self.directed)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 0, 8, 0)
        buttons.addWidget(self.find_button)
        buttons.addWidget(self.place_button)
        buttons.addStretch(1)
        said = QVBoxLayout()
        said.setContentsMargins(8, 0, 8, 0)
        said.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(form)
        box.addLayout(buttons)
        box.addLayout(said)
        box.addWidget(self.list, 1)
        for button in self.end_buttons:
            button.setSizePolicy(button.sizePolicy().Policy.Ignored, button.sizePolicy().verticalPolicy())
            button.setMinimumWidth(80)

    def _say(self) -> None:
        self.words.say(self._labels[0].setText, N_("From"))
        self.words.say(self._labels[1].setText, N_("To"))
        self.words.say(self._labels[2].setText, N_("Find"))
        self.words.say(self.way.setAccessibleName, N_("Find"))
        self.words.say(self.directed.setText, N_("Follow the arrows"))
        self.words.say(self.find_button.setText, N_("Find &paths"))
        self.words.say(self.place_button.setText, N_("Put on the chart"))
        self.words.say(self.list.setAccessibleName, N_("Paths found"))
        self.words.say(self.length.setAccessibleName, N_("Most steps"))
        self._fill()

    def _fill(self) -> None:
        kept = self.way.currentIndex()
        self.way.clear()
        for key, name in WAYS:
            self.way.addItem(_(name), key)
        self.way.setCurrentIndex(max(0, kept))
        self._show_ends()

    def _heard(self, changed: Any) -> None:
        """What was found stands until it is asked for again."""

    def retranslate(self) -> None:
        """Say everything again."""
        self.words.retranslate()
        self._fill()
        if self._found is not None and self.session.workspace is not None:
            self._show(self._found)

    def emptied(self) -> None:
        """No case, no ends."""
        super().emptied()
        self.ends, self._found = [None, None], None
        self.list.clear()
        self.about.clear()
        self._show_ends()

    def look(self) -> None:
        """The ends may have new labels."""
        self._show_ends()

    def _show_ends(self) -> None:
        refs = {}
        if self.session.workspace is not None:
            refs = self.session.case.items.refs([end for end in self.ends if end is not None])
        for end, button in zip(self.ends, self.end_buttons, strict=True):
            ref = refs.get(end) if end is not None else None
            button.setText(plain(ref.label).replace("&", "&&") if ref else _("Take the selected entity"))
            button.setIcon(type_icon(self.session.schema, ref.type) if ref else type_icon_none())
        self.find_button.setEnabled(None not in self.ends and self.ends[0] != self.ends[1])
        self.place_button.setEnabled(self._found is not None and bool(self._found.paths) and not self.session.read_only)

    def _take_end(self, which: int) -> None:
        refs = self.session.case.items.refs(list(self.session.selection.items)[:50]) if self.session.workspace else {}
        entities = [ref.id for ref in refs.values() if ref.kind == "entity"]
        self.ends[which] = entities[0] if entities else None
        self._show_ends()

    def between(self, a: int, b: int | None) -> None:
        """Take these ends, and look for paths if there are two."""
        self.ends = [a, b]
        self._show_ends()
        if b is not None:
            self.find()

    def find(self) -> None:
        """Look for paths in the background."""
        from ewglink.workspace.questions import find_paths

        a, b = self.ends
        if a is None or b is None or self.session.workspace is None:
            return
        way, workspace = self.way.currentData(), self.session.workspace
        longest = self.length.value() if way == "up_to" else None
        directed = self.directed.isChecked()
        self.session.jobs.ask(
            Message(N_("Looking for paths")),
            lambda: find_paths(workspace, a, b, all_shortest=way == "all", max_length=longest, directed=directed),
            self._answered,
        )

    def _answered(self, found: Any) -> None:
        if self.session.workspace is not None:
            self._show(found)
            if found.paths:
                self.list.setCurrentItem(self.list.topLevelItem(0))

    def _show(self, found: Any) -> None:
        self._found = found
        self.list.clear()
        if not found.paths:
            self.about.setText(_("No path was found. Let links without arrows count, or allow more steps."))
        else:
            said = ngettext("{n} path found", "{n} paths found", len(found.paths))
            self.about.setText(said + (" " + _("(there are more)") if found.truncated else ""))
        schema = self.session.schema
        refs = self.session.case.items.refs({item for path in found.paths for item in path.items})
        links = self.session.case.items.refs({link for path in found.paths for step in path.links for link in step})
        for at, path in enumerate(found.paths, start=1):
            title = _("Path {n}", n=at) + " · " + ngettext("{n} step", "{n} steps", path.length)
            top = QTreeWidgetItem(self.list, [title])
            top.setData(0, _IDS, [*path.items, *(link for step in path.links for link in step)])
            for number, item in enumerate(path.items):
                if number:
                    step = path.links[number - 1]
                    names = {schema.label(links[link].type, language()) for link in step if link in links}
                    line = QTreeWidgetItem(top, ["↓  " + plain(", ".join(sorted(names)))])
                    line.setData(0, _IDS, list(step))
                line = QTreeWidgetItem(top, [plain(refs[item].label) if item in refs else str(item)])
                line.setData(0, _IDS, [item])
                if item in refs:
                    line.setIcon(0, type_icon(schema, refs[item].type))
            top.setExpanded(at <= 3)
        self._show_ends()

    def _select(self) -> None:
        ids = {item for line in self.list.selectedItems() for item in line.data(0, _IDS) or ()}
        if ids:
            self.session.selection.set(ids)

    def _place(self) -> None:
        if self._found is not None:
            self.chart_wanted.emit(sorted({item for path in self._found.paths for item in path.items}))


def type_icon_none() -> Any:
    """No sign."""
    from PySide6.QtGui import QIcon

    return QIcon()
