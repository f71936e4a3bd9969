"""A chart arranged: what is new finds room, what stands stays, and a layout is one step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from ewglink.layouts.contract import LAYOUTS
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace import arranging, questions
from ewglink.workspace.commands import charts, items
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def _add(workspace: Workspace, *labels: str) -> list[int]:
    made = []
    for label in labels:
        changeset, item = items.add_entity(workspace.case, "person", label)
        workspace.do(changeset)
        made.append(item)
    return made


def _chart(workspace: Workspace) -> int:
    changeset, chart = charts.create_chart(workspace.case, "Who knows whom")
    workspace.do(changeset)
    return chart


def _where(workspace: Workspace, chart: int) -> dict[int, tuple[float, float]]:
    placed = workspace.case.charts.placements(chart)
    return dict(zip(placed.items.tolist(), map(tuple, placed.xy.tolist()), strict=True))


def _star(workspace: Workspace) -> tuple[int, list[int]]:
    people = _add(workspace, "Ana", "Bo", "Cy", "Di", "Ed")
    for other in people[1:]:
        workspace.do(items.add_link(workspace.case, "associate_of", people[0], other)[0])
    chart = _chart(workspace)
    workspace.do(arranging.add_to_chart(workspace, chart, people))
    return chart, people


def _crossed_square(workspace: Workspace) -> tuple[int, list[int]]:
    """Five who all know each other, four of them at the corners of a square; some with a date and a place."""
    chart, people = _star(workspace)
    for a, b in combinations(people[1:], 2):
        workspace.do(items.add_link(workspace.case, "associate_of", a, b, start="2024-03-01")[0])
    for number, person in enumerate(people[:4]):
        workspace.do(items.set_property(workspace.case, person, "latitude", 40.0 + number))
        workspace.do(items.set_property(workspace.case, person, "longitude", -70.0 - number))
    corners = np.array([[0, 0], [900, 900], [600, 0], [600, 600], [0, 600]], float)
    workspace.do(charts.move(workspace.case, chart, people, corners))
    return chart, people


def test_new_items_are_placed_around_what_stands_and_move_nothing(workspace: Workspace) -> None:
    chart, people = _star(workspace)
    before = _where(workspace, chart)
    assert set(before) == set(people)
    assert len(set(before.values())) == len(people)
    new = _add(workspace, "Flo", "Gil")
    workspace.do(items.add_link(workspace.case, "associate_of", people[1], new[0])[0])
    workspace.do(arranging.add_to_chart(workspace, chart, [*people, *new]))
    after = _where(workspace, chart)
    assert {item: after[item] for item in people} == before
    assert len(set(after.values())) == len(people) + 2
    assert workspace.do(arranging.add_to_chart(workspace, chart, new)) is None


def test_an_item_goes_where_it_is_put(workspace: Workspace) -> None:
    chart, _people = _star(workspace)
    new = _add(workspace, "Flo")
    workspace.do(arranging.add_to_chart(workspace, chart, new, at=(1234.0, -99.0)))
    assert _where(workspace, chart)[new[0]] == (1234.0, -99.0)


@pytest.mark.parametrize("key", LAYOUTS.keys())
def test_a_layout_is_one_step_that_leaves_the_pinned_and_the_hidden(workspace: Workspace, key: str) -> None:
    chart, people = _crossed_square(workspace)
    workspace.do(charts.pin(workspace.case, chart, people[:1]))
    workspace.do(charts.hide(workspace.case, chart, people[1:2]))
    before = _where(workspace, chart)
    steps = len(workspace.case.stacks().undo)
    result = finish(arranging.lay_out(workspace, chart, key))
    assert result is not None
    workspace.do(arranging.arranged(workspace, chart, key, result))
    after = _where(workspace, chart)
    assert after != before
    assert after[people[0]] == before[people[0]]
    assert after[people[1]] == before[people[1]]
    assert len(workspace.case.stacks().undo) == steps + 1
    workspace.undo()
    assert _where(workspace, chart) == before


def test_a_layout_of_some_leaves_the_rest(workspace: Workspace) -> None:
    chart, people = _star(workspace)
    before = _where(workspace, chart)
    result = finish(arranging.lay_out(workspace, chart, "circle", only=people[2:]))
    assert result is not None
    workspace.do(arranging.arranged(workspace, chart, "circle", result))
    after = _where(workspace, chart)
    assert {item: after[item] for item in people[:2]} == {item: before[item] for item in people[:2]}
    assert np.allclose(
        np.mean([after[item] for item in people[2:]], axis=0), np.mean([before[item] for item in people[2:]], axis=0)
    )


def test_an_unknown_layout_is_refused_with_those_there_are(workspace: Workspace) -> None:
    chart, _people = _star(workspace)
    with pytest.raises(Refusal) as refusal:
        finish(arranging.lay_out(workspace, chart, "spaghetti"))
    assert "force" in str(refusal.value)


def test_an_item_is_named_by_number_or_label_and_an_ambiguous_label_is_refused(workspace: Workspace) -> None:
    ana, bo, other = _add(workspace, "Ana", "Bo", "Ana")
    assert questions.find_item(workspace, str(bo)).id == bo
    assert questions.find_item(workspace, "Bo").id == bo
    with pytest.raises(questions.Ambiguous) as refusal:
        questions.find_item(workspace, "Ana")
    assert [ref.id for ref in refusal.value.candidates] == [ana, other]
    with pytest.raises(Refusal) as missing:
        questions.find_item(workspace, "Zed")
    assert missing.value.code == "no_such_item"


def test_paths_follow_links_made_by_hand(workspace: Workspace) -> None:
    chart, people = _star(workspace)
    found = questions.find_paths(workspace, people[1], people[4])
    assert [path.items for path in found.paths] == [(people[1], people[0], people[4])]
    workspace.do(items.delete_items(workspace.case, [people[0]]))
    assert questions.find_paths(workspace, people[1], people[4]).paths == ()
    assert chart in [one.id for one in workspace.case.charts.listed()]


def test_the_chart_speaks_its_own_language(workspace: Workspace) -> None:
    chart, _people = _star(workspace)
    assert workspace.chart_content(chart).type_names["person"] == "Person"
    assert workspace.chart_content(chart, "es").type_names["person"] == "Persona"
    workspace.do(charts.set_up_chart(workspace.case, chart, {"language": "fr"}))
    content = workspace.chart_content(chart)
    assert (content.language, content.type_names["person"]) == ("fr", "Personne")


def test_an_export_does_not_change_what_the_title_block_says(workspace: Workspace) -> None:
    chart, people = _star(workspace)
    before = workspace.chart_content(chart).facts
    workspace.case.record_event("exported", {"file": "a.pdf"})
    assert workspace.chart_content(chart).facts == before
    workspace.do(items.rename(workspace.case, people[0], "Anna"))
    assert workspace.chart_content(chart).facts != before
