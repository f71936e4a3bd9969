"""LEI: the twenty characters that name a legal entity, the last two check digits (ISO 17442)."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, OK, Number, Verdict
from ewglink.text import N_, Message

_FORM = Message(N_("An LEI has 18 letters or digits and two check digits."))


def _judge(number: str, country: str | None) -> Verdict:
    from stdnum.iso7064 import mod_97_10

    return OK if mod_97_10.checksum(number) == 1 else BAD_CHECK_DIGIT


MEMBER = Number("lei", N_("LEI"), re.compile(r"[A-Z0-9]{18}\d{2}", re.ASCII), _judge, certainty=3, form_message=_FORM)
