"""Moments as numbers: dates and times as they are written, in microseconds of UTC since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

UNKNOWN = -(2 ** 63)
"""No moment is known."""
FIRST, LAST = -(2 ** 62), 2 ** 62
"""Before and after every date: what an interval without a beginning or an end reaches to."""
DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


def first_moment(text: str | None) -> int:
    """The first microsecond of an ISO year, month, day or time; a time without a zone counts as UTC.

    `UNKNOWN` for what is no date.
    """
    if not text:
        return UNKNOWN
    padded = text if len(text) > 7 else (f"{text}-01" if len(text) == 7 else f"{text}-01-01")
    try:
        found = datetime.fromisoformat(padded)
    except ValueError:
        return UNKNOWN
    return ((found if found.tzinfo else found.replace(tzinfo=UTC)) - _EPOCH) // _MICRO


def last_moment(text: str | None) -> int:
    """The last microsecond of an ISO year, month or day, or the time itself; `UNKNOWN` for what is no date."""
    begun = first_moment(text)
    if begun == UNKNOWN or text is None or len(text) > 10:
        return begun
    if len(text) == 10:
        return begun + DAY - 1
    year, month = int(text[:4]), int(text[5:7]) if len(text) == 7 else 12
    if year == 9999:
        return LAST
    after = f"{year + month // 12:04}-{month % 12 + 1:02}"
    return first_moment(after) - 1


def iso_day(moment: int) -> str | None:
    """The day of a moment, as ISO text; None where it is unknown or without bounds."""
    if moment in (UNKNOWN, FIRST, LAST):
        return None
    try:
        return (_EPOCH + timedelta(microseconds=int(moment))).date().isoformat()
    except OverflowError:
        return None
