"""The cheapest ways, of least sum of 1 / weight: Dijkstra from both ends, and Yen where more than one is asked for."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from itertools import count, pairwise

import numpy as np

from ewglink.graph.adjacency import row_keys
from ewglink.graph.network import Ints, Network
from ewglink.graph.paths import Path, Paths, path_of, row_of
from ewglink.graph.ways import AGAINST, ANY, Ways, ways_of
from ewglink.model.progress import breathe

MOST_LOOKED_AT = 2000
"""Ways looked at before a search for those through certain entities gives up."""
Step = tuple[int, int]


def cheapest_paths(network: Network, source: int, target: int, *, direction: str = ANY, through: Collection[int] = (),
                   avoid: Collection[int] = (), limit: int = 1) -> Paths:
    """The `limit` cheapest ways that meet no entity twice, cheapest first; each carries its `cost`.

    A step costs 1 / (sum of the weights of its links), 1 / their number where the network is not weighted; equal costs
    go by fewer steps, then as they are met. Where one is asked for, no more are looked for. KeyError: unknown id.
    """
    start, end = row_of(network, source), row_of(network, target)
    stops = {row_of(network, item) for item in through}
    ways = ways_of(network, direction, set(avoid) - {source, target})
    graph = _Costs(network, ways)
    looked = 0
    found: list[Path] = []
    for cost, rows in _yen(graph, start, end):
        looked += 1
        if stops <= set(rows):
            found.append(path_of(network, ways, rows, cost))
        if len(found) > limit or looked >= MOST_LOOKED_AT or (found and limit == 1):
            break
    return Paths(tuple(found[:limit]), len(found) > limit or looked >= MOST_LOOKED_AT)


class _Costs:
    """Steps with their costs, ahead and back, row by row as they are asked for."""

    def __init__(self, network: Network, ways: Ways) -> None:
        self.n, self.ways = network.n, ways
        ends, self.weights = ((network.pairs, network.pair_weights) if ways.direction == ANY
                              else (network.arcs, network.arc_weights))
        self.keys = row_keys(self.n, *ends.T)
        self.known: dict[Step, list[tuple[int, float]]] = {}

    def near(self, side: int, row: int) -> list[tuple[int, float]]:
        """The rows one step ahead (side 0) or back (side 1), each with what the step costs."""
        found = self.known.get((side, row))
        if found is None:
            heads = (self.ways.back if side else self.ways.ahead).of(row).astype(np.int64)
            weights = self.weights[np.searchsorted(self.keys, self._keys(side, row, heads))]
            found = self.known[side, row] = list(zip(heads.tolist(), (1.0 / weights).tolist(), strict=True))
        return found

    def _keys(self, side: int, row: int, heads: Ints) -> Ints:
        rows = np.full(len(heads), row, np.int64)
        if self.ways.direction == ANY:
            return row_keys(self.n, np.minimum(rows, heads), np.maximum(rows, heads))
        turned = (side == 1) != (self.ways.direction == AGAINST)
        return row_keys(self.n, heads, rows) if turned else row_keys(self.n, rows, heads)


def _dijkstra(graph: _Costs, start: int, end: int, without: set[int], unused: set[Step]) -> list[int] | None:
    """The rows of a cheapest way from both ends at once; fewer steps first among equals, then smaller rows."""
    if start == end:
        return [start]
    best: tuple[dict[int, tuple[float, int]], ...] = ({start: (0.0, 0)}, {end: (0.0, 0)})
    came: tuple[dict[int, int], ...] = ({}, {})
    settled: tuple[set[int], ...] = (set(), set())
    heaps: tuple[list[tuple[float, int, int]], ...] = ([(0.0, 0, start)], [(0.0, 0, end)])
    least, met = (np.inf, 0), -1
    while heaps[0] and heaps[1]:
        breathe()
        if heaps[0][0][0] + heaps[1][0][0] > least[0] * (1 + 1e-12):
            break
        side = 0 if heaps[0][0] <= heaps[1][0] else 1
        cost, steps, row = heapq.heappop(heaps[side])
        if row in settled[side]:
            continue
        settled[side].add(row)
        for near, more in graph.near(side, row):
            if near in without or ((row, near) if side == 0 else (near, row)) in unused:
                continue
            reached = (cost + more, steps + 1)
            if near not in best[side] or reached < best[side][near]:
                best[side][near], came[side][near] = reached, row
                heapq.heappush(heaps[side], (*reached, near))
                other = best[1 - side].get(near)
                if other is not None and (total := (reached[0] + other[0], reached[1] + other[1])) < least:
                    least, met = total, near
    return None if met < 0 else _joined(came, met)


def _joined(came: tuple[dict[int, int], ...], met: int) -> list[int]:
    rows = [met]
    while rows[-1] in came[0]:
        rows.append(came[0][rows[-1]])
    rows.reverse()
    while rows[-1] in came[1]:
        rows.append(came[1][rows[-1]])
    return rows


def _yen(graph: _Costs, start: int, end: int) -> Iterator[tuple[float, list[int]]]:
    """Ways without repetition, cheapest first (Yen, 1971)."""
    first = _dijkstra(graph, start, end, set(), set())
    if first is None:
        return
    number = count()
    waiting = [(_cost(graph, first), len(first), first, next(number))]
    known = {tuple(first)}
    given: list[list[int]] = []
    while waiting:
        cost, _length, rows, _no = heapq.heappop(waiting)
        yield cost, rows
        given.append(rows)
        for place in range(len(rows) - 1):
            root = rows[:place + 1]
            unused = {(other[place], other[place + 1]) for other in given
                      if len(other) > place + 1 and other[:place + 1] == root}
            spur = _dijkstra(graph, root[-1], end, set(root[:-1]), unused)
            if spur is not None and (whole := tuple(root[:-1] + spur)) not in known:
                known.add(whole)
                heapq.heappush(waiting, (_cost(graph, list(whole)), len(whole), list(whole), next(number)))


def _cost(graph: _Costs, rows: list[int]) -> float:
    total = 0.0
    for a, b in pairwise(rows):
        total += dict(graph.near(0, a))[b]
    return total
