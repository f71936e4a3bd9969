"""Codes of places: UN/LOCODE, and ISO 3166 for countries and their parts."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, compact, fail, trimmed
from ewglink.reference.code_lists import ports
from ewglink.reference.countries import country_code, country_codes, subdivision_code, subdivision_name
from ewglink.text import N_, Message

_LOCODE = Message(N_("A UN/LOCODE has two letters of a country and three letters or digits from 2 to 9."))
_COUNTRY = Message(N_("No country has this code."))
_PLACE = Message(N_("No country, province or state has this code or name."))


def _locode(number: str, country: str | None) -> Verdict:
    found = ports().get(number)
    if found:
        return Verdict(detail={"country": number[:2], "name": found.name, "listed": True})
    if number[:2] not in country_codes() and number[:2] != "XZ":
        return fail("country", _COUNTRY)
    return Verdict(detail={"country": number[:2], "listed": False})


def _iso(text: str, country: str | None) -> Verdict:
    part = subdivision_code(text, country)
    if part:
        return Verdict(detail={"country": part[:2], "name": subdivision_name(part)}, normalised=part)
    found = country_code(text)
    return Verdict(detail={"country": found}, normalised=found) if found else fail("unknown", _PLACE)


MEMBERS = (
    Number("unlocode", N_("UN/LOCODE"), re.compile(r"[A-Z]{2}[A-Z2-9]{3}"), _locode, compact, certainty=1,
           form_message=_LOCODE),
    Number("iso3166", N_("Country, province or state"), re.compile(r".{2,60}"), _iso, trimmed, certainty=0,
           guess=re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"), own_words=frozenset({"NA", "ND", "SN"})),
)
