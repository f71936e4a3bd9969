"""ZIP archives and nested folders: what is in them comes in as if each file had been given, and nothing in silence."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from ewglink.importers.reader_process import Reader
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.import_opening import Opening
from ewglink.workspace.workspace import Workspace
from tests.workspace.test_import_together import NEO4J, OFAC, PAJEK, SIF, bring, held, same_again, values_of

PEOPLE = "person_id,name\n1,Ana\n2,Bo\n"
NODES_APART = {
    "nodes/persons.csv": "id:ID(P),name,:LABEL\n1,Ana,Person\n2,Bo,Person\n",
    "nodes/companies.csv": "id:ID(C),name,:LABEL\n10,Acme,Company\n",
    "links/knows.csv": ":START_ID(P),:END_ID(P),:TYPE\n1,2,KNOWS\n",
    "links/works.csv": ":START_ID(P),:END_ID(C),:TYPE\n1,10,WORKS_AT\n2,10,WORKS_AT\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


@pytest.fixture(autouse=True)
def unpacked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where archives are unpacked: nothing may be left there."""
    place = tmp_path / "unpacked"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert not list(place.iterdir())


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name, data)
    return path


def laid_out(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def workbook() -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["person_id", "name"])
    book.active.append(["3", "Cleo"])
    book.save(stream)
    return stream.getvalue()


def mail() -> bytes:
    said = EmailMessage()
    said["From"], said["To"], said["Date"] = "a@example.org", "b@example.org", "Mon, 3 Mar 2025 10:00:00 +0000"
    said["Subject"], said["Message-ID"] = "Load", "<1@example.org>"
    said.set_content("text")
    return said.as_bytes()


def everything() -> dict[str, str | bytes]:
    return {
        "in/people.csv": PEOPLE, "in/more.xlsx": workbook(), "mail/1.eml": mail(),
        **{f"pajek/{name}": text for name, text in PAJEK.items()},
        **{f"sif/{name}": text for name, text in SIF.items()},
        **{f"ofac/{name}": text for name, text in OFAC.items()}, "notes.bin": b"\x00\x01\x02\xff" * 9,
        "__MACOSX/._x": b"\x00", "in/.DS_Store": b"\x00",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["archive", "folder", "archive in a folder"])
