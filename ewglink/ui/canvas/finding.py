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
    """A hit test that looks things up where they stand now, so that nothing is built anew when they move.

    Entities: one comparison each (0.1 ms for 100,000, a tree takes 46 to build); links: those that the layers know to
    pass near by.
    """

    def __init__(self, layers: ChartLayers) -> None:
        super().__init__(layers.scene, layers.xy)
        self._layers = layers

    def _near(self, x: float, y: float, radius: float) -> np.ndarray:
        xy = self._layers.xy
        rows = np.flatnonzero(np.abs(xy[:, 0] - x) <= radius)
        rows = rows[np.abs(xy[rows, 1] - y) <= radius]
        return rows[self._layers.scene.shown[rows]]

    def in_lasso(self, points: np.ndarray) -> set[int]:
        """The entities whose centre lies in the closed line `points` (k, 2), and the links with both ends among
        them."""
        return self._with_links(_within(points, self._layers.xy) & self._layers.scene.shown)

    def link_at(self, x: float, y: float, slack: float) -> Hit | None:
        """The nearest drawn link within `slack` chart units of the point."""
        box = x - slack, y - slack, x + slack, y + slack
        stacked = self._layers.stack.nearest_link(x, y, self._layers)
        found = [self._straight(box, x, y), self._curved(box, x, y), stacked]
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


def _within(polygon: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Which points (k, 2) lie within the closed polygon (j, 2), by the even-odd rule: each side is held against the
    points of its own height only."""
    order = np.argsort(points[:, 1])
    x, y = points[order, 0], points[order, 1]
    within = np.zeros(len(points), bool)
    for (x0, y0), (x1, y1) in zip(polygon.tolist(), np.roll(polygon, -1, axis=0).tolist(), strict=True):
        first, last = np.searchsorted(y, sorted((y0, y1)), side="left").tolist()
        if last > first:
            left = x0 + (y[first:last] - y0) * ((x1 - x0) / (y1 - y0)) > x[first:last]
            within[first:last] ^= left
    found = np.empty(len(points), bool)
    found[order] = within
    return found


def _nearest(numbers: np.ndarray, distance: np.ndarray) -> tuple[int, float]:
    if not len(numbers):
        return -1, np.inf
    at = int(distance.argmin())
    return int(numbers[at]), float(distance[at])
