"""The rows of one table of an XML document: its records with their own text, and what they carry of those around."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ewglink.importers import guard
from ewglink.importers.xml_shape import TEXT, BrokenXml, Pass, Place, Shape, attributes_of, local, refused
from ewglink.text import N_

_HELD = 8 * guard.MB
_LEFT = 1 << 16
Fields = dict[str, list[str]]


@dataclass
class Record:
    """A record: its line, own text, fields by column, and the fields of the records around it, nearest first."""

    line: int
    raw: str
    fields: Fields
    around: tuple[Fields, ...]

    def values(self) -> Fields:
        """Its fields, and those it carries as `parent.…`."""
        found = dict(self.fields)
        for depth, fields in enumerate(self.around, 1):
            for name, value in fields.items():
                found.setdefault("parent." * depth + name, value)
        return found


@dataclass
class _Open:
    """An element that is open: its column in the record (None: it is in none), what it said, where it begins."""

    place: Place | None
    column: str | None
    fields: Fields | None
    text: list[str] = field(default_factory=list)
    start: int = -1
    line: int = 0
    empty: bool = True


class Reading:
    """One pass for one table. `broken` is set where the document breaks off, with what follows as `left`; `early` where
    records came before all of what they carry was read."""

    def __init__(self, path: Path, shape: Shape, table: Place) -> None:
        self.path, self.table = path, table
        self.root = shape.root
        self.broken: BrokenXml | None = None
        self.left = ""
        self.early = False
        self._chain: set[str] = set()
        place: Place | None = table
        while place is not None:
            self._chain.add(place.path)
            place = place.around()
        self._outermost = ""
        self._open: list[_Open] = []
        self._scopes: list[tuple[str, Fields]] = []
        self._record: _Open | None = None
        self._waiting: list[Record] = []
        self._ready: list[Record] = []
        self._size = 0
        self._buffer, self._base = bytearray(), 0
        self._newest: _Open | None = None
        self._pass = Pass(path, self._start, self._end, self._text)

    def records(self) -> Iterator[Record]:
        """The records in the document's order."""
        try:
            for chunk in self._pass.chunks():
                yield from self._taken()
                self._buffer += chunk
        except BrokenXml as error:
            self.broken = error
            since = self._record.start if self._record and self._record.start >= 0 else self._pass.parser.ErrorByteIndex
            start = max(0, since - self._base)
            self.left = self._buffer[start : start + _LEFT].decode("utf-8", "replace")
        self._release()
        yield from self._taken()

    def _taken(self) -> Iterator[Record]:
        ready, self._ready = self._ready, []
        yield from ready
        if self._size > _HELD:
            self.early = True
            self._release()
            ready, self._ready = self._ready, []
            yield from ready
        keep = self._record.start if self._record and self._record.start >= 0 else self._pass.parser.CurrentByteIndex
        if keep - self._base > guard.MB // 4:
            del self._buffer[: keep - self._base]
            self._base = keep
        if len(self._buffer) > guard.LIMITS.record_size:
            line = self._record.line if self._record else 0
            raise refused(self.path, "record_too_large", N_("The record that begins in line {line} of {file} has more "
                                                            "than {limit} MB; it is not read."), line=line,
                          limit=guard.LIMITS.record_size // guard.MB)  # fmt: skip

    def _start(self, name: str, found: dict[str, str]) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None:
            parent.empty = False
        name = local(name)
        place = self.root if parent is None else parent.place.children.get(name) if parent.place else None
        one = self._newest = _Open(place, None, None)
        self._open.append(one)
        if place is None:
            return
        if place.record:
            self._record_starts(one, place)
        elif parent is not None and parent.fields is not None:
            one.fields = parent.fields
            one.column = f"{parent.column}.{name}" if parent.column else name
            if self._record is None and (parent.column or not place.plain):
                one.fields = None
        if one.fields is not None and found:
            prefix = f"{one.column}.@" if one.column else "@"
            for key, value in attributes_of(found).items():
                one.fields.setdefault(prefix + key, []).append(value)

    def _record_starts(self, one: _Open, place: Place) -> None:
        if place is self.table:
            one.fields, one.column = {}, ""
            one.line = self._pass.parser.CurrentLineNumber
            self._record = one
            if place is not self.root:
                one.start = self._pass.parser.CurrentByteIndex
        elif place.path in self._chain and self._record is None:
            one.fields, one.column = {}, ""
            self._scopes.append((place.path, one.fields))

    def _text(self, text: str) -> None:
        one = self._open[-1]
        if one.fields is not None:
            one.text.append(text)
        one.empty = False

    def _end(self, _name: str) -> None:
        one = self._open.pop()
        place = one.place
        if place is None or one.fields is None:
            return
        text = "".join(one.text).strip()
        if text or (one.column and place.plain):
            one.fields.setdefault(one.column or TEXT, []).append(text)
        if one is self._record:
            self._record = None
            self._take(one)
        elif place.record and self._scopes and self._scopes[-1][1] is one.fields:
            self._scopes.pop()
            if len(self._scopes) <= 1:
                self._release()

    def _take(self, one: _Open) -> None:
        around = tuple(fields for _path, fields in reversed(self._scopes))
        raw = self._own_text(one) if one.start >= 0 else json.dumps(one.fields, ensure_ascii=False)
        self._waiting.append(Record(one.line, raw, one.fields or {}, around))
        self._size += len(raw)
        if len(self._scopes) <= 1:
            self._release()

    def _release(self) -> None:
        self._ready += self._waiting
        self._waiting, self._size = [], 0

    def _own_text(self, one: _Open) -> str:
        """The record as the document has it. (Of `<empty/>` the parser is behind the tag already.)"""
        at = self._pass.parser.CurrentByteIndex
        here = at - self._base
        if not (self._newest is one and one.empty and self._buffer[max(0, here - 2) : here] == b"/>"):
            end = self._buffer.find(b">", here)
            here = end + 1 if end >= 0 else here
        return self._buffer[one.start - self._base : here].decode("utf-8", "replace")
