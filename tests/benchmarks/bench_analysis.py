"""Measures timed beside NetworkX in the same run, and the size of the largest difference between their answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np

from ewglink.analysis.contract import MEASURES, Groups, Ranking
from ewglink.graph.network import Network
from ewglink.graph.paths import shortest_path
from ewglink.graph.projection import Projection
from ewglink.model.progress import finish

SIZES = (1_000, 10_000)
NETWORKX: dict[str, Callable[[Any], Any]] = {
    "degree": lambda graph: dict(graph.degree()), "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality, "eigenvector": lambda graph: nx.eigenvector_centrality(graph, 5000, 1e-10),
    "pagerank": lambda graph: nx.pagerank(graph, tol=1e-12, max_iter=1000), "k_core": nx.core_number,
    "clustering": nx.clustering, "components": lambda graph: list(nx.connected_components(graph)),
    "articulation_points": lambda graph: list(nx.articulation_points(graph)),
    "bridges": lambda graph: list(nx.bridges(graph)),
    "communities": lambda graph: nx.community.louvain_communities(graph, seed=1),
}
_SLOW = {"betweenness": 2_000, "closeness": 2_000}
"""Where pure NetworkX takes minutes it is left out above this size."""


def _case(n: int) -> tuple[Network, Any]:
    graph = nx.gnm_random_graph(n, 2 * n, seed=1)
    graph.add_edges_from((node, node // 2) for node in range(1, n) if node % 5 == 0)
    ends = np.array(list(graph.edges()))
    m = len(ends)
    network = Projection.build((np.arange(n), np.zeros(n, int), ("person",)),
                               (np.arange(m), ends[:, 0], ends[:, 1], np.zeros(m, int), ("knows",), np.zeros(m, int),
                                np.zeros(m, int)), {}).network()
    return network, graph


def _difference(answer: Any, network: Network, expected: Any) -> float | None:
    if not isinstance(answer, Ranking) or not isinstance(expected, dict):
        return None
    ids = network.ids[answer.rows].tolist()
    values = answer.values.tolist()
    return max((abs(expected[key] - value) for key, value in zip(ids, values, strict=True)), default=0.0)


def _timed(function: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = function()
    return time.perf_counter() - began, answer


def run(size: int | None = None) -> list[dict[str, Any]]:
    """One row for every measure and size; `size` entities, else 1,000 and 10,000."""
    rows: list[dict[str, Any]] = []
    for n in (size,) if size else SIZES:
        network, graph = _case(n)
        for key, peer in NETWORKX.items():
            measure = MEASURES.get(key)
            job = measure.run(network, measure.options())
            spent, answer = _timed(lambda job=job: finish(job))  # type: ignore[misc]
            row = {"n": n, "m": network.m, "measure": key, "seconds": round(spent, 4)}
            if n <= _SLOW.get(key, 100_000):
                theirs, expected = _timed(lambda peer=peer, graph=graph: peer(graph))  # type: ignore[misc]
                row |= {"networkx": round(theirs, 4), "ratio": round(theirs / max(spent, 1e-9), 1),
                        "difference": _difference(answer, network, expected)}
            if isinstance(answer, Groups):
                row["groups"] = len(answer.groups)
            rows.append(row)
        spent, _path = _timed(lambda network=network, n=n: shortest_path(network, 0, n - 1))  # type: ignore[misc]
        theirs, _walk = _timed(lambda graph=graph, n=n: nx.has_path(graph, 0, n - 1))  # type: ignore[misc]
        rows.append({"n": n, "m": network.m, "measure": "shortest path", "seconds": round(spent, 4),
                     "networkx": round(theirs, 4), "ratio": round(theirs / max(spent, 1e-9), 1)})
    return rows


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else None), indent=1))
