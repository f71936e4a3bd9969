"""Formats that anything may look like take nothing from those that know better, and stay whole whatever is fed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS, Problem, Row
from ewglink.model.refusal import Refusal

MINE = ("json", "xml", "pajek", "dot", "sif", "matrix", "edge_list", "neo4j")
SEEDS = {
    "json": b'{"a": [{"id": 1, "in": [{"k": "v"}], "t": ["x", "y"]}, {"id": 2.5e3}], "b": null}',
    "xml": b'<l a="1"><p i="1"><n>x</n><n>y</n></p><p i="2"/><!-- c --><q>t</q></l>',
    "pajek": b'*Vertices 3 1\n1 "a" 0.1 0.2\n2 "b"\n*Arcs :1 "r"\n1 2 3 l "x"\n*Matrix\n0 1 0\n*Edgeslist\n1 2\n',
    "dot": b'strict digraph "g" { node [a="b"]; a:p -> {b; subgraph cluster_x {c}} [pos="1,2", l=<<b>x</b>>] /* c */ }',
    "sif": b"a pp b c\nd\nx\ty\tz\n",
    "matrix": b",A,B\nA,0,1.5\nB,x,0\n",
    "edge_list": b'# c\na b 1\nb c {"w": 2}\nc "d e" 3\n',
    "neo4j": b":START_ID(A),:END_ID,:TYPE,n:int[]\n1,2,T,1;2\n3,4,U,\n",
}  # fmt: skip


def written(tmp_path: Path, content: str | bytes, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("people.csv", "name,city\nAna,León\nBob,Paris\n", "csv"),
        ("payments.csv", "from,to,amount\nAna,Bob,5\nBob,Ana,7\nAna,Eve,2\n", "csv"),
        ("payments.txt", "from to amount\nAna Bob 5\nBob Ana 7\nAna Eve 2\n", "csv"),
        ("calls.csv", "555-0100,555-0101,20\n555-0101,555-0100,30\n555-0100,555-0102,4\n", "csv"),
        ("measures.csv", "1.5,2.5\n2.5,3.5\n3.5,1.5\n1.5,3.5\n", "csv"),
        ("table.csv", "site,lead,zinc\nA,1,2\nB,3,4\nC,5,6\n", "csv"),
        ("dates.csv", "time:stamp,a:b\n12:00,1:2\n", "csv"),
        ("pipes.txt", "id|name\n1|Ana\n2|Bob\n", "csv"),
        ("words.txt", "hello world\nlorem ipsum dolor\nsit amet\n", "csv"),
        ("edges.txt", "a b\nb c\nc a\nd a\n", "edge_list"),
        ("edges.tsv.edges", "a\tb\nb\tc\n", "edge_list"),
        ("graph.txt", "# nodes\n1 2\n2 3\n3 1\n", "edge_list"),
        ("square.csv", ",A,B,C\nA,0,1,0\nB,1,0,1\nC,0,1,0\n", "matrix"),
        ("square.txt", "A B C\nA 0 1 0\nB 1 0 1\nC 0 1 0\n", "matrix"),
        ("nodes.csv", "id:ID,name,:LABEL\n1,Ana,Person\n", "neo4j"),
        ("x.sif", "a pp b\nb pp c\n", "sif"),
        ("x.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n", "pajek"),
        ("x.gv", "graph { a -- b }", "dot"),
        ("x.json", '{"a": [{"b": 1}]}', "json"),
        ("x.ndjson", '{"a": 1}\n{"a": 2}\n', "json"),
        ("x.xml", "<a><b/><b/></a>", "xml"),
    ],
)
def test_each_file_is_what_its_content_says(tmp_path: Path, name: str, content: str, wanted: str) -> None:
    assert sniff.recognise(written(tmp_path, content, name)).format == wanted


def test_no_table_of_the_samples_is_taken_for_a_graph(samples: Path) -> None:
    tables = [path for folder in ("nasty", "sanctions", "ais", "codes") for path in (samples / folder).rglob("*")
              if path.suffix in (".csv", ".txt", ".tsv") and path.read_bytes().strip()]  # fmt: skip
    assert len(tables) > 50
    for path in tables:
        assert sniff.recognise(path).format not in MINE, path.name


def test_formats_that_know_their_json_come_first(samples: Path) -> None:
    for path in (samples / "emanifest/usepa_examples").glob("*.json"):
        assert sniff.recognise(path).format == "emanifest"


def taken(key: str, path: Path) -> list[object]:
    """All that a format says of a file; a refusal as its sentence."""
    member = FORMATS.get(key)
    said: list[object] = []
    try:
        for part in member.parts(path, member.options()):
            for one in member.read(path, member.options(), part.name):
                assert isinstance(one, (Row, Problem))
                assert not isinstance(one, Row) or len(one.cells) == len(part.columns)
                assert one.raw is None or one.raw.encode("utf-8") is not None
                said.append(one)
    except Refusal as refused:
        said.append(str(refused))
    return said


@pytest.mark.parametrize("key", MINE)
@given(data=st.data())
@settings(max_examples=60)
def test_damaged_files_are_read_or_refused(
    key: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    seed = SEEDS[key]
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(seed)))
        to = data.draw(st.integers(at, min(len(seed), at + 12)))
        seed = seed[:at] + data.draw(st.binary(max_size=6) | st.just(seed[at:to] * 3)) + seed[to:]
    path = tmp_path_factory.mktemp("damaged") / f"x.{key}"
    path.write_bytes(seed or b" ")
    FORMATS.get(key).recognise(path, path.read_bytes())
    taken(key, path)


@pytest.mark.parametrize("key", MINE)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "utf-32", "cp500"])
def test_other_encodings_are_read_or_refused(tmp_path: Path, key: str, encoding: str) -> None:
    path = written(tmp_path, SEEDS[key].decode().encode(encoding), f"x.{key}")
    said = taken(key, path)
    if encoding != "cp500" and key != "xml":
        assert sum(isinstance(one, Row) for one in said) == sum(
            isinstance(one, Row) for one in taken(key, written(tmp_path, SEEDS[key], f"y.{key}")))  # fmt: skip


@pytest.mark.parametrize("key", MINE)
@pytest.mark.parametrize("filler", ["\0", "(", "[", "{", "<a>", '"', "a,", "a ", "\\", "*", "/*", "#", "\n"])
def test_much_of_anything_ends_soon(tmp_path: Path, key: str, filler: str) -> None:
    much = (filler * (1 << 17))[: 1 << 17].encode()
    for content in (much, SEEDS[key] + much):
        path = written(tmp_path, content, f"x.{key}")
        FORMATS.get(key).recognise(path, content[: sniff.HEAD])
        assert len(taken(key, path)) < 300_000


def test_what_a_cell_of_json_holds_is_never_lost(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps([{"a": {"b": [1, [2, {"c": 3}]]}, "a.b": 4}]), "x.json")
    (row,) = [one for one in taken("json", path) if isinstance(one, Row)]
    assert row.cells == ('1;[2, {"c": 3}];4',)
