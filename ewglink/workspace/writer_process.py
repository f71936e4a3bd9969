"""The writer process of a case: a large write apart, at low priority, in one transaction that a kill takes back."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from ewglink import text
from ewglink.importers import guard
from ewglink.importers.spawning import undisturbed
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.import_report import ImportReport

CACHE_MB = 64
_WAIT = 0.05
_MEMORY_EVERY = 0.2
_NICE = 5


@dataclass(frozen=True)
class Order:
    """What the process is to do; it comes over the pipe, never as an argument or in the environment."""

    path: Path
    schema: Schema
    requests: list[ImportRequest]
    dry_run: bool
    strict: bool


class WriterProcess:
    """Writes into the case file at `path` from a process of its own."""

    def __init__(self, path: Path, schema: Schema, memory: int = guard.LIMITS.memory) -> None:
        self.path = path
        self.schema = schema
        self._memory = memory
        self._looked = 0.0
        self._process: Any = None

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return None if self._process is None else self._process.pid

    def run(
        self, requests: Sequence[ImportRequest], *, dry_run: bool = False, strict: bool = False
    ) -> Job[ImportReport]:
        """Import; the last progress carries the report. Leaving it early ends the process, and the case stays as it
        was."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._memory), name="ewglink-writer")
        with undisturbed():
            self._process.start()
        theirs.close()
        try:
            with contextlib.suppress(OSError):
                ours.send(Order(self.path, self.schema, list(requests), dry_run, strict))
            yield from self._follow(ours)
        finally:
            self._end(ours)

    def _follow(self, pipe: Connection) -> Iterator[Progress[ImportReport]]:
        last: Progress[ImportReport] = Progress(None, message(N_("Looking at the files")))
        while True:
            self._check_memory()
            if not pipe.poll(_WAIT):
                yield last
                continue
            try:
                kind, body = pipe.recv()
            except (EOFError, OSError):
                raise Refusal(
                    "writer_stopped",
                    message(
                        N_(
                            "The import broke off before it was done; the case is as it was. Try "
                            "again, and close other programs if memory is short."
                        )
                    ),
                ) from None
            if kind == "refused":
                raise body
            last = body
            yield last
            if kind == "done":
                return

    def _check_memory(self) -> None:
        """Refuse an import whose writer takes more memory than it may; its end takes back what it wrote."""
        if time.monotonic() - self._looked < _MEMORY_EVERY:
            return
        self._looked = time.monotonic()
        with contextlib.suppress(psutil.Error):
            if psutil.Process(self.pid).memory_info().rss > self._memory:
                raise _too_large(self._memory)

    def _end(self, pipe: Connection) -> None:
        """End the process and the reader it has; what was not committed is gone."""
        process, self._process = self._process, None
        pipe.close()
        process.join(0.1 if process.is_alive() else 0)
        if process.is_alive():
            readers: list[psutil.Process] = []
            with contextlib.suppress(psutil.Error):
                readers = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            for reader in readers:
                with contextlib.suppress(psutil.Error):
                    reader.kill()
            process.join(5)
        with contextlib.suppress(ValueError):
            process.close()


def _too_large(memory: int) -> Refusal:
    return Refusal(
        "too_much_memory",
        message(
            N_(
                "The import needs more than {limit} MB of memory; the case is as it was. Import the files one after "
                "the other, or in smaller pieces."
            ),
            limit=memory // guard.MB,
        ),
    )


def _serve(pipe: Connection, memory: int) -> None:
    """The life of the process: one order, steps back, an end."""
    _be_modest(memory)
    try:
        order: Order = pipe.recv()
        for kind, body in _steps(order):
            pipe.send((kind, body))
    except MemoryError:
        pipe.send(("refused", _too_large(memory)))
    except (EOFError, BrokenPipeError, ConnectionError):
        return


def _steps(order: Order) -> Iterator[tuple[str, Any]]:
    from ewglink.importers.reader_process import Reader

    last: Progress[ImportReport] | None = None
    try:
        with Reader() as reader:
            reader.start()  # it gets ready while the case is opened
            from ewglink.store.case_file import CaseFile
            from ewglink.workspace.import_run import Importing

            with CaseFile.open(order.path, cache_mb=CACHE_MB) as case:
                importing = Importing(case, order.schema, reader, dry_run=order.dry_run, strict=order.strict)
                for step in importing.run(order.requests):
                    if last is not None:
                        yield "step", last
                    last = step
    except Refusal as refused:
        yield "refused", refused
        return
    if last is not None:
        yield "done", last


def _be_modest(memory: int) -> None:
    """Low priority: the window comes first; a cap of address space where the system has one. Rows are made and gone by
    the thousand and hold no cycles."""
    import gc
    import signal

    # Control-C in a terminal reaches every process of the group: who started us decides, and ends us and our reader.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    text.set_language("en")  # sentences travel untranslated and are translated where they are shown
    if sys.platform == "win32":
        with contextlib.suppress(psutil.Error):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        import resource

        with contextlib.suppress(OSError):
            os.nice(_NICE)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (2 * memory + (1 << 30),) * 2)
