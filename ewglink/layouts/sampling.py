"""Refinement by sampling: linked rows draw together, randomly chosen others push apart, with falling steps.

After LargeVis (Tang and others, 2016) and UMAP (McInnes and others, 2018), with the gradient of 1 / (1 + d²). All rows
move at once from sums in a fixed order, so that the compiled kernel and NumPy give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.kernels import compiled

Points = npt.NDArray[np.float64]
COMPILED_FROM = 60_000
"""Links from which the compiled kernel is worth its first compilation (about two seconds)."""
_OTHERS = 2
_EPOCHS = 80
_PULL, _PUSH, _SOFT = 2.0, 2.0, 0.5
"""How strongly linked rows draw together and others push apart, and how softly those very near."""


def refine(xy: Points, pairs: npt.NDArray[Any], chance: np.random.Generator, quality: float = 1.0,
           fixed: npt.NDArray[np.bool_] | None = None, *, kernel: bool | None = None) -> Iterator[tuple[float, Points]]:
    """Positions after each epoch, with the share of work done; `fixed` rows stay.

    `kernel` asks for the compiled kernel or for NumPy; None chooses by size.
    """
    epoch = _chosen(len(pairs), kernel)
    a, b = np.ascontiguousarray(pairs[:, 0], np.int64), np.ascontiguousarray(pairs[:, 1], np.int64)
    n = len(xy)
    xy = np.ascontiguousarray(xy)
    epochs = max(4, int(_EPOCHS * quality))
    for turn in range(epochs):
        step = 1.0 - turn / epochs
        others = chance.integers(0, n, size=(_OTHERS, n))
        move = epoch(xy, a, b, others)
        away = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1])
        move *= np.minimum(step, 2.0 * step / np.maximum(away, 1e-9))[:, None]
        if fixed is not None:
            move[fixed] = 0.0
        xy = xy + move
        yield (turn + 1) / epochs, xy


def _chosen(links: int, kernel: bool | None) -> Callable[..., Points]:
    run = compiled(_moves) if kernel or (kernel is None and links >= COMPILED_FROM) else None
    return run or _moves_numpy


def _moves_numpy(xy: Points, a: npt.NDArray[Any], b: npt.NDArray[Any], others: npt.NDArray[Any]) -> Points:
    n = len(xy)
    # Column by column: gathering from one is several times as fast as gathering rows.
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    across, down = x[b] - x[a], y[b] - y[a]
    share = _PULL / (1.0 + (across * across + down * down))
    across *= share
    down *= share
    right = np.bincount(a, across, n) - np.bincount(b, across, n)
    below = np.bincount(a, down, n) - np.bincount(b, down, n)
    for row in others:
        across, down = x - x[row], y - y[row]
        squared = across * across + down * down
        share = _PUSH / ((_SOFT + squared) * (1.0 + squared))
        right += across * share
        below += down * share
    return np.stack((right, below), axis=1)


def _moves(xy: Any, a: Any, b: Any, others: Any) -> Any:
    n = len(xy)
    towards = np.zeros((n, 2))
    back = np.zeros((n, 2))
    for link in range(len(a)):
        i, j = a[link], b[link]
        x, y = xy[j, 0] - xy[i, 0], xy[j, 1] - xy[i, 1]
        share = _PULL / (1.0 + (x * x + y * y))
        towards[i, 0] += x * share
        towards[i, 1] += y * share
        back[j, 0] += x * share
        back[j, 1] += y * share
    move = towards - back
    for turn in range(len(others)):
        for i in range(n):
            j = others[turn, i]
            x, y = xy[i, 0] - xy[j, 0], xy[i, 1] - xy[j, 1]
            squared = x * x + y * y
            share = _PUSH / ((_SOFT + squared) * (1.0 + squared))
            move[i, 0] += x * share
            move[i, 1] += y * share
    return move
