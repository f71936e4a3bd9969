"""IMO numbers of ships and of shipping companies: seven digits, the last a check digit."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, OK, Number, Verdict, compact, warn
from ewglink.text import N_, Message

_FORM = Message(N_("An IMO number has seven digits."))
_IMPLAUSIBLE = Message(N_("The check digit holds, but nobody was given this number."))
_DIGITS = re.compile(r"\d{7}", re.ASCII)
_PREFIX = re.compile(r"^(?:IMO|OMI)?(?:NO|NÚM|NUM|N°|Nº|#)?:?")


def _tidy(text: str) -> str:
    return _PREFIX.sub("", compact(text))


def _ship(number: str, country: str | None) -> Verdict:
    if sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False)) % 10 != int(number[6]):
        return BAD_CHECK_DIGIT
    return warn("implausible", _IMPLAUSIBLE) if number == "1234567" else OK


def _company(number: str, country: str | None) -> Verdict:
    total = sum(int(digit) * weight for digit, weight in zip(number, (8, 6, 4, 2, 9, 7), strict=False))
    return OK if (11 - total % 11) % 10 == int(number[6]) else BAD_CHECK_DIGIT


MEMBERS = (
    Number("imo_ship", N_("IMO no. (ship)"), _DIGITS, _ship, _tidy, certainty=3, form_message=_FORM),
    Number("imo_company", N_("IMO no. (company)"), _DIGITS, _company, _tidy, certainty=3, form_message=_FORM),
)
