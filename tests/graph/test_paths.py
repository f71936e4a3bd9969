"""Ways and neighbours, against NetworkX on random multigraphs."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.graph.as_networkx import as_networkx
from ewglink.graph.components import component_labels, members
from ewglink.graph.neighbours import around, links_among, links_of, neighbours
from ewglink.graph.network import Network
from ewglink.graph.paths import all_shortest_paths, paths_up_to, shortest_path, simple_paths
from ewglink.graph.projection import Projection


def of_links(n: int, wires: list[tuple[int, int, int]]) -> Network:
    """Entities 10, 20, … and links 1, 2, … with these ends (numbers of entities from 0) and directions."""
    return Projection.build(([10 * (i + 1) for i in range(n)], [0] * n, ("person",)),
                            (list(range(1, len(wires) + 1)), [10 * (w[0] + 1) for w in wires],
                             [10 * (w[1] + 1) for w in wires], [0] * len(wires), ("knows",),
                             [w[2] for w in wires], [0] * len(wires)), {}).network()


@st.composite
def networks(draw: st.DrawFn) -> Network:
    n = draw(st.integers(1, 8))
    end = st.integers(0, n - 1)
    return of_links(n, draw(st.lists(st.tuples(end, end, st.integers(0, 3)), max_size=20)))


def test_every_link_of_a_step_and_no_path_twice() -> None:
    network = of_links(4, [(0, 1, 0), (1, 0, 0), (0, 1, 1), (1, 3, 0), (0, 2, 0), (2, 3, 0), (0, 0, 0)])
    found = all_shortest_paths(network, 10, 40)
    assert [path.items for path in found.paths] == [(10, 20, 40), (10, 30, 40)]
    assert [path.links for path in found.paths] == [((1, 2, 3), (4,)), ((5,), (6,))]
    assert not found.truncated
    assert all_shortest_paths(network, 10, 40, limit=1).truncated
    path = shortest_path(network, 10, 40)
    assert path is not None
    assert (path.items, path.length) == ((10, 20, 40), 2)


def test_arrows() -> None:
    network = of_links(3, [(0, 1, 1), (1, 0, 2), (1, 2, 2), (2, 1, 3)])
    forth = shortest_path(network, 10, 30, directed=True)
    assert forth is not None
    assert forth.links == ((1, 2), (4,))
    back = shortest_path(network, 30, 20, directed=True)
    assert back is not None
    assert back.links == ((3, 4),)
    assert shortest_path(network, 20, 10, directed=True) is None
    assert shortest_path(network, 20, 10) is not None


def test_to_itself_and_unknown() -> None:
    network = of_links(2, [(0, 0, 0)])
    found = paths_up_to(network, 10, 10, 3)
    assert [(path.items, path.length) for path in found.paths] == [((10,), 0)]
    assert shortest_path(network, 10, 20) is None
    with pytest.raises(KeyError):
        shortest_path(network, 10, 99)


@settings(deadline=None)
@given(networks(), st.booleans(), st.integers(0, 5))
def test_paths_are_those_of_networkx(network: Network, directed: bool, longest: int) -> None:
    graph = as_networkx(network, directed=directed, multi=False)
    source, target = int(network.ids[0]), int(network.ids[-1])
    if source == target:
        return
    found = [path.items for path in simple_paths(network, source, target, longest, directed=directed)]
    assert found == sorted((tuple(walk) for walk in nx.all_simple_paths(graph, source, target, cutoff=longest)),
                           key=lambda walk: (len(walk), walk))
    shortest = [path.items for path in all_shortest_paths(network, source, target, directed=directed).paths]
    expected = sorted(map(tuple, nx.all_shortest_paths(graph, source, target))) \
        if nx.has_path(graph, source, target) else []
    assert shortest == expected
    first = shortest_path(network, source, target, directed=directed)
    assert (first.items if first else None) == (expected[0] if expected else None)


@settings(deadline=None)
@given(networks(), st.integers(0, 4), st.data())
def test_neighbours_are_those_of_networkx(network: Network, hops: int, data: st.DataObject) -> None:
    graph = as_networkx(network)
    chosen = data.draw(st.sets(st.sampled_from(network.ids.tolist())))
    near = {other for item in chosen for other in graph[item]} - chosen
    assert neighbours(network, chosen).tolist() == sorted(near)
    ball = {other for item in chosen for other in nx.ego_graph(graph, item, radius=hops)}
    assert around(network, chosen, hops).tolist() == sorted(ball)
    keyed = list(graph.edges(keys=True))
    assert links_among(network, chosen).tolist() == sorted(key for a, b, key in keyed if a in chosen and b in chosen)
    assert links_of(network, chosen).tolist() == sorted(key for a, b, key in keyed if a in chosen or b in chosen)


@settings(deadline=None)
@given(networks())
def test_components_are_numbered_by_size_then_first_row(network: Network) -> None:
    parts = [network.ids[rows].tolist() for rows in members(component_labels(network.n, network.pairs))]
    expected = sorted((sorted(part) for part in nx.connected_components(as_networkx(network))),
                      key=lambda part: (-len(part), part[0]))
    assert parts == expected
