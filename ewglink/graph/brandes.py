"""Brandes's accumulation: what every entity contributes to the shortest ways from given sources."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.as_igraph import as_igraph
from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network

Values = npt.NDArray[np.float64]
COMPILED_FROM = 20_000_000
"""Sources times links from which a compiled kernel is worth its first compilation."""


def dependencies(network: Network, sources: npt.NDArray[Any], *, kernel: bool | None = None) -> Values:
    """For every row, the sum over `sources` s and all targets t of the share of shortest s–t ways through it, (n,).

    `kernel` True or False asks for our own kernel or igraph's; both give the same to rounding.
    """
    run = None
    if kernel or (kernel is None and network.n * len(network.pairs) >= COMPILED_FROM):
        run = compiled(_accumulate)
    if run is None:
        found = as_igraph(network).betweenness(directed=False, sources=np.asarray(sources).tolist())
        return _doubled(np.array(found, np.float64), network)
    near = network.adjacency
    total = np.zeros(network.n)
    run(near.indptr, near.indices, np.asarray(sources, np.int64), total)
    return total


def _doubled(found: Values, network: Network) -> Values:
    """igraph halves what it counts in an undirected graph."""
    return found * 2.0


def _accumulate(indptr: Any, indices: Any, sources: Any, total: Any) -> None:
    n = len(indptr) - 1
    ways = np.zeros(n)
    share = np.zeros(n)
    depth = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    for source in sources:
        order[0] = source
        depth[source] = 0
        ways[source] = 1.0
        head, tail = 0, 1
        while head < tail:
            row = order[head]
            head += 1
            for at in range(indptr[row], indptr[row + 1]):
                near = indices[at]
                if depth[near] < 0:
                    depth[near] = depth[row] + 1
                    order[tail] = near
                    tail += 1
                if depth[near] == depth[row] + 1:
                    ways[near] += ways[row]
        for place in range(tail - 1, 0, -1):
            row = order[place]
            given = (1.0 + share[row]) / ways[row]
            for at in range(indptr[row], indptr[row + 1]):
                near = indices[at]
                if depth[near] == depth[row] - 1:
                    share[near] += ways[near] * given
            total[row] += share[row]
        for place in range(tail):
            row = order[place]
            depth[row] = -1
            ways[row] = 0.0
            share[row] = 0.0
