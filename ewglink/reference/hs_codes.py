"""HS codes that matter to the trade, by date, and which are to be expected for what is moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ewglink.reference.code_lists import rows
from ewglink.text import language


@dataclass(frozen=True)
class HsCode:
    """A subheading of six digits: its sector, whether goods under it are regulated waste or substances by themselves,
    when it is in force, and its labels."""

    code: str
    sector: str
    regulated: bool
    labels: dict[str, str]
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None

    def in_force(self, on: datetime.date | None) -> bool:
        """Whether the code is in force on that day (None: now)."""
        day = on or datetime.date.today()
        return not (self.valid_from and day < self.valid_from or self.valid_to and day > self.valid_to)

    def label(self, lang: str | None = None) -> str:
        """The label in `lang` (default: the language in force)."""
        return self.labels.get(lang or language()) or self.labels["en"]


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@cache
def hs_codes() -> dict[str, HsCode]:
    """The list, by code."""
    return {row["code"]: HsCode(row["code"], row["sector"], row["regulated"] == "yes",
                                {lang: row[f"label_{lang}"] for lang in ("en", "fr", "es")},
                                _day(row["valid_from"]), _day(row["valid_to"]))
            for row in rows("hs_codes.csv")}


def is_regulated(hs: str) -> bool:
    """Whether goods declared under this code (six digits or more) are regulated by themselves."""
    found = hs_codes().get(hs[:6])
    return found is not None and found.regulated


@cache
def _expected() -> dict[str, frozenset[str]]:
    """What is moved (UN number or waste code) → the codes it may be declared under, of any date."""
    found: dict[str, set[str]] = {}
    for row in rows("hs_expected.csv"):
        found.setdefault(row["code"], set()).add(row["hs"])
    return {code: frozenset(wanted) for code, wanted in found.items()}


def expected_hs(codes: Iterable[str], on: datetime.date | None = None) -> frozenset[str]:
    """The subheadings to be expected on a day for goods with these UN numbers and waste codes; empty where the list
    says nothing of them."""
    return frozenset(one for code in codes for one in _expected().get(code, ()) if hs_codes()[one].in_force(on))
