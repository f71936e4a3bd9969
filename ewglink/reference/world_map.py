"""The map of the world that comes with the program: land, coasts and borders, from Natural Earth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from ewglink import places

Floats = npt.NDArray[np.float64]
Scale = Literal["110m", "50m"]


@dataclass(frozen=True)
class Outlines:
    """Lines one after the other: `points` (n, 2) longitude and latitude in degrees, `starts` (k + 1,) where each begins
    and the last ends, `boxes` (k, 4) west, south, east, north of each."""

    points: Floats
    starts: npt.NDArray[np.int64]
    boxes: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def line(self, at: int) -> Floats:
        """Line number `at` (m, 2)."""
        return self.points[self.starts[at]:self.starts[at + 1]]


@dataclass(frozen=True)
class WorldMap:
    """One scale of the map. `country` (k,) numbers each ring of `land` into `codes` (ISO 3166 alpha-2, empty for what
    has none) and `names` (English)."""

    scale: str
    land: Outlines
    country: npt.NDArray[np.int16]
    coast: Outlines
    border: Outlines
    codes: tuple[str, ...]
    names: tuple[str, ...]
    anchors: Floats


@cache
def world_map(scale: Scale = "110m") -> WorldMap:
    """The map at 1:110 or 1:50 million, read once."""
    with np.load(places.resources("map", f"world_{scale}.npz"), allow_pickle=False) as kept:
        unit = float(kept["unit"])
        land, coast, border = (_outlines(kept[f"{name}_points"], kept[f"{name}_sizes"], unit)
                               for name in ("ring", "coast", "border"))
        return WorldMap(scale, land, kept["ring_country"], coast, border, tuple(map(str, kept["codes"])),
                        tuple(map(str, kept["names"])), kept["anchors"])


@cache
def country_anchors() -> dict[str, tuple[float, float]]:
    """The middle of the largest piece of land of each country: ISO 3166 alpha-2 → (latitude, longitude)."""
    world = world_map("50m")
    return {code: (float(lat), float(lon)) for code, (lon, lat) in zip(world.codes, world.anchors, strict=True) if code}


def _outlines(steps: npt.NDArray[np.int32], sizes: npt.NDArray[np.int32], unit: float) -> Outlines:
    starts = np.r_[0, np.cumsum(sizes)].astype(np.int64)
    whole = np.cumsum(steps.astype(np.int64), axis=0)
    before = np.vstack([np.zeros((1, 2), np.int64), whole])[starts[:-1]]
    points = (whole - np.repeat(before, sizes, axis=0)) * unit
    low, high = np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])
    return Outlines(points, starts, np.hstack([low, high]))
