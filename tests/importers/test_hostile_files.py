"""Files made to do harm: each is refused or limited in one sentence, in seconds and within bounds, by the reader
process."""

from __future__ import annotations

import csv
import json
import os
import socket
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ewglink.importers import guard
from ewglink.importers.contract import Row
from ewglink.importers.reader_process import Reader
from ewglink.model.refusal import Refusal
from tests.importers.workbook_files import changed, ods, xls

SHEET = "xl/worksheets/sheet1.xml"
LIMITS = guard.Limits(memory=700 * guard.MB, silence=20.0)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(LIMITS) as found:
        yield found


@pytest.fixture
def good(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["id", "name"], ["1", "Ana"], ["2", "Bo"]):
        book.active.append(row)
    path = tmp_path / "good.xlsx"
    book.save(path)
    return path


def brought(reader: Reader, path: Path, format: str = "xlsx", options: dict[str, Any] | None = None) -> list[Row]:
    return [one for batch in reader.rows(path, format, options) for one in batch if isinstance(one, Row)]


def refused(reader: Reader, path: Path, format: str = "xlsx") -> Refusal:
    """The refusal of a file, by the preview and by the reading alike; it is one sentence that names the file."""
    for ask in (reader.parts, lambda *given: brought(reader, *given)):
        with pytest.raises(Refusal) as caught:
            ask(path, format)
        said = str(caught.value)
        assert path.name in said
        assert "\n" not in said
        assert "Traceback" not in said
    return caught.value


def test_entities_that_multiply_in_a_sheet(reader: Reader, good: Path, tmp_path: Path) -> None:
    path = changed(good, tmp_path / "bomb.xlsx", SHEET, rb"^(<\?xml[^>]*>)?\s*", BOMB)
    assert refused(reader, path).code == "xml_entities"
    again = changed(good, tmp_path / "book.xlsx", "xl/workbook.xml", rb"^(<\?xml[^>]*>)?\s*", BOMB)
    assert refused(reader, again).code == "xml_entities"


