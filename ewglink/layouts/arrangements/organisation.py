"""Organisation: a tree from the top down, superiors centred over their own, those below without anyone in stacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_arcs, from_pairs, simple_pairs
from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.packing import pack
from ewglink.model.items import Direction
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OrganisationOptions:
    """How it grows, when those below are stacked, and how much room there is."""

    direction: str = option("down", N_("Direction"), choices=("down", "up", "right", "left"),
                            choice_labels=(N_("Downwards"), N_("Upwards"), N_("To the right"), N_("To the left")))
    stack: int = option(4, N_("Stack those with no one below them, from this many on"), minimum=2, maximum=1000)
    layer_gap: float = option(90.0, N_("Space between layers"), per_millimetre=UNITS_PER_MM, minimum=10, maximum=2000)
    gap: float = option(24.0, N_("Space between entities"), per_millimetre=UNITS_PER_MM, minimum=0, maximum=1000)


class Organisation:
    """Every entity hangs on one superior; further links stay, and are drawn across."""

    key = "organisation"
    name = N_("Organisation")
    options = OrganisationOptions

    def run(self, subject: Subject, options: OrganisationOptions) -> Job[Positions]:
        """Closed form: one step."""
        n = subject.n
        across = options.direction in ("left", "right")
        sizes = subject.sizes[:, ::-1] if across else subject.sizes
        pairs = simple_pairs(n, subject.ends)
        near = from_pairs(n, pairs)
        labels = component_labels(n, pairs)
        parts = members(labels)
        order, parent = _hang(subject, near, labels, len(parts))
        xy = _tidy(order, parent, labels, sizes, options) if n else np.empty((0, 2))
        xy = xy if options.direction in ("down", "right") else xy * np.array([1.0, -1.0])
        xy = xy[:, ::-1].copy() if across else xy
        extents = np.zeros((len(parts), 2))
        for part, rows in enumerate(parts):
            half = subject.sizes[rows] / 2
            low, high = (xy[rows] - half).min(axis=0), (xy[rows] + half).max(axis=0)
            xy[rows] -= (low + high) / 2
            extents[part] = high - low
        if n:
            xy += pack(extents, gap=60.0)[labels]
        yield Progress(1.0, best=keep_pinned(subject, xy))


def _hang(subject: Subject, near: Adjacency, labels: Rows, parts: int) -> tuple[list[int], Rows]:
    """Rows from the tops down, superiors before their own, and each row's superior (−1 for a top).

    Arrows lead from superior to inferior. Tops are those no arrow leads to; where arrows lead in circles, or there are
    none, the best linked. What no arrow from a top leads to hangs on what it is linked to.
    """
    n = subject.n
    a, b = subject.ends[:, 0], subject.ends[:, 1]
    ahead, back = subject.directions == Direction.FORWARD, subject.directions == Direction.BACKWARD
    tails, heads = np.concatenate((a[ahead], b[back])), np.concatenate((b[ahead], a[back]))
    below = from_arcs(n, tails, heads)
    above = np.bincount(heads[tails != heads], minlength=n)
    tops = (above == 0) & (below.degrees() > 0)
    served = np.bincount(labels[tops], minlength=parts) > 0
    rank = np.lexsort((np.arange(n), -near.degrees(), -below.degrees(), labels))
    _parts, first = np.unique(labels[rank], return_index=True)
    tops[rank[first[~served[:len(first)]]]] = True
    parent = np.full(n, -1, np.int64)
    order = np.flatnonzero(tops).tolist()
    seen = tops.copy()
    _walk(order, 0, below, seen, parent)
    at = 0
    while at < len(order):
        for other in near.of(order[at]).tolist():
            if not seen[other]:
                seen[other], parent[other] = True, order[at]
                order.append(other)
                _walk(order, len(order) - 1, below, seen, parent)
        at += 1
    return order, parent


def _walk(order: list[int], at: int, below: Adjacency, seen: npt.NDArray[np.bool_], parent: Rows) -> None:
    """Follow arrows breadth first from `order[at:]`, which grows."""
    while at < len(order):
        for other in below.of(order[at]).tolist():
            if not seen[other]:
                seen[other], parent[other] = True, order[at]
                order.append(other)
        at += 1


@dataclass
class _Outline:
    """Left and right edges of a branch, a pair a layer, the lowest layer first, at `frame` from its middle."""

    left: list[float]
    right: list[float]
    frame: float = 0.0

    def beside(self, other: _Outline, gap: float) -> tuple[_Outline, float]:
        """The outline of both with `other` to the right of this one, and how far it was moved."""
        shared = range(1, min(len(self.left), len(other.left)) + 1)
        move = max(self.right[-i] + self.frame - other.left[-i] - other.frame for i in shared) + gap
        other.frame += move
        # The longer list is kept and changed, so that a deep tree costs no more than its size.
        if len(self.left) >= len(other.left):
            for i in shared:
                self.right[-i] = other.right[-i] + other.frame - self.frame
            return self, move
        for i in shared:
            other.left[-i] = self.left[-i] + self.frame - other.frame
        return other, move


def _tidy(order: list[int], parent: Rows, labels: Rows, sizes: Positions, options: OrganisationOptions) -> Positions:
    """Positions growing down, the trees of a part side by side (after Reingold and Tilford, 1981)."""
    n = len(parent)
    depth = np.zeros(n, np.int64)
    own: list[list[int]] = [[] for _row in range(n)]
    for row in order:
        if parent[row] >= 0:
            depth[row] = depth[parent[row]] + 1
            own[parent[row]].append(row)
    heights = np.zeros(int(depth.max()) + 1)
    np.maximum.at(heights, depth, sizes[:, 1])
    tops = np.concatenate(([0.0], np.cumsum(heights + options.layer_gap)))[:-1]
    xy = np.stack((np.zeros(n), tops[depth] + heights[depth] / 2), axis=1)
    outlines: dict[int, _Outline] = {}
    for row in reversed(order):
        outline = _gather(row, own[row], own, outlines, xy, sizes, tops, int(depth[row]), options)
        outline.left.append(-sizes[row, 0] / 2 - outline.frame)
        outline.right.append(sizes[row, 0] / 2 - outline.frame)
        outlines[row] = outline
    parts: dict[int, _Outline] = {}
    for row in order:
        if parent[row] < 0:
            beside = parts.get(int(labels[row]))
            parts[int(labels[row])], xy[row, 0] = \
                beside.beside(outlines[row], 3 * options.gap) if beside else (outlines[row], 0.0)
    # So far x is measured from the superior.
    for row in order:
        if parent[row] >= 0:
            xy[row, 0] += xy[parent[row], 0]
    return xy


def _gather(row: int, below: list[int], own: list[list[int]], outlines: dict[int, _Outline], xy: Positions,
            sizes: Positions, tops: npt.NDArray[Any], depth: int, options: OrganisationOptions) -> _Outline:
    """Set those directly below side by side (their x in `xy`, from the middle); the outline of all under `row`."""
    ends = [child for child in below if not own[child]]
    stacked = ends if len(ends) >= options.stack else []
    units = [([child], outlines.pop(child)) for child in below if own[child] or not stacked]
    if stacked:
        for child in stacked:
            del outlines[child]
        units.append((stacked, _stack(np.array(stacked), xy, sizes, tops, depth + 1, options.gap)))
    if not units:
        return _Outline([], [])
    whole, at = units[0][1], [0.0]
    for _rows, unit in units[1:]:
        whole, moved = whole.beside(unit, options.gap)
        at.append(moved)
    middle = (at[0] + at[-1]) / 2
    whole.frame -= middle
    for (rows, _unit), x in zip(units, at, strict=True):
        xy[rows, 0] += x - middle
    return whole


def _stack(rows: Rows, xy: Positions, sizes: Positions, tops: npt.NDArray[Any], depth: int, gap: float) -> _Outline:
    """Set `rows` one below another in columns, around x 0; the outline, down to the last layer that they reach."""
    wide, pitch = float(sizes[rows, 0].max()) + gap, float(sizes[rows, 1].max()) + gap
    columns = max(1, round(float(np.sqrt(len(rows) * pitch / (1.5 * wide)))))
    lines = -(-len(rows) // columns)
    column, line = np.divmod(np.arange(len(rows)), lines)
    columns = int(column[-1]) + 1
    xy[rows, 0] = (column - (columns - 1) / 2) * wide
    xy[rows, 1] = tops[depth] + sizes[rows, 1].max() / 2 + line * pitch
    layers = max(1, int(np.searchsorted(tops, tops[depth] + lines * pitch)) - depth)
    half = (columns * wide - gap) / 2
    return _Outline([-half] * layers, [half] * layers)


MEMBER = Organisation()
