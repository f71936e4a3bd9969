"""Patterns found in networks: as many as another program finds, each once, with dates in order."""

from __future__ import annotations

import random
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms.isomorphism import GraphMatcher

from ewglink.graph.network import Network
from ewglink.model.items import Direction
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.commands.queries import save_query
from ewglink.workspace.item_query import entities_asked, parse
from ewglink.workspace.pattern_matching import Matcher, Wanted
from ewglink.workspace.pattern_search import Pattern, PatternLink, PatternNode, find_matches
from ewglink.workspace.workspace import Workspace


def _network(n: int, ends: list[tuple[int, int]], types: list[int], directed: bool) -> Network:
    m = len(ends)
    heads = Direction.FORWARD if directed else Direction.NONE
    return Network(np.arange(n, dtype=np.int64), np.array(types, np.int32), ("x", "y"), np.arange(m, dtype=np.int64),
                   np.array(ends, np.int32).reshape(-1, 2), np.zeros(m, np.int32), ("l",),
                   np.full(m, heads, np.int8), np.zeros(m, np.int8), np.ones(m))


def _orbit(pattern: nx.Graph, items: tuple[int, ...], kinds: list[int]) -> frozenset[tuple[int, ...]]:
    """A match with all that differ from it by a symmetry of the pattern only."""
    matcher = type(pattern).__name__ == "DiGraph" and nx.isomorphism.DiGraphMatcher or GraphMatcher
    turns = matcher(pattern, pattern, node_match=lambda one, other: one["kind"] == other["kind"]).isomorphisms_iter()
    return frozenset(tuple(items[turn[node]] for node in range(len(items))) for turn in turns)


@pytest.mark.parametrize("seed", range(24))
def test_as_many_as_networkx_finds(seed: int) -> None:
    rng = random.Random(seed)
    directed = bool(seed % 2)
    made = nx.DiGraph if directed else nx.Graph
    n = rng.randint(6, 12)
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b and rng.random() < 0.25]
    ends = pairs + rng.sample(pairs, min(3, len(pairs))) + [(0, 0)]  # parallel links, a link to itself
    types = [rng.randint(0, 1) for _node in range(n)]
    graph = made(pairs)
    graph.add_nodes_from((node, {"kind": types[node]}) for node in range(n))
    k = rng.randint(2, 4)
    kinds = [rng.randint(0, 1) for _node in range(k)]
    wanted = {(a, rng.randrange(a)) for a in range(1, k)} | {(0, k - 1)} if k > 2 else {(0, 1)}
    if not directed:
        wanted = {(min(pair), max(pair)) for pair in wanted}
    pattern = made(sorted(wanted))
    pattern.add_nodes_from((node, {"kind": kinds[node]}) for node in range(k))
    matcher = nx.isomorphism.DiGraphMatcher if directed else GraphMatcher
    theirs = {
        _orbit(pattern, tuple(next(key for key, value in found.items() if value == node) for node in range(k)), kinds)
        for found in matcher(graph, pattern, node_match=lambda one, other: one["kind"] == other["kind"])
        .subgraph_monomorphisms_iter()}
    network = _network(n, ends, types, directed)
    everything = np.ones(network.m, np.bool_)
    ours = [match[0] for _done, match in Matcher(
        network, [network.types == kind for kind in kinds],
        [Wanted(a, b, everything, directed) for a, b in sorted(wanted)], alike=kinds).found() if match is not None]
    assert len(ours) == len(theirs)
    assert {_orbit(pattern, one, kinds) for one in ours} == theirs


@pytest.fixture
def payments(tmp_path: Path) -> Workspace:
    """Ana pays Bo, Bo pays Carl, Carl pays Ana, in that order; Bo pays Ana once, before all."""
    workspace = Workspace.create(tmp_path / "case.ewg", "Payments")
    ids = {}
    for name in ("Ana", "Bo", "Carl"):
        changeset, ids[name] = add_entity(workspace.case, "person", name)
        workspace.do(changeset)
    for a, b, day in (("Bo", "Ana", "2024-01-01"), ("Ana", "Bo", "2024-02-01"), ("Bo", "Carl", "2024-03-01"),
                      ("Carl", "Ana", "2024-04-01")):
        workspace.do(add_link(workspace.case, "paid", ids[a], ids[b], start=day, direction=Direction.FORWARD)[0])
    return workspace


def _found(workspace: Workspace, pattern: Pattern) -> list[list[str]]:
    matches = finish(find_matches(workspace, pattern))
    assert matches is not None and not matches.truncated
    labels = workspace.case.items.labels({item for match in matches.found for item in match.items})
    return [[labels[item] for item in match.items] for match in matches.found]


def _ring(*before: tuple[int, int]) -> Pattern:
    return Pattern((PatternNode(), PatternNode(), PatternNode()),
                   tuple(PatternLink(a, b, ("paid",), directed=True) for a, b in ((0, 1), (1, 2), (2, 0))), before)


def test_a_ring_of_payments_is_found_once_and_in_order_of_dates(payments: Workspace) -> None:
    assert _found(payments, _ring()) == [["Ana", "Bo", "Carl"]]
    assert _found(payments, _ring((0, 1), (1, 2))) == [["Ana", "Bo", "Carl"]]
    assert _found(payments, _ring((1, 0), (2, 1))) == []


def test_there_and_back_again_takes_two_links(payments: Workspace) -> None:
    both = Pattern((PatternNode(), PatternNode()), (PatternLink(0, 1, directed=True), PatternLink(1, 0, directed=True)))
    assert _found(payments, both) == [["Ana", "Bo"]]
    two = Pattern((PatternNode(), PatternNode()), (PatternLink(0, 1), PatternLink(0, 1)))
    assert _found(payments, two) == [["Ana", "Bo"]]
    later = Pattern(both.nodes, both.links, ((1, 0),))
    assert _found(payments, later) == [["Ana", "Bo"]]


def test_conditions_on_entities_and_dates_of_links(payments: Workspace) -> None:
    april = PatternLink(0, 1, start="2024-04", end="2024")
    pattern = Pattern((PatternNode(parse("label=Ana")), PatternNode()), (april,))
    assert _found(payments, pattern) == [["Ana", "Carl"]]


def test_a_pattern_is_kept_and_names_its_entities(payments: Workspace) -> None:
    pattern = Pattern((PatternNode(parse("label^=b"), 10, 20), PatternNode()), (PatternLink(0, 1, ("paid",), True),))
    assert Pattern.from_json(pattern.to_json()) == pattern
    payments.do(save_query(payments.case, "B pays", pattern=pattern.to_json()))
    assert sorted(payments.case.items.labels(entities_asked(payments, "B pays")).values()) == ["Ana", "Bo", "Carl"]


def test_at_most_so_many_and_nothing_drawn(payments: Workspace) -> None:
    matches = finish(find_matches(payments, Pattern((PatternNode(),)), most=2))
    assert matches is not None and len(matches.found) == 2 and matches.truncated
    with pytest.raises(Refusal):
        finish(find_matches(payments, Pattern()))
    with pytest.raises(Refusal):
        finish(find_matches(payments, Pattern((PatternNode(),), (PatternLink(0, 0),))))
