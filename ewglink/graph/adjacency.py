"""Who is next to whom, as compressed rows: what neighbours, paths, components and layouts walk on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.model.progress import breathe

Rows = npt.NDArray[np.int64]
Ends = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Adjacency:
    """Neighbours of every row: those of row i are `indices[indptr[i]:indptr[i + 1]]`, ascending.

    `indptr` (n + 1,) int64, `indices` (arcs,) int32.
    """

    indptr: Rows
    indices: npt.NDArray[np.int32]

    @property
    def n(self) -> int:
        """The number of rows."""
        return len(self.indptr) - 1

    def of(self, row: int) -> npt.NDArray[np.int32]:
        """The neighbours of one row, ascending."""
        return self.indices[self.indptr[row]:self.indptr[row + 1]]

    def spread(self, rows: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """The neighbours of all `rows`, one after another, with repetitions."""
        starts = self.indptr[rows]
        counts = self.indptr[np.asarray(rows) + 1] - starts
        total = int(counts.sum())
        if not total:
            return np.empty(0, np.int32)
        offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        return self.indices[offsets + np.arange(total)]

    def without(self, rows: npt.NDArray[Any]) -> Adjacency:
        """The same, with nothing leading to or from `rows`."""
        out = np.zeros(self.n, np.bool_)
        out[rows] = True
        tails = np.repeat(np.arange(self.n), self.degrees())
        kept = ~(out[tails] | out[self.indices])
        indptr = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(tails[kept], minlength=self.n), out=indptr[1:])
        return Adjacency(indptr, self.indices[kept])

    def degrees(self) -> Rows:
        """How many neighbours each row has, (n,) int64."""
        return np.diff(self.indptr)

    def distances(self, start: int | npt.NDArray[Any], stop: int | None = None,
                  limit: int | None = None) -> npt.NDArray[np.int32]:
        """Steps from `start` (a row or several) to every row, −1 where out of reach.

        With `stop` the search ends once that row is reached, with `limit` after so many steps.
        """
        found = np.full(self.n, -1, np.int32)
        front = np.unique(np.atleast_1d(np.asarray(start, np.int64)))
        found[front] = 0
        step = 0
        while len(front) and (stop is None or found[stop] < 0) and (limit is None or step < limit):
            step += 1
            breathe()
            reached = self.spread(front)
            fresh = reached[found[reached] < 0]
            found[fresh] = step
            front = np.flatnonzero(found == step) if len(fresh) * 8 > self.n else np.unique(fresh)
        return found


def row_keys(n: int, rows: npt.NDArray[Any], columns: npt.NDArray[Any]) -> Rows:
    """One number for each pair of rows, in the order of the pairs: (k,) int64."""
    keys: Rows = rows.astype(np.int64) * max(n, 1) + columns
    return keys


def simple_pairs(n: int, ends: npt.NDArray[Any]) -> Ends:
    """The pairs of different rows that are linked, each once with the smaller row first, in order: (k, 2) int32."""
    low = np.minimum(ends[:, 0], ends[:, 1]).astype(np.int64)
    high = np.maximum(ends[:, 0], ends[:, 1]).astype(np.int64)
    apart = low != high
    keys = _each_once(low[apart] * max(n, 1) + high[apart])
    return np.stack(np.divmod(keys, max(n, 1)), axis=1).astype(np.int32)


def _each_once(keys: Rows) -> Rows:
    """The distinct keys, ascending; by sorting, several times as fast as NumPy's hash table where there are many."""
    ordered = np.sort(keys)
    kept = np.ones(len(ordered), np.bool_)
    kept[1:] = ordered[1:] != ordered[:-1]
    return ordered[kept]


def from_arcs(n: int, tails: npt.NDArray[Any], heads: npt.NDArray[Any]) -> Adjacency:
    """The adjacency of one-way arcs; repetitions and arcs to oneself are dropped."""
    apart = tails != heads
    keys = _each_once(tails[apart].astype(np.int64) * max(n, 1) + heads[apart])
    rows, columns = np.divmod(keys, max(n, 1))
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n)))).astype(np.int64)
    return Adjacency(indptr[:n + 1], columns.astype(np.int32))


def from_pairs(n: int, pairs: npt.NDArray[Any]) -> Adjacency:
    """The adjacency of pairs that can be walked both ways."""
    return from_arcs(n, np.concatenate((pairs[:, 0], pairs[:, 1])), np.concatenate((pairs[:, 1], pairs[:, 0])))
