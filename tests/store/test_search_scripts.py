"""Searching across scripts, in cases written before there was such a thing, and in source rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ewglink.model.progress import finish
from ewglink.store.case_file import CaseFile
from ewglink.store.row_search import search_rows
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import add_entity
from ewglink.workspace.workspace import Workspace

NAMES = ["Иванов Пётр", "Ivanov, Oleg", "中国石化公司", "Zhongguo Ltd", "Peña Nieto", "Łódź Øresund", "محمد علي"]
FOUND = [("Ivanov", 2), ("иванов", 2), ("ИВАН", 2), ("vano", 2), ("zhongguo", 2), ("中国", 2), ("石化", 1), ("公司", 1),
         ("gongsi", 1), ("pena", 1), ("PEÑA", 1), ("lodz", 1), ("oresund", 1), ("Пётр Ivanov", 1), ("mhmd", 1),
         ("x", 0)]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    with Workspace.create(tmp_path / "case.ewg", "Names") as workspace:
        for name in NAMES:
            workspace.do(lambda found, name=name: add_entity(found.case, "person", name)[0])
    return tmp_path / "case.ewg"


@pytest.mark.parametrize(("asked", "hits"), FOUND)
def test_a_name_is_found_in_any_script(named: Path, asked: str, hits: int) -> None:
    with CaseFile.open(named) as case:
        total, items = case.search(asked)
        assert (total, len(items)) == (hits, hits)


def test_a_case_indexed_before_finds_other_scripts_once_it_is_opened(named: Path) -> None:
    with CaseFile.open(named) as case, case.writing_derived() as connection:
        # As the first edition wrote it: every text as it stands, and no word of which edition it was.
        for table, columns in (("search", "label, identity, body"), ("search_part", "body")):
            connection.exec_driver_sql(f"DELETE FROM {table}")
            values = "label, '', ''" if table == "search" else "label"
            connection.exec_driver_sql(f"INSERT INTO {table} (rowid, {columns}) SELECT id, {values} FROM item")
        connection.exec_driver_sql("DROP TABLE search_name")
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'search'")
    before = len(NAMES)
    with CaseFile.open(named, read_only=True) as case:
        assert case.search("Ivanov")[0] == 1
    with CaseFile.open(named) as case:
        assert case.search("Ivanov")[0] == 2
        assert case.search("gongsi")[0] == 1
        assert len(case.items.listed("entity")) == before
        assert case.verify() == ([], None)


def test_counting_stops_where_it_is_told_to(named: Path) -> None:
    with CaseFile.open(named) as case:
        assert case.search("i", 1, count_to=1)[0] == 1
        assert case.search("i", 1)[0] > 1


SPEC = {"ewglink_spec": 1, "name": "firms", "namespace": "x",
        "entities": {"firm": {"type": "organization", "key": "Firm", "properties": {"name": "Firm"}}}, "links": []}


def _import(workspace: Workspace, path: Path, rows: list[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("Firm", "Remark"), *rows])
    finish(import_files(workspace, [ImportRequest(path, spec=SPEC)], in_process=True))


def _rows(workspace: Workspace, text: str, may_write: bool) -> list[int]:
    found = finish(search_rows(workspace.case, text, may_write=may_write))
    assert found is not None and found.total == len(found.hits)
    return [hit.row for hit in found.hits]


@pytest.mark.parametrize("may_write", [True, False])
def test_what_no_item_took_is_found_in_its_row(tmp_path: Path, may_write: bool) -> None:
    with Workspace.create(tmp_path / "case.ewg", "Rows") as workspace:
        _import(workspace, tmp_path / "a.csv", [("Alfa", "sin novedad"), ("Beta", "déchets ménagers"),
                                                ("Gamma", "отходы кабеля")])
        assert workspace.case.search("dechets")[0] == 0
        assert _rows(workspace, "dechets", may_write) == [3]
        assert _rows(workspace, "beta MENAG", may_write) == [3]
        assert _rows(workspace, "otkhody", may_write) == [4]
        assert _rows(workspace, "nobody", may_write) == []


def test_the_index_of_rows_follows_imports_and_undo(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "case.ewg", "Rows") as workspace:
        _import(workspace, tmp_path / "a.csv", [("Alfa", "first remark")])
        assert _rows(workspace, "remark", True) == [2]
        _import(workspace, tmp_path / "b.csv", [("Beta", "second remark")])
        assert len(_rows(workspace, "remark", True)) == 2
        workspace.undo()
        assert len(_rows(workspace, "remark", True)) == 1
        _import(workspace, tmp_path / "c.csv", [("Gamma", "third remark")])
        assert _rows(workspace, "second", True) == []
        assert len(_rows(workspace, "third", True)) == 1
