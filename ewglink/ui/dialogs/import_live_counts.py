"""A dry run that follows what a person changes: begun after a pause, stopped by the next change, shown in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _, number
from ewglink.ui.widgets.plain_text import hint, label, plain

_PAUSE = 500
_LISTED = 12


class DryRun(QObject):
    """Counts what an import would bring. `counting(share or None)`, then one of `counted(report)`,
    `refused(sentence)`; `failed(error)` for what nobody expects. One at a time: a new question waits for the old to
    end. `ended` when a count is over, whatever came of it."""

    counting = Signal(object)
    counted = Signal(object)
    refused = Signal(str)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, session: Any, in_process: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._in_process = session, in_process
        self._asked: Callable[[], list[Any]] | None = None
        self.task: Any = None
        self.report: Any = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._begin)

    @property
    def busy(self) -> bool:
        """Whether a count is under way or about to be."""
        return self.task is not None or self._timer.isActive() or self._asked is not None

    def ask(self, requests: Callable[[], list[Any]], at_once: bool = False) -> None:
        """Count what the requests would bring, unless something else is asked in the meantime."""
        self.report, self._asked = None, requests
        self.counting.emit(None)
        if self.task is not None:
            self.task.cancel()
        elif at_once:
            self._begin()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._asked = None
        self._timer.stop()
        if self.task is not None:
            self.task.cancel()

    def wait(self) -> None:
        """Wait for the end of a count that was stopped."""
        if self.task is not None:
            self.task.wait(10)

    def _begin(self) -> None:
        from ewglink.workspace.commands.importing import import_files

        self._timer.stop()
        asked, self._asked = self._asked, None
        if asked is None or self.task is not None:
            return
        try:
            requests = asked()
        except Refusal as refusal:
            self.refused.emit(str(refusal))
            return
        if not requests:
            self.refused.emit(_("Nothing is taken: there is nothing to count."))
            return
        job = import_files(self._session.workspace, requests, dry_run=True, in_process=self._in_process)
        self.task = self._session.jobs.run(
            Message(N_("Counting what the import brings")),
            job,
            progress=lambda step: self.counting.emit(step.done) if self._asked is None else None,
            finished=self._finished,
            failed=self._failed,
            ended=self._ended,
        )

    def _finished(self, report: Any) -> None:
        if report is not None and self.task is not None and not self.task.cancelled and self._asked is None:
            self.report = report
            self.counted.emit(report)

    def _failed(self, error: BaseException) -> None:
        if self._asked is not None or self.task is not None and self.task.cancelled:
            return
        if isinstance(error, Refusal):
            self.refused.emit(str(error))
        else:
            self.failed.emit(error)

    def _ended(self) -> None:
        self.task = None
        if self._asked is not None:
            self._timer.start()
        self.ended.emit()


class CountsLine(QWidget):
    """The counts in a line: new, known, merged, rejected; the first rejected rows in its tooltip and by its button."""

    rejected_wanted = Signal()

    def __init__(self, dry_run: DryRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = label(wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(90)
        self.bar.hide()
        self.why = QToolButton()
        self.why.setText(_("Why…"))
        self.why.hide()
        self.why.clicked.connect(self.rejected_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self.said, 1)
        row.addWidget(self.why)
        row.addWidget(self.bar)
        dry_run.counting.connect(self._counting)
        dry_run.counted.connect(self._counted)
        dry_run.refused.connect(self._refused)

    def _counting(self, share: float | None) -> None:
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(int(share * 1000))
        self.bar.show()

    def _refused(self, sentence: str) -> None:
        self.bar.hide()
        self.why.hide()
        self.said.setText(plain(sentence))
        self.said.setProperty("wrong", True)
        self._repolish()

    def _counted(self, report: Any) -> None:
        self.bar.hide()
        self.said.setProperty("wrong", False)
        self.said.setText(in_a_line(report))
        self._repolish()
        self.why.setVisible(bool(report.rejected))
        hint(self.why, first_rejected(report))

    def _repolish(self) -> None:
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)


def total(report: Any, figure: str) -> int:
    """A figure over all files."""
    return sum(getattr(one, figure) for one in report.sources)


def in_a_line(report: Any) -> str:
    """What an import would bring, in a line."""
    names = ("rows", "entities_new", "links_new", "entities_known", "links_known", "merged")
    rows, new, links, known, known_links, merged = (number(total(report, name)) for name in names)
    parts = [
        _("{n} rows", n=rows),
        _("new: {n} entities, {m} links", n=new, m=links),
        _("known: {n} entities, {m} links", n=known, m=known_links),
        _("merged by an identifier: {n}", n=merged),
        _("rejected: {n}", n=number(len(report.rejected))),
        _("warnings: {n}", n=number(sum(sum(one.counted.values()) for one in report.sources))),
    ]
    return "  ·  ".join(parts)


def first_rejected(report: Any) -> str:
    """The first rejected rows, a line each."""
    lines = []
    for source in report.sources:
        for problem in source.rejected:
            if len(lines) >= _LISTED:
                return "\n".join([*lines, "…"])
            row = _("row {row}: ", row=problem.row) if problem.row is not None else ""
            lines.append(plain(f"{source.file}, {row}{problem.message}"))
    return "\n".join(lines)
