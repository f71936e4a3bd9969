"""The import itself, begun by the wizard: run as a job, reported, and what is new put on a chart as was chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, _


class ImportRun(QObject):
    """Runs an import. `advanced(share or None, sentence)`; then `imported(report)` or `refused(sentence)`, or
    `failed(error)` for what nobody expects; `ended()` last."""

    advanced = Signal(object, str)
    imported = Signal(object)
    refused = Signal(str)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, window: Any, in_process: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._in_process = window, in_process
        self.session = window.session
        self.task: Any = None
        self._before: set[int] = set()
        self._charts: set[int] = set()
        self._target = "none"

    def begin(self, requests: list[Any], target: str) -> None:
        """Import; what is new then goes on `this` chart, a `new` one or `none`."""
        from ewglink.workspace.commands.importing import import_files

        workspace = self.session.workspace
        self._target = target
        self._before = set(workspace.network().ids.tolist())
        self._charts = {chart.id for chart in self.session.case.charts.listed()}
        job = import_files(workspace, requests, in_process=self._in_process)
        self.task = self.session.jobs.run(
            Message(N_("Importing")),
            job,
            progress=lambda step: self.advanced.emit(step.done, str(step.message) if step.message is not None else ""),
            finished=self._finished,
            failed=self._failed,
            ended=self._ended,
        )

    def cancel(self) -> None:
        """Stop; the case stays as it was."""
        if self.task is not None:
            self.task.cancel()

    def _finished(self, report: Any) -> None:
        if report is None or (self.task is not None and self.task.cancelled and report.seq is None):
            self.refused.emit(_("The import was stopped; the case is as it was."))
            return
        self.imported.emit(report)
        if self._target != "none":
            workspace, before = self.session.workspace, self._before
            self.session.jobs.ask(
                Message(N_("Looking for what is new")),
                lambda: set(workspace.network().ids.tolist()) - before,
                lambda new: self._place(new, report.seq),
            )

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Refusal):
            self.refused.emit(str(error))
        else:
            self.failed.emit(error)

    def _ended(self) -> None:
        self.task = None
        self.ended.emit()

    def _place(self, new: set[int], step: int | None) -> None:
        """What stands on no chart of the file's own goes on the chart that was chosen, in the step of the import."""
        charts, case = self._window.charts, self.session.case
        if case is None:
            return
        brought = [chart.id for chart in case.charts.listed() if chart.id not in self._charts]
        for chart in brought:
            new = new - set(case.charts.placements(chart).items.tolist())
        if brought and self._target == "new":
            charts.show_chart(brought[0])
            if new:
                charts.place(new, brought[0], joins=step)
        elif new and (self._target == "new" or charts.current() is None):
            charts.make_chart(charts.free_name(), sorted(new), step)
        elif new:
            charts.place(new, joins=step)
