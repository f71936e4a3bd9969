"""Layout by levels, for parts too large for all distances: coarsened, placed coarsely, refined level by level."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_pairs
from ewglink.graph.components import component_labels
from ewglink.layouts.exchange import exchange
from ewglink.layouts.repulsion import Field
from ewglink.layouts.sampling import refine
from ewglink.layouts.stress import arrange_part

Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Steps = Iterator[tuple[float, Callable[[], Points]]]
"""The share of work done, and a function that gives the positions reached; only asked-for ones are worked out."""
_COARSEST = 120
_TIGHT = 2.0
"""Median length of a link when refinement begins: the shorter, the fewer crossings and the more crowded."""
_LOOSENED = 1
"""Rounds in which crowds spread out at the end: the more, the more even, and the less near are neighbours."""
_ROOMY_TIGHT, _ROOMY_LOOSENED, _ROOMY_SHARE = 10.0, 16, 0.5
"""The same, and the share of the usual refinement, where labels are to have room and crowds would only be blown up."""
_STRIDE = 0.6
"""How far the farthest of the crowd goes in such a round, in cells of the field."""


@dataclass(frozen=True)
class Level:
    """A coarser network: `mass` (n,) entities in each row, `pairs` (k, 2), `ties` (k,) links each stands for,
    `into` (finer n,) row of this level for each row of the finer one."""

    mass: Points
    pairs: npt.NDArray[Any]
    ties: Points
    into: Rows


def coarsen(level: Level, chance: np.random.Generator) -> Level:
    """Every row joined to a neighbouring centre; centres are rows of high random rank, never side by side."""
    n = len(level.mass)
    near = from_pairs(n, level.pairs)
    # Light rows first as centres, so that masses stay even.
    rank = chance.random(n) / np.sqrt(level.mass)
    centre = np.full(n, -1, np.int64)
    tails = np.repeat(np.arange(n), near.degrees())
    for _round in range(4):
        open_rows = centre < 0
        if not open_rows.any():
            break
        best = _largest_near(n, tails, near, np.where(open_rows, rank, -1.0))
        chosen = open_rows & (rank > best)
        centre[chosen] = np.flatnonzero(chosen)
        joins = (centre[tails] < 0) & chosen[near.indices]
        centre[tails[joins]] = near.indices[joins]
    alone = centre < 0
    centre[alone] = np.flatnonzero(alone)
    _names, into = np.unique(centre, return_inverse=True)
    return _joined(level, into.ravel().astype(np.int64))


def _largest_near(n: int, tails: Rows, near: Adjacency, values: Points) -> Points:
    found = np.full(n, -1.0)
    if len(tails):
        filled = near.degrees() > 0
        found[filled] = np.maximum.reduceat(values[near.indices], near.indptr[:-1][filled])
    return found


def _joined(level: Level, into: Rows) -> Level:
    count = int(into.max()) + 1
    ends = np.sort(into[level.pairs], axis=1)
    apart = ends[:, 0] != ends[:, 1]
    keys, which = np.unique(ends[apart, 0] * count + ends[apart, 1], return_inverse=True)
    ties = np.bincount(which.ravel(), weights=level.ties[apart], minlength=len(keys))
    mass = np.bincount(into, weights=level.mass).astype(np.float64)
    return Level(mass, np.stack(np.divmod(keys, count), axis=1), ties.astype(np.float64), into)


def arrange_by_levels(n: int, pairs: npt.NDArray[Any], chance: np.random.Generator, quality: float = 1.0,
                      mass: Points | None = None, start: Points | None = None,
                      fixed: npt.NDArray[np.bool_] | None = None,
                      weak: tuple[npt.NDArray[Any], float] | None = None, roomy: bool = False) -> Steps:
    """Positions of one connected part, of any scale, better with every step.

    `mass` (n,) is the room each row asks for, 1 where not given. With `fixed` rows work begins at `start`, keeps its
    scale, and leaves those rows there. `weak` are further links and how strongly they pull, against 1.
    `roomy`: for a chart on which all labels are shown.
    """
    finest = Level(np.ones(n) if mass is None else mass, np.asarray(pairs, np.int64), np.ones(len(pairs)), np.arange(n))
    stays = fixed if fixed is not None and fixed.any() else None
    if stays is None:
        levels = [finest if weak is None else _with_weak(finest, *weak)]
        while len(levels[-1].mass) > _COARSEST:
            coarser = coarsen(levels[-1], chance)
            if len(coarser.mass) > 0.85 * len(levels[-1].mass):
                break
            levels.append(coarser)
        xy = yield from _descend(levels, chance, quality)
    else:
        assert start is not None
        xy = start
    scale = (_ROOMY_TIGHT if roomy else _TIGHT) / _middling(xy, finest.pairs)
    back = 1.0 if stays is None else 1 / scale
    xy = xy * scale
    for share, moved in refine(xy, finest.pairs, chance, quality * (_ROOMY_SHARE if roomy else 1.0), stays):
        xy = moved
        yield 0.6 + 0.2 * share, partial(_scaled, xy, back, start, stays)
    for share, moved in _loosen(xy, stays, _ROOMY_LOOSENED if roomy else _LOOSENED):
        xy = moved
        yield 0.8 + 0.1 * share, partial(_scaled, xy, back, start, stays)
    for share, moved in exchange(xy, finest.pairs, finest.mass, chance, quality, stays):
        yield 0.9 + 0.1 * share, partial(_scaled, moved, back, start, stays)


def _with_weak(level: Level, pairs: npt.NDArray[Any], strength: float) -> Level:
    return Level(level.mass, np.concatenate((level.pairs, np.asarray(pairs, np.int64).reshape(-1, 2))),
                 np.concatenate((level.ties, np.full(len(pairs), strength))), level.into)


def _scaled(xy: Points, back: float, start: Points | None, stays: npt.NDArray[np.bool_] | None) -> Points:
    """Positions at the scale of the chart; rows that stay exactly where they were."""
    found: Points = xy * back
    if stays is not None and start is not None:
        found[stays] = start[stays]
    return found


def _descend(levels: list[Level], chance: np.random.Generator,
             quality: float) -> Generator[tuple[float, Callable[[], Points]], None, Points]:
    top = levels[-1]
    xy = np.zeros((len(top.mass), 2))
    length = np.sqrt(top.mass[top.pairs].sum(axis=1) / 2)
    if len(top.mass) <= 4 * _COARSEST and not component_labels(len(top.mass), top.pairs).any():
        xy = list(arrange_part(top.pairs, length, len(top.mass), chance, effort=0.5))[-1]
    else:
        xy = chance.normal(size=xy.shape) * np.sqrt(top.mass.sum())
    work = sum(len(level.mass) for level in levels)
    done = 0.0
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        if depth < len(levels) - 1:
            # What was one row begins as a small cloud of rows around its place.
            into = levels[depth + 1].into
            cloud = 0.4 * np.sqrt(levels[depth + 1].mass[into])
            xy = xy[into] + chance.normal(size=(len(into), 2)) * cloud[:, None]
        rounds = max(3, int(_rounds(len(level.mass), depth) * quality))
        for turn, moved in enumerate(_settle(level, xy, rounds), 1):
            xy = moved
            yield 0.6 * (done + len(level.mass) * turn / rounds) / work, partial(_unfolded, xy, levels[:depth + 1])
        done += len(level.mass)
    return xy


def _rounds(size: int, depth: int) -> int:
    """Much work where it is cheap and decides the whole picture; little where refinement follows."""
    if depth:
        return 60 if size < 6000 else 24
    return 40 if size < 30_000 else 20


def _middling(xy: Points, pairs: npt.NDArray[Any]) -> float:
    """The median length of a link in the picture."""
    apart = xy[pairs[:, 0]] - xy[pairs[:, 1]]
    return max(float(np.median(np.hypot(apart[:, 0], apart[:, 1]))), 1e-9)


def _loosen(xy: Points, fixed: npt.NDArray[np.bool_] | None, turns: int) -> Iterator[tuple[float, Points]]:
    """Crowds spread out like heat: all move along one smooth short-range push, so neighbours stay neighbours."""
    n = len(xy)
    field = Field(n, fineness=2.4, reach=1 / np.sqrt(n))
    for turn in range(turns):
        side = float(np.ptp(xy, axis=0).max())
        move = field.push(xy, np.ones(n))
        # One factor for all: were each step cut to length by itself, crowds would turn into rings.
        move *= _STRIDE * side / field.cells / max(float(np.percentile(np.hypot(move[:, 0], move[:, 1]), 95)), 1e-12)
        if fixed is not None:
            move[fixed] = 0.0
        xy = xy + move
        yield (turn + 1) / turns, xy


def _unfolded(xy: Points, finer: list[Level]) -> Points:
    """Positions of a coarser level (the last of `finer`) as positions of the finest."""
    for level in reversed(finer[1:]):
        xy = xy[level.into]
    return xy


def _settle(level: Level, xy: Points, rounds: int) -> Iterator[Points]:
    """Force-directed rounds: masses push each other away as 1/d, ties pull in proportion to d; steps shrink."""
    field = Field(len(level.mass))
    a, b = level.pairs[:, 0], level.pairs[:, 1]
    n = len(level.mass)
    strength = level.ties
    total = np.bincount(a, strength, n) + np.bincount(b, strength, n)
    # A Jacobi step: the spring's stiffness times the mass scales the push, so far parts move as one.
    weight = 1 / np.maximum(total, 1e-9)
    for turn in range(rounds):
        move = field.push(xy, level.mass)
        for axis in (0, 1):
            place = np.ascontiguousarray(xy[:, axis])
            pull = (place[b] - place[a]) * strength
            force = np.bincount(a, pull, n) - np.bincount(b, pull, n)
            move[:, axis] = (force + move[:, axis] * level.mass) * weight
        away = np.sqrt(move[:, 0] ** 2 + move[:, 1] ** 2)
        most = 3.0 * np.sqrt(level.mass.mean()) * (1 - turn / rounds) + 0.1
        xy = xy + move * np.minimum(0.7, most / np.maximum(away, 1e-9))[:, None]
        yield xy
