"""Codes of wastes, hazards and operations: EPA, Basel, OECD, Canadian, Mexican, Y, H, IWIC and D and R operations."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from ewglink.identifiers.contract import Number, Verdict, spaceless, warn
from ewglink.reference.code_lists import Code, code_range, waste_codes
from ewglink.text import N_, Message

_FORM = Message(N_("The text does not have the form of a code of this list."))
_UNLISTED = Message(N_("The code is not on the list."))
_PART = Message(N_("A part of the code is not on its list."))

_CANADIAN = ("ca_leachate", "ca_pop", "ca_schedule_6", "ca_schedule_7", "ca_schedule_8", "ca_schedule_12")
_IWIC = (("reason", "ca_reason"), ("operation", "operation"), ("type", "ca_waste_type"),
         ("constituent", "ca_constituent"), ("hazard", "ca_hazard"), ("activity", "ca_activity"))
_LETTERS = re.compile(r"T[EHT]|[CRETIB]")


def _telling(code: Code) -> dict[str, Any]:
    return {"label": code.label() if code.labels else "", "parent": code.parent,
            "valid_from": code.valid_from.isoformat() if code.valid_from else "",
            "valid_to": code.valid_to.isoformat() if code.valid_to else "", "cas": list(code.cas)}


def _listed(schemes: tuple[str, ...], code: str, country: str | None) -> Verdict:
    for scheme in schemes:
        found = waste_codes().get(scheme, {}).get(code)
        if found is not None:
            return Verdict(detail={key: value for key, value in _telling(found).items() if value})
        within = code_range(scheme, code)
        if within is not None:
            return Verdict(detail={"label": within.label(), "parent": within.list})
    return warn("unlisted", _UNLISTED)


def _iwic(code: str, country: str | None) -> Verdict:
    parts = code.split("//")
    parts[2] = parts[2][1:]
    unlisted = [part for part, (_name, scheme) in zip(parts, _IWIC, strict=True) if part not in waste_codes()[scheme]]
    return warn("unlisted", _PART, unlisted=unlisted) if unlisted else Verdict()


def _letters(text: str, country: str | None) -> Verdict:
    every = [one[:1] + one[1:].lower() for one in _LETTERS.findall(text)]
    known = waste_codes()["creti"]
    return Verdict(normalised=", ".join(every), detail={"label": ", ".join(known[one].label() for one in every)})


def _scheme(key: str, name: str, form: str, schemes: tuple[str, ...] | None = None, **more: Any) -> Number:
    return Number(key, name, re.compile(form, re.ASCII), partial(_listed, schemes or (key,)), form_message=_FORM,
                  **{"certainty": 2, **more})


MEMBERS = (
    _scheme("epa_waste", N_("EPA waste code"), r"[DFKPU]\d{3}"),
    _scheme("basel", N_("Basel code"), r"[AB][1-4]\d{3}"),
    _scheme("oecd", N_("OECD code"), r"(?:A[A-D]|R[A-D]|G[A-N])\d{3}"),
    _scheme("y_code", N_("Y code"), r"Y\d{1,2}"),
    _scheme("h_code", N_("H code (hazard)"), r"H\d{1,2}(?:\.\d)?", tidy=spaceless, certainty=1),
    _scheme("operation", N_("Disposal or recovery operation"), r"[DR]C?\d{1,2}", certainty=1),
    _scheme("ca_waste", N_("Canadian waste code"), r"L\d{1,3}|POP\d{1,2}|HAZ\d|[EPUTFK]\d{3}", _CANADIAN, certainty=1,
            guess=re.compile(r"L\d{1,3}|POP\d{1,2}|HAZ\d|[ET]\d{3}", re.ASCII)),
    Number("creti", N_("CRETIB characteristics"), re.compile(r"(?:T[EHT]|[CRETIB])(?:[,;+/-]*(?:T[EHT]|[CRETIB]))*"),
           _letters, spaceless, certainty=0, form_message=_FORM),
    Number("iwic", N_("IWIC"),
           re.compile(r"Q\d{1,2}//[DR]C?\d{1,2}//[LPSG]\d{1,2}//C\d{1,2}//H\d{1,2}(?:\.\d)?//A\d{3}", re.ASCII),
           _iwic, spaceless, certainty=3, form_message=_FORM),
)
