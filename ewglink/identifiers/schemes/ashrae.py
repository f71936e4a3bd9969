"""Refrigerant number: what a gas is made of, told by its digits."""

from __future__ import annotations

import re

from ewglink.identifiers.contract import OK, Number, Verdict, fail, spaceless, warn
from ewglink.reference.code_lists import substance
from ewglink.text import N_, Message

_FORM = Message(N_("A refrigerant number has R and up to four digits, with letters for its isomer or blend."))
_NO_MOLECULE = Message(N_("No molecule has these digits."))
_UNLISTED = Message(N_("The refrigerant is not on the list of controlled substances."))
_PREFIX = re.compile(r"^(?:REFRIGERANTE?|R[EÉ]FRIG[EÉ]RANT|FREON|HCFC|HCFO|CFC|HFC|HFO|HALON|R)-?", re.I)
_PARTS = re.compile(r"R-(\d{2,4})([A-Z]{0,2})(?:B(\d))?([a-z]{0,3})(\([EZ]\))?")


def _tidy(text: str) -> str:
    said = spaceless(text)
    bare = _PREFIX.sub("", said)
    found = re.fullmatch(r"(\d{2,4})([A-Z]*?)(B\d)?([A-Z]{0,3})(\([EZ]\))?", bare)
    if found is None or bare == said and not re.fullmatch(r"\d{2,4}[A-Z]{0,3}\d?", bare):
        return said
    digits, letters, bromine, more, side = (part or "" for part in found.groups())
    letters += more
    blend = digits[0] in "45" and len(digits) == 3
    return f"R-{digits}{bromine}{letters if blend else letters.lower()}{side}"


def molecule(digits: str, bromine: int = 0) -> dict[str, int] | None:
    """The atoms a methane, ethane or propane series number stands for: C, H, F, Cl, Br; None where none can be."""
    value = digits.zfill(4)
    double, carbon, hydrogen, fluorine = int(value[0]), int(value[1]) + 1, int(value[2]) - 1, int(value[3])
    chlorine = 2 * carbon + 2 - 2 * double - hydrogen - fluorine - bromine
    if hydrogen < 0 or chlorine < 0:
        return None
    return {"C": carbon, "H": hydrogen, "F": fluorine, "Cl": chlorine, "Br": bromine}


def _judge(number: str, country: str | None) -> Verdict:
    found = _PARTS.fullmatch(number)
    known = substance(number)
    detail: dict[str, object] = {"group": known.group, "gwp": known.gwp, "odp": known.odp} if known else {}
    digits = found[1] if found else ""
    if digits and not (len(digits) == 3 and digits[0] in "4567"):
        atoms = molecule(digits, int(found[3] or 0) if found else 0)
        if atoms is None:
            return fail("molecule", _NO_MOLECULE)
        detail["atoms"] = atoms
    if known is None:
        return warn("unlisted", _UNLISTED, **detail)
    return OK._replace(detail=detail, normalised=known.ashrae)


MEMBER = Number("ashrae", N_("Refrigerant no."), re.compile(r"R-\d{2,4}(?:B\d)?[A-Za-z]{0,3}(?:\([EZ]\))?", re.ASCII),
                _judge, _tidy, certainty=1, form_message=_FORM)
