"""How a value is compared with what a condition wants: as text in any script, as a number, as a date."""

from __future__ import annotations

import operator
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from ewglink.graph import moments
from ewglink.graph.moments import UNKNOWN
from ewglink.model.refusal import Refusal
from ewglink.names.latin import to_latin
from ewglink.text import N_, message
from ewglink.workspace.conditions import ANYTHING, Compare

Holds = Callable[[Any], bool]
NUMBERS = ("number", "integer", "quantity")
DATES = ("date", "instant")
_BY_SIGN: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


@lru_cache(maxsize=50_000)
def first_moment(text: str) -> int:
    """`moments.first_moment`, remembered: the same days come again and again."""
    return moments.first_moment(text)


@lru_cache(maxsize=50_000)
def last_moment(text: str) -> int:
    """`moments.last_moment`, remembered."""
    return moments.last_moment(text)


def folded(text: object) -> str:
    """Text without accents and capitals."""
    if not isinstance(text, str):
        text = str(text)
    if text.isascii():
        return text.casefold().strip()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold().strip()


def positive(test: Compare) -> Compare:
    """The condition without its "not": what must be looked for, and then left out."""
    return Compare(test.key, "=" if test.sign == "!=" else "~", test.values) if test.sign.startswith("!") else test


def holds_for(test: Compare, kind: str = "text") -> Holds:
    """What says of one value whether the (positive) condition holds; a `Refusal` where what is wanted is no number or
    date though it must be."""
    every = [_holds(test, wanted, kind) for wanted in test.values]
    if len(every) == 1:
        return every[0]
    return lambda value: any(holds(value) for holds in every)


def texts_held(test: Compare, kind: str = "text") -> tuple[str, ...]:
    """ASCII texts one of which a value in ASCII letters must hold for the (positive) condition to hold; none where
    that cannot be told: of numbers, dates and ranges."""
    if test.sign not in ("=", "~", "^=") or (test.sign == "=" and kind in (*NUMBERS, *DATES)):
        return ()
    found: dict[str, None] = {}
    for wanted in test.values:
        texts = [text for text in (folded(wanted), to_latin(wanted).strip()) if text.isascii()]
        if wanted == ANYTHING or not all(texts) or (test.sign == "=" and ".." in wanted):
            return ()
        found.update(dict.fromkeys(texts))
    return tuple(found)


def likely(batches: Iterable[list[Any]], test: Compare) -> Iterator[list[Any]]:
    """The pairs of which the value, as JSON, may pass a test of texts: a batch is put in Latin letters at once, which
    takes a fraction of what one value after the other does."""
    texts = [to_latin(wanted).strip() for wanted in test.values]
    if not all(folded(wanted).isascii() for wanted in test.values):
        yield from batches  # letters of other scripts next to others may be read otherwise than by themselves
        return
    for batch in batches:
        lines = to_latin("\n".join([said for _item, said in batch])).split("\n")
        if len(lines) != len(batch):
            yield batch
            continue
        yield [pair for pair, line in zip(batch, lines, strict=True)
               if "\\" in line or any(text in line for text in texts)]


def _holds(test: Compare, wanted: str, kind: str) -> Holds:
    if wanted == ANYTHING and test.sign == "=":
        return lambda value: value is not None and value != ""
    first, dots, last = wanted.partition("..")
    ranged = bool(dots) and test.sign == "="
    if kind in DATES and test.sign not in ("~", "^="):
        return _dated(test.sign, first if ranged else wanted, last if ranged else wanted)
    if kind in NUMBERS and test.sign not in ("~", "^="):
        return _numbered(test.sign, first if ranged else wanted, last if ranged else wanted)
    if test.sign in _BY_SIGN or (ranged and _number(first) is not None and _number(last) is not None):
        return _either(test.sign, first if ranged else wanted, last if ranged else wanted)
    return _texted(test.sign, wanted)


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _numbered(sign: str, first: str, last: str) -> Holds:
    low, high = _number(first), _number(last)
    if low is None or high is None:
        raise Refusal("no_number", message(N_("“{value}” is no number; write it as 1250 or 12.5."),
                                           value=first if low is None else last))
    if sign == "=":
        return lambda value: (found := _number(value)) is not None and low <= found <= high
    compare = _BY_SIGN[sign]
    return lambda value: (found := _number(value)) is not None and compare(found, low)


def _dated(sign: str, first: str, last: str) -> Holds:
    low, high = first_moment(first), last_moment(last)
    if UNKNOWN in (low, high):
        raise Refusal("no_date", message(N_("“{value}” is no date; write it as 2024-03-31, 2024-03 or 2024."),
                                         value=first if low == UNKNOWN else last))

    def holds(value: Any) -> bool:
        begun, ended = (first_moment(value), last_moment(value)) if isinstance(value, str) else (UNKNOWN, UNKNOWN)
        if begun == UNKNOWN:
            return False
        if sign == "=":
            return begun <= high and ended >= low
        return {">=": ended >= low, "<=": begun <= high, ">": begun > high, "<": ended < low}[sign]

    return holds


def overlaps(test: Compare, wanted: str) -> Callable[[str | None, str | None], bool]:
    """What says whether an interval (ISO dates, None where it is open) has a day for which the condition holds."""
    first, dots, last = wanted.partition("..")
    ranged = bool(dots) and test.sign == "="
    if wanted == ANYTHING:
        return lambda start, end: True
    _dated(test.sign, first if ranged else wanted, last if ranged else wanted)  # refuses what is no date
    low, high = first_moment(first if ranged else wanted), last_moment(last if ranged else wanted)

    def holds(start: str | None, end: str | None) -> bool:
        begun = first_moment(start) if start else -(2 ** 62)
        ended = last_moment(end) if end else 2 ** 62
        if UNKNOWN in (begun, ended):
            return False
        if test.sign == "=":
            return begun <= high and ended >= low
        return {">=": ended >= low, "<=": begun <= high, ">": ended > high, "<": begun < low}.get(test.sign, False)

    return holds


def _either(sign: str, first: str, last: str) -> Holds:
    """As numbers where both are, else as dates where both are, else in the order of the alphabet."""
    number = _numbered(sign, first, last) if _number(first) is not None and _number(last) is not None else None
    date = _dated(sign, first, last) if first_moment(first) != UNKNOWN and last_moment(last) != UNKNOWN else None
    wanted = folded(first)
    compare: Callable[[Any, Any], bool] = _BY_SIGN.get(sign, operator.eq)

    def holds(value: Any) -> bool:
        if number is not None and _number(value) is not None:
            return number(value)
        if date is not None and isinstance(value, str) and first_moment(value) != UNKNOWN:
            return date(value)
        return number is None and date is None and compare(folded(value), wanted)

    return holds


def _texted(sign: str, wanted: str) -> Holds:
    plain, latin = folded(wanted), to_latin(wanted).strip()
    other = not plain.isascii()

    def holds(value: Any) -> bool:
        text = folded(value)
        if _fits(sign, text, plain):
            return True
        return (other or not text.isascii()) and _fits(sign, to_latin(str(value)).strip(), latin)

    return holds


def _fits(sign: str, text: str, wanted: str) -> bool:
    if sign == "~":
        return wanted in text
    return text.startswith(wanted) if sign == "^=" else text == wanted
