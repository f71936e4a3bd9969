"""Jobs run beside the window: each in a thread of its own, its progress and its end told in the window's thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ewglink.model.progress import Job, Progress, Stopped, stop_when
from ewglink.text import Message

log = logging.getLogger(__name__)
_TOLD_EVERY = 0.04


class Task(QObject):
    """One job on its way. Connect first, then `start`: no end can be missed.

    `progress(Progress)`; then exactly one of `finished(best)`, where a cancelled job gives the best it had, and
    `failed(exception)`; `ended()` last, whatever happened.
    """

    progress = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _told = Signal(object)
    _over = Signal(object, object)

    def __init__(self, name: Message, job: Job[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.cancelled = False
        self.best: Any = None
        self.last: Progress[Any] | None = None
        self._job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._work,), name="job", daemon=True)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the job to stop; it ends with the best result it has."""
        self.cancelled = True
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the thread to end (at close); False where it has not."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        best, error, told = None, None, 0.0
        stop_when(self._stop.is_set)
        try:
            for step in self._job:
                if step.best is not None:
                    best = step.best
                now = time.monotonic()
                if now - told >= _TOLD_EVERY:
                    told = now
                    self._told.emit(step)
                if self._stop.is_set():
                    self._job.close()
                    break
        except Stopped:
            log.debug("a job was stopped in the middle of a step")
        except BaseException as caught:
            error = caught
        try:
            self._over.emit(best, error)
        except RuntimeError:
            log.debug("a job ended after its window")

    def _tell(self, step: Progress[Any]) -> None:
        self.last = step
        self.progress.emit(step)

    def _finish(self, best: Any, error: BaseException | None) -> None:
        self._thread.join()
        self.best = best
        if error is not None:
            self.failed.emit(error)
        else:
            self.finished.emit(best)
        self.ended.emit()


class JobRunner(QObject):
    """The tasks under way. `changed()` when one begins, advances or ends."""

    changed = Signal()
    task_failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: list[Task] = []

    def run(
        self,
        name: Message,
        job: Job[Any],
        *,
        finished: Callable[[Any], Any] | None = None,
        progress: Callable[[Progress[Any]], Any] | None = None,
        failed: Callable[[BaseException], Any] | None = None,
        ended: Callable[[], Any] | None = None,
    ) -> Task:
        """Run `job`; callbacks come in the window's thread. What fails without `failed` is told by `task_failed`."""
        task = Task(name, job, self)
        if progress is not None:
            task.progress.connect(progress)
        task.progress.connect(self.changed)
        if finished is not None:
            task.finished.connect(finished)
        task.failed.connect(failed if failed is not None else self.task_failed)
        task.ended.connect(lambda: self._forget(task))
        if ended is not None:
            task.ended.connect(ended)
        self.tasks.append(task)
        task.start()
        self.changed.emit()
        return task

    def ask(
        self,
        name: Message,
        question: Callable[[], Any],
        answered: Callable[[Any], Any],
        failed: Callable[[BaseException], Any] | None = None,
    ) -> Task:
        """Answer a short `question` in a thread: a job of one step."""

        def job() -> Job[Any]:
            yield Progress(None, best=(question(),))

        return self.run(name, job(), finished=lambda best: answered(best[0]) if best else None, failed=failed)

    def _forget(self, task: Task) -> None:
        if task in self.tasks:
            self.tasks.remove(task)
        self.changed.emit()
        task.deleteLater()

    def cancel_all(self, seconds: float = 10.0) -> bool:
        """Stop everything and wait for it; False where a task would not end."""
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        ended = all(task.wait(seconds) for task in tasks)
        self.tasks.clear()
        return ended
