"""The tables of a JSON file: where its records are, found in one pass, and their rows in another."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ewglink.importers import guard, json_shape
from ewglink.importers.contract import Cell
from ewglink.importers.encoding import Encoding, open_text
from ewglink.importers.json_stream import PLAIN, BeyondLimit, Decoding, JsonStream, MalformedJson
from ewglink.text import N_, message

DOCUMENT = "$"
_PLAIN_LIST = 100
_LINE = 64 << 20


class Element(NamedTuple):
    """An outermost record: its path, its name in an object that is a table, its line, own text, and value. A plain
    field of the document itself has the path `$` and its dotted name."""

    path: str
    key: str | None
    line: int
    raw: str
    value: Any


class Broken(NamedTuple):
    """A line of a file of lines that is no JSON."""

    line: int
    column: int
    raw: str


@dataclass
class Table:
    """The records at one path: columns in the order they were met, those carried of outer records, and how many."""

    path: str
    own: dict[str, bool] = field(default_factory=dict)
    """Column → whether any record has a value in it."""
    outer: dict[str, None] = field(default_factory=dict)
    rows: int = 0
    over: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, their own first; a field that is empty wherever it is no object has none."""
        inner = {name.rsplit(".", depth)[0] for name in self.own for depth in range(1, name.count(".") + 1)}
        own = [name for name, full in self.own.items() if full or name not in inner]
        outer = [name for name in self.outer if name not in self.own]
        return tuple([*own, *outer][: guard.LIMITS.columns])

    def see(self, cells: dict[str, Any], outer: dict[str, Cell]) -> None:
        """Count a record and note its columns."""
        self.rows += 1
        names = tuple(cells)
        if names not in self.seen or None in cells.values():
            if len(self.seen) < 1000:
                self.seen.add(names)
            self._note(cells)
        if outer.keys() - self.outer.keys() and len(self.outer) < guard.LIMITS.columns:
            self.outer.update(dict.fromkeys(outer))

    def _note(self, cells: dict[str, Any]) -> None:
        for name, value in cells.items():
            if name in self.own:
                self.own[name] = self.own[name] or value is not None
            elif len(self.own) < guard.LIMITS.columns:
                self.own[name] = value is not None
            else:
                self.over += 1


class Walk:
    """One pass over a file. `lines`: every line is a record of its own."""

    def __init__(self, path: Path, encoding: Encoding, lines: bool, separator: str) -> None:
        self.path, self.encoding, self.lines, self.separator = path, encoding, lines, separator
        self.decoding = Decoding()
        self.truncated: MalformedJson | None = None
        self.left = ""

    def elements(self) -> Iterator[Element | Broken]:
        """The outermost records in the file's order. Where the text breaks off, they end, and `truncated` says where,
        `left` what follows."""
        with open_text(self.path, self.encoding) as source:
            if self.lines:
                yield from self._of_lines(source)
                return
            stream = JsonStream(source, self.decoding.decoder)
            try:
                yield from self._spine(stream, DOCUMENT, "", 0)
                if stream.peek():
                    raise stream.malformed()
            except MalformedJson as error:
                self.truncated, self.left = error, stream.rest(1 << 16)

    def _of_lines(self, source: io.TextIOWrapper) -> Iterator[Element | Broken]:
        decode = self.decoding.decoder.decode
        number = 0
        while line := source.readline(_LINE):
            number += 1
            text = line.strip(" \t\r\n\ufeff\x1e\x00\x1a")
            if not text:
                continue
            try:
                yield Element("$[*]", None, number, text, decode(text))
            except json.JSONDecodeError as error:
                yield Broken(number, error.colno, text)
            except RecursionError:
                raise BeyondLimit(number, deep=True) from None

    def _spine(self, stream: JsonStream, path: str, column: str, depth: int) -> Iterator[Element]:
        """What stands here, outside of any record."""
        opening = stream.peek()
        if depth > guard.LIMITS.json_depth:
            raise BeyondLimit(stream.line, deep=True)
        if opening == "[" and not (column and self._plain_list(stream)):
            for _place in stream.members():
                yield self._element(stream, path + "[*]", None)
        elif opening == "{" and self._is_table(stream):
            for key in stream.members():
                yield self._element(stream, path + ".*", key)
        elif opening == "{":
            for key in stream.members():
                yield from self._spine(stream, f"{path}.{key}", f"{column}.{key}" if column else key, depth + 1)
        else:
            line = stream.line
            raw, value = stream.value()
            yield Element(DOCUMENT, column or json_shape.VALUE, line, raw, value)

    def _element(self, stream: JsonStream, path: str, key: str | None) -> Element:
        stream.peek()
        line = stream.line
        raw, value = stream.value()
        return Element(path, key, line, raw, value)

    def _plain_list(self, stream: JsonStream) -> bool:
        """Whether a short list of plain values begins here: one field of the document."""
        try:
            found, _end = PLAIN.raw_decode(stream.window())
        except (ValueError, RecursionError):
            return False
        return len(found) <= _PLAIN_LIST and not any(isinstance(one, dict) for one in found)

    def _is_table(self, stream: JsonStream) -> bool:
        ahead = JsonStream(io.StringIO(stream.window()), PLAIN)

        def pairs() -> Iterator[tuple[str, Any]]:
            try:
                for key in ahead.members():
                    if ahead.peek() != "{":
                        yield key, None
                        return
                    yield key, ahead.value()[1]
            except (MalformedJson, BeyondLimit):
                return

        return json_shape.is_table(pairs())


