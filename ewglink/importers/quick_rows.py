"""Well-formed blocks of a text table taken in one go: what a row-by-row reader would give, several times faster.

Every function answers None where the block is not as plain as it must be; the careful reader then takes it.
"""

from __future__ import annotations

import csv
from itertools import repeat
from json.encoder import encode_basestring

from ewglink.importers import characters, dialect

Cells = list[tuple[str, ...]]


def taken(block: str, spoken: dialect.Dialect, width: int) -> tuple[Cells, list[str]] | None:
    """The cells of each row of `block` (whole lines) and the rows kept verbatim as JSON, where every line is one row of
    `width` cells, and no character is suspicious; else None."""
    if spoken.escape or spoken.skip_space or width < 2 or characters.suspicious(block):
        return None
    quoted = bool(spoken.quote) and spoken.quote in block  # type: ignore[operator]
    if "\r" in block:
        if block.count("\r") != block.count("\r\n"):
            return None
        block = block.replace("\r\n", "\n")
    if not quoted:
        cells: Cells | None = _plain(block, spoken.delimiter)
    else:
        cells = _all_quoted(block, spoken, width) or _parsed(block, spoken)
    if not cells or set(map(len, cells)) != {width} or ("",) * width in cells:
        return None
    return cells, _raws(cells, block, spoken, quoted)


def _plain(block: str, delimiter: str) -> Cells:
    lines = block.split("\n")
    if not lines[-1]:
        lines.pop()
    return list(map(tuple, map(str.split, lines, repeat(delimiter))))


def _all_quoted(block: str, spoken: dialect.Dialect, width: int) -> Cells | None:
    """Rows in which each cell is quoted and none holds a quote: two quotes a cell, and no more."""
    quote = spoken.quote
    assert quote is not None
    block = block.removesuffix("\n")
    rows = block.count("\n") + 1
    between = f"{quote}\n{quote}"
    if (
        block.count(quote) != rows * width * 2
        or block[0] != quote
        or block[-1] != quote
        or block.count(between) != rows - 1
    ):
        return None
    cells = list(map(tuple, map(str.split, block[1:-1].split(between), repeat(f"{quote}{spoken.delimiter}{quote}"))))
    return cells if set(map(len, cells)) == {width} else None


def _parsed(block: str, spoken: dialect.Dialect) -> Cells | None:
    lines = block.split("\n")
    if not lines[-1]:
        lines.pop()
    try:
        cells = list(map(tuple, spoken.reader(iter(lines))))
    except csv.Error:
        return None
    return cells if len(cells) == len(lines) else None


def _raws(cells: Cells, block: str, spoken: dialect.Dialect, quoted: bool) -> list[str]:
    plain = "\\" not in block and ("\t" not in block or spoken.delimiter == "\t")
    if plain and (spoken.quote == '"' or '"' not in block) and not (quoted and '"' in "".join(map("".join, cells))):
        return ['["' + '","'.join(row) + '"]' for row in cells]
    return ["[" + ",".join(map(encode_basestring, row)) + "]" for row in cells]
