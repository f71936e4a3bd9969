"""A neighbourhood by conditions: what is within so many steps by links of certain kinds, with a guard for hubs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph import moments
from ewglink.graph.network import Ints, Network
from ewglink.graph.ways import AGAINST, ANY, WITH
from ewglink.model.items import Direction, Strength
from ewglink.model.progress import breathe

Mask = npt.NDArray[np.bool_]
HUB = 200
"""Links from which an entity is a hub, unless another number is given."""
MOST = 10_000


@dataclass(frozen=True)
class Conditions:
    """What a neighbourhood may hold; None means all.

    `types` of entities that may be entered, `link_types` and `strengths` ("confirmed" …) of links that may be used,
    `direction` (`any`, `with` or `against` arrows); `advancing`: dates must advance step by step; `hub`: entities with
    more links than this are listed, not expanded (0: no guard), those asked about excepted; `most` entities at all.
    """

    types: tuple[str, ...] | None = None
    link_types: tuple[str, ...] | None = None
    strengths: tuple[str, ...] | None = None
    direction: str = ANY
    advancing: bool = False
    hub: int = HUB
    most: int = MOST


@dataclass(frozen=True)
class Neighbourhood:
    """What was found: entity ids, ascending, and the steps to each; ids of links between them that were used.

    `hubs`: entity id → number of its links, for those not expanded; `truncated` where there is more than `most`.
    """

    items: Ints
    steps: Ints
    links: Ints
    hubs: dict[int, int]
    truncated: bool = False


def neighbourhood(network: Network, ids: Iterable[int], hops: int, conditions: Conditions | None = None,
                  ) -> Neighbourhood:
    """What is within `hops` steps of `ids` under `conditions`; its cost is that of what is found, not of the whole.

    ValueError: dates must advance, and the network has no times.
    """
    asked = conditions or Conditions()
    if asked.advancing and network.starts is None:
        raise ValueError("the network has no times")
    search = _Search(network, asked)
    search.begin(network.rows_of(ids))
    for step in range(1, hops + 1):
        if not search.grow(step):
            break
    return search.found()


class _Search:
    """One search, by local steps."""

    def __init__(self, network: Network, asked: Conditions) -> None:
        self.network, self.asked = network, asked
        self.types = _codes(network.type_keys, asked.types)
        self.link_types = _codes(network.link_type_keys, asked.link_types)
        self.strengths = None if asked.strengths is None else np.isin(
            np.arange(len(Strength)), [int(Strength[name.upper()]) for name in asked.strengths])
        self.steps: dict[int, int] = {}
        self.moments: dict[int, int] = {}
        self.links: set[int] = set()
        self.hubs: dict[int, int] = {}
        self.front: Ints = np.empty(0, np.int64)
        self.truncated = False

    def begin(self, rows: Ints) -> None:
        self.front = np.unique(rows)
        self.steps = dict.fromkeys(self.front.tolist(), 0)
        self.moments = dict.fromkeys(self.front.tolist(), moments.FIRST)

    def grow(self, step: int) -> bool:
        """One step further; False where nothing is left to expand."""
        breathe()
        front = self._without_hubs(self.front) if step > 1 else self.front
        tails, links = _incident(self.network, front)
        fits = self._usable(links)
        tails, links = tails[fits], links[fits]
        ends = self.network.ends[links]
        from_a = ends[:, 0] == tails
        fits = self._right_way(from_a, links, ends) & self._in_time(tails, links)
        heads = np.where(from_a, ends[:, 1], ends[:, 0]).astype(np.int64)
        if self.types is not None:
            fits &= self.types[self.network.types[heads]]
        self._enter(tails[fits], heads[fits], links[fits], step)
        return bool(len(self.front)) and not self.truncated

    def _without_hubs(self, front: Ints) -> Ints:
        if not self.asked.hub:
            return front
        indptr = self.network.incidence.indptr
        counts = indptr[front + 1] - indptr[front]
        large = counts > self.asked.hub
        self.hubs |= dict(zip(self.network.ids[front[large]].tolist(), counts[large].tolist(), strict=True))
        return front[~large]

    def _usable(self, links: Ints) -> Mask:
        fits = np.ones(len(links), np.bool_)
        if self.link_types is not None:
            fits &= self.link_types[self.network.link_types[links]]
        if self.strengths is not None:
            fits &= self.strengths[self.network.strengths[links]]
        return fits

    def _right_way(self, from_a: Mask, links: Ints, ends: npt.NDArray[np.int32]) -> Mask:
        if self.asked.direction == ANY:
            return np.ones(len(links), np.bool_)
        ahead = from_a if self.asked.direction == WITH else ~from_a
        wrong = np.where(ahead, Direction.BACKWARD, Direction.FORWARD)
        assert self.asked.direction in (WITH, AGAINST)
        fits: Mask = self.network.directions[links] != wrong
        return fits

    def _in_time(self, tails: Ints, links: Ints) -> Mask:
        if not self.asked.advancing:
            return np.ones(len(links), np.bool_)
        assert self.network.starts is not None
        assert self.network.stops is not None
        since = np.array([self.moments[row] for row in tails.tolist()], np.int64)
        fits: Mask = (self.network.starts[links] != moments.UNKNOWN) & (self.network.stops[links] >= since)
        return fits

    def _enter(self, tails: Ints, heads: Ints, links: Ints, step: int) -> None:
        front: dict[int, None] = {}
        for tail, head, link in zip(tails.tolist(), heads.tolist(), links.tolist(), strict=True):
            if head not in self.steps:
                if len(self.steps) >= self.asked.most:
                    self.truncated = True
                    continue
                self.steps[head] = step
                front[head] = None
            if self.asked.advancing and self._earlier(tail, head, link):
                front[head] = None
            self.links.add(link)
        self.front = np.array(sorted(front), np.int64)

    def _earlier(self, tail: int, head: int, link: int) -> bool:
        """Whether `head` is reached earlier by this link than known; such an entity is looked at again."""
        assert self.network.starts is not None
        moment = max(self.moments[tail], int(self.network.starts[link]))
        if moment >= self.moments.get(head, moments.LAST + 1):
            return False
        self.moments[head] = moment
        return True

    def found(self) -> Neighbourhood:
        rows = np.array(sorted(self.steps), np.int64)
        steps = np.array([self.steps[row] for row in rows.tolist()], np.int64)
        links = np.array(sorted(self.links), np.int64)
        return Neighbourhood(self.network.ids[rows], steps, np.sort(self.network.link_ids[links]), self.hubs,
                             self.truncated)


def _codes(keys: tuple[str, ...], wanted: Collection[str] | None) -> Mask | None:
    return None if wanted is None else np.array([key in wanted for key in keys] or [False], np.bool_)


def _incident(network: Network, rows: Ints) -> tuple[Ints, Ints]:
    """The links at `rows`, and for each the row it was found at."""
    near = network.incidence
    counts = near.indptr[rows + 1] - near.indptr[rows]
    return np.repeat(rows, counts), near.spread(rows).astype(np.int64)


def common_neighbours(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of entities linked to every one of `ids`, ascending; `ids` themselves are not among them."""
    rows = np.unique(network.rows_of(ids))
    if not len(rows):
        return np.empty(0, np.int64)
    shared = network.adjacency.of(int(rows[0]))
    for row in rows[1:].tolist():
        shared = np.intersect1d(shared, network.adjacency.of(row), assume_unique=True)
    found: Ints = network.ids[np.setdiff1d(shared, rows)]
    return found
