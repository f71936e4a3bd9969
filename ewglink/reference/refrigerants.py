"""Refrigerants as papers name them: substances in a text, what they warm, and the codes they are declared under."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache

from ewglink.reference.code_lists import Substance, substance, substances

HEADINGS = ("29033", "29034", "29035", "29037", "3827", "382471", "382473", "382474", "382478", "290314", "290319",
            "290361")
"""The beginnings of HS codes of ozone-depleting substances, HFCs and their mixtures, before and since 2022."""
_HS_2022 = datetime.date(2022, 1, 1)
_OLD_SINGLE, _OLD_MIXTURE = frozenset({"290339"}), frozenset({"382478"})
_NUMBERED = re.compile(r"(?<![a-z])(?:r|hfc|hcfc|cfc|hfo|refrigerant|refrigerante|réfrigérant)[\s\-‑–]*"
                       r"(\d{2,4}(?:-\d{2})?(?:b\d)?)(\s?[a-z]{0,3})(?![a-z0-9])", re.IGNORECASE)
_CAS = re.compile(r"(?<!\d)\d{2,7}-\d{2}-\d(?!\d)")
_WORDS = ("halon 1211", "halon 1301", "halon 2402", "carbon tetrachloride", "methyl chloroform", "methyl bromide",
          "bromochloromethane")
_ODS = ("CFC", "HCFC", "HALON", "CTC", "TCA", "MEBR", "BCM")


def is_refrigerant_hs(hs: str) -> bool:
    """Whether an HS code (digits) is one of controlled substances."""
    return hs.startswith(HEADINGS)


@cache
def _by_number() -> dict[str, Substance]:
    found: dict[str, Substance] = {}
    for one in substances():
        for name in (one.ashrae, one.name):
            number = re.sub(r"^(?:R|HFC|HCFC|CFC|HFO)-", "", name).partition("(")[0].casefold()
            if number[:1].isdigit():
                found.setdefault(number, one)
    return found


@lru_cache(maxsize=4096)
def named(text: str) -> tuple[Substance, ...]:
    """The substances a text names, by refrigerant number, name or CAS number, each once, in the order of the text."""
    low = text.casefold()
    found: list[tuple[int, Substance]] = []
    for match in _NUMBERED.finditer(low):
        number, letters = match.groups()
        known = _by_number().get(number + letters.strip())
        if known is None and letters.startswith(" "):
            known = _by_number().get(number)
        if known is not None:
            found.append((match.start(), known))
    for match in _CAS.finditer(low):
        known = substance(match.group())
        if known is not None:
            found.append((match.start(), known))
    for word in _WORDS:
        known = substance(word) if word in low else None
        if known is not None:
            found.append((low.index(word), known))
    kept: dict[str, Substance] = {}
    for _at, one in sorted(found, key=lambda pair: pair[0]):
        kept.setdefault(one.name, one)
    return tuple(kept.values())


@lru_cache(maxsize=4096)
def name_and_number(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The substances a text names, and those whose CAS numbers it gives: two sets that agree on a sound paper. The
    parts of a blend that it names are of the blend."""
    words, numbers = named(_CAS.sub(" ", text)), named(" ".join(_CAS.findall(text)))
    parts = {known.name: one.name for one in words for part in one.composition or () if (known := substance(part))}
    return (frozenset(one.name for one in words),
            frozenset(parts.get(one.name, one.name) if one not in words else one.name for one in numbers))


def is_ods(one: Substance) -> bool:
    """Whether it depletes the ozone layer."""
    return one.group.upper().startswith(_ODS)


def is_hfc(one: Substance) -> bool:
    """Whether it is a hydrofluorocarbon or a blend of them."""
    return one.group.upper() == "HFC"


def warming(one: Substance) -> float | None:
    """The global warming potential: of a blend the sum of its parts by mass; None where the list gives none."""
    if not one.composition:
        return None if one.gwp_below else one.gwp
    total = 0.0
    for part, share in one.composition.items():
        known = substance(part)
        if known is None or known.gwp is None:
            return None
        total += share * known.gwp
    return round(total, 6)


def exchange_value(kg: float | None, one: Substance) -> float | None:
    """Tonnes of CO₂ equivalent, the metric tons of exchange value (MTEVe) of allowances: kilograms × GWP / 1000."""
    potential = warming(one)
    return None if kg is None or potential is None else kg * potential / 1000


def codes_for(one: Substance, on: datetime.date | None) -> frozenset[str]:
    """The HS subheadings the substance is declared under on a day (None: now); empty where the list has none."""
    if on is not None and on < _HS_2022:
        if is_hfc(one):
            return _OLD_MIXTURE if one.composition else _OLD_SINGLE
        return _OLD_MIXTURE if one.composition else frozenset()
    return frozenset({one.hs}) if one.hs else frozenset()
