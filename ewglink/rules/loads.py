"""Loads by those who have to do with them, and the hours at which they crossed a border."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ewglink.rules.surroundings import Surroundings
from ewglink.rules.timelines import position
from ewglink.rules.trade import Movement, Trade

_DATE = 10
_DEGREES_AN_HOUR = 15.0


def by_party(party: int, around: Surroundings, roles: Iterable[str]) -> list[Movement]:
    """The loads of a party in any of these roles (`exporters`, `carriers` …), each once, in the order of shipping."""
    found = {load.id: load for role in roles for load in around.loads_as.get((role, party), ())}
    return sorted(found.values(), key=lambda load: (load.shipped or date.max, load.ref, load.id))


def instant(value: Any) -> datetime | None:
    """An instant with an hour, in UTC where it says its offset, else as written; None for a date alone."""
    text = str(value or "").strip()
    if len(text) <= _DATE:
        return None
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is None else found.astimezone(UTC).replace(tzinfo=None)


def crossings(trade: Trade, around: Surroundings) -> dict[int, tuple[datetime, bool]]:
    """Load → the instant it crossed a border, and whether it is known to the hour (else midnight of that day)."""

    def make() -> dict[int, tuple[datetime, bool]]:
        found: dict[int, tuple[datetime, bool]] = {}
        for bond in around.source.bonds(("crossed_at",)):
            when = instant(bond.start)
            if when is not None and bond.a in trade.movements:
                found.setdefault(bond.a, (when, True))
        for item, load in trade.movements.items():
            when = instant(load.values.get("cross_date"))
            if when is not None:
                found.setdefault(item, (when, True))
            elif load.crossed is not None:
                found.setdefault(item, (datetime(load.crossed.year, load.crossed.month, load.crossed.day), False))
        return found

    return around.kept("crossings", make)


def local(when: datetime, load: Movement) -> datetime:
    """The sun's time at the border of an instant in UTC: as it is where the position of no port is known."""
    for place in (*load.transits, *load.exits, *load.entries):
        spot = position(place)
        if spot is not None:
            return when + timedelta(hours=round(spot[1] / _DEGREES_AN_HOUR))
    return when
