"""What connects three or more entities: a small tree that holds them together, or all shortest ways between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from ewglink.graph.components import component_labels
from ewglink.graph.network import Ints, Network
from ewglink.graph.ways import ANY, Left, Ways, ways_of

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Connecting:
    """A connecting network: ids of its entities and links, ascending; `steps` (a, b) → least number of steps.

    `parts`: the entities asked about, by which of them hang together in it; one part where all do.
    """

    items: Ints
    links: Ints
    steps: dict[tuple[int, int], int]
    parts: tuple[tuple[int, ...], ...]


def connecting_network(network: Network, ids: Collection[int], *, within: int | None = None, tree: bool = False,
                       avoid: Collection[int] = ()) -> Connecting:
    """What connects `ids` (two or more), arrows disregarded.

    As a rule the union of all shortest ways of at most `within` steps between any two of them; as a `tree`, a small
    one that holds them all together, at most twice as large as the smallest (Kou, Markowsky and Berman, 1981).
    """
    asked = sorted(set(ids))
    rows = network.rows_of(asked)
    ways = ways_of(network, ANY, set(avoid) - set(asked))
    away = [ways.ahead.distances(int(row)) for row in rows]
    steps = {(i, j): int(away[i][rows[j]]) for i, j in combinations(range(len(rows)), 2)}
    near = {pair: n for pair, n in steps.items() if n >= 0 and (within is None or n <= within)}
    kept = _tree(ways, rows, away, near) if tree else _union(rows, away, near)
    kept[rows] = True
    found = np.flatnonzero(kept)
    among = _links_among(network, kept)
    if not tree:
        among = among[_on_a_way(network, among, rows, away, near)]
    ids_of = network.ids[rows].tolist()
    return Connecting(network.ids[found], np.sort(network.link_ids[among]),
                      {(ids_of[i], ids_of[j]): n for (i, j), n in steps.items() if n >= 0},
                      _parts(network, among, ids_of, rows))


def _union(rows: Ints, away: list[Left], near: dict[tuple[int, int], int]) -> Mask:
    kept = np.zeros(len(away[0]) if away else 0, np.bool_)
    for (i, j), n in near.items():
        kept |= (away[i] >= 0) & (away[j] >= 0) & (away[i] + away[j] == n)
    return kept


def _tree(ways: Ways, rows: Ints, away: list[Left],
          near: dict[tuple[int, int], int]) -> Mask:
    """The rows of shortest ways along a least spanning tree of the entities, and of the ways found so far."""
    kept = np.zeros(ways.ahead.n, np.bool_)
    part = list(range(len(rows)))
    for (i, j), _n in sorted(near.items(), key=lambda item: (item[1], item[0])):
        if part[i] != part[j]:
            kept[_way(ways, away[i], int(rows[j]), kept)] = True
            part = [part[i] if one == part[j] else one for one in part]
    return kept


def _way(ways: Ways, away: Left, row: int, kept: Mask) -> list[int]:
    """A shortest way back from `row` to where `away` is 0, by entities already kept where there is a choice."""
    walk = [row]
    while away[walk[-1]] > 0:
        near = ways.back.of(walk[-1])
        near = near[away[near] == away[walk[-1]] - 1]
        standing = near[kept[near]]
        walk.append(int(standing[0] if len(standing) else near[0]))
    return walk


def _links_among(network: Network, kept: Mask) -> Ints:
    if not network.m:
        return np.empty(0, np.int64)
    return np.flatnonzero(kept[network.ends].all(axis=1) & (network.ends[:, 0] != network.ends[:, 1]))


def _on_a_way(network: Network, links: Ints, rows: Ints, away: list[Left],
              near: dict[tuple[int, int], int]) -> Mask:
    """Which links are a step of a shortest way between two of the entities."""
    a, b = network.ends[links, 0], network.ends[links, 1]
    fits = np.zeros(len(links), np.bool_)
    for (i, j), n in near.items():
        one, other = away[i], away[j]
        reached = (one[a] >= 0) & (other[b] >= 0) & (one[b] >= 0) & (other[a] >= 0)
        fits |= reached & ((one[a] + 1 + other[b] == n) | (one[b] + 1 + other[a] == n))
    return fits


def _parts(network: Network, links: Ints, ids: list[int], rows: Ints) -> tuple[tuple[int, ...], ...]:
    labels = component_labels(network.n, network.ends[links])
    parts: dict[int, list[int]] = {}
    for item, row in zip(ids, rows.tolist(), strict=True):
        parts.setdefault(int(labels[row]), []).append(item)
    return tuple(sorted((tuple(part) for part in parts.values()), key=lambda part: (-len(part), part)))
