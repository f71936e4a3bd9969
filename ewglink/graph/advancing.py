"""Ways along which dates advance: every step can be made at or after the moment of the step before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from ewglink.graph import moments
from ewglink.graph.network import Ints, Network
from ewglink.graph.paths import MOST_TRIED, Path, Paths, row_of
from ewglink.graph.ways import AGAINST, ANY
from ewglink.model.items import Direction
from ewglink.model.progress import breathe

_NEVER = moments.UNKNOWN


@dataclass(frozen=True)
class TimedSteps:
    """Steps with their times: `tails`, `heads` rows, `links` rows of links, `first` and `last` moments of each."""

    tails: Ints
    heads: Ints
    links: Ints
    first: Ints
    last: Ints

    def ordered(self) -> TimedSteps:
        """By tail, then head, then link."""
        order = np.lexsort((self.links, self.heads, self.tails))
        return TimedSteps(*(column[order] for column in
                            (self.tails, self.heads, self.links, self.first, self.last)))


def advancing_paths(network: Network, source: int, target: int, *, direction: str = ANY, max_length: int | None = None,
                    through: Collection[int] = (), avoid: Collection[int] = (), limit: int = 1000) -> Paths:
    """Ways whose dates advance: all shortest ones, or all up to `max_length` steps; shortest first, then by ids.

    The network must know times (`starts`, `stops`); links without any are not used. A link that held for a while can
    be used at any moment of it. The links of a step are those that fit with the steps before and after. KeyError:
    unknown id; ValueError: no times.
    """
    if network.starts is None or network.stops is None:
        raise ValueError("the network has no times")
    start, end = row_of(network, source), row_of(network, target)
    stops = {row_of(network, item) for item in through}
    steps = timed_steps(network, direction, network.rows_of(set(avoid) - {source, target})).ordered()
    search = _Search(network, steps, start, end, stops)
    found = tuple(islice(walks := search.walks(max_length), limit))
    return Paths(found, next(walks, None) is not None or search.tried >= MOST_TRIED)


def timed_steps(network: Network, direction: str, avoid: Ints) -> TimedSteps:
    """The steps that can be made, each link one or two ways; those without a date are left out."""
    assert network.starts is not None
    assert network.stops is not None
    out = np.zeros(network.n, np.bool_)
    out[avoid] = True
    fits = (network.starts != moments.UNKNOWN) & ~out[network.ends].any(axis=1)
    fits &= network.ends[:, 0] != network.ends[:, 1]
    ahead = fits if direction == ANY else fits & (network.directions != Direction.BACKWARD)
    back = fits if direction == ANY else fits & (network.directions != Direction.FORWARD)
    rows = np.concatenate((np.flatnonzero(ahead), np.flatnonzero(back)))
    turned = np.arange(len(rows)) >= int(ahead.sum())
    if direction == AGAINST:
        turned = ~turned
    ends = network.ends[rows].astype(np.int64)
    tails, heads = np.where(turned, ends[:, 1], ends[:, 0]), np.where(turned, ends[:, 0], ends[:, 1])
    return TimedSteps(tails, heads, rows, network.starts[rows], network.stops[rows])


class _Search:
    """One search; `latest[r][v]` is the last moment at which one can leave row v and arrive within r steps."""

    def __init__(self, network: Network, steps: TimedSteps, start: int, end: int, through: set[int]) -> None:
        self.network, self.steps = network, steps
        self.start, self.end, self.through = start, end, through
        self.indptr = np.searchsorted(steps.tails, np.arange(network.n + 1))
        self.latest = [self._at_end()]
        self.tried = 0

    def _at_end(self) -> Ints:
        latest = np.full(self.network.n, _NEVER, np.int64)
        latest[self.end] = moments.LAST
        return latest

    def _one_more(self) -> bool:
        """Another step allowed; False where it makes no difference any more."""
        known = self.latest[-1]
        leave = np.minimum(self.steps.last, known[self.steps.heads])
        leave = np.where(leave >= self.steps.first, leave, _NEVER)
        following = self._at_end()
        np.maximum.at(following, self.steps.tails, leave)
        following[self.end] = moments.LAST
        self.latest.append(following)
        return bool((following != known).any())

    def walks(self, longest: int | None) -> Iterator[Path]:
        """The ways, shortest first."""
        if self.start == self.end:
            if self.through <= {self.start}:
                yield Path((int(self.network.ids[self.start]),), ())
            return
        for length in range(1, (self.network.n - 1 if longest is None else longest) + 1):
            more = self._one_more()
            found = False
            if self.latest[length][self.start] != _NEVER:
                for rows in self._of_length(length):
                    found = True
                    yield self._path(rows)
            if longest is None and (found or self.tried >= MOST_TRIED or not more and not self._open()):
                return

    def _open(self) -> bool:
        """Whether longer ways may still come: only where stops must be made."""
        return bool(self.through) and self.latest[-1][self.start] != _NEVER

    def _of_length(self, length: int) -> Iterator[list[int]]:
        walk, on_walk, times = [self.start], {self.start}, [moments.FIRST]
        pending = [self._next(self.start, moments.FIRST, length - 1)]
        while pending and self.tried < MOST_TRIED:
            step = next(pending[-1], None)
            if step is None:
                pending.pop()
                on_walk.discard(walk.pop())
                times.pop()
                continue
            self.tried += 1
            breathe()
            row, moment = step
            remaining = length - len(walk)
            if row in on_walk or (row == self.end) != (remaining == 0):
                continue
            if not remaining:
                if self.through <= {*walk, row}:
                    yield [*walk, row]
                continue
            walk.append(row)
            on_walk.add(row)
            times.append(moment)
            pending.append(self._next(row, moment, remaining - 1))

    def _next(self, row: int, moment: int, left: int) -> Iterator[tuple[int, int]]:
        """The rows one can go to, each with the earliest moment there, if the end stays in reach."""
        begin, end = int(self.indptr[row]), int(self.indptr[row + 1])
        arrive = np.maximum(self.steps.first[begin:end], moment)
        heads = self.steps.heads[begin:end]
        fits = (arrive <= self.steps.last[begin:end]) & (arrive <= self.latest[left][heads])
        earliest: dict[int, int] = {}
        for head, when in zip(heads[fits].tolist(), arrive[fits].tolist(), strict=True):
            earliest[head] = min(when, earliest.get(head, when))
        return iter(earliest.items())

    def _path(self, rows: list[int]) -> Path:
        """The path, each step with the links that fit between the earliest way there and the latest way on."""
        choices = []
        arrived = moments.FIRST
        for a, b in pairwise(rows):
            begin, end = np.searchsorted(self.steps.heads[self.indptr[a]:self.indptr[a + 1]], (b, b + 1))
            places = np.arange(self.indptr[a] + begin, self.indptr[a] + end)
            reached = np.maximum(self.steps.first[places], arrived)
            places = places[reached <= self.steps.last[places]]
            choices.append((arrived, places))
            arrived = int(np.maximum(self.steps.first[places], arrived).min())
        latest, links = moments.LAST, []
        for arrived, places in reversed(choices):
            leave = np.minimum(self.steps.last[places], latest)
            fits = np.maximum(self.steps.first[places], arrived) <= leave
            links.append(tuple(sorted(self.network.link_ids[self.steps.links[places[fits]]].tolist())))
            latest = int(leave[fits].max())
        return Path(tuple(self.network.ids[rows].tolist()), tuple(reversed(links)))
