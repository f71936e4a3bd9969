"""Closeness: how few steps an entity is from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import Answer
from ewglink.graph.as_igraph import as_igraph
from ewglink.graph.components import component_labels
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_

_WORK = 4_000_000
"""Entities times links walked between two reports of progress."""


@dataclass(frozen=True)
class ClosenessOptions:
    """Nothing to choose."""


class Closeness:
    """Closeness with the correction of Wasserman and Faust for networks in several parts, as in NetworkX."""

    key = "closeness"
    name = N_("Closeness")
    definition = N_("The inverse of the mean number of steps to the entities in reach, times the share that is.")
    kind = "ranking"
    options = ClosenessOptions

    def run(self, network: Network, options: ClosenessOptions) -> Job[Answer]:
        """Searches from every entity, some at a time; stopped early, the rest counts as 0."""
        n = network.n
        values = np.zeros(n)
        graph = as_igraph(network)
        labels = component_labels(n, network.pairs)
        reach = np.bincount(labels)[labels] - 1 if n else np.empty(0, np.int64)
        some = max(1, _WORK // max(1, n + len(network.pairs)))
        for start in range(0, n, some):
            rows = np.arange(start, min(n, start + some))
            found = np.array(graph.closeness(vertices=rows.tolist()), np.float64)
            values[rows] = np.nan_to_num(found) * reach[rows] / max(n - 1, 1)
            if rows[-1] + 1 < n:
                yield Progress((rows[-1] + 1) / n, best=ranking(values))
        yield Progress(1.0, best=ranking(values))


MEMBER = Closeness()
