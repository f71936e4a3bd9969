"""A small pattern found in a network: every way to lay its nodes on entities so that all of its links are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Ints, Network
from ewglink.model.items import Direction

Mask = npt.NDArray[np.bool_]
MOST_CHOICES = 2_000
MOST_SYMMETRIES = 5_000


@dataclass(frozen=True)
class Wanted:
    """A link of the pattern: between the nodes `a` and `b`, any of `links` ((m,) mask); `directed`: from `a` to `b`,
    where a link without arrows leads both ways. `alike` is equal for links that ask for the same."""

    a: int
    b: int
    links: Mask
    directed: bool
    alike: object = None


class Matcher:
    """Finds the pattern of `nodes` ((n,) masks of the entities each may be) and `links` in `network`.

    `before` are pairs of links of which the first does not start after the second; `starts` (m,) says when each link of
    the network does. Entities are different for different nodes, links for different links; other links between the
    entities do not matter.
    """

    def __init__(self, network: Network, nodes: Sequence[Mask], links: Sequence[Wanted],
                 before: Sequence[tuple[int, int]] = (), starts: Ints | None = None,
                 alike: Sequence[object] | None = None) -> None:
        self.n, self.links, self.before, self.starts = network.n, links, before, starts
        self.nodes = [mask.copy() for mask in nodes]
        self.arcs = [self._arcs(network, link) for link in links]
        self._narrow()
        self.keys, self.rows, self.onward, self.back = [], [], [], []
        for tails, heads, rows in self.arcs:
            order = np.lexsort((rows, heads, tails))
            self.keys.append(tails[order] * self.n + heads[order])
            self.rows.append(rows[order])
            self.onward.append(_neighbours(self.n, tails, heads))
            self.back.append(_neighbours(self.n, heads, tails))
        self.order = self._order()
        self.symmetries = _symmetries(len(nodes), links, alike or [None] * len(nodes), before)

    @staticmethod
    def _arcs(network: Network, link: Wanted) -> tuple[Ints, Ints, Ints]:
        rows = np.flatnonzero(link.links)
        a, b = (network.ends[rows, end].astype(np.int64) for end in (0, 1))
        heads = network.directions[rows]
        ahead = heads != Direction.BACKWARD if link.directed else np.ones(len(rows), np.bool_)
        back = heads != Direction.FORWARD if link.directed else np.ones(len(rows), np.bool_)
        tails = np.concatenate((a[ahead], b[back]))
        tips = np.concatenate((b[ahead], a[back]))
        apart = tails != tips
        return tails[apart], tips[apart], np.concatenate((rows[ahead], rows[back]))[apart]

    def _narrow(self) -> None:
        """Leave out entities that lack a link, and links that lack an end, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for at, link in enumerate(self.links):
                tails, heads, rows = self.arcs[at]
                kept = self.nodes[link.a][tails] & self.nodes[link.b][heads]
                self.arcs[at] = tails[kept], heads[kept], rows[kept]
                for node, ends in ((link.a, self.arcs[at][0]), (link.b, self.arcs[at][1])):
                    there = np.zeros(self.n, np.bool_)
                    there[ends] = True
                    there &= self.nodes[node]
                    changed |= int(there.sum()) < int(self.nodes[node].sum())
                    self.nodes[node] = there

    def _order(self) -> list[int]:
        """The most selective node first, then what is linked to those before it, the most selective of them first."""
        counts = [int(mask.sum()) for mask in self.nodes]
        left, order = set(range(len(counts))), list[int]()
        while left:
            near = {other for link in self.links for node, other in ((link.a, link.b), (link.b, link.a))
                    if node in order and other in left} or left
            order.append(min(near, key=lambda node: (counts[node], node)))
            left.discard(order[-1])
        return order

    def found(self) -> Iterator[tuple[float, tuple[tuple[int, ...], tuple[tuple[int, ...], ...]] | None]]:
        """Matches one after another, each as the rows of its entities, node by node, and for each link the rows of the
        links that can be it; with how far the search has come, and None now and then where there is no match yet."""
        first = np.flatnonzero(self.nodes[self.order[0]]).tolist() if self.order else []
        laid = [-1] * len(self.nodes)
        for number, row in enumerate(first):
            done = number / len(first)
            laid[self.order[0]] = row
            steps = 0
            for whole in self._laid(laid, 1):
                steps += 1
                if whole and self._first_of_its_kind(laid):
                    links = self._links_of(laid)
                    if links is not None:
                        yield done, (tuple(laid), links)
                        continue
                if steps % 512 == 0:
                    yield done, None
            if number % 64 == 0:
                yield done, None

    def _laid(self, laid: list[int], depth: int) -> Iterator[bool]:
        """True for every way to lay the remaining nodes, in `laid`; False while one is looked for."""
        if depth == len(self.order):
            yield True
            return
        node = self.order[depth]
        for row in self._candidates(laid, node, depth):
            laid[node] = row
            yield False
            yield from self._laid(laid, depth + 1)
        laid[node] = -1

    def _candidates(self, laid: list[int], node: int, depth: int) -> list[int]:
        found: Ints | None = None
        for at, link in enumerate(self.links):
            if link.a == node and laid[link.b] >= 0:
                indptr, near, other = *self.back[at], laid[link.b]
            elif link.b == node and laid[link.a] >= 0:
                indptr, near, other = *self.onward[at], laid[link.a]
            else:
                continue
            some = near[indptr[other]:indptr[other + 1]]
            found = some if found is None else np.intersect1d(found, some, assume_unique=True)
            if not len(found):
                return []
        if found is None:
            found = np.flatnonzero(self.nodes[node])
        used = {laid[before] for before in self.order[:depth]}
        return [row for row in found.tolist() if row not in used]

    def _first_of_its_kind(self, laid: list[int]) -> bool:
        """Whether this is the one kept of those that differ by a symmetry of the pattern only."""
        return all([laid[node] for node in turned] >= laid for turned in self.symmetries)

    def _links_of(self, laid: list[int]) -> tuple[tuple[int, ...], ...] | None:
        """For each link of the pattern the rows of those that can be it; None where there are not enough."""
        choices = []
        for at, link in enumerate(self.links):
            key = laid[link.a] * self.n + laid[link.b]
            low, high = np.searchsorted(self.keys[at], (key, key + 1))
            choices.append(self.rows[at][low:high].tolist())
        pairs = [frozenset((link.a, link.b)) for link in self.links]
        if not self.before and len(set(pairs)) == len(pairs):
            return tuple(map(tuple, choices))
        fitting: list[set[int]] = [set() for _link in choices]
        for tried, chosen in enumerate(product(*choices)):
            if len(set(chosen)) == len(chosen) and self._in_order(chosen):
                for at, row in enumerate(chosen):
                    fitting[at].add(row)
            if tried >= MOST_CHOICES and all(fitting):
                break
        return tuple(tuple(sorted(rows)) for rows in fitting) if all(fitting) else None

    def _in_order(self, chosen: Sequence[int]) -> bool:
        if self.starts is None:
            return not self.before
        unknown = np.iinfo(np.int64).min
        return all(unknown not in (self.starts[chosen[one]], self.starts[chosen[two]])
                   and self.starts[chosen[one]] <= self.starts[chosen[two]] for one, two in self.before)


