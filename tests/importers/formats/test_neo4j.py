"""Neo4j's tables: nodes and relationships joined over groups of ids, alone, side by side and in a ZIP."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.importers import sniff
from ewglink.importers.contract import Problem
from ewglink.importers.formats.neo4j import MEMBER, Neo4jOptions
from ewglink.importers.graph_file import Element, GraphAttribute, GraphEdge, GraphNode
from ewglink.model.refusal import Refusal

PERSONS = """personId:ID(P),name,:LABEL,born:int,tags:string[],ok:boolean,zip,left:IGNORE
1,Ana,Person;Boss,1970,a;b,true,00123,x
2,"Bob, Jr",Person,x,,false,1,
,none,Person,,,,,
"""
KNOWS = """:START_ID(P),:END_ID(P),:TYPE,since:date,share:double
1,2,KNOWS,2001-02-03,0.5
1,9,KNOWS,,
1,2,KNOWS,2001-02-03,1,extra
"""


def written(tmp_path: Path, **files: str) -> Path:
    """The files in a folder; the path of the last."""
    path = tmp_path
    for name, content in files.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(content, "utf-8", newline="")
    return path


def packed(tmp_path: Path, files: dict[str, str]) -> Path:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(name, content)
    return path


def elements(path: Path, **options: Any) -> list[Element]:
    return list(MEMBER.elements(path, Neo4jOptions(**options)))


def nodes(found: list[Element]) -> list[GraphNode]:
    return [one for one in found if isinstance(one, GraphNode)]


def edges(found: list[Element]) -> list[GraphEdge]:
    return [one for one in found if isinstance(one, GraphEdge)]


def problems(found: list[Element]) -> list[Problem]:
    return [one for one in found if isinstance(one, Problem)]


def test_rows_are_those_a_spreadsheet_shows(tmp_path: Path) -> None:
    found = elements(written(tmp_path, knows=KNOWS.replace("1,9", "\n1,9")))
    told = [one.row for one in found if isinstance(one, Problem)]
    assert [one.no for one in edges(found)] == [2, 4]
    assert told == [5]


def test_nodes_have_their_group_type_and_typed_values(tmp_path: Path) -> None:
    found = elements(written(tmp_path, persons=PERSONS))
    assert [(one.id, one.type, one.values) for one in nodes(found)] == [
        ("P:1", "Person", {"personId": "1", "name": "Ana", "born": 1970, "tags": ["a", "b"], "ok": True, "zip": "00123",
                           "labels": ["Person", "Boss"]}),
        ("P:2", "Person", {"personId": "2", "name": "Bob, Jr", "born": "x", "ok": False, "zip": "1"}),
    ]  # fmt: skip
    assert {one.name: one.kind for one in found if isinstance(one, GraphAttribute)} == {
        "name": "text", "born": "integer", "tags": "list", "ok": "boolean", "zip": "text"}  # fmt: skip
    assert [(one.line, one.code, one.rejected) for one in problems(found)] == [(4, "no_id", True)]


def test_relationships_take_the_nodes_of_the_folder_along_and_say_so(tmp_path: Path) -> None:
    path = written(tmp_path, persons=PERSONS, ports="id:ID(X)\n1\n", other="a,b\n1,2\n", knows=KNOWS)
    found = elements(path)
    assert [one.id for one in nodes(found)] == ["P:1", "P:2"]
    assert [(one.source, one.target, one.type, one.directed, one.values) for one in edges(found)] == [
        ("P:1", "P:2", "KNOWS", True, {"since": "2001-02-03", "share": 0.5}),
        ("P:1", "P:9", "KNOWS", True, {}),
    ]
    assert [(one.code, one.rejected) for one in problems(found)] == [
        ("taken_along", False), ("no_id", True), ("wrong_width", True)]  # fmt: skip
    assert MEMBER.companions(path, Neo4jOptions()) == [tmp_path / "persons.csv"]
    assert nodes(elements(path, beside=False)) == []


def test_an_archive_joins_all_its_tables_and_headings_of_their_own(tmp_path: Path) -> None:
    path = packed(tmp_path, {
        "import/knows.csv": KNOWS, "import/persons.csv": PERSONS, "ship-header.csv": "imo:ID(S),:LABEL",
        "ship-part1.csv": "9307839,Ship\n", "ship-part2.csv": "9074729,Ship\n", "readme.md": "x",
    })  # fmt: skip
    found = elements(path)
    assert [one.id for one in nodes(found)] == ["P:1", "P:2", "S:9307839", "S:9074729"]
    assert len(edges(found)) == 2
    assert sniff.recognise(path).format == "neo4j"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_cells_may_hold_lines_quotes_and_marks(tmp_path: Path, mark: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=mark)
    writer.writerow(["id:ID", "note"])
    writer.writerow(["1", f'two\nlines "quoted" {mark} end'])
    writer.writerow(["2", "plain"])
    found = elements(written(tmp_path, n=stream.getvalue()))
    assert [(one.id, one.line, one.values["note"]) for one in nodes(found)] == [
        ("1", 2, f'two\nlines "quoted" {mark} end'), ("2", 4, "plain")]  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["id,name", "time:stamp,b", "ID,LABEL", "a:b:c,d", ":LABEL,name", "", ":START_ID,b", "valid:IDENTITY,x"]
)
def test_other_headings_are_not_its_own(tmp_path: Path, heading: str) -> None:
    path = written(tmp_path, n=f"{heading}\n1,2\n")
    assert MEMBER.recognise(path, path.read_bytes()).confidence == 0.0
    with pytest.raises(Refusal) as refused:
        elements(path)
    assert refused.value.code == "no_neo4j_table"


def test_an_archive_that_unpacks_to_more_than_is_read_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, {"n.csv": "id:ID,x\n" + "0,1\n" * (1 << 20)})
    with pytest.raises(Refusal) as refused:
        elements(path)
    assert refused.value.code == "zip_bomb"


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        elements(written(tmp_path, n="id:ID,x\n" + "0" * (40 << 20)))
    assert refused.value.code == "line_too_long"


_cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=10)
_ids = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8)


@given(st.lists(_ids, min_size=1, max_size=8, unique=True), st.data())
def test_an_archive_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    notes = data.draw(st.lists(_cells, min_size=len(names), max_size=len(names)))
    links = data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names), _cells), max_size=10))
    left, right = io.StringIO(), io.StringIO()
    csv.writer(left).writerows([["id:ID(G)", "note", ":LABEL"], *zip(names, notes, ["T"] * len(names), strict=True)])
    rows = [(a, b, "K", text) for a, b, text in links]
    csv.writer(right).writerows([(":START_ID(G)", ":END_ID(G)", ":TYPE", "note"), *rows])
    path = packed(tmp_path_factory.mktemp("neo4j"), {"e.csv": right.getvalue(), "n.csv": left.getvalue()})
    found = elements(path)
    assert problems(found) == []
    assert [(one.id, one.type, one.values.get("note", "")) for one in nodes(found)] == [
        (f"G:{name}", "T", note) for name, note in zip(names, notes, strict=True)]  # fmt: skip
    assert [(one.source, one.target, one.type, one.values.get("note", "")) for one in edges(found)] == [
        (f"G:{a}", f"G:{b}", "K", note) for a, b, note in links]  # fmt: skip
