"""RFC: the Mexican tax number, 12 characters for a company and 13 for a person, with a date and a check digit."""

from __future__ import annotations

import datetime
import re

from ewglink.identifiers.contract import CHECK_DIGIT, PLACEHOLDER, Number, Verdict, fail, warn
from ewglink.text import N_, Message

_FORM = Message(N_("An RFC has three or four letters, six digits of a date, and three letters or digits."))
_DATE = Message(N_("The six digits in the middle are no date."))
GENERIC = frozenset({"XAXX010101000", "XEXX010101000"})
"""The general public and foreigners: everybody's number, and so nobody's."""


def _is_date(digits: str) -> bool:
    for century in (1900, 2000):
        try:
            datetime.date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
        except ValueError:
            continue
        return True
    return False


def _judge(number: str, country: str | None) -> Verdict:
    from stdnum.mx import rfc

    if number in GENERIC:
        return Verdict("warn", "placeholder", PLACEHOLDER, {"generic": True})
    kind = "company" if len(number) == 12 else "person"
    if not _is_date(number[-9:-3]):
        return fail("date", _DATE, kind=kind)
    # About one real number in seventy does not hold, so this only warns.
    if rfc.calc_check_digit(number[:-1]) != number[-1]:
        return warn("check_digit", CHECK_DIGIT, kind=kind)
    return Verdict(detail={"kind": kind, "date": number[-9:-3]})


MEMBER = Number("rfc", N_("RFC (Mexico)"), re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}"), _judge, certainty=3,
                form_message=_FORM)
