"""Grades of an exchange chart, which are words of its own, as Admiralty grades where they can be told."""

from __future__ import annotations

import re
from functools import cache

from ewglink.dialects.anx import folded
from ewglink.model.grading import SCHEMES, from_scheme

_SOURCES = {
    "A": "always reliable|completely reliable|no doubt about the source|reliable without doubt",
    "B": "usually reliable|mostly reliable|reliable",
    "C": "fairly reliable|sometimes reliable",
    "D": "not usually reliable|mostly unreliable",
    "E": "unreliable|not reliable",
    "F": "cannot be judged|untested|reliability cannot be judged|unknown|reliability unknown",
}
_INFORMATION = {
    "1": "confirmed|confirmed by other sources|known to be true|known to be true without reservation|not in doubt",
    "2": "probably true|known personally to the source|known directly to the source",
    "3": "possibly true|not known personally but corroborated|corroborated",
    "4": "doubtful|doubtfully true",
    "5": "improbable|improbably true|suspected to be false|suspected to be false or malicious",
    "6": "cannot be judged|truth cannot be judged|not known|unknown",
}
_UNGRADED = frozenset({"ungraded", "not graded", "none", "", "non cote", "sin grado"})
_SIGN = re.compile(r"\s*([A-Za-z]|\d)\b\s*(?:[-–—:.)=]|$)")


@cache
def _words() -> tuple[dict[str, str], dict[str, str]]:
    """Folded words → Admiralty sign, for source and for information."""
    tables = []
    for own in (_SOURCES, _INFORMATION):
        tables.append({folded(word): sign for sign, words in own.items() for word in words.split("|")})
    for key, scheme in SCHEMES.items():
        for mark in scheme.sources:
            tables[0].setdefault(folded(mark.meaning.template), from_scheme(key, mark.sign, _any(key)).source)
        for mark in scheme.information:
            graded = from_scheme(key, scheme.sources[0].sign, mark.sign)
            tables[1].setdefault(folded(mark.meaning.template), graded.information)
    return tables[0], tables[1]


def _any(key: str) -> str:
    return SCHEMES[key].information[0].sign


def admiralty(source: str | None, information: str | None) -> str | None:
    """The grade (`B2`) that a chart's two words mean; None where they mean none. What only one axis says is not judged
    on the other; a letter or a figure that begins a grade is taken as i2's default lists have it."""
    one, other = _one(source, 0, "ABCDE", "F"), _one(information, 1, "12345", "6")
    if one is None and other is None:
        return None
    return (one or "F") + (other or "6")


def _one(text: str | None, axis: int, signs: str, untold: str) -> str | None:
    if text is None or folded(text) in _UNGRADED:
        return None
    sign = _SIGN.match(text)
    words = folded(text[sign.end() :] if sign else text)
    known = _words()[axis].get(words) or _words()[axis].get(folded(text))
    if known is not None:
        return known
    if sign is not None and sign[1].upper() in signs + untold:
        return sign[1].upper()
    return None
