"""Closeness: how few steps an entity is from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer, Ranking
from ewglink.graph.as_igraph import as_igraph, costs
from ewglink.graph.components import component_labels
from ewglink.graph.nearness import Nearness, nearness
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

_WORK = 400_000_000
"""Sources times steps between two reports of progress."""
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ClosenessOptions:
    """Which closeness, and how much is walked."""

    variant: str = option("classic", N_("Kind"), choices=("classic", "harmonic"),
                          choice_labels=(N_("By the mean number of steps"), N_("Harmonic: the sum of 1 / steps")))
    sources: int = option(0, N_("Entities sampled"), minimum=0, lowest=N_("All (exact)"))
    seed: int = option(1, N_("Seed"), minimum=0)


class Closeness:
    """Closeness with the correction of Wasserman and Faust for networks in several parts, or harmonic, as in NetworkX.

    Steps are those that lead to the entity, along arrows in a directed network; in a weighted one a step is as long as
    1 / weight, and all entities are looked at. With `sources`, an estimate from that many (Eppstein and Wang, 2004).
    """

    key = "closeness"
    name = N_("Closeness")
    definition = N_("The inverse of the mean number of steps to the entities in reach, times the share that is.")
    kind = "ranking"
    caution = SAMPLE_BIAS
    frees_lock = True
    options = ClosenessOptions

    def run(self, network: Network, options: ClosenessOptions) -> Job[Answer]:
        """Searches from every entity, some at a time; stopped early, the answer is the estimate from those done."""
        n = network.n
        if network.weighted or n < 2:
            yield Progress(1.0, best=ranking(_weighted(network, options.variant) if n > 1 else np.zeros(n)))
            return
        sources = np.random.default_rng(options.seed).permutation(n)
        if 0 < options.sources < n:
            sources = sources[:options.sources]
        some = 256 * max(1, _WORK // 256 // max(1, n + len(network.ways.indices)))
        sums: Nearness | None = None
        for start in range(0, len(sources), some):
            more = nearness(network, sources[start:start + some])
            sums = more if sums is None else sums.plus(more)
            done = min(len(sources), start + some)
            yield Progress(done / len(sources), best=_ranked(network, options.variant, sums, done))


def _ranked(network: Network, variant: str, sums: Nearness, done: int) -> Ranking:
    """The values that the sums over `done` sources tell of."""
    n = network.n
    whole = done == n
    if variant == "harmonic":
        scale = (n - 1) / np.maximum(done * (n - 1) / n, 1) if not whole else 1.0
        mean = sums.inverse / done
        error = _error(sums.inverse_squared, mean, done, n) * done * scale
        return ranking(sums.inverse * scale, errors=None if whole else error)
    reached = np.maximum(sums.reached, 1.0)
    mean = np.maximum(sums.steps / reached, 1e-300)
    reach = sums.reached if whole else _in_reach(network, sums, done)
    values = np.where(sums.reached > 0, reach / (mean * max(n - 1, 1)), 0.0)
    if whole:
        return ranking(values)
    error = _error(sums.steps_squared, mean, reached, reach + 1)
    return ranking(values, errors=values * error / mean)


def _error(squares: Values, mean: Values, done: Values | float, n: Values | float) -> Values:
    """The standard error of a mean of `done` values drawn without putting back from `n`."""
    variance = np.maximum(squares / done - mean ** 2, 0.0) * done / np.maximum(done - 1.0, 1.0)
    error: Values = np.sqrt(variance / done * np.maximum(1.0 - done / np.maximum(n, 1.0), 0.0))
    return error


def _in_reach(network: Network, sums: Nearness, done: int) -> Values:
    """How many others there are ways from: counted by components, or estimated where arrows count."""
    if network.directed:
        return sums.reached * (network.n / done)
    labels = component_labels(network.n, network.ends)
    found: Values = (np.bincount(labels)[labels] - 1).astype(np.float64)
    return found


def _weighted(network: Network, variant: str) -> Values:
    graph = as_igraph(network)
    if variant == "harmonic":
        mean = np.array(graph.harmonic_centrality(mode="in", weights=costs(network), normalized=True), np.float64)
        return mean * (network.n - 1)
    values = np.nan_to_num(np.array(graph.closeness(mode="in", weights=costs(network)), np.float64))
    reached = nearness(network, np.arange(network.n)).reached
    return values * reached / max(network.n - 1, 1)


MEMBER = Closeness()
