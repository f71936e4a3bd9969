"""Aligned, distributed, stacked, on the grid: positions worked out by hand, pinned items left where they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import arrangement, charts, items
from ewglink.workspace.workspace import Workspace

AT = [(0.0, 0.0), (100.0, 37.0), (250.0, 80.0), (40.0, 300.0)]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Four entities (1 to 4) and a link (5) on chart 1, at `AT`."""
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        for label in "ABCD":
            made.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        made.do(lambda found: items.add_link(found.case, "knows", 1, 2)[0])
        made.do(lambda found: charts.create_chart(found.case, "C")[0])
        made.do(lambda found: charts.place(found.case, 1, [1, 2, 3, 4], np.array(AT)))
        yield made


def at(workspace: Workspace) -> list[tuple[float, float]]:
    return [tuple(row) for row in workspace.case.charts.placements(1).xy.tolist()]  # type: ignore[misc]


@pytest.mark.parametrize(("edge", "axis", "line"), [
    ("left", 0, 0.0), ("right", 0, 250.0), ("centre", 0, 125.0), ("top", 1, 0.0), ("bottom", 1, 300.0),
    ("middle", 1, 150.0)])
def test_icons_of_one_size_come_into_one_line(workspace: Workspace, edge: str, axis: int, line: float) -> None:
    workspace.do(lambda found: arrangement.align(found.case, 1, [1, 2, 3, 4, 5], edge))
    now = at(workspace)
    assert [place[axis] for place in now] == [line] * 4
    assert [place[1 - axis] for place in now] == [place[1 - axis] for place in AT]
    workspace.undo()
    assert at(workspace) == AT


def test_edges_of_unequal_items_are_flush(workspace: Workspace) -> None:
    workspace.do(lambda found: arrangement.align(found.case, 1, [1, 2], "left", {1: (50.0, 10.0), 2: (20.0, 20.0)}))
    assert at(workspace)[:2] == [(0.0, 0.0), (-30.0, 37.0)]


def test_what_is_pinned_decides_the_line(workspace: Workspace) -> None:
    workspace.do(lambda found: charts.pin(found.case, 1, [2]))
    workspace.do(lambda found: arrangement.align(found.case, 1, [1, 2, 3], "left"))
    assert [x for x, _y in at(workspace)] == [100.0, 100.0, 100.0, 40.0]


def test_gaps_between_unequal_items_become_equal(workspace: Workspace) -> None:
    wide = {1: (10.0, 10.0), 2: (30.0, 10.0), 3: (20.0, 10.0), 4: (10.0, 10.0)}
    workspace.do(lambda found: arrangement.distribute(found.case, 1, [1, 2, 3, 4], "across", wide))
    order = sorted((x, wide[item]) for item, (x, _y) in zip(wide, at(workspace), strict=True))
    gaps = [right[0] - right[1][0] - left[0] - left[1][0] for left, right in pairwise(order)]
    assert gaps == pytest.approx([gaps[0]] * 3)
    assert (order[0][0], order[-1][0]) == (0.0, 250.0)


def test_a_stack_is_a_column_without_overlap(workspace: Workspace) -> None:
    workspace.do(lambda found: arrangement.stack(found.case, 1, [1, 2, 3, 4]))
    assert at(workspace) == [(0.0, 0.0), (0.0, 70.0), (0.0, 140.0), (0.0, 210.0)]


def test_the_grid(workspace: Workspace) -> None:
    workspace.do(lambda found: charts.pin(found.case, 1, [4]))
    workspace.do(lambda found: arrangement.snap(found.case, 1, [1, 2, 3, 4], 30.0))
    assert at(workspace) == [(0.0, 0.0), (90.0, 30.0), (240.0, 90.0), (40.0, 300.0)]


def test_too_few_items_are_refused_in_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(Refusal, match="at least 2"):
        arrangement.align(workspace.case, 1, [1, 5], "left")
