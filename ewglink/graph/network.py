"""A network as arrays: what measures and layouts compute on, and what NetworkX graphs are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, Ends, from_arcs, from_pairs, row_keys, simple_pairs
from ewglink.model.items import Direction

Ints = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """Entities and links of a case or of a part of it.

    `ids` (n,) int64, ascending entity ids; `types` (n,) int32 index into `type_keys`; `link_ids` (m,) int64; `ends`
    (m, 2) int32 rows of `ids`; `link_types` (m,) int32 index into `link_type_keys`; `directions` (m,) int8 and
    `strengths` (m,) int8 as `model.items` numbers them; `weights` (m,) float64, 1 where nothing else was declared.
    `described` says which projection this is (types, strengths, weights), and is printed with every result.
    `directed`: arrows count, in measures and by default in paths. `weighted`: weights count; a pair of entities has
    the sum of the weights of its links. `starts` and `stops` (m,) int64 microseconds of UTC since 1970, first and last
    moment of each link (`moments.UNKNOWN` where nobody knows), None where times were not asked for.
    What is computed from the arrays is kept beside them: a network is never changed.
    """

    ids: Ints
    types: npt.NDArray[np.int32]
    type_keys: tuple[str, ...]
    link_ids: Ints
    ends: npt.NDArray[np.int32]
    link_types: npt.NDArray[np.int32]
    link_type_keys: tuple[str, ...]
    directions: npt.NDArray[np.int8]
    strengths: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]
    described: dict[str, Any] = field(default_factory=dict)
    directed: bool = False
    weighted: bool = False
    starts: Ints | None = None
    stops: Ints | None = None

    @property
    def n(self) -> int:
        """The number of entities."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """The number of links."""
        return len(self.link_ids)

    @cached_property
    def pairs(self) -> Ends:
        """The simple graph: linked pairs of different rows, each once, smaller row first, (k, 2) int32."""
        return simple_pairs(self.n, self.ends)

    @cached_property
    def adjacency(self) -> Adjacency:
        """Neighbours in the simple, undirected graph."""
        return from_pairs(self.n, self.pairs)

    @cached_property
    def out_adjacency(self) -> Adjacency:
        """Where arrows lead from each row; a link without arrows, or with two, leads both ways."""
        return from_arcs(self.n, *self._arcs())

    @cached_property
    def in_adjacency(self) -> Adjacency:
        """Where arrows lead to each row from; a link without arrows, or with two, leads both ways."""
        tails, heads = self._arcs()
        return from_arcs(self.n, heads, tails)

    @cached_property
    def pair_weights(self) -> Values:
        """The sum of the weights of each pair's links, (k,)."""
        low, high = self.ends.min(axis=1, initial=self.n), self.ends.max(axis=1, initial=0)
        return _summed(row_keys(self.n, low, high), row_keys(self.n, *self.pairs.T), self.weights)

    @cached_property
    def arcs(self) -> Ends:
        """The simple directed graph: each way that arrows allow once, in order, (k, 2) int32."""
        tails = np.repeat(np.arange(self.n, dtype=np.int32), self.out_adjacency.degrees())
        return np.column_stack((tails, self.out_adjacency.indices))

    @cached_property
    def arc_weights(self) -> Values:
        """The sum of the weights of the links that allow each of `arcs`, (k,)."""
        ahead = np.flatnonzero(self.directions != Direction.BACKWARD)
        back = np.flatnonzero(self.directions != Direction.FORWARD)
        weights = np.concatenate((self.weights[ahead], self.weights[back]))
        return _summed(row_keys(self.n, *self._arcs()), row_keys(self.n, *self.arcs.T), weights)

    @property
    def edges(self) -> tuple[Ends, Values | None]:
        """What measures run on: `arcs` or `pairs`, and their weights where the network is weighted."""
        if self.directed:
            return self.arcs, self.arc_weights if self.weighted else None
        return self.pairs, self.pair_weights if self.weighted else None

    @property
    def ways(self) -> Adjacency:
        """Where one can go: along arrows in a directed network, else either way."""
        return self.out_adjacency if self.directed else self.adjacency

    @cached_property
    def incidence(self) -> Adjacency:
        """The rows of the links at each entity, ascending; a link to itself stands there twice."""
        order = np.argsort(self.ends.ravel(), kind="stable")
        indptr = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(self.ends.ravel(), minlength=self.n), out=indptr[1:])
        return Adjacency(indptr, (order >> 1).astype(np.int32))

    def _arcs(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        ahead = self.directions != Direction.BACKWARD
        back = self.directions != Direction.FORWARD
        a, b = self.ends[:, 0], self.ends[:, 1]
        return np.concatenate((a[ahead], b[back])), np.concatenate((b[ahead], a[back]))

    @cached_property
    def _by_pair(self) -> tuple[Ints, Ints]:
        """Links sorted by their pair of rows, then by id: the sorted pair keys, and the link rows in that order."""
        low = self.ends.min(axis=1).astype(np.int64) if self.m else np.empty(0, np.int64)
        high = self.ends.max(axis=1).astype(np.int64) if self.m else np.empty(0, np.int64)
        keys = low * max(self.n, 1) + high
        order = np.lexsort((self.link_ids, keys))
        return keys[order], order

    def links_between(self, a: int, b: int) -> Ints:
        """The rows of all links between the entity rows `a` and `b`, either way round, by link id."""
        keys, order = self._by_pair
        key = min(a, b) * max(self.n, 1) + max(a, b)
        return order[np.searchsorted(keys, key, "left"):np.searchsorted(keys, key, "right")]

    def link_counts(self, pairs: npt.NDArray[Any]) -> Ints:
        """How many links there are between the two rows of each of `pairs`, either way round, (k,)."""
        keys, _order = self._by_pair
        wanted = row_keys(self.n, pairs.min(axis=1, initial=self.n), pairs.max(axis=1, initial=0))
        return np.searchsorted(keys, wanted, "right") - np.searchsorted(keys, wanted, "left")

    def rows_of(self, ids: Any) -> Ints:
        """The rows of those `ids` that are in the network, in the order given."""
        wanted = np.fromiter(ids, np.int64) if not isinstance(ids, np.ndarray) else ids.astype(np.int64)
        if not self.n:
            return np.empty(0, np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), self.n - 1)
        rows: Ints = at[self.ids[at] == wanted]
        return rows


def _summed(keys: Ints, known: Ints, weights: Values) -> Values:
    """The weights summed over equal keys, for each of the `known` ones (ascending); other keys are left out."""
    if not len(known):
        return np.empty(0)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    fits = known[at] == keys
    summed: Values = np.bincount(at[fits], weights=weights[fits], minlength=len(known)).astype(np.float64)
    return summed
