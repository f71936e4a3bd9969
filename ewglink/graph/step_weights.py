"""The weight of every step of an adjacency: the sum of the weights of the links that allow it."""

from __future__ import annotations

import numpy as np

from ewglink.graph.adjacency import Adjacency, row_keys
from ewglink.graph.network import Network, Values
from ewglink.graph.ways import AGAINST, ANY


def step_weights(network: Network, near: Adjacency, direction: str) -> Values:
    """The weight of each step of `near`, in its order.

    `direction` says what `near` is made of: `any` for pairs, `with` or `against` arrows; it may be a part of that.
    """
    tails, heads = np.repeat(np.arange(near.n), near.degrees()), near.indices
    if direction == ANY:
        known, weights = network.pairs, network.pair_weights
        wanted = row_keys(near.n, np.minimum(tails, heads), np.maximum(tails, heads))
    else:
        known, weights = network.arcs, network.arc_weights
        wanted = row_keys(near.n, heads, tails) if direction == AGAINST else row_keys(near.n, tails, heads)
    if not len(known):
        return np.empty(0)
    found: Values = weights[np.searchsorted(row_keys(near.n, *known.T), wanted)]
    return found
