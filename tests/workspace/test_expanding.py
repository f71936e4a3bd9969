"""Expanding: by which links, when, at most how many; and what is said of a hub."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.model.items import Direction
from ewglink.workspace.arranging import add_to_chart
from ewglink.workspace.commands.charts import create_chart
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.expanding import Wanted, held_within, hubs, near, summarise
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def hub(tmp_path: Path) -> tuple[Workspace, dict[str, int]]:
    """A harbour that six ships called at, one of them twice; two firms own two of the ships."""
    workspace = Workspace.create(tmp_path / "case.ewg", "Harbour")
    ids = {}
    for kind, name in (("location", "Harbour"), *(("vessel", f"Ship {n}") for n in range(6)), ("organization", "Firm")):
        changeset, ids[name] = add_entity(workspace.case, kind, name)
        workspace.do(changeset)
    for n in range(6):
        workspace.do(add_link(workspace.case, "located_at", ids[f"Ship {n}"], ids["Harbour"], start=f"202{n}-05-01",
                              direction=Direction.FORWARD)[0])
    workspace.do(add_link(workspace.case, "located_at", ids["Ship 3"], ids["Harbour"])[0])
    workspace.do(add_link(workspace.case, "owns", ids["Firm"], ids["Harbour"], direction=Direction.FORWARD)[0])
    workspace.do(create_chart(workspace.case, "One")[0])
    workspace.do(lambda found: add_to_chart(found, 1, [ids["Harbour"]]))
    return workspace, ids


def test_conditions_choose_among_neighbours(hub: tuple[Workspace, dict[str, int]]) -> None:
    workspace, ids = hub
    found = near(workspace, [ids["Harbour"]])
    assert len(found) == 8
    assert Wanted(most=2).chosen(found) == [ids["Ship 3"], ids["Ship 0"]]
    assert Wanted(frozenset({"owns"})).chosen(found) == [ids["Firm"]]
    assert Wanted(types=frozenset({"organization"}), way="out").chosen(found) == []
    within = held_within(workspace, {one.link for one in found}, "2021-05", "2022")
    assert Wanted(dated=within).chosen(found) == [ids["Ship 1"], ids["Ship 2"]]


def test_a_hub_is_summarised_in_one_step_that_can_be_undone(hub: tuple[Workspace, dict[str, int]]) -> None:
    workspace, ids = hub
    found = near(workspace, [ids["Harbour"]])
    large = hubs(found, 5)
    assert large == {ids["Harbour"]: 7}
    assert hubs(found, 7) == {}
    workspace.do(lambda case: summarise(case, 1, found, large))
    text = workspace.chart_content(1).annotations[0]["text"].split("\n")
    assert text[0] == "Harbour: 7 neighbours are not shown"
    assert text[1].startswith("7 × ")
    workspace.undo()
    assert workspace.chart_content(1).annotations == []
