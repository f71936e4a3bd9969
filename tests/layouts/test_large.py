"""The layout by levels: large parts, kernels that agree, pinned entities among thousands."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from ewglink.graph.adjacency import simple_pairs
from ewglink.layouts.arrangements.force import MEMBER
from ewglink.layouts.contract import Subject
from ewglink.layouts.fans import find_fans, spread_fans
from ewglink.layouts.levels import Level, coarsen
from ewglink.layouts.repulsion import Field
from ewglink.layouts.sampling import refine
from ewglink.layouts.stress import arrange_part, majorise, path_lengths, stress_of
from ewglink.model.progress import finish


@pytest.fixture(scope="module")
def large() -> Subject:
    graph = nx.stochastic_block_model([150] * 8, np.full((8, 8), .0006) + np.eye(8) * .03, seed=5)
    ends = np.array(list(graph.edges()), np.int32)
    n = graph.number_of_nodes()
    return Subject(ends, np.zeros(len(ends), np.int8), np.full((n, 2), 60.0), np.zeros(n, np.int32), ("a",),
                   np.full((n, 2), np.nan), np.zeros(n, np.bool_))


def test_large_parts_repeat_and_show_their_communities(large: Subject) -> None:
    steps = [step.best for step in MEMBER.run(large, MEMBER.options())]
    found = steps[-1]
    assert found is not None
    assert all(step is not None and np.isfinite(step).all() and step.shape == found.shape for step in steps)
    again = finish(MEMBER.run(large, MEMBER.options()))
    assert again is not None
    assert np.array_equal(found, again)
    home = np.arange(large.n) // 150
    same = home[large.ends[:, 0]] == home[large.ends[:, 1]]
    length = np.hypot(*(found[large.ends[:, 0]] - found[large.ends[:, 1]]).T)
    chance = np.random.default_rng(0)
    a, b = chance.integers(0, large.n, (2, 4000))
    assert np.median(length[same]) < 0.4 * np.median(np.hypot(*(found[a] - found[b]).T))


def test_another_seed_is_another_picture(large: Subject) -> None:
    first, second = (finish(MEMBER.run(replace(large, seed=seed), MEMBER.options(quality=0.2))) for seed in (1, 2))
    assert first is not None
    assert second is not None
    assert not np.allclose(first, second)


def test_pinned_stay_among_many(large: Subject) -> None:
    pinned = np.zeros(large.n, np.bool_)
    pinned[::100] = True
    xy = np.where(pinned[:, None], np.random.default_rng(1).uniform(-4000, 4000, (large.n, 2)), np.nan)
    for step in MEMBER.run(replace(large, xy=xy, pinned=pinned), MEMBER.options(quality=0.2)):
        assert step.best is not None
        assert np.array_equal(step.best[pinned], xy[pinned])
        assert np.isfinite(step.best).all()


def test_compiled_and_plain_refinement_agree(large: Subject) -> None:
    start = np.random.default_rng(2).normal(size=(large.n, 2)) * 8
    pairs = simple_pairs(large.n, large.ends)
    ends = []
    for kernel in (True, False):
        ends.append(list(refine(start, pairs, np.random.default_rng(3), 0.2, kernel=kernel))[-1][1])
    assert ends[0] == pytest.approx(ends[1], abs=1e-7)


def test_coarsening_keeps_mass_and_links(large: Subject) -> None:
    pairs = simple_pairs(large.n, large.ends).astype(np.int64)
    fine = Level(np.ones(large.n), pairs, np.ones(len(pairs)), np.arange(large.n))
    coarse = coarsen(fine, np.random.default_rng(1))
    assert coarse.mass.sum() == large.n
    assert len(coarse.mass) < 0.6 * large.n
    merged = coarse.into[pairs]
    between = merged[merged[:, 0] != merged[:, 1]]
    assert coarse.ties.sum() == len(between)
    assert {tuple(pair) for pair in coarse.pairs.tolist()} == {tuple(sorted(pair)) for pair in between.tolist()}


def test_field_is_near_the_sum_over_all_pairs() -> None:
    chance = np.random.default_rng(4)
    lattice = np.stack(np.meshgrid(np.arange(25) * 4.0, np.arange(24) * 4.0), axis=2).reshape(-1, 2)
    xy, mass = lattice + chance.uniform(-1, 1, (600, 2)), chance.uniform(1, 3, 600)
    apart = xy[:, None] - xy[None]
    square = (apart ** 2).sum(axis=2) + np.eye(600)
    exact = (mass[None, :, None] * apart / square[:, :, None]).sum(axis=1)
    found = Field(600, fineness=4).push(xy, mass)
    assert np.corrcoef(found.ravel(), exact.ravel())[0, 1] > 0.99
    assert np.linalg.norm(found - exact) / np.linalg.norm(exact) < 0.15


def test_stress_falls_and_a_path_becomes_a_line() -> None:
    pairs = np.array([[row, row + 1] for row in range(9)])
    target = path_lengths(10, pairs, np.full(9, 100.0))
    start = np.random.default_rng(5).normal(size=(10, 2)) * 100
    values = [stress_of(target, xy) for xy in majorise(target, start, 50)]
    assert all(later <= earlier + 1e-9 for earlier, later in pairwise(values))
    best = list(arrange_part(pairs, np.full(9, 100.0), 10, np.random.default_rng(1)))[-1]
    assert stress_of(target, best) < 1e-3
    assert np.hypot(*(best[0] - best[9])) == pytest.approx(900, rel=0.02)


def test_leaves_stand_clear_of_other_links() -> None:
    """A hub with forty leaves between two others: no leaf on the way to them, and none on another."""
    pairs = np.array([[0, 1], [0, 2], [1, 3], [3, 2], *([0, leaf] for leaf in range(4, 44))], np.int32)
    sizes = np.full((44, 2), 60.0)
    fans = find_fans(44, pairs, sizes, 180.0, np.zeros(44, np.bool_))
    assert sorted(fans.leaves.tolist()) == list(range(4, 44))
    xy = np.zeros((44, 2))
    xy[[1, 2, 3]] = (1500, 0), (0, 1500), (1500, 1500)
    spread_fans(fans, xy, pairs[:4])
    away = np.hypot(*(xy[4:, None] - xy[None, 4:]).transpose(2, 0, 1)) + np.eye(40) * 1e9
    assert away.min() > 60
    ahead = xy[4:, 0] > 0
    assert np.abs(xy[4:, 1][ahead]).min() > 30