class Record(NamedTuple):
    """A record of one table: its line, own text, flat cells, and what it carries of the records around it."""

    path: str
    line: int
    raw: str
    flat: json_shape.Flat
    outer: dict[str, Cell]


def inside(element: Element, separator: str, around: dict[str, Cell], wanted: str | None) -> Iterator[Record]:
    """The record that an element is and those inside it, with their own text where `wanted` names their table."""
    yield from _visit(element, separator, _as_outer(around), wanted)


def _visit(element: Element, separator: str, outer: dict[str, Cell], wanted: str | None) -> Iterator[Record]:
    try:
        flat = json_shape.flat(element.value, separator, element.key, element.line)
    except RecursionError:
        raise BeyondLimit(element.line, deep=True) from None
    if wanted is None or wanted == element.path:
        yield Record(element.path, element.line, element.raw, flat, outer)
    if not flat.children:
        return
    carried = _as_outer(json_shape.scalars(element.value, element.key)) | _as_outer(outer)
    for child in flat.children:
        path = f"{element.path}.{child.path}"
        if wanted is not None and not wanted.startswith(path):
            continue
        found = list(json_shape.members(child))
        texts = _own_texts(element, child) if wanted is not None else []
        if len(texts) != len(found):
            texts = [(element.line, "")] * len(found)
        for (line, raw), (key, value) in zip(texts, found, strict=True):
            if not raw and wanted is not None:
                raw = json.dumps(value, ensure_ascii=False)
            yield from _visit(Element(path, key, line, raw, value), separator, carried, wanted)


def _as_outer(fields: dict[str, Cell]) -> dict[str, Cell]:
    return {f"parent.{name}": value for name, value in fields.items()}


def _own_texts(element: Element, child: json_shape.Child) -> list[tuple[int, str]]:
    """(line, text) of each record of a table inside an element, as the file has them; empty where they cannot be told
    apart (a field named twice)."""
    stream = JsonStream(io.StringIO(element.raw), PLAIN, element.line)
    found: list[tuple[int, str]] = []

    def descend(keys: tuple[str, ...]) -> None:
        for key in stream.members():
            if not keys:
                mark, line = stream.peek(), stream.line
                raw, _value = stream.value()
                if mark == "{":
                    found.append((line, raw))
            elif str(key) == keys[0]:
                descend(keys[1:])
            else:
                stream.value()

    try:
        descend(child.keys)
    except (MalformedJson, BeyondLimit):
        return []
    return found


def malformed(path: Path, error: MalformedJson) -> Exception:
    """The refusal of a file that is not JSON."""
    words = N_("{file} is not well-formed JSON: line {line}, column {column}. It is damaged or cut off.")
    return guard.refuse(
        "malformed_json", message(words, file=path.name, line=error.line, column=error.column), path
    )


def beyond(path: Path, error: BeyondLimit) -> Exception:
    """The refusal of a file with a record that is nested too deep or too large."""
    if error.deep:
        words = message(
            N_("{file} is nested more than {limit} levels deep in line {line}; it is not read."),
            file=path.name,
            limit=guard.LIMITS.json_depth,
            line=error.line,
        )
        return guard.refuse("nested_too_deep", words, path)
    words = message(
        N_("The record that begins in line {line} of {file} has more than {limit} MB; it is not read."),
        file=path.name,
        limit=guard.LIMITS.record_size // guard.MB,
        line=error.line,
    )
    return guard.refuse("record_too_large", words, path)
