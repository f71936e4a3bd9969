"""Circle: every part of a network on a circle of its own, like types side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import simple_pairs
from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.packing import pack
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class CircleOptions:
    """How entities stand on the circle."""

    by_type: bool = option(True, N_("Like types side by side"))
    one: bool = option(False, N_("All on one circle"))


class Circle:
    """Circles just large enough that no two boxes touch."""

    key = "circle"
    name = N_("Circle")
    options = CircleOptions

    def run(self, subject: Subject, options: CircleOptions) -> Job[Positions]:
        """Closed form: one step."""
        n = subject.n
        labels = np.zeros(n, np.int64) if options.one else component_labels(n, simple_pairs(n, subject.ends))
        parts = members(labels)
        xy = np.zeros((n, 2))
        extents = np.zeros((len(parts), 2))
        for part, rows in enumerate(parts):
            kinds = subject.groups[rows] if options.by_type else np.zeros(len(rows), np.int32)
            order = rows[np.lexsort((rows, kinds))]
            xy[order] = _ring(subject.sizes[order])
            low, high = (xy - subject.sizes / 2)[rows].min(axis=0), (xy + subject.sizes / 2)[rows].max(axis=0)
            xy[rows] -= (low + high) / 2
            extents[part] = high - low
        if n:
            xy += pack(extents, gap=48.0)[labels]
        yield Progress(1.0, best=keep_pinned(subject, xy))


def _ring(sizes: Positions) -> npt.NDArray[np.float64]:
    """Positions of boxes in order on a circle, from the top, clockwise; boxes never overlap."""
    count = len(sizes)
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        reach = float(sizes[:, 0].mean()) / 2 + 60.0
        return np.array([[-reach, 0.0], [reach, 0.0]])
    # Along a circle neighbours are side by side at top and bottom, one above the other at the sides.
    angle = -np.pi / 2 + 2 * np.pi * np.arange(count) / count
    way = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    apart = np.abs(np.roll(way, -1, axis=0) - way)
    need = (np.roll(sizes, -1, axis=0) + sizes) / 2 + 10.0
    radius = float((need / np.maximum(apart, 1e-9)).min(axis=1).max())
    return way * max(radius, 90.0)


MEMBER = Circle()
