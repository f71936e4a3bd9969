"""A job in a terminal: one line that says how far it is, and an end that leaves no trace of it."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from ewglink.cli.output import harmless, width
from ewglink.model.progress import Job, Progress

Result = TypeVar("Result")
_EVERY = 0.1


def run(job: Job[Result], stopped: Callable[[], None] | None = None) -> Result | None:
    """Run `job` to its end and return its last best result. Control-C closes it, which cancels it, and is raised on."""
    shown = sys.stderr.isatty()
    best: Result | None = None
    last = 0.0
    try:
        for step in job:
            if step.best is not None:
                best = step.best
            if shown and time.monotonic() - last > _EVERY:
                last = time.monotonic()
                _show(step)
    except KeyboardInterrupt:
        job.close()
        if stopped:
            stopped()
        raise
    finally:
        if shown:
            _clear()
    return best


def _show(step: Progress[Result]) -> None:
    room = shutil.get_terminal_size().columns - 1
    share = "" if step.done is None else f"{step.done:4.0%} "
    text = share + (harmless(str(step.message)) if step.message else "")
    while width(text) > room:
        text = text[:-1]
    sys.stderr.write("\r" + text + " " * (room - width(text)))
    sys.stderr.flush()


def _clear() -> None:
    sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
    sys.stderr.flush()
