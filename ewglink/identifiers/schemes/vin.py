"""VIN: the 17 characters of a vehicle; the ninth is a check digit where the market asks for one."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import CHECK_DIGIT, Number, Verdict, compact, fail, warn
from ewglink.text import N_, Message

_FORM = Message(N_("A VIN has 17 letters or digits, and neither I, O nor Q."))
_VALUES = {**{str(digit): digit for digit in range(10)},
           **dict(zip("ABCDEFGH", range(1, 9), strict=True)), **dict(zip("JKLMN", range(1, 6), strict=True)),
           "P": 7, "R": 9, **dict(zip("STUVWXYZ", range(2, 10), strict=True))}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
_OBLIGED = frozenset("12345L")
"""First characters of North American and Chinese makers, who must give the check digit."""


_SAID = re.compile(r"^(?:VIN|NIV)(?:NO|NÚM|NUM|N°|Nº|#)?:?(?=.{17}$)")
"""What it is called, where that is written before it."""


def _tidy(text: str) -> str:
    return _SAID.sub("", compact(text))


def model_years(character: str) -> tuple[int, ...]:
    """The model years the tenth character can stand for, from 1980 on, thirty years apart."""
    at = _YEARS.find(character)
    return () if at < 0 else (1980 + at, 2010 + at)


def _judge(number: str, country: str | None) -> Verdict:
    rest = sum(_VALUES[character] * weight for character, weight in zip(number, _WEIGHTS, strict=True)) % 11
    detail = {"maker": number[:3], "model_years": model_years(number[9])}
    if number[8] == ("X" if rest == 10 else str(rest)):
        return Verdict(detail=detail)
    if number[0] in _OBLIGED:
        return fail("check_digit", CHECK_DIGIT, **detail)
    return warn("check_digit", CHECK_DIGIT, **detail)


MEMBER = Number("vin", N_("VIN"), re.compile(r"[A-HJ-NPR-Z0-9]{17}"), _judge, _tidy, certainty=3, form_message=_FORM)
