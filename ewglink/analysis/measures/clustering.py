"""Clustering: how many of an entity's neighbours know each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import Answer
from ewglink.graph.as_igraph import undirected
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_


@dataclass(frozen=True)
class ClusteringOptions:
    """Nothing to choose."""


class Clustering:
    """Local clustering coefficient of the simple graph; 0 where there are fewer than two neighbours."""

    key = "clustering"
    name = N_("Clustering")
    definition = N_("The share of pairs of an entity's neighbours that are linked to each other.")
    kind = "ranking"
    options = ClusteringOptions

    def run(self, network: Network, options: ClusteringOptions) -> Job[Answer]:
        """One pass over the triangles."""
        values = undirected(network).transitivity_local_undirected(mode="zero")
        yield Progress(1.0, best=ranking(np.array(values, np.float64)))


MEMBER = Clustering()
