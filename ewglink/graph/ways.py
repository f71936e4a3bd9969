"""Where one may go from each entity: with or against arrows or either way, and around what is avoided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.network import Ints, Network
from ewglink.model.items import Direction

ANY, WITH, AGAINST = "any", "with", "against"
DIRECTIONS = (ANY, WITH, AGAINST)
"""Either way, along arrows, or against them; a link without arrows, or with two, can be gone both ways."""
Left = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Ways:
    """The steps ahead from each row, and the steps back to it."""

    ahead: Adjacency
    back: Adjacency
    direction: str

    def links_of_step(self, network: Network, a: int, b: int) -> Ints:
        """The rows of the links that can be used from row `a` to row `b`, by link id."""
        links = network.links_between(a, b)
        if self.direction == ANY:
            return links
        from_a = network.ends[links, 0] == a
        if self.direction == AGAINST:
            from_a = ~from_a
        wrong = np.where(from_a, Direction.BACKWARD, Direction.FORWARD)
        loops = network.ends[links, 0] == network.ends[links, 1]
        usable: Ints = links[loops | (network.directions[links] != wrong)]
        return usable


def ways_of(network: Network, direction: str = ANY, avoid: Collection[int] = ()) -> Ways:
    """The ways of `network`; `avoid` are ids that no way may touch."""
    if direction == ANY:
        ahead = back = network.adjacency
    elif direction == WITH:
        ahead, back = network.out_adjacency, network.in_adjacency
    else:
        ahead, back = network.in_adjacency, network.out_adjacency
    rows = network.rows_of(avoid)
    if len(rows):
        same = ahead is back
        ahead = ahead.without(rows)
        back = ahead if same else back.without(rows)
    return Ways(ahead, back, direction)


def steps_left(ways: Ways, start: int, end: int) -> tuple[int, Left]:
    """The least number of steps from row `start` to row `end` (−1: no way), and for rows on a shortest way the steps
    that are left to `end`, else −1 or the true number.

    Searched from both ends at once, so that a small part of a large network is looked at.
    """
    gone, left = np.full(ways.ahead.n, -1, np.int32), np.full(ways.ahead.n, -1, np.int32)
    gone[start], left[end] = 0, 0
    if start == end:
        return 0, left
    ahead, behind = np.array([start]), np.array([end])
    levels = [ahead]
    while len(ahead) and len(behind):
        if _work(ways.ahead, ahead) <= _work(ways.back, behind):
            ahead = _next(ways.ahead, ahead, gone)
            levels.append(ahead)
            met = ahead[left[ahead] >= 0]
        else:
            behind = _next(ways.back, behind, left)
            met = behind[gone[behind] >= 0]
        if len(met):
            return int(gone[met[0]] + left[met[0]]), _completed(ways, gone, left, met, levels)
    return -1, left


def _work(near: Adjacency, front: npt.NDArray[np.int64]) -> int:
    return int((near.indptr[front + 1] - near.indptr[front]).sum())


def _next(near: Adjacency, front: npt.NDArray[np.int64], found: Left) -> npt.NDArray[np.int64]:
    step = found[front[0]] + 1
    reached = near.spread(front)
    fresh = np.unique(reached[found[reached] < 0]).astype(np.int64)
    found[fresh] = step
    return fresh


def _completed(ways: Ways, gone: Left, left: Left, met: npt.NDArray[np.int64],
               levels: list[npt.NDArray[np.int64]]) -> Left:
    """`left` for the rows between the start and where both searches met."""
    rows = met
    for step in range(int(gone[met[0]]) - 1, -1, -1):
        before = np.unique(ways.back.spread(rows)).astype(np.int64)
        before = before[gone[before] == step]
        left[before] = left[rows[0]] + 1
        rows = before
    return left
