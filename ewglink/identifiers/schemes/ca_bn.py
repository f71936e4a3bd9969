"""Canadian Business Number: nine digits, alone or followed by a program account."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, Number, Verdict, warn
from ewglink.text import N_, Message

_FORM9 = Message(N_("A Business Number has nine digits."))
_FORM15 = Message(N_("A program account has nine digits, two letters and four digits."))
_PROGRAM = Message(N_("The two letters name no known program of the Canada Revenue Agency."))
_PROGRAMS = frozenset({"RC", "RD", "RG", "RM", "RN", "RP", "RR", "RT", "RZ"})


def _luhn(number: str) -> bool:
    from stdnum import luhn

    return bool(luhn.checksum(number) == 0)


def _nine(number: str, country: str | None) -> Verdict:
    if not _luhn(number[:9]):
        return BAD_CHECK_DIGIT
    return Verdict(detail={"program": number[9:]} if len(number) > 9 else None, normalised=number[:9])


def _fifteen(number: str, country: str | None) -> Verdict:
    if not _luhn(number[:9]):
        return BAD_CHECK_DIGIT
    if number[9:11] not in _PROGRAMS:
        return warn("unknown_program", _PROGRAM, bn9=number[:9], program=number[9:11])
    return Verdict(detail={"bn9": number[:9], "program": number[9:11]})


MEMBERS = (
    Number("ca_bn9", N_("Business Number (Canada)"), re.compile(r"\d{9}(?:[A-Z]{2}\d{4})?", re.ASCII), _nine,
           certainty=3, form_message=_FORM9),
    Number("ca_bn15", N_("Program account (Canada)"), re.compile(r"\d{9}[A-Z]{2}\d{4}", re.ASCII), _fifteen,
           certainty=3, form_message=_FORM15),
)
