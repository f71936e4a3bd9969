"""Files given together: what belongs together is joined, each file is a source, nothing is read twice."""

from __future__ import annotations

import itertools
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

NEO4J = {
    "companies.csv": "companyId:ID,name,:LABEL\n10,Acme,Company\n",
    "knows.csv": ":START_ID,:END_ID,:TYPE\n1,2,KNOWS\n",
    "persons.csv": "personId:ID,name,:LABEL\n1,Ana,Person\n2,Bo,Person\n",
    "works.csv": ":START_ID,:END_ID,:TYPE\n1,10,WORKS_AT\n2,10,WORKS_AT\n",
}
PAJEK = {
    "a.net": '*Vertices 3\n1 "A"\n2 "B"\n3 "C"\n*Arcs\n1 2\n2 3\n',
    "a.clu": "*Vertices 3\n7\n8\n7\n",
    "a.vec": "*Vertices 3\n0.5\n0.25\n1\n",
}
SIF = {
    "x.sif": "A pp B C\nD pp A\n",
    "x.noa": "Size (class=Double)\nA = 5\nB = 7\n",
    "x.eda": "Weight (class=Double)\nA (pp) B = 0.5\n",
}
OFAC = {
    "sdn.csv": '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n',
    "add.csv": '36,25,-0- ,"Havana","Cuba",-0- \n',
    "alt.csv": '36,12,"aka","AERO-CARIBBEAN",-0- \n',
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def put(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def bring(workspace: Workspace, *paths: Path, **options: Any) -> ImportReport:
    asked = [ImportRequest(path, options=options) for path in paths]
    report = finish(import_files(workspace, asked, in_process=True))
    assert report is not None
    return report


def held(workspace: Workspace) -> tuple[dict[str, int], dict[str, int], tuple[int, int]]:
    items = workspace.case.items
    return items.counts("entity"), items.counts("link"), workspace.case.sources.counts()


def same_again(workspace: Workspace, *paths: Path) -> None:
    """A second import adds nothing, and says so of every file."""
    before, length = held(workspace), workspace.case.journal_length()
    assert all(source.known for source in bring(workspace, *paths).sources)
    assert (held(workspace), workspace.case.journal_length()) == (before, length)


def values_of(workspace: Workspace, label: str) -> set[Any]:
    """All that is said of the entity, by whichever file."""
    item = next(ref.id for ref in workspace.case.items.listed("entity") if ref.label == label)
    with workspace.case.reading() as connection:
        rows = connection.exec_driver_sql("SELECT vals FROM statement WHERE item_id = ?", (item,))
        return {value[0] for (vals,) in rows for value in json.loads(vals).values()}


EXPECTED = ({"company": 1, "person": 2}, {"knows": 1, "works_at": 2}, (4, 6))


@pytest.mark.parametrize("order", [list(NEO4J), list(reversed(NEO4J)), ["works.csv", "persons.csv", "knows.csv",
                                                                        "companies.csv"]])  # fmt: skip
def test_nodes_and_relationships_in_any_order(workspace: Workspace, tmp_path: Path, order: list[str]) -> None:
    folder = put(tmp_path / "in", NEO4J)
    paths = [folder / name for name in order]
    report = bring(workspace, *paths)
    assert held(workspace) == EXPECTED
    assert {one.file: one.rows for one in report.sources} == {name: len(text.splitlines()) - 1
                                                              for name, text in NEO4J.items()}  # fmt: skip
    assert {one.file for one in report.sources if one.along_with} == {"persons.csv", "companies.csv"}
    assert not [problem for one in report.sources for problem in one.warnings if problem.code == "dangling_reference"]
    assert workspace.can_undo is not None and workspace.case.journal_length() == 2
    same_again(workspace, *paths)
    same_again(workspace, folder)
    same_again(workspace, folder / "works.csv")
    workspace.undo()
    assert held(workspace) == ({}, {}, (0, 0))


def test_relationships_that_come_later_meet_the_nodes_that_are_there(workspace: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", NEO4J)
    (folder / "companies.csv").unlink()
    (folder / "works.csv").unlink()
    bring(workspace, folder / "persons.csv")
    bring(workspace, folder / "knows.csv")
    put(folder, {"likes.csv": ":START_ID,:END_ID,:TYPE\n2,1,LIKES\n"})
    bring(workspace, folder / "likes.csv")
    assert held(workspace) == ({"person": 2}, {"knows": 1, "likes": 1}, (3, 4))


def test_a_row_of_nodes_is_kept_with_its_own_file(workspace: Workspace, tmp_path: Path) -> None:
    bring(workspace, put(tmp_path / "in", NEO4J) / "knows.csv")
    with workspace.case.reading() as connection:
        named = dict(
            connection.exec_driver_sql(
                "SELECT e.label, s.name FROM item e JOIN statement t ON t.item_id = e.id "
                "JOIN record r ON r.id = t.record_id JOIN import m ON m.id = r.import_id "
                "JOIN source s ON s.id = m.source_id WHERE e.kind = 'entity' AND t.vals LIKE '%name%'"
            ).fetchall()
        )
    assert named == {"Ana": "persons.csv", "Bo": "persons.csv", "Acme": "companies.csv"}


def test_the_same_as_a_folder_and_packed(workspace: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", NEO4J)
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in folder.iterdir():
            archive.write(one, one.name)
    bring(workspace, packed)
    assert held(workspace)[:2] == EXPECTED[:2]
    same_again(workspace, packed)


@pytest.mark.parametrize("order", list(itertools.permutations(PAJEK)))
def test_a_network_its_partition_and_its_vector(workspace: Workspace, tmp_path: Path, order: tuple[str, ...]) -> None:
    folder = put(tmp_path / "in", PAJEK)
    report = bring(workspace, *(folder / name for name in order))
    assert [(one.file, one.along_with) for one in report.sources] == [
        ("a.net", None), ("a.clu", "a.net"), ("a.vec", "a.net")]  # fmt: skip
    assert held(workspace) == ({"node": 3}, {"unknown_link": 2}, (3, 5))
    assert {7, 0.5} <= values_of(workspace, "A")
    same_again(workspace, *(folder / name for name in order))


def test_a_partition_that_changed_is_read_again(workspace: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", PAJEK)
    bring(workspace, folder)
    put(folder, {"a.clu": "*Vertices 3\n9\n8\n7\n"})
    report = bring(workspace, folder)
    assert [one.known for one in report.sources] == [False] * 3
    assert held(workspace)[0] == {"node": 3} and workspace.case.sources.counts()[0] == 4
    assert {7, 9} <= values_of(workspace, "A")


@pytest.mark.parametrize("order", list(itertools.permutations(SIF)))
def test_a_graph_and_its_attributes(workspace: Workspace, tmp_path: Path, order: tuple[str, ...]) -> None:
    folder = put(tmp_path / "in", SIF)
    report = bring(workspace, *(folder / name for name in order))
    assert [(one.file, one.along_with) for one in report.sources] == [
        ("x.sif", None), ("x.noa", "x.sif"), ("x.eda", "x.sif")]  # fmt: skip
    assert held(workspace) == ({"node": 4}, {"pp": 3}, (3, 7))
    assert 5 in values_of(workspace, "A")
    same_again(workspace, folder)


def test_attributes_alone_are_refused_by_name(workspace: Workspace, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", {"lonely.noa": SIF["x.noa"]})
    with pytest.raises(Refusal, match=r"lonely\.noa"):
        bring(workspace, folder / "lonely.noa")


@pytest.mark.parametrize("order", list(itertools.permutations(OFAC)))
def test_three_files_of_one_list(workspace: Workspace, tmp_path: Path, order: tuple[str, ...]) -> None:
    folder = put(tmp_path / "in", OFAC)
    bring(workspace, *(folder / name for name in order))
    assert held(workspace)[0]["organization"] == 1
    assert [ref.label for ref in workspace.case.items.listed("entity") if ref.type == "organization"] == [
        "AEROCARIBBEAN AIRLINES"]  # fmt: skip
    assert held(workspace)[2] == (3, 3)
    same_again(workspace, folder)
