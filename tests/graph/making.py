"""Networks made for tests: of links with directions, weights and times, and Hypothesis strategies for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from ewglink.graph.network import Network
from ewglink.graph.projection import Projection


def of_links(n: int, wires: Sequence[tuple[Any, ...]], *, directed: bool = False,
             weights: Sequence[float] | None = None, times: Sequence[tuple[int, int]] | None = None) -> Network:
    """Entities 10, 20, … and links 1, 2, …: ends (numbers of entities from 0) and direction."""
    network = Projection.build(([10 * (i + 1) for i in range(n)], [0] * n, ("person",)),
                               (list(range(1, len(wires) + 1)), [10 * (w[0] + 1) for w in wires],
                                [10 * (w[1] + 1) for w in wires], [0] * len(wires), ("knows",),
                                [w[2] if len(w) > 2 else 0 for w in wires], [0] * len(wires)), {}).network()
    network = replace(network, directed=directed, weighted=weights is not None)
    if weights is not None:
        network = replace(network, weights=np.array(weights, np.float64))
    if times is not None:
        columns = np.array(times, np.int64).reshape(-1, 2)
        network = replace(network, starts=columns[:, 0], stops=columns[:, 1])
    return network


def of_graph(graph: Any) -> Network:
    """The network of a NetworkX graph; node i in the graph's order is entity 10 (i + 1)."""
    place = {node: at for at, node in enumerate(graph)}
    direction = 1 if graph.is_directed() else 0
    return of_links(len(graph), [(place[a], place[b], direction) for a, b in graph.edges()],
                    directed=graph.is_directed())


def simple_graph(network: Network) -> Any:
    """The simple NetworkX graph of rows, made link by link: weights of parallel links summed, `cost` their inverse."""
    graph = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(range(network.n))
    for (a, b), direction, weight in zip(network.ends.tolist(), network.directions.tolist(), network.weights.tolist(),
                                         strict=True):
        ways = [(a, b)]
        if network.directed:
            ways = {1: [(a, b)], 2: [(b, a)]}.get(direction, [(a, b), (b, a)])
        for tail, head in ways:
            if tail != head:
                known = graph.get_edge_data(tail, head, {"weight": 0.0})["weight"]
                graph.add_edge(tail, head, weight=known + weight)
    for _a, _b, facts in graph.edges(data=True):
        facts["cost"] = 1.0 / facts["weight"]
    return graph


@st.composite
def multigraphs(draw: st.DrawFn, *, directed: bool | None = None, weighted: bool | None = None,
                timed: bool = False, most: int = 9) -> Network:
    """Random multigraphs with loops, parallel links and isolated nodes."""
    n = draw(st.integers(1, most))
    end = st.integers(0, n - 1)
    wires = draw(st.lists(st.tuples(end, end, st.integers(0, 3)), max_size=24))
    weigh = draw(st.booleans()) if weighted is None else weighted
    weights = draw(st.lists(st.sampled_from((0.5, 1.0, 2.0, 4.0)), min_size=len(wires), max_size=len(wires)))
    begun = draw(st.lists(st.integers(0, 6), min_size=len(wires), max_size=len(wires))) if timed else []
    lasts = draw(st.lists(st.integers(0, 2), min_size=len(wires), max_size=len(wires))) if timed else []
    times = [(start, start + more) for start, more in zip(begun, lasts, strict=True)] if timed else None
    return of_links(n, wires, directed=draw(st.booleans()) if directed is None else directed,
                    weights=weights if weigh else None, times=times)
