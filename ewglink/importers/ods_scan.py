"""What the sheets of an OpenDocument spreadsheet hold, told while unpacking: extent, error cells, formulas, merges."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ewglink.importers import guard
from ewglink.importers.workbook_scan import SheetScan, refuse_doctype

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_MOST_MERGES = 100_000
_FARTHEST = 1 << 31


class _Reading:
    """Where in the document the parser is."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetScan] = {}
        self.sheet: SheetScan | None = None
        self.row = self.column = 0
        self.repeated = self.times = 1
        self.full = False
        self.wrong: str | None = None
        """The text so far of the error cell that is being read."""

        self.in_text = False

    def start(self, name: str, given: dict[str, str]) -> None:
        space, _mark, tag = name.rpartition(" ")
        if space == _TABLE:
            if tag == "table":
                self.sheet = self.sheets[given.get(f"{_TABLE} name", "")] = SheetScan()
                self.row = 0
            elif tag == "table-row":
                self.column, self.full = 0, False
                self.repeated = _count(given, "number-rows-repeated")
            elif tag in ("table-cell", "covered-table-cell"):
                self._cell(given)
        elif space == _TEXT and tag == "p" and self.wrong is not None:
            self.in_text = True

    def _cell(self, given: dict[str, str]) -> None:
        self.times = _count(given, "number-columns-repeated")
        sheet = self.sheet
        if sheet is None:
            return
        if f"{_OFFICE} value-type" in given:
            self.full = True
            sheet.columns = max(sheet.columns, self.column + self.times)
        down, right = _count(given, "number-rows-spanned"), _count(given, "number-columns-spanned")
        if (down > 1 or right > 1) and len(sheet.merges) < _MOST_MERGES:
            sheet.merges.append(((self.row, self.column), (self.row + down - 1, self.column + right - 1)))
        formula = given.get(f"{_TABLE} formula")
        if formula:
            sheet.formula(self.column + 1, self.row + 1, formula.removeprefix("of:").removeprefix("=")[:200])
        self.wrong = "" if given.get(f"{_CALC} value-type") == "error" else None

    def end(self, name: str) -> None:
        space, _mark, tag = name.rpartition(" ")
        if space == _TEXT:
            self.in_text = False
        elif space == _TABLE and tag == "table":
            self.sheet = None
        elif space == _TABLE and self.sheet is not None:
            if tag in ("table-cell", "covered-table-cell"):
                if self.wrong is not None:
                    for row in range(min(self.repeated, 1_000)):
                        self.sheet.error(self.row + row + 1, self.column + 1, self.wrong)
                    self.wrong = None
                self.column = min(self.column + self.times, _FARTHEST)
            elif tag == "table-row":
                self.row = min(self.row + self.repeated, _FARTHEST)
                if self.full:
                    self.sheet.rows = self.row

    def text(self, piece: str) -> None:
        if self.in_text and self.wrong is not None and len(self.wrong) < 40:
            self.wrong += piece


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(f"{_TABLE} {name}", "1")
    return min(int(text), _FARTHEST) if text.isdecimal() and text.isascii() and len(text) < 10 else 1


def scan(path: Path, chunks: Iterable[bytes]) -> dict[str, SheetScan]:
    """Each sheet by its name, from the unpacked content of the document at `path`; a `Refusal` where it is broken."""
    reading = _Reading()
    parser: Any = expat.ParserCreate(namespace_separator=" ")

    def doctype(*_given: object) -> None:
        refuse_doctype(path, b"<!DOCTYPE")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError):
        raise guard.damaged(path) from None
    return reading.sheets
