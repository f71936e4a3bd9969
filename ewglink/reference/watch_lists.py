"""What indicators look for: kinds of places, words, ports, jurisdictions and sizes, each with its dates."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache

from ewglink.reference.code_lists import rows


@cache
def _entries() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows("watch_lists.csv"):
        found.setdefault(row["list"], []).append((row["entry"], row["valid_from"] or "0000", row["valid_to"] or "9999"))
    return found


@lru_cache(maxsize=512)
def entries(name: str, on: datetime.date | None = None) -> frozenset[str]:
    """The entries of a list that hold on a day (None: today); KeyError where there is no such list."""
    day = (on or datetime.date.today()).isoformat()
    return frozenset(entry for entry, start, end in _entries()[name] if start <= day <= end)


@lru_cache(maxsize=512)
def sizes(name: str, on: datetime.date | None = None) -> tuple[float, ...]:
    """The entries of a list of numbers that hold on a day, the smallest first."""
    return tuple(sorted(float(one) for one in entries(name, on)))


@lru_cache(maxsize=512)
def words(name: str, on: datetime.date | None = None) -> re.Pattern[str]:
    """A pattern that finds any of a list's phrases, as whole words, in a text in lower case without accents."""
    every = sorted(entries(name, on), key=lambda one: (-len(one), one))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, every)) + r")\b")
