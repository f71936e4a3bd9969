"""EPA ID: the site number of US hazardous-waste handlers, two letters of a state and ten characters."""

from __future__ import annotations

import re
from functools import cache

from ewglink.identifiers.contract import Number, Verdict, warn
from ewglink.reference.code_lists import epa_places
from ewglink.text import N_, Message

_SHORT = Message(N_("An EPA ID has 12 characters: two letters and ten more."))
_PLACE = Message(N_("The first two letters are no US state or territory."))
_DIGITS = Message(N_("An EPA ID usually ends in nine digits."))
_LETTERS = Message(N_("An EPA ID begins with two letters and has up to ten letters or digits after them."))
# EPA's own test sites are named this way (VATESTGEN001).
_USUAL = re.compile(r"[A-Z]{3}\d{9}|[A-Z]{2}0\d{9}|[A-Z]{2}R\d{9}|[A-Z]{2}TEST[A-Z0-9]{6}")


@cache
def _holding() -> dict[str, Verdict]:
    return {place: Verdict(detail={"place": place}) for place in epa_places()}


def _judge(number: str, country: str | None) -> Verdict:
    if len(number) != 12:
        return warn("length", _SHORT)
    said = _holding().get(number[:2])
    if said is None:
        return warn("unknown_place", _PLACE, place=number[:2])
    return said if _USUAL.fullmatch(number) else warn("unusual", _DIGITS, place=number[:2])


MEMBER = Number("epa_id", N_("EPA ID"), re.compile(r"[A-Z]{2}[A-Z0-9]{1,10}"), _judge, form_message=_LETTERS,
                guess=re.compile(r"[A-Z]{2}(?=(?:.*\d){3})[A-Z0-9]{10}"))
