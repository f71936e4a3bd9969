"""MMSI: the nine digits a ship's radio calls itself by; they tell the kind of station and the country."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, fail, warn
from ewglink.reference.code_lists import maritime_countries
from ewglink.text import N_, Message

_FORM = Message(N_("An MMSI has nine digits."))
_UNALLOTTED = Message(N_("The three digits of the country are allotted to none."))
_NO_STATION = Message(N_("No kind of station has a number that begins like this."))
_FLAG = Message(N_("The number belongs to another country than that of the record."))
# First digits, where the country digits begin, kind of station: longest first.
_KINDS = (("111", 3, "sar_aircraft"), ("970", 0, "sart"), ("972", 0, "man_overboard"), ("974", 0, "epirb"),
          ("98", 2, "craft"), ("99", 2, "aid_to_navigation"), ("00", 2, "coast_station"), ("0", 1, "group"),
          ("8", 1, "handheld"))


def _kind(number: str) -> tuple[str, str]:
    for start, at, kind in _KINDS:
        if number.startswith(start):
            return kind, number[at:at + 3] if at else ""
    return ("ship", number[:3]) if number[0] in "234567" else ("", "")


def _judge(number: str, country: str | None) -> Verdict:
    kind, digits = _kind(number)
    if not kind:
        return fail("no_station", _NO_STATION)
    if not digits:
        return Verdict(detail={"kind": kind})
    found = maritime_countries().get(digits)
    if found is None:
        return warn("unallotted", _UNALLOTTED, kind=kind, mid=digits)
    if country and found != country:
        return warn("other_flag", _FLAG, kind=kind, country=found)
    return Verdict(detail={"kind": kind, "country": found})


MEMBER = Number("mmsi", N_("MMSI"), re.compile(r"\d{9}", re.ASCII), _judge, certainty=1, form_message=_FORM)
