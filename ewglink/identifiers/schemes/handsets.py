"""Numbers of telephones and of their cards: IMEI and IMSI."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, Number, Verdict
from ewglink.text import N_, Message

_IMEI = Message(N_("An IMEI has 14 digits and a check digit, or 16 digits with the software version."))
_IMSI = Message(N_("An IMSI has 14 or 15 digits."))


def _imei(number: str, country: str | None) -> Verdict:
    from stdnum import luhn

    if len(number) == 15 and luhn.checksum(number) != 0:
        return BAD_CHECK_DIGIT
    # The first 14 digits are the handset; the check digit and the version are not.
    return Verdict(detail={"handset": number[:14]}, normalised=number[:14] + luhn.calc_check_digit(number[:14]))


def _imsi(number: str, country: str | None) -> Verdict:
    return Verdict(detail={"country_code": number[:3]})


MEMBERS = (
    Number("imei", N_("IMEI"), re.compile(r"\d{14,16}", re.ASCII), _imei, certainty=3, form_message=_IMEI),
    Number("imsi", N_("IMSI"), re.compile(r"[2-79]\d{13,14}", re.ASCII), _imsi, certainty=0, form_message=_IMSI),
)
