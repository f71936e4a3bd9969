"""Where a table's headings are, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ewglink.names.lettering import letter
from ewglink.text import N_, NN_, Message, counted, message

_DATA_LIKE = re.compile(r"[-+(]?[$€£]?\s?\d[\d.,\s/:TZ+-]*\)?%?|[-+]?\d+(\.\d+)?[eE][-+]?\d+")
_YEAR = re.compile(r"(19|20)\d\d")
_LONGEST_HEADING = 120
JOINED = " / "
"""What stands between a group and a name where headings take several rows: Exporter / Name."""


@dataclass(frozen=True)
class Headings:
    """`index` of the (last) heading row among the rows looked at (None: there is none), the columns' names, and what
    was odd about them as (code, column, sentence); `lines`: how many rows the headings take."""

    index: int | None
    columns: tuple[str, ...]
    oddities: tuple[tuple[str, str, Message], ...] = ()
    lines: int = 1

    @property
    def above(self) -> int:
        """How many rows stand above the headings."""
        return 0 if self.index is None else self.index + 1 - self.lines


def shown(cell: Any) -> str:
    """A heading cell as trimmed text, line breaks as spaces."""
    return "" if cell is None else " ".join(str(cell).split())


def filled(row: Sequence[Any]) -> int:
    """How many cells of `row` there are up to the last that holds something."""
    count = len(row)
    while count and (row[count - 1] is None or row[count - 1] == "" or shown(row[count - 1]) == ""):
        count -= 1
    return count


def find(rows: Sequence[Sequence[Any]], chosen: int = -1, lines: int = 0) -> Headings:
    """The headings among a table's first `rows` (blank ones included). `chosen`: -1 look for them, 0 there are none, n
    the n-th row holds them. `lines`: how many rows they take, that row being the last; 0 look for it."""
    width = _width(rows)
    if chosen == 0:
        index: int | None = None
    elif chosen > 0:
        index, lines = chosen - 1, lines or 1
    else:
        index, lines = _looked_for(rows, width, lines)
    if index is None or index >= len(rows):
        return Headings(index if chosen > 0 else None, tuple(letter(place) for place in range(width)))
    taken = rows[max(0, index - lines + 1) : index + 1]
    row = _joined(taken) if len(taken) > 1 else rows[index]
    return _named(row, index, max(filled(row), _usual(rows[index + 1 :])), len(taken))


def _looked_for(rows: Sequence[Sequence[Any]], width: int, lines: int) -> tuple[int | None, int]:
    """The last row of the headings, None where there is none, and how many rows they take."""
    at = _candidate(rows, width)
    if at is None:
        return None, 1
    if lines == 0:
        found = _levels(rows, at)
        if found is not None:
            return found, 2
    if lines > 1 and _repeats(rows[at]):  # the row of the groups is filled all along: names come below it
        return at + lines - 1, lines
    return (at if _is_heading(rows[at], rows[at + 1 :]) else None), max(1, lines)


def _repeats(row: Sequence[Any]) -> bool:
    names = [shown(cell) for cell in row if shown(cell)]
    return len(set(names)) < len(names)


def _levels(rows: Sequence[Sequence[Any]], at: int) -> int | None:
    """The lower of two rows of headings of which row `at` is one: names that repeat below groups that tell them apart.

    Where the groups are the fuller row, a column of figures or dates must show that the names are no data."""
    for lower in (at, at + 1):
        if lower == 0 or lower >= len(rows) or not _repeats(rows[lower]):
            continue
        upper = rows[lower - 1]
        words = [shown(cell) for cell in (*upper, *rows[lower]) if shown(cell)]
        if filled(upper) < 2 or sum(bool(shown(cell)) for cell in upper) < 2 or any(map(_data_like, rows[lower])):
            continue
        names = [name for name in _joined((upper, rows[lower])) if name]
        if len(set(names)) < len(names) or any(_data_like(word) or len(word) > _LONGEST_HEADING for word in words):
            continue
        if lower == at or (_groups(upper, rows[lower]) and _figures_below(rows[lower + 1 :])):
            return lower
    return None


def _groups(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Whether the upper row can be groups: it repeats, or leaves a column to the group before it. Cells that fill their
    row and never repeat are names already, and what is below them is data."""
    return _repeats(upper) or any(shown(cell) and (place >= len(upper) or not shown(upper[place]))
                                  for place, cell in enumerate(lower))


def _figures_below(rows: Sequence[Sequence[Any]]) -> bool:
    full = [row for row in rows[:100] if filled(row)]
    return any(
        sum(place < len(row) and _data_like(row[place]) for row in full) * 2 > len(full)
        for place in range(max(map(len, full), default=0))
    )


def _joined(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Several rows of headings as one: a group counts for the columns to its right until the next one."""
    width = max(map(filled, rows))
    names: list[list[str]] = [[] for _place in range(width)]
    own = [any(place < len(row) and shown(row[place]) for row in rows) for place in range(width)]
    for level, row in enumerate(rows):
        group = ""
        for place in range(width):
            name = shown(row[place]) if place < len(row) else ""
            group = name or (group if level < len(rows) - 1 else "")
            if group and own[place] and group not in names[place]:
                names[place].append(group)
    return [JOINED.join(parts) for parts in names]


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


def _named(row: Sequence[Any], index: int, width: int, lines: int) -> Headings:
    columns: list[str] = []
    oddities: list[tuple[str, str, Message]] = []
    if lines > 1:
        words = NN_("The headings take {n} row (“{name}”).", "The headings take {n} rows, joined as in “{name}”.")
        text = counted(*words, lines, name=_example(row))
        oddities.append(("joined_headings", "", text))
    taken = {shown(cell) for cell in row}
    given: set[str] = set()
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
        while unique in given or (unique != name and unique in taken):
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
        given.add(unique)
    return Headings(index, tuple(columns), tuple(oddities), lines)


def _example(row: Sequence[Any]) -> str:
    return next((shown(name) for name in row if JOINED in shown(name)), shown(row[0]) if row else "")
