"""Tables in text files: separated by commas, semicolons, tabs or vertical bars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ewglink.dialects import own_tables
from ewglink.importers import characters, dialect, encoding, guard, headings
from ewglink.importers.contract import Part, Problem, Recognised, Row
from ewglink.importers.table_pass import PART, Layout, TablePass
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

_HEAD = 1 << 18
_SAMPLE_ROWS = 200
_PREVIEW_ROWS = 100
_NAMED = {"\t": ("tab",)}


@dataclass(frozen=True)
class CsvOptions:
    """How to read a text table; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    delimiter: str = option("auto", N_("Delimiter"), choices=("auto", ",", ";", "tab", "|"), choice_labels=(
        N_("Automatic"), N_("Comma"), N_("Semicolon"), N_("Tab"), N_("Vertical bar")))
    other_delimiter: str = option("", N_("Another delimiter (one character)"))
    quote: str = option("auto", N_("Quotation mark"), choices=("auto", "double", "single", "none"), choice_labels=(
        N_("Automatic"), N_("Double quotation mark"), N_("Apostrophe"), N_("None")))
    header: int = option(-1, N_("Row of the headings (0: none)"), minimum=-1, lowest=N_("Find it"))
    header_rows: int = option(0, N_("Rows that the headings take, that one the last"), minimum=0, lowest=N_("Find it"))
    asides: bool = option(True, N_("Leave out rows of sums and remarks"))


def layout(path: Path, options: CsvOptions) -> Layout:
    """The layout of the file at `path`; a `Refusal` where it is empty or its encoding does not exist."""
    found = encoding.chosen(path, options.encoding)
    with encoding.open_text(path, found) as stream:
        text = stream.read(_HEAD)
        complete = len(text) < _HEAD
        if not complete:
            text += stream.readline(dialect.FIELD_LIMIT)
    if not text.strip("\ufeff\x00\x1a \t\r\n"):
        raise Refusal(
            "empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), file=str(path)
        )
    mark = own_tables.delimiter_of(dialect.lines_of(text)) if options.quote == "auto" and options.header < 0 else None
    if mark is not None and _delimiter(path, options) in ("auto", mark, *_NAMED.get(mark, ())):
        return _own(found, text, mark)
    spoken = dialect.detect(text, _delimiter(path, options), options.quote, complete=complete)
    reader = spoken.reader(dialect.lines_of(text), strict=False)
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(reader, max(_SAMPLE_ROWS, options.header + 1)))
    width = max(map(len, rows), default=0)
    if width > guard.LIMITS.table_columns:
        words = N_("{file} has {n} columns; at most {limit} are read. Is “{delimiter}” what separates its cells?")
        most = guard.LIMITS.table_columns
        said = message(words, file=path.name, n=width, limit=most, delimiter=spoken.delimiter)
        raise guard.refuse("too_many_columns", said, path)
    start = 1 if spoken.declared else 0
    chosen = options.header - start if options.header > start else options.header
    named = headings.find(rows[start:], chosen, options.header_rows)
    if named.index is not None:
        named = replace(named, index=named.index + start)
    return Layout(found, spoken, named, options.asides)


def _own(found: encoding.Encoding, text: str, mark: str) -> Layout:
    """The layout of a table that EWGLink has written: nothing of it needs to be guessed."""
    plain = dialect.Dialect(mark)
    rows = list(islice(plain.reader(dialect.lines_of(text), strict=False), 1))
    return Layout(found, plain, headings.find(rows, 1, 1), asides=False)


def _delimiter(path: Path, options: CsvOptions) -> str:
    """The delimiter that was chosen; a `Refusal` where it can be none."""
    if len(options.other_delimiter) > 1 or options.other_delimiter in ("\r", "\n", '"'):
        words = N_("“{text}” cannot separate cells: it must be one character, and no quotation mark or line end.")
        raise Refusal("bad_delimiter", message(words, text=options.other_delimiter), file=str(path), field="delimiter")
    return options.other_delimiter or options.delimiter


def _found(spoken: dialect.Dialect) -> dict[str, str]:
    """The options that say which delimiter was found."""
    if spoken.delimiter in dialect.DELIMITERS:
        return {"delimiter": "tab" if spoken.delimiter == "\t" else spoken.delimiter}
    return {"other_delimiter": spoken.delimiter}


class Csv:
    """The format: one part, `table`; every cell is text as the file has it."""

    key = "csv"
    name = N_("Text table (CSV, TSV)")
    suffixes = (".csv", ".tsv", ".tab", ".psv", ".txt")
    kind = "table"
    options = CsvOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Text whose lines fall into the same number of cells."""
        found = encoding.detect_bytes(head)
        text = head.decode(found.name, "replace")
        opening = text.lstrip("\ufeff \t\r\n")[:1]
        if not opening or characters.controls(text) > max(4, len(text) // 50):
            return Recognised(0.0, message(N_("not text")))
        whole = encoding.detect(path) if path.is_file() else found
        mark = own_tables.delimiter_of(dialect.lines_of(text))
        if mark is not None:
            known = {"encoding": whole.name} | _found(dialect.Dialect(mark))
            return Recognised(0.97, message(N_("a table that EWGLink has written")), known)
        spoken = dialect.detect(text, complete=len(head) < 1 << 16)
        confidence = 0.3 if spoken.columns < 2 else 0.4 + 0.4 * spoken.agreement
        if opening in "{[<":
            confidence *= 0.2
        elif path.suffix.lower() in self.suffixes:
            confidence += 0.15
        return Recognised(
            confidence,
            message(N_("text table: {columns}; {encoding}"), columns=spoken.reason, encoding=whole.reason),
            {"encoding": whole.name} | _found(spoken),
        )

    def parts(self, path: Path, options: CsvOptions) -> list[Part]:
        """The table with its first rows."""
        known = layout(path, options)
        first: list[Row] = []
        for batch in TablePass(path, known).batches(_PREVIEW_ROWS):
            first.extend(found for found in batch if isinstance(found, Row))
            if len(first) >= _PREVIEW_ROWS:
                break
        row = None if known.headings.index is None else known.headings.index + 1
        return [Part(PART, known.columns, row, sample=tuple(first[:_PREVIEW_ROWS]))]

    def read(self, path: Path, options: CsvOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows, one after the other, and what is wrong with them."""
        for batch in self.batches(path, options, part):
            yield from batch

    def batches(self, path: Path, options: CsvOptions, part: str | None = None) -> Iterator[list[Row | Problem]]:
        """The same in lists, as many rows as a block of the file holds: what the reader process asks for."""
        yield from TablePass(path, layout(path, options)).batches()


MEMBER = Csv()
