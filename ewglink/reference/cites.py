"""CITES: appendices, sources, purposes and terms, and the species of the trade with the States they live in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ewglink.reference.code_lists import rows
from ewglink.reference.look_up import entry_key
from ewglink.text import language

APPENDICES = ("I", "II", "III")


@dataclass(frozen=True)
class CitesCode:
    """A code of the permit's boxes: `kind` is appendix, source, purpose or term."""

    kind: str
    code: str
    labels: dict[str, str]

    def label(self, lang: str | None = None) -> str:
        """The label in `lang` (default: the language in force), else English."""
        return self.labels.get(lang or language()) or self.labels["en"]


@dataclass(frozen=True)
class Listed:
    """A listed species. `home` are the range States (ISO 3166 alpha-2), empty where the list names none."""

    name: str
    appendix: str
    home: frozenset[str]
    labels: dict[str, str]


@cache
def cites_codes() -> dict[tuple[str, str], CitesCode]:
    """The codes, by kind and code."""
    return {(row["kind"], row["code"]): CitesCode(row["kind"], row["code"], {
        lang: row[f"label_{lang}"] for lang in ("en", "fr", "es")}) for row in rows("cites_codes.csv")}


@cache
def _species() -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for row in rows("cites_species.csv"):
        labels = {lang: row[f"name_{lang}"] for lang in ("en", "fr", "es")}
        listed = Listed(row["scientific_name"], row["appendix"], frozenset(row["range"].split(";")) - {""}, labels)
        for name in (listed.name, *row["synonyms"].split(";"), *labels.values()):
            if name:
                found.setdefault(entry_key(name), listed)
    return found


def listed_species(name: str) -> Listed | None:
    """The listed species of that scientific name (a synonym too) or common name; None where the list has none."""
    return _species().get(entry_key(name)) if name else None


def species_key(name: str) -> str:
    """A species' name for comparing: synonyms and common names of a listed one are the same."""
    known = listed_species(name)
    return entry_key(known.name if known is not None else name)


def appendix_of(text: str) -> str:
    """I, II or III as files write it (`App. II`, `2`, `Annexe II`); empty where it says none."""
    last = text.upper().replace(".", " ").split()[-1:] or [""]
    found = {"1": "I", "2": "II", "3": "III"}.get(last[0], last[0])
    return found if found in APPENDICES else ""
