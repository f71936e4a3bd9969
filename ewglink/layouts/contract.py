"""What a layout is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ewglink.model.progress import Job
from ewglink.plugins.registry import Registry

Positions = npt.NDArray[np.float64]
"""(n, 2) float64 chart units, y down; 1 unit is 0.25 mm."""


@dataclass(frozen=True)
class Subject:
    """What is to be laid out. Row i of every array is the same entity.

    `ends` (m, 2) int32 rows; `directions` (m,) int8; `sizes` (n, 2) float64 width and height that the drawn entity
    takes with its label, chart units; `groups` (n,) int32 (the entity's type, for grid-by-type and such)
    with `group_names`; `xy` (n, 2) where things stand now, NaN where not placed yet; `pinned` (n,) bool, never moved.
    """

    ends: npt.NDArray[np.int32]
    directions: npt.NDArray[np.int8]
    sizes: Positions
    groups: npt.NDArray[np.int32]
    group_names: tuple[str, ...]
    xy: Positions
    pinned: npt.NDArray[np.bool_]
    seed: int = 1

    @property
    def n(self) -> int:
        """The number of entities."""
        return len(self.xy)


class Layout(Protocol):
    """A layout: `run` yields progress whose `best` is a complete (n, 2) array, the same for the same seed."""

    key: str
    name: str
    options: type

    def run(self, subject: Subject, options: Any) -> Job[Positions]:
        """Lay out `subject`; each `best` is complete and never NaN, and pinned rows stand where they stood."""
        ...


LAYOUTS: Registry[Layout] = Registry("ewglink.layouts.arrangements", "ewglink.layouts")
