"""Ego networks: how large and how closed the circle around each entity is, and whom it brings together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.contract import SAMPLE_BIAS, Answer, Table
from ewglink.graph.as_igraph import undirected
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class EgoOptions:
    """Which entities are listed."""

    smallest: int = option(1, N_("Fewest neighbours"), minimum=0)


class Ego:
    """Ego networks of one step, arrows disregarded: size, density, pairs brought together, effective size (Borgatti,
    1997) and constraint (Burt, 1992), which alone looks at weights."""

    key = "ego"
    name = N_("Ego networks")
    definition = N_("For each entity: its neighbours, the share of their pairs that are linked, the pairs that are not "
                    "(which it brings together), its effective size, and its constraint (low: free to broker).")
    kind = "table"
    caution = SAMPLE_BIAS
    options = EgoOptions

    def run(self, network: Network, options: EgoOptions) -> Job[Answer]:
        """By triangles; the widest circle first, then by id."""
        headings = (N_("Entity"), N_("Neighbours"), N_("Density"), N_("Pairs brought together"), N_("Effective size"),
                    N_("Constraint"))
        if not network.n:
            yield Progress(1.0, best=Table(headings, (), items=(0,)))
            return
        graph = undirected(network)
        size = network.adjacency.degrees()
        pairs = size * (size - 1) // 2
        density = np.array(graph.transitivity_local_undirected(mode="zero"), np.float64)
        ties = np.rint(density * pairs).astype(np.int64)
        yield Progress(0.5)
        weights = network.pair_weights.tolist() if network.weighted else None
        constraint = np.array(graph.constraint(weights=weights), np.float64)
        effective = size - 2.0 * ties / np.maximum(size, 1)
        order = np.lexsort((np.arange(network.n), -size))
        order = order[size[order] >= options.smallest]
        columns = (order, size[order], density[order], (pairs - ties)[order], effective[order], constraint[order])
        rows = zip(*(column.tolist() for column in columns), strict=True)
        yield Progress(1.0, best=Table(headings, tuple((*row[:5], _known(row[5])) for row in rows), items=(0,)))


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


MEMBER = Ego()
