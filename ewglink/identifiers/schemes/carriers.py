"""Codes of carriers and radio call signs."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number
from ewglink.text import N_, Message

_SCAC = Message(N_("A SCAC has two to four letters."))
_FOUR = Message(N_("The code has four letters or digits."))
_USDOT = Message(N_("A USDOT number has up to eight digits."))
_CALL = Message(N_("A call sign has three to seven letters and digits, at least one of each."))

MEMBERS = (
    Number("scac", N_("SCAC"), re.compile(r"[A-Z]{2,4}"), certainty=0, form_message=_SCAC),
    Number("caat", N_("CAAT (Mexico)"), re.compile(r"[A-Z0-9]{4}"), certainty=0, form_message=_FOUR),
    Number("cbsa_carrier", N_("CBSA carrier code"), re.compile(r"[A-Z0-9\-]{4}"), certainty=0, form_message=_FOUR),
    Number("usdot", N_("USDOT no."), re.compile(r"(?:USDOT)?\d{1,8}", re.ASCII), certainty=0, form_message=_USDOT,
           show=lambda number: number.removeprefix("USDOT")),
    Number("callsign", N_("Call sign"), re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z0-9]{3,7}"), certainty=0,
           form_message=_CALL),
)
