"""What lies beside or within a file that was chosen: links are not followed, and nothing is passed over in silence."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS, Problem, Row
from ewglink.importers.reader_process import InProcessReader
from ewglink.model.refusal import Refusal
from ewglink.workspace.import_opening import Opening
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.import_together import plans
from tests.importers.test_hostile_files import reader  # noqa: F401

links = pytest.mark.skipif(os.name != "posix", reason="links")


@links
def test_links_beside_a_file_are_not_taken_along(tmp_path: Path) -> None:
    elsewhere, here = tmp_path / "elsewhere", tmp_path / "here"
    elsewhere.mkdir()
    here.mkdir()
    (elsewhere / "nodes.csv").write_text(":ID(P),name\n1,Secret\n2,Other\n")
    (elsewhere / "net.clu").write_text("*Vertices 2\n7\n8\n")
    (elsewhere / "g.noa").write_text("Colour\na = red\n")
    (here / "rels.csv").write_text(":START_ID(P),:END_ID(P),:TYPE\n1,2,KNOWS\n")
    (here / "net.net").write_text('*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2\n')
    (here / "g.sif").write_text("a pp b\n")
    for other in elsewhere.iterdir():
        (here / other.name).symlink_to(other)
    for key, name in (("neo4j", "rels.csv"), ("pajek", "net.net"), ("sif", "g.sif")):
        member = FORMATS.get(key)
        said = list(member.read(here / name, member.options()))
        assert not any(isinstance(one, Problem) and one.code == "taken_along" for one in said), key
        assert not any("Secret" in one.raw or "red" in one.raw for one in said if isinstance(one, Row)), key
    (here / "back").symlink_to(here)
    names = ["g.sif", "net.net", "rels.csv"]
    found = Opening(InProcessReader()).files([ImportRequest(here)])
    assert sorted(one.name for one in found if one.refusal is None) == names
    assert {one.name: one.refusal.code for one in found if one.refusal} == {
        name: "link" for name in ("back", "g.noa", "net.clu", "nodes.csv")}  # fmt: skip


@links
def test_a_link_that_goes_round_is_refused_in_a_sentence(tmp_path: Path, reader: object) -> None:  # noqa: F811
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    with pytest.raises(Refusal) as caught:
        plans([ImportRequest(loop)], reader, None)  # type: ignore[arg-type]
    assert "loop.csv" in str(caught.value)


def test_files_of_an_archive_that_are_not_taken_are_named(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("nodes-header.csv", ":ID,name\n")
        box.writestr("nodes.csv", "1,Ann\n2,Bo\n")
        box.writestr("rels.csv", ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n")
        link = zipfile.ZipInfo("link.csv")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        box.writestr(link, "/etc/passwd")
        box.writestr("../notes.txt", "read me")
    member = FORMATS.get("neo4j")
    told = [str(one.message) for one in member.read(path, member.options())
            if isinstance(one, Problem) and one.code == "files_left_out"]  # fmt: skip
    assert told == ["These files of the archive are no tables of Neo4j and are not taken: link.csv, ../notes.txt."]


@pytest.mark.parametrize("text", ['[{"a": %s, "b": 1}, {"a": 2, "b": 3}]', '{"a": %s, "b": 1}\n{"a": 2, "b": 3}\n'])
def test_numbers_of_very_many_digits_are_text(tmp_path: Path, text: str) -> None:
    digits = "9" * 20_000
    path = tmp_path / "numbers.json"
    path.write_text(text % digits)
    assert sniff.recognise(path).format == "json"
    member = FORMATS.get("json")
    first = next(one for one in member.read(path, member.options()) if isinstance(one, Row))
    assert digits in map(str, first.cells)


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [("a.zip", b"PK\x03\x04" + bytes(40), "unpack it"), ("a.json", b'{"a": [1, 2,, "x"', "damaged or cut off")],
)
def test_what_cannot_be_imported_is_told_what_to_do(tmp_path: Path, name: str, data: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        sniff.recognise(path)
    assert name in str(caught.value) and advice in str(caught.value)
