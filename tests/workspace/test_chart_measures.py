"""Measures that rules look at: at once for small charts, in a job for large ones, kept until the network changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ewglink.model.progress import finish
from ewglink.workspace import chart_measures
from ewglink.workspace.commands import appearance, charts, items
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A star of five on chart 1, sized by degree; what is kept is forgotten, and three are too many to do at once."""
    chart_measures.forget()
    monkeypatch.setattr(chart_measures, "AT_ONCE", 3)
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        for label in "ABCDE":
            made.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        for other in (2, 3, 4, 5):
            made.do(lambda found, other=other: items.add_link(found.case, "knows", 1, other)[0])
        made.do(lambda found: charts.create_chart(found.case, "One")[0])
        made.do(lambda found: charts.place(found.case, 1, [1, 2, 3, 4, 5], np.arange(10.0).reshape(5, 2)))
        made.do(lambda found: appearance.size_by_measure(found.case, 1, "degree"))
        yield made
    chart_measures.forget()


def test_a_large_chart_does_not_wait(workspace: Workspace) -> None:
    content = workspace.chart_content(1, wait=False)
    assert content.pending.keys == ("degree",) and not content.styles and not content.notes
    steps = list(chart_measures.measure(content.pending))
    assert steps[0].done == 0.0 and steps[-1].done == 1.0
    assert str(steps[0].message) == "Measuring: Degree"
    chart_measures.remember(steps[-1].best or {}, content.pending.state)
    content = workspace.chart_content(1, wait=False)
    assert content.pending is None
    assert content.styles[0]["size"] > content.styles[1]["size"]
    assert content.notes[0].words == "Size by Degree"


def test_what_waits_is_answered_in_full(workspace: Workspace) -> None:
    content = workspace.chart_content(1)
    assert content.pending is None and len(content.styles) == 5


def test_moving_and_renaming_keep_a_measure_and_a_link_does_not(workspace: Workspace) -> None:
    workspace.chart_content(1)
    workspace.do(lambda found: charts.move(found.case, 1, [1], np.array([(90.0, 90.0)])))
    workspace.do(lambda found: items.rename(found.case, 1, "Anna"))
    assert workspace.chart_content(1, wait=False).pending is None
    workspace.do(lambda found: items.add_link(found.case, "knows", 2, 3)[0])
    assert workspace.chart_content(1, wait=False).pending is not None
    workspace.undo()
    assert workspace.chart_content(1, wait=False).pending is None


def test_a_job_that_is_stopped_keeps_the_measures_that_are_whole(workspace: Workspace) -> None:
    workspace.do(lambda found: appearance.colour_communities(found.case, 1))
    pending = workspace.chart_content(1, wait=False).pending
    assert pending.keys == ("community", "degree")
    job = chart_measures.measure(pending)
    best = next(step.best for step in job if step.best)
    job.close()
    assert list(best) == ["community"]
    chart_measures.remember(best, pending.state)
    assert workspace.chart_content(1, wait=False).pending.keys == ("degree",)
    assert finish(chart_measures.measure(workspace.chart_content(1, wait=False).pending)) is not None


def test_a_measure_that_is_not_there_is_no_reason_to_wait_for_ever(workspace: Workspace) -> None:
    workspace.do(lambda found: appearance.size_by_measure(found.case, 1, "no_such_measure"))
    pending = workspace.chart_content(1, wait=False).pending
    chart_measures.remember(finish(chart_measures.measure(pending)) or {}, pending.state)
    content = workspace.chart_content(1, wait=False)
    assert content.pending is None and not content.styles
