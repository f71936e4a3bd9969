"""Fans: entities with a single link, taken off before a layout and set around their neighbour afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
_CLEAR = 0.38
"""At most so many radians are kept free of leaves on each side of a link to the rest of the network."""
_CROWD, _CLOSEST = 30, 0.55
"""In a large chart fans of more leaves than this are drawn closer, down to this share of the usual distances."""
_EVEN = 1.28
"""Two leaves of a hub are as far apart as two links are long, on the whole, where their root mean square distance from
it is so many times the length of a link."""
_LONGEST = 2.2
"""For the sake of its largest fan a large chart has links of up to so many times their usual length."""
_STRETCHED = 2.2
"""Leaves of the first ring may stand so many times as far apart as they need to."""
_LANE = 60.0
"""Half the width, in chart units, that such a link needs at the first ring."""


@dataclass(frozen=True)
class Fans:
    """Which rows are leaves, sorted by hub and then by row, and how far out each is set.

    `leaves` (k,), `hubs` (k,) the row each hangs on, `place` (k,) number within its fan, `count` (k,) leaves of its
    hub; for hubs (n,): `reach` room the fan needs, `radius` of the first ring, `step` between rings, `breadth` of a
    leaf along the ring. `hop`: the length of a link, chart units, to which the fans of a large chart are true.
    """

    leaves: Rows
    hubs: Rows
    place: Rows
    count: Rows
    reach: Points
    radius: Points
    step: Points
    breadth: Points
    hop: float


def find_fans(n: int, pairs: npt.NDArray[Any], sizes: Points, spacing: float, kept: npt.NDArray[np.bool_],
              opening: float = 2 * np.pi, crowded: float | None = None) -> Fans:
    """The leaves of a simple graph: rows with one neighbour (of two that have only each other, the second).

    Rows marked in `kept` are never leaves. `opening` is the angle, radians, that a fan may take.
    `crowded`, for large charts, is the usual length of a link: the more leaves, the closer they stand, down to where
    their icons touch and no label has room, but as far from their hub as a link is long.
    """
    degree = np.bincount(pairs.ravel(), minlength=n)
    leaf = (degree == 1) & ~kept
    a, b = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    leaf[a[leaf[a] & leaf[b]]] = False
    hanging_b, hanging_a = leaf[b], leaf[a]
    leaves = np.concatenate((b[hanging_b], a[hanging_a]))
    hubs = np.concatenate((a[hanging_b], b[hanging_a]))
    # Leaves of one hub stand in order of their size, so that a ring does not zigzag.
    order = np.lexsort((leaves, hubs))
    leaves, hubs = leaves[order], hubs[order]
    per_hub = np.bincount(hubs, minlength=n)
    first = np.cumsum(per_hub) - per_hub
    count = per_hub[hubs]
    breadth, depth = _largest(n, hubs, leaves, sizes)
    apart, step, hop = (breadth + depth) / 2 + 14, depth * 1.25 + 16, spacing
    if crowded is None:
        radius = np.clip(per_hub * apart / (2 * np.pi) * 1.1, spacing * 0.8, spacing * 1.7)
    else:
        close = np.clip((_CROWD / np.maximum(per_hub, 1)) ** 0.5, _CLOSEST, 1.0)
        apart, step = apart * close, (depth + 14) * close
        radius, hop = _first_rings(per_hub, apart, step, spacing, crowded)
    radius = np.maximum(radius, (np.hypot(sizes[:, 0], sizes[:, 1]) / 2 + depth) * (per_hub > 0))
    rings = np.ceil(_rings(per_hub, radius, step, apart, opening * 0.9))
    reach = np.where(per_hub > 0, radius + (rings - 1) * step + depth / 2, 0.0)
    # A few leaves find room between the other links; only a full fan keeps its neighbours at a distance.
    reach *= np.minimum(1.0, per_hub / 8)
    return Fans(leaves, hubs, np.arange(len(leaves)) - first[hubs], count, reach, radius, step, apart, hop)


def _first_rings(per_hub: Rows, apart: Points, step: Points, nearest: float, usual: float) -> tuple[Points, float]:
    """The radius of each fan's first ring in a large chart, and the length of a link to which the fans are true.

    Leaves fill rings from radius r out to R, R² = r² + leaves · apart · step / π, so the mean square of their distance
    from the hub is r² + leaves · apart · step / 2π. Small fans stay close (`nearest`), large ones begin as far out as
    makes this mean fit the length of a link, which the largest fan stretches.
    """
    filled = per_hub * apart * step / (2 * np.pi)
    hop = float(np.clip(np.sqrt(filled.max(initial=0.0)) / _EVEN, usual, usual * _LONGEST))
    even = np.sqrt(np.maximum((_EVEN * hop) ** 2 - filled, nearest ** 2))
    radius: Points = np.clip(per_hub * apart / (2 * np.pi) * _STRETCHED, nearest * 0.8, even)
    return radius, hop


def _largest(n: int, hubs: Rows, leaves: Rows, sizes: Points) -> tuple[Points, Points]:
    breadth, depth = np.zeros(n), np.zeros(n)
    np.maximum.at(breadth, hubs, sizes[leaves, 0])
    np.maximum.at(depth, hubs, sizes[leaves, 1])
    return breadth, depth


def _rings(number: npt.NDArray[Any], radius: Points, step: Points, apart: Points, angle: Any) -> Points:
    """How many rings (and a fraction) hold `number` leaves: the i-th has room for angle·(radius + i·step)/apart."""
    room = angle / np.maximum(apart, 1e-9)
    half = radius - step / 2
    found: Points = (-half + np.sqrt(half ** 2 + 2 * step * number / np.maximum(room, 1e-9))) / np.maximum(step, 1e-9)
    return found


def spread_fans(fans: Fans, xy: Points, core_pairs: npt.NDArray[Any], opening: float = 2 * np.pi) -> None:
    """Set the leaves in `xy` (in place) around their hubs, clear of the links to the rest (`core_pairs`).

    With an `opening` of less than the whole circle they stand in the middle of the widest gap only.
    """
    if not len(fans.leaves):
        return
    rows = fans.hubs[np.append(True, fans.hubs[1:] != fans.hubs[:-1])]
    hub = np.searchsorted(rows, fans.hubs)
    gaps = _gaps(rows, xy, core_pairs, np.minimum(_CLEAR, _LANE / np.maximum(fans.reach[rows], 1.0)))
    if opening < 2 * np.pi:
        gaps = gaps.widest(opening)
    free = gaps.free[hub]
    radius, step, apart = fans.radius[fans.hubs], fans.step[fans.hubs], fans.breadth[fans.hubs]
    ring = np.floor(_rings(fans.place + 0.5, radius, step, apart, free))
    ring = np.where(fans.count * apart <= free * radius * 1.02, 0.0, ring)
    key = fans.hubs * (int(ring.max()) + 1) + ring.astype(np.int64)
    _keys, begins, number = np.unique(key, return_index=True, return_counts=True)
    at = np.searchsorted(_keys, key)
    # A hub with nothing else begins on its right, so that two and three in a row lie flat.
    centred = np.where(free > 2 * np.pi - 1e-9, 0.0, 0.5)
    share = (np.arange(len(key)) - begins[at] + centred) / number[at]
    if opening >= 2 * np.pi:
        share = (share + 0.5 * (ring % 2) / number[at]) % 1.0
    angle = gaps.at(hub, share * free)
    out = radius + ring * step
    xy[fans.leaves] = xy[fans.hubs] + np.stack((np.cos(angle), np.sin(angle)), axis=1) * out[:, None]


@dataclass(frozen=True)
class _Gaps:
    """The free angles around every hub: each gap's beginning and its running total, hub after hub."""

    free: Points
    begin: Points
    total: Points
    first: Rows
    base: Points

    def widest(self, opening: float) -> _Gaps:
        """Only the widest gap of every hub, and of it the middle `opening` radians."""
        ends = np.append(self.total, self.base[-1] + self.free[-1])
        width = np.diff(ends)
        owner = np.repeat(np.arange(len(self.first)), np.diff(np.append(self.first, len(self.total))))
        one = np.lexsort((-width, owner))[self.first]
        free = np.minimum(width[one], opening)
        total = np.cumsum(free) - free
        alone = self.free > 2 * np.pi - 1e-9
        # A hub with nothing else opens upward.
        begin = np.where(alone, -np.pi / 2 - free / 2, self.begin[one] + (width[one] - free) / 2)
        return _Gaps(free, begin, total, np.arange(len(one)), total)

    def at(self, rows: Rows, measure: Points) -> Points:
        """The angle at which `measure` of each hub's free angle has been passed; `rows` are numbers of hubs."""
        gap = np.searchsorted(self.total, self.base[rows] + measure, "right") - 1
        gap = np.maximum(gap, self.first[rows])
        found: Points = self.begin[gap] + (self.base[rows] + measure - self.total[gap])
        return found


