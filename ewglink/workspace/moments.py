"""When things happened: the events, dated links and dated statements of a chart or of the case, as arrays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.moments import UNKNOWN, first_moment, last_moment
from ewglink.model.items import Precision
from ewglink.model.progress import Job, Progress
from ewglink.store.shown import shown_values
from ewglink.workspace.chart_facts import NO_MOMENT, STARTS, time_kinds
from ewglink.workspace.facets import Scope, property_kinds, scope_of
from ewglink.workspace.workspace import Workspace

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
EVENT, LINK, STATEMENT = 0, 1, 2
NO_ZONE = -(2 ** 15)
"""The offset of a time whose zone nobody knows, and of a date, which has none."""
ENDLESS = 2 ** 62
HOUR = 3_600_000_000
DAY = 24 * HOUR
BATCH = 5_000
_LONGEST = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


@dataclass(frozen=True)
class Moments:
    """Dated items, by when they begin (k,): `items` ids; `kinds` EVENT, LINK or STATEMENT; `what` index into
    `what_keys` (the entity type, the link type, or the property); `starts` and `stops` int64 microseconds of UTC since
    1970, first and last; `goes_on` where no end is known of what lasts; `precisions` as `model.items.Precision`; a date
    is that date wherever one is, its microseconds those of a day without a zone; `offsets` minutes east of Greenwich
    of the time as it was recorded; `ends` (k, 2) the entities it is about (one of them twice where it is about one).
    """

    items: Ints
    kinds: npt.NDArray[np.int8]
    what: npt.NDArray[np.int32]
    what_keys: tuple[tuple[int, str], ...]
    starts: Ints
    stops: Ints
    goes_on: Mask
    precisions: npt.NDArray[np.int8]
    offsets: npt.NDArray[np.int16]
    ends: Ints
    labels: dict[int, str]

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def last(self) -> Ints:
        """The last moment of each, far away where it goes on (k,)."""
        found: Ints = np.where(self.goes_on, ENDLESS, self.stops)
        return found

    def range(self) -> tuple[int, int]:
        """The first and last moment of all; one day of 1970 where there are none."""
        if not len(self):
            return 0, DAY
        return int(self.starts.min()), max(int(self.stops.max()), int(self.starts.min()) + HOUR)

    def within(self, first: int, last: int) -> Mask:
        """Which held at some time from `first` to `last` (k,)."""
        found: Mask = (self.starts <= last) & (self.last >= first)
        return found

    @cached_property
    def zone_unknown(self) -> Mask:
        """Which are times of day whose zone nobody knows (k,)."""
        found: Mask = (self.precisions >= Precision.LOCAL) & (self.offsets == NO_ZONE)
        return found

    def local(self) -> Ints:
        """When each began by the clock where it was recorded, microseconds (k,)."""
        found: Ints = self.starts + np.where(self.offsets == NO_ZONE, 0, self.offsets.astype(np.int64)) * 60_000_000
        return found


@dataclass(frozen=True)
class Dated:
    """One dated item before it is put in an array."""

    item: int
    kind: int
    key: str
    start: str
    stop: str | None
    ends: tuple[int, int]
    precision: int | None = None
    lasting: bool = False


def moments_of(workspace: Workspace, chart: int | None, every: bool = False) -> Job[Moments]:
    """What has a date on a chart (or in the case), as a job; with `every`, dates too that say nothing of when an
    entity plays its part, such as births."""
    scope = scope_of(workspace, chart)
    yield Progress(0.05)
    found: list[Dated] = []
    types = _dated_types(workspace, scope, every)
    total = len(scope.network.link_ids) + len(types) + 1
    done = 0
    for batch in _batches(scope.network.link_ids):
        found += _links(workspace, scope, batch)
        done += len(batch)
        yield Progress(0.05 + 0.85 * done / total)
    for batch in _batches(np.array(sorted(types), np.int64)):
        found += _entities(workspace, types, batch, every)
        done += len(batch)
        yield Progress(0.05 + 0.85 * done / total)
    labels = workspace.case.items.labels(scope.network.ids.tolist())
    yield Progress(1.0, None, gathered(found, labels))


def _batches(ids: Ints) -> Iterator[list[int]]:
    for at in range(0, len(ids), BATCH):
        yield ids[at:at + BATCH].tolist()


def _dated_types(workspace: Workspace, scope: Scope, every: bool) -> dict[int, str]:
    """The entities whose type has dates that are wanted, with their type."""
    schema, network = workspace.schema, scope.network
    dated = {key for key, kind in schema.entity_types.items() if any(
        one.kind in ("date", "instant") and (every or one.key not in NO_MOMENT) for one in kind.properties)}
    good = np.array([key in dated for key in network.type_keys] or [False], bool)
    there = np.flatnonzero(good[network.types])
    keys = [network.type_keys[code] for code in network.types[there].tolist()]
    return dict(zip(network.ids[there].tolist(), keys, strict=True))


def _links(workspace: Workspace, scope: Scope, ids: list[int]) -> Iterator[Dated]:
    lasting = time_kinds(workspace.schema).lasting
    with workspace.case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT l.item_id, i.type, l.a, l.b, l.start, l.end, l.precision FROM link l JOIN json_each(?) j ON "
            "j.value = l.item_id JOIN item i ON i.id = l.item_id WHERE coalesce(l.start, l.end) IS NOT NULL",
            (json.dumps(ids),)).all()
    for item, key, a, b, start, stop, precision in rows:
        ends = scope.merged.get(a, a), scope.merged.get(b, b)
        yield Dated(item, LINK, key, start or stop, stop if start else None, ends, precision,
                    key in lasting and bool(start) and not stop)


def _entities(workspace: Workspace, types: dict[int, str], ids: list[int], every: bool) -> Iterator[Dated]:
    events, kinds = time_kinds(workspace.schema).events, property_kinds(workspace)
    for item, values in shown_values(workspace.case, items=ids).items():
        key = types.get(item)
        if key is None:
            continue
        own = next((one for one in STARTS if isinstance(values.get(one), str)), None) if key in events else None
        if own is not None:
            stop = values.get("end")
            yield Dated(item, EVENT, key, values[own], stop if isinstance(stop, str) else None, (item, item))
        for name, value in values.items():
            if kinds.get(name) not in ("date", "instant") or name == own or (own and name == "end"):
                continue
            if every or name not in NO_MOMENT:
                for one in value if isinstance(value, list) else (value,):
                    if isinstance(one, str):
                        yield Dated(item, STATEMENT, name, one, None, (item, item))


def gathered(found: Iterable[Dated], labels: dict[int, str] | None = None) -> Moments:
    """Dated items as arrays, by when they begin; what is no date is left out."""
    codes: dict[tuple[int, str], int] = {}
    rows: list[tuple[int, ...]] = []
    for one in found:
        begins = first_moment(one.start)
        if begins == UNKNOWN:
            continue
        ends = last_moment(one.stop) if one.stop else UNKNOWN
        ends = max(begins, last_moment(one.start) if ends == UNKNOWN else ends)
        zone = _offset(one.start)
        precision = one.precision or _LONGEST.get(len(one.start), Precision.LOCAL if zone == NO_ZONE
                                                   else Precision.INSTANT)
        code = codes.setdefault((one.kind, one.key), len(codes))
        rows.append((one.item, one.kind, code, begins, min(ends, ENDLESS), one.lasting, int(precision), zone,
                     *one.ends))
    table = np.array(rows, np.int64).reshape(len(rows), 10)
    table = table[np.argsort(table[:, 3], kind="stable")]
    return Moments(table[:, 0], table[:, 1].astype(np.int8), table[:, 2].astype(np.int32), tuple(codes), table[:, 3],
                   table[:, 4], table[:, 5].astype(bool), table[:, 6].astype(np.int8), table[:, 7].astype(np.int16),
                   table[:, 8:10], labels or {})


def _offset(text: str) -> int:
    if len(text) <= 10:
        return NO_ZONE
    zone = _ZONE.search(text)
    if zone is None:
        return NO_ZONE
    if zone[1] == "Z":
        return 0
    digits = zone[1].replace(":", "")
    return (-1 if digits[0] == "-" else 1) * (int(digits[1:3]) * 60 + int(digits[3:5]))


# lanes


@dataclass(frozen=True)
class Lanes:
    """Moments in rows. `rows` (v,) index into the moments and `of` (v,) the lane of each: a moment about two entities
    stands in two lanes of entities. `keys`: `(kind, key)` of what it is, or an entity's id; fullest first. `starts` and
    `stops` (v,): first and last moment of each row."""

    rows: Ints
    of: Ints
    keys: tuple[Any, ...]
    counts: Ints
    starts: Ints
    stops: Ints


def lanes_of(moments: Moments, by: str) -> Lanes:
    """Lanes `by` `what` (types of events and links, properties), `link_type` (links only) or `entity`."""
    if by == "entity":
        one = moments.ends[:, 0] != moments.ends[:, 1]
        rows = np.concatenate([np.arange(len(moments)), np.flatnonzero(one)])
        named = np.concatenate([moments.ends[:, 0], moments.ends[one, 1]])
    else:
        rows = np.flatnonzero(moments.kinds == LINK) if by == "link_type" else np.arange(len(moments))
        named = moments.what[rows].astype(np.int64)
    distinct, of, counts = np.unique(named, return_inverse=True, return_counts=True)
    order = np.lexsort((distinct, -counts))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    keys = tuple(distinct[order].tolist()) if by == "entity" else tuple(
        moments.what_keys[code] for code in distinct[order].tolist())
    return Lanes(rows, place[of] if len(of) else np.empty(0, np.int64), keys, counts[order],
                 moments.starts[rows], moments.last[rows])


def cells(lanes: Lanes, first: int, last: int, bins: int, chosen: Mask,
          top: int, count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """What begins in each of `bins` spans between two moments, in `count` lanes from `top`: how many (count, bins), how
    many of the `chosen` (k,) moments, when one of them begins, and the places in `lanes.rows` of those that last longer
    than a span."""
    starts, stops = lanes.starts, lanes.stops
    each = max(1.0, (last - first) / bins)
    there = (lanes.of >= top) & (lanes.of < top + count) & (starts <= last) & (stops >= first)
    there_at = np.flatnonzero(there)
    long = (stops[there_at] - starts[there_at]) > 1.5 * each
    brief = there_at[~long]
    where = np.clip(((starts[brief] - first) / each).astype(np.int64), 0, bins - 1)
    flat = (lanes.of[brief] - top) * bins + where
    marked = chosen[lanes.rows[brief]]
    shape = count, bins
    begins = np.zeros(count * bins, np.int64)
    begins[flat] = starts[brief]
    return (np.bincount(flat, minlength=count * bins).reshape(shape),
            np.bincount(flat[marked], minlength=count * bins).reshape(shape), begins.reshape(shape), there_at[long])


def density(moments: Moments, first: int, last: int, bins: int, chosen: Mask | None = None) -> Ints:
    """How many begin in each of `bins` equal spans between two moments, of all or of the `chosen` (bins,)."""
    low, high = np.searchsorted(moments.starts, first), np.searchsorted(moments.starts, last, "right")
    starts = moments.starts[low:high]
    if chosen is not None:
        starts = starts[chosen[low:high]]
    where = ((starts - first) / max(1.0, (last - first) / bins)).astype(np.int64)
    return np.bincount(np.minimum(where, bins - 1), minlength=bins)
