"""What is being dragged: taken out of the kept picture of the chart, and painted over it as it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ewglink.drawing.links import curve_xy, straight_xy
from ewglink.drawing.marks import Marks
from ewglink.ui.canvas.label_layer import LabelLayer

if TYPE_CHECKING:
    from ewglink.ui.canvas.chart_layers import ChartLayers

ROWS_UP_TO, LINKS_UP_TO = 1500, 8000
"""More than this is moved with the picture, not over it: painting it would take as long."""


@dataclass
class Held:
    """Entities `rows` that follow the mouse: `own` paints them and their links, `link_mask` (drawn links,) says which
    these are, `start` (k, 2) where the entities stood, `labels` what was written on the whole chart."""

    rows: np.ndarray
    start: np.ndarray
    own: ChartLayers
    mask: np.ndarray
    link_mask: np.ndarray
    labels: LabelLayer


def hold(layers: ChartLayers, rows: np.ndarray) -> Held | None:
    """Take entities and their links out of the chart's layers; None where they are too many for that."""
    scene = layers.scene
    touched = layers.links_at(rows) if len(rows) <= ROWS_UP_TO else None
    if touched is None or len(touched) > LINKS_UP_TO or 2 * len(rows) > len(layers.xy):
        return None
    mask, link_mask = np.zeros(len(layers.xy) + 1, bool), np.zeros(len(scene.links.row), bool)
    mask[rows] = True  # the last is for marks of no entity
    link_mask[touched] = True
    own = type(layers)(replace(scene, marks=_marks(layers, mask, touched), notes=Marks(), tiers=()))
    own.stack.link_mask = layers.stack.link_mask
    own.xy = layers.xy
    own.share(layers)
    held = Held(rows.copy(), layers.xy[rows], own, mask, link_mask, layers.labels)
    items, links = scene.content.entity_ids[rows], scene.content.link_ids[scene.links.row[touched]]
    own.labels = held.labels.part(np.isin(held.labels.texts.item, items))
    layers.labels = held.labels.part(~np.isin(held.labels.texts.item, np.concatenate([items, links])))
    own.carry(rows, layers.xy[rows])
    layers.park(rows, touched, mask)
    return held


def _marks(layers: ChartLayers, mask: np.ndarray, touched: np.ndarray) -> Marks:
    """The marks of what is held; those that layers keep in order of their own stand where they began."""
    marks, links = layers.marks, layers.scene.links
    touched = touched[~layers.stack.link_mask[touched]]
    straight = links.straight[touched]
    lines, curves = marks.lines.take(_places(marks.lines.row, touched[straight])), \
        marks.curves.take(_places(marks.curves.row, touched[~straight]))
    lines.xy = straight_xy(links, layers.xy, lines.row)
    curves.xy = curve_xy(links, layers.xy, layers.scene.half, curves.row)
    return Marks(shapes=marks.shapes.take(mask[marks.shapes.row]), lines=lines, curves=curves,
                 icons=marks.icons.take(mask[marks.icons.row]), texts=marks.texts.take(mask[marks.texts.row]))


def _places(sorted_rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where `wanted` stand among `sorted_rows`."""
    return np.searchsorted(sorted_rows, wanted)


def let_go(layers: ChartLayers, held: Held) -> None:
    """Put what was held back among the rest, where it stands now."""
    now = layers.xy[held.rows]
    layers.xy[held.rows] = held.start
    layers.labels = held.labels
    layers.shapes, layers.inner_texts = layers.marks.shapes, layers.marks.texts
    layers.carry(held.rows, now)
