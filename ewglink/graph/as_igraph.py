"""A network as an igraph graph, made once, and igraph's chance made repeatable."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ewglink.graph.network import Network

_chance = threading.Lock()


def as_igraph(network: Network) -> Any:
    """The simple graph of `network`, directed if it is; vertex i is row i. Made once and kept with the network."""
    import igraph

    kept = network.__dict__.get("_igraph")
    if kept is None:
        ends, _weights = network.edges
        kept = igraph.Graph(n=network.n, edges=ends.astype(np.int64), directed=network.directed)
        network.__dict__["_igraph"] = kept
    return kept


def undirected(network: Network) -> Any:
    """The simple undirected graph of `network`, whatever its arrows say; edge i is pair i."""
    import igraph

    if not network.directed:
        return as_igraph(network)
    kept = network.__dict__.get("_igraph_undirected")
    if kept is None:
        kept = igraph.Graph(n=network.n, edges=network.pairs.astype(np.int64))
        network.__dict__["_igraph_undirected"] = kept
    return kept


def costs(network: Network) -> list[float] | None:
    """What each edge of the graph costs a path: 1 / weight; None where the network is not weighted."""
    _ends, weights = network.edges
    return None if weights is None else (1.0 / weights).tolist()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Inside the block igraph draws from `seed`. Its generator is one for the whole process, so one block at a time."""
    import igraph

    with _chance:
        igraph.set_random_number_generator(random.Random(seed))
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)