def _neighbours(n: int, tails: Ints, heads: Ints) -> tuple[Ints, Ints]:
    """Which heads each tail leads to, each once, ascending: where they begin, (n + 1,), and the heads."""
    keys = np.unique(tails * max(n, 1) + heads)
    starts, near = np.divmod(keys, max(n, 1))
    indptr = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(starts, minlength=n), out=indptr[1:])
    return indptr, near


def _symmetries(n: int, links: Sequence[Wanted], alike: Sequence[object],
                before: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The ways to turn the pattern into itself, that which leaves it as it is left out."""
    ordered = {at for pair in before for at in pair}
    between: dict[tuple[int, int], Counter[object]] = {}
    for at, link in enumerate(links):
        same = (link.alike, at if at in ordered else -1)
        between.setdefault((link.a, link.b), Counter())[(same, "out" if link.directed else "any")] += 1
        between.setdefault((link.b, link.a), Counter())[(same, "in" if link.directed else "any")] += 1
    nothing: Counter[object] = Counter()
    found: list[list[int]] = []

    def turn(laid: list[int]) -> None:
        if len(found) > MOST_SYMMETRIES:
            return
        node = len(laid)
        if node == n:
            found.append(laid)
            return
        for other in range(n):
            if other not in laid and alike[other] == alike[node] and all(
                    between.get((node, one), nothing) == between.get((other, laid[one]), nothing)
                    for one in range(node)):
                turn([*laid, other])

    turn([])
    return [one for one in found if one != list(range(n))]
