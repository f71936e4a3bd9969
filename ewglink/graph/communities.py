"""Communities: groups more closely linked among themselves than chance would have it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ewglink.graph.as_igraph import as_igraph, seeded
from ewglink.graph.network import Network


def community_labels(network: Network, method: str = "leiden", resolution: float = 1.0,
                     seed: int = 1) -> npt.NDArray[np.int64]:
    """The community of each row, (n,) int64, by modularity; the same for the same seed.

    `leiden`: Traag, Waltman and van Eck, 2019; `louvain`: Blondel and others, 2008.
    """
    if not network.n:
        return np.empty(0, np.int64)
    graph = as_igraph(network)
    with seeded(seed):
        if method == "louvain":
            found = graph.community_multilevel(resolution=resolution)
        else:
            found = graph.community_leiden(objective_function="modularity", resolution=resolution, n_iterations=-1)
    return np.asarray(found.membership, np.int64)
