"""Radial: rings of steps around one entity, branches kept together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency, from_pairs, simple_pairs
from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.packing import pack
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RadialOptions:
    """What stands in the middle, and how far apart the rings are."""

    centre: int = option(-1, N_("Entity in the middle (its place in the list)"), minimum=-1,
                         lowest=N_("The best linked"))
    spacing: float = option(180.0, N_("Space between rings"), per_millimetre=UNITS_PER_MM, minimum=20, maximum=2000)


class Radial:
    """A ring for each number of steps from the middle; each branch has the share of the circle that its boxes need."""

    key = "radial"
    name = N_("Radial")
    options = RadialOptions

    def run(self, subject: Subject, options: RadialOptions) -> Job[Positions]:
        """Closed form: one step."""
        n = subject.n
        pairs = simple_pairs(n, subject.ends)
        near = from_pairs(n, pairs)
        labels = component_labels(n, pairs)
        parts = members(labels)
        middles = np.array([rows[near.degrees()[rows].argmax()] for rows in parts], np.int64)
        if 0 <= options.centre < n:
            middles[labels[options.centre]] = options.centre
        xy = _rings(near, labels, middles, subject.sizes, options.spacing) if n else np.zeros((0, 2))
        extents = np.zeros((len(parts), 2))
        for part, rows in enumerate(parts):
            half = subject.sizes[rows] / 2
            low, high = (xy[rows] - half).min(axis=0), (xy[rows] + half).max(axis=0)
            xy[rows] -= (low + high) / 2
            extents[part] = high - low
        if n:
            xy += pack(extents, gap=options.spacing / 3)[labels]
        yield Progress(1.0, best=keep_pinned(subject, xy))


def _rings(near: Adjacency, labels: Rows, middles: Rows, sizes: Positions, spacing: float) -> Positions:
    """Positions around `middles`, one for each part (`labels`, (n,)), which stand at the origin."""
    rings, parent = _branches(near, middles)
    steps = np.zeros(near.n, np.int64)
    for number, ring in enumerate(rings):
        steps[ring] = number
    breadth = np.hypot(sizes[:, 0], sizes[:, 1]) + 12.0
    need = breadth / np.maximum(steps, 1)
    for ring in reversed(rings[1:]):
        # A branch needs what its rows need side by side, and no less than its own head.
        heads, which = np.unique(parent[ring], return_inverse=True)
        need[heads] = np.maximum(need[heads], np.bincount(which.ravel(), need[ring]))
    share = (2 * np.pi / need[middles])[labels]
    begin, angle = np.zeros(near.n), np.zeros(near.n)
    for ring in rings[1:]:
        # Branches of one head follow each other in a ring: how much of it those before take.
        before = np.cumsum(need[ring]) - need[ring]
        first = np.append(True, parent[ring][1:] != parent[ring][:-1])
        before -= before[np.flatnonzero(first)[np.cumsum(first) - 1]]
        begin[ring] = begin[parent[ring]] + before * share[ring]
        angle[ring] = begin[ring] + need[ring] * share[ring] / 2
    tallest = np.zeros(len(middles))
    np.maximum.at(tallest, labels, sizes[:, 1])
    radius = _radii(labels, steps, angle, breadth, np.maximum(spacing, tallest + 12), 20 * spacing)
    out = radius[steps, labels]
    return np.stack((np.cos(angle), np.sin(angle)), axis=1) * out[:, None]


def _radii(labels: Rows, steps: Rows, angle: npt.NDArray[np.float64], breadth: npt.NDArray[np.float64],
           least: npt.NDArray[np.float64], most: float) -> npt.NDArray[np.float64]:
    """The radius of each ring of each part, (rings, parts): wide enough that boxes side by side on it have their room,
    `least` (parts,) and at most `most` wider than the one before."""
    parts = len(least)
    key = steps * parts + labels
    order = np.lexsort((angle, key))
    begins = np.flatnonzero(np.append(True, key[order][1:] != key[order][:-1]))
    last = np.append(begins[1:], len(order)) - 1
    following = np.roll(np.arange(len(order)), -1)
    following[last] = begins
    gaps = angle[order][following] - angle[order]
    gaps[last] += 2 * np.pi
    wide = (breadth[order] + breadth[order][following]) / 2
    enough = np.maximum.reduceat(wide / np.maximum(2 * np.sin(np.minimum(gaps, np.pi) / 2), 1e-3), begins)
    enough[begins == last] = 0.0
    wanted = np.zeros((int(steps.max()) + 1, parts))
    wanted.ravel()[key[order][begins]] = enough
    found = np.zeros_like(wanted)
    for step in range(1, len(found)):
        found[step] = np.maximum(found[step - 1] + least, np.minimum(wanted[step], found[step - 1] + most))
    return found


def _branches(near: Adjacency, middles: Rows) -> tuple[list[Rows], Rows]:
    """Rows ring by ring, each in the order of their parents, and each row's parent (−1 for the middles)."""
    parent = np.full(near.n, -1, np.int64)
    seen = np.zeros(near.n, np.bool_)
    seen[middles] = True
    rings, front = [], middles
    while len(front):
        rings.append(front)
        heads = np.repeat(front, near.degrees()[front])
        reached = near.spread(front).astype(np.int64)
        fresh = ~seen[reached]
        heads, reached = heads[fresh], reached[fresh]
        _rows, first = np.unique(reached, return_index=True)
        first.sort()
        front = reached[first]
        parent[front] = heads[first]
        seen[front] = True
    return rings, parent


MEMBER = Radial()
