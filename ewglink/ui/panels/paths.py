"""The paths panel: what lies between and around entities, as sentences that show themselves on the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ewglink.text import N_, Message, _, ngettext, number
from ewglink.ui.panels.panel import Panel
from ewglink.ui.panels.paths_form import PathsForm
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import hint, muted, plain
from ewglink.ui.widgets.type_icons import type_icon
from ewglink.workspace.finding import LEAST, WHATS, Answered, Way
from ewglink.workspace.way_sentences import Told, told

_IDS = Qt.ItemDataRole.UserRole
MOST_LINES = 1_000


class PathsPanel(Panel):
    """Ways between and around entities. `chart_wanted(ids)` asks that entities be put on the chart in front,
    `new_chart_wanted(ids)` on a new one; `pointed_at(ids or None)` while the mouse is over an answer."""

    chart_wanted = Signal(object)
    new_chart_wanted = Signal(object)
    pointed_at = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.form = PathsForm(session, self.words)
        self.find_button, self.stop_button = QPushButton(), QPushButton()
        self.place_button, self.new_button = QPushButton(), QPushButton()
        self.bar = QProgressBar()
        self.about = muted()
        self.list = QTreeWidget()
        self._found: Answered | None = None
        self._task: Any = None
        self._set_out()
        self._say()
        self.form.changed.connect(self._may_find)
        self.find_button.clicked.connect(self.find)
        self.stop_button.clicked.connect(lambda: self._task.cancel() if self._task is not None else None)
        self.place_button.clicked.connect(lambda: self._place(self.chart_wanted))
        self.new_button.clicked.connect(lambda: self._place(self.new_chart_wanted))
        self.list.itemSelectionChanged.connect(self._select)
        self.list.itemEntered.connect(lambda line, _column: self.pointed_at.emit(set(line.data(0, _IDS) or ())))
        self.list.itemExpanded.connect(self._fill_steps)
        self.list.viewport().installEventFilter(self)

    # the ends, as others set them

    @property
    def ends(self) -> list[int | None]:
        """From which entity to which."""
        return self.form.ends

    def between(self, a: int, b: int | None) -> None:
        """Take these ends, and look for paths if there are two."""
        self.choose("paths")
        self.form.take(a, b)
        if b is not None:
            self.find()

    def choose(self, what: str) -> None:
        """Take a question in hand."""
        self.form.what.setCurrentIndex(max(0, self.form.what.findData(what)))

    # how it is set out

    def _set_out(self) -> None:
        self.find_button.setProperty("primary", True)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.hide()
        self.stop_button.hide()
        self.list.setColumnCount(1)
        self.list.setHeaderHidden(True)
        self.list.setAlternatingRowColors(True)
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(110)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(8, 8, 8, 0)
        inner.addWidget(self.form)
        inner.addStretch(1)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, some in ((first, (self.find_button, self.stop_button)),
                          (second, (self.place_button, self.new_button))):
            row.setContentsMargins(8, 0, 8, 0)
            for button in some:
                row.addWidget(button)
        first.addWidget(self.bar, 1)
        first.addStretch(0)
        second.addStretch(1)
        said = QVBoxLayout()
        said.setContentsMargins(8, 0, 8, 0)
        said.addWidget(self.about)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(held)
        box.addLayout(first)
        box.addLayout(said)
        box.addWidget(self.list, 1)
        box.addLayout(second)
        box.addSpacing(4)

    def _say(self) -> None:
        self.words.say(self.find_button.setText, N_("&Find"))
        self.words.say(self.stop_button.setText, N_("Stop"))
        self.words.say(self.place_button.setText, N_("Put on the chart"))
        self.words.say(self.new_button.setText, N_("New chart…"))
        self.words.say(self.list.setAccessibleName, N_("What was found"))
        self._may_find()

    # following the case

    def _heard(self, changed: Any) -> None:
        """What was found stands until it is asked for again."""
        if changed.tables & self.tables:
            self._stale = True

    def retranslate(self) -> None:
        """Say everything again."""
        self.words.retranslate()
        if self._found is not None and self.session.workspace is not None:
            self._show(Told.of(self.session.workspace, self._found, MOST_LINES))

    def emptied(self) -> None:
        """No case, no ends."""
        super().emptied()
        self.form.emptied()
        self._found = None
        self.list.clear()
        self.about.clear()
        self._may_find()

    def look(self) -> None:
        """The entities may have new labels, the case new types."""
        self.form.fill_types()
        self.form.show_items()
        self._may_find()

    def _may_find(self) -> None:
        ready = self.session.workspace is not None and self._task is None
        what = self.form.what.currentData()
        if ready and what == "paths":
            ready = None not in self.ends and self.ends[0] != self.ends[1]
        elif ready:
            ready = len(self.form.items) >= LEAST[what]
        self.find_button.setEnabled(ready)
        found = self._found is not None and bool(self._found.ways) and self.session.workspace is not None
        for button in (self.place_button, self.new_button):
            button.setEnabled(bool(found) and not self.session.read_only)

    # looking

    def find(self) -> None:
        """Look for it in the background."""
        from ewglink.workspace.finding import answer

        if self.session.workspace is None or self._task is not None:
            return
        asked = self.form.asked()
        self.bar.show()
        self.stop_button.show()
        workspace = self.session.workspace
        self._task = self.session.jobs.run(
            Message(N_("Find: {what}"), {"what": Message(WHATS[asked.what])}),
            told(workspace, answer(workspace, asked), MOST_LINES),
            progress=lambda step: self._show(step.best) if step.best is not None and step.done is None else None,
            finished=self._answered, ended=self._ended)
        self._may_find()

    def _ended(self) -> None:
        self._task = None
        self.bar.hide()
        self.stop_button.hide()
        self._may_find()

    def _answered(self, answered: Told | None) -> None:
        if self.session.workspace is None:
            return
        if answered is None:
            self._found = None
            self.list.clear()
            self.about.setText(_("Stopped; nothing was found until then."))
            return
        self._show(answered)
        self.bring_into_sight(self.place_button)
        found = answered.found
        if found.ways and found.asked.what != "linked":
            self.list.setCurrentItem(self.list.topLevelItem(0))
        elif found.ways:
            self.session.selection.set(found.items)

    def _show(self, answered: Told) -> None:
        if self.session.workspace is None:
            return
        self._found, words = answered.found, answered.words
        self.list.clear()
        self.about.setText(self._summary(answered.found))
        for way, sentence in zip(answered.shown, answered.said, strict=True):
            line = QTreeWidgetItem(self.list, [plain(self._title(way) + sentence.whole)])
            hint(line, sentence.whole, 0)
            line.setData(0, _IDS, list(way.every()))
            kind = words.type_of(way.items[0])
            line.setIcon(0, type_icon(self.session.schema, kind) if kind else QIcon())
            if sentence.steps:
                line.setData(0, _IDS + 1, way)
                line.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._may_find()

    @staticmethod
    def _title(way: Way) -> str:
        if way.star or len(way.items) == 1:
            return ""
        return ngettext("{n} step", "{n} steps", len(way.links)) + " · "

    def _summary(self, found: Answered) -> str:
        if not found.ways:
            said = [_("Nothing was found. Allow more steps, or fewer conditions.")]
        else:
            said = [ngettext("{n} found.", "{n} found.", len(found.ways))]
            if found.truncated:
                said = [_("{n} found; there may be more.", n=number(len(found.ways)))]
            if len(found.ways) > MOST_LINES:
                said.append(_("The first {n} are listed.", n=number(MOST_LINES)))
        said += [str(one) for one in found.remarks]
        if found.hubs:
            names = self.session.case.items.labels([item for item, _n in found.hubs[:3]])
            hubs = ", ".join(f"{names.get(item, item)} ({number(n)})" for item, n in found.hubs[:3])
            said.append(_("Not expanded, for they have many links: {hubs}", hubs=hubs)
                        + (" …" if len(found.hubs) > 3 else "."))
        return plain(" ".join(said))

    def _fill_steps(self, line: QTreeWidgetItem) -> None:
        """The steps of an answer, when it is opened."""
        from ewglink.workspace.way_sentences import Sentences

        way = line.data(0, _IDS + 1)
        if way is None or line.childCount() or self.session.workspace is None:
            return
        words = Sentences(self.session.workspace, [way])
        schema = self.session.schema
        heads = way.items[1:] if way.star else [*way.items[1:], way.items[0]]
        if not way.star:
            _child(line, words.name(way.items[0]), [way.items[0]], type_icon(schema, words.type_of(way.items[0]) or ""))
        for head, links, (by, to) in zip(heads, way.links, words.say(way).steps, strict=False):
            _child(line, by, list(links), QIcon())
            _child(line, to, [head], type_icon(schema, words.type_of(head) or ""))

    def _select(self) -> None:
        ids = {item for line in self.list.selectedItems() for item in line.data(0, _IDS) or ()}
        if ids:
            self.session.selection.set(ids)

    def _place(self, wanted: Any) -> None:
        if self._found is not None:
            lines = self.list.selectedItems()
            some = {item for line in lines for item in line.data(0, _IDS) or ()} if len(lines) > 1 else set()
            wanted.emit(sorted(some & set(self._found.items) or self._found.items))

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """The mouse has left the list: nothing is pointed at."""
        if event.type() == QEvent.Type.Leave:
            self.pointed_at.emit(None)
        return super().eventFilter(watched, event)


def _child(line: QTreeWidgetItem, text: str, ids: list[int], icon: QIcon) -> None:
    made = QTreeWidgetItem(line, [plain(text)])
    hint(made, text, 0)
    made.setData(0, _IDS, ids)
    made.setIcon(0, icon)
