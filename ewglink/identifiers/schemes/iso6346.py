"""Container number (ISO 6346): owner, category, six digits and a check digit."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, Number, Verdict
from ewglink.text import N_, Message

_FORM = Message(N_("A container number has three letters, one of U, J, Z or R, and seven digits."))


def _check_digit(number: str) -> int:
    from stdnum import iso6346

    return int(iso6346.calc_check_digit(number[:10]))


def _judge(number: str, country: str | None) -> Verdict:
    if _check_digit(number) != int(number[10]):
        return BAD_CHECK_DIGIT
    return Verdict(detail={"owner": number[:3], "category": number[3]})


MEMBER = Number("iso6346", N_("Container no."), re.compile(r"[A-Z]{3}[UJZR]\d{7}", re.ASCII), _judge, certainty=3,
                form_message=_FORM)
