"""Timeline: from left to right by time, in proportion or in groups with gaps between; what has no date stands below."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_pairs, simple_pairs
from ewglink.layouts.aside import put_aside
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.overlap import LARGEST
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

Rows = npt.NDArray[np.int64]
_GAP = 14.0
_SWEEPS = 3
_TALLEST = 8
"""Entities of one moment stand in columns of about so many, in a chart grouped by time."""


@dataclass(frozen=True)
class TimelineOptions:
    """How time becomes distance."""

    scale: str = option("proportional", N_("Distance"), choices=("proportional", "grouped"))
    threshold: float = option(7.0, N_("Grouped: a longer pause than this is a wide gap (days)"), minimum=0)
    gap: float = option(220.0, N_("Grouped: the wide gap (quarter millimetres)"), minimum=0, maximum=5000)


class Timeline:
    """The earliest date of an entity says where it stands from left to right; up and down it is near its neighbours."""

    key = "timeline"
    name = N_("Timeline")
    options = TimelineOptions
    needs = ("times",)

    def run(self, subject: Subject, options: TimelineOptions) -> Job[Positions]:
        """Sweep by sweep; Refusal `no_dates` where nothing has a date."""
        times = subject.times if subject.times is not None else np.full(subject.n, np.nan)
        dated = np.flatnonzero(np.isfinite(times))
        if subject.n and not len(dated):
            raise Refusal("no_dates", message(N_("Nothing on this chart has a date, so it cannot stand on a "
                                                 "timeline.")))
        pairs = simple_pairs(subject.n, subject.ends)
        near = from_pairs(subject.n, pairs[np.isfinite(times)[pairs].all(axis=1)])
        xy = np.zeros((subject.n, 2))
        sweeps = _SWEEPS if 0 < subject.n <= LARGEST else 1
        for turn in range(sweeps):
            if options.scale == "grouped":
                _grouped(xy, dated, times, subject.sizes, near, options)
            else:
                _proportional(xy, dated, times, subject.sizes, near)
            put_aside(xy, subject.sizes, np.flatnonzero(~np.isfinite(times)))
            yield Progress((turn + 1) / sweeps, best=keep_pinned(subject, xy))


def _neighbourly(xy: Positions, near: Adjacency, rows: Rows) -> npt.NDArray[np.float64]:
    """The mean height of each row's neighbours, its own where it has none, (len(rows),)."""
    counts = near.degrees()[rows]
    owner = np.repeat(np.arange(len(rows)), counts)
    total = np.bincount(owner, weights=xy[near.spread(rows), 1], minlength=len(rows))
    return np.asarray(np.where(counts > 0, total / np.maximum(counts, 1), xy[rows, 1]), np.float64)


def _proportional(xy: Positions, dated: Rows, times: npt.NDArray[Any], sizes: Positions, near: Adjacency) -> None:
    if not len(dated):
        return
    area = float(np.prod(sizes[dated] + _GAP, axis=1).sum())
    first, last = float(times[dated].min()), float(times[dated].max())
    width = max(np.sqrt(area * 6), 4 * float(sizes[dated, 0].max())) if last > first else 0.0
    xy[dated, 0] = (times[dated] - first) / max(last - first, 1e-12) * width
    order = dated[np.lexsort((dated, times[dated]))]
    pitch = float(sizes[dated, 1].max()) + _GAP
    left = xy[order, 0] - sizes[order, 0] / 2 - _GAP / 2
    right = left + sizes[order, 0] + _GAP
    if len(order) > LARGEST:
        lanes = _first_free(left, right)
    else:
        wish = _neighbourly(xy, near, order) / pitch
        lanes = _nearest_free(left, right, np.rint(wish).astype(np.int64))
    xy[order, 1] = lanes * pitch


def _first_free(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> Rows:
    """The lane of each box, from left to right: the one free the longest, else a new one; around the middle."""
    ends: list[tuple[float, int]] = []
    lane = np.zeros(len(left), np.int64)
    for row, (begin, end) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if ends and ends[0][0] <= begin:
            lane[row] = heapq.heapreplace(ends, (end, ends[0][1]))[1]
        else:
            lane[row] = len(ends)
            heapq.heappush(ends, (end, len(ends)))
    return np.where(lane % 2 == 1, (lane + 1) // 2, -(lane // 2))


def _nearest_free(left: npt.NDArray[Any], right: npt.NDArray[Any], wish: Rows) -> Rows:
    """The free lane nearest to the wished one, for boxes in order from left to right."""
    most = len(left)
    ends = np.full(2 * most + 1, -np.inf)
    lanes = np.arange(-most, most + 1)
    found = np.zeros(len(left), np.int64)
    for row in range(len(left)):
        far = np.abs(lanes - int(np.clip(wish[row], -most, most))) * 2 + (lanes < 0)
        best = int(np.where(ends <= left[row], far, 4 * most + 4).argmin())
        found[row] = lanes[best]
        ends[best] = right[row]
    return found


def _grouped(xy: Positions, dated: Rows, times: npt.NDArray[Any], sizes: Positions, near: Adjacency,
             options: TimelineOptions) -> None:
    order = dated[np.lexsort((dated, times[dated]))]
    moments, begins = np.unique(times[order], return_index=True)
    x = 0.0
    for number, rows in enumerate(np.split(order, begins[1:])):
        if number:
            x += options.gap if moments[number] - moments[number - 1] > options.threshold else _GAP * 2
        wish = _neighbourly(xy, near, rows)
        tall = max(_TALLEST, int(np.ceil(np.sqrt(len(rows) * 1.5))))
        columns = int(np.ceil(len(rows) / tall))
        rows = rows[np.lexsort((rows, wish))]
        x = _block(xy, rows, sizes, columns, x, float(np.median(wish)) if number else 0.0)


def _block(xy: Positions, rows: Rows, sizes: Positions, columns: int, x: float, middle: float) -> float:
    """Set `rows` in `columns` from `x` on, around the height `middle` (in place); the right edge."""
    pitch = float(sizes[rows, 1].max()) + _GAP
    line, column = np.divmod(np.arange(len(rows)), columns)
    for number in range(columns):
        those = rows[column == number]
        wide = float(sizes[those, 0].max())
        xy[those, 0] = x + wide / 2
        xy[those, 1] = middle + (line[column == number] - (line[-1] + 1) / 2) * pitch
        x += wide + (_GAP if number + 1 < columns else 0.0)
    return x


MEMBER = Timeline()
