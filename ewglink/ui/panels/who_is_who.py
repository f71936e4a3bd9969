"""The panel Who is who: pairs that may be one entity, looked at one by one with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ewglink.model.progress import Progress
from ewglink.text import N_, Message, _, language, ngettext
from ewglink.ui.item_models.match_table import MatchTable
from ewglink.ui.panels.compared_pair import ComparedPair
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import ask, hint, label, muted, plain

_TYPES = ("person", "organization", "facility", "vessel", "vehicle", "location", "account", "container")


class WhoIsWhoPanel(Panel):
    """Finds pairs in the background and takes the decisions. `merge_wanted(a, b)` asks for the dialog with choices,
    `source_wanted(record)` for a row, `chart_wanted(ids)` that both be put on the chart."""

    tables = frozenset({"merge", "decision", "item"})
    merge_wanted = Signal(int, int)
    source_wanted = Signal(int)
    chart_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.found: list[Any] | None = None
        self.skipped: set[tuple[int, int]] = set()
        self._task: Any = None
        self.type_box, self.least = QComboBox(), QDoubleSpinBox()
        self.find_button, self.all_button = QPushButton(), QPushButton()
        self.progress = QProgressBar()
        self.about = muted()
        self.model = MatchTable(self)
        self.table = QTableView()
        self.pair = ComparedPair(session)
        self.buttons = {name: QPushButton() for name in ("merge", "not_same", "possible", "skip", "undo")}
        self._set_out()
        self._say()
        self._connect()

    def _set_out(self) -> None:
        self.least.setRange(0.05, 1.0)
        self.least.setSingleStep(0.05)
        self.least.setValue(0.5)
        self.find_button.setProperty("primary", True)
        self.buttons["merge"].setProperty("primary", True)
        self.progress.setRange(0, 100)
        self.progress.setMaximumWidth(140)
        self.progress.hide()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(30)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._labels = [label(buddy=self.type_box), label(buddy=self.least)]
        top = QHBoxLayout()
        top.setContentsMargins(6, 6, 6, 0)
        for widget in (self._labels[0], self.type_box, self._labels[1], self.least, self.find_button, self.all_button,
                       self.progress):
            top.addWidget(widget)
        top.addWidget(self.about, 1)
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 6, 6)
        for button in self.buttons.values():
            below.addWidget(button)
        below.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.pair)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(split, 1)
        box.addLayout(below)
        self.setFocusProxy(self.table)

    def _say(self) -> None:
        self.words.say(self._labels[0].setText, N_("Type"))
        self.words.say(self._labels[1].setText, N_("Least score"))
        self.words.say(self.type_box.setAccessibleName, N_("Type"))
        self.words.say(self.least.setAccessibleName, N_("Least score"))
        self.words.say(self.table.setAccessibleName, N_("Pairs that may be one"))
        for name, text, key in (("merge", N_("Merge (M)"), "M"), ("not_same", N_("Not the same (N)"), "N"),
                                ("possible", N_("Possible (P)"), "P"), ("skip", N_("Skip (S)"), "S"),
                                ("undo", N_("Undo (U)"), "U")):
            self.words.say(self.buttons[name].setText, text)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.buttons[name].click)
        for key, deed in (("Left", lambda: self.pair.keep(0)), ("Right", lambda: self.pair.keep(1)),
                          ("Return", self._with_choices)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(deed)
        self.words.also(self._fill_types)
        self.words.also(self._say_buttons)
        self._say_buttons()

    def _say_buttons(self) -> None:
        running = self._task is not None
        self.find_button.setText(_("Stop") if running else _("Find pairs"))
        self.all_button.setText(_("Merge sure ones…"))
        hint(self.all_button, _("Merge every pair that nothing speaks against, as one step"))
        hint(self.buttons["merge"], _("Enter: choose what is shown. ← and →: which of the two stands for both."))

    def _connect(self) -> None:
        self.find_button.clicked.connect(self._find_or_stop)
        self.all_button.clicked.connect(self.merge_sure)
        self.type_box.activated.connect(lambda _at: self.show_found())
        self.least.valueChanged.connect(lambda _value: self.show_found())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._look_at())
        self.table.doubleClicked.connect(lambda _index: self._with_choices())
        self.pair.source_wanted.connect(self.source_wanted)
        deeds: dict[str, Callable[[], None]] = {
            "merge": self.merge, "not_same": lambda: self.decide("not_same"),
            "possible": lambda: self.decide("possible"), "skip": self.skip, "undo": self.undo}
        for name, deed in deeds.items():
            self.buttons[name].clicked.connect(deed)

    # finding

    def _fill_types(self) -> None:
        kept = self.type_box.currentData()
        self.type_box.clear()
        self.type_box.addItem(_("All types"), None)
        if self.session.workspace is not None:
            there = self.session.workspace.network().type_keys
            for key in _TYPES:
                if key in there:
                    self.type_box.addItem(self.session.schema.label(key, language()), key)
        self.type_box.setCurrentIndex(max(0, self.type_box.findData(kept)))

    def _find_or_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self.run()

    def run(self) -> None:
        """Look for pairs in the background."""
        from ewglink.workspace.resolving.review import find_matches

        if self.session.workspace is None or self._task is not None:
            return
        kind = self.type_box.currentData()
        self.progress.setValue(0)
        self.progress.show()
        self._task = self.session.jobs.run(
            Message(N_("Looking for entities that may be one")),
            find_matches(self.session.workspace, [kind] if kind else None, self.least.value()),
            finished=self._answered, progress=self._came, ended=self._ended)
        self._say_buttons()

    def _came(self, step: Progress[Any]) -> None:
        self.progress.setValue(round(100 * (step.done or 0)))

    def _ended(self) -> None:
        self._task = None
        self.progress.hide()
        self._say_buttons()

    def _answered(self, best: list[Any] | None) -> None:
        if best is not None and self.session.workspace is not None:
            self.found, self.skipped = best, set()
            self.show_found()

    # what is shown

    def look(self) -> None:
        """The case has changed: pairs that were decided or merged go, those that were undone come back."""
        if self.type_box.count() < 2:
            self._fill_types()
        self.show_found()

    def emptied(self) -> None:
        """No case, no pairs."""
        super().emptied()
        self.found = None
        self.model.take((), lambda _ids: {}, None)
        self.pair.show_pair(None)
        self.about.setText("")

    def show_found(self) -> None:
        """The pairs still open, of the type and score asked for; the line in hand stays in hand."""
        from ewglink.workspace.commands.deciding import decisions

        at = max(0, self.table.currentIndex().row())
        open_: list[Any] = []
        if self.found:
            items = {item for match in self.found for item in (match.a, match.b)}
            standing = self.session.case.items.standing(items)
            apart = set(decisions(self.session.case, ("not_same",)))
            kind, least = self.type_box.currentData(), self.least.value()
            for match in self.found:
                a, b = standing.get(match.a), standing.get(match.b)
                if (a == match.a and b == match.b and match.score >= least and (kind is None or match.type == kind)
                        and (a, b) not in self.skipped and (a, b) not in apart):
                    open_.append(match)
        self.model.take(open_, self.session.case.items.labels, self.session.schema)
        if open_:
            self.table.selectRow(min(at, len(open_) - 1))
        self._look_at()
        self._tell(len(open_))

    def _tell(self, n: int) -> None:
        if self.found is None:
            self.about.setText(_("Find pairs of entities that may be one; nothing is merged until you say so."))
        elif n:
            self.about.setText(ngettext("{n} pair to look at", "{n} pairs to look at", n))
        else:
            self.about.setText(_("No pair is left to look at."))

    def current(self) -> Any:
        """The pair in hand, None where there is none."""
        row = self.table.currentIndex().row()
        return self.model.matches[row] if 0 <= row < len(self.model.matches) else None

    def _look_at(self) -> None:
        match = self.current()
        self.pair.show_pair(match)
        free = match is not None and not self.session.read_only
        for name in ("merge", "not_same", "possible"):
            self.buttons[name].setEnabled(free)
        self.buttons["skip"].setEnabled(match is not None)
        self.buttons["undo"].setEnabled(self.session.workspace is not None and not self.session.read_only
                                        and self.session.workspace.can_undo is not None)
        self.all_button.setEnabled(bool(self.model.matches) and not self.session.read_only)
        if match is not None:
            self.session.selection.set([match.a, match.b])

    # deciding

    def merge(self) -> None:
        """The two become one, shown as the side that is marked."""
        from ewglink.workspace.commands.merging import merge

        match, kept = self.current(), self.pair.kept()
        if match is not None:
            reason = "; ".join(str(one.message()) for one in match.pro[:3])
            self.session.do(lambda workspace: merge(
                workspace.case, workspace.schema, [match.a, match.b], kept, reason=plain(reason)))

    def _with_choices(self) -> None:
        match = self.current()
        if match is not None and not self.session.read_only:
            self.merge_wanted.emit(match.a, match.b)

    def decide(self, kind: Any) -> None:
        """They are not the same, or may be; a pair that may be is put behind."""
        from ewglink.workspace.commands.deciding import decide

        match = self.current()
        if match is not None:
            if kind == "possible":
                self.skipped.add((match.a, match.b))
            if self.session.do(lambda workspace: decide(workspace.case, match.a, match.b, kind)) is None:
                self.show_found()

    def skip(self) -> None:
        """Look at it another time."""
        match = self.current()
        if match is not None:
            self.skipped.add((match.a, match.b))
            self.show_found()

    def undo(self) -> None:
        """Take back the last step."""
        self.skipped.clear()
        self.session.attempt(self.session.workspace.undo)

    def merge_sure(self) -> None:
        """Merge all pairs in the list that nothing speaks against, as one step, if the person agrees."""
        from ewglink.workspace.commands.merging import merge_all
        from ewglink.workspace.resolving.review import groups_of

        groups = groups_of(self.model.matches)
        if not groups:
            self.session.told.emit("done", _("There is no pair in the list that nothing speaks against."))
            return
        n = sum(map(len, groups)) - len(groups)
        question = ngettext("{n} entity will be merged into another, as one step that can be undone.",
                            "{n} entities will be merged into others, as one step that can be undone.", n)
        if ask(self, _("Merge sure ones"), question, yes=_("Merge"), no=_("Cancel")):
            self.session.do(lambda workspace: merge_all(workspace.case, workspace.schema, groups,
                                                        _("By rule: nothing speaks against")))
