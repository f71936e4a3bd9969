"""Tables in text files: separated by commas, semicolons, tabs or vertical bars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count, islice, repeat
from json import dumps
from json.encoder import encode_basestring
from pathlib import Path

from ewglink.importers import characters, dialect, encoding, headings, quick_rows
from ewglink.importers.contract import Part, Problem, Recognised, Row
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

PART = "table"
_HEAD = 1 << 18
_BLOCK = 1 << 17
_SAMPLE_ROWS = 200
_PREVIEW_ROWS = 100


@dataclass(frozen=True)
class CsvOptions:
    """How to read a text table; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    delimiter: str = option("auto", N_("Delimiter"), choices=("auto", ",", ";", "tab", "|"))
    quote: str = option("auto", N_("Quotation mark"), choices=("auto", "double", "single", "none"))
    header: int = option(-1, N_("Row of the headings (-1: find it, 0: none)"), minimum=-1)


@dataclass(frozen=True)
class Layout:
    """All that must be known to read the file: its encoding, dialect, headings, and whether a block of it needs no parser."""

    encoding: encoding.Encoding
    dialect: dialect.Dialect
    headings: headings.Headings

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.headings.columns


def layout(path: Path, options: CsvOptions) -> Layout:
    """The layout of the file at `path`; a `Refusal` where it is empty or its encoding does not exist."""
    found = encoding.chosen(path, options.encoding)
    with encoding.open_text(path, found) as stream:
        text = stream.read(_HEAD)
        complete = len(text) < _HEAD
        if not complete:
            text += stream.readline(dialect.FIELD_LIMIT)
    if not text.strip("\ufeff\x00\x1a \t\r\n"):
        raise Refusal("empty_file", message(N_("{file} is empty: there is nothing to import."), file=path.name), file=str(path))
    spoken = dialect.detect(text, options.delimiter, options.quote, complete=complete)
    reader = spoken.reader(dialect.lines_of(text), strict=False)
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(reader, max(_SAMPLE_ROWS, options.header + 1)))
    start = 1 if spoken.declared else 0
    named = headings.find(rows[start:], options.header - start if options.header > start else options.header)
    if named.index is not None:
        named = replace(named, index=named.index + start)
    return Layout(found, spoken, named)


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
        spoken = dialect.detect(text, complete=len(head) < 1 << 16)
        confidence = 0.3 if spoken.columns < 2 else 0.4 + 0.4 * spoken.agreement
        if opening in "{[<":
            confidence *= 0.2
        elif path.suffix.lower() in self.suffixes:
            confidence += 0.15
        whole = encoding.detect(path) if path.is_file() else found
        return Recognised(confidence, message(N_("text table: {columns}; {encoding}"), columns=spoken.reason,
                                              encoding=whole.reason),
                          {"encoding": whole.name, "delimiter": "tab" if spoken.delimiter == "\t" else spoken.delimiter})

    def parts(self, path: Path, options: CsvOptions) -> list[Part]:
        """The table with its first rows."""
        known = layout(path, options)
        first: list[Row] = []
        for batch in _Reading(path, known).batches(_PREVIEW_ROWS):
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
        yield from _Reading(path, layout(path, options)).batches()


class _Reading:
    """One pass over a file: which row and line it is at, and how a row is judged."""

    def __init__(self, path: Path, known: Layout) -> None:
        self.path = path
        self.layout = known
        self.spoken = known.dialect
        self.width = len(known.columns)
        self.no = 1
        self.line = 1

    def batches(self, hint: int | None = None) -> Iterator[list[Row | Problem]]:
        size = _BLOCK if hint is None else 1 << 14
        first = 0 if self.layout.headings.index is None else self.layout.headings.index + 1
        yield from self._opening(first)
        with encoding.open_text(self.path, self.layout.encoding) as stream:
            while block := stream.read(size):
                block += stream.readline(dialect.FIELD_LIMIT)
                if self.no == 1:
                    block = block.removeprefix("\ufeff")
                found: list[Row | Problem] = []
                if not self._quick(block, first, found):
                    _Careful(self, block, stream.readline).rows(first, found)
                if found:
                    yield found

    def _opening(self, first: int) -> Iterator[list[Row | Problem]]:
        problems = [Problem(PART, first, None, column, code, words)
                    for code, column, words in self.layout.headings.oddities]
        if first > 1:
            problems.append(Problem(PART, 1, 1, None, "rows_above_headings", message(
                N_("The headings are in row {row}; what stands above them is not read."), row=first)))
        if problems:
            yield list(problems)

    def _quick(self, block: str, first: int, found: list[Row | Problem]) -> bool:
        """A block of whole, well-formed, one-line rows is taken in one go; False where it is none, and nothing is done."""
        known = None if self.no <= first else quick_rows.taken(block, self.layout.dialect, self.width)
        if known is None:
            return False
        cells, raws = known
        # The same as Row(...) of each, at less than half the cost.
        found.extend(map(tuple.__new__, repeat(Row), zip(repeat(PART), count(self.no), count(self.line), cells, raws,
                                                         strict=False)))
        self.no += len(cells)
        self.line += len(cells)
        return True


