"""US manifest tracking number: nine digits and a suffix of three letters that says who printed it."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import Number, Verdict, warn
from ewglink.reference.code_lists import mtn_suffixes
from ewglink.text import N_, Message

_FORM = Message(N_("A manifest tracking number has nine digits and three letters."))
_SUFFIX = Message(N_("The suffix is not on the list of manifest printers."))


def _judge(number: str, country: str | None) -> Verdict:
    suffix = number[9:]
    if suffix not in mtn_suffixes():
        return warn("unknown_suffix", _SUFFIX, suffix=suffix)
    return Verdict(detail={"suffix": suffix, "electronic": suffix == "ELC", "training": suffix == "TRN"})


MEMBER = Number("mtn", N_("Manifest tracking no."), re.compile(r"\d{9}[A-Z]{3}", re.ASCII), _judge, form_message=_FORM,
                certainty=2)
