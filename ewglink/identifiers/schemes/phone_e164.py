"""Telephone number, in E.164 form where its country is known."""

from __future__ import annotations

import re
from functools import lru_cache

from ewglink.identifiers.contract import Number, Verdict, fail, warn
from ewglink.names.clean import plain_width
from ewglink.text import N_, Message

_FORM = Message(N_("A telephone number has 7 to 15 digits."))
_COUNTRY = Message(N_("The number has no country code, and the record no country."))
_IMPOSSIBLE = Message(N_("No telephone number in that country has this many digits."))
_UNASSIGNED = Message(N_("The number has the right length but is not in use in that country."))
_NOISE = re.compile(r"^(?:TEL|PHONE|T[EÉ]L[EÉ]PHONE|TEL[EÉ]FONO|MOBILE|CELL?|CEL|FAX)[.: ]*", re.IGNORECASE)


def _tidy(text: str) -> str:
    said = _NOISE.sub("", plain_width(text).strip())
    return " ".join(said.split())


def _mexican(text: str) -> str:
    """`text` without the prefixes that fell away in August 2019: 1 after +52, and 044, 045 or 01 before ten digits."""
    plus = "+" if text.lstrip().startswith(("+", "00")) else ""
    digits = re.sub(r"\D", "", text)
    digits = digits[2:] if plus and digits.startswith("00") else digits
    if digits.startswith("52") and len(digits) > 10:
        rest = digits[2:]
        return "+52" + (rest[1:] if len(rest) == 11 and rest.startswith("1") else _national(rest))
    return plus + digits if plus else _national(digits)


def _national(digits: str) -> str:
    for prefix in ("044", "045", "01"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 10:
            return digits[len(prefix):]
    return digits


def _is_mexican(number: str, country: str | None) -> bool:
    bare = re.sub(r"[^\d+]", "", number)
    return bare.startswith(("+52", "0052")) or country == "MX" and not bare.startswith("+")


@lru_cache(maxsize=65536)
def _judge(number: str, country: str | None) -> Verdict:
    import phonenumbers

    text = _mexican(number) if _is_mexican(number, country) else re.sub(r"^00(?=[1-9])", "+", number)
    if not text.startswith("+") and country is None:
        return warn("no_country", _COUNTRY)._replace(normalised=re.sub(r"\D", "", text))
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return fail("format", _FORM)
    said = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    region = phonenumbers.region_code_for_number(found)
    if not phonenumbers.is_possible_number(found):
        return fail("length", _IMPOSSIBLE)._replace(normalised=said)
    if not phonenumbers.is_valid_number(found):
        return warn("unassigned", _UNASSIGNED)._replace(normalised=said)
    detail = {"country": region, "extension": found.extension} if found.extension else {"country": region}
    return Verdict(detail=detail, normalised=said)


MEMBER = Number("phone_e164", N_("Telephone no."),
                re.compile(r"(?=(?:\D*\d){7})\+?[\d\s().\-/]{7,24}(?:\s*(?:ext\.?|x|poste|#)\s*\d{1,6})?",
                           re.I | re.ASCII),
                _judge, _tidy, certainty=1, form_message=_FORM,
                guess=re.compile(r"(?=(?:\D*\d){10})\+?[\d\s().\-/]{10,24}", re.ASCII))
