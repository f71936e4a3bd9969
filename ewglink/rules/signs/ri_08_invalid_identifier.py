"""RI-08: a number that stands for nobody, or that cannot be right."""

from __future__ import annotations

import re

from ewglink.identifiers.catalogue import check, tax_number
from ewglink.identifiers.placeholders import names_nobody
from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.quantities import listed, plain_code
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_SCHEMES = ("rfc", "ca_bn9", "ca_bn15", "us_ein", "lei", "cn_uscc", "imo_company", "epa_id", "curp")
_STATE = re.compile(r"\b([A-Z]{2})\.?,?\s+\d{5}(?:-\d{4})?\b")


def _wrong(party: Party) -> tuple[int, list[str]]:
    """How many numbers there are, and those that are wrong, each with what it is."""
    known, wrong = 0, []
    for key in (*_SCHEMES, "tax_id"):
        for text in listed(party.values.get(key)):
            known += 1
            said = tax_number(text, party.country or None) if key == "tax_id" else check(key, text)
            if names_nobody(text) or (said is not None and (said.status == "fail" or said.code == "check_digit")):
                wrong.append(f"{key} {text}")
    return known, wrong


def _state(party: Party) -> str:
    """The US state of a party's address; empty where none can be read."""
    own = plain_code(party.values.get("subdivision"))
    if own:
        return own.removeprefix("US-") if len(own.removeprefix("US-")) == 2 else ""
    found = _STATE.search(party.text("address").upper())
    return found.group(1) if found else ""


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    known, wrong = _wrong(party)
    if not known:
        return lacking(party, *_SCHEMES)
    state = _state(party) if party.country in ("", "US") else ""
    for text in listed(party.values.get("epa_id")):
        if state and check("epa_id", text).status != "fail" and plain_code(text)[:2] != state:
            wrong.append(f"epa_id {text} ≠ {state}")
    return Sign(1.0, {"numbers": sorted(set(wrong))}) if wrong else None


MEMBER = PlainIndicator(
    "RI-08",
    "identity",
    0.25,
    N_("Placeholder or invalid identifier"),
    N_("A generic RFC or another placeholder, a check digit that fails, or an EPA ID of another state than the "
       "address."),
    (N_("A slip of the keyboard, or a number read badly from a scan."),
     N_("Genuine RFCs of which the check digit does not follow the rule (about 1.5 %)."),
     N_("A head office in another state than the site, or a transporter, who needs one EPA ID only."),),
    ("rfc", "ca_bn9", "ca_bn15", "us_ein", "lei", "cn_uscc", "epa_id", "tax_id", "address", "subdivision",),
    _test,
)
