"""Ways with conditions, cheapest ways, ways whose dates advance, and what connects several, against NetworkX."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, permutations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.graph.advancing import advancing_paths
from ewglink.graph.cheapest import cheapest_paths
from ewglink.graph.connecting import connecting_network
from ewglink.graph.network import Network
from ewglink.graph.paths import all_shortest_paths, paths_up_to, shortest_path
from tests.graph.making import multigraphs, of_links, simple_graph

DIRECTIONS = st.sampled_from(("any", "with", "against"))


def seen(network: Network, direction: str) -> nx.Graph:
    """What NetworkX walks on, with entity ids as nodes."""
    graph = simple_graph(replace(network, directed=direction != "any"))
    if direction == "against":
        graph = graph.reverse()
    return nx.relabel_nodes(graph, dict(enumerate(network.ids.tolist())))


def ends_of(network: Network) -> tuple[int, int]:
    return int(network.ids[0]), int(network.ids[-1])


@settings(deadline=None, max_examples=150)
@given(multigraphs(weighted=False), DIRECTIONS, st.data())
def test_shortest_with_conditions(network: Network, direction: str, data: st.DataObject) -> None:
    a, b = ends_of(network)
    others = st.sets(st.sampled_from(network.ids.tolist()), max_size=2)
    through, avoid = data.draw(others), data.draw(others) - {a, b}
    graph = seen(network, direction)
    graph.remove_nodes_from(avoid)
    walks = [tuple(walk) for walk in nx.all_simple_paths(graph, a, b)] if a != b else [(a,)]
    walks = sorted((walk for walk in walks if through <= set(walk)), key=lambda walk: (len(walk), walk))
    best = [walk for walk in walks if len(walk) == len(walks[0])]
    options = {"direction": direction, "through": through, "avoid": avoid}
    found = all_shortest_paths(network, a, b, **options)
    assert [path.items for path in found.paths] == best
    one = shortest_path(network, a, b, **options)
    assert (one.items if one else None) == (best[0] if best else None)
    upto = paths_up_to(network, a, b, 3, **options)
    assert [path.items for path in upto.paths] == [walk for walk in walks if len(walk) <= 4]


@settings(deadline=None, max_examples=150)
@given(multigraphs(weighted=True), DIRECTIONS)
def test_cheapest(network: Network, direction: str) -> None:
    a, b = ends_of(network)
    graph = seen(network, direction)
    walks = list(nx.all_simple_paths(graph, a, b)) if a != b else [[a]]
    expected = sorted(nx.path_weight(graph, walk, "cost") for walk in walks)
    found = cheapest_paths(network, a, b, direction=direction, limit=4)
    assert [path.cost for path in found.paths] == pytest.approx(expected[:4])
    assert found.truncated == (len(expected) > 4)
    assert len({path.items for path in found.paths}) == len(found.paths)
    for path in found.paths:
        assert nx.path_weight(graph, path.items, "cost") == pytest.approx(path.cost)


def test_cheapest_by_way_of_and_around() -> None:
    network = of_links(4, [(0, 1), (1, 3), (0, 2), (2, 3), (0, 3)], weights=[4, 4, 1, 1, 1])
    assert [path.items for path in cheapest_paths(network, 10, 40, limit=3).paths] == [
        (10, 20, 40), (10, 40), (10, 30, 40)]
    assert cheapest_paths(network, 10, 40).paths[0].cost == pytest.approx(0.5)
    assert cheapest_paths(network, 10, 40, through=[30]).paths[0].items == (10, 30, 40)
    assert cheapest_paths(network, 10, 40, avoid=[20]).paths[0].items == (10, 40)


def advances(network: Network, walk: tuple[int, ...], direction: str) -> set[tuple[int, ...]]:
    """Every choice of links along a walk that some moments fit, one by one."""
    rows = [int(network.rows_of([item])[0]) for item in walk]
    steps = []
    for a, b in pairwise(rows):
        fits = []
        for link, (one, other) in enumerate(network.ends.tolist()):
            arrow = int(network.directions[link])
            ways = {(one, other), (other, one)}
            if direction != "any" and arrow in (1, 2):
                ways = {(one, other) if (arrow == 1) == (direction == "with") else (other, one)}
            if (a, b) in ways:
                fits.append(link)
        steps.append(fits)
    chosen = set()
    for links in product(*steps):
        moment = -1
        for link in links:
            moment = max(moment, int(network.starts[link]))
            if moment > int(network.stops[link]):
                break
        else:
            chosen.add(tuple(network.link_ids[list(links)].tolist()))
    return chosen


@settings(deadline=None, max_examples=150)
@given(multigraphs(weighted=False, timed=True, most=6), DIRECTIONS)
def test_dates_advance(network: Network, direction: str) -> None:
    a, b = ends_of(network)
    if a == b:
        assert [path.items for path in advancing_paths(network, a, b).paths] == [(a,)]
        return
    graph = seen(network, direction)
    expected = {tuple(walk): chosen for walk in nx.all_simple_paths(graph, a, b)
                if (chosen := advances(network, tuple(walk), direction))}
    order = sorted(expected, key=lambda walk: (len(walk), walk))
    found = advancing_paths(network, a, b, direction=direction, max_length=5)
    assert [path.items for path in found.paths] == order
    for path in found.paths:
        assert [set(step) for step in path.links] == [set(step) for step in
                                                      zip(*expected[path.items], strict=True)]
    shortest = advancing_paths(network, a, b, direction=direction)
    assert [path.items for path in shortest.paths] == [walk for walk in order if len(walk) == len(order[0])]


def test_dates_by_hand() -> None:
    """Money paid on to the next on day 2 cannot come from what arrives on day 3."""
    wires = [(0, 1, 1), (1, 2, 1), (0, 3, 1), (3, 4, 1), (4, 2, 1)]
    network = of_links(5, wires, times=[(3, 3), (2, 2), (1, 1), (1, 1), (5, 5)])
    assert [path.items for path in advancing_paths(network, 10, 30, direction="with").paths] == [(10, 40, 50, 30)]
    with pytest.raises(ValueError, match="no times"):
        advancing_paths(of_links(2, [(0, 1)]), 10, 20)


@settings(deadline=None, max_examples=100)
@given(multigraphs(directed=False, weighted=False), st.data())
def test_what_connects_several(network: Network, data: st.DataObject) -> None:
    asked = data.draw(st.sets(st.sampled_from(network.ids.tolist()), min_size=1, max_size=4))
    graph = seen(network, "any")
    within = data.draw(st.none() | st.integers(1, 4))
    items, links = set(asked), set()
    for a, b in combinations(sorted(asked), 2):
        if nx.has_path(graph, a, b) and (within is None or nx.shortest_path_length(graph, a, b) <= within):
            for walk in nx.all_shortest_paths(graph, a, b):
                items |= set(walk)
                links |= {frozenset(step) for step in pairwise(walk)}
    found = connecting_network(network, asked, within=within)
    assert set(found.items.tolist()) == items
    assert set(found.links.tolist()) == {
        int(link) for link, pair in zip(network.link_ids, network.ids[network.ends].tolist(), strict=True)
        if frozenset(pair) in links and len(set(pair)) == 2}
    tree = connecting_network(network, asked, tree=True)
    kept = graph.subgraph(tree.items.tolist())
    for part in tree.parts:
        assert all(nx.has_path(kept, part[0], item) for item in part)
    whole = sorted(tuple(sorted(part & asked)) for part in nx.connected_components(graph) if part & asked)
    assert sorted(tree.parts) == whole


def test_small_tree_is_near_the_smallest() -> None:
    """At most twice the fewest steps that hold the four together (tried one by one)."""
    graph = nx.convert_node_labels_to_integers(nx.karate_club_graph())
    network = of_links(34, [(a, b) for a, b in graph.edges()])
    asked = [150, 170, 230, 270]
    tree = connecting_network(network, asked, tree=True)
    rows = {item // 10 - 1 for item in asked}
    smallest = next(size for size in range(6)
                    if any(nx.is_connected(graph.subgraph(rows | set(more)))
                           for more in combinations(set(graph) - rows, size)))
    assert len(tree.items) - 1 <= 2 * (len(asked) + smallest - 1)
    assert tree.parts == (tuple(asked),)


def test_large_search_from_both_ends() -> None:
    graph = nx.convert_node_labels_to_integers(nx.connected_watts_strogatz_graph(400, 4, .05, seed=3))
    network = of_links(400, list(graph.edges()))
    for a, b in [(0, 200), (13, 333), (7, 8)]:
        found = all_shortest_paths(network, 10 * a + 10, 10 * b + 10, limit=5000)
        expected = sorted(tuple(10 * row + 10 for row in walk) for walk in nx.all_shortest_paths(graph, a, b))
        assert [path.items for path in found.paths] == expected


def test_every_order_of_stops() -> None:
    """On a ring the way through both others goes round."""
    network = of_links(6, [(i, (i + 1) % 6) for i in range(6)])
    for through in permutations((50, 60)):
        path = shortest_path(network, 10, 40, through=through)
        assert path is not None
        assert path.items == (10, 60, 50, 40)
    assert shortest_path(network, 10, 40, through=(20, 60)) is None
    assert np.array_equal(network.ids, [10, 20, 30, 40, 50, 60])
