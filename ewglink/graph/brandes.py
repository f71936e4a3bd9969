"""Brandes's accumulation: what every entity contributes to the shortest ways from given sources."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.as_igraph import as_igraph, costs
from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network
from ewglink.graph.side_by_side import together

Values = npt.NDArray[np.float64]
COMPILED_FROM = 2_000_000
"""Sources times steps from which the compiled kernel is worth loading: igraph, which can do the same, keeps the
interpreter's lock meanwhile."""


def dependencies(network: Network, sources: npt.NDArray[Any], *, kernel: bool | None = None) -> Values:
    """For every row, the sum over `sources` s and all targets t of the share of shortest s–t ways through it, (n,).

    `kernel` True or False asks for our own kernel or igraph's; both give the same to rounding.
    """
    if kernel or (kernel is None and not network.weighted
                  and network.n * len(network.ways.indices) >= COMPILED_FROM and compiled(_accumulate) is not None):
        return contributions(network, sources)[0]
    return _by_igraph(network, sources)


def contributions(network: Network, sources: npt.NDArray[Any], *,
                  kernel: bool | None = None) -> tuple[Values, Values]:
    """`dependencies`, and the sum over sources of their squares, from which the error of a sample is told.

    Arrows count in a directed network, weights (1 / weight being a step's length) in a weighted one. `kernel` False
    asks for NumPy's way instead of the compiled one; both give the same to rounding.
    """
    sources = np.asarray(sources, np.int64)
    total, squares = np.zeros(network.n), np.zeros(network.n)
    if network.weighted:
        for source in sources:
            one = _by_igraph(network, np.array([source]))
            total += one
            squares += one * one
        return total, squares
    run = None if kernel is False else compiled(_accumulate)
    near = network.ways

    def share(some: npt.NDArray[Any]) -> tuple[Values, Values]:
        ours = np.zeros(near.n), np.zeros(near.n)
        (run or _accumulate_by_levels)(near.indptr, near.indices, some, *ours)
        return ours

    for part in together(share, sources, 4) if run is not None else [share(sources)]:
        total += part[0]
        squares += part[1]
    return total, squares


def _by_igraph(network: Network, sources: npt.NDArray[Any]) -> Values:
    found = as_igraph(network).betweenness(directed=network.directed, sources=np.asarray(sources).tolist(),
                                           weights=costs(network))
    # igraph halves what it counts in an undirected graph.
    return np.array(found, np.float64) * (1.0 if network.directed else 2.0)


def _accumulate(indptr: Any, indices: Any, sources: Any, total: Any, squares: Any) -> None:
    n = len(indptr) - 1
    ways = np.zeros(n)
    given = np.zeros(n)
    depth = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    onward = np.empty(len(indices), np.int32)
    until = np.zeros(n + 1, np.int64)
    for source in sources:
        order[0] = source
        depth[source] = 0
        ways[source] = 1.0
        head, tail, steps = 0, 1, 0
        while head < tail:
            row = order[head]
            head += 1
            here, below = ways[row], depth[row] + 1
            for at in range(indptr[row], indptr[row + 1]):
                near = indices[at]
                known = depth[near]
                if known < 0:
                    depth[near] = below
                    order[tail] = near
                    tail += 1
                    ways[near] = here
                    onward[steps] = near
                    steps += 1
                elif known == below:
                    ways[near] += here
                    onward[steps] = near
                    steps += 1
            until[head] = steps
        for place in range(tail - 1, 0, -1):
            row = order[place]
            share = 0.0
            for at in range(until[place], until[place + 1]):
                share += given[onward[at]]
            share *= ways[row]
            given[row] = (1.0 + share) / ways[row]
            total[row] += share
            squares[row] += share * share
        for place in range(tail):
            depth[order[place]] = -1


def _accumulate_by_levels(indptr: Any, indices: Any, sources: Any, total: Any, squares: Any) -> None:
    """The same in NumPy, level by level, where nothing compiles."""
    near = Adjacency(indptr, indices)
    for source in sources:
        depth, ways = np.full(near.n, -1, np.int32), np.zeros(near.n)
        depth[source], ways[source] = 0, 1.0
        front = np.array([source])
        steps: list[tuple[npt.NDArray[Any], npt.NDArray[Any]]] = []
        while len(front):
            tails, heads = np.repeat(front, near.indptr[front + 1] - near.indptr[front]), near.spread(front)
            depth[heads[depth[heads] < 0]] = len(steps) + 1
            down = depth[heads] == len(steps) + 1
            steps.append((tails[down], heads[down]))
            np.add.at(ways, heads[down], ways[tails[down]])
            front = np.unique(heads[down]).astype(np.int64)
        share = np.zeros(near.n)
        for tails, heads in reversed(steps):
            np.add.at(share, tails, ways[tails] * (1.0 + share[heads]) / ways[heads])
        share[source] = 0.0
        total += share
        squares += share * share
