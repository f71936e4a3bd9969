"""The query builder: conditions as rows or as a line of text, the number found at once, and what to do with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _, ngettext
from ewglink.ui.dialogs.condition_rows import CompareRow, GroupBox, Offer
from ewglink.ui.dialogs.saved_list import SavedList
from ewglink.ui.widgets.plain_text import label, muted, plain
from ewglink.workspace.conditions import Condition, Group, written
from ewglink.workspace.item_query import parse


class QueryBuilder(QDialog):
    """Stays open beside the window; the text and the rows say the same."""

    def __init__(self, finding: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding, self.session = finding, finding.session
        self.setWindowTitle(_("Query"))
        self.resize(760, 560)
        self._offer = Offer(self.session)
        self.saved_list = SavedList(self.session, self._body)
        self.saved = self.saved_list.names
        self.text = QLineEdit(clearButtonEnabled=True)
        self.text.setPlaceholderText("type=vessel AND (flag=PA OR linked(by=owns, to(type=person)))")
        self.count = muted()
        self.found: list[int] = []
        self._task: Any = None
        self._asked: Condition | None = None
        self._again = False
        self._typing = QTimer(self, singleShot=True, interval=250)
        self._typing.timeout.connect(self._ask)
        self._set_out()
        self._show_rows(Group())
        self.group.add(CompareRow(self._offer))
        self.text.textEdited.connect(self._typed)
        self.saved_list.taken.connect(lambda one: self.take(one.query))
        self.session.changed.connect(self._heard)

    def _set_out(self) -> None:
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        line = QHBoxLayout()
        line.addWidget(label(_("As text"), buddy=self.text))
        line.addWidget(self.text, 1)
        self.text.setAccessibleName(_("As text"))
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        self.buttons = {}
        for key, text, deed in (("select", _("Select"), self._finding.show),
                                ("list", _("List"), self._finding.list_selected),
                                ("place", _("Put on the chart"), self._finding.place),
                                ("chart", _("New chart…"), self._new_chart)):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, wanted=deed: wanted(self.found))
            below.addWidget(button)
            self.buttons[key] = button
        self.buttons["select"].setProperty("primary", True)
        self.buttons["select"].setDefault(True)
        box = QVBoxLayout(self)
        box.addWidget(self.saved_list)
        box.addWidget(self.scroll, 1)
        box.addLayout(line)
        box.addLayout(below)

    def _show_rows(self, condition: Condition) -> None:
        group = condition if isinstance(condition, Group) else Group("all", (condition,))
        self.group = GroupBox(self._offer, group)
        held = QWidget()
        column = QVBoxLayout(held)
        column.addWidget(self.group)
        column.addStretch(1)
        self.scroll.setWidget(held)
        self.group.changed.connect(self._built)

    # both ways of saying it

    def _built(self) -> None:
        """The rows have changed: the text says the same, and the number is looked for again."""
        condition = self.group.condition()
        empty = isinstance(condition, Group) and not condition.parts
        self.text.setText("" if empty else written(condition))
        self._asked = None if empty else condition
        self._typing.start()

    def _typed(self, text: str) -> None:
        """The text has changed: the rows say the same, as soon as it can be read."""
        if not text.strip():
            self._asked = None
            self._show_rows(Group())
            self._typing.start()
            return
        try:
            condition = parse(text)
        except Refusal as refusal:
            self._typing.stop()
            self._said(str(refusal))
            return
        self._asked = condition
        self._show_rows(condition)
        self._typing.start()

    def take(self, query: str) -> None:
        """Take a query's text in hand."""
        self.text.setText(query)
        self._typed(query)

    # the number

    def _ask(self) -> None:
        if self.session.workspace is None:
            return
        if self._asked is None:
            self._said(_("Say what is looked for."))
            return
        if self._task is not None:
            self._again = True
            self._task.cancel()
            return
        from ewglink.workspace.querying import entities_where

        self._task = self.session.jobs.run(
            Message(N_("Counting")), entities_where(self.session.workspace, self._asked), finished=self._counted,
            failed=self._refused, ended=self._ended)

    def _ended(self) -> None:
        self._task = None
        if self._again:
            self._again = False
            self._ask()

    def _counted(self, ids: Any) -> None:
        if ids is None or self._again:
            return
        self.found = ids.tolist()
        self.count.setText(ngettext("{n} entity", "{n} entities", len(self.found)))
        self._enable()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self._said(str(error))
        else:
            self.session.tell_of(error)

    def _said(self, text: str) -> None:
        self.found = []
        self.count.setText(plain(text))
        self._enable()

    def _enable(self) -> None:
        for key, button in self.buttons.items():
            button.setEnabled(bool(self.found) and not (self.session.read_only and key in ("place", "chart")))

    def _heard(self, changed: Any) -> None:
        if changed.tables & {"item", "link", "statement", "identity", "merge", "placement", "finding"}:
            self._typing.start()

    # what is done with it

    def _body(self) -> dict[str, str] | None:
        """What is saved."""
        text = self.text.text().strip()
        if not text:
            self._said(_("Say what is looked for."))
        return {"query": text} if text else None

    def _new_chart(self, items: list[int]) -> None:
        self._finding.new_chart(items, self.saved_list.name)
