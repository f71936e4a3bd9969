"""Betweenness: how often an entity lies on the shortest ways between others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer, Ranking
from ewglink.graph.brandes import COMPILED_FROM, Values, contributions, dependencies
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

_WORK = 12_000_000
"""Sources times steps walked between two reports of progress."""
_LEAST, _MANY = 8, 100_000
"""Sources at a time where there are many entities: enough for every core."""


@dataclass(frozen=True)
class BetweennessOptions:
    """How much is walked."""

    sources: int = option(0, N_("Entities sampled"), minimum=0, lowest=N_("All (exact)"))
    seed: int = option(1, N_("Seed"), minimum=0)


class Betweenness:
    """Shortest-path betweenness of the simple graph (Brandes, 2001), normalised, ends excluded.

    Arrows count in a directed network; in a weighted one a step is as long as 1 / weight. With `sources`, an estimate
    from that many randomly chosen starts (Brandes and Pich, 2007), each value with its standard error.
    """

    key = "betweenness"
    name = N_("Betweenness")
    definition = N_("The share of shortest paths between two others that go through the entity, over all pairs.")
    kind = "ranking"
    caution = SAMPLE_BIAS
    frees_lock = True
    options = BetweennessOptions

    def run(self, network: Network, options: BetweennessOptions) -> Job[Answer]:
        """Searches from every source, some at a time; stopped early, the answer is the estimate from those done."""
        n = network.n
        sources = np.random.default_rng(options.seed).permutation(n)
        sampled = 0 < options.sources < n
        if sampled:
            sources = sources[:options.sources]
        total, squares = np.zeros(n), np.zeros(n)
        some = max(_LEAST if n > _MANY else 1, _WORK // max(1, n + len(network.ways.indices)))
        for start in range(0, len(sources), some):
            if sampled:
                more, squared = contributions(network, sources[start:start + some])
                squares += squared
            else:
                more = dependencies(network, sources[start:start + some], kernel=self._kernel(network))
            total += more
            done = min(len(sources), start + some)
            yield Progress(done / len(sources), best=_estimate(n, total, squares if sampled else None, done))
        if not n:
            yield Progress(1.0, best=ranking(total))

    def _kernel(self, network: Network) -> bool | None:
        """Ask for the kernel where all sources together are worth it, however many are done at a time."""
        return True if not network.weighted and network.n * len(network.ways.indices) >= COMPILED_FROM else None


def _estimate(n: int, total: Values, squares: Values | None, done: int) -> Ranking:
    """The values that `done` sources tell of, drawn without putting back from `n`."""
    pairs = max(1.0, (n - 1.0) * (n - 2.0))
    errors = None
    if squares is not None and done > 1:
        variance = np.maximum(squares / done - (total / done) ** 2, 0.0) * done / (done - 1)
        errors = n * np.sqrt(variance / done * (1.0 - done / n)) / pairs
    return ranking(total * (n / done) / pairs, errors=errors)


MEMBER = Betweenness()
