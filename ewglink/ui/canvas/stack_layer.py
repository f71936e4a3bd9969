"""What was brought to the front or sent to the back of a chart: painted from where its entities stand, item by item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QPainter

from ewglink.drawing.hit import segment_distance
from ewglink.drawing.links import along, arrows_of, curve_xy, straight_xy
from ewglink.drawing.marks import Arrows, Curves, Lines, Marks
from ewglink.drawing.scene import Scene
from ewglink.drawing.stacking import by_level, levels
from ewglink.painting.painter import paint_marks
from ewglink.ui.canvas.view_state import Frame

if TYPE_CHECKING:
    from ewglink.ui.canvas.chart_layers import ChartLayers

_STEPS = 12


@dataclass
class _Tier:
    """Marks of one level; shapes, icons and texts of entities are kept as offsets from their centres."""

    level: int
    marks: Marks


class StackLayer:
    """The marks of a scene that have a level of their own; few, and never moved in place."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.base = scene.marks
        self.base_notes = scene.notes
        self._tiers: list[_Tier] = []
        self.link_mask = np.zeros(len(scene.links.row), bool)
        if not scene.tiers:
            return
        whole = Marks.joined([scene.marks, scene.notes])
        for level, marks in by_level(whole, scene.tiers, scene.outside):
            if level:
                self._tiers.append(_Tier(level, self._beside(marks)))
                self.link_mask[np.concatenate([marks.lines.row[marks.lines.row >= 0], marks.curves.row])] = True
        self.base = dict(by_level(scene.marks, scene.tiers, scene.outside))[0]
        self.base_notes = dict(by_level(scene.notes, scene.tiers, scene.outside))[0]

    @property
    def any_behind(self) -> bool:
        """Whether something lies below everything else."""
        return any(tier.level < 0 for tier in self._tiers)

    def in_front(self, items: np.ndarray) -> np.ndarray | None:
        """Which items (k,) were brought to the front; None where nothing was."""
        tiers = self._scene.tiers
        return levels(tiers, items) > 0 if tiers and tiers[-1].level > 0 else None

    def _beside(self, marks: Marks) -> Marks:
        centre = np.vstack([self._scene.content.xy, np.zeros((1, 2))])  # the last is for what belongs to no entity
        shapes, icons, texts = marks.shapes, marks.icons, marks.texts
        return replace(marks, shapes=replace(shapes, xy=shapes.xy - centre[shapes.row]),
                       icons=replace(icons, xy=icons.xy - centre[icons.row]),
                       texts=replace(texts, rect=texts.rect - np.tile(centre[texts.row], 2)))

    def paint(self, painter: QPainter, frame: Frame, layers: ChartLayers, front: bool, *, held: bool = False) -> None:
        """What lies in front (or behind): of what is held over the picture, or of all the rest."""
        for tier in self._tiers:
            if (tier.level > 0) == front:
                marks = self._standing(self._chosen(tier.marks, layers, held), layers)
                paint_marks(painter, marks, self._scene.looks)

    def _chosen(self, marks: Marks, layers: ChartLayers, held: bool) -> Marks:
        found = layers.held
        if found is None:
            return Marks() if held else marks
        rows = found.mask.copy() if held else ~found.mask  # the last, what belongs to no entity, is never held
        links = found.link_mask if held else ~found.link_mask
        return Marks(marks.shapes.take(rows[marks.shapes.row]), _of(marks.lines, links, held),
                     _of(marks.curves, links, held), marks.arrows if not held else Arrows(),
                     marks.icons.take(rows[marks.icons.row]), marks.texts.take(rows[marks.texts.row]))

    def _standing(self, marks: Marks, layers: ChartLayers) -> Marks:
        """The marks where their entities stand now."""
        scene, links = self._scene, self._scene.links
        centre = np.vstack([layers.xy, np.zeros((1, 2))])
        lines, curves = marks.lines, marks.curves
        of_link = lines.row >= 0
        xy = lines.xy.copy()
        xy[of_link] = straight_xy(links, layers.xy, lines.row[of_link])
        numbers = np.concatenate([lines.row[of_link], curves.row])
        heads = arrows_of(scene.content, links, layers.xy, scene.half, scene.form, numbers)
        return Marks(replace(marks.shapes, xy=marks.shapes.xy + centre[marks.shapes.row]), replace(lines, xy=xy),
                     replace(curves, xy=curve_xy(links, layers.xy, scene.half, curves.row)),
                     Arrows.joined([marks.arrows, heads]),
                     replace(marks.icons, xy=marks.icons.xy + centre[marks.icons.row]),
                     replace(marks.texts, rect=marks.texts.rect + np.tile(centre[marks.texts.row], 2)))

    def nearest_link(self, x: float, y: float, layers: ChartLayers) -> tuple[int, float]:
        """The drawn link with a level of its own that passes nearest, and at what distance; -1 for none."""
        numbers = np.flatnonzero(self.link_mask)
        if not len(numbers):
            return -1, np.inf
        links = self._scene.links
        curves, flat = curve_xy(links, layers.xy, self._scene.half, numbers), straight_xy(links, layers.xy, numbers)
        straight = links.straight[numbers][:, None]
        points = [np.where(straight, flat[:, :2] * (1 - t) + flat[:, 2:] * t, along(curves, t))
                  for t in np.linspace(0, 1, _STEPS + 1)]
        pieces = [np.hstack(pair) for pair in pairwise(points)]
        distance = np.min([segment_distance(piece, x, y) for piece in pieces], axis=0)
        return int(numbers[distance.argmin()]), float(distance.min())


def _of(rows: Lines | Curves, links: np.ndarray, held: bool) -> Lines | Curves:
    """Those of the links in a mask; lines that an analyst drew are never held."""
    own = rows.row < 0
    return rows.take(np.where(own, not held, links[np.maximum(rows.row, 0)]) if len(links) else own & (not held))