def _gaps(hubs: Rows, xy: Points, pairs: npt.NDArray[Any], most: Points) -> _Gaps:
    n = len(hubs)
    number = np.full(len(xy), -1, np.int64)
    number[hubs] = np.arange(n)
    tails = np.concatenate((pairs[:, 0], pairs[:, 1]))
    heads = np.concatenate((pairs[:, 1], pairs[:, 0]))
    wanted = number[tails] >= 0
    tails, heads = tails[wanted], heads[wanted]
    way = xy[heads] - xy[tails]
    angle = np.arctan2(way[:, 1], way[:, 0])
    tails = number[tails]
    lonely = np.flatnonzero(np.bincount(tails, minlength=n) == 0)
    tails = np.concatenate((tails, lonely))
    whole = np.concatenate((np.zeros(len(angle), np.bool_), np.ones(len(lonely), np.bool_)))
    angle = np.concatenate((angle, np.zeros(len(lonely))))
    order = np.lexsort((angle, tails))
    tails, angle, whole = tails[order], angle[order], whole[order]
    count = np.bincount(tails, minlength=n)
    first = np.cumsum(count) - count
    last = first + count - 1
    following = np.roll(angle, -1)
    following[last] = angle[first] + 2 * np.pi
    gap = following - angle
    clear = np.where(whole, 0.0, np.minimum(most[tails], gap / 4))
    width = gap - 2 * clear
    total = np.cumsum(width) - width
    free = np.bincount(tails, weights=width, minlength=n).astype(np.float64)
    return _Gaps(free, angle + clear, total, first, total[first])
