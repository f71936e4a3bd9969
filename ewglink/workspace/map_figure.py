"""What a case puts on the map: clusters of entities, routes and tracks as parts of a figure, over land and sea."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ewglink.drawing.figure import Area, Figure, Part, Stroke, Words, box
from ewglink.drawing.map_view import MapView, unprojected
from ewglink.drawing.marks import Align, Dash, Floats
from ewglink.drawing.style import Palette
from ewglink.reference.code_lists import ports
from ewglink.reference.world_map import Outlines, WorldMap, world_map
from ewglink.text import _, ngettext, number
from ewglink.workspace.map_names import apart
from ewglink.workspace.places_of_items import EXACTNESS, Exactness, Places
from ewglink.workspace.tracks_of_items import Track, runs, thinned

NEAR = 30.0
"""Entities nearer than this in the window are one cluster."""
FINE_FROM = 9.0
"""Units a degree from which the finer coastline is drawn."""
_TRACKS = (0xFFD55E00, 0xFF0072B2, 0xFF009E73, 0xFFCC79A7, 0xFFE69F00, 0xFF56B4E9)
_ARROW_EVERY = 90.0
_MOST_NAMED = 8


@dataclass(frozen=True)
class Inks:
    """The colours of land and sea."""

    sea: int
    land: int
    coast: int
    border: int
    port: int


DAY = Inks(0xFFE4EDF4, 0xFFF8F6F0, 0xFF7C93A8, 0xFFC3B7A4, 0xFF6B7885)
NIGHT = Inks(0xFF17202A, 0xFF2B323A, 0xFF64788C, 0xFF4E5560, 0xFF97A3B0)


def inks(palette: Palette) -> Inks:
    """Those that go with a palette."""
    return NIGHT if palette.key == "dark" else DAY


@dataclass(frozen=True)
class Shown:
    """Which layers are drawn, and of which types (None: all)."""

    items: bool = True
    tracks: bool = True
    routes: bool = True
    ports: bool = False
    types: frozenset[str] | None = None


def scale_name(view: MapView) -> str:
    """Which coastline is fine enough."""
    return "50m" if view.scale >= FINE_FROM else "110m"


def scale_of(view: MapView) -> WorldMap:
    """The coastline that is fine enough."""
    return world_map(scale_name(view))


def visible(lines: Outlines, view: MapView) -> Iterator[int]:
    """The lines of which anything may be in view."""
    left, top, right, bottom = view.plane_box()
    corners = np.array([[left, top], [right, bottom]])
    (west, north), (east, south) = unprojected(corners, view.projection).tolist()
    boxes = lines.boxes
    seen = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    yield from np.flatnonzero(seen).tolist()


def base_parts(view: MapView, palette: Palette) -> list[Part]:
    """Land, borders and coasts as parts of a figure (for paper; a window paints them faster)."""
    world, ink = scale_of(view), inks(palette)
    parts: list[Part] = [Area((view.to_window(world.land.line(at)),), ink.land) for at in visible(world.land, view)]
    parts += [Stroke(view.to_window(world.border.line(at)), ink.border, 0.8) for at in visible(world.border, view)]
    parts += [Stroke(view.to_window(world.coast.line(at)), ink.coast, 0.8) for at in visible(world.coast, view)]
    return parts


def overlay(places: Places, tracks: Sequence[Track], view: MapView, palette: Palette, shown: Shown,
            selected: Collection[int]) -> list[Part]:
    """Everything of the case that is in view, the selected on top."""
    parts: list[Part] = []
    if shown.ports:
        parts += _ports(view, palette)
    if shown.routes:
        parts += _routes(places, view, palette, selected)
    if shown.tracks:
        for at, track in enumerate(tracks):
            parts += _track(track, view, _TRACKS[at % len(_TRACKS)], palette, track.vessel in selected)
    if shown.items:
        parts += _clusters(places, view, palette, shown.types, frozenset(selected))
    return apart(parts)


def _ports(view: MapView, palette: Palette) -> list[Part]:
    known = [port for port in ports().values() if port.latitude is not None and port.longitude is not None]
    at = view.to_window(np.array([(port.longitude, port.latitude) for port in known], float))
    inside = _inside(at, view)
    parts: list[Part] = []
    for row in np.flatnonzero(inside).tolist():
        x, y = at[row].tolist()
        said = f"{known[row].name} ({known[row].code})"
        parts.append(Area((box(x - 2, y - 2, x + 2, y + 2),), inks(palette).port, said=said))
        if inside.sum() <= 25:
            parts.append(Words(x + 5, y, known[row].name, 9.0, palette.quiet_text))
    return parts


def _inside(at: Floats, view: MapView, margin: float = 20.0) -> np.ndarray:
    return ((at[:, 0] > -margin) & (at[:, 0] < view.width + margin) & (at[:, 1] > -margin)
            & (at[:, 1] < view.height + margin))


def _routes(places: Places, view: MapView, palette: Palette, selected: Collection[int]) -> list[Part]:
    parts: list[Part] = []
    for route in places.routes:
        ends = [places.places[end] for end in (route.start, route.end)]
        a, b = view.to_window(np.array([(end.longitude, end.latitude) for end in ends]))
        far = float(np.hypot(*(b - a)))
        if far < 6:
            continue
        side = np.array([-(b - a)[1], (b - a)[0]]) * 0.18
        t = np.linspace(0.0, 1.0, 24)[:, None]
        points = (1 - t) ** 2 * a + 2 * t * (1 - t) * ((a + b) / 2 + side) + t**2 * b
        held = any(one in selected for one in route.movements)
        said = _("{start} → {end}: {movements}", start=places.labels.get(route.start, ""),
                 end=places.labels.get(route.end, ""),
                 movements=ngettext("{n} movement", "{n} movements", len(route.movements)))
        parts.append(Stroke(points, palette.selection if held else palette.link, 1.2 + math.log2(len(route.movements)),
                            Dash.SOLID, 9.0 + len(route.movements) ** 0.5, route.movements, said))
        if far > 50:
            x, y = points[12].tolist()
            parts.append(Words(x, y, number(len(route.movements)), 10.0, palette.text, Align.CENTRE, True,
                               palette.plate, items=route.movements, said=said))
    return parts


def _track(track: Track, view: MapView, colour: int, palette: Palette, held: bool) -> list[Part]:
    """Lines solid where positions follow, dashed over silences, with arrowheads on the way."""
    at = view.to_window(track.points)
    low, high = at.min(axis=0), at.max(axis=0)
    if low[0] > view.width or low[1] > view.height or high[0] < 0 or high[1] < 0:
        return []
    ink, wide = (palette.selection, 3.0) if held else (colour, 1.8)
    parts: list[Part] = []
    for first, last, silent in runs(track):
        points = at[first:last + 1]
        if silent:
            hours = (track.times[last] - track.times[first]) / 3600
            said = _("{vessel}: silent for {hours} h", vessel=track.label, hours=number(hours, 1))
            parts.append(Stroke(points, ink, wide * 0.8, Dash.DASHED, 0.0, (track.vessel,), said))
            continue
        points = points[thinned(points, 1.2)]
        parts.append(Stroke(points, ink, wide, Dash.SOLID, 0.0, (track.vessel,), track.label))
        parts += [Stroke(arrow, ink, wide, Dash.SOLID, 9.0, (track.vessel,), track.label) for arrow in _arrows(points)]
    x, y = at[-1].tolist()
    parts.append(Area((circle(x, y, 4.0),), ink, palette.background, 1.0, (track.vessel,), track.label))
    parts.append(Words(x + 8, y, track.label, 10.0, palette.text, plate=palette.plate, items=(track.vessel,),
                       said=track.label))
    return parts


def _arrows(points: Floats) -> list[Floats]:
    """Short lines along the way, as far apart as arrowheads should be."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    way = np.r_[0.0, np.cumsum(steps)]
    found = []
    for at in np.arange(_ARROW_EVERY / 2, way[-1], _ARROW_EVERY)[:200]:
        row = min(len(points) - 2, int(np.searchsorted(way, at, side="right")) - 1)
        if steps[row] > 1e-9:
            here = points[row] + (points[row + 1] - points[row]) * (at - way[row]) / steps[row]
            back = (points[row + 1] - points[row]) / steps[row]
            found.append(np.array([here - back * 0.5, here]))
    return found


