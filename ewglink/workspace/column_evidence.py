"""Why a column is read as it is: what in its own cells tells day from month, or a decimal mark from a thousands one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ewglink.importers import dates, values
from ewglink.importers.contract import Cell
from ewglink.text import N_, Message, counted, message

_NUMERIC = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})\b.*", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]{3}")


def of_dates(cells: Iterable[Cell], chosen: str | None = None) -> Message:
    """How the dates of a column are read, and the reason: a person's choice, or what the cells say."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    found = [(match, text) for text in texts if (match := _NUMERIC.fullmatch(text))]
    if chosen:
        orders = {"dmy": N_("Day first, as you have chosen."), "mdy": N_("Month first, as you have chosen."),
                  "ymd": N_("Year first, as you have chosen.")}  # fmt: skip
        return message(orders.get(chosen, N_("As the pattern says that was chosen.")))
    if not found:
        if any(_WORDS.search(text) for text in texts):
            return message(N_("The months are written as words: nothing is open."))
        return message(N_("The year comes first: nothing is open."))
    first = [text for match, text in found if int(match[1]) > 12]
    second = [text for match, text in found if int(match[3]) > 12]
    if first and second:
        words = N_("The dates contradict each other: {one} can only be read day first, {other} only month first.")
        return message(words, one=first[0], other=second[0])
    if first:
        return counted(
            "Day first, because more than 12 stands in first place in {n} row ({example}).",
            "Day first, because more than 12 stands in first place in {n} rows ({example}).",
            len(first), example=first[0],
        )  # fmt: skip
    if second:
        return counted(
            "Month first, because more than 12 stands in second place in {n} row ({example}).",
            "Month first, because more than 12 stands in second place in {n} rows ({example}).",
            len(second), example=second[0],
        )  # fmt: skip
    if all(match[2] == "." for match, _text in found):
        return message(N_("Day first, as dates with points are written; no row tells otherwise."))
    if all(match[1].zfill(2) == match[3].zfill(2) for match, _text in found):
        return message(N_("Day and month are the same in every row: nothing is open."))
    return message(N_("No row tells day from month; they are read month first until you say otherwise."))


def of_numbers(cells: Iterable[Cell], chosen: str | None = None) -> Message:
    """How the numbers of a column are read, and the reason."""
    if chosen:
        marks = {".": N_("A point is the decimal mark, as you have chosen."),
                 ",": N_("A comma is the decimal mark, as you have chosen.")}  # fmt: skip
        return message(marks.get(chosen, marks["."]))
    style = values.number_style(cells)
    if style is None:
        return message(N_("Not all cells are numbers; they are kept as text."))
    if style.ambiguous:
        return message(N_("No row tells a thousands mark from a decimal one; a point is taken for the decimal mark."))
    if style.decimal == ",":
        return message(N_("A comma is the decimal mark: every cell fits that."))
    return message(N_("A point is the decimal mark: every cell fits that."))


def open_dates(style: dates.DateStyle | None) -> bool:
    """Whether a person should look at how the dates are read."""
    return style is not None and style.ambiguous
