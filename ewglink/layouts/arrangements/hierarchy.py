"""Hierarchy: layers from the top down along the arrows, few crossings; each part of the network on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import from_pairs, simple_pairs
from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.packing import pack
from ewglink.model.items import Direction
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

Rows = npt.NDArray[np.int64]
_SWEEPS, _FEWER_SWEEPS = 25, 6
"""How often rows are drawn to the middle of their neighbours; in a chart of more than `_MANY`, less often."""
_MANY = 5_000
_SUGIYAMA_UP_TO = 10_000
"""In a larger part layers are ordered by the mean of their neighbours alone: soon done, with more crossings."""
_ORDERINGS = 12
_FOLD = 14
"""A layer of leaves wider than this is folded into several rows."""


@dataclass(frozen=True)
class HierarchyOptions:
    """Which way it grows and how much room there is."""

    direction: str = option("down", N_("Direction"), choices=("down", "up", "right", "left"),
                            choice_labels=(N_("Downwards"), N_("Upwards"), N_("To the right"), N_("To the left")))
    layer_gap: float = option(110.0, N_("Space between layers"), per_millimetre=UNITS_PER_MM, minimum=10, maximum=2000)
    gap: float = option(24.0, N_("Space between entities"), per_millimetre=UNITS_PER_MM, minimum=0, maximum=1000)


class Hierarchy:
    """Sugiyama's method (igraph), one part at a time; without arrows the best linked entity is the top."""

    key = "hierarchy"
    name = N_("Hierarchy")
    options = HierarchyOptions

    def run(self, subject: Subject, options: HierarchyOptions) -> Job[Positions]:
        """Part by part; until its turn comes, a part stands in a row."""
        n = subject.n
        across = options.direction in ("left", "right")
        sizes = subject.sizes[:, ::-1] if across else subject.sizes
        labels = component_labels(n, simple_pairs(n, subject.ends))
        parts = members(labels)
        xy = np.zeros((n, 2))
        for rows in parts:
            xy[rows] = _row(sizes[rows], options.gap)
        if len(parts) > 1 or not n:
            yield Progress(0.0, best=_finished(subject, xy, labels, parts, options))
        done, shown = 0, 0
        sweeps = _SWEEPS if n <= _MANY else _FEWER_SWEEPS
        links_of = _links_by_part(subject, labels, len(parts))
        for rows, (ends, directions) in zip(parts, links_of, strict=True):
            if len(rows) > 1:
                xy[rows] = _layered(np.searchsorted(rows, ends), directions, sizes[rows], options, sweeps)
                done += len(rows)
                if len(rows) > 50 and done - shown > n / 20:
                    shown = done
                    yield Progress(done / n, best=_finished(subject, xy, labels, parts, options))
        if n:
            yield Progress(1.0, best=_finished(subject, xy, labels, parts, options))


def _links_by_part(subject: Subject, labels: Rows, parts: int) -> Iterator[tuple[Rows, npt.NDArray[np.int8]]]:
    if not len(subject.ends):
        for _part in range(parts):
            yield np.empty((0, 2), np.int64), np.empty(0, np.int8)
        return
    of_link = labels[subject.ends[:, 0]]
    order = np.argsort(of_link, kind="stable")
    cuts = np.cumsum(np.bincount(of_link, minlength=parts))[:-1]
    for some in np.split(order, cuts):
        yield subject.ends[some].astype(np.int64), subject.directions[some]


def _row(sizes: Positions, gap: float) -> Positions:
    right = np.cumsum(sizes[:, 0] + gap)
    return np.stack((right - sizes[:, 0] / 2, np.zeros(len(sizes))), axis=1)


def _layered(ends: Rows, directions: npt.NDArray[np.int8], sizes: Positions, options: HierarchyOptions,
             sweeps: int) -> Positions:
    """Positions of one connected part, growing downwards."""
    import igraph

    n = len(sizes)
    arcs = _arcs(n, ends, directions)
    if np.isin(directions, (Direction.FORWARD, Direction.BACKWARD)).any():
        layer = _layers(n, arcs)
    else:
        layer, arcs = _layers_around(n, arcs)
    wish = _tree_order(n, arcs)
    if wish is None and n > _SUGIYAMA_UP_TO:
        wish = _mean_order(layer, arcs)
    if wish is None:
        graph = igraph.Graph(n=n, edges=arcs, directed=True)
        found = graph.layout_sugiyama(layers=layer.tolist(), hgap=1, vgap=1, maxiter=100)
        wish = np.array([found[row][0] for row in range(n)])
    return _spaced(wish, layer, arcs, sizes, options, sweeps)


