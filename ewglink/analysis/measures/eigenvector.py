"""Eigenvector centrality: being linked to those who are themselves well linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.analysis.answers import ranking
from ewglink.analysis.contract import SAMPLE_BIAS, Answer
from ewglink.graph.network import Network
from ewglink.graph.step_weights import step_weights
from ewglink.graph.ways import ANY
from ewglink.model.progress import Job, Progress
from ewglink.text import N_

_DENSE = 200
"""Up to so many entities the whole spectrum is computed."""
_STEPS = 20_000


@dataclass(frozen=True)
class EigenvectorOptions:
    """Nothing to choose."""


class Eigenvector:
    """The limit of NetworkX's power iteration: the all-ones vector's part in the leading eigenspace, of length 1.

    Weights count, arrows do not.
    """

    key = "eigenvector"
    name = N_("Eigenvector centrality")
    definition = N_("A score in proportion to the sum of the neighbours' scores (leading eigenvector, length 1).")
    kind = "ranking"
    caution = SAMPLE_BIAS
    options = EigenvectorOptions

    def run(self, network: Network, options: EigenvectorOptions) -> Job[Answer]:
        """Dense for small networks, else Lanczos from the same start, else power iteration."""
        yield Progress(None)
        if not network.n or not len(network.pairs):
            yield Progress(1.0, best=ranking(np.full(network.n, network.n ** -0.5 if network.n else 0.0)))
            return
        matrix = _matrix(network)
        values = _dense(matrix.toarray()) if network.n <= _DENSE else _lanczos(matrix)
        if values is None:
            values = np.full(network.n, network.n ** -0.5)
            for step in range(_STEPS):
                after = matrix @ values + values
                after /= np.linalg.norm(after)
                change = float(np.abs(after - values).sum())
                values = after
                if change < network.n * 1e-12:
                    break
                if not step % 100:
                    yield Progress(step / _STEPS, best=ranking(values))
        yield Progress(1.0, best=ranking(values))


def _matrix(network: Network) -> Any:
    from scipy.sparse import csr_array

    near = network.adjacency
    weights = step_weights(network, near, ANY) if network.weighted else np.ones(len(near.indices))
    return csr_array((weights, near.indices, near.indptr), shape=(network.n, network.n))


def _dense(matrix: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    eigenvalues, vectors = np.linalg.eigh(matrix)
    leading = vectors[:, eigenvalues > eigenvalues[-1] - 1e-9 * max(1.0, eigenvalues[-1])]
    return _positive(leading @ leading.sum(axis=0))


def _lanczos(matrix: Any) -> npt.NDArray[np.float64] | None:
    """The leading eigenvector reached from all ones: Krylov spaces of that start hold one vector an eigenvalue."""
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    n = matrix.shape[0]
    try:
        _values, vectors = eigsh(matrix, k=1, which="LA", v0=np.full(n, n ** -0.5), tol=0)
    except ArpackNoConvergence:
        return None
    return _positive(vectors[:, 0])


def _positive(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    upright = vector * (1.0 if vector.sum() >= 0 else -1.0)
    cleaned: npt.NDArray[np.float64] = np.where(np.abs(upright) < 1e-14, 0.0, upright)
    return cleaned / np.linalg.norm(cleaned)


MEMBER = Eigenvector()