def test_entities_that_multiply_in_an_open_document(reader: Reader, tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>&j;</text:p></table:table-cell>'
    table = f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>'
    path = ods(tmp_path / "bomb.ods", table, BOMB.decode().removeprefix('<?xml version="1.0"?>'))
    assert refused(reader, path).code == "xml_entities"


def test_external_entities_are_not_fetched(reader: Reader, good: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        where = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
        for no, address in enumerate((secret.as_uri(), where)):
            head = f'<!DOCTYPE x SYSTEM "{where}" [<!ENTITY a SYSTEM "{address}">]>'.encode()
            path = changed(good, tmp_path / f"{no}.xlsx", SHEET, rb"^(<\?xml[^>]*>)?\s*", head)
            refused(reader, path)
        with pytest.raises(TimeoutError):
            server.accept()


def test_links_of_a_workbook_are_not_followed(reader: Reader, good: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        where = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        target = tmp_path / "t.xlsx"
        link = f'<Relationship Id="rId9" Type="x" Target="{where}" TargetMode="External"/></Relationships>'.encode()
        changed(good, target, "xl/_rels/workbook.xml.rels", rb"</Relationships>", link)
        formula = f'<c r="C2" t="str"><f>WEBSERVICE("{where}")</f><v>old</v></c></row>'.encode()
        path = changed(target, tmp_path / "u.xlsx", SHEET, rb"(?<=Ana</t></is></c>)</row>", formula)
        assert [row.cells for row in brought(reader, path)] == [("1", "Ana", "old"), ("2", "Bo", None)]
        with pytest.raises(TimeoutError):
            server.accept()


def test_formulas_that_start_programs_stay_text(reader: Reader, tmp_path: Path) -> None:
    cells = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1+1", '=HYPERLINK("http://x","y")', "\t=1"]
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([("id", "what"), *enumerate(cells)])
    rows = brought(reader, path, "csv")
    assert [row.cells[1] for row in rows] == cells


def test_a_zip_bomb_of_one_sheet(reader: Reader, good: Path, tmp_path: Path) -> None:
    rows = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    path = changed(good, tmp_path / "t.xlsx", SHEET, rb"</sheetData>", rows * 4000 + b"</sheetData>")
    assert path.stat().st_size < guard.MB
    assert refused(reader, path).code == "zip_bomb"


def test_a_container_that_contains_itself_many_times(reader: Reader, good: Path, tmp_path: Path) -> None:
    """Members that overlap: each entry of the directory points to the same packed bytes."""
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(good) as box, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            out.writestr(name, box.read(name))
        out.writestr("xl/media/a.bin", os.urandom(1000) * 1000)
        info = out.getinfo("xl/media/a.bin")
        for n in range(2000):
            copy = zipfile.ZipInfo(f"xl/media/{n}.bin")
            for name in ("header_offset", "compress_type", "compress_size", "file_size", "CRC", "flag_bits"):
                setattr(copy, name, getattr(info, name))
            out.filelist.append(copy)
            out.NameToInfo[copy.filename] = copy
    assert path.stat().st_size < 2 * guard.MB
    assert refused(reader, path).code in ("zip_too_large", "damaged_file", "zip_bomb")


def test_names_that_climb_out_of_a_container_write_nothing(reader: Reader, good: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    path = inner / "t.xlsx"
    path.write_bytes(good.read_bytes())
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("../../climbed.txt", "x")
        box.writestr("/tmp/ewglink-climbed.txt", "x")
        linked = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
        linked.external_attr = 0o120777 << 16
        box.writestr(linked, "/etc/passwd")
    assert [row.cells for row in brought(reader, path)] == [("1", "Ana"), ("2", "Bo")]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["good.xlsx", "inner"]
    assert not Path("/tmp/ewglink-climbed.txt").exists()


@pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices")
def test_what_is_no_ordinary_file(reader: Reader, tmp_path: Path) -> None:
    pipe, loop, gone, zero = (tmp_path / name for name in ("pipe.csv", "loop.csv", "gone.csv", "zero.csv"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    gone.symlink_to(tmp_path / "nowhere")
    zero.symlink_to("/dev/zero")
    for path in (pipe, loop, gone, zero):
        with pytest.raises(Refusal):
            reader.parts(path, "csv")


def test_a_phantom_sheet_of_a_million_rows(reader: Reader, good: Path, tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    path = changed(good, tmp_path / "far.xlsx", SHEET, rb"</sheetData>", far)
    assert [row.cells for row in brought(reader, path)] == [("1", "Ana"), ("2", "Bo")]
    wide = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = changed(good, tmp_path / "wide.xlsx", SHEET, rb"</sheetData>", wide)
    assert refused(reader, path).code == "sheet_too_large"


def test_a_sheet_that_repeats_a_cell_without_end(reader: Reader, tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    path = ods(tmp_path / "t.ods", f'<table:table table:name="S">{row}</table:table>')
    assert refused(reader, path).code == "sheet_too_large"


def test_an_old_workbook_that_lies_about_where_its_sheets_are(reader: Reader, tmp_path: Path) -> None:
    path = xls(tmp_path / "t.xls", [("S", False, [(0, 0, "a"), (1, 0, "b")])])
    data = path.read_bytes()
    for place in range(1024, min(len(data), 1500), 7):
        path.write_bytes(data[:place] + b"\xff\xff\xff\x7f" + data[place + 4 :])
        with suppress(Refusal):
            brought(reader, path)


def test_an_old_workbook_with_a_cell_far_out(reader: Reader, tmp_path: Path) -> None:
    """Room for each cell up to it would take all memory there is (found by fuzzing)."""
    path = xls(tmp_path / "t.xls", [("S", False, [(0, 0, "a"), (65_535, 65_535, "b")])])
    assert refused(reader, path).code == "sheet_too_large"


def test_an_old_container_whose_list_of_sectors_goes_round(reader: Reader, tmp_path: Path) -> None:
    """Following it takes all memory there is (found by fuzzing)."""
    path = xls(tmp_path / "t.xls", [("S", False, [(0, 0, "a"), (1, 0, "b")])])
    data = bytearray(path.read_bytes())
    data[68:72] = (1).to_bytes(4, "little")
    data[1024 + 508 : 1024 + 512] = (1).to_bytes(4, "little")
    path.write_bytes(data)
    assert refused(reader, path).code == "damaged_file"


def test_json_nested_without_end(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    for text in ("[" * 200_000, '{"a":' * 200_000 + "1" + "}" * 200_000, '[{"a":' + "[" * 5_000 + "]" * 5_000 + "}]"):
        path.write_text(text)
        for format in ("json", "emanifest"):
            with pytest.raises(Refusal) as caught:
                brought(reader, path, format)
            assert path.name in str(caught.value)


def test_a_text_table_of_one_endless_line(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b'a,b\n1,"' + b"x" * (33 << 20) + b"\n")
    told = [one for batch in reader.rows(path, "csv") for one in batch if not isinstance(one, Row)]
    assert {one.code for one in told} <= {"unclosed_quote", "too_few_cells", "too_many_cells"}
    assert told


def test_a_table_of_very_many_columns(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{n}" for n in range(200_000)) + "\n" + "1," * 199_999 + "1\n")
    assert refused(reader, path, "csv").code == "too_many_columns"


def test_the_reader_takes_no_more_memory_than_it_may(reader: Reader, tmp_path: Path) -> None:
    """A file that needs more than the reader may hold is given up, and other files are read as before."""
    large, small = tmp_path / "large.csv", tmp_path / "small.csv"
    large.write_bytes(b'a,b\n1,"' + b"x" * (30 << 20) + b'"\n')
    small.write_text("id,name\n0,x\n")
    with Reader(guard.Limits(memory=100 * guard.MB)) as tight, pytest.raises(Refusal) as caught:
        brought(tight, large, "csv")
    assert caught.value.code in ("too_much_memory", "reader_stopped")
    assert json.loads(brought(reader, small, "csv")[0].raw) == ["0", "x"]