def _arcs(n: int, ends: Rows, directions: npt.NDArray[np.int8]) -> Rows:
    """One arc a linked pair, along the arrows where they agree, else from the end with more links."""
    low, high = ends.min(axis=1), ends.max(axis=1)
    apart = low != high
    forward = np.where(ends[:, 0] == low, Direction.FORWARD, Direction.BACKWARD)
    backward = np.where(ends[:, 0] == low, Direction.BACKWARD, Direction.FORWARD)
    vote = (directions == forward).astype(np.int64) - (directions == backward)
    keys, which = np.unique(low[apart] * n + high[apart], return_inverse=True)
    total = np.bincount(which.ravel(), weights=vote[apart], minlength=len(keys))
    pairs = np.stack(np.divmod(keys, n), axis=1)
    degree = np.bincount(pairs.ravel(), minlength=n)
    turned = (total < 0) | ((total == 0) & (degree[pairs[:, 1]] > degree[pairs[:, 0]]))
    return np.where(turned[:, None], pairs[:, ::-1], pairs)


def _layers(n: int, arcs: Rows) -> Rows:
    """The layer of each row: one below the lowest of those above it, the arcs that close a circle disregarded."""
    import igraph

    graph = igraph.Graph(n=n, edges=arcs, directed=True)
    kept = np.delete(arcs, graph.feedback_arc_set(method="eades"), axis=0)
    tree = igraph.Graph(n=n, edges=kept, directed=True)
    above: list[list[int]] = [[] for _row in range(n)]
    below: list[list[int]] = [[] for _row in range(n)]
    for tail, head in kept.tolist():
        above[head].append(tail)
        below[tail].append(head)
    order = tree.topological_sorting()
    layer = np.zeros(n, np.int64)
    for row in order:
        layer[row] = max((layer[tail] + 1 for tail in above[row]), default=0)
    # A source stands right above the highest of what it leads to, not at the very top.
    for row in reversed(order):
        if not above[row] and below[row]:
            layer[row] = min(layer[head] for head in below[row]) - 1
    raised: Rows = layer - layer.min()
    return raised


def _layers_around(n: int, arcs: Rows) -> tuple[Rows, Rows]:
    """Without arrows: layers by steps from the best linked row, and the arcs turned to lead down."""
    top = int(np.bincount(arcs.ravel(), minlength=n).argmax())
    layer = from_pairs(n, arcs).distances(top).astype(np.int64)
    upward = layer[arcs[:, 0]] > layer[arcs[:, 1]]
    return layer, np.where(upward[:, None], arcs[:, ::-1], arcs)


def _tree_order(n: int, arcs: Rows) -> npt.NDArray[np.float64] | None:
    """For a tree that leads down from one root, each row's number when walked branch by branch: nothing crosses."""
    if len(arcs) != n - 1 or np.bincount(arcs[:, 1], minlength=n).max(initial=0) > 1:
        return None
    below: list[list[int]] = [[] for _row in range(n)]
    for tail, head in arcs.tolist():
        below[tail].append(head)
    waiting = np.setdiff1d(np.arange(n), arcs[:, 1]).tolist()
    order = np.zeros(n)
    for number in range(n):
        row = waiting.pop()
        order[row] = number
        waiting.extend(reversed(below[row]))
    return order


def _mean_order(layer: Rows, arcs: Rows) -> npt.NDArray[np.float64]:
    """Each row's place in its layer, from 0 to 1, near the mean of its neighbours' (barycentres, Sugiyama, 1981)."""
    n = len(layer)
    tails, heads = np.concatenate((arcs[:, 0], arcs[:, 1])), np.concatenate((arcs[:, 1], arcs[:, 0]))
    count = np.bincount(tails, minlength=n)
    size = np.bincount(layer)
    first = np.cumsum(size) - size
    # Rows begin in the order in which a walk from the tops meets them.
    wish = np.zeros(n)
    wish[_linked_order(n, arcs)] = np.arange(n) / n
    for _turn in range(_ORDERINGS):
        order = np.lexsort((np.arange(n), wish, layer))
        place = np.empty(n)
        place[order] = (np.arange(n) - first[layer[order]] + 0.5) / size[layer[order]]
        mean = np.bincount(tails, place[heads], n) / np.maximum(count, 1)
        wish = np.where(count > 0, 0.5 * mean + 0.5 * place, place)
    return wish


