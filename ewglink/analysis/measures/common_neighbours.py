"""Common neighbours: pairs of entities that share most of those they are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ewglink.analysis.contract import Answer, Table
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class CommonNeighboursOptions:
    """Which pairs are listed."""

    fewest: int = option(2, N_("Common neighbours at least"), minimum=1)
    unlinked: bool = option(False, N_("Only pairs without a link of their own"))
    hub: int = option(200, N_("Hubs passed over: neighbours with more links than"), minimum=2)
    most: int = option(1000, N_("Pairs listed"), minimum=1)


class CommonNeighbours:
    """Pairs by the number of their common neighbours, then by the share of all their neighbours that is (Jaccard)."""

    key = "common_neighbours"
    name = N_("Common neighbours")
    definition = N_("Pairs of entities with neighbours in common, and the share that these are of all their "
                    "neighbours. Neighbours with very many links (hubs) are passed over.")
    kind = "table"
    options = CommonNeighboursOptions

    def run(self, network: Network, options: CommonNeighboursOptions) -> Job[Answer]:
        """The adjacency times itself, without hubs in the middle."""
        headings = (N_("First"), N_("Second"), N_("In common"), N_("Share"), N_("Links between them"))
        yield Progress(None)
        if not len(network.pairs):
            yield Progress(1.0, best=Table(headings, (), items=(0, 1)))
            return
        pairs, shared = _shared(network, options)
        union = network.adjacency.degrees()[pairs].sum(axis=1) - shared
        share = shared / np.maximum(union, 1)
        between = network.link_counts(pairs)
        kept = np.flatnonzero(between == 0) if options.unlinked else np.arange(len(pairs))
        order = kept[np.lexsort((pairs[kept, 1], pairs[kept, 0], -share[kept], -shared[kept]))]
        listed = order[:options.most]
        rows = zip(pairs[listed, 0].tolist(), pairs[listed, 1].tolist(), shared[listed].tolist(),
                   share[listed].tolist(), between[listed].tolist(), strict=True)
        yield Progress(1.0, best=Table(headings, tuple(rows), items=(0, 1), truncated=len(order) > len(listed)))


def _shared(network: Network, options: CommonNeighboursOptions) -> tuple[Any, Any]:
    """Pairs of rows, smaller first, and how many neighbours that are no hubs each has in common."""
    from scipy.sparse import csr_array, triu

    near = network.adjacency
    ones = np.ones(len(near.indices), np.int32)
    to_middle = ones * (near.degrees()[near.indices] <= options.hub)
    whole = csr_array((ones, near.indices, near.indptr), shape=(near.n, near.n))
    through = csr_array((to_middle, near.indices.copy(), near.indptr.copy()), shape=(near.n, near.n))
    through.eliminate_zeros()
    found = triu(through @ whole, k=1, format="coo")
    enough = found.data >= options.fewest
    return np.column_stack((found.row[enough], found.col[enough])).astype(np.int64), found.data[enough].astype(np.int64)


MEMBER = CommonNeighbours()
