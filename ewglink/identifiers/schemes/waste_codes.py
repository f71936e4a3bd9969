"""Codes of wastes, hazards and operations: EPA, Basel, OECD, Y, H, IWIC and the D and R operations."""

from __future__ import annotations

import datetime
import re
from functools import partial

from ewglink.identifiers.contract import OK, Number, Verdict, spaceless, warn
from ewglink.reference.code_lists import waste_codes
from ewglink.text import N_, Message

_FORM = Message(N_("The text does not have the form of a code of this list."))
_UNLISTED = Message(N_("The code is not on the list."))
_PAST = Message(N_("The code is no longer in force."))
_RANGES = {"K": 181, "P": 205, "U": 411}


def _listed(scheme: str, code: str, country: str | None) -> Verdict:
    found = waste_codes().get(scheme, {}).get(code)
    if found is None:
        return warn("unlisted", _UNLISTED)
    if found.valid_to and found.valid_to < datetime.date.today():
        return warn("past", _PAST, valid_to=found.valid_to.isoformat())
    return Verdict(detail={"parent": found.parent} if found.parent else None)


def _epa(code: str, country: str | None) -> Verdict:
    last = _RANGES.get(code[0])
    if last is not None:
        return OK if 1 <= int(code[1:]) <= last else warn("unlisted", _UNLISTED)
    return _listed("epa_waste", code, country)


MEMBERS = (
    Number("epa_waste", N_("EPA waste code"), re.compile(r"[DFKPU]\d{3}", re.ASCII), _epa, certainty=2,
           form_message=_FORM),
    Number("basel", N_("Basel code"), re.compile(r"[AB][1-4]\d{3}", re.ASCII), partial(_listed, "basel"), certainty=2,
           form_message=_FORM),
    Number("oecd", N_("OECD code"), re.compile(r"(?:A[A-D]|R[A-D]|G[A-N])\d{3}", re.ASCII), partial(_listed, "oecd"),
           certainty=2, form_message=_FORM),
    Number("y_code", N_("Y code"), re.compile(r"Y\d{1,2}", re.ASCII), partial(_listed, "y_code"), certainty=2,
           form_message=_FORM),
    Number("h_code", N_("H code (hazard)"), re.compile(r"H\d{1,2}(?:\.\d)?", re.ASCII), partial(_listed, "h_code"),
           spaceless, certainty=1, form_message=_FORM),
    Number("operation", N_("Disposal or recovery operation"), re.compile(r"[DR]C?\d{1,2}", re.ASCII),
           partial(_listed, "operation"), certainty=1, form_message=_FORM),
    Number("iwic", N_("IWIC"),
           re.compile(r"Q\d{1,2}//[DR]\d{1,2}//[LPSG]\d{1,2}//C\d{1,2}//H\d{1,2}(?:\.\d)?//A\d{3}", re.ASCII),
           tidy=spaceless, certainty=3, form_message=_FORM),
)
