"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS workbooks, each visible sheet a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from json import JSONEncoder
from pathlib import Path
from typing import Any

from ewglink.importers import asides, characters, guard, headings
from ewglink.importers.contract import Cell, Part, Problem, Recognised, Row
from ewglink.importers.workbook import OLE, ZIP, Workbook
from ewglink.importers.workbook_scan import SheetScan
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

_SAMPLE_ROWS = 200
_PREVIEW_ROWS = 100
_BATCH = 2_000
_HELD = 2_000_000
"""Sheets of so many cells are kept as Python objects between passes; larger ones are turned into them once a pass."""

_encoder = JSONEncoder(ensure_ascii=False, default=lambda cell: cell.isoformat())


@dataclass(frozen=True)
class XlsxOptions:
    """How to read a workbook."""

    header: int = option(-1, N_("Row of the headings (0: none)"), minimum=-1, lowest=N_("Find it"))
    header_rows: int = option(0, N_("Rows that the headings take, that one the last"), minimum=0, lowest=N_("Find it"))
    hidden: bool = option(False, N_("Take hidden sheets too"))
    asides: bool = option(True, N_("Leave out rows of sums and remarks"))
    fill_merged: bool = option(True, N_("A cell merged over several rows counts for each of them"))


class Table:
    """One sheet as rows of cells, with real row numbers, and its headings."""

    def __init__(self, book: Workbook, name: str, options: XlsxOptions) -> None:
        self.name = name
        self.sheet = book.sheet(name)
        self.scan = book.scans.get(name, SheetScan())
        self.asides = options.asides
        self.held: list[list[Any]] | None = None
        first = [_cells(row) for _number, row in islice(self._raw(), max(_SAMPLE_ROWS, options.header + 1))]
        self.headings = headings.find(first, options.header, options.header_rows)
        self.first = 0 if self.headings.index is None else self.headings.index + 1
        used = 0 if self.sheet is None else self.sheet.end[1] + 1
        columns = list(self.headings.columns)
        columns += [headings.letter(place) for place in range(len(columns), used if columns else 0)]
        self.columns = tuple(columns)
        self.merged = self._merges() if options.fill_merged and self.sheet is not None else {}

    def _raw(self) -> Iterator[tuple[int, list[Any]]]:
        if self.sheet is None:
            return
        if self.held is None and self.sheet.total_height * self.sheet.total_width <= _HELD:
            self.held = list(self.sheet.iter_rows())
        lead: list[Any] = [""] * self.sheet.start[1]
        for number, row in enumerate(self.held or self.sheet.iter_rows(), 1):
            yield number, lead + row if lead else row

    def _merges(self) -> dict[int, list[tuple[int, int]]]:
        """Row number → (column, row number that holds the value), for cells merged over several rows."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        end = self.sheet.end[0]
        for (top, left), (bottom, _right) in self.sheet.merged_cell_ranges or ():
            for row in range(top + 1, min(bottom, end) + 1) if top >= self.first else ():
                found[row + 1].append((left, top + 1))
        return found

    def _mixed(self) -> frozenset[int]:
        """The columns in which some date has a time of day: there, a date without one is midnight."""
        found: set[int] = set()
        for _number, row in self._raw():
            if datetime in set(map(type, row)):
                found.update(place for place, cell in enumerate(row) if type(cell) is datetime)
        return frozenset(found)

    def rows(self) -> Iterator[Row | Problem]:
        """The rows below the headings, and what is wrong with them; blank rows are counted and passed over."""
        yield from self._opening()
        mixed = self._mixed()
        errors = defaultdict(list)
        for row_number, column, text in self.scan.errors:
            errors[row_number].append((column, text))
        held: dict[tuple[int, int], Cell] = {}
        tops = {(top, left) for cells in self.merged.values() for left, top in cells}
        width = len(self.columns)
        for number, row in self._raw():
            cells = _cells(row)
            for place in mixed:
                if place < len(cells) and type(cells[place]) is date:
                    cells[place] = datetime.combine(cells[place], time())  # type: ignore[arg-type]
            for place, top in self.merged.get(number, ()):
                cells[place] = held.get((top, place))
            if tops:
                held.update(((number, place), cells[place]) for place in range(len(cells)) if (number, place) in tops)
            if number <= self.first or cells.count(None) == len(cells) and number not in errors:
                continue
            cells.extend([None] * (width - len(cells)))
            raw = _encoder.encode(cells)
            if self.asides and cells.count(None) * 2 >= width and (aside := asides.judged(cells[:width])):
                yield Problem(self.name, number, None, None, *aside, True, raw)
                continue
            if number in errors or not raw.isascii() or "\\u00" in raw:
                yield from self._oddities(number, cells, errors.get(number, ()), raw)
            yield Row(self.name, number, None, tuple(cells[:width]), raw)

    def _oddities(
        self, number: int, cells: list[Cell], errors: Iterable[tuple[int, str]], raw: str
    ) -> Iterator[Problem]:
        for column, text in errors:
            words = message(
                N_("The cell holds the error {error} instead of a value; it is taken as empty."), error=text
            )
            yield Problem(self.name, number, None, self._column(column), "error_cell", words, raw=raw)
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, str) and characters.suspicious(cell):
                for code, what in characters.findings(cell):
                    words = message(N_("The row {what}."), what=what)
                    yield Problem(self.name, number, None, self._column(column), code, words, raw=raw)

    def _column(self, number: int) -> str:
        return self.columns[number - 1] if number <= len(self.columns) else headings.letter(number - 1)

    def _opening(self) -> Iterator[Problem]:
        for code, column, words in self.headings.oddities:
            yield Problem(self.name, self.first, None, column or None, code, words)
        if self.headings.above:
            yield Problem(
                self.name,
                1,
                None,
                None,
                "rows_above_headings",
                message(
                    N_("The headings are in row {row}; what stands above them is not read."),
                    row=self.headings.above + 1,
                ),
            )
        if self.merged:
            yield Problem(
                self.name,
                min(self.merged),
                None,
                None,
                "merged_cells",
                message(N_("Cells are merged over several rows; their value counts for each row.")),
            )
        if self.scan.valueless:
            yield Problem(
                self.name,
                None,
                None,
                None,
                "formula_without_value",
                message(
                    N_(
                        "{n} formulas have no stored value and are taken as empty; open the workbook in a spreadsheet "
                        "program and save it."
                    ),
                    n=self.scan.valueless,
                ),
            )


def _cells(row: list[Any]) -> list[Cell]:
    """A row of the library as cells; the commonest kinds first, since this is where the time goes."""
    return [
        (cell or None)
        if (kind := type(cell)) is str
        else (int(cell) if cell.is_integer() and -1e15 < cell < 1e15 else cell)
        if kind is float
        else _plain(cell)
        for cell in row
    ]


def _plain(cell: Any) -> Cell:
    """A cell of the library as a cell of a row: whole floats as integers, durations and times of day as text."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(cell, time):
        return cell.isoformat()
    if cell is None or cell == "":
        return None
    return cell if isinstance(cell, (str, int, date)) else str(cell)


