"""Time to place: proportional, evenly spaced or grouped, and the dates along the bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from ewglink.drawing.marks import Floats
from ewglink.drawing.timeline.subjects import seconds
from ewglink.drawing.times import tick_text
from ewglink.text import N_

SPACINGS: dict[str, str] = {"proportional": N_("Proportional to time"), "even": N_("Even"),
                            "grouped": N_("Grouped by time")}
"""Values of the setting `spacing` of a timeline, with their names."""
TICK_ROOM = 120.0
_DAY = 86400.0
_UNITS: tuple[tuple[str, int, float], ...] = (
    ("hour", 1, 3600.0), ("hour", 3, 10800.0), ("hour", 6, 21600.0), ("hour", 12, 43200.0), ("day", 1, _DAY),
    ("day", 2, 2 * _DAY), ("week", 1, 7 * _DAY), ("month", 1, 30.4 * _DAY), ("month", 3, 91.3 * _DAY),
    ("month", 6, 182.6 * _DAY), ("year", 1, 365.25 * _DAY), ("year", 2, 730.5 * _DAY), ("year", 5, 1826.0 * _DAY),
    ("year", 10, 3652.5 * _DAY), ("year", 50, 18262.0 * _DAY))


@dataclass(frozen=True)
class TimeScale:
    """Times (k,) in seconds, ascending, and their places (k,)."""

    times: Floats
    places: Floats
    spacing: str

    def x(self, moment: float) -> float:
        """Where a moment stands."""
        return float(np.interp(moment, self.times, self.places))


def scale_of(times: list[float], spacing: str, left: float, width: float, threshold: float = _DAY) -> TimeScale:
    """The scale of these moments from `left`, about `width` wide; grouped: a pause longer than `threshold` seconds is a
    wide gap, five times as wide as the others."""
    distinct = np.unique(np.array(times, float))
    if len(distinct) < 2:
        return TimeScale(distinct, np.full(len(distinct), left), spacing)
    gaps = np.diff(distinct)
    if spacing == "even":
        gaps = np.ones(len(gaps))
    elif spacing == "grouped":
        gaps = np.where(gaps > threshold, 5.0, 1.0)
    share = np.concatenate([[0.0], np.cumsum(gaps)]) / gaps.sum()
    return TimeScale(distinct, left + share * width, spacing)


def ticks(scale: TimeScale, left: float, right: float, language: str) -> list[tuple[float, str]]:
    """Places and dates along the bar from `left` to `right`, never nearer to each other than their room."""
    if scale.spacing != "proportional" or len(scale.times) < 2:
        return _at_times(scale, language)
    per_unit = (scale.times[-1] - scale.times[0]) / (scale.places[-1] - scale.places[0])
    begin = scale.times[0] - (scale.places[0] - left) * per_unit
    end = scale.times[-1] + (right - scale.places[-1]) * per_unit
    unit, step, _length = next((one for one in _UNITS if one[2] / per_unit >= TICK_ROOM), _UNITS[-1])
    found = []
    moment = _first(datetime(1970, 1, 1) + timedelta(seconds=begin), unit, step)
    while (at := seconds(moment)) <= end:
        if at >= begin:
            found.append((scale.places[0] + (at - scale.times[0]) / per_unit, tick_text(moment, unit, language)))
        moment = _next(moment, unit, step)
    return found


def _at_times(scale: TimeScale, language: str) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    day = ""
    for time, place in zip(scale.times.tolist(), scale.places.tolist(), strict=True):
        if not found or place - found[-1][0] >= TICK_ROOM:
            moment = datetime(1970, 1, 1) + timedelta(seconds=time)
            words = tick_text(moment, "day", language)
            found.append((place, f"{moment:%H:%M}" if words == day else words))
            day = words
    return found


def _first(moment: datetime, unit: str, step: int) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(month=(day.month - 1) // step * step + 1, day=1)
    if unit == "year":
        return day.replace(year=max(1, day.year // step * step), month=1, day=1)
    return day


def _next(moment: datetime, unit: str, step: int) -> datetime:
    if unit == "month":
        months = moment.year * 12 + moment.month - 1 + step
        return moment.replace(year=months // 12, month=months % 12 + 1)
    if unit == "year":
        return moment.replace(year=moment.year + step)
    return moment + {"hour": timedelta(hours=step), "day": timedelta(days=step), "week": timedelta(weeks=step)}[unit]
