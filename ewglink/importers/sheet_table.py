"""One sheet of a workbook as a table: its headings, and its rows with the numbers a spreadsheet shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from json import JSONEncoder
from typing import Any, Protocol

from ewglink.importers import asides, characters, headings
from ewglink.importers.contract import Cell, Problem, Row
from ewglink.importers.repeats import Repeats
from ewglink.importers.workbook import Workbook
from ewglink.importers.workbook_scan import SheetScan
from ewglink.importers.workbook_slow import SlowSheet
from ewglink.names.lettering import letter
from ewglink.text import N_, NN_, counted, message

_SAMPLE_ROWS = 200
_BATCH = 2_000
_HELD = 2_000_000
"""Sheets of so many cells are kept as Python objects between passes; larger ones are turned into them once a pass."""

_encoder = JSONEncoder(ensure_ascii=False, default=lambda cell: cell.isoformat())
# Many rows in one go: inside strings JSON escapes a NUL, so that one between cells tells rows apart again.
_together = JSONEncoder(ensure_ascii=False, separators=("\0", ":"), default=lambda cell: cell.isoformat())


class SheetOptions(Protocol):
    """What a person may say about how sheets are read."""

    @property
    def header(self) -> int: ...
    @property
    def header_rows(self) -> int: ...
    @property
    def asides(self) -> bool: ...
    @property
    def fill_merged(self) -> bool: ...


class Table:
    """One sheet as rows of cells, with real row numbers, and its headings."""

    def __init__(self, book: Workbook, name: str, options: SheetOptions) -> None:
        self.name = name
        self.sheet = book.sheet(name)
        self.scan = book.scans.get(name, SheetScan())
        self.asides = options.asides
        self.left = 0 if self.sheet is None else self.sheet.start[1]
        self.held: list[list[Any]] | None = None
        first = [_cells(row) for _number, row in islice(self._raw(), max(_SAMPLE_ROWS, options.header + 1))]
        self.headings = headings.find(first, options.header, options.header_rows)
        self.first = 0 if self.headings.index is None else self.headings.index + 1
        used = 0 if self.sheet is None else self.sheet.end[1] + 1
        columns = list(self.headings.columns)
        columns += [letter(place) for place in range(len(columns), used if columns else 0)]
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
        for (top, left), (bottom, _right) in self.sheet.merged_cell_ranges or self.scan.merges:
            for row in range(top + 1, min(bottom, end) + 1) if top >= self.first else ():
                found[row + 1].append((left, top + 1))
        return found

    def _mixed(self) -> frozenset[int]:
        """The columns in which some date has a time of day: there, a date without one is midnight."""
        found: set[int] = set()
        lead = 0 if self.sheet is None else self.sheet.start[1]
        for _first, rows in self._blocks():
            if datetime in set(map(type, chain.from_iterable(rows))):
                columns = zip(*rows, strict=True)
                found.update(lead + place for place, cells in enumerate(columns) if datetime in set(map(type, cells)))
        return frozenset(found)

    def _blocks(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """The rows as the library has them, without what lies left of the first column in use, some thousands at a
        time with the number of the first."""
        if self.sheet is None:
            return
        rows = iter(self.held or self.sheet.iter_rows())
        number = 1
        while block := list(islice(rows, _BATCH)):
            yield number, block
            number += len(block)

    def batches(self) -> Iterator[list[Row | Problem]]:
        """The rows below the headings, and what is wrong with them; blank rows are counted and passed over."""
        repeats = Repeats(self.name)
        yield list(self._opening())
        self.mixed = self._mixed()
        self.errors: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row_number, column, text in self.scan.errors:
            self.errors[row_number].append((column, text))
        self.tops = {(top, left) for cells in self.merged.values() for left, top in cells}
        self.tall: dict[tuple[int, int], Cell] = {}
        lead: list[Any] = [""] * (0 if self.sheet is None else self.sheet.start[1])
        for first, block in self._blocks():
            found = self._quick(first, block)
            if found is None:
                found = []
                for number, row in enumerate(block, first):
                    found.extend(self._careful(number, lead + row if lead else row))
            if found:
                repeats.add(found)
                yield found
        if told := repeats.problem():
            yield [told]

    def _quick(self, first: int, block: list[list[Any]]) -> list[Row | Problem] | None:
        """Rows without anything to be said of them, taken column by column; None where there may be."""
        end = first + len(block)
        if self.merged or first <= self.first or any(first <= number < end for number in self.errors):
            return None
        given = enumerate(zip(*block, strict=True), self.left)
        columns = [_column(cells, place in self.mixed) for place, cells in given]
        columns[:0] = [(None,) * len(block)] * self.left
        columns += [(None,) * len(block)] * (len(self.columns) - len(columns))
        rows = list(zip(*columns, strict=True))
        text = _together.encode(rows)[2:-2].replace("]\0[", "\n").replace("\0", ", ")
        if "\\u00" in text or characters.suspicious(text):
            return None
        width = len(self.columns)
        half, blank = (width + 1) // 2, (None,) * width
        if self.asides and any(row.count(None) >= half and row != blank and asides.judged(row) for row in rows):
            return None
        return [
            tuple.__new__(Row, (self.name, number, None, cells, f"[{raw}]"))
            for number, cells, raw in zip(range(first, end), rows, text.split("\n"), strict=True)
            if cells != blank
        ]

    def _careful(self, number: int, row: list[Any]) -> Iterator[Row | Problem]:
        """One row with what is wrong with it."""
        cells, width = _cells(row), len(self.columns)
        for column, _text in self.errors.get(number, ()):
            if column <= len(cells):
                cells[column - 1] = None
        for place in self.mixed:
            if place < len(cells) and type(cells[place]) is date:
                cells[place] = datetime.combine(cells[place], time())  # type: ignore[arg-type]
        for place, top in self.merged.get(number, ()):
            cells[place] = self.tall.get((top, place))
        if self.tops:
            self.tall.update(((number, at), cells[at]) for at in range(len(cells)) if (number, at) in self.tops)
        if number <= self.first or cells.count(None) == len(cells) and number not in self.errors:
            return
        cells.extend([None] * (width - len(cells)))
        raw = _encoder.encode(cells)
        if self.asides and cells.count(None) * 2 >= width and (aside := asides.judged(cells[:width])):
            yield Problem(self.name, number, None, None, *aside, True, raw)
            return
        if number in self.errors or not raw.isascii() or "\\u00" in raw:
            yield from self._oddities(number, cells, self.errors.get(number, ()), raw)
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
        return self.columns[number - 1] if number <= len(self.columns) else letter(number - 1)

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
        yield from self._formulas()
        if isinstance(self.sheet, SlowSheet):
            slow = N_("The sheet is not written as the format asks; it was read in a slower way, merged cells apart.")
            yield Problem(self.name, None, None, None, "read_slowly", message(slow))

    def _formulas(self) -> Iterator[Problem]:
        """What is said of formulas: their stored values are taken, and what the first of each column is."""
        for column, (count, row, text) in sorted(self.scan.formulas.items()):
            shown = f"={text}" if text else letter(column - 1) + str(row)
            words = NN_(
                "{n} cell is a formula, in row {row} ({formula}); the value stored with it is taken.",
                "{n} cells are formulas, the first in row {row} ({formula}); the values stored with them are taken.",
            )
            said = counted(*words, count, row=row, formula=shown)
            yield Problem(self.name, row, None, self._column(column), "formulas", said)
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


def _column(cells: Sequence[Any], dated: bool) -> Sequence[Cell]:
    """A column of the library's values as cells; a column of one kind goes by quickly."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return [cell or None for cell in cells] if "" in cells else cells
    if kinds == {float}:
        return [int(cell) if cell.is_integer() and -1e15 < cell < 1e15 else cell for cell in cells]
    if dated:
        return [datetime.combine(cell, time()) if type(cell) is date else _plain(cell) for cell in cells]
    return cells if kinds == {date} else _cells(cells)


def _cells(row: Sequence[Any]) -> list[Cell]:
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
