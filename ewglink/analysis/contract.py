"""What a measure is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ewglink.graph.network import Network
from ewglink.model.progress import Job
from ewglink.plugins.registry import Registry
from ewglink.text import N_


@dataclass(frozen=True)
class Ranking:
    """A value an entity: rows of the network in order, value descending, then id.

    `errors`: the standard error of each value where it was estimated from a sample.
    """

    rows: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    errors: npt.NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Groups:
    """Groups of rows of the network, largest first, then by smallest id; `facts` are figures of them all, by key."""

    groups: tuple[npt.NDArray[np.int64], ...]
    facts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Any other answer: column headings (marked with `N_`) and rows; a cell is a number, text or a row of the network.

    `items` are the columns whose cells are rows of the network. `members`, where there are any: for each row of the
    table the rows of the network that it is about, in their order. `truncated`: there is more than what is listed.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    items: tuple[int, ...] = ()
    members: tuple[tuple[int, ...], ...] = ()
    truncated: bool = False


Answer = Ranking | Groups | Table


class Measure(Protocol):
    """A measure. `kind` is `ranking`, `groups` or `table`; `definition` is a sentence (marked).

    It may say more: `caution`, a sentence (marked) to be shown with every result; `needs_times`, True where options
    of it look at the times of links; `frees_lock`, True where it never keeps the interpreter's lock for long; `quick`,
    True where it is done in a second or two of a network of millions and keeps no lock for long.
    """

    key: str
    name: str
    definition: str
    kind: str
    options: type

    def run(self, network: Network, options: Any) -> Job[Answer]:
        """Measure `network`; the last `best` is the answer."""
        ...


SAMPLE_BIAS = N_("Who was looked into most has most links here: a high value may say where the search was, not "
                 "who matters.")
"""The caution of centralities: a case is no random sample."""

MEASURES: Registry[Measure] = Registry("ewglink.analysis.measures", "ewglink.analysis")
