"""Louvain's communities: entities move to the community next to them where modularity gains most, then communities
move as entities did, until nothing gains (Blondel and others, 2008)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ewglink.graph.kernels import compiled
from ewglink.graph.network import Ints, Network, Values
from ewglink.graph.step_weights import step_weights
from ewglink.graph.ways import ANY

COMPILED_FROM = 500


def louvain_labels(network: Network, resolution: float = 1.0, seed: int = 1, *, kernel: bool | None = None) -> Ints:
    """The community of each row, (n,) int64, numbered from 0; the same for the same seed. Weights count, arrows do not.

    `kernel` False asks for the plain function instead of the compiled one; both give the same.
    """
    near = network.adjacency
    weights = step_weights(network, near, ANY) if network.weighted else np.ones(len(near.indices))
    wanted = kernel or (kernel is None and network.n >= COMPILED_FROM)
    move: Any = (compiled(_move) if wanted else None) or _move
    indptr, indices, inside = near.indptr, near.indices.astype(np.int64), np.zeros(network.n)
    member = np.arange(network.n)
    chance = np.random.default_rng(seed)
    while len(inside) and len(weights):
        labels = np.arange(len(inside))
        tails = np.repeat(labels, np.diff(indptr))
        strength = inside + np.bincount(tails, weights, len(inside))
        move(indptr, indices, weights, strength, chance.permutation(len(inside)), resolution, labels)
        kept, labels = np.unique(labels, return_inverse=True)
        member = labels[member]
        if len(kept) == len(inside):
            break
        indptr, indices, weights, inside = _joined(indptr, indices, weights, inside, labels, len(kept))
    return member


def _joined(indptr: Ints, indices: Ints, weights: Values, inside: Values, labels: Ints,
            count: int) -> tuple[Ints, Ints, Values, Values]:
    """The network of the communities: the weights between them as compressed rows, and those inside each."""
    tails, heads = np.repeat(labels, np.diff(indptr)), labels[indices]
    within = np.bincount(labels, inside, count)
    own = tails == heads
    within += np.bincount(tails[own], weights[own], count)
    keys = tails[~own] * count + heads[~own]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    summed = np.add.reduceat(weights[~own][order], first) if len(first) else np.empty(0)
    rows, columns = np.divmod(keys[first], count)
    starts: Ints = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=count)))).astype(np.int64)
    return starts, columns, summed, within.astype(np.float64)


def _move(indptr: Any, indices: Any, weights: Any, strength: Any, order: Any, resolution: float, labels: Any) -> None:
    """Move rows between communities, `labels`, in `order`; those beside one that has moved are looked at again."""
    n = len(order)
    total = strength.copy()
    share = resolution / strength.sum()
    towards = np.zeros(n)
    touched = np.empty(n, np.int64)
    queue, waits = order.copy(), np.ones(n, np.bool_)
    head, left = 0, n
    while left:
        row = queue[head]
        head, left, waits[row] = (head + 1) % n, left - 1, False
        here, found = labels[row], 0
        for at in range(indptr[row], indptr[row + 1]):
            label = labels[indices[at]]
            if towards[label] == 0.0:
                touched[found] = label
                found += 1
            towards[label] += weights[at]
        total[here] -= strength[row]
        best, most = here, towards[here] - share * strength[row] * total[here]
        least = 1e-12 * strength[row]
        for at in range(found):
            label = touched[at]
            gain = towards[label] - share * strength[row] * total[label]
            if gain > most + least:
                best, most = label, gain
            towards[label] = 0.0
        total[best] += strength[row]
        if best == here:
            continue
        labels[row] = best
        for at in range(indptr[row], indptr[row + 1]):
            other = indices[at]
            if not waits[other] and labels[other] != best:
                queue[(head + left) % n] = other
                left, waits[other] = left + 1, True
