"""Ways from one entity to another: sequences of entities, with every link of each step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, permutations

import numpy as np

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.network import Network
from ewglink.graph.ways import ANY, WITH, Left, Ways, steps_left, ways_of
from ewglink.model.progress import breathe

MOST_TRIED = 2_000_000
"""Steps tried in one search before it gives up, saying that there may be more."""


@dataclass(frozen=True)
class Path:
    """One way: entity ids in order, and for every step the ids of all links it can use.

    `cost` where it was looked for by weight: the sum of 1 / weight over the steps.
    """

    items: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]
    cost: float | None = None

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.links)


@dataclass(frozen=True)
class Paths:
    """Ways found, shortest (or cheapest) first and then by ids; `truncated` where there are, or may be, more."""

    paths: tuple[Path, ...]
    truncated: bool = False


def shortest_path(network: Network, source: int, target: int, *, directed: bool = False, direction: str | None = None,
                  through: Collection[int] = (), avoid: Collection[int] = ()) -> Path | None:
    """The first by ids of the shortest ways from `source` to `target`, or None. KeyError: unknown id.

    `direction` is `any`, `with` (arrows; the same as `directed`) or `against`; `through` are ids that must be on the
    way, in any order, `avoid` ids that must not.
    """
    found = all_shortest_paths(network, source, target, directed=directed, direction=direction, through=through,
                               avoid=avoid, limit=1)
    return found.paths[0] if found.paths else None


def all_shortest_paths(network: Network, source: int, target: int, *, directed: bool = False,
                       direction: str | None = None, through: Collection[int] = (), avoid: Collection[int] = (),
                       limit: int = 1000) -> Paths:
    """All shortest ways, by ids, at most `limit`; otherwise as `shortest_path`."""
    search = _Search(network, source, target, _direction(directed, direction), through, avoid)
    return search.taken(search.shortest(), limit)


def simple_paths(network: Network, source: int, target: int, max_length: int, *, directed: bool = False,
                 direction: str | None = None, through: Collection[int] = (),
                 avoid: Collection[int] = ()) -> Iterator[Path]:
    """Ways of at most `max_length` steps that meet no entity twice, shortest first, then by ids, one after another."""
    return _Search(network, source, target, _direction(directed, direction), through, avoid).up_to(max_length)


def paths_up_to(network: Network, source: int, target: int, max_length: int, *, directed: bool = False,
                direction: str | None = None, through: Collection[int] = (), avoid: Collection[int] = (),
                limit: int = 1000) -> Paths:
    """`simple_paths`, at most `limit` of them."""
    search = _Search(network, source, target, _direction(directed, direction), through, avoid)
    return search.taken(search.up_to(max_length), limit)


def _direction(directed: bool, direction: str | None) -> str:
    return direction or (WITH if directed else ANY)


def row_of(network: Network, item: int) -> int:
    """The row of an entity; KeyError where it is not in the network."""
    rows = network.rows_of([item])
    if not len(rows):
        raise KeyError(item)
    return int(rows[0])


def path_of(network: Network, ways: Ways, rows: list[int], cost: float | None = None) -> Path:
    """The path along these rows."""
    steps = tuple(tuple(network.link_ids[ways.links_of_step(network, a, b)].tolist()) for a, b in pairwise(rows))
    return Path(tuple(network.ids[rows].tolist()), steps, cost)


class _Search:
    """One search for ways between two entities."""

    def __init__(self, network: Network, source: int, target: int, direction: str, through: Collection[int],
                 avoid: Collection[int]) -> None:
        self.network = network
        self.start, self.end = row_of(network, source), row_of(network, target)
        stops = {row_of(network, item) for item in through} - {self.start, self.end}
        self.ways = ways_of(network, direction, set(avoid) - {source, target})
        self.stops = [_Stop(row, self.ways.back.distances(row)) for row in sorted(stops)]
        self.tried = 0

    def taken(self, walks: Iterator[Path], limit: int) -> Paths:
        found = tuple(islice(walks, limit))
        return Paths(found, next(walks, None) is not None or self.tried >= MOST_TRIED)

    def shortest(self) -> Iterator[Path]:
        if not self.stops:
            length, left = steps_left(self.ways, self.start, self.end)
            return self._of_length(left, length) if length >= 0 else iter(())
        return self._shortest_through()

    def _shortest_through(self) -> Iterator[Path]:
        left = self.ways.back.distances(self.end)
        least = self._least(left)
        if least < 0:
            return
        for length in range(least, self.network.n):
            any_found = False
            for path in self._of_length(left, length):
                any_found = True
                yield path
            if any_found or self.tried >= MOST_TRIED:
                return

    def _least(self, left: Left) -> int:
        """The fewest steps of a walk by every stop, −1 where there is none."""
        best = -1
        for order in permutations(self.stops):
            walk = [self.start, *(stop.row for stop in order), self.end]
            to = [*(stop.left for stop in order), left]
            legs = [int(known[row]) for row, known in zip(walk, to, strict=False)]
            if min(legs) >= 0 and (best < 0 or sum(legs) < best):
                best = sum(legs)
        return best

    def up_to(self, longest: int) -> Iterator[Path]:
        left = self.ways.back.distances(self.end, limit=longest)
        least = self._least(left) if self.stops else int(left[self.start])
        if least < 0:
            return
        for length in range(least, longest + 1):
            if self.start == self.end and length:
                return
            yield from self._of_length(left, length)

    def _of_length(self, left: Left, length: int) -> Iterator[Path]:
        """Ways of exactly `length` steps; `left` holds each row's least number of steps to the end, and prunes."""
        for rows in self._rows_of_length(left, length):
            yield path_of(self.network, self.ways, rows)

    def _rows_of_length(self, left: Left, length: int) -> Iterator[list[int]]:
        ways, end = self.ways.ahead, self.end
        walk, on_walk = [self.start], {self.start}
        pending = [_next_rows(ways, left, self.start, length - 1)] if length else []
        if not length:
            if not self.stops:
                yield walk
            return
        while pending and self.tried < MOST_TRIED:
            row = next(pending[-1], None)
            if row is None:
                pending.pop()
                on_walk.discard(walk.pop())
                continue
            self.tried += 1
            breathe()
            remaining = length - len(walk)
            if row in on_walk or (row == end) != (remaining == 0) or not self._in_reach(row, remaining, left, on_walk):
                continue
            if not remaining:
                yield [*walk, row]
                continue
            walk.append(row)
            on_walk.add(row)
            pending.append(_next_rows(ways, left, row, remaining - 1))

    def _in_reach(self, row: int, remaining: int, left: Left, on_walk: set[int]) -> bool:
        """Whether every stop not yet made can be on the rest of the way."""
        for stop in self.stops:
            if stop.row in on_walk or stop.row == row:
                continue
            there = stop.left[row]
            if there < 0 or left[stop.row] < 0 or there + left[stop.row] > remaining:
                return False
        return True


@dataclass(frozen=True)
class _Stop:
    """A row that must be on the way, and the steps that every row is from it."""

    row: int
    left: Left


def _next_rows(ways: Adjacency, left: Left, row: int, most: int) -> Iterator[int]:
    near = ways.of(row)
    steps = left[near]
    return iter(near[np.flatnonzero((steps >= 0) & (steps <= most))].tolist())
