"""Neighbourhoods by conditions, common neighbours, cycles, cuts and key players, against NetworkX and by hand."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.graph.cuts import cuts
from ewglink.graph.cycles import cycles
from ewglink.graph.key_players import ball_sizes, fragmentation, fragmenting, reaching
from ewglink.graph.neighbourhood import Conditions, common_neighbours, neighbourhood
from ewglink.graph.network import Network
from tests.graph.making import multigraphs, of_links, simple_graph


@settings(deadline=None, max_examples=100)
@given(multigraphs(weighted=False), st.sampled_from(("any", "with", "against")), st.integers(0, 4))
def test_within_steps(network: Network, direction: str, hops: int) -> None:
    graph = simple_graph(replace(network, directed=direction != "any"))
    if direction == "against":
        graph = graph.reverse()
    expected = nx.single_source_shortest_path_length(graph, 0, cutoff=hops)
    found = neighbourhood(network, [10], hops, Conditions(direction=direction, hub=0))
    assert dict(zip(found.items.tolist(), found.steps.tolist(), strict=True)) == {
        10 * row + 10: n for row, n in expected.items()}
    assert not found.hubs


def test_hubs_are_listed_not_expanded() -> None:
    wires = [(0, 1), *((1, leaf) for leaf in range(2, 9)), (0, 9), (9, 10)]
    network = of_links(11, wires)
    found = neighbourhood(network, [10], 2, Conditions(hub=5))
    assert found.items.tolist() == [10, 20, 100, 110]
    assert found.hubs == {20: 8}
    assert found.links.tolist() == [1, 9, 10]
    asked_about = neighbourhood(network, [20], 1, Conditions(hub=5))
    assert len(asked_about.items) == 9
    few = neighbourhood(network, [20], 1, Conditions(hub=5, most=4))
    assert (len(few.items), few.truncated) == (4, True)


def test_kinds_strengths_and_dates() -> None:
    network = of_links(4, [(0, 1, 1), (1, 2, 1), (1, 3, 1)], times=[(5, 5), (4, 4), (6, 6)])
    network = replace(network, strengths=np.array([0, 0, 2], np.int8), link_type_keys=("knows", "owns"),
                      link_types=np.array([0, 1, 0], np.int32), type_keys=("person", "vessel"),
                      types=np.array([0, 0, 1, 0], np.int32))

    def found(**asked: object) -> list[int]:
        return neighbourhood(network, [10], 3, Conditions(**asked)).items.tolist()  # type: ignore[arg-type]

    assert found() == [10, 20, 30, 40]
    assert found(link_types=("knows",)) == [10, 20, 40]
    assert found(strengths=("confirmed",)) == [10, 20, 30]
    assert found(types=("person",)) == [10, 20, 40]
    assert found(advancing=True, direction="with") == [10, 20, 40]
    assert found(direction="against") == [10]


@settings(deadline=None)
@given(multigraphs(weighted=False, directed=False), st.data())
def test_common_neighbours(network: Network, data: st.DataObject) -> None:
    asked = data.draw(st.sets(st.integers(0, network.n - 1), min_size=1, max_size=3))
    graph = simple_graph(network)
    expected = set.intersection(*(set(graph[row]) for row in asked)) - asked
    assert common_neighbours(network, [10 * row + 10 for row in asked]).tolist() == sorted(
        10 * row + 10 for row in expected)


def arrow_cycles(network: Network, longest: int) -> set[tuple[int, ...]]:
    graph = nx.DiGraph()
    wires: dict[tuple[int, int], set[int]] = {}
    for link, ((a, b), arrow) in enumerate(zip(network.ends.tolist(), network.directions.tolist(), strict=True)):
        for tail, head in {1: [(a, b)], 2: [(b, a)], 3: [(a, b), (b, a)]}.get(arrow, []):
            if tail != head:
                graph.add_edge(tail, head)
                wires.setdefault((tail, head), set()).add(link)
    found = set()
    for cycle in nx.simple_cycles(graph, length_bound=longest):
        at = cycle.index(min(cycle))
        turned = tuple(cycle[at:] + cycle[:at])
        if len(turned) > 2 or len(wires[turned] | wires[turned[::-1]]) > 1:
            found.add(turned)
    return found


@settings(deadline=None, max_examples=150)
@given(multigraphs(weighted=True), st.integers(2, 6))
def test_cycles(network: Network, longest: int) -> None:
    found = list(cycles(network, longest))
    order = [(one.length, one.rows) for one in found]
    assert order == sorted(set(order))
    assert {one.rows for one in found} == arrow_cycles(network, longest)


def test_cycles_in_time() -> None:
    """Goods sold on day 1, on day 2 and back on day 4; in the other ring the dates run the wrong way."""
    wires = [(1, 2, 1), (2, 0, 1), (0, 1, 1), (3, 4, 1), (4, 5, 1), (5, 3, 1)]
    network = of_links(6, wires, weights=[5, 3, 4, 1, 1, 1], times=[(2, 2), (4, 4), (1, 1), (9, 9), (8, 8), (7, 7)])
    assert [one.rows for one in cycles(network, 4)] == [(0, 1, 2), (3, 4, 5)]
    found = list(cycles(network, 4, advancing=True))
    assert [(one.rows, one.least, one.total, one.first, one.last) for one in found] == [((0, 1, 2), 3, 12, 1, 4)]


@settings(deadline=None, max_examples=150)
@given(multigraphs(weighted=False, directed=False))
def test_what_falls_apart(network: Network) -> None:
    graph = simple_graph(network)
    found = cuts(network.adjacency)
    for row in range(network.n):
        own = nx.node_connected_component(graph, row)
        rest = graph.subgraph(own - {row})
        sizes = [len(part) for part in nx.connected_components(rest)]
        assert (found.sizes[row], found.parts[row], found.linked[row]) == (
            len(own), len(sizes), sum(size * (size - 1) for size in sizes))
    assert [tuple(pair) for pair in found.bridges.tolist()] == sorted(
        (min(pair), max(pair)) for pair in nx.bridges(graph))


def test_kernels_give_what_the_plain_functions_give() -> None:
    graph = nx.gnm_random_graph(300, 330, seed=5)
    network = of_links(300, list(graph.edges()))
    ours, plain = (cuts(network.adjacency, kernel=kernel) for kernel in (True, False))
    for key in ("parts", "linked", "sizes", "bridges", "cut_off"):
        assert np.array_equal(getattr(ours, key), getattr(plain, key)), key
    balls = [ball_sizes(network.adjacency, 2, kernel=kernel).tolist() for kernel in (True, False)]
    assert balls[0] == balls[1] == [len(nx.single_source_shortest_path_length(graph, row, cutoff=2))
                                    for row in range(300)]


def broken(graph: nx.Graph, n: int) -> float:
    sizes = [len(part) for part in nx.connected_components(graph)]
    return 1 - sum(size * (size - 1) for size in sizes) / (n * (n - 1))


@settings(deadline=None, max_examples=60)
@given(multigraphs(weighted=False, directed=False))
def test_each_key_player_fragments_most(network: Network) -> None:
    if network.n < 2:
        return
    graph = simple_graph(network)
    for one in fragmenting(network, 3):
        options = {row: broken(graph.subgraph(set(graph) - {row}), network.n) for row in graph}
        assert one.value == pytest.approx(max(options.values()))
        assert options[one.row] == pytest.approx(max(options.values()))
        graph.remove_node(one.row)


@settings(deadline=None, max_examples=60)
@given(multigraphs(weighted=False), st.integers(1, 3))
def test_each_key_player_reaches_most(network: Network, steps: int) -> None:
    graph = simple_graph(network)
    balls = {row: set(nx.single_source_shortest_path_length(graph, row, cutoff=steps)) for row in graph}
    covered: set[int] = set()
    for one in reaching(network, 3, steps):
        best = max(len(covered | ball) for ball in balls.values())
        covered |= balls[one.row]
        assert one.value == pytest.approx(best / network.n)
        assert len(covered) == best


def test_fragmentation_by_hand() -> None:
    """A star of five without its hub: no pair of the four is linked."""
    star = of_links(5, [(0, leaf) for leaf in range(1, 5)])
    first = next(fragmenting(star, 1))
    assert (first.row, first.value) == (0, 1.0)
    assert fragmentation(4, np.array([2, 2])) == pytest.approx(1 - 4 / 12)
    assert fragmentation(1, np.array([1])) == 0
