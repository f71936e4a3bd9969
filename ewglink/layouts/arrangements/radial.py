"""Radial: rings of steps around one entity, branches kept together."""

from __future__ import annotations

from collections.abc import Iterator
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
        xy = np.zeros((n, 2))
        extents = np.zeros((len(parts), 2))
        for part, rows in enumerate(parts):
            middle = int(rows[near.degrees()[rows].argmax()])
            if 0 <= options.centre < n and labels[options.centre] == part:
                middle = options.centre
            xy[rows] = _rings(near, rows, middle, subject.sizes, options.spacing)[rows]
            low, high = (xy - subject.sizes / 2)[rows].min(axis=0), (xy + subject.sizes / 2)[rows].max(axis=0)
            xy[rows] -= (low + high) / 2
            extents[part] = high - low
        if n:
            xy += pack(extents, gap=options.spacing / 3)[labels]
        yield Progress(1.0, best=keep_pinned(subject, xy))


def _rings(near: Adjacency, rows: Rows, middle: int, sizes: Positions, spacing: float) -> Positions:
    """Positions of the part that holds `middle`, which stands at the origin."""
    steps = near.distances(middle)
    order, parent = _branches(near, middle, steps)
    breadth = np.hypot(sizes[:, 0], sizes[:, 1]) + 12.0
    need = np.zeros(near.n)
    for row in reversed(order):
        own = breadth[row] / max(int(steps[row]), 1)
        need[row] = max(need[row], own)
        if parent[row] >= 0:
            need[parent[row]] += need[row]
    share = 2 * np.pi / max(float(need[middle]), 1e-9)
    begin = np.zeros(near.n)
    angle = np.zeros(near.n)
    used = np.zeros(near.n)
    for row in order:
        if parent[row] >= 0:
            begin[row] = begin[parent[row]] + used[parent[row]]
            used[parent[row]] += need[row] * share
        angle[row] = begin[row] + need[row] * share / 2
    radius = _radii(steps[rows], angle[rows], breadth[rows], spacing, float(sizes[rows, 1].max()))
    out = radius[np.maximum(steps, 0)]
    return np.stack((np.cos(angle), np.sin(angle)), axis=1) * out[:, None]


def _radii(steps: npt.NDArray[np.int32], angle: npt.NDArray[np.float64], breadth: npt.NDArray[np.float64],
           spacing: float, tallest: float) -> npt.NDArray[np.float64]:
    """The radius of each ring: wide enough that boxes side by side on it have their room."""
    found = np.zeros(int(steps.max()) + 1)
    for step in range(1, len(found)):
        ring = np.flatnonzero(steps == step)
        ring = ring[np.argsort(angle[ring], kind="stable")]
        gaps = np.diff(np.append(angle[ring], angle[ring[0]] + 2 * np.pi))
        wide = (breadth[ring] + np.roll(breadth[ring], -1)) / 2
        enough = float((wide / np.maximum(2 * np.sin(np.minimum(gaps, np.pi) / 2), 1e-3)).max()) if len(ring) > 1 else 0
        found[step] = max(found[step - 1] + max(spacing, tallest + 12), min(enough, found[step - 1] + 20 * spacing))
    return found


def _branches(near: Adjacency, middle: int, steps: npt.NDArray[np.int32]) -> tuple[list[int], Rows]:
    """Rows ring by ring, in the order of their parents, and each row's parent (−1 for the middle)."""
    parent = np.full(near.n, -1, np.int64)
    order = [middle]
    for row in _growing(order):
        for other in near.of(row).tolist():
            if steps[other] == steps[row] + 1 and parent[other] < 0:
                parent[other] = row
                order.append(other)
    return order, parent


def _growing(order: list[int]) -> Iterator[int]:
    at = 0
    while at < len(order):
        yield order[at]
        at += 1


MEMBER = Radial()
