"""Bridges: pairs of entities whose link alone holds two parts together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.contract import Answer, Table
from ewglink.graph.cuts import cuts
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_


@dataclass(frozen=True)
class BridgesOptions:
    """Nothing to choose."""


class Bridges:
    """Bridges of the simple graph: parallel links between two entities are one bridge, and their number is given."""

    key = "bridges"
    name = N_("Bridges")
    definition = N_("Pairs of entities whose links are the only connection between two parts of a component.")
    kind = "table"
    options = BridgesOptions

    def run(self, network: Network, options: BridgesOptions) -> Job[Answer]:
        """Bridges, the one that cuts off most first, then by ids."""
        headings = (N_("From"), N_("To"), N_("Links"), N_("Entities cut off"))
        found = cuts(network.adjacency)
        order = np.lexsort((found.bridges[:, 1], found.bridges[:, 0], -found.cut_off))
        pairs = found.bridges[order]
        rows = tuple(zip(pairs[:, 0].tolist(), pairs[:, 1].tolist(), network.link_counts(pairs).tolist(),
                         found.cut_off[order].tolist(), strict=True))
        yield Progress(1.0, best=Table(headings, rows, items=(0, 1)))


MEMBER = Bridges()
