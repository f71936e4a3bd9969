"""Articulation points: entities without which their part of the network falls apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import Answer
from ewglink.graph.as_igraph import as_igraph
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
        """One pass: an entity in two or more biconnected components is an articulation point."""
        if not network.m:
            yield Progress(1.0, best=ranking(np.empty(0)))
            return
        blocks = as_igraph(network).biconnected_components()
        members = np.fromiter((row for block in blocks for row in block), np.int64)
        parts = np.bincount(members, minlength=network.n)
        rows = np.flatnonzero(parts > 1)
        yield Progress(1.0, best=ranking(parts[rows], rows))


MEMBER = ArticulationPoints()
