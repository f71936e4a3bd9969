"""An answer to a question as it is handed out: what was asked, tables, and perhaps a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ewglink.drawing.figure import Figure

Cell = None | str | int | float
"""What a table's cell holds: numbers stay numbers."""


@dataclass(frozen=True)
class AnswerTable:
    """A table in the language in force: its key and name, headings, rows, and for each row the items it rests on."""

    key: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    items: tuple[tuple[int, ...], ...] = ()
    note: str = ""

    def of(self, row: int) -> tuple[int, ...]:
        """The items of a row."""
        return self.items[row] if row < len(self.items) else ()


@dataclass(frozen=True)
class AnswerSheet:
    """Everything an answer says: `about` are the lines that say what was asked and counted; `figure` draws it on paper;
    `named` are the items whose handling markings it bears."""

    key: str
    title: str
    about: tuple[str, ...] = ()
    tables: tuple[AnswerTable, ...] = ()
    figure: Callable[[], Figure] | None = None
    named: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class ReleasedAnswer:
    """An answer as it may leave: under its banner, with what stands at the foot of each page."""

    sheet: AnswerSheet
    banner: str = ""
    foot: str = ""