def test_files_of_any_format_come_in_together(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    files = everything()
    if kind == "folder":
        given, before = laid_out(tmp_path / "given", files), ""
    else:
        (tmp_path / "given").mkdir()
        given, before = packed(tmp_path / "given" / "all.zip", files), "all.zip/"
        given = given.parent if kind.endswith("folder") else given
    report = bring(workspace, given)
    unread = {one.file: str(one.warnings[0].message) for one in report.sources if not one.format}
    assert list(unread) == [f"{before}notes.bin"] and "notes.bin cannot be imported" in unread[f"{before}notes.bin"]
    assert {one.file for one in report.sources} == {before + name for name in files if "S" not in name}
    for one in report.sources:
        data = files[one.file.removeprefix(before)]
        assert one.sha256 == hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
    counts = held(workspace)
    assert counts[0]["person"] == 3 and counts[0]["node"] == 7 and counts[0]["organization"] == 1
    assert counts[2][0] == len(report.sources) - 1
    assert {7, 0.5} <= values_of(workspace, "A") | values_of(workspace, "C")
    length = workspace.case.journal_length()
    assert length == 2
    again = bring(workspace, given)
    assert {one.file for one in again.sources if not one.known} == set(unread)
    assert held(workspace) == counts and workspace.case.journal_length() == length


def test_a_file_of_an_archive_is_known_also_by_itself(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, packed(tmp_path / "a.zip", {"people.csv": PEOPLE}))
    same_again(workspace, laid_out(tmp_path / "out", {"people.csv": PEOPLE}) / "people.csv")
    with workspace.case.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM source").fetchall() == [("a.zip/people.csv",)]


@pytest.mark.parametrize("kind", ["archive", "folder", "files"])
def test_nodes_in_one_folder_and_relationships_in_another(workspace: Workspace, tmp_path: Path, kind: str) -> None:
    folder = laid_out(tmp_path / "in", NODES_APART)
    given = {"archive": [packed(tmp_path / "a.zip", NODES_APART)], "folder": [folder],
             "files": [folder / name for name in NODES_APART]}[kind]  # fmt: skip
    report = bring(workspace, *given)
    assert held(workspace) == ({"company": 1, "person": 2}, {"knows": 1, "works_at": 2}, (4, 6))
    assert not [one for source in report.sources for one in source.warnings if one.code == "dangling_reference"]
    same_again(workspace, *given)


def test_exports_beside_one_another_are_not_mixed(workspace: Workspace, tmp_path: Path) -> None:
    two = {f"{place}/{name}": text for place in ("one", "two") for name, text in NEO4J.items()}
    two["two/persons.csv"] = "personId:ID,name,:LABEL\n1,Eva,Person\n2,Flo,Person\n"
    bring(workspace, laid_out(tmp_path / "in", two))
    assert held(workspace)[0]["person"] == 4
    same_again(workspace, tmp_path / "in")


def test_relationships_without_nodes_share_a_namespace(workspace: Workspace, tmp_path: Path) -> None:
    edges = {name: NEO4J[name] for name in ("knows.csv", "works.csv")}
    folder = laid_out(tmp_path / "in", edges)
    bring(workspace, folder / "works.csv", folder / "knows.csv")
    assert held(workspace)[:2] == ({"node": 3}, {"knows": 1, "works_at": 2})
    same_again(workspace, folder / "knows.csv")
    same_again(workspace, folder)
    laid_out(folder, {"persons.csv": NEO4J["persons.csv"]})
    bring(workspace, folder)
    assert sum(held(workspace)[0].values()) == 3


def test_groups_that_overlap_in_part_are_one_graph(workspace: Workspace, tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "in", {Path(name).name: text for name, text in NODES_APART.items()})
    bring(workspace, folder / "knows.csv")
    bring(workspace, folder)
    assert held(workspace)[:2] == ({"company": 1, "person": 2}, {"knows": 1, "works_at": 2})


# -- what is not taken -------------------------------------------------------------------------------------------------


def _locked(path: Path) -> Path:
    data = bytearray(packed(path, {"people.csv": PEOPLE}).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(bytes(data))
    return path


@pytest.mark.parametrize(
    ("files", "code"),
    [({"../people.csv": PEOPLE}, "unsafe_archive"), ({"/people.csv": PEOPLE}, "unsafe_archive"),
     ({"C:\\people.csv": PEOPLE}, "unsafe_archive"), ({"a/..\\..\\people.csv": PEOPLE}, "unsafe_archive"),
     ({"people.csv": PEOPLE, "big.csv": b"0" * (8 << 20)}, "zip_bomb"), (None, "password_protected")],
)  # fmt: skip
def test_an_archive_made_to_do_harm_is_refused(
    workspace: Workspace, tmp_path: Path, files: dict[str, str | bytes] | None, code: str
) -> None:
    path = _locked(tmp_path / "a.zip") if files is None else packed(tmp_path / "a.zip", files)
    with pytest.raises(Refusal) as caught:
        bring(workspace, path)
    assert caught.value.code == code and "a.zip" in str(caught.value)
    assert held(workspace) == ({}, {}, (0, 0))
    assert not (tmp_path / "people.csv").exists()
    inside = laid_out(tmp_path / "in", {"people.csv": PEOPLE, "a.zip": path.read_bytes()})
    report = bring(workspace, inside)
    assert {one.file: one.warnings[0].code for one in report.sources if not one.format} == {"a.zip": code}
    assert held(workspace)[0] == {"person": 2}


def test_links_and_archives_in_an_archive_are_named_and_not_opened(workspace: Workspace, tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"people.csv": "person_id,name\n9,Zoe\n"}).read_bytes()
    path = packed(tmp_path / "a.zip", {"people.csv": PEOPLE, "x/inner.zip": inner, "x/inner.dat": inner,
                                       ".secret.csv": PEOPLE, "empty.csv": ""})  # fmt: skip
    with zipfile.ZipFile(path, "a") as box:
        link = zipfile.ZipInfo("link.csv")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        box.writestr(link, "/etc/passwd")
    report = bring(workspace, path)
    assert {one.file: one.warnings[0].code for one in report.sources if not one.format} == {
        "a.zip/x/inner.zip": "nested_archive", "a.zip/x/inner.dat": "nested_archive", "a.zip/link.csv": "link",
        "a.zip/.secret.csv": "hidden_file", "a.zip/empty.csv": "empty_file"}  # fmt: skip
    assert held(workspace)[0] == {"person": 2}


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_links_and_depths_of_folders_are_named(workspace: Workspace, tmp_path: Path) -> None:
    deep = "/".join("abcdefghij")
    folder = laid_out(tmp_path / "in", {"people.csv": PEOPLE, f"{deep}/more.csv": "person_id,name\n9,Zoe\n",
                                        ".git/config.csv": PEOPLE})  # fmt: skip
    (folder / "round").symlink_to(folder)
    report = bring(workspace, folder)
    assert {one.file: one.warnings[0].code for one in report.sources if not one.format} == {
        "round": "link", "a/b/c/d/e/f/g/h/i": "too_deep", ".git": "hidden_file"}  # fmt: skip


def test_where_nothing_can_be_read_the_first_reason_is_given(workspace: Workspace, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"b.bin": b"\x00\x01\xff" * 9, "unknown.csv": "foo,bar\n1,2\n"})
    with pytest.raises(Refusal, match=r"None of 2 files can be imported\. a\.zip/b\.bin: "):
        bring(workspace, path)
    with pytest.raises(Refusal, match=r"unknown\.csv.*--suggest") as caught:
        bring(workspace, packed(tmp_path / "b.zip", {"unknown.csv": "foo,bar\n1,2\n"}))
    assert caught.value.file == "b.zip/unknown.csv"


