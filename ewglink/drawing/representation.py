"""What a representation is given and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import Align, Floats, Ints, Marks
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import Look, Palette
from ewglink.plugins.registry import Registry

ALIGNS = {"left": Align.LEFT, "centre": Align.CENTRE, "right": Align.RIGHT}
"""The values of the style `align`."""


@dataclass(frozen=True)
class Batch:
    """Entities that share a representation: `rows` (k,) of the content, `looks` (k,) numbers of `all_looks`."""

    content: ChartContent
    rows: Ints
    looks: npt.NDArray[np.int32]
    all_looks: Sequence[Look]
    palette: Palette
    measure: TextMeasure

    @property
    def ids(self) -> Ints:
        """The items' ids (k,)."""
        return self.content.entity_ids[self.rows]

    @property
    def xy(self) -> Floats:
        """Centres (k, 2)."""
        return self.content.xy[self.rows]

    def sheet(self, at: int) -> Sheet:
        """A sheet whose marks belong to the batch's entity number `at`."""
        row = int(self.rows[at])
        return Sheet(self.measure, self.palette, item=int(self.content.entity_ids[row]), row=row)

    def style(self, row: int) -> dict[str, Any]:
        """The style settings of a row, empty where it has none."""
        return self.content.styles.get(int(row), {})


@dataclass
class Drawn:
    """The marks of a batch, with half sizes (k, 2), forms (k,) and whether the label stands outside (k,) bool.

    `hollow`: other items may stand inside, as in a box.
    """

    marks: Marks
    half: Floats
    form: npt.NDArray[np.int8]
    label_outside: npt.NDArray[np.bool_]
    hollow: bool = False


class Representation(Protocol):
    """A representation: a batch of entities and placements into marks."""

    key: str
    name: str

    def draw(self, batch: Batch) -> Drawn:
        """The marks of the batch, one entity after another."""
        ...


REPRESENTATIONS: Registry[Representation] = Registry("ewglink.drawing.representations", "ewglink.representations")
