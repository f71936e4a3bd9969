"""An answer to a question as it is handed out: what was asked, tables, and perhaps a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ewglink.drawing.figure import Figure

Cell = None | str | int | float | date
"""What a table's cell holds: numbers stay numbers, and a day one that a workbook can reckon with."""


@dataclass(frozen=True)
class Series:
    """Rows `first` to `last` (from 0, both within) of a table as a line a workbook draws: the columns of x and of each
    y, in the order of the headings."""

    title: str
    first: int
    last: int
    x: int
    ys: tuple[int, ...]


@dataclass(frozen=True)
class AnswerTable:
    """A table in the language in force: its key and name, headings, rows, and for each row the items it rests on.

    `figures` are drawn under its name on paper, `series` as charts beside it in a workbook.
    """

    key: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    items: tuple[tuple[int, ...], ...] = ()
    note: str = ""
    figures: tuple[Callable[[], Figure], ...] = ()
    series: tuple[Series, ...] = ()

    def of(self, row: int) -> tuple[int, ...]:
        """The items of a row."""
        return self.items[row] if row < len(self.items) else ()


@dataclass(frozen=True)
class AnswerSheet:
    """Everything an answer says: `about` are the lines that say what was asked and counted; `figure` draws it on paper;
    `named` are the items whose handling markings it bears; `data` is what a window works on (it does not leave)."""

    key: str
    title: str
    about: tuple[str, ...] = ()
    tables: tuple[AnswerTable, ...] = ()
    figure: Callable[[], Figure] | None = None
    named: frozenset[int] = field(default_factory=frozenset)
    data: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class ReleasedAnswer:
    """An answer as it may leave: under its banner, with what stands at the foot of each page."""

    sheet: AnswerSheet
    banner: str = ""
    foot: str = ""
