"""US numbers of companies: EIN, D-U-N-S, UEI and CAGE."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import OK, Number, Verdict, fail
from ewglink.text import N_, Message

_EIN = Message(N_("An EIN has nine digits."))
_PREFIX = Message(N_("No EIN begins with these two digits."))
_DUNS = Message(N_("A D-U-N-S number has nine digits."))
_UEI = Message(N_("A UEI has 12 letters or digits, neither I nor O, and does not begin with 0."))
_CAGE = Message(N_("A CAGE code has five letters or digits, the first and the last digits."))


def _ein(number: str, country: str | None) -> Verdict:
    from stdnum.us import ein

    return OK if ein.is_valid(number) else fail("prefix", _PREFIX)


def _hyphen(number: str) -> str:
    return f"{number[:2]}-{number[2:]}"


MEMBERS = (
    Number("us_ein", N_("EIN (US)"), re.compile(r"\d{9}", re.ASCII), _ein, certainty=1, form_message=_EIN,
           show=_hyphen),
    Number("duns", N_("D-U-N-S"), re.compile(r"\d{9}", re.ASCII), certainty=1, form_message=_DUNS),
    Number("uei", N_("UEI (US)"), re.compile(r"(?!\d{12}$)[A-HJ-NP-Z1-9][A-HJ-NP-Z0-9]{11}", re.ASCII), certainty=1,
           form_message=_UEI),
    Number("cage", N_("CAGE code"), re.compile(r"\d[A-HJ-NP-Z0-9]{3}\d", re.ASCII), certainty=0, form_message=_CAGE),
)
