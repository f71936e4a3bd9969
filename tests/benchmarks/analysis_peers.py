"""The same questions put to NetworkX, igraph and rustworkx, and up to which size each is worth waiting for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

_OF_MILLIONS = {"degree", "betweenness", "closeness", "pagerank", "k_core", "components", "articulation_points",
                "bridges", "fragmentation"}


@dataclass(frozen=True)
class Question:
    """A measure with the options that make it the same question for all; `sampled` sources where it is a sample.

    `networkx`, `igraph` and `rustworkx` take their own graph; `most` is the largest network NetworkX is asked about (it
    would take minutes of a larger one), `share` the part of the sources it looks at, whose time is scaled up;
    `peers_most` the largest that the others are asked about, `peers_share` as `share` is.
    """

    measure: str
    options: dict[str, Any] = field(default_factory=dict)
    networkx: Callable[[Any], Any] | None = None
    igraph: Callable[[Any], Any] | None = None
    rustworkx: Callable[[Any], Any] | None = None
    most: int = 100_000
    peers_most: int = 1_000_000
    share: float = 1.0
    peers_share: float = 1.0
    target: float | None = None

    @property
    def name(self) -> str:
        """The measure and its options."""
        return " ".join([self.measure, *(f"{key}={value}" for key, value in self.options.items())])


def questions(n: int) -> list[Question]:
    """What is asked of a network of `n` entities; of a million what a person would wait for."""
    asked = _questions(n)
    return asked if n < 1_000_000 else [one for one in asked if one.measure in _OF_MILLIONS]


def _questions(n: int) -> list[Question]:
    return [
        Question("degree", {}, lambda g: list(g.degree()), lambda g: g.degree(),
                 lambda g: [g.degree(row) for row in range(n)]),
        *_walks(n),
        Question("eigenvector", {}, lambda g: nx.eigenvector_centrality(g, 5000, 1e-10),
                 None, most=10_000),
        Question("pagerank", {}, lambda g: nx.pagerank(g, tol=1e-12, max_iter=1000), lambda g: g.pagerank(),
                 (lambda g: rx().pagerank(g.to_directed(), tol=1e-12, max_iter=1000)) if n <= 100_000 else None),
        Question("k_core", {}, nx.core_number, lambda g: g.coreness(), lambda g: rx().core_number(g)),
        Question("clustering", {}, nx.clustering, lambda g: g.transitivity_local_undirected(mode="zero")),
        Question("components", {}, lambda g: list(nx.connected_components(g)),
                 lambda g: list(g.connected_components()), lambda g: rx().connected_components(g),
                 target=1.0 if n >= 1_000_000 else None),
        Question("articulation_points", {}, lambda g: list(nx.articulation_points(g)),
                 lambda g: g.articulation_points(), lambda g: rx().articulation_points(g)),
        Question("bridges", {}, lambda g: list(nx.bridges(g)), lambda g: g.bridges(), lambda g: rx().bridges(g)),
        Question("communities", {"method": "louvain"}, lambda g: nx.community.louvain_communities(g, seed=1),
                 lambda g: g.community_multilevel(), most=10_000, peers_most=100_000),
        Question("communities", {"method": "leiden"}, None,
                 (lambda g: g.community_leiden(objective_function="modularity", n_iterations=-1)) if n <= 10_000
                 else None),
        Question("ego", {}, lambda g: (nx.effective_size(g), nx.constraint(g)), None, most=1_000),
        Question("fragmentation", {"count": 3}), Question("reach", {"count": 3}),
        Question("common_neighbours"), Question("cycles", {"longest": 3}),
    ]


def rx() -> Any:
    """rustworkx; ImportError where it is not installed (it is no dependency of the program)."""
    import rustworkx

    return rustworkx


def rustworkx_graph(n: int, pairs: Any) -> Any | None:
    """The graph as rustworkx has it, None where that is not installed."""
    try:
        graph = rx().PyGraph(multigraph=False)
    except ImportError:
        return None
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data(list(map(tuple, pairs.tolist())))
    return graph


def _walks(n: int) -> list[Question]:
    """Betweenness and closeness: exact up to 10,000, beyond that from a sample."""
    few = min(n, 10) if n <= 10_000 else 2
    if n <= 10_000:
        return [Question("betweenness", {}, lambda g: nx.betweenness_centrality(g, k=few, seed=1),
                         lambda g: g.betweenness(), share=few / n, target=3.0 if n == 10_000 else None),
                Question("closeness", {}, lambda g: [nx.closeness_centrality(g, node) for node in range(few)],
                         lambda g: g.closeness(), share=few / n)]
    looked = 16 if n <= 100_000 else 2
    return [Question("betweenness", {"sources": 64}, lambda g: nx.betweenness_centrality(g, k=few, seed=1),
                     lambda g: g.betweenness(sources=list(range(looked))), share=few / 64, peers_share=looked / 64,
                     target=30.0 if n >= 1_000_000 else None),
            Question("closeness", {"sources": 256},
                     lambda g: [nx.single_source_shortest_path_length(g, node) for node in range(few)],
                     lambda g: g.closeness(vertices=list(range(looked))), share=few / 256, peers_share=looked / 256)]
