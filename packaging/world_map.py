"""The world map of the program, made once from Natural Earth as the npm package `world-atlas` 2.0.2 carries it.

`python packaging/world_map.py FOLDER` reads `countries-110m.json` and `countries-50m.json` of the unpacked package in
FOLDER and writes `resources/map/world_110m.npz` and `world_50m.npz`. Natural Earth is in the public domain. TopoJSON
has had its rings joined across the 180th meridian; they are cut there again. Nothing is smoothed, moved or made up.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pycountry

HOME = Path(__file__).resolve().parent.parent / "resources" / "map"
UNIT = {"110m": 0.01, "50m": 0.002}
"""Degrees of one step of the file's whole numbers."""


def arcs_of(world: dict[str, Any]) -> list[np.ndarray]:
    """Every arc (n, 2) in degrees: longitude, latitude."""
    scale, shift = np.array(world["transform"]["scale"]), np.array(world["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in world["arcs"]]


def ring_of(arcs: list[np.ndarray], numbers: list[int]) -> np.ndarray:
    """The ring (n, 2) that arcs make, one after the other; a number below 0 is an arc backwards."""
    parts = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def unrolled(line: np.ndarray) -> np.ndarray:
    """The line with longitudes that go on past 180° instead of jumping."""
    lon = np.degrees(np.unwrap(np.radians(line[:, 0])))
    return np.column_stack([lon, line[:, 1]])


def clipped(ring: np.ndarray, edge: float, keep_above: bool) -> np.ndarray:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman)."""
    out = []
    for a, b in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        inside_a, inside_b = ((p[0] >= edge) == keep_above or p[0] == edge for p in (a, b))
        if inside_a:
            out.append(a)
        if inside_a != inside_b:
            t = (edge - a[0]) / (b[0] - a[0])
            out.append(a + t * (b - a))
    return np.array(out).reshape(-1, 2)


def cut_ring(ring: np.ndarray) -> list[np.ndarray]:
    """The ring as rings within −180…180°; one round a pole is closed along it."""
    far = unrolled(ring)
    turn = far[-1, 0] - far[0, 0]
    if abs(turn) > 180:
        pole = -90.0 if far[:, 1].mean() < 0 else 90.0
        far = np.vstack([far, [[far[-1, 0], pole], [far[0, 0], pole]]])
    found = []
    for shift in (-360.0, 0.0, 360.0):
        part = far + np.array([shift, 0.0])
        if part[:, 0].max() <= -180 or part[:, 0].min() >= 180:
            continue
        part = clipped(clipped(part, -180.0, True), 180.0, False) if len(part) else part
        if len(part) >= 3 and np.ptp(part[:, 0]) > 0:
            found.append(part)
    return found


def cut_line(line: np.ndarray) -> list[np.ndarray]:
    """The line in pieces that do not jump from one edge of the map to the other."""
    far = unrolled(line)
    world = np.floor((far[:, 0] + 180) / 360).astype(int)
    pieces, here = [], [far[0] - (360 * world[0], 0)]
    for at in range(1, len(far)):
        if world[at] != world[at - 1]:
            edge = 360.0 * max(world[at], world[at - 1]) - 180
            a, b = far[at - 1], far[at]
            t = (edge - a[0]) / (b[0] - a[0])
            point = a + t * (b - a)
            here.append(point - (360 * world[at - 1], 0))
            pieces.append(np.array(here))
            here = [point - (360 * world[at], 0)]
        here.append(far[at] - (360 * world[at], 0))
    return [*pieces, np.array(here)]


def area_and_middle(ring: np.ndarray) -> tuple[float, np.ndarray]:
    """The area (square degrees of the equator) and the centroid of a ring."""
    flat = ring * (np.cos(np.radians(ring[:, 1].mean())), 1.0)
    x, y = flat[:, 0], flat[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    if abs(area) < 1e-9:
        return 0.0, ring.mean(axis=0)
    middle = np.array([((x + np.roll(x, -1)) * cross).sum(), ((y + np.roll(y, -1)) * cross).sum()]) / (6 * area)
    return abs(float(area)), middle / (np.cos(np.radians(ring[:, 1].mean())), 1.0)


def packed(parts: list[np.ndarray], unit: float) -> tuple[np.ndarray, np.ndarray]:
    """Lines as whole steps, each line's points as differences from the one before; and how many points each has."""
    steps = [np.round(part / unit).astype(np.int32) for part in parts]
    steps = [one[np.r_[True, (np.diff(one, axis=0) != 0).any(axis=1)]] for one in steps]
    sizes = np.array([len(one) for one in steps], np.int32)
    return np.concatenate([np.vstack([one[:1], np.diff(one, axis=0)]) for one in steps]), sizes


def convert(source: Path, name: str) -> None:
    """Write one scale."""
    world = json.loads(source.read_text(encoding="utf-8"))
    arcs = arcs_of(world)
    rings: list[np.ndarray] = []
    owner: list[int] = []
    used = np.zeros(len(arcs), int)
    codes, names, anchors = [], [], []
    for at, country in enumerate(world["objects"]["countries"]["geometries"]):
        shapes = [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])
        best = (-1.0, np.zeros(2))
        for shape in shapes:
            for place, numbers in enumerate(shape):
                for number in numbers:
                    used[number if number >= 0 else ~number] += 1
                whole = ring_of(arcs, numbers)
                for ring in cut_ring(whole[:-1]):
                    rings.append(ring)
                    owner.append(at)
                    if place == 0:
                        best = max(best, area_and_middle(ring), key=lambda one: one[0])
        known = pycountry.countries.get(numeric=str(country.get("id", "")))
        codes.append(known.alpha_2 if known else "")
        names.append(country["properties"]["name"])
        anchors.append(best[1])
    unit = UNIT[name]
    ring_points, ring_sizes = packed(rings, unit)
    coast = [piece for at in np.flatnonzero(used == 1) for piece in cut_line(arcs[at])]
    border = [piece for at in np.flatnonzero(used > 1) for piece in cut_line(arcs[at])]
    coast_points, coast_sizes = packed([one for one in coast if one[:, 1].min() > -89.9], unit)
    border_points, border_sizes = packed(border, unit)
    np.savez_compressed(
        HOME / f"world_{name}.npz", unit=np.float64(unit), ring_points=ring_points, ring_sizes=ring_sizes,
        ring_country=np.array(owner, np.int16), coast_points=coast_points, coast_sizes=coast_sizes,
        border_points=border_points, border_sizes=border_sizes, codes=np.array(codes), names=np.array(names),
        anchors=np.round(np.array(anchors), 3))
    print(name, len(rings), "rings", len(ring_points), "points", (HOME / f"world_{name}.npz").stat().st_size, "bytes")


if __name__ == "__main__":
    for scale in UNIT:
        convert(Path(sys.argv[1]) / f"countries-{scale}.json", scale)
