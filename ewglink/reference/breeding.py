"""Animals of which no commercial breeding is known, and what a permit's source code says of breeding."""

from __future__ import annotations

import datetime
from functools import cache

from ewglink.reference.cites import species_key
from ewglink.reference.code_lists import rows

BRED = frozenset("CDF")
"""Source codes of CITES permits for animals bred (C, D) or born (F) in captivity."""
_GENUS = " spp."


@cache
def _entries() -> list[tuple[str, bool, frozenset[str], str, str]]:
    return [(species_key(row["taxon"].removesuffix(_GENUS)), row["taxon"].endswith(_GENUS),
             frozenset(row["codes"].split(";")), row["valid_from"] or "0000", row["valid_to"] or "9999")
            for row in rows("captive_breeding.csv")]


def source_letter(code: str) -> str:
    """The letter of a source code as files write it (`C`, `C – bred in captivity`); empty where it is none."""
    first = code.strip().upper().split(" ")[0].rstrip(":.-–")
    return first if len(first) == 1 and first.isalpha() else ""


def is_listed(species: str) -> bool:
    """Whether the list has the species or its genus, on whatever day and for whatever code."""
    return any(_fits(species, name, genus) for name, genus, *_rest in _entries())


def cannot_be(species: str, code: str, on: datetime.date | None = None) -> bool:
    """Whether, on a day (None: today), the list says that there are no animals of the species under this source
    code."""
    day = (on or datetime.date.today()).isoformat()
    return any(_fits(species, name, genus) and code in codes and start <= day <= end
               for name, genus, codes, start, end in _entries())


def _fits(species: str, name: str, genus: bool) -> bool:
    key = species_key(species)
    return key.split(" ")[0] == name if genus else key == name
