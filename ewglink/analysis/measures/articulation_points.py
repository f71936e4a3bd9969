"""Articulation points: entities without which their part of the network falls apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import Answer
from ewglink.graph.cuts import cuts
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_


@dataclass(frozen=True)
class ArticulationPointsOptions:
    """Nothing to choose."""


class ArticulationPoints:
    """Articulation points only, each with the number of parts that its removal leaves (its biconnected components)."""

    key = "articulation_points"
    name = N_("Articulation points")
    definition = N_("Entities without which their component falls apart; the value is the number of parts left.")
    kind = "ranking"
    options = ArticulationPointsOptions

    def run(self, network: Network, options: ArticulationPointsOptions) -> Job[Answer]:
        """One walk."""
        parts = cuts(network.adjacency).parts
        rows = np.flatnonzero(parts > 1)
        yield Progress(1.0, best=ranking(parts[rows], rows))


MEMBER = ArticulationPoints()
