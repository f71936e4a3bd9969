"""Placing: new entities put into a chart around what stands, which does not move."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import simple_pairs
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.packing import pack
from ewglink.layouts.room import Room

SPACING = 180.0
"""How far from its neighbours a new entity is put, chart units."""


def place_new(subject: Subject, spacing: float = SPACING) -> Positions:
    """Positions (n, 2) of all: rows of `subject.xy` that are not NaN stay exactly, the others are placed.

    A new entity linked to placed ones goes near them, into free space; new ones linked only among themselves, or to
    nothing, go beside the chart, the former laid out.
    """
    xy = np.array(subject.xy, np.float64)
    old = _standing(xy)
    if old.all():
        return xy
    pairs = simple_pairs(subject.n, subject.ends)
    wished = place_linked(np.where(old[:, None], xy, np.nan), pairs, spacing)
    reached = _standing(wished)
    near = np.flatnonzero(reached & ~old)
    order = near[np.argsort(_rounds_to(pairs, old)[near], kind="stable")]
    room = Room(subject.sizes, xy, old, spacing)
    for row in order.tolist():
        xy[row] = room.find(row, wished[row])
    rest = np.flatnonzero(~reached & ~old)
    if len(rest):
        xy[rest] = _beside(subject, xy, rest, spacing)
    return xy


def _standing(xy: Positions) -> npt.NDArray[np.bool_]:
    return np.isfinite(xy[:, 0]) & np.isfinite(xy[:, 1])


def place_linked(xy: Positions, pairs: npt.NDArray[Any], spacing: float) -> Positions:
    """`xy` (n, 2) with NaN rows that links lead to from placed ones put near these, round by round; others stay NaN.

    The links are `pairs` (k, 2). With several placed neighbours a row goes to their middle, with one outward from it.
    """
    found = np.array(xy, np.float64)
    placed = _standing(found)
    if not placed.any():
        return found
    middle = found[placed].mean(axis=0)
    a = np.concatenate((pairs[:, 0], pairs[:, 1])).astype(np.int64)
    b = np.concatenate((pairs[:, 1], pairs[:, 0])).astype(np.int64)
    while True:
        use = placed[a] & ~placed[b]
        if not use.any():
            return found
        count = np.bincount(b[use], minlength=len(found))
        total = np.stack([np.bincount(b[use], weights=found[a[use], axis], minlength=len(found)) for axis in (0, 1)], 1)
        new = np.flatnonzero(count)
        mean = total[new] / count[new, None]
        out = mean - middle
        length = np.hypot(out[:, 0], out[:, 1])
        # New rows at the same place leave in different directions, around the way that leads outward.
        turn = _turns(mean)
        heading = np.arctan2(out[:, 1], out[:, 0]) * (length > 1e-9) + turn
        step = np.where(count[new] > 1, 0.35, 1.0) * spacing
        found[new] = mean + np.stack((np.cos(heading), np.sin(heading)), axis=1) * step[:, None]
        placed[new] = True


def _turns(mean: Positions) -> npt.NDArray[np.float64]:
    """For rows around the same point 0, +0.5, −0.5, +1, … radians."""
    _points, which = np.unique(np.round(mean, 3), axis=0, return_inverse=True)
    which = which.ravel()
    order = np.argsort(which, kind="stable")
    count = np.bincount(which)
    number = np.empty(len(which), np.int64)
    number[order] = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    width = np.minimum(0.5, 2 * np.pi / np.maximum(count[which], 1))
    return np.asarray(np.where(number % 2 == 1, 1.0, -1.0) * ((number + 1) // 2) * width, np.float64)


def _rounds_to(pairs: npt.NDArray[Any], old: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    from ewglink.graph.adjacency import from_pairs

    if not old.any():
        return np.zeros(len(old), np.int32)
    return from_pairs(len(old), pairs).distances(np.flatnonzero(old))


def _beside(subject: Subject, xy: Positions, rest: npt.NDArray[np.int64], spacing: float) -> Positions:
    """Rows with no way to the chart: laid out on their own, to the right of all that stands."""
    from ewglink.layouts.parts import arrange
    from ewglink.model.progress import finish

    alone = subject.part(rest)
    found = finish(arrange(alone, spacing)) if len(alone.ends) else pack(alone.sizes, gap=24.0, aspect=0.5)
    assert found is not None
    stands = np.isfinite(xy).all(axis=1)
    if not stands.any():
        return found
    half = subject.sizes / 2
    right = float((xy + half)[stands, 0].max())
    top = float((xy - half)[stands, 1].min())
    corner = (found - alone.sizes / 2).min(axis=0)
    beside: Positions = found - corner + np.array([right + spacing, top])
    return beside
