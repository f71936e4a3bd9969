"""What lines items of a chart up: aligned, distributed, stacked, put on the grid. What is pinned stays where it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ewglink.drawing.content import PINNED
from ewglink.drawing.style import ICON_SIZE
from ewglink.model.changes import Changeset
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.commands import charts

Floats = npt.NDArray[np.float64]
EDGES = ("left", "centre", "right", "top", "middle", "bottom")
"""What `align` can bring into one line."""
AXES = {"across": 0, "down": 1}
PITCH = 30.0
"""The distance between two lines of the grid in chart units where a chart has none of its own: 7.5 mm."""
STACK_GAP = 26.0
"""Room between stacked items in chart units, enough for a label of one line."""
_SIDES = {"left": (0, -1.0), "centre": (0, 0.0), "right": (0, 1.0), "top": (1, -1.0), "middle": (1, 0.0),
          "bottom": (1, 1.0)}


@dataclass
class _Standing:
    """The items in hand, ascending: ids, centres and half sizes (n, 2), and which are pinned (n,)."""

    ids: npt.NDArray[np.int64]
    xy: Floats
    half: Floats
    pinned: npt.NDArray[np.bool_]


def _standing(case: CaseFile, chart: int, items: Collection[int], sizes: Mapping[int, tuple[float, float]] | None,
              least: int) -> _Standing:
    placed = case.charts.placements(chart)
    entities = {ref.id for ref in case.items.refs(items).values() if ref.kind == "entity"}
    rows = np.flatnonzero(np.isin(placed.items, np.array(sorted(entities), np.int64)))
    if len(rows) < least:
        raise Refusal("too_few_items", message(N_("Select at least {n} entities on the chart first."), n=least))
    usual = (ICON_SIZE / 2, ICON_SIZE / 2)
    half = np.array([(sizes or {}).get(item, usual) for item in placed.items[rows].tolist()], np.float64)
    return _Standing(placed.items[rows], placed.xy[rows].copy(), half.reshape(-1, 2),
                     (placed.flags[rows] & PINNED) > 0)


def _moved(case: CaseFile, chart: int, found: _Standing, xy: Floats, label: str) -> Changeset:
    free = ~found.pinned
    if not free.any():
        return Changeset(label)
    made = charts.move(case, chart, found.ids[free].tolist(), xy[free])
    return replace(made, label=label, args={"n": made.args.get("n", 0)})


def align(case: CaseFile, chart: int, items: Collection[int], edge: str,
          sizes: Mapping[int, tuple[float, float]] | None = None) -> Changeset:
    """Bring an edge (see `EDGES`) of the entities among `items` into one line: that of what is pinned, else the
    outermost. `sizes` gives half widths and heights of those that are not icons."""
    found = _standing(case, chart, items, sizes, 2)
    axis, side = _SIDES[edge]
    at = found.xy[:, axis] + side * found.half[:, axis]
    fixed = at[found.pinned] if found.pinned.any() else at
    line = fixed.min() if side < 0 else fixed.max() if side > 0 else (fixed.min() + fixed.max()) / 2
    xy = found.xy.copy()
    xy[:, axis] = line - side * found.half[:, axis]
    return _moved(case, chart, found, xy, "aligned")


def distribute(case: CaseFile, chart: int, items: Collection[int], axis: str,
               sizes: Mapping[int, tuple[float, float]] | None = None) -> Changeset:
    """Equal gaps between the entities `across` or `down`; the two outermost stay. What is pinned stays too, and
    those between two pinned share the room between them."""
    found = _standing(case, chart, items, sizes, 3)
    way = AXES[axis]
    order = np.lexsort((found.ids, found.xy[:, way]))
    xy = found.xy.copy()
    stops = sorted({0, len(order) - 1, *np.flatnonzero(found.pinned[order]).tolist()})
    for begin, end in pairwise(stops):
        _spread(xy[:, way], found.half[:, way], order[begin:end + 1])
    return _moved(case, chart, found, xy, "distributed")


def _spread(at: Floats, half: Floats, rows: npt.NDArray[np.int64]) -> None:
    """Even out the gaps between `rows`, whose first and last stay."""
    if len(rows) < 3:
        return
    inner = rows[1:-1]
    room = (at[rows[-1]] - half[rows[-1]]) - (at[rows[0]] + half[rows[0]])
    gap = (room - 2 * half[inner].sum()) / (len(rows) - 1)
    edge = at[rows[0]] + half[rows[0]]
    for row in inner.tolist():
        at[row] = edge + gap + half[row]
        edge = at[row] + half[row]


def stack(case: CaseFile, chart: int, items: Collection[int], axis: str = "down",
          sizes: Mapping[int, tuple[float, float]] | None = None) -> Changeset:
    """One close beneath (or beside) another, in the order they stand, from where the first stands; what is pinned
    takes no part."""
    found = _standing(case, chart, items, sizes, 2)
    way = AXES[axis]
    other = 1 - way
    rows = np.flatnonzero(~found.pinned)
    if len(rows) < 2:
        return Changeset("stacked")
    rows = rows[np.lexsort((found.ids[rows], found.xy[rows, other], found.xy[rows, way]))]
    xy = found.xy.copy()
    line, edge = xy[rows[0], other], xy[rows[0], way] - found.half[rows[0], way]
    for row in rows.tolist():
        xy[row, other] = line
        xy[row, way] = edge + found.half[row, way]
        edge = xy[row, way] + found.half[row, way] + STACK_GAP
    return _moved(case, chart, found, xy, "stacked")


def on_grid(xy: Floats, pitch: float) -> Floats:
    """The nearest points of a grid of `pitch` chart units."""
    snapped: Floats = np.round(np.asarray(xy, np.float64) / pitch) * pitch
    return snapped


def snap(case: CaseFile, chart: int, items: Collection[int], pitch: float = PITCH) -> Changeset:
    """Put the centres of the entities on the nearest points of the grid."""
    found = _standing(case, chart, items, None, 1)
    return _moved(case, chart, found, on_grid(found.xy, pitch), "snapped")
