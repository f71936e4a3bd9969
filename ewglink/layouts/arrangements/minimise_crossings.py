"""Minimise crossings: the picture as it is, with single entities moved so that fewer links cross."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import from_pairs, simple_pairs
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.crossings import cross
from ewglink.layouts.overlap import remove_overlaps
from ewglink.layouts.placing import place_new
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_, Message, message

_GAP = 8.0
_WORK = 60_000_000
"""Pairs of links looked at, at most: about two seconds."""
_QUIET = 3
"""Rounds without a better place for anyone that end the work."""
_AT_ONCE = 400_000
_TOLD = 40
"""Progress is told so many times, at least."""
_EACH = 40_000
"""What one entity costs besides, in pairs of links."""
_LOOKING = 8
"""Looking which of so many links are near costs as much as one pair of links."""
_FAR, _MANY = 3.0, 40
_LARGE, _SAMPLED = 4_000, 24
"""In a chart of more links than this those entities come first whose links cross most of so many links at random."""


@dataclass(frozen=True)
class MinimiseCrossingsOptions:
    """How far entities may go, and how long to look."""

    reach: float = option(600.0, N_("How far an entity may be moved at a time"), per_millimetre=UNITS_PER_MM,
                          minimum=10, maximum=20000)
    effort: float = option(1.0, N_("Effort (1: normal)"), minimum=0.1, maximum=10)


class MinimiseCrossings:
    """One entity after another tries free places nearby, and the places of others; in a large chart only some do."""

    key = "minimise_crossings"
    name = N_("Minimise crossings")
    options = MinimiseCrossingsOptions

    def run(self, subject: Subject, options: MinimiseCrossingsOptions) -> Job[Positions]:
        """Round by round; what has no place yet is placed first, and crossings never become more."""
        placed = np.asarray(np.isfinite(subject.xy).all(axis=1))
        fixed = np.asarray(subject.pinned & placed)
        begin = place_new(replace(subject, xy=np.where(placed[:, None], subject.xy, np.nan)))
        xy = remove_overlaps(begin, subject.sizes, fixed=fixed)
        yield Progress(0.0, best=xy.copy())
        search = _Search(subject, xy, fixed, options)
        budget = _WORK * options.effort
        quiet, told = 0, 0.0
        while search.movable and quiet < _QUIET and search.work < budget:
            moved = False
            for row in search.order():
                moved |= search.improve(row)
                if search.work >= budget:
                    break
                if search.work - told > budget / _TOLD:
                    told = search.work
                    yield Progress(min(0.99, search.work / budget), search.looked_at(), search.xy.copy())
            quiet = 0 if moved else quiet + 1
            yield Progress(min(0.99, search.work / budget), search.looked_at(), search.xy.copy())
        yield Progress(1.0, search.looked_at(), search.xy.copy())


class _Search:
    """Positions under improvement; `work` counts the pairs of links looked at."""

    def __init__(self, subject: Subject, xy: Positions, fixed: npt.NDArray[np.bool_],
                 options: MinimiseCrossingsOptions) -> None:
        self.xy = xy.copy()
        self.work = 0.0
        self._sizes = subject.sizes
        self._widest = subject.sizes.max(axis=0, initial=0.0)
        self._pairs = simple_pairs(subject.n, subject.ends).astype(np.int64)
        self._near = from_pairs(subject.n, self._pairs)
        self._reach = options.reach
        self._chance = np.random.default_rng(subject.seed)
        self.movable = np.flatnonzero(~fixed & (self._near.degrees() > 0)).tolist()
        self._free = ~fixed
        self._seen = 0
        # The ends of links, a column each: x and y of the first, x and y of the second.
        self._ends = [np.ascontiguousarray(xy[self._pairs[:, end], axis]) for end in (0, 1) for axis in (0, 1)]
        tails = np.concatenate((self._pairs[:, 0], self._pairs[:, 1]))
        self._links = np.argsort(tails, kind="stable")

    def order(self) -> list[int]:
        """Every entity once: in random order, or in a large chart those with the most crossings first."""
        mixed: list[int] = self._chance.permutation(self.movable).tolist()
        m = len(self._pairs)
        if m <= _LARGE:
            return mixed
        count = np.zeros(m)
        for _turn in range(_SAMPLED):
            count += cross(self.xy, self._pairs, self._pairs[self._chance.permutation(m)])
        self.work += _SAMPLED * m
        total = np.bincount(self._pairs.ravel(), np.repeat(count, 2), self._near.n)
        away = self.xy[self._pairs[:, 0]] - self.xy[self._pairs[:, 1]]
        longest = np.zeros(self._near.n)
        np.maximum.at(longest, self._pairs.ravel(), np.repeat(np.hypot(away[:, 0], away[:, 1]), 2))
        # What hangs on long links costs most to look at, and gains least from a small move.
        far = (longest > _FAR * self._reach) | (self._near.degrees() > _MANY)
        return sorted((row for row in mixed if total[row]), key=lambda row: (far[row], -total[row]))

    def looked_at(self) -> Message | None:
        """In a large chart, how far the search has come."""
        if len(self._pairs) <= _LARGE:
            return None
        return message(N_("Looked at {done} of {whole} entities, those with the most crossings first"),
                       done=min(self._seen, len(self.movable)), whole=len(self.movable))

    def improve(self, row: int) -> bool:
        """Find a better place for one entity; whether there was one."""
        self._seen += 1
        self.work += _EACH
        places = self._places(row)
        about = np.concatenate((places, self.xy[[row]], self.xy[self._near.of(row)]))
        links = self._links_in(about)
        here = self._crossings(row, links)
        if not here:
            return False
        old = self.xy[row].copy()
        best, best_at = here, old
        beside = self._boxes_in(places)
        for place in places:
            if self._is_free(row, place, beside):
                self._move(row, place)
                found = self._crossings(row, links)
                if found < best:
                    best, best_at = found, place
        self._move(row, best_at)
        return best < here or self._exchange(row)

    def _places(self, row: int) -> Positions:
        """Where to try: around the middle of its neighbours, and around where it is."""
        middle = self.xy[self._near.of(row)].mean(axis=0)
        spread = self._chance.normal(size=(10, 2)) * self._reach / 2
        towards = middle - self.xy[row]
        middle = self.xy[row] + towards * min(1.0, self._reach / max(float(np.hypot(*towards)), 1e-9))
        found: Positions = np.concatenate((spread[:4] / 2 + middle, spread[4:] + self.xy[row]))
        return found

    def _move(self, row: int, place: npt.NDArray[np.float64]) -> None:
        self.xy[row] = place
        m = len(self._pairs)
        arcs = self._links[self._near.indptr[row]:self._near.indptr[row + 1]]
        first, second = arcs[arcs < m], arcs[arcs >= m] - m
        for axis in (0, 1):
            self._ends[axis][first] = place[axis]
            self._ends[2 + axis][second] = place[axis]

    def _links_in(self, points: Positions) -> npt.NDArray[np.int64]:
        """The links that reach into the box around `points`: only these can cross what leads from one to another."""
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        x, y, u, v = self._ends
        self.work += len(x) / _LOOKING
        return np.flatnonzero((np.minimum(x, u) <= right) & (np.maximum(x, u) >= left)
                              & (np.minimum(y, v) <= bottom) & (np.maximum(y, v) >= top))

    def _boxes_in(self, points: Positions) -> npt.NDArray[np.int64]:
        """The entities whose boxes may touch one at one of `points`."""
        low, high = points.min(axis=0) - self._widest - _GAP, points.max(axis=0) + self._widest + _GAP
        return np.flatnonzero(((self.xy >= low) & (self.xy <= high)).all(axis=1))

    def _is_free(self, row: int, place: npt.NDArray[np.float64], beside: npt.NDArray[np.int64]) -> bool:
        near = np.abs(self.xy[beside] - place) < (self._sizes[beside] + self._sizes[row]) / 2 + _GAP
        near[beside == row] = False
        return not bool(near.all(axis=1).any())

    def _exchange(self, row: int) -> bool:
        """Change places with another one nearby, where this has fewer crossings and both fit."""
        here = self.xy[row].copy()
        around = self._boxes_in(np.stack((here - self._reach, here + self._reach)))
        away = np.hypot(*(self.xy[around] - here).T)
        others = around[(away < self._reach) & self._free[around] & (away > 0)]
        for other in self._chance.permutation(others)[:4].tolist():
            there = self.xy[other].copy()
            both = [row, other]
            links = self._links_in(self.xy[[*both, *self._near.of(row), *self._near.of(other)]])
            before = sum(self._crossings(one, links) for one in both)
            self._move(row, there)
            self._move(other, here)
            beside = self._boxes_in(self.xy[both])
            if self._is_free(row, there, beside) and self._is_free(other, here, beside) and \
                    sum(self._crossings(one, links) for one in both) < before:
                return True
            self._move(row, here)
            self._move(other, there)
        return False

    def _crossings(self, row: int, links: npt.NDArray[np.int64]) -> int:
        """Crossings of the links at one entity with others among `links`.

        The signs of areas say on which side a point is; they are exactly 0 where links share an end.
        """
        here = self.xy[row]
        others = self.xy[self._near.of(row)]
        x, y, u, v = (column[links] for column in self._ends)
        x, y, u, v = x - here[0], y - here[1], u - here[0], v - here[1]
        self.work += len(others) * len(links)
        mine = u * y - v * x
        found = 0
        step = max(1, _AT_ONCE // max(len(links), 1))
        for at in range(0, len(others), step):
            own = others[at:at + step] - here
            to_begin = np.multiply.outer(own[:, 0], y) - np.multiply.outer(own[:, 1], x)
            to_end = np.multiply.outer(own[:, 0], v) - np.multiply.outer(own[:, 1], u)
            found += int(((to_begin * to_end < 0) & (mine * (mine + to_end - to_begin) < 0)).sum())
        return found


MEMBER = MinimiseCrossings()
