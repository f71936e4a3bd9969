"""EPA engine family: 12 characters that tell model year, manufacturer, sector and displacement."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, fail, spaceless
from ewglink.text import N_, Message

_FORM = Message(N_("An engine family has 12 letters, digits or decimal points."))
_YEAR = Message(N_("No model year has this first character."))
_YEARS = "123456789ABCDEFGHJKLMNPRSTVWXY"


def model_year(character: str) -> int | None:
    """The model year of an engine family's first character (2001 to 2030), None for a character that has none."""
    at = _YEARS.find(character)
    return None if at < 0 else 2001 + at


def _judge(number: str, country: str | None) -> Verdict:
    year = model_year(number[0])
    if year is None:
        return fail("model_year", _YEAR)
    size = number[5:9]
    detail = {"model_year": year, "manufacturer": number[1:4], "sector": number[4], "displacement": size,
              "unit": "L" if "." in size else "cm3_or_in3"}
    return Verdict(detail=detail)


MEMBER = Number("engine_family", N_("Engine family"), re.compile(r"(?=.*[A-Z])[0-9A-Z]{5}[0-9A-Z.]{7}"), _judge,
                lambda text: spaceless(text).replace("-", ""), certainty=1,
                form_message=_FORM, guess=re.compile(r"[1-9A-HJ-NPR-TV-Y][A-Z]{3}[A-Z0-9](?=.*\d)[\d.]{4}[0-9A-Z]{3}"))
