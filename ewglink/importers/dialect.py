"""How a text table is written: what separates its cells, what quotes them, and how a quote inside is marked."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from typing import Any

from ewglink.text import N_, NN_, Message, counted, message

FIELD_LIMIT = 32 << 20
"""The longest cell, in characters. Python's own limit of 131,072 is raised knowingly: real exports hold whole documents
in a cell, and the reader process has a cap of memory besides."""

DELIMITERS = (",", ";", "\t", "|")
_RARE = ("^", "~", "¦")
"""Delimiters looked for only where none of the usual ones makes a table."""
_NAMES = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_ROWS = 200


@dataclass(frozen=True)
class Dialect:
    """A delimiter, a quote (None: quotes mean nothing), an escape character, and whether a space after a delimiter is
    dropped. `columns` is how many cells most rows of the sample have, `agreement` the share of rows that have so
    many."""

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    skip_space: bool = False
    columns: int = 1
    agreement: float = 0.0
    declared: bool = False

    def reader(self, lines: Iterator[str], strict: bool = True) -> Any:
        """A `csv.reader` over `lines` (line ends kept)."""
        csv.field_size_limit(FIELD_LIMIT)
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=True,
            skipinitialspace=self.skip_space,
            strict=strict,
        )

    @property
    def reason(self) -> Message:
        """What was found, for the person."""
        if self.columns < 2:
            return message(N_("a single column"))
        names = {
            ",": NN_("{n} column separated by commas", "{n} columns separated by commas"),
            ";": NN_("{n} column separated by semicolons", "{n} columns separated by semicolons"),
            "\t": NN_("{n} column separated by tabs", "{n} columns separated by tabs"),
            "|": NN_("{n} column separated by vertical bars", "{n} columns separated by vertical bars"),
        }
        return counted(*names.get(self.delimiter, NN_("{n} column", "{n} columns")), self.columns)


def lines_of(text: str) -> Iterator[str]:
    """The lines of `text` with their ends: CR, LF and CRLF end a line, nothing else does."""
    return iter(io.StringIO(text, newline=""))


def detect(text: str, delimiter: str = "auto", quote: str = "auto", *, complete: bool = True) -> Dialect:
    """The dialect of a sample of a text table; `delimiter` and `quote` as a person chose them. `complete`: `text` is
    the whole file, so its last line counts."""
    declared = _SEP.fullmatch(text[: text.find("\n") + 1 or 12])
    if delimiter == "auto" and declared:
        delimiter = declared[1]
        text = text[declared.end() :]
    wanted = DELIMITERS if delimiter == "auto" else (_NAMES.get(delimiter, delimiter),)
    best = max((_measured(text, one, quote, complete) for one in wanted), key=_score)
    if delimiter == "auto" and best.columns < 2:
        rare = [_measured(text, one, quote, complete) for one in _RARE if one in text]
        best = max((one for one in rare if one.agreement > 0.8), key=_score, default=best)
    return Dialect(
        best.delimiter, best.quote, best.escape, best.skip_space, best.columns, best.agreement, bool(declared)
    )


def _score(dialect: Dialect) -> float:
    return dialect.agreement**2 * log2(dialect.columns + 0.001) if dialect.columns > 1 else 0.0


def _measured(text: str, delimiter: str, quote: str, complete: bool) -> Dialect:
    mark: str | None = {"double": '"', "single": "'", "none": None}.get(quote, '"')
    separator = re.escape(delimiter)
    if (
        quote == "auto"
        and '"' not in text
        and len(re.findall(rf"(?:^|{separator})'[^'\n]*'(?={separator}|\r?$)", text, re.MULTILINE)) >= 2
    ):
        mark = "'"
    space = bool(
        mark
        and delimiter != "\t"
        and re.search(rf"{separator} +{mark}(?!{mark}[^{separator}\s])", text)
        and not re.search(rf"{mark}{separator}{mark}", text)
    )
    escape = "\\" if mark and _escaped(text, mark, separator) else None
    candidate = Dialect(delimiter, mark, escape, space)
    widths = _widths(text, candidate, complete)
    if not widths:
        return candidate
    columns, times = max(widths.items(), key=lambda pair: (pair[1] * log2(pair[0] + 1), pair[0]))
    return Dialect(delimiter, mark, escape, space, columns, times / widths.total())


def _escaped(text: str, mark: str, separator: str) -> bool:
    """Whether quotes inside cells are marked by a backslash: one stands where neither a cell's end nor a doubled quote
    is, and no backslash means anything else (a folder's name, say), which the reader would drop."""
    inside = re.search(rf"[^{separator}\s]\\{mark}(?![{mark}{separator}\s])|\\{mark} +[^{separator}\s]", text)
    return bool(inside) and not re.search(rf"\\[^\\{mark}]", text)


def _widths(text: str, dialect: Dialect, complete: bool) -> Counter[int]:
    widths: list[int] = []
    reader = dialect.reader(lines_of(text), strict=False)
    try:
        for cells in reader:
            if cells and any(cells):
                widths.append(len(cells))
            if len(widths) > _ROWS:
                break
        else:
            if not complete and len(widths) > 1:
                widths.pop()
    except csv.Error:
        pass
    return Counter(widths)
