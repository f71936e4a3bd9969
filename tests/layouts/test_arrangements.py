"""What each arrangement promises beyond the contract: order by time, places on the earth, fewer crossings, groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest

from ewglink.graph.adjacency import simple_pairs
from ewglink.layouts.arrangements.map import projected
from ewglink.layouts.contract import LAYOUTS, Positions, Subject
from ewglink.layouts.crossings import count_crossings
from ewglink.layouts.overlap import overlapping
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal


def subject(graph: Any, directed: bool = False) -> Subject:
    n = graph.number_of_nodes()
    ends = np.array(list(graph.edges()), np.int32).reshape(-1, 2)
    sizes = np.column_stack((60.0 + (np.arange(n) * 37) % 130, np.full(n, 72.0)))
    return Subject(ends, np.full(len(ends), int(directed), np.int8), sizes, (np.arange(n) % 3).astype(np.int32),
                   ("a", "b", "c"), np.full((n, 2), np.nan), np.zeros(n, np.bool_))


def lay(key: str, asked: Subject, **options: Any) -> Positions:
    layout = LAYOUTS.get(key)
    found = finish(layout.run(asked, layout.options(**options)))
    assert found is not None
    return found


MISERABLES = nx.convert_node_labels_to_integers(nx.les_miserables_graph(), ordering="sorted")


def test_distance_on_a_timeline_is_time_and_the_undated_stand_below() -> None:
    asked = subject(MISERABLES)
    times = np.random.default_rng(1).uniform(15_000, 20_000, asked.n)
    times[::7] = np.nan
    found = lay("timeline", replace(asked, times=times))
    dated = np.isfinite(times)
    slope, start = np.polyfit(times[dated], found[dated, 0], 1)
    assert slope > 0
    assert found[dated, 0] == pytest.approx(slope * times[dated] + start, abs=1e-6)
    assert found[~dated, 1].min() > found[dated, 1].max()
    assert len(overlapping(found, asked.sizes)[0]) == 0


def test_a_timeline_in_groups_has_wide_gaps_only_after_pauses() -> None:
    asked = subject(nx.empty_graph(9))
    times = np.array([0, 1, 2, 100, 101, 102, 500, 501, 502], np.float64)
    found = lay("timeline", replace(asked, times=times), scale="grouped", threshold=5.0, gap=300.0)
    assert (np.diff(found[:, 0]) > 0).all()
    right, left = found[:, 0] + asked.sizes[:, 0] / 2, found[:, 0] - asked.sizes[:, 0] / 2
    for first, second in (((0, 1, 2), (3, 4, 5)), ((3, 4, 5), (6, 7, 8))):
        assert left[list(second)].min() - right[list(first)].max() > 150
    steps = np.diff(found[:, 0])
    assert steps[[0, 1, 3, 4, 6, 7]].max() < steps[[2, 5]].min()


def test_many_of_one_moment_stand_in_several_columns() -> None:
    asked = replace(subject(nx.empty_graph(200)), times=np.full(200, 3.0))
    found = lay("timeline", asked, scale="grouped")
    width, height = np.ptp(found, axis=0)
    assert height < 6 * width
    assert len(overlapping(found, asked.sizes)[0]) == 0


@pytest.mark.parametrize(("key", "code"), [("timeline", "no_dates"), ("map", "no_coordinates")])
def test_what_is_not_known_is_refused(key: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        lay(key, subject(nx.path_graph(4)))
    assert refusal.value.code == code
    assert lay(key, subject(nx.empty_graph(0))).shape == (0, 2)


def test_mercator_against_its_formula() -> None:
    degrees = np.array([[-123.1, 49.3], [2.35, 48.86], [151.2, -33.9], [0, 0], [10, 90]])
    found = projected(degrees, "mercator")
    north = np.radians(np.clip(degrees[:, 1], -85.05112878, 85.05112878))
    assert found[:, 1] == pytest.approx(-np.degrees(np.log(np.tan(np.pi / 4 + north / 2))), abs=1e-6)
    assert found[:, 0] == pytest.approx(degrees[:, 0])
    assert found[4, 1] == pytest.approx(-180, abs=1e-4)


def test_both_sides_of_the_date_line_stay_together() -> None:
    degrees = np.array([[179.0, 10], [-179, 10], [175, -5], [-170, 0]])
    for projection in ("mercator", "plate_carree"):
        found = projected(degrees, projection)
        assert np.argsort(found[:, 0]).tolist() == [2, 0, 1, 3]
        assert np.ptp(found[:, 0]) < 16


def test_a_map_keeps_west_and_north_and_gathers_what_is_at_one_place() -> None:
    asked = subject(nx.empty_graph(12))
    places = np.repeat(np.array([[-120.0, 50], [-60, 45], [10, 0]]), 4, axis=0)
    found = lay("map", replace(asked, coordinates=places))
    centres = found.reshape(3, 4, 2).mean(axis=1)
    assert (np.diff(centres[:, 0]) > 0).all()
    assert (np.diff(centres[:, 1]) > 0).all()
    assert np.abs(found.reshape(3, 4, 2) - centres[:, None]).max() < 0.3 * np.ptp(centres, axis=0).max()
    assert len(overlapping(found, asked.sizes)[0]) == 0


def test_crossings_become_fewer_and_never_more() -> None:
    asked = subject(MISERABLES)
    pairs = simple_pairs(asked.n, asked.ends)
    start = lay("circle", asked)
    layout = LAYOUTS.get("minimise_crossings")
    bests = [step.best for step in layout.run(replace(asked, xy=start), layout.options(effort=0.3)) if
             step.best is not None]
    counts = [count_crossings(best, pairs, len(pairs)) for best in bests]
    assert counts[0] == count_crossings(start, pairs, len(pairs))
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < 0.75 * counts[0]
    assert len(overlapping(bests[-1], asked.sizes)[0]) == 0


def test_a_planar_square_is_uncrossed_without_moving_the_pinned() -> None:
    asked = subject(nx.Graph([(0, 1), (1, 2), (2, 3), (3, 0)]))
    xy = np.array([[0.0, 0], [500, 500], [500, 0], [0, 500]])
    found = lay("minimise_crossings", replace(asked, xy=xy, pinned=np.array([True, True, False, False])))
    assert count_crossings(found, simple_pairs(4, asked.ends)) == 0
    assert np.array_equal(found[:2], xy[:2])


def test_groups_stand_apart_and_those_linked_side_by_side() -> None:
    """A row of five cliques, each linked to the next: group boxes do not overlap, linked ones are nearer."""
    graph = nx.disjoint_union_all([nx.complete_graph(7)] * 5)
    graph.add_edges_from((7 * block + one, 7 * block + 7 + one) for block in range(4) for one in range(3))
    asked = subject(graph)
    for options in ({"by": "community"}, {"by": "type"}):
        home = np.arange(35) // 7 if options["by"] == "community" else asked.groups
        found = lay("grouped", asked, **options)
        boxes = np.array([[found[home == one].min(axis=0), found[home == one].max(axis=0)] for one in np.unique(home)])
        centres, extents = boxes.mean(axis=1), boxes[:, 1] - boxes[:, 0]
        assert len(overlapping(centres, extents)[0]) == 0
        if options["by"] == "community":
            away = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
            linked = np.abs(np.subtract.outer(np.arange(5), np.arange(5))) == 1
            assert away[linked].mean() < away[~linked & (away > 0)].mean()


def test_an_organisation_stands_in_layers_with_stacks() -> None:
    tree = nx.DiGraph([(0, 1), (0, 2), (1, 3), (1, 4), *((2, leaf) for leaf in range(5, 14))])
    asked = subject(nx.relabel_nodes(tree, int), directed=True)
    ends = np.array(list(tree.edges()), np.int32)
    found = lay("organisation", replace(asked, ends=ends))
    assert (found[ends[:, 0], 1] < found[ends[:, 1], 1]).all()
    assert found[1, 1] == found[2, 1]
    assert found[0, 0] == pytest.approx(found[[1, 2], 0].mean())
    assert found[1, 0] == pytest.approx(found[[3, 4], 0].mean())
    stack = found[5:14]
    assert len(np.unique(stack[:, 0])) < 4
    assert count_crossings(found, simple_pairs(14, ends)) == 0
    right = lay("organisation", replace(asked, ends=ends), direction="right")
    assert (right[ends[:, 0], 0] < right[ends[:, 1], 0]).all()


def test_an_organisation_takes_circles_and_several_superiors() -> None:
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3), (4, 3), (5, 4)])
    ends = np.array(list(graph.edges()), np.int32)
    asked = replace(subject(nx.empty_graph(6)), ends=ends, directions=np.ones(len(ends), np.int8))
    found = lay("organisation", asked)
    assert found[5, 1] < found[4, 1] < found[3, 1]
    assert len(overlapping(found, asked.sizes)[0]) == 0


def test_a_deep_chain_and_a_wide_star_are_soon_done() -> None:
    for graph in (nx.path_graph(20_000), nx.star_graph(20_000)):
        found = lay("organisation", subject(graph, directed=True))
        assert np.isfinite(found).all()


def test_a_tail_opens_to_one_side() -> None:
    graph = nx.Graph([(0, 1), (1, 2), (2, 0), *((0, leaf) for leaf in range(3, 15))])
    asked = subject(graph)
    found = lay("peacock", asked)
    inward = found[[1, 2]].mean(axis=0) - found[0]
    way = found[3:15] - found[0]
    cosine = (way @ inward) / np.hypot(*way.T) / np.hypot(*inward)
    assert cosine.max() < 0.35
    assert cosine.mean() < -0.5


def test_two_rings_hold_the_best_linked_inside() -> None:
    graph = nx.wheel_graph(12)
    graph.add_edges_from((rim, 11 + rim) for rim in range(1, 12))
    asked = subject(graph)
    found = lay("circle", asked, rings="two", by_type=False)
    degree = np.array([graph.degree(row) for row in range(graph.number_of_nodes())])
    middle = (found.min(axis=0) + found.max(axis=0)) / 2
    away = np.hypot(*(found - middle).T)
    assert away[degree == 1].min() > away[degree > 1].max()
