"""The CSV files of a Neo4j export: their headings, which of them belong together, and their rows."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from ewglink.importers import dialect, encoding, guard
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

_FIELD = re.compile(
    r"(?P<name>[^:]*):(?P<type>[A-Za-z_]+)(?:\((?P<group>[^)]*)\))?(?:\{[^}]*\})?(?P<list>\[\])?\s*"
)
_ROLES = ("ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE")
_MARKS = (",", "\t", ";", "|")
_MOST_BESIDE = 1000
_MOST_HEADING = 1 << 20
SUFFIXES = (".csv", ".tsv", ".txt")


class Field(NamedTuple):
    """A heading: the property's name (empty where it has none), its role or type in capitals, its group of ids, and
    whether it holds a list."""

    name: str
    type: str
    group: str
    listed: bool


@dataclass(frozen=True)
class Heading:
    """The headings of a file and what parts its cells."""

    fields: tuple[Field, ...]
    mark: str

    @property
    def kind(self) -> Literal["nodes", "edges"]:
        """What the rows below are."""
        return "edges" if any(field.type == "START_ID" for field in self.fields) else "nodes"

    def groups(self, *types: str) -> set[str]:
        """The groups of ids that its fields of these types name (none given: its own)."""
        return {field.group for field in self.fields if field.type in (types or ("ID",))}


@dataclass(frozen=True)
class Table:
    """A file of an export: its name, its headings, how its bytes are read, and whether the headings are its
    own."""

    name: str
    heading: Heading
    chunks: Callable[[], Iterator[bytes]]
    headed: bool = True
    beside: Path | None = None
    """Where it lies, if it is another file than the one that was chosen."""

    def rows(self, spoken: str = "auto") -> Iterator[tuple[int, int, list[str]]]:
        """(number, line, cells) of each row; a row that the reader of CSV cannot take has no cells."""
        csv.field_size_limit(dialect.FIELD_LIMIT)
        lines = _Lines(self.chunks(), spoken, self.name)
        reader = csv.reader(lines, delimiter=self.heading.mark)
        number = 0
        while True:
            number += 1
            start = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = []
            filled = any(cells) if cells else bool(lines.last.strip())
            if filled and (number > 1 or not self.headed):
                yield number, start, cells


class _Lines:
    """The lines of chunks of bytes, counted; `last` is the one given last."""

    def __init__(self, chunks: Iterable[bytes], spoken: str, name: str) -> None:
        self.number, self.last, self._name = 0, "", name
        self._given = self._all(chunks, spoken)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.last = next(self._given)
        self.number += 1
        return self.last

    def _all(self, chunks: Iterable[bytes], spoken: str) -> Iterator[str]:
        decoder = None
        carried = ""
        for chunk in chunks:
            if decoder is None:
                name = encoding.detect_bytes(chunk).name if spoken == "auto" else spoken
                wide = name.startswith(("utf-16", "utf-32"))
                decoder = codecs.getincrementaldecoder(name)("replace" if wide else "surrogateescape")
            text = carried + decoder.decode(chunk)
            *whole, carried = text.split("\n")
            if len(carried) > dialect.FIELD_LIMIT:
                words = N_("Line {line} of {file} is longer than {n} characters; it is not read.")
                said = message(words, file=self._name, line=self.number + 1, n=dialect.FIELD_LIMIT)
                raise guard.refuse("line_too_long", said, Path(self._name))
            yield from (line + "\n" for line in whole)
        if decoder is not None:
            carried += decoder.decode(b"", True)
        if carried:
            yield carried


def heading_of(line: str) -> Heading | None:
    """The headings that a first line holds; None where it is not of a Neo4j export."""
    line = line.lstrip("\ufeff").rstrip("\r\n")
    if ":" not in line or len(line) > _MOST_HEADING:
        return None
    for mark in _MARKS:
        try:
            cells = next(csv.reader([line], delimiter=mark), [])
        except csv.Error:
            continue
        fields = tuple(map(_field, cells[: guard.LIMITS.columns]))
        types = [field.type for field in fields]
        if "START_ID" in types and "END_ID" in types or types.count("ID") and "START_ID" not in types:
            return Heading(fields, mark)
    return None


def _field(cell: str) -> Field:
    match = _FIELD.fullmatch(cell.strip())
    if match is None:
        return Field(cell.strip(), "", "", False)
    role = match["type"].upper()
    kind = role if role in _ROLES else match["type"].lower()
    return Field(match["name"].strip(), kind, match["group"] or "", bool(match["list"]))


def of_path(path: Path, head: bytes, beside: bool = True, elsewhere: Sequence[Path] = ()) -> list[Table]:
    """The files of the export that `path` is: the members of a ZIP archive, a file of nodes, or a file of
    relationships and (`beside`) the files of nodes in its folder that its ids belong to; those of ids for which there
    are none may lie `elsewhere`. Nodes come first; nothing where it is no such export."""
    if head.startswith(b"PK\x03\x04"):
        return _ordered(_packed(path))
    own = heading_of(_first_line(head))
    if own is None:
        return []
    found = [Table(path.name, own, lambda: _read(path))]
    if own.kind == "edges" and beside:
        wanted = own.groups("START_ID", "END_ID")
        found += _beside(path, path.parent, wanted)
        missing = wanted - {group for table in found[1:] for group in table.heading.groups()}
        for folder in elsewhere if missing else ():
            found += _beside(path, folder, missing)
    return _ordered(found)


def _beside(path: Path, folder: Path, groups: set[str]) -> list[Table]:
    """The files of nodes in a folder whose ids are of one of these groups."""
    found: list[Table] = []
    with suppress(OSError):
        for place, other in enumerate(sorted(folder.iterdir())):
            if place > _MOST_BESIDE:
                break
            if other == path or other.suffix.lower() not in SUFFIXES or not guard.lies_beside(other):
                continue
            with other.open("rb") as stream:
                known = heading_of(_first_line(stream.read(1 << 16)))
            if known and known.kind == "nodes" and known.groups() & groups:
                found.append(Table(other.name, known, lambda other=other: _read(other), beside=other))  # type: ignore[misc]
    return found


def _read(path: Path) -> Iterator[bytes]:
    guard.check_file(path)
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 18):
            yield chunk


def _packed(path: Path) -> list[Table]:
    """The tables in a ZIP archive; headings may be a file of their own (`persons-header.csv`, `persons.csv`)."""
    try:
        members = guard.open_zip(path)
    except Refusal:
        return []
    found: list[Table] = []
    bare: list[zipfile.ZipInfo] = []
    headers: dict[str, Heading] = {}
    for member in members:
        if member.is_dir() or not member.filename.lower().endswith(SUFFIXES) or member.filename.startswith("__MACOSX/"):
            continue
        head = b""
        for chunk in guard.Unpacking(path).chunks(member):
            head += chunk
            if len(head) >= 1 << 16:
                break
        known = heading_of(_first_line(head))
        stem = PurePath(member.filename).stem.lower()
        if known is None:
            bare.append(member)
        elif "header" in stem and head.strip().count(b"\n") == 0:
            headers[re.sub(r"[-_. ]?headers?", "", stem)] = known
        else:
            found.append(Table(member.filename, known, _unpacking(path, member)))
    for member in bare:
        stem = PurePath(member.filename).stem.lower()
        fitting = [one for one in headers if stem.startswith(one)]
        if fitting:
            found.append(Table(member.filename, headers[max(fitting, key=len)], _unpacking(path, member), False))
    return found


def left_out(path: Path, tables: list[Table]) -> list[str]:
    """The files in a ZIP archive that are none of its `tables`, nor headings of one; nothing where it is no archive."""
    if not zipfile.is_zipfile(path):
        return []
    taken = {table.name for table in tables}
    return [
        member.filename
        for member in guard.open_zip(path)
        if not member.is_dir()
        and member.filename not in taken
        and not member.filename.startswith("__MACOSX/")
        and "header" not in PurePath(member.filename).stem.lower()
    ]


def _unpacking(path: Path, member: zipfile.ZipInfo) -> Callable[[], Iterator[bytes]]:
    return lambda: guard.Unpacking(path).chunks(member)


def _first_line(head: bytes) -> str:
    text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff")
    return text.split("\n", 1)[0]


def _ordered(tables: list[Table]) -> list[Table]:
    return sorted(tables, key=lambda table: (table.heading.kind == "edges", table.name))
