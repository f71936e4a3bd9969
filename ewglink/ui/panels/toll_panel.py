"""The panel of telephone toll analysis: every table of it; targets can be taken from the selection."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from ewglink.drawing.answers import AnswerSheet
from ewglink.text import N_, ngettext
from ewglink.ui.panels.answer_panel import AnswerPanel
from ewglink.ui.session import Session


class TollPanel(AnswerPanel):
    """Numbers, pairs, common numbers, hours, bursts, breaks, chains and new numbers."""

    key = "toll"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._targets: frozenset[int] = frozenset()
        self.targets_button = QPushButton()
        self._side.insertWidget(1, self.targets_button)
        self.targets_button.clicked.connect(self._take)
        self.words.also(self._say_targets)
        self._say_targets()

    def _say_targets(self) -> None:
        if self._targets:
            self.targets_button.setText(ngettext("Targets: {n} selected", "Targets: {n} selected", len(self._targets)))
        else:
            self.words.say(self.targets_button.setText, N_("Take the selected as targets"))

    def _take(self) -> None:
        """The selected numbers (or whose numbers they are) are targets from now on; none selected: the usual ones."""
        self._targets = frozenset(self.session.selection.items)
        self._say_targets()
        self.run()

    def emptied(self) -> None:
        """No case, no targets."""
        super().emptied()
        self._targets = frozenset()
        self._say_targets()

    def answer(self, workspace: Any, options: Any) -> AnswerSheet:
        """The analysis for the targets asked for."""
        from ewglink.workspace.toll_sheet import toll_sheet

        return toll_sheet(workspace, options, self._targets)
