"""Where a table's headings are, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ewglink.text import N_, Message, message

_DATA_LIKE = re.compile(r"[-+(]?[$€£]?\s?\d[\d.,\s/:TZ+-]*\)?%?|[-+]?\d+(\.\d+)?[eE][-+]?\d+")
_YEAR = re.compile(r"(19|20)\d\d")
_LONGEST_HEADING = 120


@dataclass(frozen=True)
class Headings:
    """`index` of the heading row among the rows looked at (None: there is none), the columns' names, and what was odd
    about them as (code, column, sentence)."""

    index: int | None
    columns: tuple[str, ...]
    oddities: tuple[tuple[str, str, Message], ...] = ()


def letter(index: int) -> str:
    """The spreadsheet's name of column `index` (0 is A, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def shown(cell: Any) -> str:
    """A heading cell as trimmed text, line breaks as spaces."""
    return "" if cell is None else " ".join(str(cell).split())


def filled(row: Sequence[Any]) -> int:
    """How many cells of `row` there are up to the last that holds something."""
    count = len(row)
    while count and (row[count - 1] is None or row[count - 1] == "" or shown(row[count - 1]) == ""):
        count -= 1
    return count


def find(rows: Sequence[Sequence[Any]], chosen: int = -1) -> Headings:
    """The headings among a table's first `rows` (blank ones included). `chosen`: -1 look for them, 0 there are none, n
    the n-th row holds them."""
    width = _width(rows)
    if chosen > 0:
        index: int | None = chosen - 1
    elif chosen == 0:
        index = None
    else:
        index = _candidate(rows, width)
        if index is not None and not _is_heading(rows[index], rows[index + 1 :]):
            index = None
    if index is None or index >= len(rows):
        return Headings(index if chosen > 0 else None, tuple(letter(place) for place in range(width)))
    return _named(rows[index], index, max(filled(rows[index]), _usual(rows[index + 1 :])))


def _width(rows: Sequence[Sequence[Any]]) -> int:
    """The number of columns most rows have: the largest width that is the most frequent, or a third of the rows
    have."""
    counts = Counter(count for count in map(filled, rows) if count)
    if not counts:
        return 0
    most = max(counts.values())
    total = counts.total()
    return max(width for width, times in counts.items() if times == most or times * 3 >= total)


def _usual(rows: Sequence[Sequence[Any]]) -> int:
    """The width that more than half of the rows have; 0 where there is none."""
    counts = Counter(count for count in map(filled, rows) if count)
    return max((width for width, times in counts.items() if times * 2 > counts.total()), default=0)


def _candidate(rows: Sequence[Sequence[Any]], width: int) -> int | None:
    """The first row that fills most columns: what stands above it is a banner."""
    for index, row in enumerate(rows):
        full = sum(1 for cell in row if shown(cell))
        if full and full >= 0.6 * width:
            return index
    return None


def _data_like(cell: Any) -> bool:
    if isinstance(cell, str):
        text = cell.strip()
        return bool(_DATA_LIKE.fullmatch(text)) and not _YEAR.fullmatch(text)
    if isinstance(cell, (date, datetime)):
        return True
    return isinstance(cell, (int, float)) and not (isinstance(cell, int) and 1900 <= cell < 2100)


def _is_heading(row: Sequence[Any], below: Sequence[Sequence[Any]]) -> bool:
    names = [shown(cell) for cell in row if shown(cell)]
    if any(_data_like(cell) for cell in row) or any(len(name) > _LONGEST_HEADING for name in names):
        return False
    if len(names) > 2 and len(set(names)) * 2 <= len(names):
        return False
    repeats = 0
    for place, cell in enumerate(row):
        name = shown(cell)
        if name and any(place < len(other) and shown(other[place]) == name for other in below[:100]):
            repeats += 1
    return repeats * 3 <= len(names) or repeats == 0


def _named(row: Sequence[Any], index: int, width: int) -> Headings:
    columns: list[str] = []
    oddities: list[tuple[str, str, Message]] = []
    taken = {shown(cell) for cell in row}
    for place in range(width):
        name = shown(row[place]) if place < len(row) else ""
        if not name:
            wanted = letter(place)
            oddities.append(
                (
                    "blank_heading",
                    wanted,
                    message(N_("Column {column} has no heading; it is called {column}."), column=wanted),
                )
            )
        else:
            wanted = name
        unique, n = wanted, 1
        while unique in columns or (unique != name and unique in taken):
            n += 1
            unique = f"{wanted} ({n})"
        if name and unique != name:
            oddities.append(
                (
                    "duplicate_heading",
                    unique,
                    message(
                        N_("The heading “{heading}” occurs more than once; column {column} is called “{name}”."),
                        heading=name,
                        column=letter(place),
                        name=unique,
                    ),
                )
            )
        columns.append(unique)
    return Headings(index, tuple(columns), tuple(oddities))
