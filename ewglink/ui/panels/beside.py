"""What panels beside the chart share: data come from a job, a moment after a change, and only while one is seen."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from ewglink.model.changes import Changed
from ewglink.text import N_, Message, _
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session

LATER_MS = 250
SCOPES = (("chart", N_("this chart")), ("all", N_("the whole case")))


class Beside(Panel):
    """A panel over what the chart in front (or the case) holds. `job` says what to ask, `take` shows the answer, `mark`
    shows the selection of the session. Hidden, it asks for nothing and follows nothing."""

    tables = frozenset({"item", "link", "statement", "choice", "merge", "placement"})
    asking = Message(N_("Counting"))

    def __init__(self, session: Session, charts: Any, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._charts = charts
        self._task: Any = None
        self._asked_of: Any = None
        self._unmarked = True
        self.scope = QComboBox()
        self._fill_scopes()
        self.words.say(self.scope.setAccessibleName, N_("Scope"))
        self.scope.currentIndexChanged.connect(self.again)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._look)
        charts.changed.connect(self._turned)
        session.selection.changed.connect(self._selected)

    def _fill_scopes(self) -> None:
        kept = self.scope.currentData()
        self.scope.blockSignals(True)
        self.scope.clear()
        for key, name in SCOPES:
            self.scope.addItem(_(name), key)
        self.scope.setCurrentIndex(max(0, self.scope.findData(kept)))
        self.scope.blockSignals(False)

    @property
    def chart(self) -> int | None:
        """The chart that is looked at, None for the whole case."""
        return self._charts.current() if self.scope.currentData() == "chart" else None

    # when to look

    def _heard(self, changed: Changed) -> None:
        if changed.tables & self.tables and not _only_moved(changed):
            self.again()

    def _turned(self) -> None:
        """Another chart may be in front."""
        if self.session.workspace is not None and self._asked_of != (self.chart,):
            self.again()

    def again(self, *_: Any) -> None:
        """Look again a moment later, if the panel is seen, else when it is."""
        self._stale = True
        if self.isVisible():
            self._later.start()

    def look(self) -> None:
        """Ask in the background."""
        self._stop()
        workspace = self.session.workspace
        self._asked_of = (self.chart,)
        job = self.job(workspace, self.chart) if self.scope.currentData() == "all" or self.chart is not None else None
        if job is not None:
            self._task = self.session.jobs.run(self.asking, job, finished=lambda best: self._answered(best, workspace),
                                               ended=lambda: None)

    def _answered(self, best: Any, workspace: Any) -> None:
        self._task = None
        if best is not None and self.session.workspace is workspace and not self._later.isActive():
            self.take(best)
            self._mark()

    def _stop(self) -> None:
        task, self._task = self._task, None
        if task is not None and task in self.session.jobs.tasks:
            task.finished.disconnect()
            task.cancel()

    def job(self, workspace: Any, chart: int | None) -> Any:
        """What to ask: a job whose last progress carries the answer; None for nothing."""

    def nothing_dated(self) -> str:
        """What to say where nothing has a date, and what to do about it."""
        if self.chart is not None:
            return _("Nothing on this chart has a date. Choose the whole case to see all that has.")
        return _("Nothing here has a date.")

    def take(self, answer: Any) -> None:
        """Show the answer."""

    # one selection for all

    def _selected(self, *_items: Any) -> None:
        self._unmarked = True
        if self.isVisible():
            self._mark()

    def _mark(self) -> None:
        self._unmarked = False
        items = self.session.selection.items
        self.mark(np.fromiter(items, np.int64, len(items)))

    def mark(self, chosen: np.ndarray) -> None:
        """Show which items (k,) are selected."""

    def select(self, ids: Any, how: str = "set") -> None:
        """Select items on every view: `set`, `add` or `toggle`."""
        getattr(self.session.selection, how)(np.asarray(ids).tolist())

    # in and out of sight

    def showEvent(self, event: Any) -> None:
        """Take up what was missed."""
        super().showEvent(event)
        if self._unmarked and not self._stale:
            self._mark()

    def hideEvent(self, event: Any) -> None:
        """Out of sight nothing goes on."""
        super().hideEvent(event)
        self._later.stop()
        if self._task is not None:
            self._stop()
            self._stale = True

    def emptied(self) -> None:
        """No case, no answer."""
        super().emptied()
        self._later.stop()
        self._task = None
        self._asked_of = None

    def retranslate(self) -> None:
        """Say everything again."""
        self._fill_scopes()
        super().retranslate()


def _only_moved(changed: Changed) -> bool:
    """Whether things on a chart only stand elsewhere: nothing came or went."""
    import zlib

    if changed.changes or not changed.moves or not changed.tables <= {"placement"}:
        return False
    return not any(np.isnan(np.frombuffer(zlib.decompress(raw), np.float64)).any()
                   for move in changed.moves for raw in (move.old, move.new))
