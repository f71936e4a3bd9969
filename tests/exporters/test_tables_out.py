"""Tables out: read back by other readers than our own."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from ewglink.exporters import gate
from ewglink.exporters.formats.csv import CsvOptions
from ewglink.exporters.formats.xlsx import MOST_CHARACTERS, XlsxOptions
from ewglink.release.view import ReleasedView
from ewglink.text import speaking

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    csv.field_size_limit(1_000_000)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def test_csv_writes_entities_and_links(view: ReleasedView, tmp_path: Path) -> None:
    written = gate.write(view, tmp_path / "x.csv")
    assert [file.path.name for file in written.files] == ["x.csv", "x.links.csv"]
    entities, links = rows_of(tmp_path / "x.csv"), rows_of(tmp_path / "x.links.csv")
    assert len(entities) == len(view.entities)
    assert [row["id"] for row in links] == ["101", "102", "103", "104", "105"]
    assert (links[0]["from"], links[0]["to"], links[0]["start"], links[0]["end"]) == ("1", "2", "2020", "2021-02")
    assert entities[2]["handling"] == "TLP:AMBER"
    assert entities[14]["label"] == "Peña Núñez"
    assert entities[0]["identity"] == "case:1"


def test_no_cell_of_a_csv_is_a_formula(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.csv")
    for name in ("x.csv", "x.links.csv"):
        for row in rows_of(tmp_path / name):
            for cell in row.values():
                assert not cell or cell[0] not in "=+-@\t\r＝＋－＠" or NUMBER.fullmatch(cell), cell


def test_guarded_texts_are_otherwise_untouched(view: ReleasedView, tmp_path: Path) -> None:
    written = gate.write(view, tmp_path / "x.csv")
    labels = [row["label"] for row in rows_of(tmp_path / "x.csv")]
    assert labels[0] == "'" + view.entities[0].label
    assert labels[11] == "␀␇bell"
    assert labels[10] == "two\nlines"
    assert labels[23] == "x" * 40_000
    assert any("apostrophe" in str(note) for note in written.notes)


@pytest.mark.parametrize(("table", "columns"), [("statements", "property"), ("sources", "sha256"), ("links", "from")])
def test_one_table_of_choice(view: ReleasedView, tmp_path: Path, table: str, columns: str) -> None:
    written = gate.write(view, tmp_path / "one.csv", options=CsvOptions(table=table))
    assert len(written.files) == 1
    assert columns in rows_of(tmp_path / "one.csv")[0]


def test_tsv_has_tabs_and_headings_may_be_names(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.tsv", options=CsvOptions(headings="names", bom=False))
    assert not (tmp_path / "x.tsv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(tmp_path / "x.tsv", "\t")[0]["Capacity"] == "1.5"


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    found = {sheet.title: list(sheet.iter_rows()) for sheet in book.worksheets}
    book.close()
    return found


def test_xlsx_holds_texts_as_texts(view: ReleasedView, tmp_path: Path) -> None:
    written = gate.write(view, tmp_path / "x.xlsx")
    found = sheets(tmp_path / "x.xlsx")
    assert list(found) == ["Entities", "Links", "Statements", "Sources"]
    rows = found["Entities"]
    heads = [cell.value for cell in rows[0]]
    label, capacity = heads.index("label"), heads.index("capacity")
    assert rows[1][label].value == view.entities[0].label
    assert {row[label].data_type for row in rows[1:] if row[label].value is not None} == {"s"}
    assert rows[1][capacity].value == 1.5
    assert rows[12][label].value == "␀␇bell"
    assert [row[heads.index("handling")].value for row in rows[1:5]] == [None, None, "TLP:AMBER", None]
    long = rows[24][label].value
    assert len(long) == MOST_CHARACTERS
    assert long.endswith("[…40000]")
    assert any("32767" in str(note) for note in written.notes)


def test_xlsx_is_the_same_to_another_reader(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.xlsx")
    with CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")) as book:
        rows = book.get_sheet_by_name("Links").to_python()
    assert [row[0] for row in rows[1:]] == [101, 102, 103, 104, 105]
    assert rows[0][:4] == ["id", "type", "from", "from_label"]


def test_the_marking_is_on_every_page_and_not_in_the_table(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for sheet in book.worksheets:
        assert sheet.oddHeader.center.text == "TLP:AMBER"
        assert sheet.oddFooter.center.text == "TLP:AMBER"
    assert book.properties.keywords == "TLP:AMBER"
    book.close()


def test_xlsx_without_statements(view: ReleasedView, tmp_path: Path) -> None:
    gate.write(view, tmp_path / "x.xlsx", options=XlsxOptions(headings="names", statements=False))
    assert list(sheets(tmp_path / "x.xlsx")) == ["Entities", "Links"]


def test_notes_are_in_the_language_in_force(view: ReleasedView, tmp_path: Path) -> None:
    written = gate.write(view, tmp_path / "x.csv")
    with speaking("pseudo"):
        assert all(str(note).startswith("⟦") for note in written.notes)
