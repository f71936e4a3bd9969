"""Bringing to the front and sending to the back is one step that undo takes back, for items and annotations alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ewglink.workspace.commands import annotations, charts, items
from ewglink.workspace.commands.stacking import restack
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two entities (1, 2), a link between them (3) and a rectangle (1) on chart 1."""
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        for label in "AB":
            made.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        made.do(lambda found: items.add_link(found.case, "knows", 1, 2)[0])
        made.do(lambda found: charts.create_chart(found.case, "C")[0])
        made.do(lambda found: charts.place(found.case, 1, [1, 2], np.array([(0.0, 0.0), (200.0, 0.0)])))
        box = {"x": 0, "y": 0, "width": 50, "height": 50}
        made.do(lambda found: annotations.add_annotation(found.case, 1, "rectangle", box)[0])
        yield made


def stacked(workspace: Workspace) -> tuple[dict[int, int], dict[int, int], list[int]]:
    content = workspace.chart_content(1)
    return ({row: style["stack"] for row, style in content.styles.items()},
            {row: style["stack"] for row, style in content.link_styles.items()},
            [body.get("stack", 0) for body in content.annotations])


def test_each_goes_in_front_of_all_before(workspace: Workspace) -> None:
    workspace.do(lambda found: restack(found.case, 1, [1], [], 1))
    workspace.do(lambda found: restack(found.case, 1, [3], [1], 1))
    workspace.do(lambda found: restack(found.case, 1, [2], [], -1))
    assert stacked(workspace) == ({0: 1, 1: -1}, {0: 2}, [2])
    workspace.do(lambda found: restack(found.case, 1, [1], [], 1))
    assert stacked(workspace)[0] == {0: 3, 1: -1}
    for _time in range(4):
        workspace.undo()
    assert stacked(workspace) == ({}, {}, [0])
    assert workspace.case.charts.placements(1).items.tolist() == [1, 2]
    for _time in range(3):
        workspace.redo()
    assert stacked(workspace) == ({0: 1, 1: -1}, {0: 2}, [2])


def test_what_is_alone_in_front_stays_and_comes_back_among_the_others(workspace: Workspace) -> None:
    workspace.do(lambda found: restack(found.case, 1, [1, 2], [1], 1))
    assert not restack(workspace.case, 1, [1, 2], [1], 1).changes
    workspace.do(lambda found: restack(found.case, 1, [1, 2], [1], 0))
    assert stacked(workspace) == ({}, {}, [0])
