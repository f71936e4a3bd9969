"""Workbooks: the same cells as their CSV twin, and hostile or damaged ones refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ewglink.importers import guard
from ewglink.importers.contract import Problem, Row
from ewglink.importers.formats.csv import MEMBER as CSV
from ewglink.importers.formats.csv import CsvOptions
from ewglink.importers.formats.xlsx import MEMBER, XlsxOptions
from ewglink.importers.values import as_text
from ewglink.model.refusal import Refusal


def saved(path: Path, *sheets: tuple[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path: Path, part: str | None = None, **options: Any) -> tuple[list[Row], list[Problem]]:
    found = list(MEMBER.read(path, XlsxOptions(**options), part))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


def repacked(path: Path, target: Path, change: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as box, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            out.writestr(name, change.get(name, box.read(name)))
        for name in change.keys() - set(box.namelist()):
            out.writestr(name, change[name])
    return target


def test_a_workbook_and_its_csv_give_the_same_cells_and_row_numbers(samples: Path) -> None:
    one = [row for row in CSV.read(samples / "ftm/donations.csv", CsvOptions()) if isinstance(row, Row)]
    two, problems = read(samples / "ftm/donations.xlsx")
    assert [one.code for one in problems] == ["repeated_rows"]
    assert [(row.no, *map(as_text, row.cells)) for row in one] == [(row.no, *map(as_text, row.cells)) for row in two]
    assert len(two) == 292


def test_foreign_workbooks_with_dates_merges_and_hidden_sheets(samples: Path) -> None:
    folder = samples / "nasty/calamine"
    for name in ("date.xlsx", "date_1904.xlsx"):
        assert [row.cells for row in read(folder / name)[0]] == [
            (date(2021, 1, 1), 15),
            (date(2021, 1, 2), 16),
            ("255:10:10", 17),
        ]
    rows, problems = read(folder / "any_sheets.xlsx")
    assert [row.cells for row in rows[:3]] == [(1, 2), (3, 4), (5, 6)]
    assert [(one.part, one.code) for one in problems] == [("Hidden", "hidden_sheet"), ("VeryHidden", "hidden_sheet")]
    rows, problems = read(folder / "merged_range.xlsx", "Sheet2")
    assert [row.cells[2] for row in rows] == ["C3", "C3"]
    assert "merged_cells" in {one.code for one in problems}


def test_numbers_dates_and_gaps(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "t.xlsx",
        (
            "Sheet",
            [
                [],
                ["id", "qty", "day", "moment", "clock", "flag"],
                ["007", 100000.0, datetime(2024, 3, 5), datetime(2024, 3, 5), time(4, 5), True],
                [],
                ["008", 1.5, datetime(2024, 3, 6), datetime(2024, 3, 6, 10, 30), None, False],
            ],
        ),
    )
    rows, _problems = read(path)
    assert [(row.no, row.line) for row in rows] == [(3, None), (5, None)]
    assert rows[0].cells == ("007", 100000, date(2024, 3, 5), datetime(2024, 3, 5), "04:05:00", True)
    assert rows[1].cells == ("008", 1.5, date(2024, 3, 6), datetime(2024, 3, 6, 10, 30), None, False)
    assert isinstance(rows[0].cells[1], int)
    (part,) = MEMBER.parts(path, XlsxOptions())
    assert (part.columns, part.header_row) == (("id", "qty", "day", "moment", "clock", "flag"), 2)


def test_hidden_sheets_are_listed_and_taken_only_when_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", ("Open", [["a", "b"], [1, "x"]]), ("Shut", [["a", "b"], [2, "y"]]))
    book = openpyxl.load_workbook(path)
    book["Shut"].sheet_state = "hidden"
    book.save(path)
    assert [(part.name, part.hidden) for part in MEMBER.parts(path, XlsxOptions())] == [("Open", False), ("Shut", True)]
    assert [row.part for row in read(path)[0]] == ["Open"]
    assert [row.part for row in read(path, "Shut")[0]] == ["Shut"]
    assert [row.part for row in read(path, hidden=True)[0]] == ["Open", "Shut"]


def test_error_cells_and_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", ("Sheet", [["id", "sum"], ["a", "=1+1"], ["b", "#N/A"], ["c", 3]]))
    rows, problems = read(path)
    assert [row.cells for row in rows] == [("a", None), ("b", None), ("c", 3)]
    assert {(one.code, one.row, one.field) for one in problems} == {
        ("formula_without_value", None, None),
        ("formulas", 2, "sum"),
        ("error_cell", 3, "sum"),
    }


def test_hidden_characters_are_told_and_kept(tmp_path: Path) -> None:
    rows, problems = read(saved(tmp_path / "t.xlsx", ("Sheet", [["id", "name"], [1, "\u202eevil"], [2, "Peña"]])))
    assert [row.cells[1] for row in rows] == ["\u202eevil", "Peña"]
    assert [(one.row, one.field, one.code) for one in problems] == [(2, "name", "direction_marks")]


def test_far_cells_are_refused_and_far_formats_are_not(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "name", "x"
    book.active["XFD1048576"].number_format = "0.00"
    book.save(path)
    assert [row.cells for row in read(path)[0]] == [("x",)]
    book.active["XFD1048576"] = "y"
    book.save(path)
    with pytest.raises(Refusal) as refused:
        read(path)
    assert refused.value.code == "sheet_too_large"
    assert "XFD" in str(refused.value)


def test_a_zip_bomb_too_many_entries_and_lying_sizes_are_refused(tmp_path: Path) -> None:
    good = saved(tmp_path / "good.xlsx", ("Sheet", [["a"], ["b"]]))
    bomb = repacked(good, tmp_path / "bomb.xlsx", {"xl/media/x.bin": b"\0" * (40 << 20)})
    with pytest.raises(Refusal) as refused:
        read(bomb)
    assert refused.value.code == "zip_bomb"
    data = bytearray(bomb.read_bytes())
    real = (40 << 20).to_bytes(4, "little")
    assert real in data
    bomb.write_bytes(data.replace(real, (100).to_bytes(4, "little")))
    with pytest.raises(Refusal) as refused:
        read(bomb)
    assert refused.value.code == "zip_bomb"
    many = repacked(good, tmp_path / "many.xlsx", {f"x/{n}": b"" for n in range(guard.LIMITS.zip_entries)})
    with pytest.raises(Refusal) as refused:
        read(many)
    assert refused.value.code == "zip_entries"


@pytest.mark.parametrize("keep", [0.98, 0.5, 0.1])
def test_a_truncated_workbook_is_refused(tmp_path: Path, keep: float) -> None:
    path = saved(tmp_path / "t.xlsx", ("Sheet", [["a", "b"]] + [[n, f"x{n}"] for n in range(200)]))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(Refusal) as refused:
        read(path)
    assert refused.value.code == "damaged_file"


def test_a_workbook_with_broken_bytes_inside_is_refused_or_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.xlsx", ("Sheet", [["a", "b"]] + [[n, f"x{n}"] for n in range(200)]))
    data = path.read_bytes()
    for place in range(0, len(data), 97):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with suppress(Refusal):
            read(path)


def test_a_password_protected_workbook_is_named_as_such(tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = saved(tmp_path / "plain.xlsx", ("Sheet", [["a"], ["b"]]))
    locked = tmp_path / "locked.xlsx"
    stream = io.BytesIO()
    with plain.open("rb") as source:
        OOXMLFile(source).encrypt("secret", stream)
    locked.write_bytes(stream.getvalue())
    with pytest.raises(Refusal) as refused:
        read(locked)
    assert refused.value.code == "password_protected"
    assert "locked.xlsx" in str(refused.value)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        MEMBER.parts(saved(tmp_path / "t.xlsx", ("Sheet", [])), XlsxOptions())
    assert refused.value.code == "empty_file"
