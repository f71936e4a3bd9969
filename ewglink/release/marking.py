"""Handling markings: the values of each system, which is the most restrictive, and the banner they make together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ewglink.text import N_, _

SEPARATOR = " • "

SYSTEMS: dict[str, tuple[str, ...]] = {
    "ewg": ("NON_SENSITIVE", "SENSITIVE_PROTECTED"),
    "tlp": ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"),
    "interpol": ("FOR_OFFICIAL_USE_ONLY", "INTERPOL_RESTRICTED", "INTERPOL_CONFIDENTIAL"),
    "canada": ("UNCLASSIFIED", "PROTECTED_A", "PROTECTED_B", "PROTECTED_C"),
    "usa": ("CUI", "LAW_ENFORCEMENT_SENSITIVE"),
    "mexico": ("PUBLICA", "RESERVADA", "CONFIDENCIAL"),
    "europol": ("H0", "H1", "H2", "H3"),
    "cbi": ("CBI",),
    "training": ("TRAINING",),
}
"""System → its values, the least restrictive first. TLP values keep this form in every language."""

NAMES: dict[str, str] = {
    "NON_SENSITIVE": N_("NON-SENSITIVE"),
    "SENSITIVE_PROTECTED": N_("SENSITIVE / PROTECTED"),
    "FOR_OFFICIAL_USE_ONLY": N_("INTERPOL FOR OFFICIAL USE ONLY"),
    "INTERPOL_RESTRICTED": N_("INTERPOL RESTRICTED"),
    "INTERPOL_CONFIDENTIAL": N_("INTERPOL CONFIDENTIAL"),
    "UNCLASSIFIED": N_("UNCLASSIFIED"),
    "PROTECTED_A": N_("PROTECTED A"),
    "PROTECTED_B": N_("PROTECTED B"),
    "PROTECTED_C": N_("PROTECTED C"),
    "CUI": N_("CUI (controlled unclassified information)"),
    "LAW_ENFORCEMENT_SENSITIVE": N_("LAW ENFORCEMENT SENSITIVE"),
    "PUBLICA": N_("PUBLIC (Mexico)"),
    "RESERVADA": N_("RESERVED (Mexico)"),
    "CONFIDENCIAL": N_("CONFIDENTIAL (Mexico)"),
    "CBI": N_("CONFIDENTIAL BUSINESS INFORMATION"),
    "TRAINING": N_("TRAINING"),
}
"""What a banner calls a value; those not named here are shown as they are."""

_ALIASES = {
    "SENSITIVE": "SENSITIVE_PROTECTED", "SENSITIVE/PROTECTED": "SENSITIVE_PROTECTED", "NONSENSITIVE": "NON_SENSITIVE",
    "TLP:WHITE": "TLP:CLEAR", "CLEAR": "TLP:CLEAR", "GREEN": "TLP:GREEN", "AMBER": "TLP:AMBER", "RED": "TLP:RED",
    "AMBER+STRICT": "TLP:AMBER+STRICT", "TLP:AMBER_STRICT": "TLP:AMBER+STRICT", "PROTÉGÉ_A": "PROTECTED_A",
    "PROTÉGÉ_B": "PROTECTED_B", "PROTÉGÉ_C": "PROTECTED_C", "NON_CLASSIFIÉ": "UNCLASSIFIED", "PÚBLICA": "PUBLICA",
    "LES": "LAW_ENFORCEMENT_SENSITIVE", "RESTRICTED": "INTERPOL_RESTRICTED", "CUI//LEI": "LAW_ENFORCEMENT_SENSITIVE",
}
_PLACE = {value: (system, rank) for system, values in SYSTEMS.items() for rank, value in enumerate(values)}


@dataclass(frozen=True)
class Marking:
    """The most restrictive value of each system, in the order of `SYSTEMS`, and every caveat that belongs to none."""

    values: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.caveats)

    @property
    def text(self) -> str:
        """The marking in codes, as a handling column and a script show it; the same in every language."""
        return "; ".join((*self.values, *self.caveats))


def parts_of(handling: str) -> list[str]:
    """The values that a handling text holds, each in its canonical form; what no system knows stays as it is."""
    found = []
    for part in re.split(r"[;|\n]| // ", handling):
        text = " ".join(part.split())
        if text:
            key = re.sub(r"[ -]+", "_", text.upper()).replace(":_", ":").replace("_+_", "+")
            key = _ALIASES.get(key, key)
            found.append(key if key in _PLACE else text)
    return found


def marking_of(handlings: Iterable[str | None]) -> Marking:
    """The marking of something made of all these: the most restrictive value of each system wins, caveats add up."""
    highest: dict[str, int] = {}
    caveats: dict[str, None] = {}
    for handling in {text for text in handlings if text}:
        for value in parts_of(handling):
            system, rank = _PLACE.get(value, ("", 0))
            if system:
                highest[system] = max(rank, highest.get(system, 0))
            else:
                caveats[value] = None
    return Marking(tuple(values[highest[system]] for system, values in SYSTEMS.items() if system in highest),
                   tuple(sorted(caveats)))


def banner_of(marking: Marking) -> str:
    """The banner that says `marking`, in the language in force; where nothing is marked, it says that."""
    if not marking:
        return _("HANDLING NOT STATED")
    named = (_(NAMES[value]) if value in NAMES else value for value in marking.values)
    return SEPARATOR.join((*named, *marking.caveats))


def banner(handlings: Iterable[str | None], default: str | None = None) -> str:
    """The banner of something made of all these, in the language in force; `default` is the case's own."""
    return banner_of(marking_of([*handlings, default]))