class Xlsx:
    """The format: a part a sheet, named as the sheet; hidden sheets are listed and not taken unless asked for."""

    key = "xlsx"
    name = N_("Spreadsheet (XLSX, XLSM, XLS, ODS)")
    suffixes = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
    kind = "table"
    options = XlsxOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """A ZIP container with a workbook in it, or an OLE one named as a spreadsheet."""
        if head.startswith(OLE):
            sure = 0.9 if path.suffix.lower() in self.suffixes else 0.5
            return Recognised(sure, message(N_("an older or protected Office file")))
        if not head.startswith(ZIP):
            return Recognised(0.0, message(N_("not a workbook")))
        if b"word/document" in head or b"ppt/" in head:
            return Recognised(0.0, message(N_("not a workbook")))
        try:
            names = {member.filename for member in guard.open_zip(path)}
        except Refusal:
            sure = 0.6 if path.suffix.lower() in self.suffixes or b"xl/" in head else 0.1
            return Recognised(sure, message(N_("a damaged container")))
        if any(re.fullmatch(r"xl/workbook\.(xml|bin)", name) for name in names):
            return Recognised(0.98, message(N_("workbook: a container with sheets in it")))
        if "content.xml" in names and b"opendocument.spreadsheet" in head[:200]:
            return Recognised(0.98, message(N_("OpenDocument spreadsheet")))
        return Recognised(0.0, message(N_("a container without sheets")))

    def parts(self, path: Path, options: XlsxOptions) -> list[Part]:
        """The sheets that hold something, in the workbook's order."""
        book = Workbook(path)
        found: list[Part] = []
        for name, hidden in book.sheets.items():
            table = Table(book, name, options)
            if table.columns:
                sample = tuple(islice((row for row in table.rows() if isinstance(row, Row)), _PREVIEW_ROWS))
                found.append(Part(name, table.columns, table.first or None, hidden, sample))
        if not found:
            raise guard.refuse(
                "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
            )
        return found

    def read(self, path: Path, options: XlsxOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one sheet, or of all visible ones."""
        book = Workbook(path)
        if part is not None and part not in book.sheets:
            raise guard.refuse(
                "unknown_part", message(N_("{file} has no sheet “{sheet}”."), file=path.name, sheet=part), path
            )
        empty = True
        for name, hidden in book.sheets.items():
            if part == name or part is None and (options.hidden or not hidden):
                table = Table(book, name, options)
                if table.columns:
                    empty = False
                    yield from table.rows()
            elif part is None and hidden:
                yield Problem(
                    name,
                    None,
                    None,
                    None,
                    "hidden_sheet",
                    message(N_("The sheet “{sheet}” is hidden and not taken."), sheet=name),
                )
        if empty and part is None:
            raise guard.refuse(
                "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
            )

    def batches(self, path: Path, options: XlsxOptions, part: str | None = None) -> Iterator[list[Row | Problem]]:
        """The same in lists: what the reader process asks for."""
        rows = self.read(path, options, part)
        while batch := list(islice(rows, _BATCH)):
            yield batch


MEMBER = Xlsx()
