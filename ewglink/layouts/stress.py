"""Stress: distances in the picture that agree with distances in the network, for parts of up to about a thousand.

Majorisation after Gansner, Koren and North (Graph Drawing by Stress Majorization, 2004), with weights d⁻².
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.layouts.crossings import count_crossings

Points = npt.NDArray[np.float64]
_SEVERAL_STARTS = 130
"""Parts up to this size are tried from several starts, and the one with the fewest crossings is kept."""
_STARTS = 4
_ROUNDS = 60
_HASTY = 25
_SMALL = 160
"""Up to so many rows, plain sums are faster than LAPACK on a busy laptop."""


def path_lengths(n: int, pairs: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> Points:
    """All shortest distances along links of these `lengths`, (n, n)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import shortest_path

    matrix = coo_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr()
    found: Points = shortest_path(matrix, method="D", directed=False)
    return found


def majorise(target: Points, start: Points, rounds: int, fixed: npt.NDArray[np.bool_] | None = None,
             tolerance: float = 1e-4) -> Iterator[Points]:
    """Positions after each round, from `start`, that bring distances nearer to `target` (n, n); `fixed` rows stay."""
    n = len(target)
    weight = np.where(target > 0, 1.0 / np.maximum(target, 1e-9) ** 2, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    free = np.ones(n, np.bool_) if fixed is None or not fixed.any() else ~fixed
    if free.all():
        free[0] = n == 0
    if not free.any():
        yield start.copy()
        return
    inverse = _inverse(laplacian[np.ix_(free, free)])
    held = laplacian[np.ix_(free, ~free)]
    scaled = weight * target
    xy = start.copy()
    for _round in range(rounds):
        away = np.sqrt(_square_distances(xy))
        ratio = np.divide(scaled, away, out=np.zeros_like(scaled), where=away > 1e-9)
        pulled = ratio.sum(axis=1)[:, None] * xy - _times(ratio, xy)
        after = xy.copy()
        after[free] = _times(inverse, pulled[free] - _times(held, xy[~free]))
        change = float(np.abs(after - xy).max())
        xy = after
        yield xy
        if change < tolerance * float(target.max(initial=1.0)):
            return


def _inverse(matrix: Points) -> Points:
    """The inverse of a symmetric, positive definite matrix; a small one without LAPACK, whose threads wait (below)."""
    n = len(matrix)
    if n > _SMALL:
        return np.asarray(np.linalg.inv(matrix), np.float64)
    work = matrix.copy()
    for row in range(n):
        pivot = 1.0 / work[row, row]
        line, column = work[row] * pivot, work[:, row].copy()
        work -= np.multiply.outer(column, line)
        work[row], work[:, row] = line, -column * pivot
        work[row, row] = pivot
    return work


def _square_distances(xy: Points) -> Points:
    across, down = np.subtract.outer(xy[:, 0], xy[:, 0]), np.subtract.outer(xy[:, 1], xy[:, 1])
    across *= across
    down *= down
    across += down
    return across


def _times(matrix: Points, xy: Points) -> Points:
    """The product, in this thread alone: on a busy laptop the threads of a BLAS wait for each other."""
    found: Points = np.einsum("ij,jk->ik", matrix, xy)
    return found


def classical_scaling(target: Points) -> Points:
    """Positions, (n, 2), from the leading eigenvectors of the doubly centred squared distances (Torgerson, 1952)."""
    n = len(target)
    if n > 400:
        return _pivot_scaling(target)
    squares = target ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    return _upright(_leading(centred) if n <= _SMALL else _leading_exactly(centred))


def _leading_exactly(matrix: Points) -> Points:
    values, vectors = np.linalg.eigh(matrix)
    found: Points = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0.0))
    return found


def _leading(matrix: Points) -> Points:
    """The two leading eigenvectors, each as long as the root of its eigenvalue, by repeated multiplication."""
    n = len(matrix)
    found = np.zeros((n, 2))
    left = matrix
    for axis in range(2):
        vector = np.cos(np.arange(n) * (axis + 1.7)) + 0.1
        value = 0.0
        for _turn in range(40):
            after = np.einsum("ij,j->i", left, vector)
            value = float(np.sqrt((after * after).sum()))
            if value <= 1e-12:
                return found
            vector = after / value
        found[:, axis] = vector * np.sqrt(value)
        left = left - np.multiply.outer(vector, vector) * value
    return found


def _pivot_scaling(target: Points, pivots: int = 60) -> Points:
    """The same from the distances to some rows only (Brandes and Pich, 2006)."""
    squares = target[:, np.linspace(0, len(target) - 1, pivots).astype(np.int64)] ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    _values, vectors = np.linalg.eigh(centred.T @ centred)
    found = centred @ vectors[:, -2:][:, ::-1]
    return _upright(found / max(float(np.abs(found).max()), 1e-9) * float(target.max()) / 2)


def _upright(xy: Points) -> Points:
    """Eigenvectors come with any sign; the entry largest in size is made positive."""
    for axis in range(xy.shape[1]):
        if len(xy) and xy[np.abs(xy[:, axis]).argmax(), axis] < 0:
            xy[:, axis] *= -1
    return xy


def stress_of(target: Points, xy: Points) -> float:
    """The mean over pairs of ((distance in the picture − target) / target)²."""
    n = len(target)
    if n < 2:
        return 0.0
    upper = np.triu_indices(n, 1)
    away = np.sqrt(_square_distances(xy)[upper])
    return float((((away - target[upper]) / target[upper]) ** 2).mean())


def sampled_stress(pairs: npt.NDArray[Any], lengths: npt.NDArray[Any], xy: Points, sources: int = 40) -> float:
    """`stress_of` from some of the rows only."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    n = len(xy)
    some = np.unique(np.linspace(0, n - 1, min(n, sources)).astype(np.int64))
    matrix = coo_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr()
    target = dijkstra(matrix, directed=False, indices=some)
    away = np.hypot(xy[some, None, 0] - xy[None, :, 0], xy[some, None, 1] - xy[None, :, 1])
    apart = (target > 0) & np.isfinite(target)
    return float(((away[apart] / target[apart] - 1) ** 2).mean()) if apart.any() else 0.0


def arrange_part(pairs: npt.NDArray[Any], lengths: npt.NDArray[Any], n: int, chance: np.random.Generator,
                 start: Points | None = None, fixed: npt.NDArray[np.bool_] | None = None,
                 effort: float = 1.0) -> Iterator[Points]:
    """Positions of one connected part with ideal link `lengths`, better with every step; `start` where it stands.

    `effort` 1 is usual; 0 is one start and few rounds, for the small parts of a large chart.
    """
    target = path_lengths(n, pairs, lengths)
    reach = float(target.max(initial=1.0))
    jitter = chance.normal(size=(n, 2)) * reach * 0.01
    starts = [start if start is not None else classical_scaling(target) + jitter]
    if start is None and 3 < n <= _SEVERAL_STARTS and effort >= 0.5:
        starts += [chance.normal(size=(n, 2)) * reach / 3 for _turn in range(_STARTS - 1)]
    rounds = max(_HASTY, int(_ROUNDS * (2 if n <= 60 else 1) * effort))
    best: Points | None = None
    best_score = (np.inf, np.inf)
    for begin in starts:
        xy = begin
        for xy in majorise(target, begin, rounds, fixed):
            if best is None:
                yield xy
        score = (float(count_crossings(xy, pairs)), stress_of(target, xy)) if len(starts) > 1 else (0.0, 0.0)
        if best is None or score < best_score:
            best, best_score = xy, score
            yield best
    if best is not None:
        yield best
