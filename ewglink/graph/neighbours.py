"""What is near: neighbours of some entities, all within so many steps, and the links among them.

What is asked of a few entities costs what they have around them, however large the network is.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ewglink.graph.network import Ints, Network

_FEW = 16
"""One in so many entities is few: they are looked at one by one, not by a pass over all links."""


def neighbours(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of entities one link away from any of `ids` and not among them, ascending."""
    rows = network.rows_of(ids)
    return network.ids[np.setdiff1d(network.adjacency.spread(rows), rows)]


def around(network: Network, ids: Iterable[int], hops: int) -> Ints:
    """The ids of `ids` and of all entities at most `hops` links away, ascending."""
    found = front = np.unique(network.rows_of(ids))
    near = network.adjacency
    for step in range(hops):
        if not len(front):
            break
        if len(found) * _FEW > network.n:
            return network.ids[near.distances(found, limit=hops - step) >= 0]
        reached = np.unique(near.spread(front)).astype(np.int64)
        front = np.setdiff1d(reached, found, assume_unique=True)
        found = np.union1d(found, front)
    return network.ids[found]


def links_among(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of links with both ends among `ids`, ascending."""
    rows = network.rows_of(ids)
    if len(rows) * _FEW < network.n:
        links, counts = np.unique(network.incidence.spread(np.unique(rows)), return_counts=True)
        return np.sort(network.link_ids[links[counts == 2]])
    inside = np.zeros(network.n, np.bool_)
    inside[rows] = True
    return np.sort(network.link_ids[inside[network.ends].all(axis=1)])


def links_of(network: Network, ids: Iterable[int]) -> Ints:
    """The ids of links with at least one end among `ids`, ascending."""
    rows = network.rows_of(ids)
    if len(rows) * _FEW < network.n:
        return np.sort(network.link_ids[np.unique(network.incidence.spread(np.unique(rows)))])
    inside = np.zeros(network.n, np.bool_)
    inside[rows] = True
    return np.sort(network.link_ids[inside[network.ends].any(axis=1)])
