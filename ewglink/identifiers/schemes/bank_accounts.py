"""Numbers of bank accounts: IBAN, and the Mexican CLABE."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, Number, Verdict, fail
from ewglink.text import N_, Message

_IBAN = Message(N_("An IBAN has two letters, two check digits and up to thirty characters."))
_COUNTRY_FORM = Message(N_("The account number does not have the form of its country."))
_CLABE = Message(N_("A CLABE has 18 digits."))


def _iban(number: str, country: str | None) -> Verdict:
    from stdnum import iban
    from stdnum.exceptions import ValidationError
    from stdnum.iso7064 import mod_97_10

    if mod_97_10.checksum(number[4:] + number[:4]) != 1:
        return BAD_CHECK_DIGIT
    try:
        iban.validate(number)
    except ValidationError:
        return fail("country_form", _COUNTRY_FORM)
    return Verdict(detail={"country": number[:2]})


def _clabe(number: str, country: str | None) -> Verdict:
    total = sum(int(digit) * weight % 10 for digit, weight in zip(number[:17], (3, 7, 1) * 6, strict=False))
    if (10 - total % 10) % 10 != int(number[17]):
        return BAD_CHECK_DIGIT
    return Verdict(detail={"bank": number[:3], "place": number[3:6]})


MEMBERS = (
    Number("iban", N_("IBAN"), re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", re.ASCII), _iban, certainty=3,
           form_message=_IBAN),
    Number("clabe", N_("CLABE (Mexico)"), re.compile(r"\d{18}", re.ASCII), _clabe, certainty=3, form_message=_CLABE),
)
