"""Cycles: what goes round along arrows and comes back to where it began, as goods or money in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ewglink.graph import moments
from ewglink.graph.adjacency import Adjacency, from_arcs
from ewglink.graph.network import Ints, Network
from ewglink.model.items import Direction

MOST_TRIED = 2_000_000


@dataclass(frozen=True)
class Cycle:
    """One cycle: rows of its entities in order, beginning with the smallest, and link rows for every step.

    `least` is the smallest and `total` the whole of the sums of weights of its steps; `first` and `last` moments of
    its links, `moments.UNKNOWN` where nobody knows.
    """

    rows: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]
    least: float
    total: float
    first: int = moments.UNKNOWN
    last: int = moments.UNKNOWN

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.rows)


def cycles(network: Network, longest: int = 5, *, shortest: int = 2, advancing: bool = False) -> Iterator[Cycle]:
    """Simple cycles of `shortest` to `longest` steps along arrows, by length, then by their rows, one after another.

    Links without arrows are no part of them; two steps there and back must be different links. `advancing`: from some
    entity of the cycle on, dates advance once round (links without dates are left out). Ends after `MOST_TRIED` steps.
    """
    arrows = _Arrows(network, advancing)
    near = arrows.near
    tried = [0]
    for length in range(max(2, shortest), longest + 1):
        for rows in _of_length(near, length, tried):
            found = arrows.cycle(rows)
            if found is not None:
                yield found
        if tried[0] >= MOST_TRIED:
            return


def _of_length(near: Adjacency, length: int, tried: list[int]) -> Iterator[list[int]]:
    back = _turned(near)
    for start in np.flatnonzero(near.degrees() * back.degrees()).tolist():
        left = _left(back, start, length)
        if left:
            yield from _from(near, left, start, length, tried)
        if tried[0] >= MOST_TRIED:
            return


def _turned(near: Adjacency) -> Adjacency:
    tails = np.repeat(np.arange(near.n), near.degrees())
    return from_arcs(near.n, near.indices, tails)


def _left(back: Adjacency, start: int, length: int) -> dict[int, int]:
    """The steps from later rows back to `start`, for those within `length` − 1."""
    left = {start: 0}
    front = np.array([start])
    for step in range(1, length):
        reached = back.spread(front)
        front = np.array([row for row in np.unique(reached[reached > start]).tolist() if row not in left], np.int64)
        if not len(front):
            break
        left.update(dict.fromkeys(front.tolist(), step))
    return left if len(left) > 1 else {}


def _from(near: Adjacency, left: dict[int, int], start: int, length: int, tried: list[int]) -> Iterator[list[int]]:
    walk, on_walk = [start], {start}
    pending = [iter(near.of(start).tolist())]
    while pending and tried[0] < MOST_TRIED:
        row = next(pending[-1], None)
        if row is None:
            pending.pop()
            on_walk.discard(walk.pop())
            continue
        tried[0] += 1
        if row <= start or row in on_walk or left.get(row, length) > length - len(walk):
            continue
        walk.append(row)
        if len(walk) < length:
            on_walk.add(row)
            pending.append(iter(near.of(row).tolist()))
            continue
        if left[row] == 1:
            yield list(walk)
        walk.pop()


class _Arrows:
    """The links that have an arrow, and what they carry."""

    def __init__(self, network: Network, advancing: bool) -> None:
        self.network, self.advancing = network, advancing
        pointed = network.directions != Direction.NONE
        if advancing:
            if network.starts is None:
                raise ValueError("the network has no times")
            pointed &= network.starts != moments.UNKNOWN
        self.pointed = pointed
        a, b = network.ends[:, 0], network.ends[:, 1]
        ahead = pointed & (network.directions != Direction.BACKWARD)
        back = pointed & (network.directions != Direction.FORWARD)
        self.near = from_arcs(network.n, np.concatenate((a[ahead], b[back])), np.concatenate((b[ahead], a[back])))

    def _step(self, a: int, b: int) -> Ints:
        links = self.network.links_between(a, b)
        wrong = np.where(self.network.ends[links, 0] == a, Direction.BACKWARD, Direction.FORWARD)
        usable: Ints = links[self.pointed[links] & (self.network.directions[links] != wrong)]
        return usable

    def cycle(self, rows: list[int]) -> Cycle | None:
        """The cycle along these rows, None where it is none after all."""
        steps = [self._step(a, b) for a, b in zip(rows, [*rows[1:], rows[0]], strict=True)]
        if len(rows) == 2 and len(np.union1d(*steps)) < 2:
            return None
        if self.advancing and not any(self._advances(steps[at:] + steps[:at]) for at in range(len(steps))):
            return None
        weights = [float(self.network.weights[step].sum()) for step in steps]
        first, last = self._times(np.concatenate(steps))
        links = tuple(tuple(self.network.link_ids[step].tolist()) for step in steps)
        return Cycle(tuple(rows), links, min(weights), sum(weights), first, last)

    def _advances(self, steps: list[Ints]) -> bool:
        assert self.network.starts is not None
        assert self.network.stops is not None
        moment = moments.FIRST
        for links in steps:
            arrive = np.maximum(self.network.starts[links], moment)
            arrive = arrive[arrive <= self.network.stops[links]]
            if not len(arrive):
                return False
            moment = int(arrive.min())
        return True

    def _times(self, links: Ints) -> tuple[int, int]:
        if self.network.starts is None or self.network.stops is None:
            return moments.UNKNOWN, moments.UNKNOWN
        links = links[self.network.starts[links] != moments.UNKNOWN]
        if not len(links):
            return moments.UNKNOWN, moments.UNKNOWN
        return int(self.network.starts[links].min()), int(self.network.stops[links].max())
