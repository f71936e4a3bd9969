"""A second thread that draws beside the window's own, or alone behind it; it ends when there has been nothing to do."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

_PATIENCE = 1.0
"""Seconds the thread waits for more before it ends."""


class Task:
    """One piece of work; whoever claims it does it."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._claim = threading.Lock()
        self.done = threading.Event()

    def run(self) -> None:
        """Do the work unless somebody else does."""
        if self._claim.acquire(blocking=False):
            try:
                self._work()
            finally:
                self.done.set()


class SecondHand:
    """A queue of tasks, and the thread that does them, begun with the first."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._running = False

    def give(self, work: Callable[[], None]) -> Task:
        """Have this done behind; what it calls must give the interpreter up for the time it takes."""
        task = Task(work)
        with self._lock:
            self._tasks.put(task)
            if not self._running:
                self._running = True
                threading.Thread(target=self._serve, name="second hand", daemon=True).start()
        return task

    def share(self, here: Callable[[], None], there: Callable[[], None]) -> None:
        """Do both at once; both here if the other hand is late."""
        task = self.give(there)
        here()
        task.run()
        task.done.wait()

    def end(self) -> None:
        """Let the thread end once it has done what it was given."""
        with self._lock:
            if self._running:
                self._tasks.put(None)

    def _serve(self) -> None:
        while True:
            try:
                task = self._tasks.get(timeout=_PATIENCE)
            except queue.Empty:
                task = None
            if task is None:
                with self._lock:
                    if self._tasks.empty():
                        self._running = False
                        return
                continue
            task.run()
