"""The findings panel: what rules found, by rule, party or consent; judged by keyboard, shown on the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ewglink.rules.saying import STATE_NAMES
from ewglink.text import N_, message
from ewglink.ui.panels.findings_detail import FindingDetail
from ewglink.ui.panels.findings_filters import FindingsFilters
from ewglink.ui.panels.findings_model import FindingsModel
from ewglink.ui.panels.findings_run import RunBar
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.workspace.finding_list import FindingRow, finding_detail, finding_rows

BUTTONS = {"confirmed": "C", "explained": "E", "false": "F", "new": "N"}
"""The judgements and their keys."""
KEYS = {Qt.Key[f"Key_{letter}"]: state for state, letter in BUTTONS.items()}
_AT_ONCE = 3000
"""More findings than this are read beside the window."""


class FindingsTree(QTreeView):
    """The list. `judged(state)` for one of the keys, `opened()` for Enter."""

    judged = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """C, E, F and N judge what is selected; everything else is Qt's."""
        plain_key = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        state = KEYS.get(Qt.Key(event.key())) if plain_key else None
        if state is None:
            super().keyPressEvent(event)
        else:
            self.judged.emit(state)


class FindingsPanel(Panel):
    """What rules found. `item_wanted(id)` and `source_wanted(record)` open what stands behind a finding,
    `chart_wanted(rows, new)` asks for a chart that shows findings."""

    tables = frozenset({"finding", "finding_object", "item", "link", "statement", "choice", "merge", "meta"})
    item_wanted = Signal(int)
    source_wanted = Signal(int)
    chart_wanted = Signal(object, bool)
    parameters_wanted = Signal()
    missing_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.rows: list[FindingRow] = []
        self.model = FindingsModel(self)
        self.run_bar = RunBar(session, self.words)
        self.filters = FindingsFilters(self.words)
        self.tree = FindingsTree()
        self.detail = FindingDetail(session)
        self.note = QLineEdit()
        self.judge_buttons = {state: QPushButton() for state in BUTTONS}
        self.show_button, self.chart_button = QPushButton(), QPushButton()
        self._set_out()
        self._say()
        self._connect()
        self.setFocusProxy(self.tree)

    def _set_out(self) -> None:
        self.tree.setModel(self.model)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setIndentation(14)
        self.tree.setSortingEnabled(True)
        self.tree.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setMinimumWidth(240)
        header = self.tree.header()
        for column, wide in enumerate((96, 160, 92, 96, 104, 300)):
            self.tree.setColumnWidth(column, wide)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.filters)
        column.addWidget(self.tree, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(self.detail, 1)
        beside.addLayout(self._judging())
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(left)
        self.split.addWidget(right)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 4)
        self.split.setSizes([1000, 720])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.run_bar)
        box.addWidget(self.split, 1)

    def _judging(self) -> QBoxLayout:
        judging = QHBoxLayout()
        judging.setContentsMargins(8, 0, 8, 0)
        judging.setSpacing(4)
        for button in self.judge_buttons.values():
            judging.addWidget(button)
        judging.addStretch(1)
        self.run_bar.layout().addWidget(self.show_button)
        self.run_bar.layout().addWidget(self.chart_button)
        noting = QHBoxLayout()
        noting.setContentsMargins(8, 0, 8, 6)
        noting.addWidget(self.note)
        both = QVBoxLayout()
        both.setSpacing(4)
        both.addLayout(judging)
        both.addLayout(noting)
        return both

    def _say(self) -> None:
        for state, button in self.judge_buttons.items():
            self.words.say(button.setText, N_("{judgement} ({key})"), judgement=message(STATE_NAMES[state]),
                           key=BUTTONS[state])
        self.words.say(self.note.setPlaceholderText, N_("Note on the judgement; Enter keeps it"))
        self.words.say(self.note.setAccessibleName, N_("Note on the judgement"))
        self.words.say(self.show_button.setText, N_("&Show on the chart"))
        self.words.say(self.chart_button.setText, N_("New chart of &this"))
        self.words.say(self.tree.setAccessibleName, N_("Findings"))

    def _connect(self) -> None:
        self.filters.changed.connect(self._list)
        self.tree.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.tree.activated.connect(self._activated)
        self.tree.judged.connect(self.judge)
        for state, button in self.judge_buttons.items():
            button.clicked.connect(lambda _checked=False, wanted=state: self.judge(wanted))
        self.note.returnPressed.connect(self._keep_note)
        self.show_button.clicked.connect(lambda: self.chart_wanted.emit(self.selected(), False))
        self.chart_button.clicked.connect(lambda: self.chart_wanted.emit(self.selected(), True))
        self.detail.item_wanted.connect(self.item_wanted)
        self.detail.source_wanted.connect(self.source_wanted)
        self.run_bar.parameters_wanted.connect(self.parameters_wanted)
        self.run_bar.missing_wanted.connect(self.missing_wanted)

    # following the case

    def look(self) -> None:
        """Read the findings; many of them beside the window."""
        from ewglink.store.findings import counts

        workspace = self.session.workspace
        if sum(counts(workspace.case).values()) <= _AT_ONCE:
            self._take(workspace, finding_rows(workspace))
        else:
            self.session.jobs.ask(message(N_("Reading the findings")), lambda: finding_rows(workspace),
                                  lambda rows: self._take(workspace, rows))

    def _take(self, workspace: Any, rows: list[FindingRow]) -> None:
        if self.session.workspace is workspace:
            self.rows = rows
            self.run_bar.look(len(rows))
            self.filters.fill_rules(rows)
            self._list()

    def emptied(self) -> None:
        """No case, no findings."""
        super().emptied()
        self.filters.stop()
        self.rows = []
        self.model.show([], "none")
        self.detail.show_none(0)
        self.run_bar.about.clear()

    def retranslate(self) -> None:
        """Say everything again."""
        self.filters.fill_choices()
        super().retranslate()

    def _list(self) -> None:
        """Show what passes the filters; what was selected stays so."""
        chosen, current = {row.id for row in self.selected()}, self.tree.currentIndex()
        shown = self.model.finding_at(current)
        rows = list(filter(self.filters.passing(), self.rows))
        opened = {self.model.groups[at].name for at in range(len(self.model.groups))
                  if not self.model.flat and self.tree.isExpanded(self.model.index(at, 0))}
        self.model.show(rows, self.filters.by.currentData())
        for at, group in enumerate(() if self.model.flat else self.model.groups):
            self.tree.setExpanded(self.model.index(at, 0), group.name in opened or len(rows) <= 200)
        self.tree.setRootIsDecorated(not self.model.flat)
        for at in range(0 if self.model.flat else len(self.model.groups)):
            self.tree.setFirstColumnSpanned(at, QModelIndex(), True)
        self.filters.tell(len(rows), len(self.rows))
        self._select(chosen, shown.id if shown is not None else None)

    def _select(self, findings: set[int], current: int | None = None) -> None:
        selection = self.tree.selectionModel()
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        for finding in findings:
            index = self.model.index_of(finding)
            if index.isValid():
                selection.select(index, rows)
        if current is not None and self.model.index_of(current).isValid():
            selection.setCurrentIndex(self.model.index_of(current), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._chosen()

    def find(self, finding: int) -> None:
        """Select a finding and show it, whatever the filters leave out."""
        if not self.model.index_of(finding).isValid():
            self.filters.clear()
            self._list()
        index = self.model.index_of(finding)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    # what is selected

    def selected(self) -> list[FindingRow]:
        """The findings selected; those under a heading that is."""
        found: dict[int, FindingRow] = {}
        for index in self.tree.selectionModel().selectedRows():
            found |= {row.id: row for row in self.model.findings_at(index)}
        return list(found.values())

    def _chosen(self) -> None:
        chosen = self.selected()
        writable = self.session.workspace is not None and not self.session.read_only
        for one in (*self.judge_buttons.values(), self.note, self.show_button, self.chart_button):
            one.setEnabled(bool(chosen) and writable)
        if len(chosen) == 1 and self.session.workspace is not None:
            self.note.setText(chosen[0].kept.note)
            self.detail.show_finding(finding_detail(self.session.workspace, chosen[0]))
            self.session.selection.set(chosen[0].kept.objects)
        else:
            self.note.clear()
            self.detail.show_none(len(chosen))
            if chosen and len(chosen) <= 5000:
                self.session.selection.set({item for row in chosen for item in row.kept.objects})

    def _activated(self, index: QModelIndex) -> None:
        row = self.model.finding_at(index)
        if row is not None and row.kept.objects:
            self.item_wanted.emit(row.kept.objects[0])

    def judge(self, state: str) -> None:
        """Give what is selected a judgement, as one step."""
        from ewglink.workspace.commands.findings import dispose

        chosen = [row.id for row in self.selected()]
        if chosen and not self.session.read_only:
            self.session.do(lambda workspace: dispose(workspace, chosen, state))

    def _keep_note(self) -> None:
        from ewglink.workspace.commands.findings import dispose

        text, chosen = self.note.text(), self.selected()
        for state in sorted({row.kept.state for row in chosen}):
            ids = [row.id for row in chosen if row.kept.state == state]
            self.session.do(lambda workspace, ids=ids, state=state: dispose(workspace, ids, state, text))

    def sizeHint(self) -> QSize:
        """Room for a finding to be read in full beside the list."""
        return QSize(900, 350)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one above the other."""
        super().resizeEvent(event)
        wide = self.width() > 720
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if self.tree.currentIndex().isValid():
            self.tree.scrollTo(self.tree.currentIndex())
