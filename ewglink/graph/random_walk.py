"""Where a random walk with jumps is found: PageRank, by Gauss and Seidel's iteration."""

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
    weights = (step_weights(network, near, AGAINST if network.directed else ANY) if network.weighted
               else np.ones(len(near.indices)))
    out = np.bincount(near.indices, weights=weights, minlength=n)
    values = np.full(n, 1.0 / n)
    wanted = kernel or (kernel is None and n >= COMPILED_FROM)
    run: Any = (compiled(_turns) if wanted else None) or _turns_by_matrix
    run(near.indptr, near.indices, weights, np.where(out > 0, out, 1.0), damping, values)
    # What jumps from rows that lead nowhere is spread evenly, as the other jumps are: the shares stay in proportion.
    shares: Values = values / values.sum()
    return shares


def _turns(indptr: Any, indices: Any, weights: Any, out: Any, damping: float, values: Any) -> None:
    n = len(values)
    given = values / out
    jump = (1.0 - damping) / n
    for _turn in range(MOST_TURNS):
        change = 0.0
        for row in range(n):
            here = 0.0
            for at in range(indptr[row], indptr[row + 1]):
                here += weights[at] * given[indices[at]]
            here = jump + damping * here
            change += abs(here - values[row])
            values[row] = here
            given[row] = here / out[row]
        if change < _CLOSE:
            return


def _turns_by_matrix(indptr: Any, indices: Any, weights: Any, out: Any, damping: float, values: Any) -> None:
    """The same in SciPy, where nothing compiles or little is to be done."""
    from scipy.sparse import csr_array

    matrix = csr_array((weights, indices, indptr), shape=(len(values), len(values)))
    jump = (1.0 - damping) / len(values)
    for _turn in range(MOST_TURNS * 10):
        after = jump + damping * (matrix @ (values / out))
        change = float(np.abs(after - values).sum())
        values[:] = after
        if change < _CLOSE:
            return
