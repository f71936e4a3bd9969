"""Groups as neighbours: large boxes set close together, those with many links in common side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.components import component_labels, members
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.overlap import LARGEST, overlapping, remove_overlaps
from ewglink.layouts.packing import pack
from ewglink.layouts.stress import arrange_part

Rows = npt.NDArray[np.int64]
_MOST = 600
"""More groups than this in one connected part are packed by size alone."""
_ROUNDS = 8


def place_groups(extents: Positions, links: npt.NDArray[Any], gap: float, seed: int) -> Positions:
    """Centres (k, 2) of boxes of these `extents` (k, 2), `gap` apart, for `links` (m, 2) between groups."""
    count = len(extents)
    pairs, ties = _ties(count, links)
    labels = component_labels(count, pairs)
    centres = np.zeros((count, 2))
    boxes = []
    for part, rows in enumerate(members(labels)):
        if len(rows) > 1:
            inside = labels[pairs[:, 0]] == part
            centres[rows] = _part(extents[rows], np.searchsorted(rows, pairs[inside]), ties[inside], gap, seed)
        low, high = (centres - extents / 2)[rows].min(axis=0), (centres + extents / 2)[rows].max(axis=0)
        centres[rows] -= (low + high) / 2
        boxes.append(high - low)
    placed: Positions = centres + pack(np.array(boxes).reshape(-1, 2), gap)[labels]
    return placed


def _ties(count: int, links: npt.NDArray[Any]) -> tuple[Rows, npt.NDArray[np.float64]]:
    """Each pair of linked groups once, (p, 2), and how many links they have in common, (p,)."""
    ends = np.sort(links, axis=1)
    ends = ends[ends[:, 0] != ends[:, 1]]
    keys, number = np.unique(ends[:, 0] * count + ends[:, 1], return_counts=True)
    return np.stack(np.divmod(keys.astype(np.int64), count), axis=1), number.astype(np.float64)


def _part(extents: Positions, pairs: Rows, ties: npt.NDArray[np.float64], gap: float, seed: int) -> Positions:
    count = len(extents)
    if count > min(_MOST, LARGEST):
        return pack(extents, gap)
    reach = np.hypot(extents[:, 0], extents[:, 1]) / 2
    share = ties / np.sqrt(np.bincount(pairs.ravel(), np.repeat(ties, 2), count)[pairs].prod(axis=1))
    # Groups that are nearly all each other has stand close, the loosely tied may be farther apart.
    lengths = (reach[pairs].sum(axis=1) + gap) * (1.6 - 0.6 * share)
    xy = list(arrange_part(pairs, lengths, count, np.random.default_rng(seed)))[-1]
    return _compact(xy, extents, gap)


def _compact(xy: Positions, extents: Positions, gap: float) -> Positions:
    """Boxes drawn together as long as they stay where they are to each other: the smallest whole that is found."""
    best, best_area = xy, np.inf
    xy = xy - xy.mean(axis=0)
    padded = extents + gap
    area = float(np.prod(padded, axis=1).sum())
    whole = float(np.prod(np.ptp(np.concatenate((xy - padded / 2, xy + padded / 2)), axis=0)))
    for turn in range(_ROUNDS):
        share = 0.55 + 0.15 * turn
        tried = remove_overlaps(xy * share * np.sqrt(area * 1.4 / whole), extents, gap=gap)
        if len(overlapping(tried, extents)[0]):
            continue
        taken = float(np.prod(np.ptp(np.concatenate((tried - extents / 2, tried + extents / 2)), axis=0)))
        if taken < best_area * 0.97:
            best, best_area = tried, taken
    return best if np.isfinite(best_area) else remove_overlaps(xy * 3, extents, gap=gap)


def turn_groups(subject: Subject, local: Positions, labels: Rows, centres: Positions) -> None:
    """Mirror groups in `local` (in place, each around its origin) so that links between groups are short."""
    groups = members(labels)
    outward = labels[subject.ends[:, 0]] != labels[subject.ends[:, 1]]
    ends = subject.ends[outward].astype(np.int64)
    tails, heads = np.concatenate((ends[:, 0], ends[:, 1])), np.concatenate((ends[:, 1], ends[:, 0]))
    order = np.argsort(labels[tails], kind="stable")
    tails, heads = tails[order], heads[order]
    cuts = np.searchsorted(labels[tails], np.arange(len(groups) + 1))
    mirrors = np.array([(1, 1), (-1, 1), (1, -1), (-1, -1)], np.float64)
    for _sweep in range(3):
        for group, rows in enumerate(groups):
            own, other = tails[cuts[group]:cuts[group + 1]], heads[cuts[group]:cuts[group + 1]]
            if len(rows) < 2 or not len(own):
                continue
            there = local[other] + centres[labels[other]] - centres[group]
            away = [float(np.hypot(*(local[own] * mirror - there).T).sum()) for mirror in mirrors]
            local[rows] *= mirrors[int(np.argmin(away))]
