"""A chart in its parts: each connected part laid out on its own, leaves fanned out, and all packed on the sheet."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import simple_pairs
from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fans import Fans, find_fans, spread_fans
from ewglink.layouts.overlap import LARGEST, overlapping, remove_overlaps
from ewglink.layouts.packing import pack
from ewglink.layouts.stress import arrange_part, sampled_stress
from ewglink.model.progress import Job, Progress

Rows = npt.NDArray[np.int64]
STRESSED = 900
"""Parts with more entities than this, leaves aside, are laid out by levels instead of all distances."""
SMALL = 110
"""Parts between this and that are laid out by levels too where their distances do not fit into the plane."""
_FITS = 0.06
_JUDGED = 10
_TAIL = 2.6
"""The angle, radians, of a fan that opens like a peacock's tail."""


@dataclass
class Chart:
    """A subject taken apart: `labels` (n,) part of each row, `core` rows that are no leaves, links among them."""

    subject: Subject
    spacing: float
    labels: Rows
    parts: list[Rows]
    fans: Fans
    core: npt.NDArray[np.bool_]
    core_pairs: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.float64]
    opening: float
    large: bool

    @cached_property
    def fixed(self) -> npt.NDArray[np.bool_]:
        """Rows that stay: pinned ones that have a place."""
        placed: npt.NDArray[np.bool_] = self.subject.pinned & np.isfinite(self.subject.xy).all(axis=1)
        return placed


def take_apart(subject: Subject, spacing: float, tails: bool = False, large: bool = False) -> Chart:
    """`subject` in its parts, with the ideal length of every link in chart units.

    `tails`: fans open to one side. `large`: it is, or is of, a chart on which not all labels are shown.
    """
    n = subject.n
    pairs = simple_pairs(n, subject.ends)
    labels = component_labels(n, pairs)
    # A large chart is read from afar: its fans stay close to their hubs.
    large = large or n > LARGEST
    near = spacing if not large else min(spacing, float(np.median(np.hypot(*subject.sizes.T))))
    opening = _TAIL if tails else 2 * np.pi
    fans = find_fans(n, pairs, subject.sizes, near, subject.pinned, opening, spacing if large else None)
    core = np.ones(n, np.bool_)
    core[fans.leaves] = False
    core_pairs = pairs[core[pairs].all(axis=1)] if len(pairs) else pairs
    a, b = core_pairs[:, 0], core_pairs[:, 1]
    broad = subject.sizes[:, 0]
    apart = (0.45 if tails else 0.85) * (fans.reach[a] + fans.reach[b])
    lengths = np.maximum(spacing, (broad[a] + broad[b]) * 0.4 + 40) + apart
    if large:
        # Read from afar: every link as long as any other, so that distances compare all over the chart.
        lengths = np.maximum(fans.hop, lengths)
    return Chart(subject, spacing, labels, members(labels), fans, core, core_pairs, lengths, opening, large)


def arrange(subject: Subject, spacing: float, quality: float = 1.0, tails: bool = False,
            large: bool = False) -> Job[Positions]:
    """Lay out all parts of `subject`, the largest first; every `best` is complete. See `take_apart`."""
    if not subject.n:
        yield Progress(1.0, best=np.empty((0, 2)))
        return
    chart = take_apart(subject, spacing, tails, large)
    local = _begin(chart)
    best = _assemble(chart, local, final=False)
    yield Progress(0.0, best=best)
    clock = _Clock()
    for share in arrange_cores(chart, local, quality, clock.due):
        if clock.asked():
            best = _assemble(chart, local, final=False)
            clock.spent()
        yield Progress(0.97 * share, best=best)
    yield Progress(1.0, best=_assemble(chart, local, final=True))


