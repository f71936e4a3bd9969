"""Histograms: a column of a facet in rows that can be counted, selected and filtered by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.appearance.rule import Condition
from ewglink.text import N_
from ewglink.workspace.facets import Column, Floats, Ints

GRANULARITIES: dict[str, str] = {"day": N_("Days"), "week": N_("Weeks"), "month": N_("Months"), "year": N_("Years")}
_LENGTHS = {"day": 86400.0, "week": 7 * 86400.0, "month": 30.4 * 86400.0, "year": 365.25 * 86400.0}
MOST_BARS = 60
MOST_DATES = 2000
TOP = 50
_FEW = 12
_SKEWED = 40.0


@dataclass(frozen=True)
class Bar:
    """One row. `value` is a category's key; of numbers, `low` and `high` (from, and less than; or the same); of dates,
    `start` and `stop` days. `kind` is `value`, `range`, `dates`, `rest` or `missing`."""

    kind: str
    value: Any = None
    low: float = 0.0
    high: float = 0.0
    start: date | None = None
    stop: date | None = None
    last: bool = False


@dataclass(frozen=True)
class Histogram:
    """`bars` b rows with `counts` (b,) different items each; `items` (v,) and `of` (v,): which item is in which bar.

    `ordered`: bars follow one another, so that a stretch of them is a range (numbers and dates).
    """

    column: Column
    bars: tuple[Bar, ...]
    counts: Ints
    items: Ints
    of: npt.NDArray[np.int32]
    ordered: bool
    granularity: str = ""

    @property
    def whole(self) -> bool:
        """Whether every range begins and ends with a whole number, and all that is in them is one."""
        edges = [edge for bar in self.bars if bar.kind == "range" for edge in (bar.low, bar.high)]
        return all(edge == int(edge) for edge in edges) and bool((self.column.values % 1 == 0).all())

    def shares(self, chosen: Ints) -> Ints:
        """How many different items of each bar are among the `chosen` ids (b,)."""
        return _counted(self.items, np.where(np.isin(self.items, chosen), self.of, -1), len(self.bars))

    def members(self, bars: Any) -> Ints:
        """The different items of some bars, ascending."""
        return np.unique(self.items[np.isin(self.of, np.asarray(list(bars), np.int32))])

    def conditions(self, first: int, last: int) -> tuple[Condition, ...]:
        """What an item of the bars `first` to `last` meets; of categories, only of one bar at a time."""
        what = self.column.facet.what
        one, other = self.bars[first], self.bars[last]
        if one.kind == "missing":
            return (Condition(what, "unknown"),)
        if one.kind == "rest":
            top = [bar.value for bar in self.bars if bar.kind == "value"]
            return Condition(what, "not_in", top), Condition(what, "known")
        if one.kind == "value":
            return (Condition(what, "in", [bar.value for bar in self.bars[first:last + 1] if bar.kind == "value"]),)
        if one.start is not None and other.stop is not None:
            return (Condition(what, "at_least", one.start.isoformat()), Condition(what, "less", other.stop.isoformat()))
        return Condition(what, "at_least", one.low), Condition(what, "at_most" if other.last else "less", other.high)


def histogram(column: Column, granularity: str = "") -> Histogram:
    """The bars of a column: its most frequent values, ranges of numbers, or spans of dates, and those without."""
    if column.facet.kind == "dates":
        bars, of, granularity = _dates(column.values, granularity)
    elif column.facet.kind == "numbers":
        bars, of = _numbers(column.values)
    else:
        bars, of = _categories(column)
    items = column.items
    if len(column.missing):
        of = np.concatenate([of, np.full(len(column.missing), len(bars), np.int32)])
        items = np.concatenate([items, column.missing])
        bars = [*bars, Bar("missing")]
    return Histogram(column, tuple(bars), _counted(items, of, len(bars)), items, of.astype(np.int32),
                     column.facet.kind != "categories", granularity)


def _counted(items: Ints, of: npt.NDArray[np.int32], bars: int) -> Ints:
    """Different items a bar."""
    there = of >= 0
    if not there.any():
        return np.zeros(bars, np.int64)
    many = int(items.max()) + 1
    pairs = np.unique(of[there].astype(np.int64) * many + items[there])
    return np.bincount(pairs // many, minlength=bars)


def _categories(column: Column) -> tuple[list[Bar], npt.NDArray[np.int32]]:
    counts = np.bincount(column.codes, minlength=len(column.keys))
    order = sorted(range(len(counts)), key=lambda code: (-counts[code], str(column.keys[code])))
    order = [code for code in order if counts[code]]
    bars = [Bar("value", column.keys[code]) for code in order[:TOP]]
    place = np.full(len(counts) + 1, len(bars), np.int32)
    place[order[:TOP]] = np.arange(len(bars), dtype=np.int32)
    if len(order) > TOP:
        bars.append(Bar("rest", len(order) - TOP))
    return bars, place[column.codes]


def _numbers(values: Floats) -> tuple[list[Bar], npt.NDArray[np.int32]]:
    distinct = np.unique(values)
    if len(distinct) <= _FEW:
        return ([Bar("value", int(one) if one == int(one) else float(one)) for one in distinct.tolist()],
                np.searchsorted(distinct, values).astype(np.int32))
    edges = _edges(values)
    of = np.clip(np.searchsorted(edges, values, "right") - 1, 0, len(edges) - 2).astype(np.int32)
    bars = [Bar("range", low=low, high=high) for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]
    last = bars[-1]
    return [*bars[:-1], Bar("range", low=last.low, high=last.high, last=True)], of


def _edges(values: Floats) -> Floats:
    """Round numbers about the values: equal steps, or 1, 2, 5, 10, … where a few values are far above the rest."""
    low, high = float(values.min()), float(values.max())
    middle = float(np.median(values))
    if low >= 0 and middle > 0 and high / middle > _SKEWED:
        least = math.floor(math.log10(max(float(values[values > 0].min()), high / 1e9)))
        edges = [step * 10.0 ** power for power in range(least, math.ceil(math.log10(high)) + 1) for step in (1, 2, 5)]
        edges = [0.0, *edges] if low < edges[0] else edges
        first = max(0, int(np.searchsorted(edges, low, "right")) - 1)
        return np.array(edges[first:int(np.searchsorted(edges, high)) + 1])
    rough = (high - low) / 20
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    begin = math.floor(low / step)
    return np.array([round(at * step, 12) for at in range(begin, math.ceil(high / step) + 1)])


def _dates(values: Floats, granularity: str) -> tuple[list[Bar], npt.NDArray[np.int32], str]:
    if not len(values):
        return [], np.empty(0, np.int32), granularity or "month"
    low, high = float(values.min()), float(values.max())
    if not granularity:
        fits = (key for key in GRANULARITIES if (high - low) / _LENGTHS[key] <= MOST_BARS)
        granularity = next(fits, "year")
    while (high - low) / _LENGTHS[granularity] > MOST_DATES and granularity != "year":
        granularity = list(GRANULARITIES)[list(GRANULARITIES).index(granularity) + 1]
    day = _floor((datetime(1970, 1, 1) + timedelta(seconds=low)).date(), granularity)
    end = (datetime(1970, 1, 1) + timedelta(seconds=high)).date()
    days = [day]
    while day <= end:
        following = _next(day, granularity)
        if following is None:
            break
        day = following
        days.append(day)
    edges = np.array([(one - date(1970, 1, 1)).days * 86400.0 for one in days])
    of = np.clip(np.searchsorted(edges, values, "right") - 1, 0, len(days) - 2).astype(np.int32)
    return [Bar("dates", start=one, stop=other) for one, other in pairwise(days)], of, granularity


def _floor(day: date, granularity: str) -> date:
    if granularity == "week":
        return day - timedelta(days=day.weekday()) if day.toordinal() > 7 else day
    return day if granularity == "day" else day.replace(day=1) if granularity == "month" else date(day.year, 1, 1)


def _next(day: date, granularity: str) -> date | None:
    try:
        if granularity == "year":
            return date(day.year + 1, 1, 1)
        if granularity == "month":
            return date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day + timedelta(days=7 if granularity == "week" else 1)
    except (ValueError, OverflowError):
        return None
