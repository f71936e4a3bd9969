"""Placing new entities around what stands."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.layouts.arrangements.force import MEMBER
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.overlap import overlapping, remove_overlaps
from ewglink.layouts.packing import pack
from ewglink.layouts.placing import place_new
from ewglink.model.progress import finish


def subject(n: int, wires: list[tuple[int, int]], xy: Positions) -> Subject:
    return Subject(np.array(wires, np.int32).reshape(-1, 2), np.zeros(len(wires), np.int8),
                   np.column_stack((60.0 + (np.arange(n) * 37) % 130, np.full(n, 72.0))), np.zeros(n, np.int32), ("a",),
                   xy, np.zeros(n, np.bool_))


def test_new_ones_go_near_their_neighbours_and_old_ones_stay() -> None:
    graph = nx.convert_node_labels_to_integers(nx.les_miserables_graph(), ordering="sorted")
    wires = list(graph.edges())
    empty = subject(77, wires, np.full((77, 2), np.nan))
    laid = finish(MEMBER.run(empty, MEMBER.options()))
    assert laid is not None
    xy = laid.copy()
    new = [3, 20, 41, 76]
    xy[new] = np.nan
    found = place_new(subject(77, wires, xy))
    old = np.setdiff1d(np.arange(77), new)
    assert np.array_equal(found[old], laid[old])
    assert len(overlapping(found, empty.sizes)[0]) == 0
    breadth = float(np.ptp(laid, axis=0).max())
    for row in new:
        neighbours = [other for other in graph[row] if other not in new]
        gap = np.hypot(*(found[neighbours].mean(axis=0) - found[row]))
        assert gap < breadth / 4


def test_unlinked_ones_go_beside_the_chart() -> None:
    xy = np.array([[0.0, 0], [300, 0], [np.nan] * 2, [np.nan] * 2, [np.nan] * 2, [np.nan] * 2])
    found = place_new(subject(6, [(0, 1), (2, 3)], xy))
    assert np.array_equal(found[:2], xy[:2])
    assert (found[2:, 0] > 300).all()
    assert len(overlapping(found, subject(6, [], xy).sizes)[0]) == 0


def test_a_chart_without_anything_placed_is_laid_out() -> None:
    found = place_new(subject(5, [(0, 1), (1, 2)], np.full((5, 2), np.nan)))
    assert np.isfinite(found).all()
    assert place_new(subject(0, [], np.empty((0, 2)))).shape == (0, 2)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_random_additions(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 14))
    end = st.integers(0, n - 1)
    wires = data.draw(st.lists(st.tuples(end, end), max_size=20))
    old = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    xy = np.where(old[:, None], np.column_stack((np.arange(n) % 5 * 230.0, np.arange(n) // 5 * 120.0)), np.nan)
    asked = subject(n, wires, xy)
    found = place_new(asked)
    assert np.array_equal(found[old], xy[old])
    assert np.isfinite(found).all()
    assert len(overlapping(found, asked.sizes)[0]) == 0


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(1, 900), st.floats(1, 900)), max_size=40), st.floats(0, 50))
def test_packed_boxes_keep_their_gap(boxes: list[tuple[float, float]], gap: float) -> None:
    sizes = np.array(boxes).reshape(-1, 2)
    centres = pack(sizes, gap)
    assert centres.shape == sizes.shape
    assert len(overlapping(centres, sizes, gap - 1e-6)[0]) == 0


def test_packing_is_tight_and_takes_many() -> None:
    chance = np.random.default_rng(1)
    sizes = np.exp(chance.normal(4.5, 0.6, size=(3000, 2)))
    centres = pack(sizes, 0.0)
    assert len(overlapping(centres, sizes, -1e-6)[0]) == 0
    width, height = np.ptp(np.concatenate((centres - sizes / 2, centres + sizes / 2)), axis=0)
    assert (sizes[:, 0] * sizes[:, 1]).sum() / (width * height) > 0.75
    assert 1 < width / height < 2.2


@pytest.mark.parametrize("count", [2, 30, 400])
def test_boxes_on_one_spot_come_apart(count: int) -> None:
    sizes = np.full((count, 2), 50.0)
    fixed = np.arange(count) == 0
    found = remove_overlaps(np.zeros((count, 2)), sizes, fixed=fixed)
    assert found[0].tolist() == [0, 0]
    assert len(overlapping(found, sizes)[0]) == 0


def test_overlapping_pairs_against_all_pairs() -> None:
    chance = np.random.default_rng(3)
    xy, sizes = chance.uniform(0, 800, (120, 2)), chance.uniform(5, 120, (120, 2))
    found = {tuple(sorted(pair)) for pair in zip(*(side.tolist() for side in overlapping(xy, sizes)), strict=True)}
    expected = {(i, j) for i in range(120) for j in range(i + 1, 120)
                if (np.abs(xy[i] - xy[j]) < (sizes[i] + sizes[j]) / 2).all()}
    assert found == expected


def test_a_box_in_the_middle_of_fixed_ones_finds_a_way_out() -> None:
    """Pushing alone sends it back and forth: it does not fit between its fixed neighbours."""
    line = np.column_stack((np.arange(-6, 7) * 120.0, np.zeros(13)))
    xy = np.concatenate((line - np.array([0, 40]), line + np.array([0, 40]), [[0.0, 0.0]]))
    sizes = np.full((27, 2), 100.0) * (1, 0.7)
    fixed = np.arange(27) < 26
    found = remove_overlaps(xy, sizes, fixed=fixed)
    assert np.array_equal(found[:26], xy[:26])
    assert len(overlapping(found, sizes)[0]) == 0
