"""PageRank: where a walker who follows links, and sometimes jumps, is found most often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer
from ewglink.graph.as_igraph import as_igraph
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class PageRankOptions:
    """The walk."""

    damping: float = option(0.85, N_("Damping"), minimum=0.0, maximum=0.999)


class PageRank:
    """PageRank of the simple graph (Page and others, 1999); an entity that leads nowhere jumps anywhere.

    Arrows count in a directed network, weights in a weighted one.
    """

    key = "pagerank"
    name = N_("PageRank")
    definition = N_("How often a walk that follows links at random, and now and then jumps, comes to the entity.")
    kind = "ranking"
    caution = SAMPLE_BIAS
    options = PageRankOptions

    def run(self, network: Network, options: PageRankOptions) -> Job[Answer]:
        """Solved directly, not by iterations."""
        if not network.n:
            yield Progress(1.0, best=ranking(np.empty(0)))
            return
        _ends, weights = network.edges
        values = as_igraph(network).pagerank(directed=network.directed, damping=options.damping,
                                             weights=None if weights is None else weights.tolist())
        yield Progress(1.0, best=ranking(np.array(values, np.float64)))


MEMBER = PageRank()
