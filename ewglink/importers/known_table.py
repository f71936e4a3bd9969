"""Text tables whose layout a format knows: rows of cells, streaming, each with its number, line and original."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ewglink.importers import characters, encoding, guard
from ewglink.importers.contract import Problem, Row
from ewglink.text import N_, message

PART = "table"
FIELD_LIMIT = 1 << 20


class Line(NamedTuple):
    """One row as read: its number (1 is the first row of the file), the text line it begins on, its cells."""

    no: int
    line: int
    cells: list[str]


def first_rows(head: bytes, delimiter: str, most: int = 20) -> list[list[str]]:
    """The first whole rows of a file that begins with `head`; none where it is not text."""
    found = encoding.detect_bytes(head)
    text = head.decode(found.name, "replace").lstrip("\ufeff")
    if characters.controls(text.replace("\x1a", "")) > 4:
        return []
    lines = text.splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines[: 4 * most], delimiter=delimiter))
    except csv.Error:
        return []
    return [row for row in rows if any(map(str.strip, row))][:most]


def lines(path: Path, delimiter: str) -> Iterator[Line | Problem]:
    """The rows of the file; blank ones, and the end mark of old systems, are passed over."""
    guard.check_file(path)
    limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        with encoding.open_text(path, encoding.detect(path)) as stream:
            yield from _lines(csv.reader(stream, delimiter=delimiter))
    finally:
        csv.field_size_limit(limit)


def _lines(reader: Iterator[list[str]]) -> Iterator[Line | Problem]:
    no, line = 0, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = N_("Line {line} cannot be read as a row ({reason}); it is not imported.")
            yield Problem(PART, no + 1, line, None, "bad_row", message(words, line=line, reason=str(error)), True)
            if no > guard.LIMITS.rows * 64:
                return
            no, line = no + 1, reader.line_num + 1  # type: ignore[attr-defined]
            continue
        no += 1
        if any(cell.strip(" \t\x1a\ufeff\x00") for cell in cells):
            if no == 1 and cells:
                cells[0] = cells[0].lstrip("\ufeff")
            yield Line(no, line, cells)
        line = reader.line_num + 1  # type: ignore[attr-defined]


def row_of(one: Line, columns: Sequence[str], *more: str) -> Row:
    """A row whose original is kept under its headings, filled cells only; `more` are cells that the format adds."""
    cells = one.cells[: len(columns)] + [""] * (len(columns) - len(one.cells))
    if not all(map(str.isascii, cells)):
        cells = list(characters.clean(cells))
    filled = {name: cell for name, cell in zip(columns, one.cells, strict=False) if cell}
    raw = json.dumps(filled, separators=(",", ":"))
    return Row(PART, one.no, one.line, (*cells, *more), raw)


def too_wide(one: Line, columns: Sequence[str]) -> Problem | None:
    """The complaint about a row with more filled cells than the table has columns."""
    if len(one.cells) <= len(columns) or not any(cell.strip() for cell in one.cells[len(columns) :]):
        return None
    words = N_("The row has {n} cells and the table {columns} columns; it is not imported.")
    text = message(words, n=len(one.cells), columns=len(columns))
    return Problem(PART, one.no, one.line, None, "too_many_cells", text, True, json.dumps(one.cells))
