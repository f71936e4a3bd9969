"""Louvain's communities: as modular as NetworkX's, the same for the same seed, compiled or not, weighted or not."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from ewglink.graph.communities import modularity
from ewglink.graph.louvain import louvain_labels
from ewglink.graph.network import Network
from ewglink.graph.projection import Projection

GRAPHS = (nx.les_miserables_graph(), nx.davis_southern_women_graph(), nx.barabasi_albert_graph(700, 3, seed=4),
          nx.planted_partition_graph(8, 40, 0.3, 0.01, seed=2), nx.path_graph(50), nx.empty_graph(4))


def _network(graph: nx.Graph, weighted: bool) -> Network:
    rows = {node: row for row, node in enumerate(graph)}
    ends = np.array([(rows[a], rows[b]) for a, b in graph.edges], np.int64).reshape(-1, 2)
    m, n = len(ends), len(rows)
    weights = np.array([graph.edges[edge].get("weight", 1.0) for edge in graph.edges]) if weighted else None
    network = Projection.build((np.arange(n), np.zeros(n, int), ("person",)), (
        np.arange(m), ends[:, 0], ends[:, 1], np.zeros(m, int), ("knows",), np.zeros(m, int), np.zeros(m, int),
        weights), {}).network()
    return replace(network, weighted=weighted)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("graph", GRAPHS, ids=str)
def test_communities_are_as_modular_as_those_of_networkx(graph: nx.Graph, weighted: bool) -> None:
    network = _network(graph, weighted)
    for seed in (1, 5):
        labels = louvain_labels(network, seed=seed, kernel=True)
        assert labels.tolist() == louvain_labels(network, seed=seed, kernel=False).tolist()
        assert sorted(set(labels.tolist())) == list(range(labels.max() + 1))
        if network.m:
            weight = "weight" if weighted else None
            theirs = nx.community.louvain_communities(graph, weight=weight, seed=seed)
            assert modularity(network, labels) >= nx.community.modularity(graph, theirs, weight=weight) - 0.02


def test_a_higher_resolution_gives_more_communities() -> None:
    network = _network(GRAPHS[2], False)
    counts = [int(louvain_labels(network, resolution).max()) for resolution in (0.2, 1.0, 4.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_no_move_is_left_that_would_gain() -> None:
    """No entity does better in the community of a neighbour: what NetworkX says of the modularity after a move."""
    graph = GRAPHS[3]
    network = _network(graph, False)
    labels = louvain_labels(network)
    best = modularity(network, labels)
    for row in range(0, network.n, 7):
        for label in set(labels[network.adjacency.of(row)].tolist()):
            moved = labels.copy()
            moved[row] = label
            assert modularity(network, moved) <= best + 1e-3
