"""Rhythms: dated items counted by hour and weekday, by month and year, by pair, and over time for each entity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Network
from ewglink.model.items import Precision
from ewglink.text import N_
from ewglink.workspace.moments import DAY, HOUR, Ints, Moments, lanes_of

MATRICES: dict[str, str] = {"hour_weekday": N_("Hour × weekday"), "month_year": N_("Month × year"),
                            "pairs": N_("Entity × entity"), "types": N_("Type × type")}
MOST_PAIRED = 40
_EPOCH = datetime(1970, 1, 1)
_THURSDAY = 3


@dataclass(frozen=True)
class Matrix:
    """Counts (r, c). `rows` and `columns`: what the lines are (weekdays 0 to 6 from Monday, hours, years, months 1 to
    12, entity ids, type keys); `items` (v,) and `of` (v,) say which item is counted in which cell (row × c + column);
    `left_out`: dated items that have no place in it, because their date does not say so much."""

    kind: str
    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    counts: Ints
    items: Ints
    of: Ints
    left_out: int = 0
    unknown_zone: int = 0

    def members(self, cells: Any) -> Ints:
        """The different items of some cells, ascending."""
        return np.unique(self.items[np.isin(self.of, np.asarray(list(cells), np.int64))])

    def shares(self, chosen: Ints) -> Ints:
        """How many of the `chosen` items each cell counts (r, c)."""
        return _table(self.of[np.isin(self.items, chosen)], len(self.rows), len(self.columns))


def _table(of: Ints, rows: int, columns: int) -> Ints:
    return np.bincount(of, minlength=rows * columns).reshape(rows, columns)


def hour_weekday(moments: Moments, utc: bool = False) -> Matrix:
    """Times of day by weekday and hour, by the clock where they were recorded (a zone nobody knows: as it is written),
    or in UTC, where those without a zone have no place."""
    timed = moments.precisions >= Precision.LOCAL
    unknown = moments.zone_unknown
    counted = timed & ~unknown if utc else timed
    clock = (moments.starts if utc else moments.local())[counted]
    days, hours = clock // DAY, clock % DAY // HOUR
    of = (days + _THURSDAY) % 7 * 24 + hours
    return Matrix("hour_weekday", tuple(range(7)), tuple(range(24)), _table(of, 7, 24), moments.items[counted], of,
                  int((~counted).sum()), int((unknown & counted).sum()))


def month_year(moments: Moments) -> Matrix:
    """What begins in each month of each year; dates that say the year only have no place."""
    known = moments.precisions >= Precision.MONTH
    clock = moments.local()[known]
    months = clock.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    years = months // 12
    first, last = (int(years.min()), int(years.max())) if len(years) else (0, -1)
    rows = tuple(range(first + 1970, last + 1971))
    of = (years - first) * 12 + months % 12
    return Matrix("month_year", rows, tuple(range(1, 13)), _table(of, len(rows), 12), moments.items[known], of,
                  int((~known).sum()))


def pairs(network: Network, most: int = MOST_PAIRED) -> Matrix:
    """Links between each two of the entities that have most of them, the same above and below the diagonal."""
    degree = np.bincount(network.ends.ravel(), minlength=network.n)
    busiest = np.lexsort((network.ids, -degree))[:most]
    busiest = busiest[degree[busiest] > 0]
    place = np.full(network.n, -1)
    place[busiest] = np.arange(len(busiest))
    a, b = place[network.ends[:, 0]], place[network.ends[:, 1]]
    return _square("pairs", tuple(network.ids[busiest].tolist()), a, b, network)


def types(network: Network) -> Matrix:
    """Links between entities of each two types."""
    used = np.unique(network.types[network.ends]) if network.m else np.empty(0, np.int64)
    place = np.full(max(1, len(network.type_keys)), -1)
    place[used] = np.arange(len(used))
    a, b = place[network.types[network.ends[:, 0]]], place[network.types[network.ends[:, 1]]]
    return _square("types", tuple(network.type_keys[code] for code in used.tolist()), a, b, network)


def _square(kind: str, keys: tuple[Any, ...], a: npt.NDArray[Any], b: npt.NDArray[Any], network: Network) -> Matrix:
    there = (a >= 0) & (b >= 0)
    a, b, links, size = a[there], b[there], network.link_ids[there], len(keys)
    both = a != b
    of = np.concatenate([a * size + b, (b * size + a)[both]]).astype(np.int64)
    items = np.concatenate([links, links[both]])
    return Matrix(kind, keys, keys, _table(of, size, size), items, of, int((~there).sum()))


@dataclass(frozen=True)
class Activity:
    """Over time, for each entity with a date (n,), most active first: `counts` (n, bins) of what begins in equal spans
    from `first` to `last`; `totals`; `firsts`, `lasts` and `busiest` (the beginning of its fullest span)."""

    entities: Ints
    counts: Ints
    totals: Ints
    firsts: Ints
    lasts: Ints
    busiest: Ints
    first: int
    last: int

    @property
    def span(self) -> timedelta:
        """How long one of the equal spans is."""
        return timedelta(microseconds=(self.last - self.first) / max(1, self.counts.shape[1]))


def activity(moments: Moments, bins: int = 48) -> Activity:
    """How active each entity is, over the time of all."""
    lanes = lanes_of(moments, "entity")
    count, (first, last) = len(lanes.keys), moments.range()
    starts = moments.starts[lanes.rows]
    each = max(1.0, (last - first + 1) / bins)
    where = np.minimum(((starts - first) / each).astype(np.int64), bins - 1)
    counts = _table(lanes.of * bins + where, count, bins)
    firsts, lasts = np.full(count, np.iinfo(np.int64).max), np.full(count, np.iinfo(np.int64).min)
    np.minimum.at(firsts, lanes.of, starts)
    np.maximum.at(lasts, lanes.of, starts)
    busiest = first + (counts.argmax(axis=1) * each).astype(np.int64) if count else np.empty(0, np.int64)
    return Activity(np.array(lanes.keys, np.int64), counts, lanes.counts, firsts, lasts, busiest, first, last)


def as_datetime(moment: int) -> datetime:
    """Microseconds since 1970 as a naive datetime, the nearest there is."""
    try:
        return _EPOCH + timedelta(microseconds=int(moment))
    except OverflowError:
        return datetime.max if moment > 0 else datetime.min
