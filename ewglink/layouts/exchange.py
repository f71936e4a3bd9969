"""Exchange: rows of a finished picture change places where this brings linked ones nearer; the places stay as they are.

Neighbours in the network become neighbours in the picture without any part growing denser, wider or more crowded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_pairs
from ewglink.graph.kernels import compiled

Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
COMPILED_FROM = 60_000
"""Links from which the compiled kernel is worth its first compilation."""
_ROUNDS = 60
_NEAR = 6
"""A row goes to one of so many places around a neighbour of its own."""
_SHARE = 3
"""Every third row proposes an exchange in a round."""
_SOFT = 0.5
"""Nearer than this many times the usual distance of two places, it hardly matters how near."""
_ALIKE = 2.5
"""Rows whose room differs more than so many times stay where they have it."""


def exchange(xy: Points, pairs: npt.NDArray[Any], mass: Points, chance: np.random.Generator, quality: float = 1.0,
             fixed: npt.NDArray[np.bool_] | None = None, *,
             kernel: bool | None = None) -> Iterator[tuple[float, Points]]:
    """Positions after each round, with the share of work done; `fixed` rows stay, `mass` is the room each asks for.

    `kernel` asks for the compiled kernel or for NumPy, which give the same; None chooses by size.
    """
    from scipy.spatial import cKDTree

    n = len(xy)
    near = from_pairs(n, pairs)
    degree = near.degrees()
    rows = np.flatnonzero((degree > 0) & ~fixed) if fixed is not None else np.flatnonzero(degree)
    if n <= _NEAR + 1 or len(rows) < 2:
        return
    away, around = cKDTree(xy).query(xy, _NEAR + 1)
    soft = (_SOFT * float(np.median(away[:, 1]))) ** 2
    gains = (compiled(_gains) if kernel or (kernel is None and len(pairs) >= COMPILED_FROM) else None) or _gains_numpy
    place, occupant = np.arange(n), np.arange(n)
    xy = xy.copy()
    rounds = max(4, int(_ROUNDS * quality))
    for turn in range(rounds):
        one = rows[chance.integers(0, len(rows), len(rows) // _SHARE + 1)]
        drawn = near.indices[near.indptr[one] + (chance.random(len(one)) * degree[one]).astype(np.int64)]
        other = occupant[around[place[drawn], chance.integers(1, _NEAR + 1, len(one))]]
        one, other = _proposed(one, other, mass, fixed)
        better = gains(xy, near.indptr, near.indices, one, other, soft) < -1e-9
        one, other = one[better], other[better]
        place[one], place[other] = place[other], place[one]
        occupant[place[one]], occupant[place[other]] = one, other
        xy[one], xy[other] = xy[other], xy[one]
        yield (turn + 1) / rounds, xy


def _proposed(one: Rows, other: Rows, mass: Points, fixed: npt.NDArray[np.bool_] | None) -> tuple[Rows, Rows]:
    """The exchanges that are possible, no row in more than one."""
    fit = (one != other) & (np.maximum(mass[one], mass[other]) <= _ALIKE * np.minimum(mass[one], mass[other]))
    if fixed is not None:
        fit &= ~fixed[other]
    one, other = one[fit], other[fit]
    number = np.arange(len(one))
    first = np.zeros(len(mass), np.int64)
    # The last of equal rows in an assignment counts: written backwards, that is the first.
    both = np.stack((one, other), axis=1)[::-1].ravel()
    first[both] = np.repeat(number[::-1], 2)
    alone = (first[one] == number) & (first[other] == number)
    return one[alone], other[alone]


def _gains_numpy(xy: Points, indptr: Rows, indices: npt.NDArray[np.int32], one: Rows, other: Rows,
                 soft: float) -> Points:
    m = len(one)
    here, there = np.concatenate((one, other)), np.concatenate((other, one))
    near = Adjacency(indptr, indices)
    linked = near.spread(here)
    owner = np.repeat(np.arange(2 * m), indptr[here + 1] - indptr[here])
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    x_at, y_at, now, then = x[linked], y[linked], here[owner], there[owner]
    x_now, y_now, x_then, y_then = x[now] - x_at, y[now] - y_at, x[then] - x_at, y[then] - y_at
    change = np.sqrt(x_then * x_then + y_then * y_then + soft) - np.sqrt(x_now * x_now + y_now * y_now + soft)
    change[linked == there[owner]] = 0.0
    total = np.bincount(owner, change, 2 * m)
    return np.asarray(total[:m] + total[m:], np.float64)


def _gains(xy: Any, indptr: Any, indices: Any, one: Any, other: Any, soft: float) -> Any:
    m = len(one)
    total = np.zeros(m)
    for number in range(m):
        both = 0.0
        for side in range(2):
            here = one[number] if side == 0 else other[number]
            there = other[number] if side == 0 else one[number]
            own = 0.0
            for arc in range(indptr[here], indptr[here + 1]):
                linked = indices[arc]
                if linked != there:
                    x, y = xy[there, 0] - xy[linked, 0], xy[there, 1] - xy[linked, 1]
                    u, v = xy[here, 0] - xy[linked, 0], xy[here, 1] - xy[linked, 1]
                    own += np.sqrt(x * x + y * y + soft) - np.sqrt(u * u + v * v + soft)
            both += own
        total[number] = both
    return total
