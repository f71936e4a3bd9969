"""Unified social credit code: the 18 characters of a Chinese organization (GB 32100)."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import BAD_CHECK_DIGIT, OK, Number, Verdict
from ewglink.text import N_, Message

_FORM = Message(N_("A unified social credit code has 18 digits or letters, without I, O, S, V and Z."))


def _judge(number: str, country: str | None) -> Verdict:
    from stdnum.cn import uscc

    return OK if uscc.calc_check_digit(number[:17]) == number[17] else BAD_CHECK_DIGIT


MEMBER = Number("cn_uscc", N_("Unified social credit code (China)"),
                re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"), _judge, certainty=3,
                form_message=_FORM)
