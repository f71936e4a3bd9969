"""Overlap of drawn boxes: found, and removed by pushing boxes apart along the shorter way."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.layouts.room import Room

Boxes = npt.NDArray[np.float64]
LARGEST = 3000
"""Charts with more entities are left as they are: their labels are not all shown at once anyway."""
_ROUNDS = 400


def overlapping(xy: Boxes, sizes: Boxes, gap: float = 0.0) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows a, b of all pairs of boxes (centres `xy`, `sizes` width and height) closer than `gap` in both directions."""
    half = sizes / 2 + gap / 2
    left, right = xy[:, 0] - half[:, 0], xy[:, 0] + half[:, 0]
    order = np.argsort(left, kind="stable")
    last = np.searchsorted(left[order], right[order] - 1e-9, "left")
    counts = np.maximum(last - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), counts)
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    second = first + 1 + (np.arange(len(first)) - starts)
    a, b = order[first], order[second]
    hit = np.abs(xy[a, 1] - xy[b, 1]) < half[a, 1] + half[b, 1] - 1e-9
    return a[hit], b[hit]


def remove_overlaps(xy: Boxes, sizes: Boxes, gap: float = 8.0, fixed: npt.NDArray[Any] | None = None) -> Boxes:
    """`xy` with boxes pushed apart until none overlap (but for fixed ones on each other); rows of `fixed` stay."""
    stays = np.zeros(len(xy), np.bool_) if fixed is None else np.asarray(fixed, np.bool_)
    placed = np.array(xy, np.float64)
    if len(xy) < 2 or len(xy) > LARGEST:
        return placed
    placed[~stays] += _nudges(len(xy))[~stays]
    anchor = placed[stays].mean(axis=0) if stays.any() else placed.mean(axis=0)
    for turn in range(_ROUNDS):
        a, b = overlapping(placed, sizes, gap)
        moving = ~(stays[a] & stays[b])
        a, b = a[moving], b[moving]
        if not len(a):
            break
        if turn % 12 == 11:
            # Pushing alone can go round in circles in a crowd; a little more room lets it end.
            placed[~stays] = anchor + (placed[~stays] - anchor) * 1.04
            continue
        _push(placed, sizes, gap, stays, a, b)
    return _resettled(placed, sizes, gap, stays)


def _resettled(placed: Boxes, sizes: Boxes, gap: float, stays: npt.NDArray[np.bool_]) -> Boxes:
    """Boxes that pushing could not free, between fixed ones that leave no room, put into the nearest free place."""
    a, b = overlapping(placed, sizes)
    stuck = np.unique(np.where(stays[b], a, b))
    stuck = stuck[~stays[stuck]]
    if len(stuck):
        others = np.ones(len(placed), np.bool_)
        others[stuck] = False
        room = Room(sizes, placed, others, float(sizes.mean()), gap)
        for row in stuck.tolist():
            room.find(row, placed[row].copy())
    return placed


def _nudges(count: int) -> Boxes:
    """Tiny distinct offsets, so that boxes on the very same spot have a side to go to."""
    angle = np.arange(count) * 2.399963229728653
    return 1e-3 * np.stack((np.cos(angle), np.sin(angle)), axis=1)


def _push(placed: Boxes, sizes: Boxes, gap: float, stays: npt.NDArray[np.bool_], a: npt.NDArray[np.int64],
          b: npt.NDArray[np.int64]) -> None:
    apart = placed[b] - placed[a]
    lack = (sizes[a] + sizes[b]) / 2 + gap - np.abs(apart)
    sideways = lack[:, 0] < lack[:, 1]
    amount = np.where(sideways, lack[:, 0], lack[:, 1]) + 1e-3
    axis = np.where(sideways, 0, 1)
    sign = np.where(apart[np.arange(len(a)), axis] >= 0, 1.0, -1.0)
    free_a, free_b = ~stays[a], ~stays[b]
    share_a = np.where(free_b & free_a, 0.5, free_a.astype(np.float64))
    move = np.zeros_like(placed)
    count = np.zeros(len(placed))
    np.add.at(move, (a, axis), -sign * amount * share_a)
    np.add.at(move, (b, axis), sign * amount * (1 - share_a))
    np.add.at(count, a, 1)
    np.add.at(count, b, 1)
    # A box pushed by many at once would fly off: it takes the mean of the pushes, and a little more.
    placed += move / np.maximum(1.0, np.sqrt(count))[:, None]
