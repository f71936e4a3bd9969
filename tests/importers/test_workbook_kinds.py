"""Workbooks of every kind: XLS, ODS, XLSM, both calendars, merged cells, formulas, odd writing."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.xlsx import MEMBER, XlsxOptions
from ewglink.model.refusal import Refusal
from tests.importers.workbook_files import DATED, NA, changed, ods, xls

SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path, part: str | None = None, **options: Any) -> tuple[list[Row], list[Problem]]:
    found = list(MEMBER.read(path, XlsxOptions(**options), part))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


def saved(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def codes(problems: list[Problem]) -> list[tuple[int | None, str | None, str]]:
    return [(one.row, one.field, one.code) for one in problems]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    open_sheet = [
        *((0, column, name) for column, name in enumerate(("id", "nombre", "día", "ok"))),
        *((1, 0, "007"), (1, 1, "Peña 东京"), (1, 2, 45292, DATED), (1, 3, True)),
        *((2, 0, "008"), (2, 2, 45293.5, DATED), (2, 3, NA)),
        *((3, 0, "009"), (3, 1, "x"), (3, 3, 3.25)),
    ]
    return xls(
        tmp_path / "old.xls", [("Old", False, open_sheet), ("Shut", True, [(0, 0, "a"), (1, 0, "b")])], ((1, 2, 1, 1),)
    )


def test_an_old_workbook_gives_its_cells_and_says_what_is_odd(old: Path) -> None:
    rows, problems = read(old)
    assert [row.cells for row in rows] == [
        ("007", "Peña 东京", datetime(2024, 1, 1), True),
        ("008", "Peña 东京", datetime(2024, 1, 2, 12), None),
        ("009", "x", None, 3.25),
    ]
    assert codes(problems) == [(3, None, "merged_cells"), (3, "ok", "error_cell"), (None, None, "hidden_sheet")]
    assert "#N/A" in str(problems[1].message)
    assert [part.hidden for part in MEMBER.parts(old, XlsxOptions())] == [False, True]
    assert read(old, fill_merged=False)[0][1].cells[1] is None
    assert MEMBER.recognise(old, old.read_bytes()).confidence > 0.8


def test_both_calendars(tmp_path: Path) -> None:
    cells = [(0, 0, "id"), (0, 1, "day"), (1, 0, "x"), (1, 1, 45292, DATED)]
    assert read(xls(tmp_path / "a.xls", [("S", False, cells)]))[0][0].cells[1] == date(2024, 1, 1)
    assert read(xls(tmp_path / "b.xls", [("S", False, cells)], since_1904=True))[0][0].cells[1] == date(2028, 1, 2)


def test_a_cut_off_old_workbook_is_refused(old: Path) -> None:
    data = old.read_bytes()
    for keep in (600, 1300, 2000):
        old.write_bytes(data[:keep])
        with pytest.raises(Refusal) as refused:
            read(old)
        assert refused.value.code in ("damaged_file", "empty_file")


def _row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def _text(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def test_an_open_document_spreadsheet(tmp_path: Path) -> None:
    wrong = 'table:formula="of:=1/0" calcext:value-type="error"'
    table = (
        '<table:table table:name="Uno">'
        + _row(_text("id"), _text("qty"), _text("day"))
        + _row(
            _text("007", 'table:number-rows-spanned="2"'),
            '<table:table-cell office:value-type="float" office:value="3.5"><text:p>3,5</text:p></table:table-cell>',
            '<table:table-cell office:value-type="date" office:date-value="2024-01-05"/>',
        )
        + _row("<table:covered-table-cell/>", _text("#DIV/0!", wrong), _text("x", 'table:formula="of:=A1"'))
        + _row('<table:table-cell table:number-columns-repeated="16384"/>', times=1048573)
        + '</table:table><table:table table:name="Dos" table:style-name="hidden">'
        + _row(_text("y"))
        + "</table:table>"
    )
    path = ods(tmp_path / "t.ods", table)
    rows, problems = read(path)
    assert [row.cells for row in rows] == [("007", 3.5, date(2024, 1, 5)), ("007", None, "x")]
    assert codes(problems) == [
        (3, None, "merged_cells"),
        (3, "qty", "formulas"),
        (3, "day", "formulas"),
        (3, "qty", "error_cell"),
        (None, None, "hidden_sheet"),
    ]
    assert MEMBER.recognise(path, path.read_bytes()).confidence > 0.9


def test_a_workbook_with_macros_is_read_without_them(tmp_path: Path) -> None:
    path = saved(tmp_path / "plain.xlsx", ["id", "name"], ["1", "x"])
    target = changed(
        path, tmp_path / "t.xlsm", "[Content_Types].xml", rb"spreadsheetml\.sheet\.main", b"sheet.macroEnabled.main"
    )
    with zipfile.ZipFile(target, "a") as box:
        box.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")
    assert [row.cells for row in read(target)[0]] == [("1", "x")]


def test_stored_values_of_formulas_are_taken_and_the_formula_is_told(tmp_path: Path) -> None:
    good = saved(tmp_path / "good.xlsx", ["id", "sum"], ["a", "=1+1"], ["b", '=HYPERLINK("http://x.example","&")'])
    path = changed(good, tmp_path / "t.xlsx", SHEET, rb"<f>1\+1</f><v>[^<]*</v>", b"<f>1+1</f><v>2</v>")
    rows, problems = read(path)
    assert [row.cells for row in rows] == [("a", 2), ("b", None)]
    assert codes(problems)[:2] == [(2, "sum", "formulas"), (None, None, "formula_without_value")]
    assert "=1+1" in str(problems[0].message)


def test_what_is_written_oddly_is_read_in_a_slower_way(tmp_path: Path) -> None:
    good = saved(tmp_path / "g.xlsx", ["id", "day", "n"], ["007", datetime(2024, 1, 2), 3.0], ["008", None, "#N/A"])
    path = changed(good, tmp_path / "t.xlsx", SHEET, rb'<dimension ref="[^"]*"', b'<dimension ref="ZZZ"')
    rows, problems = read(path)
    assert [row.cells for row in rows] == [("007", date(2024, 1, 2), 3), ("008", None, None)]
    assert codes(problems) == [(None, None, "read_slowly"), (3, "n", "error_cell")]
    assert MEMBER.parts(path, XlsxOptions())[0].columns == ("id", "day", "n")


def test_a_very_long_cell_and_text_that_looks_like_more(tmp_path: Path) -> None:
    cells = ["0012", "1e5", "8549.90", " x ", "y" * 32_767, "TRUE", "2024-01-05"]
    rows, problems = read(saved(tmp_path / "t.xlsx", [f"c{n}" for n in range(len(cells))], cells))
    assert rows[0].cells == tuple(cells)
    assert not problems


def test_blocks_are_alike_whether_read_by_column_or_by_row(tmp_path: Path) -> None:
    lines = [["id", "name", "day", "n"]]
    for n in range(6_000):
        moment = datetime(2024, 1, 1 + n % 28, 10 if n == 5_999 else 0)
        lines.append([f"{n:05}", "Peña" if n % 7 else None, moment, n / 2])
    lines[4_500][1] = "\u202eevil"
    rows, problems = read(saved(tmp_path / "t.xlsx", *lines))
    assert [row.no for row in rows] == list(range(2, 6_002))
    assert [row.cells for row in rows] == [
        (a, b, day, int(n) if n.is_integer() else n) for a, b, day, n in lines[1:]
    ]  # fmt: skip
    assert codes(problems) == [(4_501, "name", "direction_marks")]
    assert rows[0].raw == '["00000", null, "2024-01-01T00:00:00", 0]'


def test_grouped_headings_sums_and_remarks_in_a_sheet(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "t.xlsx",
        ["Shipments of 2024"],
        [None, "Exporter", None, "Importer", None],
        ["ID", "Name", "RFC", "Name", "RFC"],
        ["1", "A", "x1", "B", "y1"],
        ["Total", None, 12, None, None],
        ["Source: customs"],
    )
    (part,) = MEMBER.parts(path, XlsxOptions())
    assert part.columns == ("ID", "Exporter / Name", "Exporter / RFC", "Importer / Name", "Importer / RFC")
    rows, problems = read(path)
    assert [(row.no, row.cells[0]) for row in rows] == [(4, "1")]
    assert [one.code for one in problems if one.rejected] == ["total_row", "remark_row"]
