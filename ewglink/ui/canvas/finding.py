"""What lies under the mouse on the screen: links are looked for only among those near by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ewglink.drawing.hit import Hit, HitTest, segment_distance
from ewglink.drawing.links import along
from ewglink.ui.canvas.view_state import inside

if TYPE_CHECKING:
    from ewglink.ui.canvas.chart_layers import ChartLayers

_STEPS = 12
"""Pieces a curve is taken for."""


class NearHits(HitTest):
    """A hit test that asks the layers which links pass near a point: 0.2 ms where all of 200,000 take 150."""

    def __init__(self, layers: ChartLayers) -> None:
        super().__init__(layers.scene, layers.xy)
        self._layers = layers

    def link_at(self, x: float, y: float, slack: float) -> Hit | None:
        """The nearest drawn link within `slack` chart units of the point."""
        box = x - slack, y - slack, x + slack, y + slack
        found = [self._straight(box, x, y), self._curved(box, x, y)]
        number, distance = min(found, key=lambda one: one[1])
        if number < 0 or distance > slack:
            return None
        scene = self._layers.scene
        return Hit(int(scene.content.link_ids[scene.links.row[number]]), True, number)

    def _straight(self, box: tuple[float, float, float, float], x: float, y: float) -> tuple[int, float]:
        lines = self._layers.lines
        rows = lines.near(box)
        return _nearest(lines.numbers[rows], segment_distance(lines.xy[rows], x, y))

    def _curved(self, box: tuple[float, float, float, float], x: float, y: float) -> tuple[int, float]:
        layers = self._layers
        rows = np.flatnonzero(inside(layers.curve_boxes, box))
        curves = layers.curves.xy[rows]
        points = np.stack([along(curves, step / _STEPS) for step in range(_STEPS + 1)], axis=1)
        pieces = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
        distance = segment_distance(pieces, x, y).reshape(len(rows), _STEPS)
        return _nearest(layers.curves.row[rows], distance.min(axis=1) if len(rows) else np.empty(0))


def _nearest(numbers: np.ndarray, distance: np.ndarray) -> tuple[int, float]:
    if not len(numbers):
        return -1, np.inf
    at = int(distance.argmin())
    return int(numbers[at]), float(distance[at])
