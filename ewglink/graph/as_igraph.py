"""A network as an igraph graph (simple and undirected), and igraph's chance made repeatable."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ewglink.graph.network import Network

_chance = threading.Lock()


def as_igraph(network: Network) -> Any:
    """The simple undirected graph of `network`; vertex i is row i."""
    import igraph

    return igraph.Graph(n=network.n, edges=network.pairs)


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
