"""Measures with weights and arrows on random multigraphs and known networks, against NetworkX and igraph."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from ewglink.analysis.comparison import compared
from ewglink.analysis.contract import MEASURES, Groups, Ranking, Table
from ewglink.graph.brandes import contributions
from ewglink.graph.communities import modularity
from ewglink.graph.nearness import nearness
from ewglink.graph.network import Network
from ewglink.graph.random_walk import random_walk
from ewglink.model.progress import finish
from tests.graph.making import multigraphs, of_graph, of_links, simple_graph


def ask(key: str, network: Network, **options: Any) -> Any:
    measure = MEASURES.get(key)
    return finish(measure.run(network, measure.options(**options)))


def by_row(answer: Any) -> dict[int, float]:
    assert isinstance(answer, Ranking)
    return dict(sorted(zip(answer.rows.tolist(), answer.values.tolist(), strict=True)))


def check(network: Network) -> None:
    """Every ranking against NetworkX on a graph made link by link, and against igraph made from that."""
    graph = simple_graph(network)
    weight, cost = ("weight", "cost") if network.weighted else (None, None)
    plain = graph.to_undirected() if network.directed else graph
    expected = {
        "betweenness": nx.betweenness_centrality(graph, weight=cost),
        "closeness": nx.closeness_centrality(graph, distance=cost),
        "pagerank": nx.pagerank(graph, weight=weight, tol=1e-14, max_iter=10_000),
        "k_core": nx.core_number(plain), "clustering": nx.clustering(plain)}
    for key, values in expected.items():
        assert by_row(ask(key, network)) == pytest.approx(values, abs=1e-9), key
    assert by_row(ask("closeness", network, variant="harmonic")) == pytest.approx(
        nx.harmonic_centrality(graph, distance=cost), abs=1e-9)
    strong = nx.strongly_connected_components(graph) if network.directed else nx.connected_components(plain)
    found = ask("components", network, connection="strong" if network.directed else "weak").groups
    assert sorted(sorted(group.tolist()) for group in found) == sorted(sorted(part) for part in strong)
    other = igraph.Graph.from_networkx(graph)
    weights = other.es["cost"] if network.weighted and other.ecount() else None
    scale = max(1.0, (network.n - 1) * (network.n - 2)) / (1 if network.directed else 2)
    assert list(by_row(ask("betweenness", network)).values()) == pytest.approx(
        [value / scale for value in other.betweenness(directed=network.directed, weights=weights)], abs=1e-9)
    check_ego(network, plain)


def check_ego(network: Network, plain: Any) -> None:
    """Arrows disregarded; weights of both ways together, as the links have them."""
    undirected = simple_graph(Network(**{key: getattr(network, key) for key in Network.__dataclass_fields__}
                                      | {"directed": False}))
    table = ask("ego", network, smallest=0)
    constraint = nx.constraint(undirected, weight="weight" if network.weighted else None)
    effective = nx.effective_size(undirected)
    assert sorted(row[0] for row in table.rows) == list(range(network.n))
    for row, size, density, apart, effect, bound in table.rows:
        near = list(plain[row])
        ties = plain.subgraph(near).number_of_edges()
        pairs = len(near) * (len(near) - 1) // 2
        assert (size, apart) == (len(near), pairs - ties)
        assert density == pytest.approx(ties / pairs if pairs else 0)
        if near:
            assert effect == pytest.approx(effective[row])
            assert bound == pytest.approx(constraint[row])


@settings(deadline=None, max_examples=120)
@given(multigraphs())
def test_random_multigraphs(network: Network) -> None:
    check(network)


@pytest.mark.parametrize("weighted", [False, True])
def test_les_miserables(weighted: bool) -> None:
    graph = nx.les_miserables_graph()
    place = {node: at for at, node in enumerate(graph)}
    wires = [(place[a], place[b]) for a, b in graph.edges()]
    weights = [float(value) for _a, _b, value in graph.edges(data="weight")] if weighted else None
    check(of_links(len(graph), wires, weights=weights))


def test_football(samples: Path) -> None:
    with zipfile.ZipFile(samples / "graphs" / "networkx" / "football.zip") as packed:
        name = next(name for name in packed.namelist() if name.endswith(".gml"))
        graph = nx.Graph(nx.parse_gml(packed.read(name).decode().splitlines()[1:]))
    check(of_graph(graph))


def test_air_routes(samples: Path) -> None:
    file = samples / "graphs" / "air_routes" / "air-routes-small-latest.graphml"
    graph = nx.read_graphml(file, force_multigraph=True)
    network = of_graph(graph)
    assert network.m == graph.number_of_edges()
    check(network)


@settings(deadline=None, max_examples=60)
@given(multigraphs())
def test_kernels_and_numpy_agree(network: Network) -> None:
    sources = np.arange(0, network.n, 2)
    if not network.weighted:
        ours, plain = (contributions(network, sources, kernel=kernel) for kernel in (True, False))
        assert ours[0] == pytest.approx(plain[0], abs=1e-9)
        assert ours[1] == pytest.approx(plain[1], abs=1e-9)
    walks = [random_walk(network, .85, kernel=kernel) for kernel in (True, False)]
    assert walks[0] == pytest.approx(walks[1], abs=1e-12)
    near, by_hand = (nearness(network, sources, kernel=kernel) for kernel in (True, False))
    for key, values in vars(near).items():
        assert values == pytest.approx(getattr(by_hand, key)), key


@settings(deadline=None, max_examples=60)
@given(multigraphs())
def test_weighted_degree(network: Network) -> None:
    total = np.zeros(network.n)
    for (a, b), weight in zip(network.ends.tolist(), network.weights.tolist(), strict=True):
        total[a] += weight if network.weighted else 1
        total[b] += weight if network.weighted else 1
    assert list(by_row(ask("degree", network)).values()) == pytest.approx(total.tolist())


@pytest.mark.parametrize(("key", "options"), [("betweenness", {}), ("closeness", {}),
                                              ("closeness", {"variant": "harmonic"})])
def test_errors_of_samples_are_what_they_say(key: str, options: dict[str, Any]) -> None:
    """Over many samples the mean is the exact value, and the spread is the error that each sample states."""
    network = of_graph(nx.barabasi_albert_graph(120, 2, seed=1))
    exact = np.array(list(by_row(ask(key, network, **options)).values()))
    answers = [ask(key, network, sources=40, seed=seed, **options) for seed in range(60)]
    values = np.array([list(by_row(answer).values()) for answer in answers])
    errors = np.array([answer.errors[np.argsort(answer.rows)] for answer in answers])
    busy = exact > np.quantile(exact, .75)
    assert values.mean(axis=0)[busy] == pytest.approx(exact[busy], rel=.15)
    assert (errors.mean(axis=0)[busy].mean()) == pytest.approx(values.std(axis=0)[busy].mean(), rel=.25)
    assert ask(key, network, **options).errors is None


@settings(deadline=None, max_examples=60)
@given(multigraphs(directed=False))
def test_modularity(network: Network) -> None:
    answer = ask("communities", network)
    assert isinstance(answer, Groups)
    graph = simple_graph(network)
    if not graph.number_of_edges():
        assert answer.facts == {"modularity": 0}
        return
    expected = nx.community.modularity(graph, [set(group.tolist()) for group in answer.groups],
                                       weight="weight" if network.weighted else None)
    assert answer.facts["modularity"] == pytest.approx(expected)
    assert modularity(network, np.zeros(network.n, int)) == pytest.approx(0)


@settings(deadline=None, max_examples=60)
@given(multigraphs(directed=True, weighted=False))
def test_triads(network: Network) -> None:
    table = ask("triads", network)
    assert isinstance(table, Table)
    expected = nx.triadic_census(simple_graph(network)) if network.n > 2 else dict.fromkeys(dict(table.rows), 0)
    assert dict(table.rows) == expected


@settings(deadline=None, max_examples=60)
@given(multigraphs(directed=False, weighted=False))
def test_pairs_with_common_neighbours(network: Network) -> None:
    graph = simple_graph(network)
    expected = {}
    for a in graph:
        for b in graph:
            shared = set(graph[a]) & set(graph[b])
            if a < b and len(shared) >= 2:
                expected[a, b] = (len(shared), len(shared) / len(set(graph[a]) | set(graph[b])))
    table = ask("common_neighbours", network)
    assert {(a, b): (n, pytest.approx(share)) for a, b, n, share, _links in table.rows} == expected
    assert all(links == len(network.links_between(a, b)) for a, b, _n, _share, links in table.rows)


def test_hubs_are_no_common_neighbours() -> None:
    network = of_links(8, [(0, 7), (1, 7), *((leaf, 7) for leaf in range(2, 7)), (0, 6), (1, 6), (0, 5), (1, 5)])
    table = ask("common_neighbours", network, hub=4)
    assert table.rows[0][:3] == (0, 1, 2)
    assert ask("common_neighbours", network, hub=99).rows[0][:3] == (0, 1, 3)


def test_cycles_name_their_entities_and_days() -> None:
    day = 86_400_000_000
    network = of_links(3, [(0, 1, 1), (1, 2, 1), (2, 0, 1)], weights=[5, 2, 4],
                       times=[(0, 0), (day, day), (3 * day, 3 * day)])
    table = ask("cycles", network)
    assert table.rows == ((3, 3, 2.0, 11.0, "1970-01-01", "1970-01-04"),)
    assert table.members == ((0, 1, 2),)
    assert not table.truncated
    ring = of_graph(nx.complete_graph(6, create_using=nx.DiGraph))
    assert ask("cycles", ring, most=3).truncated


def test_without_some_links() -> None:
    """The broker of two groups has only a tentative link to the second: without it, the place is another's."""
    wires = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    with_all, without = of_links(6, wires), of_links(6, wires[:2] + wires[3:])
    found = compared(with_all, ask("betweenness", with_all), without, ask("betweenness", without))
    places = dict(zip(found.ids.tolist(), zip(found.place_before.tolist(), found.place_after.tolist(), strict=True),
                      strict=True))
    assert places == {30: (1, 3), 40: (1, 3), 20: (3, 1), 50: (3, 1), 10: (5, 3), 60: (5, 3)}
    assert dict(zip(found.ids.tolist(), found.shift.tolist(), strict=True))[20] == 2
    assert found.agreement < 1
    same = compared(with_all, ask("degree", with_all), with_all, ask("degree", with_all))
    assert (same.agreement, set(same.shift.tolist())) == (1.0, {0})
