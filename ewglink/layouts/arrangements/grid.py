"""Grid by type: a block of rows and columns for every type, blocks side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.layouts.contract import UNITS_PER_MM, Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.packing import pack
from ewglink.model.progress import Job, Progress
from ewglink.plugins.options import option
from ewglink.text import N_


@dataclass(frozen=True)
class GridOptions:
    """What the blocks are and how cells are spaced."""

    by_type: bool = option(True, N_("One block a type"))
    gap: float = option(24.0, N_("Space between entities"), per_millimetre=UNITS_PER_MM, minimum=0, maximum=1000)


class Grid:
    """Cells as large as the largest entity of the block; the best linked first."""

    key = "grid"
    name = N_("Grid by type")
    options = GridOptions

    def run(self, subject: Subject, options: GridOptions) -> Job[Positions]:
        """Closed form: one step."""
        n = subject.n
        kinds = subject.groups if options.by_type else np.zeros(n, np.int32)
        degree = np.bincount(subject.ends.ravel(), minlength=n)
        xy = np.zeros((n, 2))
        present = np.unique(kinds)
        extents = np.zeros((len(present), 2))
        blocks = []
        for block, kind in enumerate(present):
            rows = np.flatnonzero(kinds == kind)
            rows = rows[np.lexsort((rows, -degree[rows]))]
            cell = subject.sizes[rows].max(axis=0) + options.gap
            columns = max(1, round(float(np.sqrt(len(rows) * cell[1] / cell[0] * 1.3))))
            line, column = np.divmod(np.arange(len(rows)), columns)
            xy[rows] = np.stack((column, line), axis=1) * cell
            extents[block] = np.array([min(columns, len(rows)), line[-1] + 1]) * cell
            xy[rows] += cell / 2 - extents[block] / 2
            blocks.append(rows)
        for rows, centre in zip(blocks, pack(extents, gap=90.0), strict=True):
            xy[rows] += centre
        yield Progress(1.0, best=keep_pinned(subject, xy))


MEMBER = Grid()
