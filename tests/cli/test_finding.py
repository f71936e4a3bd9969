"""Searching and listing by query in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.workspace.commands.queries import save_query
from ewglink.workspace.workspace import Workspace
from tests.cli.terminal import Terminal


def test_a_search_in_rows_names_file_row_and_items(ewglink: Terminal, case: Path) -> None:
    said = ewglink("search", case, "villalobos", "--rows", "--json")
    assert said.code == 0
    assert said.data["total"] == len(said.data["hits"]) > 0
    for hit in said.data["hits"]:
        assert set(hit) == {"record", "source", "part", "row", "excerpt", "items"}
        assert "illalobos" in hit["excerpt"].casefold()
        assert hit["items"]
    assert ewglink("search", case, "villalobos", "--rows").code == 0
    assert ewglink("search", case, "nobodyatall", "--rows", "--json").data == {"total": 0, "hits": []}


def test_a_list_by_query_and_by_its_saved_name(ewglink: Terminal, case: Path) -> None:
    query = "type=person AND linked(by=director_of)"
    said = ewglink("list", case, "entities", "--items", query, "--json")
    assert said.code == 0 and 0 < said.data["total"] < 12
    assert {row["type"] for row in said.data["rows"]} == {"person"}
    with Workspace.open(case) as workspace:
        workspace.do(save_query(workspace.case, "Directors", query))
    again = ewglink("list", case, "entities", "--items", "Directors", "--json")
    assert again.data["rows"] == said.data["rows"]
    kept = ewglink("list", case, "queries", "--json")
    assert kept.data["rows"] == [{"name": "Directors", "query": query}]
    charted = ewglink("chart", case, "Directors", "--items", "Directors", "--json")
    assert charted.data["entities"] == said.data["total"]


@pytest.mark.parametrize(("query", "words"), [("type=person AND (name~x", "character 17"), ("type=nothing", "nothing")])
def test_what_cannot_be_read_is_refused_with_its_place(ewglink: Terminal, case: Path, query: str, words: str) -> None:
    said = ewglink("list", case, "entities", "--items", query)
    assert said.code == 1
    assert words in said.err


def test_items_go_with_entities_only(ewglink: Terminal, case: Path) -> None:
    assert ewglink("list", case, "links", "--items", "type=person").code == 2
