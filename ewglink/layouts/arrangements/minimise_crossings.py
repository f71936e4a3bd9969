"""Minimise crossings: the picture as it is, with single entities moved so that fewer links cross."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import from_pairs, simple_pairs
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.overlap import remove_overlaps
from ewglink.layouts.placing import place_new
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

_GAP = 8.0
_WORK = 40_000_000
"""Pairs of links looked at, at most: about two seconds."""
_QUIET = 3
"""Rounds without a better place for anyone that end the work."""
_AT_ONCE = 400_000


@dataclass(frozen=True)
class MinimiseCrossingsOptions:
    """How far entities may go, and how long to look."""

    reach: float = option(600.0, N_("How far an entity may be moved at a time"), per_millimetre=UNITS_PER_MM,
                          minimum=10, maximum=20000)
    effort: float = option(1.0, N_("Effort (1: normal)"), minimum=0.1, maximum=10)


class MinimiseCrossings:
    """One entity after another tries free places nearby, and the places of others: for small charts."""

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
        quiet = 0
        while search.movable and quiet < _QUIET and search.work < budget:
            quiet = 0 if search.round(budget) else quiet + 1
            yield Progress(min(0.99, search.work / budget), best=search.xy.copy())
        yield Progress(1.0, best=search.xy.copy())


class _Search:
    """Positions under improvement; `work` counts the pairs of links looked at."""

    def __init__(self, subject: Subject, xy: Positions, fixed: npt.NDArray[np.bool_],
                 options: MinimiseCrossingsOptions) -> None:
        self.xy = xy.copy()
        self.work = 0
        self._sizes = subject.sizes
        self._pairs = simple_pairs(subject.n, subject.ends).astype(np.int64)
        self._near = from_pairs(subject.n, self._pairs)
        self._reach = options.reach
        self._chance = np.random.default_rng(subject.seed)
        self.movable = np.flatnonzero(~fixed & (self._near.degrees() > 0)).tolist()
        self._free = ~fixed

    def round(self, budget: float) -> bool:
        """Every entity once, in random order; whether one was moved for the better."""
        moved = False
        for row in self._chance.permutation(self.movable).tolist():
            if self.work >= budget:
                break
            moved |= self._improve(row)
        return moved

    def _improve(self, row: int) -> bool:
        here = self._crossings([row])
        if not here:
            return False
        old = self.xy[row].copy()
        best, best_at = here, old
        for place in self._places(row):
            if self._is_free(row, place):
                self.xy[row] = place
                found = self._crossings([row])
                if found < best:
                    best, best_at = found, place
        self.xy[row] = best_at
        return best < here or self._exchange(row)

    def _places(self, row: int) -> Positions:
        """Where to try: around the middle of its neighbours, and around where it is."""
        middle = self.xy[self._near.of(row)].mean(axis=0)
        spread = self._chance.normal(size=(10, 2)) * self._reach / 2
        towards = middle - self.xy[row]
        middle = self.xy[row] + towards * min(1.0, self._reach / max(float(np.hypot(*towards)), 1e-9))
        found: Positions = np.concatenate((spread[:4] / 2 + middle, spread[4:] + self.xy[row]))
        return found

    def _is_free(self, row: int, place: npt.NDArray[np.float64]) -> bool:
        near = np.abs(self.xy - place) < (self._sizes + self._sizes[row]) / 2 + _GAP
        near[row] = False
        return not bool(near.all(axis=1).any())

    def _exchange(self, row: int) -> bool:
        """Change places with another one nearby, where this has fewer crossings and both fit."""
        away = np.hypot(*(self.xy - self.xy[row]).T)
        others = np.flatnonzero((away < self._reach) & self._free & (away > 0))
        for other in self._chance.permutation(others)[:4].tolist():
            before = self._crossings([row, other])
            self.xy[[row, other]] = self.xy[[other, row]]
            if self._is_free(row, self.xy[row]) and self._is_free(other, self.xy[other]) and \
                    self._crossings([row, other]) < before:
                return True
            self.xy[[row, other]] = self.xy[[other, row]]
        return False

    def _crossings(self, rows: list[int]) -> int:
        """Crossings of the links at `rows` with all others."""
        begins, ends = self.xy[self._pairs[:, 0]], self.xy[self._pairs[:, 1]]
        return sum(self._crossings_of(row, begins, ends) for row in rows)

    def _crossings_of(self, row: int, begins: Positions, ends: Positions) -> int:
        """The same of one entity; links lead from `begins` to `ends`, (k, 2).

        The signs of areas say on which side a point is; they are exactly 0 where links share an end.
        """
        here = self.xy[row]
        others = self.xy[self._near.of(row)]
        begins, ends = begins - here, ends - here
        self.work += len(others) * len(ends)
        mine = ends[:, 0] * begins[:, 1] - ends[:, 1] * begins[:, 0]
        found = 0
        step = max(1, _AT_ONCE // max(len(ends), 1))
        for at in range(0, len(others), step):
            own = others[at:at + step] - here
            to_begin = np.multiply.outer(own[:, 0], begins[:, 1]) - np.multiply.outer(own[:, 1], begins[:, 0])
            to_end = np.multiply.outer(own[:, 0], ends[:, 1]) - np.multiply.outer(own[:, 1], ends[:, 0])
            found += int(((to_begin * to_end < 0) & (mine * (mine + to_end - to_begin) < 0)).sum())
        return found


MEMBER = MinimiseCrossings()
