"""A window on the map: which projection, where its middle is, and how large; from degrees to its units and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from ewglink.drawing.marks import Floats

MERCATOR, PLATE = "mercator", "plate"
MOST_LATITUDE = 84.0
_EARTH_KM = 6371.0088
_LEAST, _MOST = 0.5, 20_000.0


def projected(lonlat: Floats, projection: str) -> Floats:
    """Degrees (n, 2) longitude, latitude as the plane has them, in degrees of the equator, y down."""
    out = np.array(lonlat, float)
    if projection == PLATE:
        out[:, 1] = -out[:, 1]
        return out
    latitude = np.radians(np.clip(out[:, 1], -MOST_LATITUDE, MOST_LATITUDE))
    out[:, 1] = -np.degrees(np.arctanh(np.sin(latitude)))
    return out


def unprojected(plane: Floats, projection: str) -> Floats:
    """The way back."""
    out = np.array(plane, float)
    out[:, 1] = -out[:, 1] if projection == PLATE else -np.degrees(np.arctan(np.sinh(np.radians(out[:, 1]))))
    return out


@dataclass(frozen=True)
class MapView:
    """`x`, `y` the middle in the plane, `scale` units of the window for a degree of the equator."""

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    scale: float = 3.0
    projection: str = MERCATOR

    def to_window(self, lonlat: Floats) -> Floats:
        """Degrees (n, 2) as places in the window."""
        return self.from_plane(projected(lonlat, self.projection))

    def from_plane(self, plane: Floats) -> Floats:
        """Places in the plane as places in the window."""
        placed: Floats = (plane - (self.x, self.y)) * self.scale + (self.width / 2, self.height / 2)
        return placed

    def to_degrees(self, at: tuple[float, float]) -> tuple[float, float]:
        """Longitude and latitude of a place in the window."""
        plane = (np.array([at]) - (self.width / 2, self.height / 2)) / self.scale + (self.x, self.y)
        longitude, latitude = unprojected(plane, self.projection)[0].tolist()
        return longitude, latitude

    def plane_box(self) -> tuple[float, float, float, float]:
        """What is in view: left, top, right, bottom in the plane."""
        wide, high = self.width / self.scale / 2, self.height / self.scale / 2
        return self.x - wide, self.y - high, self.x + wide, self.y + high

    def zoomed(self, by: float, at: tuple[float, float]) -> MapView:
        """Larger or smaller, with what is at `at` staying there."""
        scale = min(_MOST, max(_LEAST, self.scale * by))
        way = (np.array(at) - (self.width / 2, self.height / 2)) * (1 / self.scale - 1 / scale)
        return self.held(replace(self, x=self.x + float(way[0]), y=self.y + float(way[1]), scale=scale))

    def carried(self, dx: float, dy: float) -> MapView:
        """Moved by so many units of the window."""
        return self.held(replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale))

    @staticmethod
    def held(view: MapView) -> MapView:
        """Never so far away that the world is out of sight."""
        edge = 90.0 if view.projection == PLATE else 170.0
        return replace(view, x=min(180.0, max(-180.0, view.x)), y=min(edge, max(-edge, view.y)))

    def fitted(self, lonlat: Floats, margin: float = 60.0) -> MapView:
        """The same window on all of these; the whole world for none. A low window has less margin."""
        margin = min(margin, self.width * 0.15, self.height * 0.15)
        plane = projected(lonlat if len(lonlat) else np.array([[-170.0, 75.0], [180.0, -55.0]]), self.projection)
        low, high = plane.min(axis=0), plane.max(axis=0)
        room = max(40.0, self.width - 2 * margin), max(40.0, self.height - 2 * margin)
        extent = np.maximum(high - low, 0.5)
        scale = min(room[0] / extent[0], room[1] / extent[1], 120.0)
        middle = (low + high) / 2
        return self.held(replace(self, x=float(middle[0]), y=float(middle[1]), scale=max(_LEAST, float(scale))))

    def turned(self, projection: str) -> MapView:
        """The same middle in another projection."""
        longitude, latitude = self.to_degrees((self.width / 2, self.height / 2))
        x, y = projected(np.array([[longitude, latitude]]), projection)[0].tolist()
        return self.held(replace(self, x=x, y=y, projection=projection))

    def scale_bar(self, most: float = 160.0) -> tuple[float, float]:
        """A round number of kilometres and how long it is in the window, at the latitude of the middle."""
        latitude = math.radians(self.to_degrees((self.width / 2, self.height / 2))[1])
        km = math.radians(1.0) * _EARTH_KM * max(0.01, math.cos(latitude)) / self.scale
        wanted = most * km
        power = 10.0 ** math.floor(math.log10(wanted))
        whole = max(step for step in (1.0, 2.0, 5.0) if step * power <= wanted) * power
        return whole, whole / km
