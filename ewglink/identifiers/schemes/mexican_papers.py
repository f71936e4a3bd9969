"""Mexican numbers of registrations, authorisations, manifests and customs declarations."""

from __future__ import annotations

import datetime
import re

from ewglink.identifiers.contract import OK, Number, Verdict, compact, spaceless, trimmed, warn
from ewglink.text import N_, Message

_NRA = Message(N_("An NRA usually has 13 characters, the first three letters."))
_STATE = Message(N_("The state in the number does not exist."))
_FUTURE = Message(N_("The year in the number lies in the future."))
_PEDIMENTO = Message(N_("A pedimento number has 15 digits: year, customs office, broker's patent and serial."))
_YEAR = Message(N_("The serial does not begin with the last digit of the year."))
_ADUANA = Message(N_("A customs office and section has three digits."))
_USUAL_NRA = re.compile(r"[A-ZÑ&]{3}[A-Z0-9]{10}")
_AUTHORISATION = re.compile(r"(\d{1,2})-\d{1,3}[A-Z]?-PS-[IVX]+-\d+[A-Z]?-(\d{4})", re.ASCII)


def _nra(number: str, country: str | None) -> Verdict:
    return OK if _USUAL_NRA.fullmatch(number) else warn("unusual", _NRA)


def _authorisation(number: str, country: str | None) -> Verdict:
    found = _AUTHORISATION.fullmatch(number)
    if found is None:
        return OK
    if not 1 <= int(found[1]) <= 32:
        return warn("state", _STATE)
    if int(found[2]) > datetime.date.today().year:
        return warn("future", _FUTURE)
    return Verdict(detail={"state": int(found[1]), "year": int(found[2])})


def _pedimento(number: str, country: str | None) -> Verdict:
    detail = {"year": number[:2], "office": number[2:4], "patent": number[4:8], "serial": number[8:]}
    return Verdict(detail=detail) if number[8] == number[1] else warn("year", _YEAR, **detail)


MEMBERS = (
    Number("nra", N_("NRA (Mexico)"), re.compile(r"[A-ZÑ&0-9]{1,15}"), _nra, compact, certainty=0, lenient=True,
           guess=re.compile(r"[A-Z]{3}\d{10}", re.ASCII)),
    Number("semarnat_auth", N_("SEMARNAT authorisation no."), _AUTHORISATION, _authorisation, spaceless, certainty=2,
           lenient=True),
    Number("mx_manifest_no", N_("Manifest no. (Mexico)"), re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 ./\-]{0,29}"),
           tidy=trimmed, certainty=0, lenient=True),
    Number("mx_pedimento", N_("Pedimento no. (Mexico)"), re.compile(r"\d{15}", re.ASCII), _pedimento, certainty=1,
           form_message=_PEDIMENTO),
    Number("mx_aduana", N_("Customs office and section (Mexico)"), re.compile(r"\d{2,3}", re.ASCII), certainty=0,
           form_message=_ADUANA),
)
