"""CAS and EC numbers of substances, each ending in a check digit."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, OK, Number, Verdict, spaceless
from ewglink.text import N_, Message

_CAS = Message(N_("A CAS number has two to seven digits, two digits and one digit, separated by hyphens."))
_EC = Message(N_("An EC number has three, three and one digits, separated by hyphens."))


def _tidy(text: str) -> str:
    return spaceless(text).removeprefix("CAS").removeprefix("RN").lstrip(":#.")


def _cas(number: str, country: str | None) -> Verdict:
    digits = number.replace("-", "")
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), 1))
    return OK if total % 10 == int(digits[-1]) else BAD_CHECK_DIGIT


def _ec(number: str, country: str | None) -> Verdict:
    digits = number.replace("-", "")
    total = sum(place * int(digit) for place, digit in enumerate(digits[:-1], 1))
    return OK if total % 11 == int(digits[-1]) else BAD_CHECK_DIGIT


MEMBERS = (
    Number("cas", N_("CAS no."), re.compile(r"[1-9]\d{1,6}-\d{2}-\d", re.ASCII), _cas, _tidy, certainty=3,
           form_message=_CAS),
    Number("ec_no", N_("EC no."), re.compile(r"\d{3}-\d{3}-\d", re.ASCII), _ec, spaceless, certainty=3,
           form_message=_EC),
)
