"""Numbers of US customs: AES internal transaction number, entry number, port code."""

from __future__ import annotations

import datetime
import re

from ewglink.identifiers.contract import OK, Number, Verdict, warn
from ewglink.text import N_, Message

_ITN = Message(N_("An AES ITN has X and fourteen digits, the first eight a date."))
_DATE = Message(N_("The eight digits after X are no plausible date."))
_ENTRY = Message(N_("A US entry number has three characters, seven digits and one digit."))
_PORT = Message(N_("A CBP port code has four digits."))


def _itn(number: str, country: str | None) -> Verdict:
    try:
        day = datetime.date(int(number[1:5]), int(number[5:7]), int(number[7:9]))
    except ValueError:
        return warn("date", _DATE)
    return Verdict(detail={"date": day.isoformat()}) if 1995 <= day.year <= 2099 else warn("date", _DATE)


def _entry(number: str, country: str | None) -> Verdict:
    return OK


MEMBERS = (
    Number("aes_itn", N_("AES ITN"), re.compile(r"X\d{14}", re.ASCII), _itn, form_message=_ITN),
    Number("us_entry_no", N_("US entry no."), re.compile(r"[A-Z0-9]{3}\d{8}", re.ASCII), _entry, certainty=1,
           form_message=_ENTRY, show=lambda number: f"{number[:3]}-{number[3:10]}-{number[10]}"),
    Number("cbp_port", N_("CBP port code"), re.compile(r"\d{4}", re.ASCII), certainty=0, form_message=_PORT),
)
