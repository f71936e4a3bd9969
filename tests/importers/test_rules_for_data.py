"""What is done to data on its way into a case, as an investigator would check it: nothing lost, nothing made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ewglink.importers.contract import Problem
from ewglink.importers.formats.csv import MEMBER, CsvOptions
from ewglink.importers.preview import columns
from ewglink.model.progress import finish
from ewglink.workspace.commands.importing import ImportReport, ImportRequest, import_files
from ewglink.workspace.workspace import Workspace

LINE = {"quantity": "qty", "unit": "uom", "hs": "hs", "name": "what"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as found:
        yield found


def bring(workspace: Workspace, path: Path, entities: dict[str, Any], links: list[Any] | None = None) -> ImportReport:
    spec = {"ewglink_spec": 1, "name": "s", "namespace": "n", "entities": entities, "links": links or []}
    report = finish(import_files(workspace, [ImportRequest(path, spec=spec)], in_process=True))
    assert report is not None
    return report


def table(folder: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def told(workspace: Workspace, key: str) -> dict[str, list[Any]]:
    """What the case holds of the entity `key`: property → value, original, …"""
    (ref,) = workspace.case.items.identified("n", key)
    found: dict[str, list[Any]] = {}
    for statement in workspace.case.items.statements([ref.id]):
        for name, value in statement.vals.items():
            said = list(value)
            while said[-1] is None:
                said.pop()
            found[name] = said
    return found


def problems(report: ImportReport) -> set[tuple[int | None, str | None, str]]:
    found: list[Problem] = report.sources[0].warnings + report.rejected
    return {(one.row, one.field, one.code) for one in found}


def test_codes_keep_their_zeros_and_their_look(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "id,hs,note,what\n007,0712.90,1E5,TRUE\n7,071290,00120,2024-01-05\n+7,8549.11,-0,1/2\n")
    entity = {"type": "movement_line", "key": ["id"], "properties": {"hs": "hs", "note": "note", "name": "what"}}
    report = bring(workspace, path, {"m": entity})
    assert report.sources[0].entities_new == 3
    assert told(workspace, "007")["note"] == ["1E5"]
    assert told(workspace, "007")["name"] == ["TRUE"]
    assert told(workspace, "007")["hs"][:2] in (["0712.90"], ["071290", "0712.90"])
    assert told(workspace, "7")["note"] == ["00120"]
    assert told(workspace, "7")["hs"][0] == "071290"
    assert told(workspace, "+7")["note"] == ["-0"]


def test_a_workbook_keeps_text_as_text(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "hs", "note", "what"], ["007", "0712.90", "1E5", "TRUE"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    entity = {"type": "movement_line", "key": ["id"], "properties": {"hs": "hs", "note": "note", "name": "what"}}
    bring(workspace, tmp_path / "t.xlsx", {"m": entity})
    found = told(workspace, "007")
    assert (found["note"], found["name"], found["hs"][0]) == (["1E5"], ["TRUE"], "071290")


def test_a_quantity_is_kept_as_written_and_its_kilograms_stand_beside(workspace: Workspace, tmp_path: Path) -> None:
    rows = ("1,500,lb,x", '2,"1,250.5",kg,x', "3,2,short tons,x", "4,9,crates,x", "5,3,gal,x", "6,lots,kg,x", "7,8,,x")
    path = table(tmp_path, "id,qty,uom,what\n" + "\n".join(rows) + "\n")
    entity = {"type": "movement_line", "key": ["id"], "properties": {"quantity": "qty", "unit": "uom"}}
    report = bring(workspace, path, {"m": entity})
    mass = {key: told(workspace, key).get("quantity_kg", [None])[0] for key in "1234567"}
    assert mass["1"] == pytest.approx(500 * 0.45359237)
    assert mass["3"] == pytest.approx(2 * 2000 * 0.45359237)
    assert (mass["2"], mass["4"], mass["5"], mass["6"], mass["7"]) == (1250.5, None, None, None, None)
    assert told(workspace, "2")["quantity"][:2] == [1250.5, "1,250.5"]
    assert told(workspace, "1")["unit"] == ["lb"]
    assert {(4 + 1, "uom", "unknown_unit"), (6 + 1, "qty", "not_a_number")} <= problems(report)


def test_a_unit_in_the_same_cell_is_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, 'id,qty\n1,"18,770 kg"\n2,2.5 t\n3,40 drums\n')
    bring(workspace, path, {"m": {"type": "movement_line", "key": ["id"], "properties": {"quantity": "qty"}}})
    first, second, third = (told(workspace, key) for key in "123")
    assert first["quantity"][:2] == [18770, "18,770 kg"]
    assert (first["unit"], first["quantity_kg"]) == (["kg", "18,770 kg"], [18770])
    assert (second["quantity"][0], second["quantity_kg"]) == (2.5, [2500])
    assert third["quantity"][0] == "40 drums"
    assert "quantity_kg" not in third


def test_placeholders_neither_become_nor_join_entities_and_are_reported(workspace: Workspace, tmp_path: Path) -> None:
    words = ("N/A", "NULL", "CHANGE ME", "TO THE ORDER OF", "-", "")
    lines = [f"{n},{word},X{n}" for n, word in enumerate(words, 1)] + ["7,Acme,XAXX010101000", "8,Acme,XAXX010101000"]
    path = table(tmp_path, "id,buyer,rfc\n" + "\n".join(lines) + "\n")
    entities = {
        "m": {"type": "movement", "key": ["id"], "properties": {"reference": "id"}},
        "b": {"type": "organization", "key": ["buyer"], "properties": {"name": "buyer", "tax_id": "rfc"}},
    }
    report = bring(workspace, path, entities, [{"type": "receiver_of", "from": "b", "to": "m"}])
    assert [ref.label for ref in workspace.case.items.listed("entity") if ref.type == "organization"] == ["Acme"]
    told_of = {row for row, field, code in problems(report) if field == "buyer" and code.endswith("_key")}
    assert told_of == set(range(2, 8))
    assert report.sources[0].links_new == 2


def test_what_cannot_be_seen_is_flagged_and_not_altered(workspace: Workspace, tmp_path: Path) -> None:
    names = ("PeÃ±a", "zero\u200bwidth", "\u202eevil", "nul\x00", "tab\u0007bell")
    path = table(tmp_path, "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names, 1)))
    report = bring(workspace, path, {"p": {"type": "person", "key": ["id"], "properties": {"name": "name"}}})
    assert [told(workspace, str(n))["name"][0] for n in range(1, 6)] == list(names)
    codes = ("mojibake", "invisible_characters", "direction_marks", "nul", "control_characters")
    assert {(row, "name", code) for row, code in enumerate(codes, 2)} <= problems(report)


def test_partial_dates_keep_their_precision_and_originals(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "id,born\n1,1980\n2,March 1980\n3,31 mars 1980\n4,1980-03\n5,around 1980\n")
    entity = {"type": "person", "key": ["id"], "properties": {"birth_date": "born"}}
    report = bring(workspace, path, {"p": entity})
    found = [told(workspace, str(n))["birth_date"] for n in range(1, 6)]
    assert [(one[0], one[4]) for one in found[:4]] == [("1980", 1), ("1980-03", 2), ("1980-03-31", 3), ("1980-03", 2)]
    assert [one[1] for one in found[:4]] == [None, "March 1980", "31 mars 1980", None]
    assert found[4][0] == "around 1980"
    assert (6, "born", "not_a_date") in problems(report)


@pytest.mark.parametrize(
    ("cells", "first", "said"),
    [
        (("03/04/2024", "25/04/2024"), "2024-04-03", "dates, day first"),
        (("03/04/2024", "04/25/2024"), "2024-03-04", "dates, month first"),
        (("03/04/2024", "05/06/2024"), "2024-03-04", "dates; day or month first?"),
        (("03.04.2024", "05.06.2024"), "2024-04-03", "dates, day first"),
    ],
)
def test_day_and_month_are_decided_by_the_column_and_shown(
    workspace: Workspace, tmp_path: Path, cells: tuple[str, ...], first: str, said: str
) -> None:
    path = table(tmp_path, "id,born\n" + "".join(f"{n},{cell}\n" for n, cell in enumerate(cells, 1)))
    report = bring(workspace, path, {"p": {"type": "person", "key": ["id"], "properties": {"birth_date": "born"}}})
    assert told(workspace, "1")["birth_date"][:2] == [first, cells[0]]
    assert str(columns(MEMBER.parts(path, CsvOptions())[0])[1].kind) == said
    open_question = "first?" in said
    assert ((None, "born", "ambiguous_dates") in problems(report)) == open_question


def test_names_in_several_scripts_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    names = ("上海再生资源有限公司", "Ελληνική Εταιρεία", "شركة إعادة التدوير", "Общество", "Cafe\u0301", "İzmir")
    path = table(tmp_path, "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names)))
    report = bring(workspace, path, {"o": {"type": "organization", "key": ["id"], "properties": {"name": "name"}}})
    assert [told(workspace, str(n))["name"] for n in range(len(names))] == [[name] for name in names]
    assert {ref.label for ref in workspace.case.items.listed("entity")} == set(names)
    assert not problems(report)


def test_cells_with_several_values_are_split_by_the_declared_separator_only(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = table(tmp_path, 'id,carriers\nM1,"A, Ltd; B; A, Ltd"\nM2,B;;C\n')
    entities = {
        "m": {"type": "movement", "key": ["id"], "properties": {"reference": "id"}},
        "c": {"type": "organization", "key": ["carriers"], "split": ";"},
    }
    report = bring(workspace, path, entities, [{"type": "carrier_of", "from": "c", "to": "m"}])
    carriers = sorted(ref.label for ref in workspace.case.items.listed("entity") if ref.type == "organization")
    assert carriers == ["A, Ltd", "B", "C"]
    assert report.sources[0].links_new == 4


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_rows_that_repeat_are_counted_and_kept(workspace: Workspace, tmp_path: Path, suffix: str) -> None:
    rows = [["a", "b", "sum"], ["X", "Y", "5"], ["X", "Y", "5"], ["X", "Y", "6"], ["X", "Y", "5"]]
    if suffix == "csv":
        path = table(tmp_path, "".join(",".join(row) + "\n" for row in rows))
    else:
        path, book = tmp_path / "t.xlsx", openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    entities = {"a": {"type": "person", "key": ["a"]}, "b": {"type": "person", "key": ["b"]}}
    link = {"type": "paid", "from": "a", "to": "b", "properties": {"amount": "sum"}}
    report = bring(workspace, path, entities, [link])
    assert report.sources[0].links_new == 4
    assert (3, None, "repeated_rows") in problems(report)
    (said,) = [one for one in report.sources[0].warnings if one.code == "repeated_rows"]
    assert str(said.message).startswith("2 rows")


def test_repeated_rows_of_a_large_table_are_counted_alike(tmp_path: Path) -> None:
    lines = [f"{n % 99_990},x" for n in range(100_010)]
    path = table(tmp_path, "id,name\n" + "\n".join(lines) + "\n")
    found = [one for one in MEMBER.read(path, CsvOptions()) if isinstance(one, Problem)]
    assert [(one.code, one.row) for one in found] == [("repeated_rows", 99_992)]
    assert str(found[0].message).startswith("20 rows")


def test_a_link_to_what_no_row_describes_keeps_a_named_stub(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, "id,name,boss\n1,Ana,2\n2,Bo,9\n3,Cy,\n")
    entities = {
        "p": {"type": "person", "key": ["id"], "properties": {"name": "name"}},
        "boss": {"type": "person", "key": ["boss"], "reference": True, "optional": True},
    }
    report = bring(workspace, path, entities, [{"type": "associate_of", "from": "p", "to": "boss"}])
    assert sorted(ref.label for ref in workspace.case.items.listed("entity")) == ["9", "Ana", "Bo", "Cy"]
    assert report.sources[0].links_new == 2


def test_every_row_can_be_reached_as_it_was_written(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path, 'id,name\n 1 ,"  Ana ""A""  "\n')
    bring(workspace, path, {"p": {"type": "person", "key": ["id"], "properties": {"name": "name"}}})
    assert told(workspace, "1")["name"] == ['Ana "A"', '  Ana "A"  ']
    (record,) = workspace.case.items.rows("record", "import_id", [1])
    assert record["raw"] == '[" 1 ","  Ana \\"A\\"  "]'
