"""Gathering: communities of a large network found in small steps, so that a window stays alive and a cancel is heard.

Local moving and merging after Blondel and others (Fast unfolding of communities, 2008), half of the rows at a time.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
_ROUNDS = 24
_LEVELS = 12
_SETTLED = 0.004
"""Moving ends once fewer than this share of the rows move."""


@dataclass(frozen=True)
class _Ties:
    """Links both ways: from `tails` to `heads` with `weights`; `strength` (n,) sums them, within a row as well."""

    tails: Rows
    heads: Rows
    weights: Weights
    strength: Weights


def gather(n: int, pairs: npt.NDArray[Any], seed: int) -> Generator[float, None, Rows]:
    """The community of each row, (n,), by modularity; yields the share of work done. `pairs` (k, 2) are distinct."""
    chance = np.random.default_rng(seed)
    tails = np.concatenate((pairs[:, 0], pairs[:, 1])).astype(np.int64)
    heads = np.concatenate((pairs[:, 1], pairs[:, 0])).astype(np.int64)
    ties = _Ties(tails, heads, np.ones(len(tails)), np.bincount(tails, minlength=n).astype(np.float64))
    labels = np.arange(n)
    for level in range(_LEVELS):
        count = len(ties.strength)
        found = np.arange(count)
        calm = 0
        for turn in range(_ROUNDS):
            moved = _move(ties, found, chance.random(count) < 0.5)
            yield 1 - 0.5 ** level * (1 - 0.5 * (turn + 1) / _ROUNDS)
            calm = calm + 1 if moved <= _SETTLED * count else 0
            if calm == 2:
                break
        _names, found = np.unique(found, return_inverse=True)
        found = found.ravel()
        labels = found[labels]
        if len(_names) == count:
            break
        ties = _merged(ties, found, len(_names))
    return labels


def _move(ties: _Ties, labels: Rows, active: npt.NDArray[np.bool_]) -> int:
    """Each `active` row goes (in place) to the neighbouring community that gains most modularity; how many went."""
    n = len(labels)
    use = active[ties.tails] & (ties.tails != ties.heads)
    key = ties.tails[use] * n + labels[ties.heads[use]]
    order = np.argsort(key, kind="stable")
    key, weight = key[order], ties.weights[use][order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.empty(0, np.int64)
    if not len(first):
        return 0
    row, community = np.divmod(key[first], n)
    total = np.bincount(labels, ties.strength, n)
    own = community == labels[row]
    share = ties.strength[row] / ties.strength.sum()
    gain = np.add.reduceat(weight, first) - share * (total[community] - np.where(own, ties.strength[row], 0.0))
    stay = np.zeros(n)
    rows = np.flatnonzero(active)
    stay[rows] = -ties.strength[rows] / ties.strength.sum() * (total[labels[rows]] - ties.strength[rows])
    stay[row[own]] = gain[own]
    begins = np.flatnonzero(np.append(True, row[1:] != row[:-1]))
    most = np.maximum.reduceat(gain, begins)
    best = np.flatnonzero(gain >= np.repeat(most, np.diff(np.append(begins, len(row)))))
    # Of equal gains the community with the smallest number, which comes first.
    chosen = best[np.unique(row[best], return_index=True)[1]]
    chosen = chosen[gain[chosen] > stay[row[chosen]] + 1e-9]
    labels[row[chosen]] = community[chosen]
    return len(chosen)


def _merged(ties: _Ties, labels: Rows, count: int) -> _Ties:
    """Every community one row."""
    keys, which = np.unique(labels[ties.tails] * count + labels[ties.heads], return_inverse=True)
    weights = np.bincount(which.ravel(), ties.weights).astype(np.float64)
    tails, heads = np.divmod(keys, count)
    return _Ties(tails, heads, weights, np.bincount(labels, ties.strength, count).astype(np.float64))
