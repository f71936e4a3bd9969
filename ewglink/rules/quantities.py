"""What a case shows, read for comparing: quantities in kilograms, calendar dates, codes, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any

from ewglink.reference.units import to_kg

SCHEMES = ("epa_waste", "basel", "ca_waste", "oecd", "y_code", "h_code", "iwic", "creti", "state_waste")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_BLANK = re.compile(r"\s+")


def number(value: Any) -> float | None:
    """A finite number; None for anything else (a text that is a plain decimal number counts)."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if value == value and abs(value) != float("inf") else None
    text = str(value).strip()
    return float(text) if _NUMBER.fullmatch(text) else None


def in_kg(quantity: float | None, unit: str, values: Mapping[str, Any]) -> float | None:
    """`quantity` in kilograms; a volume needs the item's `density` (kg per litre), else it cannot be compared."""
    if quantity is None or not unit:
        return None
    return to_kg(quantity, unit, number(values.get("density")))


def day(value: Any) -> date | None:
    """The calendar date of a value that is exact to the day (an instant counts on the date written); None for a year,
    a month or nothing."""
    if isinstance(value, date):
        return value
    text = str(value or "")
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else None
    except ValueError:
        return None


def listed(value: Any) -> list[str]:
    """The values of a property that may have several, trimmed, without empty ones."""
    every = value if isinstance(value, (list, tuple)) else [value]
    return [text for one in every if one is not None and (text := str(one).strip())]


def plain_code(value: Any) -> str:
    """A code for comparing: capitals, without blanks; empty for nothing. Of several, the first."""
    first = listed(value)[:1]
    return intern(_BLANK.sub("", first[0]).upper()) if first else ""


def one_un(value: Any) -> str:
    """A UN number as `UN1234`, whatever it was written like; empty for nothing."""
    text = plain_code(value)
    return f"UN{int(text):04d}" if text.isdigit() else text


def codes_of(values: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Scheme → codes of what an item shows, only schemes that have any."""
    found = {scheme: _set_of(tuple(listed(values[scheme]))) for scheme in SCHEMES if values.get(scheme)}
    return {scheme: codes for scheme, codes in found.items() if codes}


@lru_cache(maxsize=10_000)
def _set_of(codes: tuple[str, ...]) -> frozenset[str]:
    """The same codes are one set in memory, on however many lines they stand."""
    return frozenset(plain_code(code) for code in codes)
