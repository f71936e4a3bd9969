"""The dated parameters of rules: how many days, how much, by country and by the date of the event."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ewglink import places

ANY = "*"
"""As a country: where the country's own law has no value, or it is not known."""


@dataclass(frozen=True)
class Parameter:
    """One value: `key`, `country` (ISO 3166 alpha-2, or `*`), the dates of events it holds for, and where it stands.
    `certain` is whether it was verified against its source; what was not is a default that a case may change."""

    key: str
    country: str
    value: float
    unit: str
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    source: str = ""
    certain: bool = True

    def holds_on(self, day: datetime.date | None) -> bool:
        """Whether it holds for an event of that day (one without a date takes what holds now)."""
        if day is None:
            return self.valid_to is None
        return not (self.valid_from and day < self.valid_from or self.valid_to and day > self.valid_to)


@dataclass(frozen=True)
class Parameters:
    """All parameters, with what a case changed; `value` asks for one."""

    rows: tuple[Parameter, ...]
    changed: Mapping[str, float] | None = None
    """`key` or `key:COUNTRY` → the case's own value."""

    def find(self, key: str, country: str = "", on: datetime.date | None = None) -> Parameter | None:
        """The parameter for a country on a day: the country's own, else the general one; None where there is none."""
        for wanted in (country, ANY) if country else (ANY,):
            for row in self.rows:
                if row.key == key and row.country == wanted and row.holds_on(on):
                    own = (self.changed or {}).get(f"{key}:{wanted}", (self.changed or {}).get(key))
                    return row if own is None else replace(row, value=float(own), source="case", certain=True)
        return None

    def value(self, key: str, country: str = "", on: datetime.date | None = None) -> float | None:
        """The value of that parameter; None where there is none for the country and day."""
        found = self.find(key, country, on)
        return None if found is None else found.value

    def changed_by(self, changed: Mapping[str, float]) -> Parameters:
        """The same with the case's own values."""
        return Parameters(self.rows, dict(changed))


@cache
def parameters() -> Parameters:
    """The parameters that come with the program."""
    path = places.resources("reference", "rules", "nc_params.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Parameters(tuple(
        Parameter(row["key"], row.get("country", ANY), float(row["value"]), row["unit"], _day(row.get("valid_from")),
                  _day(row.get("valid_to")), row.get("source", ""), bool(row.get("certain", True)))
        for row in data["parameters"]))


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
