"""What a measure is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Network
from ewglink.model.progress import Job
from ewglink.plugins.registry import Registry


@dataclass(frozen=True)
class Ranking:
    """A value an entity: rows of the network in order, value descending, then id."""

    rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Groups:
    """Groups of rows of the network, largest first, then by smallest id."""

    groups: tuple[npt.NDArray[np.int64], ...]


@dataclass(frozen=True)
class Table:
    """Any other answer: column headings (marked with `N_`) and rows; a cell is a number, text or a row of the network.

    `items` are the columns whose cells are rows of the network.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    items: tuple[int, ...] = ()


Answer = Ranking | Groups | Table


class Measure(Protocol):
    """A measure. `kind` is `ranking`, `groups` or `table`; `definition` is a sentence (marked)."""

    key: str
    name: str
    definition: str
    kind: str
    options: type

    def run(self, network: Network, options: Any) -> Job[Answer]:
        """Measure `network`; the last `best` is the answer."""
        ...


MEASURES: Registry[Measure] = Registry("ewglink.analysis.measures", "ewglink.analysis")
