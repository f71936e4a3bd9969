"""EPA consent number: the notice, I for import or E for export, and the waste stream."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, compact, warn
from ewglink.text import N_, Message

_FORM = Message(N_("An EPA consent number has six digits, I or E, and five digits."))
_LEGACY = Message(N_("The consent number has an older or unusual form; it is kept as it is."))
_NOW = re.compile(r"(\d{6})([IE])(\d{5})", re.ASCII)


def _judge(number: str, country: str | None) -> Verdict:
    found = _NOW.fullmatch(number)
    if found is None:
        return warn("legacy", _LEGACY)
    return Verdict(detail={"direction": "import" if found[2] == "I" else "export", "notice": found[1],
                           "stream": found[3]})


MEMBER = Number("us_consent_no", N_("EPA consent no."), re.compile(r"(?=.*\d)[A-Z0-9]{6,12}"), _judge, compact,
                certainty=2, form_message=_FORM, guess=_NOW)
