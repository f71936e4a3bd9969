"""Circle: every part of a network on a circle of its own, or on two, like types side by side."""

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
    one: bool = option(False, N_("All parts together"))
    rings: str = option("one", N_("Rings"), choices=("one", "two"), choice_labels=(N_("One"), N_("Two")))


class Circle:
    """Circles just large enough that no two boxes touch."""

    key = "circle"
    name = N_("Circle")
    options = CircleOptions

    def run(self, subject: Subject, options: CircleOptions) -> Job[Positions]:
        """Closed form: one step."""
        n = subject.n
        pairs = simple_pairs(n, subject.ends)
        labels = np.zeros(n, np.int64) if options.one else component_labels(n, pairs)
        parts = members(labels)
        xy = np.zeros((n, 2))
        extents = np.zeros((len(parts), 2))
        for part, rows in enumerate(parts):
            kinds = subject.groups[rows] if options.by_type else np.zeros(len(rows), np.int32)
            order = rows[np.lexsort((rows, kinds))]
            if options.rings == "two":
                _two_rings(xy, order, subject, pairs, options.by_type)
            else:
                xy[order] = _ring(subject.sizes[order])
            low, high = (xy - subject.sizes / 2)[rows].min(axis=0), (xy + subject.sizes / 2)[rows].max(axis=0)
            xy[rows] -= (low + high) / 2
            extents[part] = high - low
        if n:
            xy += pack(extents, gap=48.0)[labels]
        yield Progress(1.0, best=keep_pinned(subject, xy))


def _two_rings(xy: Positions, order: npt.NDArray[np.int64], subject: Subject, pairs: npt.NDArray[np.int32],
               by_type: bool) -> None:
    """Set `order` (in place) on two rings: the best linked inside, the others outside and near what they link to.

    By type the inner ring holds the type whose entities have the most links each.
    """
    degree = np.bincount(pairs.ravel(), minlength=subject.n)[order]
    kinds = subject.groups[order]
    present, which = np.unique(kinds, return_inverse=True)
    mean = np.bincount(which.ravel(), degree) / np.bincount(which.ravel())
    by_type = by_type and len(present) > 1
    inside = kinds == present[mean.argmax()] if by_type else degree > max(1.0, float(degree.mean()))
    inner, outer = order[inside], order[~inside]
    xy[inner] = _ring(subject.sizes[inner])
    if not len(inner) or not len(outer):
        xy[outer] = _ring(subject.sizes[outer])
        return
    way = np.zeros((subject.n, 2))
    is_inner = np.zeros(subject.n, np.bool_)
    is_inner[inner] = True
    for a, b in ((pairs[:, 0], pairs[:, 1]), (pairs[:, 1], pairs[:, 0])):
        np.add.at(way, b[is_inner[a]], xy[a[is_inner[a]]])
    angle = (np.arctan2(way[outer, 1], way[outer, 0]) + np.pi / 2 + 1e-9) % (2 * np.pi)
    kind = np.zeros(len(outer), np.int64)
    if by_type:
        # Types follow each other in the order of where they are drawn to.
        names, number = np.unique(subject.groups[outer], return_inverse=True)
        total = np.bincount(number.ravel(), angle) / np.bincount(number.ravel())
        kind = np.argsort(np.argsort(total, kind="stable"))[number.ravel()] if len(names) else kind
    outer = outer[np.lexsort((outer, angle, kind))]
    reach = np.hypot(*(np.abs(xy[inner]) + subject.sizes[inner] / 2).T).max()
    room = float(np.hypot(*subject.sizes[outer].max(axis=0))) / 2
    xy[outer] = _ring(subject.sizes[outer], float(reach) + room + 60.0)


def _ring(sizes: Positions, least: float = 90.0) -> npt.NDArray[np.float64]:
    """Positions of boxes in order on a circle of a radius not under `least`, from the top, clockwise; none overlap."""
    count = len(sizes)
    if not count:
        return np.empty((0, 2))
    if count == 1:
        return np.zeros((1, 2)) if least <= 90.0 else np.array([[0.0, -least]])
    if count == 2 and least <= 90.0:
        reach = float(sizes[:, 0].mean()) / 2 + 60.0
        return np.array([[-reach, 0.0], [reach, 0.0]])
    # Along a circle neighbours are side by side at top and bottom, one above the other at the sides.
    angle = -np.pi / 2 + 2 * np.pi * np.arange(count) / count
    way = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    apart = np.abs(np.roll(way, -1, axis=0) - way)
    need = (np.roll(sizes, -1, axis=0) + sizes) / 2 + 10.0
    radius = float((need / np.maximum(apart, 1e-9)).min(axis=1).max())
    return way * max(radius, least)


MEMBER = Circle()
