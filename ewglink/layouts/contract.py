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
UNITS_PER_MM = 4.0
"""Lengths in a layout's options are chart units; a form shows them in millimetres."""


@dataclass(frozen=True)
class Subject:
    """What is to be laid out. Row i of every array is the same entity.

    `ends` (m, 2) int32 rows; `directions` (m,) int8; `sizes` (n, 2) float64 width and height that the drawn entity
    takes with its label, chart units; `groups` (n,) int32 (the entity's type, for grid-by-type and such)
    with `group_names`; `xy` (n, 2) where things stand now, NaN where not placed yet; `pinned` (n,) bool, never moved.
    Only where the layout says that it needs them: `times` (n,) float64, days since 1970-01-01, NaN where unknown;
    `coordinates` (n, 2) float64, longitude and latitude in degrees, NaN where unknown.
    """

    ends: npt.NDArray[np.int32]
    directions: npt.NDArray[np.int8]
    sizes: Positions
    groups: npt.NDArray[np.int32]
    group_names: tuple[str, ...]
    xy: Positions
    pinned: npt.NDArray[np.bool_]
    seed: int = 1
    times: npt.NDArray[np.float64] | None = None
    coordinates: Positions | None = None

    @property
    def n(self) -> int:
        """The number of entities."""
        return len(self.xy)

    def part(self, rows: npt.NDArray[Any]) -> Subject:
        """The entities at `rows` (ascending) with the links among them, none of them pinned or placed."""
        number = np.full(self.n, -1, np.int64)
        number[rows] = np.arange(len(rows))
        ends = number[self.ends].reshape(-1, 2)
        inside = (ends >= 0).all(axis=1)
        return Subject(ends[inside].astype(np.int32), self.directions[inside], self.sizes[rows], self.groups[rows],
                       self.group_names, np.full((len(rows), 2), np.nan), np.zeros(len(rows), np.bool_), self.seed)


class Layout(Protocol):
    """A layout: `run` yields progress whose `best` is a complete (n, 2) array, the same for the same seed.

    It may have `needs`, a tuple of `times` and `coordinates`: what of these its subject is to bring. An option named
    `attribute` is the key of a property; where it is given, `groups` are its values instead of the types.
    """

    key: str
    name: str
    options: type

    def run(self, subject: Subject, options: Any) -> Job[Positions]:
        """Lay out `subject`; each `best` is complete and never NaN, and pinned rows stand where they stood."""
        ...


LAYOUTS: Registry[Layout] = Registry("ewglink.layouts.arrangements", "ewglink.layouts")