def arrange_cores(chart: Chart, local: Positions, quality: float, due: Callable[[], bool],
                  done: npt.NDArray[np.bool_] | None = None) -> Iterator[float]:
    """Set the core of every part in `local` (in place), the largest first; yields the share of work done.

    Work under way is written to `local` where `due` says so. Parts marked in `done` are left as they are.
    """
    chance = np.random.default_rng(chart.subject.seed)
    pairs_of = _pairs_by_part(chart)
    whole = max(1.0, float(chart.core.sum()))
    reached_rows = 0.0
    for part, rows in enumerate(chart.parts):
        core = rows[chart.core[rows]]
        if len(core) > 1 and (done is None or not done[part]):
            for share, reached in _arrange_core(chart, core, pairs_of[part], chance, quality):
                if due():
                    local[core] = reached()
                yield (reached_rows + share * len(core)) / whole
            local[core] = _turned(reached(), chart.fixed[core])
        reached_rows += len(core)


class _Clock:
    """Says when a picture of the work under way is worth its cost: it may take a fifth of the time."""

    def __init__(self) -> None:
        self._next = time.perf_counter() + 0.05
        self._asked = 0.0
        self._due = False

    def due(self) -> bool:
        """Whether one is due now."""
        self._asked = time.perf_counter()
        self._due = self._asked >= self._next
        return self._due

    def asked(self) -> bool:
        """Whether the last answer was yes."""
        return self._due

    def spent(self) -> None:
        """A picture has been made."""
        self._due = False
        now = time.perf_counter()
        self._next = now + max(0.05, 5 * (now - self._asked))


def _begin(chart: Chart) -> Positions:
    """Where work begins: pinned rows where they stand, the core of each part on a circle."""
    local = np.zeros((chart.subject.n, 2))
    order = np.argsort(chart.labels, kind="stable")
    order = order[chart.core[order]]
    labels = chart.labels[order]
    count = np.bincount(labels, minlength=len(chart.parts))
    first = np.cumsum(count) - count
    angle = 2 * np.pi * (np.arange(len(order)) - first[labels]) / count[labels]
    radius = np.where(count[labels] > 1, chart.spacing * count[labels] / (2 * np.pi), 0.0)
    local[order] = np.stack((np.cos(angle), np.sin(angle)), axis=1) * radius[:, None]
    fixed = chart.fixed
    for part in np.unique(chart.labels[fixed]):
        rows = chart.parts[part]
        local[rows] += chart.subject.xy[rows[fixed[rows]]].mean(axis=0)
    local[fixed] = chart.subject.xy[fixed]
    return local


def _pairs_by_part(chart: Chart) -> list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    if not len(chart.core_pairs):
        return [(chart.core_pairs, chart.lengths)] * len(chart.parts)
    labels = chart.labels[chart.core_pairs[:, 0]]
    order = np.argsort(labels, kind="stable")
    cuts = np.cumsum(np.bincount(labels, minlength=len(chart.parts)))[:-1]
    return list(zip(np.split(chart.core_pairs[order], cuts), np.split(chart.lengths[order], cuts), strict=True))


def _arrange_core(chart: Chart, core: Rows, links: tuple[npt.NDArray[Any], npt.NDArray[Any]],
                  chance: np.random.Generator, quality: float) -> Iterator[tuple[float, Callable[[], Positions]]]:
    pairs = np.searchsorted(core, links[0]).astype(np.int32)
    fixed = chart.fixed[core]
    start = _around_fixed(chart, core, pairs, fixed) if fixed.any() else None
    if len(core) == 2 and start is None:
        yield 1.0, partial(np.array, [[0.0, 0.0], [links[1][0], 0.0]])
        return
    if len(core) <= (SMALL if chart.large else STRESSED):
        effort = 0.0 if chart.large else quality
        xy = np.zeros((len(core), 2))
        settled = len(core) <= SMALL or start is not None
        for step, xy in enumerate(arrange_part(pairs, links[1], len(core), chance, start, fixed, effort), 1):
            yield 0.5 - 0.5 / (1 + step / 20), xy.copy
            if step == _JUDGED and not settled and sampled_stress(pairs, links[1], xy) > 1.2 * _FITS:
                break
        if settled or sampled_stress(pairs, links[1], xy) < _FITS:
            yield 1.0, xy.copy
            return
    from ewglink.layouts.levels import arrange_by_levels

    room = room_of(chart)[core]
    mass = np.maximum(room / np.median(room), 0.2)
    area = 3.0 * float(room.sum())
    for share, reached in arrange_by_levels(len(core), pairs, chance, quality, mass, start, fixed,
                                            roomy=not chart.large):
        yield 0.5 + 0.5 * share, reached if start is not None else partial(_of_area, reached, area)


