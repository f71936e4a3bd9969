"""How far a job has come, and the best it has so far."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, TypeVar

from ewglink.text import Message

Result = TypeVar("Result")


@dataclass(frozen=True)
class Progress(Generic[Result]):
    """One step of a job. `done` runs from 0 to 1 (None: unknown); `best` is the best result so far, None until
    there is one.
    """

    done: float | None
    message: Message | None = None
    best: Result | None = None


Job = Generator[Progress[Result], None, None]
"""A generator of `Progress`: closing it keeps the last best result, pausing is not asking for the next."""


class Stopped(BaseException):
    """A job ended in the middle of a step, because it was asked to. No failure: nothing catches it but who asked."""


_wanted: ContextVar[Callable[[], bool] | None] = ContextVar("stop wanted", default=None)


def stop_when(wanted: Callable[[], bool]) -> None:
    """From here on, in this thread, `breathe` looks at `wanted`."""
    _wanted.set(wanted)


def breathe() -> None:
    """Called now and then within a long step: raises `Stopped` where the job is wanted no more."""
    wanted = _wanted.get()
    if wanted is not None and wanted():
        raise Stopped


def finish(job: Iterator[Progress[Result]]) -> Result | None:
    """Run `job` to its end and return its last best result."""
    best: Result | None = None
    for step in job:
        if step.best is not None:
            best = step.best
    return best
