"""K-core: how deep in the dense part of the network an entity lies."""

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
class KCoreOptions:
    """Nothing to choose."""


class KCore:
    """Core numbers of the simple graph (Batagelj and Zaveršnik, 2003)."""

    key = "k_core"
    name = N_("K-core")
    definition = N_("The largest k such that the entity is in a group whose members each have k neighbours in it.")
    kind = "ranking"
    options = KCoreOptions

    def run(self, network: Network, options: KCoreOptions) -> Job[Answer]:
        """One pass."""
        yield Progress(1.0, best=ranking(np.array(undirected(network).coreness(), np.float64)))


MEMBER = KCore()