def room_of(chart: Chart) -> npt.NDArray[np.float64]:
    """The area, square chart units, that each row takes with its fan, (n,)."""
    area: npt.NDArray[np.float64] = np.prod(chart.subject.sizes + 20.0, axis=1) + np.pi * chart.fans.reach ** 2
    return area


def _of_area(reached: Callable[[], Positions], area: float) -> Positions:
    """Positions at the scale at which the box of all but the outermost rows has this area."""
    xy = reached()
    low, high = np.percentile(xy, (1, 99), axis=0)
    scaled: Positions = xy * np.sqrt(area / max(float(np.prod(high - low)), 1e-9))
    return scaled


def _around_fixed(chart: Chart, core: Rows, pairs: npt.NDArray[Any], fixed: npt.NDArray[np.bool_]) -> Positions:
    """A beginning around fixed rows: their neighbours near them, the neighbours' neighbours farther out."""
    from ewglink.layouts.placing import place_linked

    xy = np.where(fixed[:, None], chart.subject.xy[core], np.nan)
    return place_linked(xy, pairs, chart.spacing)


def _turned(xy: Positions, fixed: npt.NDArray[np.bool_]) -> Positions:
    """`xy` turned so that its longer axis lies flat: labels are wide, and so are screens and sheets."""
    if fixed.any():
        return xy
    x, y = xy[:, 0] - xy[:, 0].mean(), xy[:, 1] - xy[:, 1].mean()
    along = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x).sum() - (y * y).sum()))
    cosine, sine = math.cos(along), math.sin(along)
    return np.stack((x * cosine + y * sine, y * cosine - x * sine), axis=1)


def _assemble(chart: Chart, local: Positions, final: bool) -> Positions:
    """The whole chart from its parts: leaves fanned out, boxes apart (at the end), parts packed, fixed rows kept."""
    xy = local.copy()
    spread_fans(chart.fans, xy, chart.core_pairs, chart.opening)
    sizes, fixed = chart.subject.sizes, chart.fixed
    roomy = final and not chart.large
    if roomy:
        for rows in chart.parts:
            if len(rows) > 1:
                xy[rows] = _apart(xy[rows], sizes[rows], fixed[rows])
    held = np.zeros(len(chart.parts), np.bool_)
    held[chart.labels[fixed]] = True
    low, high = boxes(chart, xy)
    centres = pack((high - low)[~held], gap=chart.spacing * 0.35)
    shift = np.zeros((len(chart.parts), 2))
    shift[~held] = centres - ((low + high) / 2)[~held]
    if held.any() and not held.all():
        corner = (centres - (high - low)[~held] / 2).min(axis=0)
        shift[~held] += np.array([high[held, 0].max() + chart.spacing, low[held, 1].min()]) - corner
    xy += shift[chart.labels]
    if roomy and held.any():
        xy = remove_overlaps(xy, sizes, fixed=fixed)
    return xy


def _apart(xy: Positions, sizes: Positions, fixed: npt.NDArray[np.bool_]) -> Positions:
    """Boxes of one part apart: stretched while many overlap, then pushed."""
    if not fixed.any():
        for _turn in range(8):
            if len(overlapping(xy, sizes, 8.0)[0]) <= 0.12 * len(xy):
                break
            xy = xy * 1.12
    return remove_overlaps(xy, sizes, fixed=fixed)


def boxes(chart: Chart, xy: Positions) -> tuple[Positions, Positions]:
    """The corners of the box around each part, (parts, 2) each."""
    order = np.argsort(chart.labels, kind="stable")
    count = np.bincount(chart.labels)
    begins = np.cumsum(count) - count
    half = chart.subject.sizes / 2
    return (np.minimum.reduceat((xy - half)[order], begins, axis=0),
            np.maximum.reduceat((xy + half)[order], begins, axis=0))
