"""Several files in one `ewglink import`: every file given is reported, also those that another takes along."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.workspace.test_import_archives import PEOPLE, packed
from tests.workspace.test_import_dangling import REFERRING
from tests.workspace.test_import_together import NEO4J, PAJEK, put


def test_every_file_given_is_reported(ewglink: Terminal, tmp_path: Path) -> None:
    folder, case = put(tmp_path / "in", NEO4J), tmp_path / "case.ewg"
    assert ewglink("new", case).code == 0
    asked = ("import", case, folder / "persons.csv", folder / "knows.csv", folder / "works.csv",
             folder / "companies.csv")  # fmt: skip
    said = ewglink(*asked)
    assert said.code == 0
    assert "persons.csv: taken along with knows.csv" in said.out
    assert "persons.csv: 2 rows; entities 2 new" in said.out
    again = ewglink(*asked, "--json").data["sources"]
    assert {one["file"]: (one["known"], one["along_with"]) for one in again} == {
        "companies.csv": (True, "knows.csv"), "persons.csv": (True, "knows.csv"), "knows.csv": (True, None),
        "works.csv": (True, None)}  # fmt: skip
    assert ewglink("info", case, "--json").data["journal"] == 2


def test_taken_along_is_no_warning(ewglink: Terminal, tmp_path: Path) -> None:
    folder, case = put(tmp_path / "in", PAJEK), tmp_path / "case.ewg"
    assert ewglink("new", case).code == 0
    said = ewglink("import", case, folder / "a.net")
    assert "a.clu: taken along with a.net" in said.out and "warnings" not in said.out


def test_an_archive_says_what_it_held_and_what_is_not_imported(ewglink: Terminal, tmp_path: Path) -> None:
    case = tmp_path / "c.ewg"
    path = packed(tmp_path / "a.zip", {"p/people.csv": PEOPLE, "b.bin": b"\x00\x01\x02\xff" * 9})
    assert ewglink("new", case).code == 0
    said = ewglink("import", case, path)
    assert said.code == 0 and "a.zip/p/people.csv: 2 rows; entities 2 new" in said.out
    assert "a.zip/b.bin: not imported. b.bin cannot be imported" in said.out
    again = ewglink("import", case, path, "--json").data["sources"]
    assert [(one["file"], one["format"], one["known"]) for one in again] == [
        ("a.zip/b.bin", None, False), ("a.zip/p/people.csv", "csv", True)]  # fmt: skip
    bad = ewglink("import", case, packed(tmp_path / "bad.zip", {"../x.csv": PEOPLE}))
    assert bad.code == 1 and "outside its own folder" in bad.err


def test_a_list_of_links_without_headings(ewglink: Terminal, tmp_path: Path) -> None:
    file, case, spec = tmp_path / "edges.csv", tmp_path / "case.ewg", tmp_path / "first.json"
    file.write_text("Ana,Bo\nBo,Cy\n", encoding="utf-8")
    assert ewglink("new", case).code == 0
    refused = ewglink("import", case, file)
    assert refused.code == 1 and "--format edge_list" in refused.err
    assert ewglink("import", case, file, "--format", "edge_list", "--suggest", spec).code == 0
    asked = ("import", case, file, "--format", "edge_list", "--dry-run", "--json")
    for more in ((), ("--spec", spec)):
        (source,) = ewglink(*asked, *more).data["sources"]
        assert (source["entities_new"], source["links_new"]) == (3, 2)


def test_a_warning_names_its_row_and_column(ewglink: Terminal, tmp_path: Path) -> None:
    folder, case = put(tmp_path / "in", REFERRING), tmp_path / "case.ewg"
    assert ewglink("new", case).code == 0
    said = ewglink("import", case, folder / "links.csv", "--spec", folder / "links.json")
    assert "    row 3, to: “99” is referred to, and nothing says what it is; it is kept under that name." in said.out
