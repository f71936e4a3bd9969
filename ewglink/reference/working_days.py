"""Working days by country and province or state: Monday to Friday without its public holidays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

_WEEKEND = 5
_KNOWN = frozenset({"CA", "MX", "US"})


@lru_cache(maxsize=512)
def holidays_of(country: str, year: int, subdivision: str = "") -> frozenset[date]:
    """The public holidays of a country and, where named, of its province or state; empty for a country that has no
    calendar here."""
    if country not in _KNOWN:
        return frozenset()
    import holidays

    try:
        found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        found = holidays.country_holidays(country, years=year)
    return frozenset(found)


def is_working_day(day: date, country: str, subdivision: str = "") -> bool:
    """Whether work is done on that day there."""
    return day.weekday() < _WEEKEND and day not in holidays_of(country, day.year, subdivision)


def working_days(start: date, end: date, country: str, subdivision: str = "",
                 also_free: Collection[date] = ()) -> int:
    """How many working days lie after `start` up to and including `end` (the count starts the day after the event);
    0 where `end` is not after `start`. `also_free` are days on which nothing is done besides."""
    count, day = 0, start
    while day < end:
        day += timedelta(days=1)
        count += is_working_day(day, country, subdivision) and day not in also_free
    return count
