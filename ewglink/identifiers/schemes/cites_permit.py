"""CITES permit number: opaque, unique to its issuing authority."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, trimmed
from ewglink.reference.countries import country_codes
from ewglink.text import N_, Message

_FORM = Message(N_("A CITES permit number has up to 70 characters and at least one digit."))


def _judge(number: str, country: str | None) -> Verdict:
    found = re.match(r"(?:(\d{2}))?([A-Z]{2})(?![A-Z])", number)
    issuer = found[2] if found and found[2] in country_codes() else country
    return Verdict(detail={"issuer": issuer} if issuer else None)


MEMBER = Number("cites_permit", N_("CITES permit no."), re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9 ./\-]{2,69}"), _judge,
                trimmed, certainty=0, form_message=_FORM)
