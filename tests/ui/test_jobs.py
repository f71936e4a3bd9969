"""Jobs beside the window: every end is heard once, a cancelled one gives its best, and none is left over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ewglink.model.progress import Progress
from ewglink.model.refusal import Refusal
from ewglink.text import Message, message
from ewglink.ui.job_runner import JobRunner

NAME = Message("A job")


@pytest.fixture
def runner(qapp: Any) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.cancel_all()
    made.deleteLater()


def counting(to: int, gate: threading.Event | None = None) -> Iterator[Progress[int]]:
    for n in range(1, to + 1):
        yield Progress(n / to, best=n)
        if gate is not None:
            gate.wait(5)


def test_the_last_best_is_the_answer(runner: JobRunner, qtbot: Any) -> None:
    heard: list[Any] = []
    task = runner.run(NAME, counting(50), finished=heard.append)
    with qtbot.waitSignal(task.ended):
        pass
    assert heard == [50]
    assert runner.tasks == []


def test_a_short_job_s_end_is_not_missed(runner: JobRunner, qtbot: Any) -> None:
    heard: list[Any] = []
    for _n in range(30):
        runner.run(NAME, counting(1), finished=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 30)


def test_a_cancelled_job_gives_the_best_it_had_and_is_closed(runner: JobRunner, qtbot: Any) -> None:
    closed, gate, heard = threading.Event(), threading.Event(), []

    def job() -> Iterator[Progress[int]]:
        try:
            yield from counting(1000, gate)
        finally:
            closed.set()

    task = runner.run(NAME, job(), finished=heard.append)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert closed.is_set()
    assert 1 <= heard[0] < 1000


def test_a_failure_is_told(runner: JobRunner, qtbot: Any) -> None:
    def job() -> Iterator[Progress[int]]:
        yield Progress(0.1)
        raise Refusal("no", message("It cannot be done."))

    with qtbot.waitSignal(runner.task_failed) as told:
        runner.run(NAME, job())
    assert str(told.args[0]) == "It cannot be done."


def test_a_question_that_answers_none_is_answered(runner: JobRunner, qtbot: Any) -> None:
    heard: list[Any] = []
    runner.ask(NAME, lambda: None, heard.append)
    qtbot.waitUntil(lambda: heard == [None])
