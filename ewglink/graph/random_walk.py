"""Where a random walk with jumps is found: PageRank, by Gauss and Seidel's iteration, over-relaxed where it may be."""

from __future__ import annotations

from typing import Any

import numpy as np

from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network, Values
from ewglink.graph.step_weights import step_weights
from ewglink.graph.ways import AGAINST, ANY

COMPILED_FROM = 2_000
MOST_TURNS = 2_000
_CLOSE = 1e-14


def random_walk(network: Network, damping: float = 0.85, *, kernel: bool | None = None) -> Values:
    """The share of time at each row, (n,), summing to 1 (Page and others, 1999).

    Arrows count in a directed network, weights in a weighted one; a row that leads nowhere jumps anywhere. `kernel`
    False asks for NumPy's way instead of the compiled one; both give the same to rounding.
    """
    n = network.n
    if not n:
        return np.empty(0)
    near = network.in_adjacency if network.directed else network.adjacency
    weights = step_weights(network, near, AGAINST if network.directed else ANY) if network.weighted else np.empty(0)
    out = np.bincount(near.indices, weights=weights if network.weighted else None, minlength=n).astype(np.float64)
    values = np.full(n, 1.0 / n)
    wanted = kernel or (kernel is None and n >= COMPILED_FROM)
    run: Any = (compiled(_turns) if wanted else None) or _turns_by_matrix
    # Where links lead both ways the equations are symmetric but for scale, and going too far by this much gets there
    # in half the turns (Young, 1954); it always arrives then (Ostrowski, 1954), as it might not along arrows.
    stride = 1.0 if network.directed else 2.0 / (1.0 + float(np.sqrt(1.0 - damping * damping)))
    run(near.indptr, near.indices, weights, 1.0 / np.where(out > 0, out, 1.0), damping, stride, values)
    # What jumps from rows that lead nowhere is spread evenly, as the other jumps are: the shares stay in proportion.
    shares: Values = values / values.sum()
    return shares


def _turns(indptr: Any, indices: Any, weights: Any, share: Any, damping: float, stride: float, values: Any) -> None:
    n = len(values)
    given = values * share
    jump = (1.0 - damping) / n
    weighted = len(weights) > 0
    for _turn in range(MOST_TURNS):
        change = 0.0
        for row in range(n):
            here = 0.0
            if weighted:
                for at in range(indptr[row], indptr[row + 1]):
                    here += weights[at] * given[indices[at]]
            else:
                for at in range(indptr[row], indptr[row + 1]):
                    here += given[indices[at]]
            step = stride * (jump + damping * here - values[row])
            change += abs(step)
            values[row] += step
            given[row] = values[row] * share[row]
        if change < _CLOSE:
            return


def _turns_by_matrix(indptr: Any, indices: Any, weights: Any, share: Any, damping: float, _stride: float,
                     values: Any) -> None:
    """The same in SciPy, where nothing compiles or little is to be done, all rows at once."""
    from scipy.sparse import csr_array

    weights = weights if len(weights) else np.ones(len(indices))
    matrix = csr_array((weights, indices, indptr), shape=(len(values), len(values)))
    jump = (1.0 - damping) / len(values)
    for _turn in range(MOST_TURNS * 10):
        after = jump + damping * (matrix @ (values * share))
        change = float(np.abs(after - values).sum())
        values[:] = after
        if change < _CLOSE:
            return
