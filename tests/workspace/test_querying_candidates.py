"""Conditions that the database narrows first find what looking at every value finds."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator

import pytest

from ewglink.model.progress import finish
from ewglink.store import querying as asked
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.conditions import Compare
from ewglink.workspace.querying import entities_where
from ewglink.workspace.value_tests import holds_for
from ewglink.workspace.workspace import Workspace

LETTERS = list("aAeEsS1") + list("ßéÅıłﬁＡ²бИ王") + list(" .:-%_'\\\"/")
SPEC = {"ewglink_spec": 1, "name": "said", "namespace": "said", "entities": {"one": {
    "type": "person", "key": "Key", "label": "Key", "properties": {"note": "Remark"}}}, "links": []}


def _text(source: random.Random) -> str:
    return "".join(source.choice(LETTERS) for _sign in range(source.randint(1, 7))).strip() or "a"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict[int, str]]]:
    """Four hundred people with remarks and keys in letters of all kinds; and their remarks."""
    folder, source = tmp_path_factory.mktemp("said"), random.Random(5)
    with (folder / "said.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Key", "Remark"])
        rows.writerows([[f"{_text(source)}{number}", _text(source)] for number in range(400)])
    with Workspace.create(folder / "said.ewg", "Said") as workspace:
        finish(import_files(workspace, [ImportRequest(folder / "said.csv", spec=SPEC)], in_process=True))
        ids = [ref.id for ref in workspace.case.items.listed("entity")]
        remarks = {item: str(value) for item, key, value in workspace.case.items.said(ids) if key == "note"}
        assert len(remarks) > 300
        yield workspace, remarks


def _wanted(remarks: list[str]) -> list[str]:
    source = random.Random(6)
    whole = source.sample(remarks, 20) + [_text(source) for _turn in range(8)] + ["strasse", "ss", "fi", "*", "1"]
    parts = [text[source.randint(0, len(text) - 1):] for text in whole]
    return sorted({one.strip() for one in whole + parts if one.strip()})


@pytest.mark.parametrize("sign", ["=", "~", "^=", "!=", "!~"])
def test_remarks_are_found_as_one_by_one(said: tuple[Workspace, dict[int, str]], sign: str) -> None:
    workspace, remarks = said
    everyone = {ref.id for ref in workspace.case.items.listed("entity")}
    plain = {"!=": "=", "!~": "~"}.get(sign, sign)
    for wanted in _wanted(list(remarks.values())):
        holds = holds_for(Compare("note", plain, (wanted,)))
        expected = {item for item, value in remarks.items() if holds(value)}
        found = finish(entities_where(workspace, Compare("note", sign, (wanted,))))
        assert set(found.tolist()) == (everyone - expected if plain != sign else expected), wanted


@pytest.mark.parametrize("sign", ["=", "~", "^="])
def test_identifiers_are_found_as_one_by_one(said: tuple[Workspace, dict[int, str]], sign: str) -> None:
    workspace, _remarks = said
    named = [row for batch in asked.identifiers(workspace.case) for row in batch]
    assert len(named) >= 400
    for wanted in _wanted([value for _item, _ns, value in named]):
        holds = holds_for(Compare("identifier", sign, (wanted,)))
        expected = {item for item, ns, value in named
                    if holds(value) or (":" in wanted and holds(f"{ns}:{value}"))}
        found = finish(entities_where(workspace, Compare("identifier", sign, (wanted,))))
        assert set(found.tolist()) == expected, wanted


def test_a_walk_over_a_table_can_be_left(said: tuple[Workspace, dict[int, str]]) -> None:
    workspace, _remarks = said
    job = entities_where(workspace, Compare("note", "~", ("a",)))
    next(job)
    job.close()
    assert finish(entities_where(workspace, Compare("type", "=", ("person",)))).size == 400
