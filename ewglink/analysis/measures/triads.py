"""Triads: how often each of the sixteen ways occurs in which arrows can join three entities."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from ewglink.analysis.contract import Answer, Table
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_

KINDS = ("003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C",
         "210", "300")
"""Mutual, one-way and missing links, in the notation of Davis and Leinhardt (1972)."""


@dataclass(frozen=True)
class TriadsOptions:
    """Nothing to choose."""


class Triads:
    """The triad census of the simple directed graph; a link without arrows goes both ways."""

    key = "triads"
    name = N_("Triads")
    definition = N_("How many groups of three entities are joined in each of sixteen ways: mutual, one-way and missing "
                    "links, then up, down, cycle or transitive. 300 is a closed triangle, 201 an open one.")
    kind = "table"
    options = TriadsOptions

    def run(self, network: Network, options: TriadsOptions) -> Job[Answer]:
        """One census."""
        import igraph
        import numpy as np

        yield Progress(None)
        headings = (N_("Triad"), N_("Number"))
        if network.n < 3:
            yield Progress(1.0, best=Table(headings, tuple((kind, 0) for kind in KINDS)))
            return
        graph = igraph.Graph(n=network.n, edges=network.arcs.astype(np.int64), directed=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            census = graph.triad_census()
        yield Progress(1.0, best=Table(headings, tuple((kind, int(getattr(census, f"t{kind}"))) for kind in KINDS)))


MEMBER = Triads()
