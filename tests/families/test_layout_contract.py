"""Every layout keeps its contract: complete, finite, repeatable, pinned entities stay, boxes apart, cancellable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.layouts.contract import LAYOUTS, Layout, Positions, Subject
from ewglink.layouts.overlap import overlapping
from ewglink.model.progress import finish
from ewglink.plugins.options import options_of, parse_option

EVERY = pytest.mark.parametrize("layout", list(LAYOUTS), ids=LAYOUTS.keys())


def subject(graph: Any, *, seed: int = 1, directed: bool = False) -> Subject:
    """Boxes of many widths, as labels make them; three types in turn."""
    graph = nx.convert_node_labels_to_integers(graph, ordering="sorted")
    n = graph.number_of_nodes()
    ends = np.array(list(graph.edges()), np.int32).reshape(-1, 2)
    sizes = np.column_stack((60.0 + (np.arange(n) * 37) % 130, np.full(n, 72.0)))
    return Subject(ends, np.full(len(ends), int(directed), np.int8), sizes, (np.arange(n) % 3).astype(np.int32),
                   ("person", "organization", "vessel"), np.full((n, 2), np.nan), np.zeros(n, np.bool_), seed,
                   *whereabouts(n))


def whereabouts(n: int) -> tuple[Any, Any]:
    """Days and places, several entities at one; every fifth has none."""
    rows = np.arange(n)
    times = np.where(rows % 5 == 4, np.nan, 19_000.0 + (rows * 7) % 45)
    places = np.column_stack((-123.0 + (rows * 13) % 60, 49.0 + (rows * 5) % 12))
    return times, np.where((rows % 5 == 4)[:, None], np.nan, places)


def run(layout: Layout, asked: Subject) -> Positions:
    found = finish(layout.run(asked, layout.options()))
    assert found is not None
    assert found.shape == (asked.n, 2)
    assert np.isfinite(found).all()
    return found


GRAPHS = {
    "none": nx.empty_graph(0), "one": nx.empty_graph(1), "two": nx.empty_graph(2), "pair": nx.path_graph(2),
    "self-link": nx.Graph([(0, 0)]), "parallel": nx.MultiGraph([(0, 1), (0, 1), (1, 1), (1, 2)]),
    "path": nx.path_graph(9), "star": nx.star_graph(40), "tree": nx.balanced_tree(3, 3),
    "clique": nx.complete_graph(12),
    "miserables": nx.les_miserables_graph(),
    "parts": nx.disjoint_union_all([nx.star_graph(5), nx.cycle_graph(7), nx.empty_graph(9), nx.path_graph(2)]),
    "blocks": nx.stochastic_block_model([25] * 4, np.full((4, 4), .01) + np.eye(4) * .15, seed=2),
}


def test_all_are_found() -> None:
    assert set(LAYOUTS.keys()) >= {"force", "circle", "grid", "hierarchy", "radial", "grouped", "peacock",
                                   "organisation", "timeline", "map", "minimise_crossings"}


@EVERY
@pytest.mark.parametrize("name", list(GRAPHS))
@pytest.mark.parametrize("directed", [False, True])
def test_finite_apart_and_repeatable(layout: Layout, name: str, directed: bool) -> None:
    asked = subject(GRAPHS[name], directed=directed)
    found = run(layout, asked)
    assert len(overlapping(found, asked.sizes)[0]) == 0
    assert np.array_equal(found, run(layout, asked))


@EVERY
@pytest.mark.parametrize("name", ["pair", "tree", "miserables", "parts"])
def test_pinned_stay(layout: Layout, name: str) -> None:
    asked = subject(GRAPHS[name])
    xy = asked.xy.copy()
    pinned = asked.pinned.copy()
    pinned[[0, asked.n - 1]] = True
    xy[0], xy[asked.n - 1] = (-500.25, 300.5), (400.75, -200.125)
    asked = replace(asked, xy=xy, pinned=pinned)
    for step in layout.run(asked, layout.options()):
        if step.best is not None:
            assert np.array_equal(step.best[pinned], xy[pinned])
            assert np.isfinite(step.best).all()
    assert len(overlapping(run(layout, asked), asked.sizes)[0]) == 0


@EVERY
def test_all_pinned_and_pinned_without_a_place(layout: Layout) -> None:
    asked = subject(GRAPHS["path"])
    xy = np.column_stack((np.arange(9) * 300.0, np.zeros(9)))
    still = replace(asked, xy=xy, pinned=np.ones(9, np.bool_))
    assert np.array_equal(run(layout, still), xy)
    run(layout, replace(asked, pinned=np.ones(9, np.bool_)))


@EVERY
@pytest.mark.parametrize("name", ["one", "star", "miserables", "parts", "blocks"])
def test_cancelled_after_the_first_step_keeps_a_complete_best(layout: Layout, name: str) -> None:
    asked = subject(GRAPHS[name])
    job = layout.run(asked, layout.options())
    first = next(job)
    job.close()
    assert first.best is not None
    assert first.best.shape == (asked.n, 2)
    assert np.isfinite(first.best).all()


@EVERY
def test_progress_ends_at_one_and_never_goes_back(layout: Layout) -> None:
    shares = [step.done for step in layout.run(subject(GRAPHS["blocks"]), layout.options())]
    known = [share for share in shares if share is not None]
    assert known[-1] == 1.0
    assert known == sorted(known)


@EVERY
def test_options_are_readable_from_flags(layout: Layout) -> None:
    assert layout.name
    for option in options_of(layout.options):
        assert parse_option(option, str(option.default)) == option.default
        for choice in option.choices:
            found = finish(layout.run(subject(GRAPHS["parts"]), layout.options(**{option.name: choice})))
            assert found is not None


@EVERY
@settings(deadline=None, max_examples=25)
@given(st.data())
def test_random_multigraphs(layout: Layout, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 12))
    end = st.integers(0, n - 1)
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(n))
    graph.add_edges_from(data.draw(st.lists(st.tuples(end, end), max_size=20)))
    asked = subject(graph, directed=data.draw(st.booleans()))
    pinned = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    xy = np.where(pinned[:, None], np.column_stack((np.arange(n) * 250.0, (np.arange(n) % 4) * 130.0)), np.nan)
    found = run(layout, replace(asked, xy=xy, pinned=pinned))
    assert np.array_equal(found[pinned], xy[pinned])
    assert len(overlapping(found, asked.sizes)[0]) == 0
