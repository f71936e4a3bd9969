"""Well-formed blocks of a text table taken in one go: what a row-by-row reader would give, several times faster.

Every function answers None where the block is not as plain as it must be; the careful reader then takes it. A block is
turned into text in which `_CELL` ends a cell and a line end a row, by a few passes of the string type's own, and that
text into cells and into JSON. No suspicious character is in it, so control characters can stand for other things.
"""

from __future__ import annotations

import csv
from itertools import repeat
from json.encoder import encode_basestring
from operator import itemgetter

from ewglink.importers import characters, dialect

Cells = list[tuple[str, ...]]
_CELL, _QUOTE, _MARK = "\x01", "\x02", '","'
_PLAIN = ",;|"
"""Delimiters that JSON writes as they are: they can stand between cells while a block is turned into it."""


def taken(block: str, spoken: dialect.Dialect, width: int) -> tuple[Cells, list[str]] | None:
    """The cells of each row of `block` (whole lines) and the rows kept verbatim as JSON, where every line is one row of
    `width` cells, and no character is suspicious; else None."""
    if spoken.escape or spoken.skip_space or width < 2 or characters.suspicious(block):
        return None
    end = "\n"
    if "\r" in block:
        end = "\r\n"
        if not block.count("\r") == block.count("\n") == block.count(end):
            return None
    block = block.removesuffix(end)
    quote, mark = spoken.quote, _CELL
    text: str | None = block
    if not quote or quote not in block:
        if spoken.delimiter in _PLAIN:
            mark = spoken.delimiter
        else:
            text = block.replace(spoken.delimiter, _CELL)
    else:
        found = _all_quoted(block, end, quote, spoken.delimiter, width)
        if found:
            return found
        text = _unquoted(block, end, quote, spoken.delimiter)
        if text is None:
            return _parsed(block, end, spoken, width)
    assert text is not None
    plain = text.replace(_QUOTE, quote or "") if _QUOTE in text else text
    cells = list(map(tuple, map(str.split, plain.split(end), repeat(mark))))
    return (cells, _raws(text, end, quote, mark)) if _fits(cells, width) else None


def _fits(cells: Cells, width: int) -> bool:
    return set(map(len, cells)) == {width} and ("",) * width not in cells


def _all_quoted(block: str, end: str, quote: str, delimiter: str, width: int) -> tuple[Cells, list[str]] | None:
    """Rows in which each cell is quoted and none holds a quote: two quotes a cell, and no more."""
    between, mark = f"{quote}{end}{quote}", f"{quote}{delimiter}{quote}"
    text = block[1:-1]
    inner = text.split(between)
    if block[0] != quote or block[-1] != quote or block.count(quote) != len(inner) * width * 2:
        return None
    if block.count("\n") != len(inner) - 1:
        return None
    cells = list(map(tuple, map(str.split, inner, repeat(mark))))
    if not _fits(cells, width):
        return None
    if "\\" in text or "\t" in text or quote != '"':
        return cells, _encoded(cells)
    text = text.replace(between, '"]\n["')
    return cells, f'["{text if delimiter == "," else text.replace(mark, _MARK)}"]'.split("\n")


def _unquoted(block: str, end: str, quote: str, delimiter: str) -> str | None:
    """The block with `_CELL` between cells, without the quotation marks round some of them, and `_QUOTE` for those
    inside: what stands between two marks is a cell, and nothing else touches it."""
    doubled = quote * 2 in block
    if doubled:
        block = block.replace(quote * 2, _QUOTE)
    pieces = block.split(quote)
    if not len(pieces) % 2:
        return None
    if not _apart(pieces, end, delimiter):
        return None
    outside = quote.join(pieces[::2])
    if outside.count("\n") != block.count("\n"):
        return None
    if doubled and _QUOTE in outside:
        outside = _without_empty(outside, end, quote, delimiter)
        if _QUOTE in outside:
            return None
    pieces[::2] = outside.replace(delimiter, _CELL).split(quote)
    return "".join(pieces)


def _apart(pieces: list[str], end: str, delimiter: str) -> bool:
    """Whether each quoted cell, every other one of `pieces`, begins and ends where cells do."""
    between = pieces[2:-1:2]
    if not all(between):
        return False
    heads, tails = set(map(itemgetter(0), between)), set(map(itemgetter(-1), between))
    first, last = pieces[0], pieces[-1]
    return (
        heads <= {delimiter, end[0]}
        and tails <= {delimiter, end[-1]}
        and first[-1:] in ("", delimiter, end[-1])
        and last[:1] in ("", delimiter, end[0])
    )


def _without_empty(outside: str, end: str, quote: str, delimiter: str) -> str:
    """Without the marks of empty quoted cells, which were taken for marks inside a cell."""
    for left in (delimiter, end):
        for right in (delimiter, end):
            for _twice in range(2):
                outside = outside.replace(left + _QUOTE + right, left + right)
    if outside.startswith((_QUOTE + delimiter, _QUOTE + end)):
        outside = outside[1:]
    return outside[:-1] if outside.endswith((delimiter + _QUOTE, end + _QUOTE)) else outside


def _raws(text: str, end: str, quote: str | None, mark: str) -> list[str]:
    """Each row of `text`, in which `mark` stands between cells, as JSON."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if '"' in text:
        text = text.replace('"', '\\"')
    if _QUOTE in text:
        text = text.replace(_QUOTE, '\\"' if quote == '"' else quote or "")
    if "\t" in text:
        text = text.replace("\t", "\\t")
    text = text.replace(mark, _MARK).replace(end, '"]\n["')
    return f'["{text}"]'.split("\n")


def _parsed(block: str, end: str, spoken: dialect.Dialect, width: int) -> tuple[Cells, list[str]] | None:
    lines = block.split(end)
    try:
        cells = list(map(tuple, spoken.reader(iter(lines))))
    except csv.Error:
        return None
    if len(cells) != len(lines) or not _fits(cells, width):
        return None
    return cells, _encoded(cells)


def _encoded(cells: Cells) -> list[str]:
    return ["[" + ",".join(map(encode_basestring, row)) + "]" for row in cells]
