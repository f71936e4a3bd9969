"""What is near: neighbours of some entities, and all within so many steps."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ewglink.graph.network import Ints, Network


def neighbours(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of entities one link away from any of `ids` and not among them, ascending."""
    rows = network.rows_of(ids)
    return network.ids[np.setdiff1d(network.adjacency.spread(rows), rows)]


def around(network: Network, ids: Iterable[int], hops: int) -> Ints:
    """The ids of `ids` and of all entities at most `hops` links away, ascending."""
    rows = network.rows_of(ids)
    if not len(rows):
        return np.empty(0, np.int64)
    return network.ids[network.adjacency.distances(rows, limit=hops) >= 0]


def links_among(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of links with both ends among `ids`, ascending."""
    inside = np.zeros(network.n, np.bool_)
    inside[network.rows_of(ids)] = True
    return np.sort(network.link_ids[inside[network.ends].all(axis=1)])


def links_of(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of links with at least one end among `ids`, ascending."""
    inside = np.zeros(network.n, np.bool_)
    inside[network.rows_of(ids)] = True
    return np.sort(network.link_ids[inside[network.ends].any(axis=1)])
