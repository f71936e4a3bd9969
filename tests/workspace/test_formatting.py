"""Styles of single items, grey, annotations: what is asked for is kept, and undo leaves nothing behind on the chart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ewglink.drawing.content import GREYED
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import annotations, charts, formatting, items
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Two entities (1, 2) and a link between them (3) on chart 1."""
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        for label in "AB":
            made.do(lambda found, label=label: items.add_entity(found.case, "person", label)[0])
        made.do(lambda found: items.add_link(found.case, "knows", 1, 2)[0])
        made.do(lambda found: charts.create_chart(found.case, "C")[0])
        made.do(lambda found: charts.place(found.case, 1, [1, 2], np.array([(0.0, 0.0), (200.0, 0.0)])))
        yield made


def test_a_setting_joins_those_an_item_has(workspace: Workspace) -> None:
    workspace.do(lambda found: formatting.format_items(found.case, 1, [1], {"size": 2.0}))
    workspace.do(lambda found: formatting.format_items(found.case, 1, [1, 2], {"frame": "#D55E00"}))
    content = workspace.chart_content(1)
    assert content.styles == {0: {"size": 2.0, "frame": "#D55E00"}, 1: {"frame": "#D55E00"}}
    workspace.do(lambda found: formatting.format_items(found.case, 1, [1, 2], {"frame": None}))
    assert workspace.chart_content(1).styles == {0: {"size": 2.0}}
    workspace.do(lambda found: formatting.clear_format(found.case, 1, [1, 2]))
    assert workspace.chart_content(1).styles == {}


def test_a_link_has_a_look_without_having_a_place(workspace: Workspace) -> None:
    workspace.do(lambda found: formatting.format_items(found.case, 1, [3], {"colour": "#0072B2", "width": 4.0}))
    content = workspace.chart_content(1)
    assert content.link_styles == {0: {"colour": "#0072B2", "width": 4.0}}
    assert content.entity_ids.tolist() == [1, 2]
    workspace.do(lambda found: formatting.clear_format(found.case, 1, [3]))
    assert workspace.case.charts.placements(1).items.tolist() == [1, 2]


def test_one_style_serves_all_that_look_alike(workspace: Workspace) -> None:
    workspace.do(lambda found: formatting.format_items(found.case, 1, [1, 2], {"size": 3.0}))
    assert len(workspace.case.charts.styles()) == 1
    workspace.do(lambda found: formatting.format_items(found.case, 1, [1, 2], {"size": 3.0}))
    assert workspace.can_undo is not None
    workspace.undo()
    assert workspace.case.charts.styles() == {}


def test_grey_and_not(workspace: Workspace) -> None:
    workspace.do(lambda found: formatting.grey(found.case, 1, [1]))
    assert (workspace.chart_content(1).flags & GREYED > 0).tolist() == [True, False]
    workspace.do(lambda found: formatting.ungrey_all(found.case, 1))
    assert not (workspace.chart_content(1).flags & GREYED).any()


def test_an_annotation_is_added_moved_resized_and_deleted(workspace: Workspace) -> None:
    made, number = annotations.add_annotation(workspace.case, 1, "rectangle",
                                              annotations.body_of("rectangle", (90.0, 50.0, 10.0, 20.0)))
    workspace.do(made)
    assert workspace.case.charts.annotations(1) == [
        {"id": number, "kind": "rectangle", "x": 10.0, "y": 20.0, "width": 80.0, "height": 30.0}]
    workspace.do(lambda found: annotations.move_annotation(found.case, number, 5.0, -5.0))
    workspace.do(lambda found: annotations.change_annotation(found.case, number, {"text": "Yard"}))
    (now,) = workspace.case.charts.annotations(1)
    assert (now["x"], now["y"], now["text"]) == (15.0, 15.0, "Yard")
    workspace.do(lambda found: annotations.resize_annotation(found.case, number, (0.0, 0.0, 3.0, 50.0)))
    (now,) = workspace.case.charts.annotations(1)
    assert (now["width"], now["height"], now["text"]) == (8.0, 50.0, "Yard")
    workspace.do(lambda found: annotations.delete_annotations(found.case, [number]))
    assert workspace.case.charts.annotations(1) == []
    for _step in range(5):
        workspace.undo()
    assert workspace.case.charts.annotations(1) == []


def test_a_line_moves_with_both_its_ends(workspace: Workspace) -> None:
    body = annotations.body_of("arrow", (0.0, 0.0, 30.0, 40.0))
    made, number = annotations.add_annotation(workspace.case, 1, "arrow", body)
    workspace.do(made)
    workspace.do(lambda found: annotations.move_annotation(found.case, number, 1.0, 2.0))
    (now,) = workspace.case.charts.annotations(1)
    assert (now["x"], now["y"], now["x2"], now["y2"]) == (1.0, 2.0, 31.0, 42.0)


def test_a_text_without_words_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refusal):
        annotations.add_annotation(workspace.case, 1, "text", {"x": 0.0, "y": 0.0, "text": "  "})
