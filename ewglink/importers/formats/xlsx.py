"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS workbooks, each visible sheet a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ewglink.importers import guard
from ewglink.importers.contract import Part, Problem, Recognised, Row
from ewglink.importers.sheet_table import Table
from ewglink.importers.workbook import OLE, ZIP, Workbook
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

_PREVIEW_ROWS = 100


@dataclass(frozen=True)
class XlsxOptions:
    """How to read a workbook."""

    header: int = option(-1, N_("Row of the headings (0: none)"), minimum=-1, lowest=N_("Find it"))
    header_rows: int = option(0, N_("Rows that the headings take, that one the last"), minimum=0, lowest=N_("Find it"))
    hidden: bool = option(False, N_("Take hidden sheets too"))
    asides: bool = option(True, N_("Leave out rows of sums and remarks"))
    fill_merged: bool = option(True, N_("A cell merged over several rows counts for each of them"))


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
                rows = (one for batch in table.batches() for one in batch if isinstance(one, Row))
                sample = tuple(islice(rows, _PREVIEW_ROWS))
                found.append(Part(name, table.columns, table.first or None, hidden, sample))
        if not found:
            raise guard.refuse(
                "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
            )
        return found

    def read(self, path: Path, options: XlsxOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one sheet, or of all visible ones."""
        for batch in self.batches(path, options, part):
            yield from batch

    def batches(self, path: Path, options: XlsxOptions, part: str | None = None) -> Iterator[list[Row | Problem]]:
        """The same in lists, some thousands at a time: what the reader process asks for."""
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
                    yield from table.batches()
            elif part is None and hidden:
                words = message(N_("The sheet “{sheet}” is hidden and not taken."), sheet=name)
                yield [Problem(name, None, None, None, "hidden_sheet", words)]
        if empty and part is None:
            raise guard.refuse(
                "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), path
            )


MEMBER = Xlsx()
