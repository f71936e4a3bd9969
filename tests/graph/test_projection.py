"""The projection follows the case: built, patched, merged, filtered, and as NetworkX."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.graph.projection import EntityRows, LinkRows, Projection


def small() -> Projection:
    entities = ([30, 10, 20, 40], [0, 1, 0, 1], ("person", "organization"))
    links = ([7, 5, 6, 8], [10, 10, 20, 40], [20, 20, 30, 40], [0, 1, 0, 0], ("owns", "called"),
             [1, 0, 2, 3], [0, 1, 2, 0])
    return Projection.build(entities, links, {})


def test_whole_network_is_in_order_of_ids() -> None:
    network = small().network()
    assert network.ids.tolist() == [10, 20, 30, 40]
    assert [network.type_keys[code] for code in network.types] == ["organization", "person", "person", "organization"]
    assert network.link_ids.tolist() == [5, 6, 7, 8]
    assert network.ids[network.ends].tolist() == [[10, 20], [20, 30], [10, 20], [40, 40]]
    assert network.described["strengths"] == ["confirmed", "unconfirmed", "tentative"]


@pytest.mark.parametrize(("asked", "ids", "links"), [
    ({"types": ["person"]}, [20, 30], [6]),
    ({"link_types": ["owns"]}, [10, 20, 30, 40], [6, 7, 8]),
    ({"strengths": ["confirmed", "tentative"]}, [10, 20, 30, 40], [6, 7, 8]),
    ({"strengths": [1]}, [10, 20, 30, 40], [5]),
    ({"subset": [20, 30, 99]}, [20, 30], [6]),
    ({"types": []}, [], []),
])
def test_parts(asked: dict[str, object], ids: list[int], links: list[int]) -> None:
    network = small().network(**asked)  # type: ignore[arg-type]
    assert network.ids.tolist() == ids
    assert network.link_ids.tolist() == links
    assert not network.m or network.ends.max() < network.n


def test_merged_items_are_one_and_unmerging_is_exact() -> None:
    projection = small()
    before = projection.network()
    projection.patch(canonical={20: 10, 10: 40})
    network = projection.network()
    assert network.ids.tolist() == [30, 40]
    assert network.ids[network.ends].tolist() == [[40, 40], [40, 30], [40, 40], [40, 40]]
    assert projection.stands_for(20) == 40
    assert projection.network(subset=[20]).ids.tolist() == [40]
    projection.patch(canonical={})
    again = projection.network()
    assert again.ids.tolist() == before.ids.tolist()
    assert again.ends.tolist() == before.ends.tolist()


def test_patch_changes_adds_and_removes() -> None:
    projection = small()
    projection.patch(entities=EntityRows([10, 50], [1, 0], ("vessel", "person")),
                     links=LinkRows([5, 9], [10, 50], [50, 20], [0, 1], ("called", "visits"), [2, 0], [2, 2]),
                     removed_entities=[30], removed_links=[8])
    network = projection.network()
    kinds = dict(zip(network.ids.tolist(), (network.type_keys[code] for code in network.types), strict=True))
    assert kinds == {10: "person", 20: "person", 40: "organization", 50: "vessel"}
    assert {link: (tuple(network.ids[ends].tolist()), network.link_type_keys[code]) for link, ends, code
            in zip(network.link_ids.tolist(), network.ends, network.link_types, strict=True)} == {
        5: ((10, 50), "called"), 7: ((10, 20), "owns"), 9: ((50, 20), "visits")}


def test_empty() -> None:
    network = Projection().network()
    assert (network.n, network.m, len(network.pairs), network.adjacency.n) == (0, 0, 0, 0)
    assert Projection.build(([], [], ()), ([], [], [], [], (), [], []), {}).network(types=["person"]).n == 0


def test_networkx_keeps_parallel_links_and_arrows() -> None:
    graph = small().networkx()
    assert sorted(graph.edges(keys=True)) == [(10, 20, 5), (10, 20, 7), (20, 30, 6), (40, 40, 8)]
    assert graph.nodes[10]["type"] == "organization"
    arrows = small().networkx(directed=True, multi=False)
    assert sorted(arrows.edges()) == [(10, 20), (20, 10), (30, 20), (40, 40)]
    assert sorted(small().networkx(subset=[10, 20], multi=False).edges()) == [(10, 20)]


@given(st.data())
def test_patched_equals_built(data: st.DataObject) -> None:
    """Whatever the order of edits, the patched projection is the one built from what the case holds in the end."""
    entities: dict[int, int] = {}
    links: dict[int, tuple[int, int, int]] = {}
    projection = Projection()
    for _step in range(data.draw(st.integers(1, 6))):
        new = data.draw(st.dictionaries(st.integers(1, 9), st.integers(0, 1), max_size=4))
        wires = data.draw(st.dictionaries(st.integers(20, 29), st.tuples(st.integers(1, 9), st.integers(1, 9),
                                                                         st.integers(0, 3)), max_size=4))
        gone = data.draw(st.sets(st.integers(1, 29), max_size=3))
        projection.patch(entities=(list(new), list(new.values()), ("a", "b")),
                         links=(list(wires), [w[0] for w in wires.values()], [w[1] for w in wires.values()],
                                [0] * len(wires), ("l",), [w[2] for w in wires.values()], [0] * len(wires)),
                         removed_entities=gone, removed_links=gone)
        entities = {key: kind for key, kind in (entities | new).items() if key not in gone}
        links = {key: wire for key, wire in (links | wires).items() if key not in gone}
    network = projection.network()
    assert network.ids.tolist() == sorted(entities)
    assert [network.type_keys[code] for code in network.types] == ["ab"[entities[key]] for key in sorted(entities)]
    whole = {key: wire for key, wire in sorted(links.items()) if wire[0] in entities and wire[1] in entities}
    assert network.link_ids.tolist() == list(whole)
    found = np.column_stack((network.ids[network.ends] if network.m else np.empty((0, 2), int), network.directions))
    assert found.tolist() == [list(wire) for wire in whole.values()]


@pytest.mark.parametrize("apart", [1, 7, 5_000])
def test_ids_far_apart_are_looked_up_as_near_ones_are(apart: int) -> None:
    source = np.random.default_rng(4)
    ids, ends = np.arange(3, 40), source.integers(0, 45, (60, 2))
    links = np.arange(60) + 1_000_000
    made = Projection.build((ids * apart, np.zeros(len(ids), int), ("person",)),
                            (links, ends[:, 0] * apart, ends[:, 1] * apart, np.zeros(60, int), ("knows",)),
                            {5 * apart: 9 * apart})
    network = made.network()
    stands = {int(one): (9 if one == 5 else int(one)) * apart for one in range(45)}
    expected = [(int(link), stands[int(a)], stands[int(b)]) for link, (a, b) in zip(links, ends, strict=True)
                if 3 <= a < 40 and 3 <= b < 40]
    assert [(int(link), *network.ids[row].tolist())
            for link, row in zip(network.link_ids, network.ends, strict=True)] == expected
