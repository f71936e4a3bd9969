"""Betweenness: how often an entity lies on the shortest ways between others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import Answer
from ewglink.graph.brandes import dependencies
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

_WORK = 6_000_000
"""Entities times links walked between two reports of progress."""


@dataclass(frozen=True)
class BetweennessOptions:
    """How much is walked."""

    sources: int = option(0, N_("Entities sampled"), minimum=0, lowest=N_("All (exact)"))
    seed: int = option(1, N_("Seed"), minimum=0)


class Betweenness:
    """Shortest-path betweenness of the simple undirected graph (Brandes, 2001), normalised, ends excluded.

    With `sources`, an estimate from that many randomly chosen starts (Brandes and Pich, 2007).
    """

    key = "betweenness"
    name = N_("Betweenness")
    definition = N_("The share of shortest paths between two others that go through the entity, over all pairs.")
    kind = "ranking"
    options = BetweennessOptions

    def run(self, network: Network, options: BetweennessOptions) -> Job[Answer]:
        """Searches from every source, some at a time; stopped early, the answer is the estimate from those done."""
        n = network.n
        sources = np.random.default_rng(options.seed).permutation(n)
        if 0 < options.sources < n:
            sources = sources[:options.sources]
        total = np.zeros(n)
        pairs = max(1.0, (n - 1.0) * (n - 2.0))
        some = max(1, _WORK // max(1, n + len(network.pairs)))
        for start in range(0, len(sources), some):
            total += dependencies(network, sources[start:start + some])
            done = min(len(sources), start + some)
            yield Progress(done / len(sources), best=ranking(total * (n / done) / pairs))
        if not n:
            yield Progress(1.0, best=ranking(total))


MEMBER = Betweenness()