class _Careful:
    """A block read row by row: cells of several lines, rows of the wrong shape, stray quotes, odd characters."""

    def __init__(self, reading: _Reading, block: str, more: object) -> None:
        self.reading = reading
        self.lines = list(dialect.lines_of(block))
        self.more = more
        self.at = 0
        self.reader = reading.spoken.reader(self._feed())

    def _feed(self) -> Iterator[str]:
        while True:
            if self.at >= len(self.lines):
                following = self.more(dialect.FIELD_LIMIT)  # type: ignore[operator]
                if not following:
                    return
                self.lines.append(following)
            self.at += 1
            yield self.lines[self.at - 1]

    def rows(self, first: int, found: list[Row | Problem]) -> None:
        reading = self.reading
        while self.at < len(self.lines):
            start = self.at
            try:
                cells = next(self.reader)
            except (csv.Error, StopIteration) as error:
                self._broken(start, str(error), first, found)
                continue
            if reading.no > first:
                if self.at - start > 1 and len(cells) != reading.width:
                    self._broken(start, "swallowed", first, found)
                    continue
                self._judge(cells, self.at - start, found, start)
            reading.no += 1
            reading.line += self.at - start

    def _broken(self, start: int, reason: str, first: int, found: list[Row | Problem]) -> None:
        """A quote is wrong somewhere in the row that begins at line `start`: that line is set aside, reading goes on after it."""
        reading = self.reading
        if "unexpected end" in reason or "field limit" in reason:
            code, words = "unclosed_quote", N_("A quotation mark is opened and never closed; line {line} is not imported.")
        else:
            code, words = "stray_quote", N_("A quotation mark stands where none can be; line {line} is not imported.")
        if reading.no > first:
            raw = self.lines[start].rstrip("\r\n")
            found.append(Problem(PART, reading.no, reading.line, None, code, message(words, line=reading.line), True,
                                 dumps([raw], ensure_ascii=False)))
        reading.no += 1
        reading.line += 1
        self.at = start + 1
        self.reader = reading.spoken.reader(self._feed())

    def _judge(self, cells: list[str], spans: int, found: list[Row | Problem], start: int) -> None:
        """One row: taken, taken with a warning, or listed as rejected. A blank row is counted and passed over."""
        reading = self.reading
        if not any(cells) or cells == ["\x1a"]:
            return
        no, line, width = reading.no, reading.line, reading.width
        joined = "".join(cells)
        odd = characters.findings(joined) if characters.suspicious(joined) else []
        raw = dumps(cells) if odd else "[" + ",".join(map(encode_basestring, cells)) + "]"
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            found.append(Problem(PART, no, line, None, "too_many_cells", message(
                N_("The row has {n} cells and the table {columns} columns; it is not imported."), n=len(cells), columns=width),
                True, raw))
            return
        if len(cells) < width:
            found.append(Problem(PART, no, line, reading.layout.columns[len(cells)], "too_few_cells", message(
                N_("The row has {n} cells and the table {columns} columns; the missing ones are taken as empty."),
                n=len(cells), columns=width), raw=raw))
            cells.extend([""] * (width - len(cells)))
        for code, words in odd:
            fields = (name for name, cell in zip(reading.layout.columns, cells, strict=False)
                      if any(code == one for one, _words in characters.findings(cell)))
            found.append(Problem(PART, no, line, next(fields, None), code, message(N_("The row {what}."), what=words), raw=raw))
        if spans > 2 and width > 1 and self._like_rows(start + 1, start + spans - 1):
            found.append(Problem(PART, no, line, None, "cell_spans_rows", message(
                N_("A cell holds {n} lines that look like rows; is a quotation mark missing in line {line}?"), n=spans,
                line=line), raw=raw))
        found.append(Row(PART, no, line, characters.clean(cells[:width]) if odd else tuple(cells[:width]), raw))

    def _like_rows(self, start: int, end: int) -> bool:
        delimiter, wanted = self.reading.spoken.delimiter, self.reading.width - 1
        return all(line.count(delimiter) >= wanted for line in self.lines[start:end])


MEMBER = Csv()
