"""Times as the reader of a chart writes them: of an item, and along a time bar."""

from __future__ import annotations

from datetime import date, datetime

from ewglink.drawing.content import When
from ewglink.drawing.figures import LOCALES

_YEAR, _MONTH, _DAY = 1, 2, 3


def _locale(language: str) -> str:
    return LOCALES.get(language, "en_CA")


def day(value: date, language: str) -> str:
    """A day in full with a short month: "14 mars 2025", "Mar 14, 2025"."""
    from babel.dates import format_date

    return str(format_date(value, format="medium", locale=_locale(language)))


def _moment(value: datetime, precision: int, language: str) -> str:
    from babel.dates import format_skeleton

    if precision <= _MONTH:
        skeleton = "y" if precision == _YEAR else "yMMMM"
        return str(format_skeleton(skeleton, value, locale=_locale(language)))
    if precision == _DAY:
        return day(value, language)
    return f"{day(value, language)}, {value:%H:%M}"


def when_text(when: When, language: str) -> str:
    """The time of an item as it is known, no more exactly than that; an interval with a dash."""
    start = _moment(when.start, when.precision, language)
    end = _moment(when.end, when.precision, language) if when.end is not None else start
    return start if end == start else f"{start} – {end}"


def tick_text(value: datetime, unit: str, language: str) -> str:
    """What stands on a time bar divided into `unit`: year, month, week, day or hour."""
    from babel.dates import format_skeleton

    if unit == "hour":
        return f"{day(value, language)}, {value:%H:%M}" if value.hour == 0 else f"{value:%H:%M}"
    if unit in ("week", "day"):
        return day(value, language)
    return str(format_skeleton("y" if unit == "year" else "yMMM", value, locale=_locale(language)))


def parsed(text: str | None) -> datetime | None:
    """The naive datetime of an ISO date or time (its zone left aside, as it was written), None where it is none."""
    if not text:
        return None
    padded = text if len(text) > 7 else (f"{text}-01" if len(text) == 7 else f"{text}-01-01")
    try:
        return datetime.fromisoformat(padded).replace(tzinfo=None)
    except ValueError:
        return None


def when_of(start: str | None, end: str | None = None, precision: int | None = None) -> When | None:
    """The time written in ISO texts; what is not said of the precision is read from their length."""
    begun, done = parsed(start), parsed(end)
    if begun is None:
        begun, start, done = done, end, None
    if begun is None or start is None:
        return None
    known = precision or {4: _YEAR, 7: _MONTH, 10: _DAY}.get(len(start), 5)
    return When(begun, done if done is not None and done > begun else None, int(known), _offset(start))


def _offset(text: str) -> int | None:
    """Minutes east of Greenwich of a time that says so."""
    if len(text) <= 16:
        return None
    zone = datetime.fromisoformat(text).utcoffset()
    return None if zone is None else round(zone.total_seconds() / 60)
