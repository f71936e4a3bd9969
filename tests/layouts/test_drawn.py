"""Every layout as it is drawn: with the room that labels really take, nothing ends on top of anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from ewglink.drawing.content import PINNED, ChartContent
from ewglink.drawing.extents import entity_boxes
from ewglink.layouts import exchange, sampling
from ewglink.layouts.arrangements.force import MEMBER as FORCE
from ewglink.layouts.arrangements.grouped import MEMBER as GROUPED
from ewglink.layouts.contract import LAYOUTS, Positions, Subject
from ewglink.layouts.gathering import gather
from ewglink.layouts.overlap import overlapping
from ewglink.model.progress import finish
from ewglink.workspace import arranging
from tests.charts.made_up import random_network

EVERY = pytest.mark.parametrize("key", LAYOUTS.keys())


def _blocks(n: int) -> Any:
    size = n // 10
    return nx.stochastic_block_model([size] * 10, np.full((10, 10), .4 / n) + np.eye(10) * 3 / size, seed=3)


def _stars(n: int) -> Any:
    graph = nx.empty_graph(n)
    hubs = n // 12
    graph.add_edges_from((row, int(hubs * ((row * 0.618) % 1) ** 2)) for row in range(hubs, n))
    graph.add_edges_from(pair for pair in pairwise(range(hubs)) if pair[0] % 4)
    return graph


GRAPHS = {"blocks": _blocks(300), "stars": _stars(700), "tree": nx.balanced_tree(3, 5)}


def _chart(graph: Any) -> ChartContent:
    """A chart of `graph` whose labels take one to three lines."""
    n = graph.number_of_nodes()
    content = random_network(n, 1)
    ends = np.array(list(graph.edges()), np.int32).reshape(-1, 2)
    m = len(ends)
    labels = [" ".join([label, *["de la Cuenca del Pacífico"] * (row % 3)]) for row, label in enumerate(content.labels)]
    return replace(content, labels=labels, ends=ends, link_ids=np.arange(m) + 10**7, link_types=np.zeros(m, np.int32),
                   directions=np.ones(m, np.int8), strengths=np.zeros(m, np.int8), link_labels=[""] * m)


def _told(workspace: Any, subject: Subject, *_others: Any) -> Subject:
    rows = np.arange(subject.n)
    return replace(subject, times=19_000.0 + rows * 7 % 400,
                   coordinates=np.column_stack((rows * 13 % 60 - 123.0, rows * 5 % 12 + 49.0)))


@EVERY
@pytest.mark.parametrize("name", list(GRAPHS))
def test_nothing_is_drawn_on_anything(key: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "_with_whereabouts", _told)
    content = _chart(GRAPHS[name])
    content.flags[[5, 50]] = PINNED
    workspace: Any = SimpleNamespace(chart_content=lambda _chart: content)
    options = LAYOUTS.get(key).options(effort=0.1) if key == "minimise_crossings" else None
    found = finish(arranging.lay_out(workspace, 1, key, options))
    assert found is not None
    ids, xy = found
    assert np.array_equal(ids, content.entity_ids)
    assert np.array_equal(xy[[5, 50]], content.xy[[5, 50]])
    sizes, drops = entity_boxes(content)
    a, b = overlapping(xy + np.stack((np.zeros(len(xy)), drops), axis=1), sizes)
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == []


def test_two_thousand_with_their_labels() -> None:
    content = _chart(_stars(2000))
    workspace: Any = SimpleNamespace(chart_content=lambda _chart: content)
    for key in ("force", "grouped", "peacock"):
        found = finish(arranging.lay_out(workspace, 1, key))
        assert found is not None
        sizes, drops = entity_boxes(content)
        assert len(overlapping(found[1] + np.stack((np.zeros(2000), drops), axis=1), sizes)[0]) == 0


def _large(n: int = 24_000) -> Subject:
    chance = np.random.default_rng(8)
    a = chance.integers(0, n, 2 * n)
    b = np.where(chance.random(2 * n) < .95, a // 80 * 80 + chance.integers(0, 80, 2 * n), chance.integers(0, n, 2 * n))
    ends = np.stack((a, np.minimum(b, n - 1)), axis=1).astype(np.int32)
    return Subject(ends, np.zeros(len(ends), np.int8), np.full((n, 2), 60.0), (np.arange(n) % 5).astype(np.int32),
                   ("a", "b", "c", "d", "e"), np.full((n, 2), np.nan), np.zeros(n, np.bool_))


def _found(layout: Any, asked: Subject, **options: Any) -> Positions:
    found = finish(layout.run(asked, layout.options(**options)))
    assert found is not None
    assert np.isfinite(found).all()
    return np.asarray(found, np.float64)


def test_a_large_chart_is_the_same_with_and_without_compiled_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _large(4000)
    pictures = []
    for links in (0, 10**9):
        for kernels in (sampling, exchange):
            monkeypatch.setattr(kernels, "COMPILED_FROM", links)
        pictures.append(_found(FORCE, asked, quality=0.3))
    assert np.array_equal(*pictures)


@pytest.mark.parametrize("by", ["community", "type"])
def test_groups_of_a_large_chart_stand_apart_and_repeat(by: str) -> None:
    asked = _large()
    found = _found(GROUPED, asked, by=by)
    assert np.array_equal(found, _found(GROUPED, asked, by=by))
    home = asked.groups if by == "type" else _gathered(asked)
    boxes = np.array([[found[home == one].min(axis=0), found[home == one].max(axis=0)] for one in np.unique(home)])
    assert len(overlapping(boxes.mean(axis=1), boxes[:, 1] - boxes[:, 0])[0]) == 0


def _gathered(asked: Subject) -> np.ndarray[Any, Any]:
    from ewglink.graph.adjacency import simple_pairs

    work = gather(asked.n, simple_pairs(asked.n, asked.ends), asked.seed)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return np.asarray(end.value)


def test_gathered_communities_are_as_good_as_those_of_networkx() -> None:
    asked = _large(2000)
    graph = nx.Graph(asked.ends.tolist())
    graph.add_nodes_from(range(asked.n))
    graph.remove_edges_from(nx.selfloop_edges(graph))
    home = _gathered(asked)
    ours = nx.community.modularity(graph, [set(np.flatnonzero(home == one).tolist()) for one in np.unique(home)])
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert ours > theirs - 0.02


def test_exchange_keeps_the_places_and_brings_linked_rows_nearer() -> None:
    lattice = np.stack(np.divmod(np.arange(900), 30), axis=1).astype(np.float64)
    mixed = np.random.default_rng(1).permutation(900)
    pairs = np.array([(row, row + 1) for row in range(899) if row % 30 < 29]
                     + [(row, row + 30) for row in range(870)])
    start = lattice[mixed]
    fixed = np.zeros(900, np.bool_)
    fixed[:9] = True
    steps = [xy.copy() for _share, xy in exchange.exchange(start, pairs, np.ones(900), np.random.default_rng(2), 3.0,
                                                           fixed)]
    length = [float(np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T).sum()) for xy in (start, steps[-1])]
    assert length[1] < 0.75 * length[0]
    assert sorted(map(tuple, steps[-1].tolist())) == sorted(map(tuple, start.tolist()))
    assert np.array_equal(steps[-1][fixed], start[fixed])

