"""How near everything is: for every entity the steps from many others, sixty-four of them at a time in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.graph.adjacency import Adjacency
from ewglink.graph.kernels import compiled
from ewglink.graph.network import Network
from ewglink.graph.side_by_side import together

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Nearness:
    """Sums over sources, itself excepted, for every row (n,): how many reach it, their steps, steps squared, and
    1 / steps with its square."""

    reached: Values
    steps: Values
    steps_squared: Values
    inverse: Values
    inverse_squared: Values

    def plus(self, other: Nearness) -> Nearness:
        """The sums over the sources of both."""
        return Nearness(*(getattr(self, key) + value for key, value in vars(other).items()))


def nearness(network: Network, sources: npt.NDArray[Any], *, kernel: bool | None = None) -> Nearness:
    """The steps from `sources` (rows) to every row; along arrows in a directed network.

    `kernel` False asks for NumPy's way instead of the compiled one; both give the same.
    """
    near = network.ways
    sources = np.asarray(sources, np.int64)
    run = None if kernel is False else compiled(_spread)

    def share(some: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        sums = np.zeros((5, near.n))
        (run or _one_by_one)(near.indptr, near.indices, some, sums)
        return sums

    parts = together(share, sources, 64) if run is not None else [share(sources)]
    return Nearness(*np.sum(parts, axis=0))


def _spread(indptr: Any, indices: Any, sources: Any, sums: Any) -> None:  # noqa: C901
    n = len(indptr) - 1
    seen = np.zeros(n, np.uint64)
    front = np.zeros(n, np.uint64)
    after = np.zeros(n, np.uint64)
    active = np.empty(n, np.int32)
    touched = np.empty(n, np.int32)
    zero, one = np.uint64(0), np.uint64(1)
    for begin in range(0, len(sources), 64):
        some = min(64, len(sources) - begin)
        seen[:] = zero
        for bit in range(some):
            row = sources[begin + bit]
            mask = one << np.uint64(bit)
            seen[row] |= mask
            front[row] |= mask
            active[bit] = row
        count, step = some, 0
        while count:
            step += 1
            met = 0
            for place in range(count):
                row = active[place]
                bits = front[row]
                front[row] = zero
                if bits == zero:
                    continue
                for at in range(indptr[row], indptr[row + 1]):
                    near = indices[at]
                    new = bits & ~seen[near]
                    if new != zero:
                        if after[near] == zero:
                            touched[met] = near
                            met += 1
                        after[near] |= new
            for place in range(met):
                row = touched[place]
                bits = after[row]
                after[row] = zero
                front[row] = bits
                seen[row] |= bits
                active[place] = row
                reached = 0
                while bits != zero:
                    bits &= bits - one
                    reached += 1
                sums[0, row] += reached
                sums[1, row] += reached * step
                sums[2, row] += reached * step * step
                sums[3, row] += reached / step
                sums[4, row] += reached / (step * step)
            count = met


def _one_by_one(indptr: Any, indices: Any, sources: Any, sums: Any) -> None:
    """The same in NumPy, source by source, where nothing compiles."""
    near = Adjacency(indptr, indices)
    for source in sources:
        away = near.distances(int(source))
        rows = np.flatnonzero(away > 0)
        steps = away[rows].astype(np.float64)
        for place, value in enumerate((1.0, steps, steps * steps, 1.0 / steps, 1.0 / (steps * steps))):
            sums[place, rows] += value
