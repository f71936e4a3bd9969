"""`match`, `merge` and `unmerge` as a script uses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

REF = {"id", "kind", "type", "label", "identity"}


@pytest.fixture
def own(case: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(case, tmp_path / "own.ewg"))


def test_match(ewglink: Terminal, case: Path) -> None:
    said = ewglink("match", case, "--json")
    assert said.code == 0 and set(said.data) == {"pairs"}
    pairs = said.data["pairs"]
    assert all(set(pair) == {"a", "b", "score", "for", "against"} and set(pair["a"]) == REF for pair in pairs)
    assert {(pair["a"]["label"], pair["b"]["label"]) for pair in pairs} >= {
        ("Fundidora Baja Pacífico, S. de R.L. de C.V.", "Fundidora Baja Pacifico SRL de CV"),
        ("Frontera Metals Brokerage, LLC", "FRONTERA METALS BROKERAGE L.L.C."),
        ("Marie-Ève Gagné", "Gagne, Marie-Eve")}
    assert [(-pair["score"], pair["a"]["id"]) for pair in pairs] == sorted(
        (-pair["score"], pair["a"]["id"]) for pair in pairs)
    assert all("code" in one for pair in pairs for one in pair["for"] + pair["against"])
    persons = ewglink("match", case, "--type", "person", "--least", "0.9", "--json").data["pairs"]
    assert persons and all(pair["a"]["type"] == "person" and pair["score"] >= 0.9 for pair in persons)
    assert ewglink("match", case).code == 0


@pytest.mark.parametrize("wrong", [("--type", "nonsense"), ("--least", "7")])
def test_match_refuses(ewglink: Terminal, case: Path, wrong: tuple[str, str]) -> None:
    assert ewglink("match", case, *wrong, "--json").code == 1


def test_merge_and_unmerge(ewglink: Terminal, own: Path) -> None:
    before = ewglink("info", own, "--json").data["entities"]["organization"]
    said = ewglink("merge", own, "case:P08", "case:P18", "--json")
    assert said.code == 0
    assert said.data["item"]["identity"] == "case:P08"
    assert [ref["identity"] for ref in said.data["merged_from"]] == ["case:P18"]
    assert ewglink("info", own, "--json").data["entities"]["organization"] == before - 1
    shown = ewglink("show", own, "case:P18", "--json").data
    assert shown["item"]["identity"] == "case:P08"
    assert [ref["identity"] for ref in shown["merged_from"]] == ["case:P18"]
    assert shown["properties"]["name"]["value"] == "Fundidora Baja Pacífico, S. de R.L. de C.V."
    assert {one["value"] for one in shown["statements"] if one["property"] == "name"} == {
        "Fundidora Baja Pacífico, S. de R.L. de C.V.", "Fundidora Baja Pacifico SRL de CV"}
    apart = ewglink("unmerge", own, "case:P18", "--json")
    assert apart.code == 0 and [ref["identity"] for ref in apart.data["apart"]] == ["case:P18"]
    assert ewglink("info", own, "--json").data["entities"]["organization"] == before
    assert ewglink("unmerge", own, "case:P18").code == 1
    assert ewglink("verify", own).code == 0


def test_into_names_the_survivor(ewglink: Terminal, own: Path) -> None:
    said = ewglink("merge", own, "case:P08", "--into", "case:P18", "--json")
    assert said.data["item"]["identity"] == "case:P18"
    assert ewglink("undo", own).code == 0
    assert ewglink("merge", own, "case:P08", "--json").code == 1
    assert ewglink("merge", own, "case:P08", "case:N01", "--json").code == 1
