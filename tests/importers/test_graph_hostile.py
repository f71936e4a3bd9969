"""Graph files made to do harm, damaged, or in the wrong encoding: one sentence each, in bounded time and memory."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewglink.importers.contract import FORMATS
from ewglink.importers.formats import cytoscapejs, gexf, gml, graphml, xgmml
from ewglink.importers.reader_process import InProcessReader
from ewglink.model.refusal import Refusal

HEAD = "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'>"
NODE = "<graph><node id='a'>{}</node></graph></graphml>"
BOMB = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12))


def refused(folder: Path, member: Any, data: bytes | str, name: str = "") -> str:
    """The code of the refusal of a file, which is one sentence that names it."""
    path = folder / (name or f"bad{member.suffixes[0]}")
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    tracemalloc.start()
    try:
        with pytest.raises(Refusal) as caught:
            for part in member.parts(path, member.options()):
                list(member.read(path, member.options(), part.name))
        assert tracemalloc.get_traced_memory()[1] < 400 << 20
    finally:
        tracemalloc.stop()
    words = str(caught.value)
    assert path.name in words
    assert "\n" not in words
    return caught.value.code


def test_entities_are_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for doctype in (
        f"<!DOCTYPE g [<!ENTITY a0 'ha'>{BOMB}]>",
        f"<!DOCTYPE g [<!ENTITY a12 SYSTEM '{secret.as_uri()}'>]>",
        "<!DOCTYPE g [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'> %x;]>",
        "<!DOCTYPE g [<!ENTITY a12 PUBLIC 'x' 'http://127.0.0.1:9/x'>]>",
    ):
        assert refused(tmp_path, graphml.MEMBER, doctype + HEAD + NODE.format("&a12;")) == "xml_entities"
    outside = "<!DOCTYPE graph SYSTEM 'http://127.0.0.1:9/x.dtd'>" + HEAD + NODE.format("&a12;")
    assert refused(tmp_path, graphml.MEMBER, outside) == "xml_entities"
    assert refused(tmp_path, graphml.MEMBER, HEAD + NODE.format("&a12;")) == "broken_xml"


def test_nesting_attributes_and_children_have_bounds(tmp_path: Path) -> None:
    deep = "<graph><node id='a'>" * 100_000
    assert refused(tmp_path, graphml.MEMBER, HEAD + deep) == "too_much_xml"
    many = " ".join(f"a{n}='1'" for n in range(1_000_000))
    assert refused(tmp_path, graphml.MEMBER, HEAD + f"<graph><node id='a' {many}/></graph></graphml>") == "too_much_xml"
    children = "<data key='k'/>" * 150_000
    assert refused(tmp_path, graphml.MEMBER, HEAD + NODE.format(children)) == "too_much_xml"
    long = "<data key='k'>" + "x" * (17 << 20) + "</data>"
    assert refused(tmp_path, graphml.MEMBER, HEAD + NODE.format(long)) == "too_much_xml"
    assert refused(tmp_path, gml.MEMBER, "graph [ " + "a [ " * 100_000) == "too_deep"
    assert refused(tmp_path, gml.MEMBER, "graph [ node " + "[ a " * 100_000) == "too_deep"
    assert refused(tmp_path, cytoscapejs.MEMBER, '{"elements":' + "[" * 200_000) == "too_deep"


def test_more_attributes_than_columns_are_kept_and_said(tmp_path: Path) -> None:
    path = tmp_path / "many.graphml"
    nodes = "".join(f"<node id='{n}'><data key='k{n}'>v</data></node>" for n in range(3_000))
    path.write_text(f"{HEAD}<graph>{nodes}</graph></graphml>")
    (part, _edges) = graphml.MEMBER.parts(path, graphml.MEMBER.options())
    assert len(part.columns) <= 1024
    problems = [one for one in graphml.MEMBER.read(path, None, "nodes") if not hasattr(one, "cells")]
    assert problems[0].code == "too_many_attributes"


CUT = [
    (graphml.MEMBER, HEAD + "<graph><node id='a'><data key='x'>", "cut_off_file"),
    (graphml.MEMBER, HEAD + "<graph><node id='a'", "cut_off_file"),
    (graphml.MEMBER, HEAD + "<graph><node id='a'/></graf></graphml>", "broken_xml"),
    (gexf.MEMBER, "<gexf><graph><nodes><node id='a' label='x'/>", "cut_off_file"),
    (xgmml.MEMBER, "<graph xmlns='http://www.cs.rpi.edu/XGMML'><node id='a'>", "cut_off_file"),
    (gml.MEMBER, "graph [ node [ id 1 ] edge [ source", "cut_off_file"),
    (gml.MEMBER, 'graph [ node [ id 1 label "open ] ]', "cut_off_file"),
    (gml.MEMBER, "graph [ node [ id 1 ] ", "cut_off_file"),
    (gml.MEMBER, "graph [ [ ] ]", "broken_gml"),
    (cytoscapejs.MEMBER, '{"elements": [{"data": {"id": "a"}}', "cut_off_file"),
    (cytoscapejs.MEMBER, '{"elements": [{"data": {"id": a}}]}', "broken_json"),
]


@pytest.mark.parametrize(("member", "text", "code"), CUT)
def test_what_is_cut_off_or_broken_is_refused(tmp_path: Path, member: Any, text: str, code: str) -> None:
    assert refused(tmp_path, member, text) == code


def test_wrong_encodings_are_refused(tmp_path: Path) -> None:
    text = HEAD + "<graph><node id='Peña'/></graph></graphml>"
    assert refused(tmp_path, graphml.MEMBER, text.encode("latin-1")) == "broken_xml"
    for name in ("utf-16", "no-such", "rot13", "base64", "idna", "undefined", "zlib"):
        declared = f"<?xml version='1.0' encoding='{name}'?>{text}".encode()
        assert refused(tmp_path, graphml.MEMBER, declared) in ("unknown_encoding", "wrong_encoding", "broken_xml")
    declared = f"<?xml version='1.0' encoding='shift_jis'?>{text}".encode("latin-1")
    assert refused(tmp_path, graphml.MEMBER, declared) in ("wrong_encoding", "broken_xml", "cut_off_file")


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("a.gml", b"graph [ node [ id 1 label \"" + b" " * (40 << 20) + b'" ] ]')
    with pytest.raises(Refusal) as caught:
        gml.MEMBER.parts(path, gml.MEMBER.options())
    assert caught.value.code in ("zip_bomb", "broken_gml")


def test_a_graph_of_nothing_is_read(tmp_path: Path) -> None:
    for member, text in (
        (graphml.MEMBER, HEAD + "</graphml>"),
        (gexf.MEMBER, "<gexf/>"),
        (gml.MEMBER, "graph [ ]"),
        (cytoscapejs.MEMBER, "[]"),
    ):
        path = tmp_path / f"empty{member.suffixes[0]}"
        path.write_text(text)
        assert all(not part.sample for part in member.parts(path, member.options()))


GRAPHS = ("graphml", "gexf", "xgmml", "gml", "cytoscapejs")
SEEDS = {
    "graphml": HEAD + "<key id='k' for='node' attr.name='n'><default>1</default></key>"
    "<graph edgedefault='directed'><node id='a'><data key='k'>v</data><graph><node id='b'/></graph></node>"
    "<edge source='a' target='b'/></graph></graphml>",
    "gexf": "<gexf><graph timeformat='date'><attributes class='node'><attribute id='0' title='t' type='liststring'/>"
    "</attributes><nodes><node id='a' start='2020-01-01'><attvalues><attvalue for='0' value='[a, \"b\"]' start='2020'/>"
    "</attvalues><viz:position x='1' y='2'/></node></nodes><edges><edge source='a' target='b' weight='2'/></edges>"
    "</graph></gexf>",
    "xgmml": "<graph xmlns='http://www.cs.rpi.edu/XGMML'><node id='1' label='l'>"
    "<att name='n' type='integer' value='4'/><graphics x='1' y='2'/></node><edge source='1' target='2'/></graph>",
    "gml": 'graph [ directed 1 node [ id 1 label "a &amp; b" graphics [ x 1 y 2 ] ] edge [ source 1 target 1 ] ]',
    "cytoscapejs": json.dumps([{"data": {"id": "a"}, "position": {"x": 1, "y": 2}},
                               {"data": {"source": "a", "target": "b", "w": [1, {"x": None}]}}]),
}  # fmt: skip
PIECES = [b"<", b">", b"'", b"]", b"[", b"&#0;", b"\xff", b"<graph>", b"</node>", b"1e999", b"NaN", b"null", b"{}",
          b"\x00", b"<!--"]  # fmt: skip
pieces = st.one_of(st.binary(max_size=8), st.sampled_from(PIECES))
splices = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), pieces), max_size=6)


@pytest.mark.parametrize("key", GRAPHS)
@given(changes=splices)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_done_to_a_file_it_is_read_or_refused(key: str, changes: list[Any], tmp_path: Path) -> None:
    data = SEEDS[key].encode()
    for place, length, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + int(length * len(data)):]
    path = tmp_path / f"fuzz{FORMATS.get(key).suffixes[0]}"
    path.write_bytes(data)
    reader = InProcessReader()
    with contextlib.suppress(Refusal):
        parts = reader.parts(path, key)
        proposal = reader.proposal(path, key)
        for part in parts:
            rows = [one for batch in reader.rows(path, key, None, part.name) for one in batch]
            assert all(len(row.cells) == len(part.columns) for row in rows if hasattr(row, "cells"))
        list(reader.pictures(path, key))
        assert set(proposal.specifications) <= {"nodes", "edges"}


def test_text_that_is_no_gml_is_told_at_once() -> None:
    """Words without end before a `graph` took longer than anybody waits (found by fuzzing)."""
    text = b"# Real samples\n\n" + b"public data that nobody wrote try every importer " * 40 + b"graph"
    assert gml.MEMBER.recognise(Path("x.gml"), text).confidence == 0
