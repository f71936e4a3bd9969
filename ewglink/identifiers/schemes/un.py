"""UN number: the four digits of dangerous goods, or a North American NA or air-transport ID number."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, compact, warn
from ewglink.reference.code_lists import un_numbers
from ewglink.text import N_, Message

_FORM = Message(N_("A UN number has four digits, with UN, NA or ID before them."))
_UNLISTED = Message(N_("The number is not on the list of dangerous goods."))


def _tidy(text: str) -> str:
    number = compact(text)
    return "UN" + number if len(number) == 4 and number.isdigit() else number


def _judge(number: str, country: str | None) -> Verdict:
    name = un_numbers().get(number)
    return Verdict(detail={"shipping_name": name}) if name else warn("unlisted", _UNLISTED)


MEMBER = Number("un", N_("UN no."), re.compile(r"(?:UN|NA|ID)\d{4}", re.ASCII), _judge, _tidy, certainty=2,
                form_message=_FORM)
