"""Any JSON as tables: a table for every list of objects in it, however deep; one object a line too (NDJSON)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ewglink.importers import characters, encoding, guard, json_shape
from ewglink.importers.contract import Cell, Part, Problem, Recognised, Row
from ewglink.importers.json_records import DOCUMENT, Broken, Element, Record, Table, Walk, beyond, inside, malformed
from ewglink.importers.json_stream import PLAIN, BeyondLimit, JsonStream, MalformedJson
from ewglink.plugins.options import option
from ewglink.text import N_, Message, message

_LINES = (".ndjson", ".jsonl", ".jsonlines", ".ijson")
_PREVIEW_ROWS = 100


@dataclass(frozen=True)
class JsonOptions:
    """How to read JSON; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    separator: str = option(";", N_("What stands between several values of a cell"))


@dataclass
class _Known:
    """What one pass over a file found."""

    encoding: encoding.Encoding
    lines: bool
    tables: dict[str, Table] = field(default_factory=dict)
    document: dict[str, Cell] = field(default_factory=dict)
    document_raw: str = "{}"


def _known(path: Path, options: JsonOptions) -> _Known:
    guard.check_file(path)
    status = path.stat()
    return _found(path, options, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _found(path: Path, options: JsonOptions, size: int, changed: int) -> _Known:
    """The tables of the file, in the order they are met; a `Refusal` where there is none."""
    spoken = encoding.chosen(path, options.encoding)
    known = _Known(spoken, _is_lines(path, spoken))
    walk = Walk(path, spoken, known.lines, options.separator)
    raws: list[str] = []
    try:
        for one in walk.elements():
            if isinstance(one, Broken):
                continue
            if one.path == DOCUMENT:
                _see_field(known, one, options.separator)
                raws.append(f"{json.dumps(one.key, ensure_ascii=False)}: {one.raw}")
                continue
            for record in inside(one, options.separator, {}, None):
                _table(path, known, record.path).see(record.flat.cells, record.outer)
    except BeyondLimit as error:
        raise beyond(path, error) from None
    known.document_raw = "{" + ", ".join(raws) + "}"
    if not known.tables and not known.document:
        if walk.truncated:
            raise malformed(path, walk.truncated)
        words = N_("{file} is empty: there is nothing to import.")
        raise guard.refuse("empty_file", message(words, file=path.name), path)
    outer = {f"parent.{name}": value for name, value in known.document.items() if "." not in name}
    for table in known.tables.values():
        depth = table.path.count("[*]") + table.path.count(".*") - 1
        table.outer.update({"parent." * depth + name: None for name in outer})
    if known.document:
        _table(path, known, DOCUMENT).see(known.document, {})
    return known


def _see_field(known: _Known, one: Element, separator: str) -> None:
    flat = json_shape.flat({one.key or json_shape.VALUE: one.value}, separator, None, one.line)
    if len(known.document) < guard.LIMITS.columns:
        known.document.update((name, json_shape.cell(value)) for name, value in flat.cells.items())


def _table(path: Path, known: _Known, name: str) -> Table:
    if name not in known.tables:
        if len(known.tables) >= guard.LIMITS.parts:
            words = N_("{file} holds more than {limit} different lists of records; it is not read.")
            raise guard.refuse("too_many_parts", message(words, file=path.name, limit=guard.LIMITS.parts), path)
        known.tables[name] = Table(name)
    return known.tables[name]


def _is_lines(path: Path, spoken: encoding.Encoding) -> bool:
    """Whether each line is a JSON value of its own."""
    with encoding.open_text(path, spoken) as stream:
        lines = [line.strip("\ufeff\x1e \t\r\n") for line in islice(iter(lambda: stream.readline(1 << 20), ""), 50)]
    lines = [line for line in lines if line]
    if not lines or lines[0][0] not in "{[":
        return path.suffix.lower() in _LINES and bool(lines)
    whole = sum(_whole(line) for line in lines)
    if path.suffix.lower() in _LINES:
        return whole > 0
    return len(lines) > 1 and _whole(lines[0]) and lines[1][0] == lines[0][0]


def _whole(line: str) -> bool:
    try:
        return isinstance(PLAIN.decode(line), (dict, list))
    except (ValueError, RecursionError):
        return False


class _Reading:
    """The rows of one table of a file."""

    def __init__(self, path: Path, known: _Known, options: JsonOptions, part: str) -> None:
        self.path, self.known, self.options, self.part = path, known, options, part
        self.table = known.tables[part]
        self.columns = self.table.columns
        self.walk = Walk(path, known.encoding, known.lines, options.separator)
        self.no = 0

    def rows(self) -> Iterator[Row | Problem]:
        """The rows in the file's order, and what is wrong with them."""
        if self.table.over:
            words = N_("The records of {part} have more than {n} fields; the others stay in the record only.")
            yield self._problem(None, None, "too_many_columns", message(words, part=self.part, n=len(self.columns)))
        if self.part == DOCUMENT:
            cells = tuple(self.known.document.get(name) for name in self.columns)
            yield Row(DOCUMENT, 1, 1, cells, json_shape.kept(self.known.document_raw))
            return
        try:
            for one in self.walk.elements():
                if isinstance(one, Broken):
                    self.no += self.part == "$[*]"
                    yield self._broken(one)
                elif one.path != DOCUMENT and self.part.startswith(one.path):
                    yield from self._rows_of(one)
        except BeyondLimit as error:
            raise beyond(self.path, error) from None
        if self.walk.truncated:
            yield self._cut(self.walk.truncated)

    def _rows_of(self, one: Element) -> Iterator[Row | Problem]:
        decoding = self.walk.decoding
        for record in inside(one, self.options.separator, self.known.document, self.part):
            self.no += 1
            raw = json_shape.kept(record.raw)
            for name in decoding.twice:
                text = N_("The field “{field}” is named twice in one object; both values are kept.")
                yield self._problem(record.line, name, "duplicate_field", message(text, field=name), raw)
            if decoding.constants:
                words = message(N_("{value} is no number in JSON; it is kept as text."), value=decoding.constants[0])
                yield self._problem(record.line, None, "not_a_number", words, raw)
            decoding.twice, decoding.constants = [], []
            yield from self._odd(record, raw)
            yield Row(self.part, self.no, record.line, self._cells(record), raw)
        decoding.twice, decoding.constants = [], []

    def _cells(self, record: Record) -> tuple[Cell, ...]:
        own, outer = record.flat.cells, record.outer
        cells = [own[name] if name in own else outer.get(name) for name in self.columns]
        if record.raw.isascii() and "\\ud" not in record.raw and "\\uD" not in record.raw:
            return tuple(cells)
        return tuple(map(json_shape.cell, cells))

    def _odd(self, record: Record, raw: str) -> Iterator[Problem]:
        for name in record.flat.inside:
            words = N_("A value of “{field}” holds “{separator}”, which parts values; choose another separator.")
            said = message(words, field=name, separator=self.options.separator)
            yield self._problem(record.line, name, "separator_inside", said, raw)
        if "\\u" in record.raw or not characters.clear(record.raw):
            for name, value in record.flat.cells.items():
                if isinstance(value, str) and not characters.clear(value) and characters.suspicious(value):
                    for code, what in characters.findings(value):
                        yield self._problem(record.line, name, code, message(N_("The row {what}."), what=what), raw)

    def _broken(self, one: Broken) -> Problem:
        words = N_("Line {line} is no well-formed JSON (column {column}); it is not imported.")
        said = message(words, line=one.line, column=one.column)
        return self._problem(one.line, None, "malformed_json", said, json_shape.kept(one.raw), rejected=True)

    def _cut(self, error: MalformedJson) -> Problem:
        words = N_("The JSON breaks off in line {line}, column {column}; what follows is not imported.")
        self.no += 1
        said = message(words, line=error.line, column=error.column)
        return self._problem(
            error.line, None, "malformed_json", said, json_shape.kept(self.walk.left), rejected=True
        )

    def _problem(
        self, line: int | None, column: str | None, code: str, words: Message, raw: str | None = None,
        rejected: bool = False,
    ) -> Problem:
        return Problem(self.part, self.no if line else None, line, column, code, words, rejected, raw)


class Json:
    """The format: a part for each list of objects, named by its path (`$.a.b[*]`), `$` for what the document says of
    itself; rows of an inner list carry the plain fields of the records around them as `parent.…`."""

    key = "json"
    name = N_("JSON tables (JSON, NDJSON)")
    suffixes = (".json", *_LINES)
    kind = "table"
    options = JsonOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """JSON of any content; formats that know more of theirs are surer."""
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff\x1e \t\r\n")
        if text[:1] not in ("{", "[") or not _begins(text):
            return Recognised(0.0, message(N_("not JSON")))
        if _is_lines(path, encoding.detect(path)):
            return Recognised(0.4, message(N_("JSON: one record a line")))
        return Recognised(0.4, message(N_("JSON")))

    def parts(self, path: Path, options: JsonOptions) -> list[Part]:
        """The tables with their first rows; what the document says of itself comes last."""
        known = _known(path, options)
        names = sorted(known.tables, key=lambda name: name == DOCUMENT and len(known.tables) > 1)
        found = []
        for name in names:
            reading = _Reading(path, known, options, name)
            rows = (one for one in reading.rows() if isinstance(one, Row))
            found.append(Part(name, reading.columns, None, sample=tuple(islice(rows, _PREVIEW_ROWS))))
        return found

    def read(self, path: Path, options: JsonOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one table, or of all."""
        known = _known(path, options)
        if part is not None and part not in known.tables:
            words = N_("{file} has no list of records at “{part}”.")
            raise guard.refuse("unknown_part", message(words, file=path.name, part=part), path)
        for name in known.tables if part is None else (part,):
            yield from _Reading(path, known, options, name).rows()


def _begins(text: str) -> bool:
    """Whether a text that may be cut off begins as JSON does."""
    stream = JsonStream(io.StringIO(text), PLAIN)
    try:
        for place, _key in enumerate(stream.members()):
            if place > 2:
                return True
            if stream.peek() in "{[":
                for _inner in stream.members():
                    stream.value()
            else:
                stream.value()
    except MalformedJson as error:
        return error.cut or len(text) > 1 << 14 and _near_end(error, text)
    except BeyondLimit:
        return True
    return True


def _near_end(error: MalformedJson, text: str) -> bool:
    """Whether an error is where the text was cut."""
    return error.line >= text.count("\n")


MEMBER = Json()
