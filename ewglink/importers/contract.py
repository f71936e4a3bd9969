"""What an import format is, and the shapes that travel from a file to the case: rows, problems, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from ewglink.plugins.registry import Registry
from ewglink.text import Message

Vals = dict[str, list[Any]] | str
"""Property → [value, raw if different, start, end, precision, validity, reason], trailing nulls may be left out; or
the same as JSON text."""

FOLDERS = "|"
"""What stands between the folders that an option names: no system has it in a name that people give."""

Cell = None | str | int | float | bool | date | datetime


class Row(NamedTuple):
    """One row as the file has it. `no` is the number a spreadsheet shows (header counted, first is 1); `line` the text
    line it starts on, for text files; `cells` in the order of the part's columns; `raw` the row verbatim (JSON)."""

    part: str
    no: int
    line: int | None
    cells: tuple[Cell, ...]
    raw: str


@dataclass(frozen=True)
class Problem:
    """Something about a row that people must hear of. `rejected` rows are not imported and are listed and exportable;
    other problems are warnings. `code` is stable and never translated."""

    part: str
    row: int | None
    line: int | None
    field: str | None
    code: str
    message: Message
    rejected: bool = False
    raw: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The warning shape of the terminal."""
        place = {"row": self.row, "line": self.line, "field": self.field}
        return place | {"code": self.code, "message": str(self.message)}


@dataclass(frozen=True)
class Part:
    """A table of a file: the only one of a CSV, a sheet of a workbook, the records of a JSON file.

    `header_row` is the row number of the headings, None where there are none (columns are then A, B, C …)."""

    name: str
    columns: tuple[str, ...]
    header_row: int | None
    hidden: bool = False
    sample: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """How sure a format is that a file is its own (0 to 1), and the reason, for the person."""

    confidence: float
    reason: Message
    options: dict[str, Any] = field(default_factory=dict)


class EntityDraft(NamedTuple):
    """An entity as one record states it. `ref` names it within its record. `keys` are (namespace, value) pairs that
    make it one with what the case knows (a joining identifier, the specification's key); `other` pairs are known of it
    and do not join. `vals` is what the record says of its properties."""

    ref: str
    type: str
    keys: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str, str], ...]
    """(namespace, value, validity) that do not join."""
    label: str
    label_rank: int
    """How good the label is: 0 an identifier, 1 a fallback, 2 a name. A better one replaces a worse one."""
    vals: Vals


class LinkDraft(NamedTuple):
    """A link as one record states it, between two refs of the same record. `key` None: hash of its content and its
    ordinal."""

    type: str
    a: str
    b: str
    key: tuple[str, str] | None
    direction: int
    strength: int
    start: str | None
    end: str | None
    precision: int | None
    vals: Vals
    label: str = ""


class Origin(NamedTuple):
    """Where a record says it has its knowledge from, apart from the file: in words, and graded (`B2`)."""

    note: str | None
    grade: str | None


class Drafted(NamedTuple):
    """What one record says: its row, entities and links, what is wrong with it, and its own origin if it has one."""

    row: Row
    entities: tuple[EntityDraft, ...]
    links: tuple[LinkDraft, ...]
    problems: tuple[Problem, ...] = ()
    origin: Origin | None = None


class Format(Protocol):
    """An import format. Tables need a mapping; `records` formats draft by themselves; a `graph` suggests how its two
    tables are mapped (`graph_file.GraphFormat`). Records and graphs may have two methods more: `proposes(path,
    options) -> Schema`, the types and properties that the file needs beyond the built-in ones, and `pictures(path,
    options) -> Iterator[graph_file.Picture]`, the charts that it holds.

    A format whose file is read with others of its folder has `companions(path, options) -> list[Path]`, those there
    are; `companions_apart = True` says that each of them can be read by itself too, and is then a source of its own;
    its option `nodes_in` names further folders where they may lie. `reads_whole(path) -> bool` says that a ZIP archive
    is to be read by it as it is, because what is in it cannot be read file by file.

    Everything here runs in the reader process on a file that may be hostile: it must stay within the limits of `guard`
    and answer with a `Refusal` or `Problem`s, never a crash.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    kind: Literal["table", "records", "graph"]
    options: type

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """How likely `path`, whose first 64 KiB are `head`, is of this format, whatever its suffix says."""
        ...

    def parts(self, path: Path, options: Any) -> list[Part]:
        """The tables of the file with their columns and first rows; a `Refusal` where it cannot be read."""
        ...

    def read(self, path: Path, options: Any, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one part (or all visible parts), streaming; problems come where they occur."""
        ...


class RecordFormat(Format, Protocol):
    """A format that knows what its records mean."""

    def draft(self, row: Row) -> Drafted:
        """What the record says."""
        ...


FORMATS: Registry[Format] = Registry("ewglink.importers.formats", "ewglink.importers")
