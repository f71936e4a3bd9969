"""Many groups laid out, each by itself: how the grouped layout goes about a large chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from ewglink.graph.components import members
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fans import spread_fans
from ewglink.layouts.packing import pack
from ewglink.layouts.parts import Chart, arrange_cores, boxes, room_of, take_apart
from ewglink.layouts.together import arrange_together

Rows = npt.NDArray[np.int64]
_LEAST, _MOST = 8, 4000
"""Connected parts of groups with at least and at most so many rows, leaves aside, are laid out together."""
_QUALITY = 0.5


def arrange_groups(subject: Subject, labels: Rows, local: Positions, spacing: float) -> Iterator[float]:
    """Set every group in `local` (in place) around an origin of its own; yields the share of work done."""
    inside = labels[subject.ends[:, 0]] == labels[subject.ends[:, 1]]
    inner = replace(subject, ends=subject.ends[inside], directions=subject.directions[inside],
                    pinned=np.zeros(subject.n, np.bool_), xy=np.full((subject.n, 2), np.nan))
    chart = take_apart(inner, spacing, large=True)
    cores = np.bincount(chart.labels, chart.core, len(chart.parts))
    together = (cores >= _LEAST) & (cores <= _MOST)
    found = np.zeros((subject.n, 2))
    share = float(cores[together].sum() / max(1.0, cores.sum()))
    if together.any():
        for done in _together(chart, together, subject.ends[~inside], found):
            yield done * share
    for done in arrange_cores(chart, found, _QUALITY, lambda: False, together):
        yield share + (1 - share) * done
    spread_fans(chart.fans, found, chart.core_pairs, chart.opening)
    local[:] = _gathered(chart, found, labels)


def _together(chart: Chart, together: npt.NDArray[np.bool_], outside: npt.NDArray[np.int32],
              found: Positions) -> Iterator[float]:
    rows = np.flatnonzero(chart.core & together[chart.labels])
    number = np.full(chart.subject.n, -1, np.int64)
    number[rows] = np.arange(len(rows))
    pairs, between = number[chart.core_pairs], number[outside].reshape(-1, 2)
    _names, part = np.unique(chart.labels[rows], return_inverse=True)
    chance = np.random.default_rng(chart.subject.seed)
    for share, xy in arrange_together(pairs[(pairs >= 0).all(axis=1)], between[(between >= 0).all(axis=1)],
                                      part.ravel(), room_of(chart)[rows], chance, _QUALITY):
        found[rows] = xy
        yield share


def _gathered(chart: Chart, xy: Positions, labels: Rows) -> Positions:
    """The parts of every group packed side by side."""
    low, high = boxes(chart, xy)
    of_part = labels[[rows[0] for rows in chart.parts]]
    centres = np.zeros((len(chart.parts), 2))
    for parts in members(of_part):
        if len(parts) > 1:
            centres[parts] = pack((high - low)[parts], gap=chart.spacing * 0.35)
    return np.asarray(xy + (centres - (low + high) / 2)[chart.labels], np.float64)
