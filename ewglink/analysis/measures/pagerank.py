"""PageRank: where a walker who follows links, and sometimes jumps, is found most often."""

from __future__ import annotations

from dataclasses import dataclass

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer
from ewglink.graph.network import Network
from ewglink.graph.random_walk import random_walk
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
    quick = True
    caution = SAMPLE_BIAS
    options = PageRankOptions

    def run(self, network: Network, options: PageRankOptions) -> Job[Answer]:
        """Iterated until nothing changes any more."""
        yield Progress(1.0, best=ranking(random_walk(network, options.damping)))


MEMBER = PageRank()
