"""The parts a network falls into."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network

COMPILED_FROM = 2_000


def component_labels(n: int, pairs: npt.NDArray[Any], *, kernel: bool | None = None) -> npt.NDArray[np.int64]:
    """The part each row is in, (n,) int64; parts are numbered largest first, then by their smallest row.

    `kernel` False asks for SciPy's way instead of the compiled one; both give the same.
    """
    if not n:
        return np.empty(0, np.int64)
    wanted = kernel or (kernel is None and n >= COMPILED_FROM)
    run: Any = compiled(_smallest_rows) if wanted else None
    if run is not None:
        smallest = np.arange(n)
        run(pairs, smallest)
        rank = np.empty(n, np.int64)
        firsts = np.flatnonzero(smallest == np.arange(n))
        sizes = np.bincount(smallest, minlength=n)[firsts]
        rank[firsts[np.argsort(-sizes, kind="stable")]] = np.arange(len(firsts))
        labels: npt.NDArray[np.int64] = rank[smallest]
        return labels
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return _by_size(n, *connected_components(matrix.tocsr(), directed=False))


def _smallest_rows(pairs: Any, smallest: Any) -> None:
    """The smallest row of the part each row is in, from `smallest` = each row itself: sets are united, each named by
    its smallest row, and ways to it are halved as they are walked (Tarjan and van Leeuwen, 1984)."""
    for at in range(len(pairs)):
        a, b = pairs[at, 0], pairs[at, 1]
        while smallest[a] != a:
            smallest[a] = smallest[smallest[a]]
            a = smallest[a]
        while smallest[b] != b:
            smallest[b] = smallest[smallest[b]]
            b = smallest[b]
        if a < b:
            smallest[b] = a
        else:
            smallest[a] = b
    for row in range(len(smallest)):
        smallest[row] = smallest[smallest[row]]


def _by_size(n: int, count: int, found: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    sizes = np.bincount(found, minlength=count)
    smallest = np.full(count, n, np.int64)
    np.minimum.at(smallest, found, np.arange(n))
    rank = np.empty(count, np.int64)
    rank[np.lexsort((smallest, -sizes))] = np.arange(count)
    labels: npt.NDArray[np.int64] = rank[found]
    return labels


def strong_labels(network: Network) -> npt.NDArray[np.int64]:
    """The part each row is in, (n,), where all of a part can be reached from each other along arrows; as above."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    near = network.out_adjacency
    if not near.n:
        return np.empty(0, np.int64)
    matrix = csr_array((np.ones(len(near.indices), np.int8), near.indices, near.indptr), shape=(near.n, near.n))
    return _by_size(near.n, *connected_components(matrix, directed=True, connection="strong"))


def members(labels: npt.NDArray[Any]) -> list[npt.NDArray[np.int64]]:
    """The rows of every label, label by label, each ascending."""
    if not len(labels):
        return []
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels))[:-1])
