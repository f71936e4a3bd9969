"""Communities: groups more closely linked among themselves than chance would have it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.as_igraph import seeded, undirected
from ewglink.graph.louvain import louvain_labels
from ewglink.graph.network import Network


def community_labels(network: Network, method: str = "leiden", resolution: float = 1.0,
                     seed: int = 1) -> npt.NDArray[np.int64]:
    """The community of each row, (n,) int64, by modularity; the same for the same seed. Weights count, arrows do not.

    `leiden`: Traag, Waltman and van Eck, 2019; `louvain`: Blondel and others, 2008.
    """
    if not network.n:
        return np.empty(0, np.int64)
    if method == "louvain":
        return louvain_labels(network, resolution, seed)
    graph, weights = undirected(network), network.pair_weights.tolist() if network.weighted else None
    with seeded(seed):
        found = graph.community_leiden(objective_function="modularity", weights=weights, resolution=resolution,
                                       n_iterations=-1)
    return np.asarray(found.membership, np.int64)


def modularity(network: Network, labels: npt.NDArray[Any], resolution: float = 1.0) -> float:
    """How much more of the links (of their weights) is within groups than chance would have it (Newman, 2004)."""
    if not len(network.pairs):
        return 0.0
    weights = network.pair_weights if network.weighted else np.ones(len(network.pairs))
    labels = np.asarray(labels)
    total = weights.sum()
    inside = weights[labels[network.pairs[:, 0]] == labels[network.pairs[:, 1]]].sum()
    strength = np.bincount(labels[network.pairs].ravel(), weights=np.repeat(weights, 2))
    return float(inside / total - resolution * ((strength / (2 * total)) ** 2).sum())