def _linked_order(n: int, arcs: Rows) -> Rows:
    """Rows in an order that keeps linked ones near each other, (n,)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    both = np.concatenate((arcs, arcs[:, ::-1]))
    matrix = coo_array((np.ones(len(both), np.int8), (both[:, 0], both[:, 1])), shape=(n, n)).tocsr()
    return np.asarray(reverse_cuthill_mckee(matrix, symmetric_mode=True), np.int64)


def _spaced(wish: npt.NDArray[np.float64], layer: Rows, arcs: Rows, sizes: Positions,
            options: HierarchyOptions, sweeps: int) -> Positions:
    """Boxes side by side in the order of `wish`, drawn to the middle of their neighbours; layers one below another."""
    n = len(wish)
    rows_of = [rows[np.lexsort((rows, wish[rows]))] for rows in members(layer)]
    degree = np.bincount(arcs.ravel(), minlength=n)
    folds_of = [_folds(len(rows), bool((degree[rows] == 1).all())) for rows in rows_of]
    lines = [rows[fold::folds] for rows, folds in zip(rows_of, folds_of, strict=True) for fold in range(folds)]
    last = [fold + 1 == folds for folds in folds_of for fold in range(folds)]
    room = sizes[:, 0] + options.gap
    x = np.zeros(n)
    for rows in lines:
        x[rows] = np.cumsum(room[rows]) - room[rows] / 2 - room[rows].sum() / 2
    for turn in range(sweeps):
        # Up to the middle of what is below, down to the middle of what is above, and up at the end.
        near, far = (arcs[:, 0], arcs[:, 1]) if turn % 2 == 0 else (arcs[:, 1], arcs[:, 0])
        count = np.bincount(near, minlength=n)
        for rows in reversed(lines) if turn % 2 == 0 else lines:
            mean = np.bincount(near, weights=x[far], minlength=n) / np.maximum(count, 1)
            x[rows] = _side_by_side(np.where(count > 0, mean, x)[rows], room[rows])
    y = np.zeros(n)
    top = 0.0
    for rows, ends_layer in zip(lines, last, strict=True):
        height = float(sizes[rows, 1].max())
        y[rows] = top + height / 2
        top += height + (options.layer_gap if ends_layer else options.gap)
    return np.stack((x, y), axis=1)


def _folds(count: int, leaves: bool) -> int:
    return 1 if count <= _FOLD or not leaves else int(np.ceil(np.sqrt(count / _FOLD))) + 1


def _side_by_side(wish: npt.NDArray[np.float64], widths: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Centres in order, `widths` apart, least squares from `wish` (pool adjacent violators)."""
    offset = np.cumsum(widths) - widths / 2
    means: list[float] = []
    counts: list[int] = []
    for value in (wish - offset).tolist():
        means.append(value)
        counts.append(1)
        while len(means) > 1 and means[-2] >= means[-1]:
            mean, count = means.pop(), counts.pop()
            means[-1] = (means[-1] * counts[-1] + mean * count) / (counts[-1] + count)
            counts[-1] += count
    return np.repeat(means, counts) + offset


def _finished(subject: Subject, xy: Positions, labels: Rows, parts: list[Rows],
              options: HierarchyOptions) -> Positions:
    """All parts turned the way asked for and packed."""
    turned = xy if options.direction in ("down", "right") else xy * np.array([1.0, -1.0])
    turned = turned[:, ::-1].copy() if options.direction in ("left", "right") else turned.copy()
    if not len(parts):
        return np.empty((0, 2))
    order = np.argsort(labels, kind="stable")
    begins = np.cumsum([0, *(len(rows) for rows in parts[:-1])])
    half = subject.sizes / 2
    low = np.minimum.reduceat((turned - half)[order], begins, axis=0)
    high = np.maximum.reduceat((turned + half)[order], begins, axis=0)
    turned += (pack(high - low, gap=60.0) - (low + high) / 2)[labels]
    return keep_pinned(subject, turned)


MEMBER = Hierarchy()
