"""CURP: the Mexican number of a person, which tells birth date, sex and state of birth."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, Number, Verdict, fail
from ewglink.text import N_, Message

_FORM = Message(N_("A CURP has four letters, six digits of a date, H, M or X, five letters and two more characters."))
_PARTS = Message(N_("The date or the state in the number does not exist."))


def _judge(number: str, country: str | None) -> Verdict:
    from stdnum.exceptions import InvalidChecksum, ValidationError
    from stdnum.mx import curp

    try:
        curp.validate(number)
        return Verdict(detail={"birth_date": curp.get_birth_date(number).isoformat(), "gender": curp.get_gender(number),
                               "state": number[11:13]})
    except InvalidChecksum:
        return BAD_CHECK_DIGIT
    except (ValidationError, ValueError):
        return fail("parts", _PARTS)


MEMBER = Number("curp", N_("CURP (Mexico)"), re.compile(r"[A-Z]{4}[0-9]{6}[HMX][A-ZÑ]{5}[A-Z0-9][0-9]"), _judge,
                certainty=3, form_message=_FORM)
