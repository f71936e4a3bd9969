"""The history panel: the journal of the case, newest first; a step is gone back or forward to by a double click."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ewglink.text import N_, _
from ewglink.ui import theme
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session
from ewglink.ui.widgets.plain_text import hint, muted, plain
from ewglink.workspace.history import label_of

_SEQ = Qt.ItemDataRole.UserRole
MOST = 2000


class HistoryPanel(Panel):
    """What was done, when and by whom. Steps that are undone are grey; those that can be are offered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.list = QTreeWidget()
        self.go_button = QPushButton()
        self.hint = muted()
        self.list.setColumnCount(3)
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 230)
        self.list.setColumnWidth(1, 74)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 6, 6)
        below.addWidget(self.go_button)
        below.addWidget(self.hint, 1)
        box.addWidget(self.list, 1)
        box.addLayout(below)
        self.words.say(self.go_button.setText, N_("&Go to this step"))
        self.words.say(self.list.setAccessibleName, N_("History"))
        self.list.itemActivated.connect(lambda line, _column: self.go_to(line.data(0, _SEQ)))
        self.list.itemSelectionChanged.connect(self._offer)
        self.go_button.clicked.connect(self._go)
        self._offer()

    def _heard(self, changed: Any) -> None:
        self.again()

    def look(self) -> None:
        """Read the journal."""
        case = self.session.case
        stacks = case.stacks()
        undone, done = set(stacks.redo), set(stacks.undo)
        standing = {seq for step in stacks.undo for seq in stacks.whole(step)}
        shade = theme.colours(theme.worn())
        chosen = self.list.currentItem().data(0, _SEQ) if self.list.currentItem() else None
        self.list.clear()
        self.list.setHeaderLabels([_("Step"), _("Time"), _("Who")])
        for entry in case.journal_entries(limit=MOST):
            label = str(label_of(entry.label, entry.args, self.session.schema))
            if entry.kind == "undo":
                label = _("Undo: {what}", what=label)
            elif entry.kind == "redo":
                label = _("Redo: {what}", what=label)
            at = datetime.fromisoformat(entry.at).astimezone()
            line = QTreeWidgetItem(self.list, [plain(label), f"{at:%H:%M:%S}", plain(entry.actor)])
            hint(line, label, 0)
            hint(line, f"{at:%Y-%m-%d %H:%M:%S %Z} · {entry.seq} · {entry.hash[:12]}", 1)
            if entry.seq in done or entry.seq in undone:
                line.setData(0, _SEQ, entry.seq)
            if entry.seq in undone:
                font = line.font(0)
                font.setItalic(True)
                line.setFont(0, font)
            if entry.seq not in standing:
                for column in range(3):
                    line.setForeground(column, QBrush(QColor(shade.muted)))
            if entry.seq == chosen:
                self.list.setCurrentItem(line)
        self._offer()

    def emptied(self) -> None:
        """No case, no history."""
        super().emptied()
        self.list.clear()

    def _offer(self) -> None:
        line = self.list.currentItem()
        seq = line.data(0, _SEQ) if line is not None else None
        self.go_button.setEnabled(
            seq is not None
            and self.session.workspace is not None
            and not self.session.read_only
            and self.steps_to(seq) != 0
        )

    def _go(self) -> None:
        line = self.list.currentItem()
        if line is not None:
            self.go_to(line.data(0, _SEQ))

    def steps_to(self, seq: int) -> int:
        """How many steps to undo (negative) or redo (positive) so that `seq` is the last that stands."""
        stacks = self.session.case.stacks()
        if seq in stacks.undo:
            return stacks.undo.index(seq) + 1 - len(stacks.undo)
        if seq in stacks.redo:
            return len(stacks.redo) - stacks.redo.index(seq)
        return 0

    def go_to(self, seq: int | None) -> None:
        """Undo or redo until `seq` is the last step that stands."""
        if seq is None or self.session.workspace is None:
            return
        steps = self.steps_to(seq)
        turn = self.session.workspace.undo if steps < 0 else self.session.workspace.redo
        for _step in range(abs(steps)):
            if self.session.attempt(turn) is None:
                return
