"""What holds a network together: cut points, bridges, and what falls apart without each entity (Tarjan, 1972)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.kernels import compiled

Ints = npt.NDArray[np.int64]
COMPILED_FROM = 5_000
"""Rows and arcs from which the compiled kernel is worth loading."""


@dataclass(frozen=True)
class Cuts:
    """What each row holds together, arrows disregarded.

    `parts` (n,): the parts that its removal leaves of its component, at least 1 where it has neighbours; `linked`
    (n,) float64: Σ s(s − 1) over those parts; `sizes` (n,): the size of its component. `bridges` (k, 2): rows of
    pairs whose removal cuts their component, smaller row first, in order; `cut_off` (k,): the smaller side's size.
    """

    parts: Ints
    linked: npt.NDArray[np.float64]
    sizes: Ints
    bridges: Ints
    cut_off: Ints


def cuts(near: Adjacency, without: npt.NDArray[np.bool_] | None = None, *, kernel: bool | None = None) -> Cuts:
    """The cuts of a simple undirected network; rows `without` are as if removed.

    `kernel` False asks for the plain function instead of the compiled one; both give the same.
    """
    n = near.n
    out = np.zeros(n, np.bool_) if without is None else without
    parts, sizes, root = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    linked, parent, bridge = np.zeros(n), np.full(n, -1, np.int64), np.zeros(n, np.bool_)
    wanted = kernel or (kernel is None and n + len(near.indices) >= COMPILED_FROM)
    run = (compiled(_walk) if wanted else None) or _walk
    run(near.indptr, near.indices, out, parts, linked, sizes, parent, root, bridge)
    whole = np.where(out, 0, sizes[root])
    below = np.flatnonzero(bridge)
    pairs = np.sort(np.column_stack((below, parent[below])), axis=1)
    cut_off = np.minimum(sizes[below], whole[below] - sizes[below])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return Cuts(parts, linked, whole, pairs[order], cut_off[order])


def _walk(indptr: Any, indices: Any, out: Any, parts: Any, linked: Any, sizes: Any, parent: Any,  # noqa: C901
          root: Any, bridge: Any) -> None:
    n = len(indptr) - 1
    found = np.zeros(n, np.int64)
    low = np.zeros(n, np.int64)
    at = indptr[:-1].copy()
    fallen = np.zeros(n, np.int64)
    stack = np.empty(n, np.int64)
    order = np.empty(n, np.int64)
    moment = 0
    for start in range(n):
        if out[start] or found[start] > 0:
            continue
        first = moment
        order[moment] = start
        moment += 1
        found[start] = low[start] = moment
        sizes[start] = 1
        stack[0] = start
        top = 1
        while top > 0:
            row = stack[top - 1]
            if at[row] < indptr[row + 1]:
                near = indices[at[row]]
                at[row] += 1
                if out[near] or near == parent[row]:
                    continue
                if found[near] > 0:
                    low[row] = min(low[row], found[near])
                    continue
                parent[near] = row
                order[moment] = near
                moment += 1
                found[near] = low[near] = moment
                sizes[near] = 1
                stack[top] = near
                top += 1
                continue
            top -= 1
            up = parent[row]
            if up < 0:
                continue
            sizes[up] += sizes[row]
            low[up] = min(low[up], low[row])
            bridge[row] = low[row] > found[up]
            if low[row] >= found[up]:
                parts[up] += 1
                fallen[up] += sizes[row]
                linked[up] += float(sizes[row]) * (sizes[row] - 1)
        whole = sizes[start]
        for place in range(first, moment):
            row = order[place]
            root[row] = start
            rest = whole - 1 - fallen[row]
            if row != start and rest > 0:
                parts[row] += 1
                linked[row] += float(rest) * (rest - 1)
