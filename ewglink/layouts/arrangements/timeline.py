"""Timeline: from left to right by time, in proportion or in groups with gaps between; what has no date stands below."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_pairs, simple_pairs
from ewglink.layouts.aside import put_aside
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.overlap import LARGEST
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

Rows = npt.NDArray[np.int64]
_GAP = 14.0
_SWEEPS = 3
_TALLEST = 12
"""More entities of one moment than this stand in several columns, in a chart grouped by time."""


@dataclass(frozen=True)
class TimelineOptions:
    """How time becomes distance."""

    scale: str = option("proportional", N_("Distance"), choices=("proportional", "grouped"),
                        choice_labels=(N_("In proportion to time"), N_("By groups of dates")))
    threshold: float = option(7.0, N_("Grouped: a longer pause than this is a wide gap (days)"), minimum=0)
    gap: float = option(220.0, N_("Grouped: the wide gap"), per_millimetre=UNITS_PER_MM, minimum=0, maximum=5000)


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
            _arranged(xy, dated, times, subject.sizes, near, options)
            put_aside(xy, subject.sizes, np.flatnonzero(~np.isfinite(times)))
            yield Progress((turn + 1) / sweeps, best=keep_pinned(subject, xy))


def _neighbourly(xy: Positions, near: Adjacency, rows: Rows) -> npt.NDArray[np.float64]:
    """The mean height of each row's neighbours, its own where it has none, (len(rows),)."""
    counts = near.degrees()[rows]
    owner = np.repeat(np.arange(len(rows)), counts)
    total = np.bincount(owner, weights=xy[near.spread(rows), 1], minlength=len(rows))
    return np.asarray(np.where(counts > 0, total / np.maximum(counts, 1), xy[rows, 1]), np.float64)


def _arranged(xy: Positions, dated: Rows, times: npt.NDArray[Any], sizes: Positions, near: Adjacency,
              options: TimelineOptions) -> None:
    """Set `dated` rows of `xy` (in place): across by time, in lanes near their neighbours."""
    if not len(dated):
        return
    order = dated[np.lexsort((dated, times[dated]))]
    width = max(float(np.sqrt(6 * np.prod(sizes[dated] + _GAP, axis=1).sum())), 4 * float(sizes[dated, 0].max()))
    if options.scale == "grouped":
        xy[order, 0] = _grouped(times[order], sizes[order], width, options)
    else:
        first, last = float(times[order[0]]), float(times[order[-1]])
        xy[order, 0] = (times[order] - first) / max(last - first, 1e-12) * width
    pitch = float(sizes[dated, 1].max()) + _GAP
    left = xy[order, 0] - sizes[order, 0] / 2 - _GAP / 2
    right = left + sizes[order, 0] + _GAP
    by_side = np.argsort(left, kind="stable")
    order, left, right = order[by_side], left[by_side], right[by_side]
    if len(order) > LARGEST:
        lanes = _first_free(left, right)
    else:
        lanes = _nearest_free(left, right, np.rint(_neighbourly(xy, near, order) / pitch).astype(np.int64))
    xy[order, 1] = lanes * pitch


def _grouped(times: npt.NDArray[Any], sizes: Positions, width: float,
             options: TimelineOptions) -> npt.NDArray[np.float64]:
    """Where boxes in order of time stand from left to right, (k,): small equal steps, and a wide gap after a pause."""
    moments, begins = np.unique(times, return_index=True)
    step = max(2 * _GAP, width / len(moments) / 2)
    found = np.zeros(len(times))
    x, edge = 0.0, 0.0
    for number, rows in enumerate(np.split(np.arange(len(times)), begins[1:])):
        broad = float(sizes[rows, 0].max())
        if number and moments[number] - moments[number - 1] > options.threshold:
            x = edge + options.gap + broad / 2
        elif number:
            x += step
        # Very many of one moment stand in several columns.
        columns = -(-len(rows) // max(_TALLEST, int(np.ceil(np.sqrt(len(rows) * 1.5)))))
        found[rows] = x + np.arange(len(rows)) % columns * (broad + _GAP)
        x = float(found[rows].max())
        edge = max(edge, x + broad / 2)
    return found


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


MEMBER = Timeline()
