"""The panel of competing hypotheses: evidence against hypotheses, judged cell by cell; every step can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ewglink.drawing.answers import AnswerSheet
from ewglink.text import N_, _, ngettext
from ewglink.ui.panels.answer_panel import AnswerPanel
from ewglink.ui.session import Session
from ewglink.ui.widgets.hypothesis_grid import HypothesisGrid
from ewglink.ui.widgets.plain_text import ask_text, label


class HypothesesPanel(AnswerPanel):
    """The matrix is the case's own: it follows every change at once."""

    key = "hypotheses"
    tables = frozenset({"item", "link", "statement", "choice", "meta", "merge", "basis"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.add_button, self.evidence_button, self.remove_button = QPushButton(), QPushButton(), QPushButton()
        for at, button in enumerate((self.add_button, self.evidence_button, self.remove_button), start=1):
            self._side.insertWidget(at, button)
        self.words.say(self.add_button.setText, N_("Add a hypothesis…"))
        self.words.say(self.evidence_button.setText, N_("Add the selected as evidence"))
        self.words.say(self.remove_button.setText, N_("Remove from the matrix"))
        self.words.say(self.run_button.setText, N_("Rank them"))
        self.assumptions, self.change = QPlainTextEdit(), QPlainTextEdit()
        self.assumptions_label, self.change_label = label(buddy=self.assumptions), label(buddy=self.change)
        self.words.say(self.assumptions_label.setText, N_("Assumptions, one a line"))
        self.words.say(self.assumptions.setAccessibleName, N_("Assumptions, one a line"))
        self.words.say(self.change_label.setText, N_("What would change my mind"))
        self.words.say(self.change.setAccessibleName, N_("What would change my mind"))
        self.keep_button = QPushButton()
        self.words.say(self.keep_button.setText, N_("Keep the notes"))
        for widget in (self.assumptions_label, self.assumptions, self.change_label, self.change, self.keep_button):
            self._side.insertWidget(self._side.count() - 1, widget)
        for edit in (self.assumptions, self.change):
            edit.setMaximumHeight(84)
            edit.setTabChangesFocus(True)
        self.grid: HypothesisGrid | None = None
        self.add_button.clicked.connect(self.add)
        self.evidence_button.clicked.connect(self.add_selected)
        self.remove_button.clicked.connect(self.remove)
        self.keep_button.clicked.connect(self.keep_notes)
        self._again = False
        self._able()

    # following the case

    def _heard(self, changed: Any) -> None:
        if changed.tables & self.tables:
            self._asked = False
            self.again()

    def run(self) -> None:
        """Read and rank; what came meanwhile is read after."""
        self._again = self._task is not None
        super().run()

    def _ended(self) -> None:
        super()._ended()
        if self._again:
            self.run()

    def _refused(self, error: BaseException) -> None:
        super()._refused(error)
        self.grid = None
        self._able()

    def fill(self, sheet: AnswerSheet) -> None:
        """The matrix to work in, then ranking, sensitivity and notes."""
        self.grid = HypothesisGrid(sheet.data, self.session.selection, self.session.read_only)
        self.grid.judged.connect(lambda evidence, hypothesis, verdict: self._do(
            lambda commands, case: commands.judge(case, evidence, hypothesis, verdict)))
        self.grid.weighed.connect(lambda evidence, relevance: self._do(
            lambda commands, case: commands.weigh(case, evidence, relevance=relevance)))
        self.grid.graded.connect(lambda evidence, grade: self._do(
            lambda commands, case: commands.weigh(case, evidence, grade=grade)))
        self.grid.moved.connect(self._show_notes)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        keys = QHBoxLayout()
        keys.setContentsMargins(6, 0, 6, 4)
        self.grid.add_keys(keys)
        column.addLayout(keys)
        self.tabs.addTab(page, _("Matrix"))
        for table in sheet.tables:
            if table.key != "matrix":
                self.add_table(table)
        if not self.assumptions.document().isModified():
            self.assumptions.setPlainText("\n".join(sheet.data.assumptions))
        self._show_notes()
        self._able()

    def clear_tabs(self) -> None:
        """Take all away, but remember the cell in hand."""
        self._place = self.grid.place() if self.grid is not None else getattr(self, "_place", None)
        super().clear_tabs()

    def _answered(self, sheet: AnswerSheet) -> None:
        focus = self.grid is not None and self.grid.hasFocus()
        super()._answered(sheet)
        if self.grid is not None and self._place is not None:
            self.grid.go_to(self._place)
            if focus:
                self.grid.setFocus()

    def emptied(self) -> None:
        """No case."""
        super().emptied()
        self.grid = None
        self.assumptions.clear()
        self.change.clear()
        self._able()

    def _able(self) -> None:
        there = self.session.workspace is not None and not self.session.read_only
        for button in (self.add_button, self.evidence_button):
            button.setEnabled(there)
        for widget in (self.remove_button, self.keep_button, self.assumptions, self.change):
            widget.setEnabled(there and self.grid is not None)

    # doing

    def _do(self, command: Callable[[Any, Any], Any]) -> Any:
        from ewglink.workspace.commands import hypotheses

        return self.session.do(lambda workspace: command(hypotheses, workspace.case))

    def add(self) -> None:
        """Ask for a hypothesis and add it."""
        title = ask_text(self, _("New hypothesis"), _("Hypothesis"))
        if title and title.strip():
            self._do(lambda commands, case: commands.add_hypothesis(case, title)[0])

    def add_selected(self) -> None:
        """Hold the selected entities against the hypotheses."""
        chosen = sorted(self.session.selection.items)
        self._do(lambda commands, case: commands.add_evidence(case, chosen))

    def remove(self) -> None:
        """Take the evidence of the row, or the hypothesis of the column where a column is selected, away."""
        if self.grid is None:
            return
        column = self.grid.whole_column()
        if column is not None:
            self._do(lambda commands, case: commands.remove_hypothesis(case, column))
        elif (row := self.grid.evidence()) is not None:
            self._do(lambda commands, case: commands.remove_evidence(case, row))

    def _show_notes(self) -> None:
        hypothesis = self.grid.hypothesis() if self.grid is not None else None
        self.change.setEnabled(hypothesis is not None and not self.session.read_only)
        if hypothesis is not None:
            self.words.say(self.change_label.setText, N_("What would change my mind of “{hypothesis}”"),
                           hypothesis=hypothesis.title[:40])
            if not self.change.document().isModified() or getattr(self, "_of", None) != hypothesis.id:
                self.change.setPlainText(hypothesis.change)
            self._of: int | None = hypothesis.id
        self.change_label.setWordWrap(True)

    def keep_notes(self) -> None:
        """Keep assumptions and the note on the hypothesis in hand: each a step, where it changed."""
        if self.assumptions.document().isModified():
            lines = self.assumptions.toPlainText().splitlines()
            self.assumptions.document().setModified(False)
            self._do(lambda commands, case: commands.set_assumptions(case, lines))
        of = getattr(self, "_of", None)
        if self.change.document().isModified() and of is not None:
            text = self.change.toPlainText()
            self.change.document().setModified(False)
            self._do(lambda commands, case: commands.set_change(case, of, text))

    def _said(self) -> str:
        if self.sheet is None:
            return ""
        first = [row[1] for row in self.sheet.tables[0].rows if row[0] == 1]
        return ngettext("Least inconsistent: {names}", "Least inconsistent (equal): {names}", len(first),
                        names="; ".join(map(str, first))) + "\n" + self.sheet.about[-1]
