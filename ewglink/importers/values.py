"""Cells as values: the same text from a CSV and a workbook, numbers as people write them, and what a column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers import dates
from ewglink.importers.contract import Cell

ColumnKind = Literal["empty", "text", "integer", "number", "date", "boolean", "identifier"]
DecimalMark = Literal[".", ","]

_BOOLEANS = {
    "true": True,
    "yes": True,
    "oui": True,
    "sí": True,
    "si": True,
    "vrai": True,
    "verdadero": True,
    "y": True,
    "x": True,
    "false": False,
    "no": False,
    "non": False,
    "faux": False,
    "falso": False,
    "n": False,
}
_SPACES = re.compile("[\u0020\u00a0\u2009\u202f']")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_POINT = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?|[-+]?\d*\.\d+|[-+]?\d+\.?")
_COMMA = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d*)?|[-+]?\d*,\d+|[-+]?\d+,?")
_LEADING_ZERO = re.compile(r"[-+]?0\d")


def as_text(cell: Cell) -> str:
    """The cell as text, the same whichever format it came from: 100000.0 is `100000`, a date is ISO, nothing is empty.
    Text is not altered (trim it where it is matched)."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return str(cell)


def boolean(cell: Cell) -> bool | None:
    """The cell as yes or no, in English, French or Spanish; None where it is neither."""
    if isinstance(cell, bool):
        return cell
    return _BOOLEANS.get(as_text(cell).strip().lower())


@dataclass(frozen=True)
class NumberStyle:
    """How a column writes numbers. `ambiguous`: no cell says whether a mark before three digits is for thousands."""

    decimal: DecimalMark = "."
    ambiguous: bool = False


def number_style(cells: Iterable[Cell]) -> NumberStyle | None:
    """The decimal mark all numbers of a column agree with, from their own evidence; None where some cell is no
    number."""
    texts = [_SPACES.sub("", cell) for cell in cells if isinstance(cell, str) and cell.strip()]
    if any(_LEADING_ZERO.match(text) for text in texts):
        return None
    point = all(_PLAIN.fullmatch(text) or _POINT.fullmatch(text) for text in texts)
    comma = all(_COMMA.fullmatch(text) for text in texts)
    if point and comma:
        return NumberStyle(".", ambiguous=any("," in text or "." in text for text in texts))
    if point or comma:
        return NumberStyle("." if point else ",")
    return None


def number(cell: Cell, style: NumberStyle = NumberStyle()) -> int | float | None:
    """The cell as a number written in `style`; None where it is none. Identifiers with leading zeros are none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell
    text = _SPACES.sub("", as_text(cell))
    pattern = _POINT if style.decimal == "." else _COMMA
    if not pattern.fullmatch(text) and not (style.decimal == "." and _PLAIN.fullmatch(text)):
        return None
    if _LEADING_ZERO.match(text):
        return None
    text = text.replace(",", "") if style.decimal == "." else text.replace(".", "").replace(",", ".")
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return None
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else value


@dataclass(frozen=True)
class ColumnGuess:
    """What a column seems to hold, for the preview. `dates` and `numbers` say how, where it holds such."""

    kind: ColumnKind
    filled: int
    distinct: int
    dates: dates.DateStyle | None = None
    numbers: NumberStyle | None = None
    odd: int = 0
    """Cells that are something else than the column holds, placeholders not counted."""
    scheme: str = ""
    """The scheme of identifiers that it holds, where one is known."""


_MOST = 0.6
"""A share of its cells that makes a column one of dates, whatever the others hold."""


def guess(cells: Sequence[Cell]) -> ColumnGuess:
    """What a column of cells seems to hold."""
    full = [cell for cell in cells if cell is not None and not (isinstance(cell, str) and not cell.strip())]
    distinct = len(set(map(as_text, full)))
    if not full:
        return ColumnGuess("empty", 0, 0)
    filled, full = len(full), [one for one in full if not (isinstance(one, str) and is_placeholder(one))] or full
    if all(boolean(cell) is not None for cell in full):
        return ColumnGuess("boolean", filled, distinct)
    if style := dates.detect(full):
        return ColumnGuess("date", filled, distinct, dates=style)
    dated = [cell for cell in full if dates.detect([cell])]
    if len(dated) >= 2 and len(dated) >= _MOST * len(full) and (style := dates.detect(dated)):
        return ColumnGuess("date", filled, distinct, dates=style, odd=len(full) - len(dated))
    if any(isinstance(cell, (date, datetime, bool)) for cell in full):
        return ColumnGuess("text", filled, distinct)
    if numbers := number_style(full):
        whole = all(isinstance(number(cell, numbers), int) for cell in full)
        return ColumnGuess("integer" if whole else "number", filled, distinct, numbers=numbers)
    texts = [as_text(cell).strip() for cell in full]
    if (
        distinct == filled
        and filled > 2
        and all(re.fullmatch(r"[\w./:-]{2,40}", one) and re.search(r"\d", one) for one in texts)
    ):
        return ColumnGuess("identifier", filled, distinct)
    return ColumnGuess("text", filled, distinct)