def circle(x: float, y: float, radius: float, steps: int = 20) -> Floats:
    """A ring round a point."""
    angle = np.linspace(0.0, 2 * math.pi, steps, endpoint=False)
    return np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle)])


def _clusters(places: Places, view: MapView, palette: Palette, types: frozenset[str] | None,
              selected: frozenset[int]) -> list[Part]:
    items = [item for item in places.places if types is None or places.types[item] in types]
    if not items:
        return []
    at = view.to_window(np.array([(places.places[item].longitude, places.places[item].latitude) for item in items]))
    parts: list[Part] = []
    late: list[Part] = []
    for rows in kept_apart(at, gathered(at, _inside(at, view, 40.0))):
        own = [items[row] for row in rows]
        x, y = at[rows].mean(axis=0).tolist()
        held = bool(selected.intersection(own))
        (late if held else parts).extend(_cluster(places, own, x, y, palette, held))
    return parts + late


def gathered(at: Floats, inside: np.ndarray) -> list[list[int]]:
    """Rows of points that are near one another, by cells as large as `NEAR`; the largest first."""
    cells: dict[tuple[int, int], list[int]] = {}
    for row in np.flatnonzero(inside).tolist():
        cells.setdefault((int(at[row, 0] // NEAR), int(at[row, 1] // NEAR)), []).append(row)
    done: set[tuple[int, int]] = set()
    found = []
    for cell in sorted(cells, key=lambda one: (-len(cells[one]), one)):
        if cell in done:
            continue
        middle, rows = at[cells[cell]].mean(axis=0), []
        for near in ((cell[0] + dx, cell[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            if near in cells and near not in done:
                close = near == cell or float(np.hypot(*(at[cells[near]].mean(axis=0) - middle))) < NEAR
                if close:
                    rows += cells[near]
                    done.add(near)
        found.append(rows)
    return found


def kept_apart(at: Floats, clusters: list[list[int]]) -> list[list[int]]:
    """The clusters, largest first, one taken into another where their circles would lie over each other."""
    found: list[list[int]] = []
    middles, radii = np.empty((len(clusters), 2)), np.empty(len(clusters))
    for rows in sorted(clusters, key=len, reverse=True):
        joined, n = list(rows), len(found)
        while True:
            middle, radius = at[joined].mean(axis=0), _radius(len(joined))
            over = np.flatnonzero(np.hypot(*(middles[:n] - middle).T) < radii[:n] + radius)
            if not len(over):
                break
            place, n = int(over[0]), n - 1
            joined = found.pop(place) + joined
            middles[place:n], radii[place:n] = middles[place + 1:n + 1].copy(), radii[place + 1:n + 1].copy()
        found.append(joined)
        middles[n], radii[n] = middle, radius
    return found


def _radius(n: int) -> float:
    """How large the circle of so many entities is."""
    return 6.0 if n == 1 else min(22.0, 8.0 + 3.2 * math.log2(n))


def _cluster(places: Places, own: list[int], x: float, y: float, palette: Palette, held: bool) -> list[Part]:
    exact = min(places.places[item].exactness for item in own)
    rough = exact >= Exactness.CITY
    radius = _radius(len(own))
    where = {places.places[item].said: _(EXACTNESS[places.places[item].exactness]) for item in own}
    names = [places.labels.get(item, str(item)) for item in own[:_MOST_NAMED]]
    if len(own) > _MOST_NAMED:
        names.append(_("and {n} more", n=len(own) - _MOST_NAMED))
    said = "\n".join([*names, *(f"— {place}: {how}" for place, how in list(where.items())[:4])])
    fill = (palette.background if rough else 0xFF0072B2) & 0x00FFFFFF | 0xE0000000
    ring = palette.selection if held else 0xFF0072B2
    items = tuple(own)
    parts: list[Part] = [Area((circle(x, y, radius),), fill, ring, 3.0 if held else 1.6, items, said)]
    if rough:
        parts.append(Stroke(np.vstack([circle(x, y, radius + 4), circle(x, y, radius + 4)[:1]]), ring, 1.0, Dash.DASHED,
                            0.0, items, said))
    if len(own) > 1:
        ink = palette.text if rough else 0xFFFFFFFF
        parts.append(Words(x, y, number(len(own)), 10.5, ink, Align.CENTRE, True, items=items, said=said))
    else:
        short = names[0] if len(names[0]) <= 26 else names[0][:25] + "…"
        parts.append(Words(x + radius + 6, y, short, 10.0, palette.text, plate=palette.plate, items=items, said=said))
    return parts


def scale_bar(view: MapView, palette: Palette) -> list[Part]:
    """The bar at the lower left, and what the figures stand for."""
    km, long = view.scale_bar()
    x, y = 16.0, view.height - 18.0
    text = f"{number(km, 0 if km >= 1 else 1)} km"
    points = np.array([[x, y - 5], [x, y], [x + long, y], [x + long, y - 5]])
    return [Area((box(x - 6, y - 24, x + max(long, 60.0) + 8, y + 8),), palette.background & 0xFFFFFF | 0xB0000000),
            Stroke(points, palette.text, 1.6), Words(x, y - 14, text, 10.0, palette.text)]


def map_figure(places: Places, tracks: Sequence[Track], view: MapView, palette: Palette, shown: Shown,
               selected: Collection[int] = ()) -> Figure:
    """The map as it stands in a window, for paper."""
    wide = replace(view, height=view.height + 22)
    out = Figure(view.width, view.height + 22, inks(palette).sea)
    out.parts += base_parts(view, palette)
    out.parts += overlay(places, tracks, view, palette, shown, selected)
    out.parts += scale_bar(view, palette)
    out.parts.append(Area((box(0, view.height, wide.width, wide.height),), palette.background))
    note = _("Coastlines and borders: Natural Earth (public domain). Dashed rings: place known approximately only.")
    out.parts.append(Words(6, view.height + 11, note, 9.0, palette.quiet_text))
    return out
