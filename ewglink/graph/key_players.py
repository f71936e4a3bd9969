"""Key players: the few without whom a network falls apart, or who together reach most of it (Borgatti, 2006)."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.components import component_labels
from ewglink.graph.cuts import cuts
from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network

Ints = npt.NDArray[np.int64]
COMPILED_FROM = 2_000


class Chosen(NamedTuple):
    """One key player: its row, the value with all those chosen so far, and what it added."""

    row: int
    value: float
    gain: float


def fragmentation(n: int, sizes: Ints) -> float:
    """1 − Σ s(s − 1) / (n(n − 1)): the share of pairs, of all `n` entities, that are not in one part; 0 for n < 2."""
    if n < 2:
        return 0.0
    return 1.0 - float((sizes * (sizes - 1.0)).sum()) / (n * (n - 1.0))


def fragmenting(network: Network, count: int) -> Iterator[Chosen]:
    """`count` entities chosen one after another, each raising fragmentation most; equals by smaller row.

    Fragmentation counts pairs of all entities of the network, those removed among the parts' pairs no longer.
    """
    out = np.zeros(network.n, np.bool_)
    sizes = np.bincount(component_labels(network.n, network.pairs)) if network.n else np.empty(0, np.int64)
    value = fragmentation(network.n, sizes)
    pairs = max(1.0, network.n * (network.n - 1.0))
    for _turn in range(min(count, network.n)):
        found = cuts(network.adjacency, out)
        lost = found.sizes * (found.sizes - 1.0) - found.linked
        lost[out] = -1.0
        row = int(np.argmax(lost))
        gain = float(lost[row]) / pairs
        out[row] = True
        value += gain
        yield Chosen(row, value, gain)


def reaching(network: Network, count: int, steps: int = 2) -> Iterator[Chosen]:
    """`count` entities chosen one after another, each adding most to those within `steps` of any; equals by row.

    The value is the share of all entities reached, the chosen ones among them; arrows count in a directed network.
    """
    near = network.ways
    sizes = ball_sizes(near, steps)
    waiting = [(-int(size), row) for row, size in enumerate(sizes.tolist())]
    heapq.heapify(waiting)
    covered = np.zeros(network.n, np.bool_)
    for _turn in range(min(count, network.n)):
        while True:
            _known, row = heapq.heappop(waiting)
            ball = _ball(near, row, steps)
            gain = int((~covered[ball]).sum())
            if not waiting or (-gain, row) <= waiting[0]:
                break
            heapq.heappush(waiting, (-gain, row))
        covered[ball] = True
        yield Chosen(row, float(covered.sum()) / network.n, gain / network.n)


def _ball(near: Adjacency, row: int, steps: int) -> Ints:
    found = front = np.array([row])
    for _step in range(steps):
        front = np.setdiff1d(near.spread(front), found)
        found = np.concatenate((found, front))
    return found.astype(np.int64)


def ball_sizes(near: Adjacency, steps: int, *, kernel: bool | None = None) -> Ints:
    """How many rows are within `steps` of each row, itself among them, (n,) int64."""
    sizes = np.ones(near.n, np.int64)
    wanted = kernel or (kernel is None and near.n >= COMPILED_FROM)
    run: Any = (compiled(_sizes) if wanted else None) or _sizes
    run(near.indptr, near.indices, steps, sizes)
    return sizes


def _sizes(indptr: Any, indices: Any, steps: int, sizes: Any) -> None:
    n = len(indptr) - 1
    stamp = np.full(n, -1, np.int64)
    order = np.empty(n, np.int64)
    for start in range(n):
        stamp[start] = start
        order[0] = start
        head, tail = 0, 1
        for _step in range(steps):
            level = tail
            while head < level:
                row = order[head]
                head += 1
                for at in range(indptr[row], indptr[row + 1]):
                    near = indices[at]
                    if stamp[near] != start:
                        stamp[near] = start
                        order[tail] = near
                        tail += 1
        sizes[start] = tail
