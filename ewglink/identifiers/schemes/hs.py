"""HS code: the six digits of the Harmonized System, and up to four national ones."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, fail, warn
from ewglink.reference.hs_codes import hs_codes
from ewglink.text import N_, Message

_FORM = Message(N_("An HS code has 2, 4, 6, 8 or 10 digits."))
_CHAPTER = Message(N_("The Harmonized System has no such chapter."))
_COARSE = Message(N_("The code names a chapter or heading, not a subheading."))
_ODD = Message(N_("The code has an odd number of digits; a leading zero may have been lost."))


def _judge(number: str, country: str | None) -> Verdict:
    if len(number) % 2:
        return warn("odd_length", _ODD)
    chapter = int(number[:2])
    if chapter in (0, 77):
        return fail("chapter", _CHAPTER, chapter=number[:2])
    if len(number) < 6:
        return warn("coarse", _COARSE, chapter=number[:2])
    known = hs_codes().get(number[:6])
    dated = {} if known is None else {"label": known.label(), "valid_from": str(known.valid_from or ""),
                                      "valid_to": str(known.valid_to or "")}
    return Verdict(detail={"chapter": number[:2], "subheading": number[:6], "national": number[6:],
                           "national_chapter": chapter >= 98, **dated})


MEMBER = Number("hs", N_("HS code"), re.compile(r"\d{2,10}", re.ASCII), _judge, certainty=1, form_message=_FORM,
                guess=re.compile(r"(?!00|77)(?:\d{6}|\d{8}|\d{10})", re.ASCII))
