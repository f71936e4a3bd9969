"""Ways from one entity to another: sequences of entities, with every link of each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.network import Network
from ewglink.model.items import Direction


@dataclass(frozen=True)
class Path:
    """One way: entity ids in order, and for every step the ids of all links it can use."""

    items: tuple[int, ...]
    links: tuple[tuple[int, ...], ...]

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.links)


@dataclass(frozen=True)
class Paths:
    """Ways found, shortest first and then by ids; `truncated` where there are more than were asked for."""

    paths: tuple[Path, ...]
    truncated: bool = False


def shortest_path(network: Network, source: int, target: int, *, directed: bool = False) -> Path | None:
    """The first by ids of the shortest ways from `source` to `target`, or None. KeyError: unknown id."""
    return next(_walks(network, source, target, directed, longest=None), None)


def all_shortest_paths(network: Network, source: int, target: int, *, directed: bool = False,
                       limit: int = 1000) -> Paths:
    """All shortest ways, by ids, at most `limit`."""
    return _taken(_walks(network, source, target, directed, longest=None), limit)


def simple_paths(network: Network, source: int, target: int, max_length: int, *,
                 directed: bool = False) -> Iterator[Path]:
    """Ways of at most `max_length` steps that meet no entity twice, shortest first, then by ids, one after another."""
    return _walks(network, source, target, directed, longest=max_length)


def paths_up_to(network: Network, source: int, target: int, max_length: int, *, directed: bool = False,
                limit: int = 1000) -> Paths:
    """`simple_paths`, at most `limit` of them."""
    return _taken(simple_paths(network, source, target, max_length, directed=directed), limit)


def _taken(walks: Iterator[Path], limit: int) -> Paths:
    found = tuple(islice(walks, limit))
    return Paths(found, next(walks, None) is not None)


def _row(network: Network, item: int) -> int:
    rows = network.rows_of([item])
    if not len(rows):
        raise KeyError(item)
    return int(rows[0])


def _walks(network: Network, source: int, target: int, directed: bool, longest: int | None) -> Iterator[Path]:
    start, end = _row(network, source), _row(network, target)
    ways = network.out_adjacency if directed else network.adjacency
    back = network.in_adjacency if directed else network.adjacency
    if longest is None:
        left = back.distances(end, stop=start)
        longest = int(left[start])
    else:
        left = back.distances(end, limit=longest)
    if left[start] < 0:
        return
    for length in range(int(left[start]), longest + 1):
        if start == end and length:
            return
        for rows in _of_length(ways, left, start, end, length):
            yield _path(network, rows, directed)


def _of_length(ways: Adjacency, left: npt.NDArray[np.int32], start: int, end: int, length: int) -> Iterator[list[int]]:
    """Row sequences of exactly `length` steps; `left` holds each row's least number of steps to `end`, and prunes."""
    walk, on_walk = [start], {start}
    pending = [_next_rows(ways, left, start, length - 1)] if length else []
    if not length:
        yield walk
    while pending:
        row = next(pending[-1], None)
        if row is None:
            pending.pop()
            on_walk.discard(walk.pop())
            continue
        remaining = length - len(walk)
        if row in on_walk or (row == end) != (remaining == 0):
            continue
        if not remaining:
            yield [*walk, row]
            continue
        walk.append(row)
        on_walk.add(row)
        pending.append(_next_rows(ways, left, row, remaining - 1))


def _next_rows(ways: Adjacency, left: npt.NDArray[np.int32], row: int, most: int) -> Iterator[int]:
    near = ways.of(row)
    steps = left[near]
    return iter(near[(steps >= 0) & (steps <= most)].tolist())


def _path(network: Network, rows: list[int], directed: bool) -> Path:
    steps = tuple(_step(network, a, b, directed) for a, b in pairwise(rows))
    return Path(tuple(network.ids[rows].tolist()), steps)


def _step(network: Network, a: int, b: int, directed: bool) -> tuple[int, ...]:
    links = network.links_between(a, b)
    if directed:
        from_a = network.ends[links, 0] == a
        against = np.where(from_a, Direction.BACKWARD, Direction.FORWARD)
        links = links[network.directions[links] != against]
    return tuple(network.link_ids[links].tolist())
