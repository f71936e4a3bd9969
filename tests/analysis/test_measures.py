"""Every measure against NetworkX and against values worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.analysis.contract import MEASURES, Groups, Ranking, Table
from ewglink.graph.as_networkx import as_networkx
from ewglink.graph.brandes import dependencies
from ewglink.graph.network import Network
from ewglink.graph.projection import Projection
from ewglink.model.progress import finish


def network_of(nodes: Iterable[int], wires: list[tuple[int, ...]]) -> Network:
    """Links number 1, 2, …; a third value is the direction."""
    nodes = list(nodes)
    return Projection.build((nodes, [0] * len(nodes), ("person",)),
                            (list(range(1, len(wires) + 1)), [w[0] for w in wires], [w[1] for w in wires],
                             [0] * len(wires), ("knows",), [w[2] if len(w) > 2 else 0 for w in wires],
                             [0] * len(wires)), {}).network()


def from_graph(graph: Any) -> Network:
    return network_of(graph.nodes, list(graph.edges()))


def ask(key: str, network: Network, **options: Any) -> Any:
    measure = MEASURES.get(key)
    return finish(measure.run(network, measure.options(**options)))


def ranked(answer: Any, network: Network) -> dict[int, float]:
    assert isinstance(answer, Ranking)
    listed = list(zip((-answer.values).tolist(), network.ids[answer.rows].tolist(), strict=True))
    assert listed == sorted(listed)
    return {int(network.ids[row]): float(value) for row, value in zip(answer.rows, answer.values, strict=True)}


NETWORKX = {
    "betweenness": nx.betweenness_centrality, "closeness": nx.closeness_centrality, "k_core": nx.core_number,
    "clustering": nx.clustering, "pagerank": lambda graph: nx.pagerank(graph, tol=1e-14, max_iter=10_000),
}


def check_against_networkx(network: Network) -> None:
    graph = as_networkx(network)
    simple = nx.Graph(graph)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    assert ranked(ask("degree", network), network) == dict(graph.degree())
    for key, function in NETWORKX.items():
        assert ranked(ask(key, network), network) == pytest.approx(dict(function(simple)), abs=1e-9), key
    parts = [network.ids[group].tolist() for group in ask("components", network).groups]
    assert parts == sorted((sorted(part) for part in nx.connected_components(simple)),
                           key=lambda part: (-len(part), part[0]))
    points = ranked(ask("articulation_points", network), network)
    before = nx.number_connected_components(simple)
    expected = {}
    for point in nx.articulation_points(simple):
        rest = simple.copy()
        rest.remove_node(point)
        expected[point] = nx.number_connected_components(rest) - before + 1
    assert points == expected
    check_bridges(network, graph, simple)


def check_bridges(network: Network, graph: Any, simple: Any) -> None:
    table = ask("bridges", network)
    assert isinstance(table, Table)
    found = {}
    for a, b, links, cut in table.rows:
        found[tuple(network.ids[[a, b]].tolist())] = (links, cut)
    expected = {}
    for a, b in nx.bridges(simple):
        rest = simple.copy()
        rest.remove_edge(a, b)
        sizes = [len(nx.node_connected_component(rest, end)) for end in (a, b)]
        expected[min(a, b), max(a, b)] = (graph.number_of_edges(a, b), min(sizes))
    assert found == expected
    assert [row[3] for row in table.rows] == sorted((row[3] for row in table.rows), reverse=True)


@pytest.mark.parametrize("graph", [
    nx.les_miserables_graph(), nx.karate_club_graph(), nx.path_graph(7), nx.star_graph(9), nx.complete_graph(6),
    nx.disjoint_union(nx.cycle_graph(5), nx.balanced_tree(2, 3)),
    nx.stochastic_block_model([40, 40], [[.2, .01], [.01, .2]], seed=3),
], ids=["miserables", "karate", "path", "star", "complete", "two parts", "blocks"])
def test_known_graphs(graph: Any) -> None:
    check_against_networkx(from_graph(nx.convert_node_labels_to_integers(graph, first_label=1, ordering="sorted")))


@st.composite
def multigraphs(draw: st.DrawFn) -> Network:
    n = draw(st.integers(1, 9))
    end = st.integers(1, n)
    return network_of(range(1, n + 1), draw(st.lists(st.tuples(end, end, st.integers(0, 3)), max_size=25)))


@settings(deadline=None, max_examples=60)
@given(multigraphs())
def test_random_multigraphs(network: Network) -> None:
    check_against_networkx(network)


def test_degree_counts_arrows() -> None:
    network = network_of([1, 2, 3], [(1, 2, 1), (1, 2, 2), (2, 3, 0), (3, 3, 1), (1, 3, 3)])
    assert ranked(ask("degree", network), network) == {1: 3, 2: 3, 3: 4}
    assert ranked(ask("degree", network, direction="out"), network) == {1: 2, 2: 2, 3: 3}
    assert ranked(ask("degree", network, direction="in"), network) == {1: 2, 2: 2, 3: 3}


def test_betweenness_by_hand() -> None:
    """On the path 1–2–3–4, entity 2 is on the ways 1–3 and 1–4 of the three pairs without it."""
    network = network_of([1, 2, 3, 4], [(1, 2), (2, 3), (3, 4), (2, 3)])
    assert ranked(ask("betweenness", network), network) == pytest.approx({1: 0, 2: 2 / 3, 3: 2 / 3, 4: 0})


def test_closeness_in_parts_by_hand() -> None:
    """1–2 and 3 alone: one of two others in reach, one step away."""
    network = network_of([1, 2, 3], [(1, 2)])
    assert ranked(ask("closeness", network), network) == {1: 0.5, 2: 0.5, 3: 0}


def test_kernel_and_igraph_agree() -> None:
    network = from_graph(nx.gnm_random_graph(60, 110, seed=5))
    sources = np.arange(0, 60, 2)
    own = dependencies(network, sources, kernel=True)
    assert own == pytest.approx(dependencies(network, sources, kernel=False), abs=1e-9)


@pytest.mark.parametrize("graph", [nx.les_miserables_graph(), nx.gnm_random_graph(400, 900, seed=2),
                                   nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5)),
                                   nx.disjoint_union(nx.star_graph(6), nx.path_graph(300))],
                         ids=["miserables", "random", "two alike", "far apart"])
def test_eigenvector(graph: Any) -> None:
    graph = nx.convert_node_labels_to_integers(graph, ordering="sorted")
    unweighted = nx.Graph(graph.edges())
    unweighted.add_nodes_from(graph)
    network = from_graph(unweighted)
    expected = nx.eigenvector_centrality(unweighted, max_iter=50_000, tol=1e-13)
    assert ranked(ask("eigenvector", network), network) == pytest.approx(expected, abs=1e-7)


def test_eigenvector_by_hand() -> None:
    """A star's hub has 1/√2, and its four leaves half of that each."""
    network = network_of(range(5), [(0, leaf) for leaf in range(1, 5)])
    values = ranked(ask("eigenvector", network), network)
    assert values == pytest.approx({0: 2 ** -0.5, **{leaf: 8 ** -0.5 for leaf in range(1, 5)}})
    unlinked = network_of([1, 2], [])
    assert ranked(ask("eigenvector", unlinked), unlinked) == pytest.approx({1: 2 ** -.5, 2: 2 ** -.5})


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_communities_of_two_cliques(method: str) -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(5))
    graph.add_edge(0, 6)
    answer = ask("communities", from_graph(graph), method=method)
    assert isinstance(answer, Groups)
    assert [group.tolist() for group in answer.groups] == [list(range(6)), list(range(6, 11))]


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_communities_repeat_and_are_as_modular_as_networkx(method: str) -> None:
    graph = nx.stochastic_block_model([30] * 6, np.full((6, 6), .02) + np.eye(6) * .25, seed=4)
    network = from_graph(graph)
    first, second = (ask("communities", network, method=method, seed=7) for _turn in range(2))
    assert [group.tolist() for group in first.groups] == [group.tolist() for group in second.groups]
    ours = nx.community.modularity(graph, [set(group.tolist()) for group in first.groups])
    assert ours >= nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1)) - 0.02


def test_sampled_betweenness_is_near_and_repeats() -> None:
    network = from_graph(nx.barabasi_albert_graph(300, 2, seed=1))
    exact = ranked(ask("betweenness", network), network)
    sampled = [ranked(ask("betweenness", network, sources=120), network) for _turn in range(2)]
    assert sampled[0] == sampled[1]
    assert max(sampled[0], key=lambda key: sampled[0][key]) == max(exact, key=lambda key: exact[key])
