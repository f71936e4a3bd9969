"""The colours that refrigerant cylinders once had by convention, while it held, and colours as people write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache

from ewglink.reference.code_lists import Substance, rows

_HUES = {
    "orange": "orange|naranja|anaranjad|橙|橘", "white": "white|blanc|白", "green": "green|vert|verde|绿",
    "blue": "blue|bleu|azul|蓝", "grey": r"gr[ae]y|\bgris|灰", "red": r"\bred\b|\brouge|\brojo|\broja|coral|corail|红",
    "pink": r"pink|\brose|\brosa|粉", "yellow": "yellow|jaune|amarill|黄",
    "brown": "brown|brun|marron|marrón|café|棕|褐",
    "purple": "purple|violet|morad|púrpura|紫", "black": r"black|\bnoir|\bnegr|黑",
    "silver": "silver|argent|platead|银"}
_NUMBER = re.compile(r"\b(?:pms|ral)\s*\d{3,4}\b")
_RECOVERED, _ANY = "recovered", "any"


def _hues(text: str) -> frozenset[str]:
    low = text.casefold()
    return frozenset(hue for hue, words in _HUES.items() if re.search(words, low))


def _numbers(text: str) -> frozenset[str]:
    return frozenset("".join(one.split()) for one in _NUMBER.findall(text.casefold()))


@cache
def _convention() -> dict[str, tuple[frozenset[str], frozenset[str], str, str]]:
    """Substance → its hues and colour numbers, and from when to when (ISO)."""
    return {row["substance"]: (_hues(row["colour"]), _numbers(row["number"]), row["valid_from"] or "0000",
                               row["valid_to"] or "9999") for row in rows("cylinder_colours.csv")}


@cache
def convention_ended() -> datetime.date:
    """The last day on which a colour told a substance; after it, all cylinders may be of one colour."""
    return datetime.date.fromisoformat(max(end for name, (_h, _n, _start, end) in _convention().items()
                                           if name not in (_RECOVERED, _ANY)))


def of_its_colour(substances: Iterable[Substance], said: str, on: datetime.date | None) -> bool | None:
    """Whether a cylinder's colour is that of one of these substances by the convention. None where it cannot be told:
    no day, a day on which the convention does not hold, a substance without a colour of its own, words that name no
    colour, or a colour that any cylinder, or one of recovered refrigerant, may have."""
    held = [_convention().get(one.ashrae) for one in substances]
    hues, numbers = _hues(said), _numbers(said)
    if on is None or not held or not (hues or numbers) or hues == _convention()[_RECOVERED][0]:
        return None
    day, answers = on.isoformat(), []
    every = _convention()[_ANY]
    if day >= every[2] and (hues and hues <= every[0] | {"grey"} and "grey" in hues or numbers & every[1]):
        return None
    for one in held:
        if one is None or not one[2] <= day <= one[3]:
            return None
        answers.append(bool(numbers & one[1] if numbers and one[1] else hues & one[0]))
    return any(answers)
