"""What lies under a point, in a rectangle or in a lasso."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.links import along, curve_xy, straight_xy
from ewglink.drawing.marks import Floats, Ints, Rect
from ewglink.drawing.scene import Scene
from ewglink.drawing.stacking import levels

_STEPS = 12
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hit:
    """An item under a point: its id, and the entity's row or the drawn link's number."""

    item: int
    is_link: bool
    row: int


class HitTest:
    """Finds entities by a k-d tree and links by distance; made anew when things have moved (46 ms at 100,000)."""

    def __init__(self, scene: Scene, xy: Floats) -> None:
        self._scene, self._xy = scene, xy
        self._rows = np.flatnonzero(scene.shown)
        self._tree: Any = None
        self._level = levels(scene.tiers, scene.content.entity_ids) if scene.tiers else None
        self._reach = float(np.hypot(*scene.half[self._rows].max(axis=0))) if len(self._rows) else 0.0

    def _near(self, x: float, y: float, radius: float) -> Ints:
        if self._tree is None:
            from scipy.spatial import cKDTree

            self._tree = cKDTree(self._xy[self._rows])
        return self._rows[np.asarray(self._tree.query_ball_point((x, y), radius), np.int64)]

    def entity_at(self, x: float, y: float, slack: float = 0.0) -> Hit | None:
        """The topmost entity at the point: the foremost level, boxes that others stand in last, the nearest centre."""
        if not len(self._rows):
            return None
        rows = self._near(x, y, self._reach + slack)
        inside = (np.abs(self._xy[rows] - (x, y)) <= self._scene.half[rows] + slack).all(axis=1)
        rows = rows[inside]
        if not len(rows):
            return None
        hollow = self._scene.hollow[rows]
        distance = np.hypot(*(self._xy[rows] - (x, y)).T)
        behind = np.zeros(len(rows), np.int64) if self._level is None else -self._level[rows]
        row = int(rows[np.lexsort((distance, hollow, behind))[0]])
        return Hit(int(self._scene.content.entity_ids[row]), False, row)

    def link_at(self, x: float, y: float, slack: float) -> Hit | None:
        """The nearest drawn link within `slack` chart units of the point."""
        links = self._scene.links
        if not len(links.row):
            return None
        number, distance = self._nearest_straight(x, y)
        other, curved = self._nearest_curve(x, y)
        if curved < distance:
            number, distance = other, curved
        if number < 0 or distance > slack:
            return None
        return Hit(int(self._scene.content.link_ids[links.row[number]]), True, number)

    def _nearest_straight(self, x: float, y: float) -> tuple[int, float]:
        links = self._scene.links
        numbers = np.flatnonzero(links.straight)
        if not len(numbers):
            return -1, np.inf
        distance = segment_distance(straight_xy(links, self._xy, numbers), x, y)
        at = int(distance.argmin())
        return int(numbers[at]), float(distance[at])

    def _nearest_curve(self, x: float, y: float) -> tuple[int, float]:
        links = self._scene.links
        numbers = np.flatnonzero(~links.straight)
        if not len(numbers):
            return -1, np.inf
        curves = curve_xy(links, self._xy, self._scene.half, numbers)
        points = np.stack([along(curves, step / _STEPS) for step in range(_STEPS + 1)], axis=1)
        pieces = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
        distance = segment_distance(pieces, x, y).reshape(len(numbers), _STEPS).min(axis=1)
        at = int(distance.argmin())
        return int(numbers[at]), float(distance[at])

    def at(self, x: float, y: float, slack: float) -> Hit | None:
        """The entity at the point, else the link within `slack` of it."""
        found = self.entity_at(x, y)
        if found is not None and not self._scene.hollow[found.row]:
            return found
        return self.link_at(x, y, slack) or found

    def in_rect(self, rect: Rect) -> set[int]:
        """The entities whose centre lies in the rectangle, and the links with both ends among them."""
        x0, y0, x1, y1 = rect
        xy = self._xy
        inside = (xy[:, 0] >= x0) & (xy[:, 0] <= x1) & (xy[:, 1] >= y0) & (xy[:, 1] <= y1) & self._scene.shown
        return self._with_links(inside)

    def in_lasso(self, points: Floats) -> set[int]:
        """The entities whose centre lies in the closed line `points` (k, 2), and the links with both ends among
        them."""
        return self._with_links(in_polygon(points, self._xy) & self._scene.shown)

    def _with_links(self, inside: _Mask) -> set[int]:
        content, links = self._scene.content, self._scene.links
        both = inside[links.a] & inside[links.b] if len(links.row) else np.empty(0, bool)
        return set(content.entity_ids[inside].tolist()) | set(content.link_ids[links.row[both]].tolist())


def segment_distance(segments: Floats, x: float, y: float) -> Floats:
    """Distance (k,) of a point from segments (k, 4)."""
    start, way = segments[:, :2], segments[:, 2:] - segments[:, :2]
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    share = np.clip((((x, y) - start) * way).sum(axis=1) / length, 0, 1)
    off = start + way * share[:, None] - (x, y)
    found: Floats = np.hypot(off[:, 0], off[:, 1])
    return found


def in_polygon(polygon: Floats, points: Floats) -> _Mask:
    """Which points (k, 2) lie within the closed polygon (j, 2), by the even-odd rule."""
    inside = np.zeros(len(points), bool)
    x, y = points[:, 0], points[:, 1]
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        crosses = (y0 > y) != (y1 > y)
        left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
        inside ^= crosses & ((left > 0) if y1 > y0 else (left < 0))
    return inside
