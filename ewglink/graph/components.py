"""The parts a network falls into."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Network


def component_labels(n: int, pairs: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The part each row is in, (n,) int64; parts are numbered largest first, then by their smallest row."""
    if not n:
        return np.empty(0, np.int64)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return _by_size(n, *connected_components(matrix.tocsr(), directed=False))


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
