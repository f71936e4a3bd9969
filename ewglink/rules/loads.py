"""Loads by those who have to do with them, and the hours at which they crossed a border."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
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


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a load crossed a border: in UTC, as the clock there shows, and whether it is known to the hour (else both
    are midnight of the day)."""

    utc: datetime
    local: datetime
    exact: bool


def crossings(trade: Trade, around: Surroundings) -> dict[int, Crossing]:
    """Load → when it crossed a border."""

    def make() -> dict[int, Crossing]:
        found: dict[int, Crossing] = {}
        for bond in around.source.bonds(("crossed_at",)):
            if bond.a in trade.movements and bond.a not in found and instant(bond.start) is not None:
                found[bond.a] = _crossing(bond.start, trade.movements[bond.a])
        for item, load in trade.movements.items():
            said = load.values.get("cross_date")
            if item not in found and (instant(said) is not None or load.crossed is not None):
                found[item] = _crossing(said, load)
        return found

    return around.kept("crossings", make)


def _crossing(said: Any, load: Movement) -> Crossing:
    utc = instant(said)
    if utc is None:
        on = load.crossed or date.min
        midnight = datetime(on.year, on.month, on.day)
        return Crossing(midnight, midnight, False)
    written = datetime.fromisoformat(str(said).strip().replace("Z", "+00:00"))
    if written.utcoffset() == timedelta():
        return Crossing(utc, utc + _behind(load), True)
    return Crossing(utc, written.replace(tzinfo=None), True)


def _behind(load: Movement) -> timedelta:
    """What the clock at the border is ahead of UTC in winter, by its longitude; nothing where no port's is known."""
    for place in (*load.transits, *load.exits, *load.entries):
        spot = position(place)
        if spot is not None:
            return timedelta(hours=ceil(spot[1] / _DEGREES_AN_HOUR))
    return timedelta()
