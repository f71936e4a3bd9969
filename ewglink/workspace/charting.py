"""A chart made or added to in one go: named, filled, laid out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from ewglink.model.progress import Job, Progress
from ewglink.store.charts import Chart
from ewglink.workspace.arranging import add_to_chart, arranged, lay_out
from ewglink.workspace.commands import charts
from ewglink.workspace.workspace import Workspace

DEFAULT_LAYOUT = "force"


@dataclass(frozen=True)
class Charted:
    """What was made of a chart. `added` entities came onto it; `steps` is how many undo steps that took."""

    chart: Chart
    added: int
    entities: int
    links: int
    layout: str | None
    steps: int
    made: bool


def make_chart(workspace: Workspace, name: str, items: Collection[int], *, layout: str | None = None,
               options: Any = None, settings: dict[str, Any] | None = None, seed: int = 1) -> Job[Charted]:
    """Make the chart `name`, or add to it, so that it holds `items`; the last progress carries what was made.

    A chart that is new, or for which a `layout` is named, is laid out whole; otherwise what stands stays where it is
    and the rest is placed around it.
    """
    before = len(workspace.case.stacks().undo)
    found = workspace.case.charts.named(name.strip())
    made = found is None
    if found is None:
        changeset, chart = charts.create_chart(workspace.case, name, settings)
        workspace.do(changeset)
    else:
        chart = found.id
        if settings:
            workspace.do(charts.set_up_chart(workspace.case, chart, settings))
    there = len(workspace.case.charts.placements(chart).items)
    key = layout or (DEFAULT_LAYOUT if there == 0 else None)
    yield Progress(0.05)
    workspace.do(_placed(workspace, chart, items, spread=key is None, seed=seed))
    if key is not None and len(workspace.case.charts.placements(chart).items):
        result = None
        for step in lay_out(workspace, chart, key, options, seed=seed):
            result = step.best if step.best is not None else result
            yield Progress(None if step.done is None else 0.1 + 0.85 * step.done, step.message)
        if result is not None:
            workspace.do(arranged(workspace, chart, key, result))
    yield Progress(1.0, None, _charted(workspace, chart, there, key, before, made))


def _placed(workspace: Workspace, chart: int, items: Collection[int], *, spread: bool, seed: int) -> Any:
    """Entities put where room is, or, where a layout follows, anywhere."""
    if spread:
        return add_to_chart(workspace, chart, items, seed=seed)
    known = workspace.network(subset=list(items)).ids.tolist()
    side = max(1, int(np.ceil(np.sqrt(len(known)))))
    grid = np.array([(row % side, row // side) for row in range(len(known))], np.float64).reshape(-1, 2) * 160.0
    return charts.place(workspace.case, chart, known, grid)


def _charted(workspace: Workspace, chart: int, there: int, key: str | None, before: int, made: bool) -> Charted:
    placed = workspace.case.charts.placements(chart).items
    found = workspace.case.charts.get(chart)
    assert found is not None
    network = workspace.network(subset=placed.tolist())
    steps = len(workspace.case.stacks().undo) - before
    return Charted(found, len(placed) - there, network.n, network.m, key, steps, made)