def test_a_workbook_is_no_archive(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "book.zip"
    path.write_bytes(workbook())
    assert [one.file for one in bring(workspace, path).sources] == ["book.zip"]
    assert held(workspace)[0] == {"person": 1}


def test_names_that_only_differ_in_what_systems_allow_stay_apart(workspace: Workspace, tmp_path: Path) -> None:
    files = {"a:b.csv": PEOPLE, "a-b.csv": "person_id,name\n3,Cy\n", "CON.csv": "person_id,name\n4,Di\n"}
    report = bring(workspace, packed(tmp_path / "a.zip", files))
    assert {one.file for one in report.sources} == {f"a.zip/{name}" for name in files}
    assert held(workspace)[0] == {"person": 4}


def test_the_same_through_the_processes(workspace: Workspace, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {**NODES_APART, "x.zip": b"PK\x03\x04", "b.bin": b"\x00\x01\xff" * 9})
    report: ImportReport | None = finish(import_files(workspace, [ImportRequest(path)]))
    assert report is not None
    assert held(workspace)[:2] == ({"company": 1, "person": 2}, {"knows": 1, "works_at": 2})
    assert {one.file for one in report.sources if not one.format} == {"a.zip/x.zip", "a.zip/b.bin"}


def test_an_import_that_is_left_takes_away_what_it_unpacked(
    workspace: Workspace, tmp_path: Path, unpacked_to: Path
) -> None:
    job = import_files(workspace, [ImportRequest(packed(tmp_path / "a.zip", {"people.csv": PEOPLE}))], in_process=True)
    for _step in job:
        if list(unpacked_to.iterdir()):
            break
    folder = next(unpacked_to.iterdir())
    assert os.name != "posix" or folder.stat().st_mode & 0o077 == 0
    job.close()
    assert held(workspace) == ({}, {}, (0, 0))


def test_a_reader_that_ended_over_a_bomb_opens_the_next(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"big.csv": b"0" * (8 << 20)})
    good = packed(tmp_path / "good.zip", {"people.csv": PEOPLE})
    with Reader() as reader, Opening(reader) as opening:
        with pytest.raises(Refusal):
            opening.files([ImportRequest(bomb)])
        assert [one.name for one in opening.files([ImportRequest(good)])] == ["good.zip/people.csv"]
