"""One pass over a text table: rows with their exact numbers, taken by the block where plain, else one by one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, repeat
from json import dumps
from json.encoder import encode_basestring
from pathlib import Path

from ewglink.importers import asides, characters, dialect, encoding, headings, quick_rows
from ewglink.importers.contract import Problem, Row
from ewglink.importers.repeats import Repeats
from ewglink.text import N_, message

PART = "table"
"""The name of the only part of a text table."""

_BLOCK = 1 << 17


@dataclass(frozen=True)
class Layout:
    """All that must be known to read the file: its encoding, dialect, headings, and whether a block of it needs no
    parser."""

    encoding: encoding.Encoding
    dialect: dialect.Dialect
    headings: headings.Headings
    asides: bool = True
    """Rows of sums and remarks are listed and not taken."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.headings.columns


class TablePass:
    """One pass over a file: which row and line it is at, and how a row is judged."""

    def __init__(self, path: Path, known: Layout) -> None:
        self.path = path
        self.layout = known
        self.spoken = known.dialect
        self.width = len(known.columns)
        self.no = 1
        self.line = 1

    def batches(self, hint: int | None = None) -> Iterator[list[Row | Problem]]:
        """Rows and problems, a list a block; `hint`: only so many rows are wanted at first."""
        repeats = Repeats(PART)
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
                    repeats.add(found)
                    yield found
        if told := repeats.problem():
            yield [told]

    def _opening(self, first: int) -> Iterator[list[Row | Problem]]:
        problems = [
            Problem(PART, first, None, column or None, code, words)
            for code, column, words in self.layout.headings.oddities
        ]
        if self.layout.headings.above:
            problems.append(
                Problem(
                    PART,
                    1,
                    1,
                    None,
                    "rows_above_headings",
                    message(
                        N_("The headings are in row {row}; what stands above them is not read."),
                        row=self.layout.headings.above + 1,
                    ),
                )
            )
        if problems:
            yield list(problems)

    def _quick(self, block: str, first: int, found: list[Row | Problem]) -> bool:
        """A block of whole, well-formed, one-line rows is taken in one go; False where it is none, and nothing is
        done."""
        known = None if self.no <= first else quick_rows.taken(block, self.layout.dialect, self.width)
        if known is None or self._aside_among(known[0]):
            return False
        cells, raws = known
        # The same as Row(...) of each, at less than half the cost.
        found.extend(
            map(
                tuple.__new__,
                repeat(Row),
                zip(repeat(PART), count(self.no), count(self.line), cells, raws, strict=False),
            )
        )
        self.no += len(cells)
        self.line += len(cells)
        return True


    def _aside_among(self, cells: quick_rows.Cells) -> bool:
        if not self.layout.asides:
            return False
        half = (self.width + 1) // 2
        if max(map(tuple.count, cells, repeat(""))) < half:
            return False
        return any(asides.judged(row) for row in cells if row.count("") >= half)


class _Careful:
    """A block read row by row: cells of several lines, rows of the wrong shape, stray quotes, odd characters."""

    def __init__(self, reading: TablePass, block: str, more: Callable[[int], str]) -> None:
        self.reading = reading
        self.lines = list(dialect.lines_of(block))
        self.more = more
        self.at = 0
        self.reader = reading.spoken.reader(self._feed())

    def _feed(self) -> Iterator[str]:
        while True:
            if self.at >= len(self.lines):
                following = self.more(dialect.FIELD_LIMIT)
                if not following:
                    return
                self.lines.append(following)
            self.at += 1
            yield self.lines[self.at - 1]

    def rows(self, first: int, found: list[Row | Problem]) -> None:
        """Add to `found` what the block holds below row `first`."""
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
        """A quote is wrong somewhere in the row that begins at line `start`: that line is set aside, reading goes on
        after it."""
        reading = self.reading
        if "unexpected end" in reason or "field limit" in reason:
            code, words = (
                "unclosed_quote",
                N_("A quotation mark is opened and never closed; line {line} is not imported."),
            )
        else:
            code, words = "stray_quote", N_("A quotation mark stands where none can be; line {line} is not imported.")
        if reading.no > first:
            raw = self.lines[start].rstrip("\r\n")
            found.append(
                Problem(
                    PART,
                    reading.no,
                    reading.line,
                    None,
                    code,
                    message(words, line=reading.line),
                    True,
                    dumps([raw], ensure_ascii=False),
                )
            )
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
        if reading.layout.asides and (aside := asides.judged(cells[:width] + [""] * (width - len(cells)))):
            found.append(Problem(PART, no, line, None, *aside, True, raw))
            return
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            text = message(
                N_("The row has {n} cells and the table {columns} columns; it is not imported."),
                n=len(cells),
                columns=width,
            )
            found.append(Problem(PART, no, line, None, "too_many_cells", text, True, raw))
            return
        if len(cells) < width:
            text = message(
                N_("The row has {n} cells and the table {columns} columns; the missing ones are empty."),
                n=len(cells),
                columns=width,
            )
            short = reading.layout.columns[len(cells)]
            found.append(Problem(PART, no, line, short, "too_few_cells", text, raw=raw))
            cells.extend([""] * (width - len(cells)))
        for code, words in odd:
            text = message(N_("The row {what}."), what=words)
            found.append(Problem(PART, no, line, self._field_with(cells, code), code, text, raw=raw))
        if spans > 2 and width > 1 and self._like_rows(start + 1, start + spans - 1):
            text = message(
                N_("A cell holds {n} lines that look like rows; is a quotation mark missing in line {line}?"),
                n=spans,
                line=line,
            )
            found.append(Problem(PART, no, line, None, "cell_spans_rows", text, raw=raw))
        found.append(Row(PART, no, line, characters.clean(cells[:width]) if odd else tuple(cells[:width]), raw))

    def _field_with(self, cells: list[str], code: str) -> str | None:
        """The first column whose cell has what `code` names."""
        for name, cell in zip(self.reading.layout.columns, cells, strict=False):
            if any(code == one for one, _words in characters.findings(cell)):
                return name
        return None

    def _like_rows(self, start: int, end: int) -> bool:
        delimiter, wanted = self.reading.spoken.delimiter, self.reading.width - 1
        return all(line.count(delimiter) >= wanted for line in self.lines[start:end])
