"""Bridges: pairs of entities whose link alone holds two parts together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.analysis.contract import Answer, Table
from ewglink.graph.adjacency import Adjacency, from_pairs
from ewglink.graph.as_igraph import as_igraph
from ewglink.graph.components import component_labels
from ewglink.graph.network import Network
from ewglink.model.progress import Job, Progress
from ewglink.text import N_

Rows = npt.NDArray[np.int64]


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
        pairs = network.pairs
        found = np.array(sorted(as_igraph(network).bridges()), np.int64)
        if not len(found):
            yield Progress(1.0, best=Table(headings, (), items=(0, 1)))
            return
        yield Progress(0.5)
        bridges = pairs[found].astype(np.int64)
        cut = _cut_off(network.n, np.delete(pairs, found, axis=0), bridges)
        order = np.lexsort((bridges[:, 1], bridges[:, 0], -cut))
        rows = tuple((a, b, len(network.links_between(a, b)), size)
                     for (a, b), size in zip(bridges[order].tolist(), cut[order].tolist(), strict=True))
        yield Progress(1.0, best=Table(headings, rows, items=(0, 1)))


def _cut_off(n: int, others: npt.NDArray[np.int32], bridges: Rows) -> Rows:
    """How many entities each bridge would cut off: the smaller side of the tree that blocks and bridges make."""
    block = component_labels(n, others)
    count = int(block.max()) + 1
    tree = block[bridges]
    parent, order = _hang(count, from_pairs(count, tree))
    size = np.bincount(block, minlength=count).astype(np.int64)
    for node in reversed(order):
        if parent[node] >= 0:
            size[parent[node]] += size[node]
    root = np.arange(count)
    for node in order:
        if parent[node] >= 0:
            root[node] = root[parent[node]]
    below = np.where(parent[tree[:, 0]] == tree[:, 1], tree[:, 0], tree[:, 1])
    smaller: Rows = np.minimum(size[below], size[root[below]] - size[below])
    return smaller


def _hang(count: int, tree: Adjacency) -> tuple[Rows, list[int]]:
    """Every block's parent (−1 for a root) and the blocks in an order that has parents first."""
    parent = np.full(count, -1, np.int64)
    seen = np.zeros(count, np.bool_)
    order: list[int] = []
    for root in range(count):
        if seen[root]:
            continue
        seen[root] = True
        waiting = [root]
        while waiting:
            node = waiting.pop()
            order.append(node)
            for near in tree.of(node).tolist():
                if not seen[near]:
                    seen[near] = True
                    parent[near] = node
                    waiting.append(near)
    return parent, order


MEMBER = Bridges()
