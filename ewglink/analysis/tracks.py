"""Tracks of vessels from their positions: silences, calls at ports, and meetings of two vessels at sea.

Limits are those of the indicators on AIS gaps and on transfers at sea: a gap of more than 12 hours (6 are a warning,
24 are strong); two vessels within 500 m of one another, both below 2 knots, for more than 4 hours, outside ports. A
call at a port is a stay within 5 km of its coordinates at 1 knot at most for an hour at least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.plugins.options import option
from ewglink.text import N_

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EARTH_M = 6_371_008.8
"""The Earth's mean radius, in metres."""

KNOT_MS = 1852 / 3600
_BIN_S = 600.0
_HOLE_BINS = 6
_APART = 1e6
_NEAR_M = 50 * 1852.0
_NONE = -1


@dataclass(frozen=True)
class TrackLimits:
    """What counts as a silence, a call at a port, a meeting."""

    gap_hours: float = option(12.0, N_("Silence: at least (hours)"), minimum=0.5)
    port_km: float = option(5.0, N_("Call: at most from the port (km)"), minimum=0.1)
    port_knots: float = option(1.0, N_("Call: at most (knots)"), minimum=0.0)
    port_hours: float = option(1.0, N_("Call: at least (hours)"), minimum=0.0)
    meeting_m: float = option(500.0, N_("Meeting: at most apart (m)"), minimum=1.0)
    meeting_knots: float = option(2.0, N_("Meeting: both below (knots)"), minimum=0.1)
    meeting_hours: float = option(4.0, N_("Meeting: at least (hours)"), minimum=0.0)


class Fixes(NamedTuple):
    """Positions sorted by vessel and time, each vessel and moment once: `time` in seconds since 1970, `lat` and `lon`
    in degrees, `speed` in knots (NaN where not known), `record` the row that says so, `written` the time as the case
    has it."""

    vessel: Ints
    time: Floats
    lat: Floats
    lon: Floats
    speed: Floats
    record: Ints
    written: list[str]


class Gap(NamedTuple):
    """A silence of a vessel: the fixes before and after, its hours, the way made good, and how many fixes of other
    vessels within 50 nautical miles of where it began were received meanwhile."""

    vessel: int
    before: int
    after: int
    hours: float
    km: float
    knots: float
    heard: int


class PortCall(NamedTuple):
    """A stay at a port: the vessel, the port's row, the first and the last fix."""

    vessel: int
    port: int
    first: int
    last: int
    hours: float


class Meeting(NamedTuple):
    """Two vessels close and slow together: the first and last fix of the one and the other, the least distance."""

    a: int
    b: int
    first: tuple[int, int]
    last: tuple[int, int]
    hours: float
    metres: float


def fixes(rows: list[tuple[int, int, str, float, float, float | None]]) -> Fixes:
    """Rows of (vessel, record, time as ISO text, latitude, longitude, speed or None), in order; times of a day only are
    left out."""
    good = [row for row in rows if len(row[2]) >= 16]
    times = np.array([row[2].removesuffix("Z") for row in good], dtype="datetime64[us]").astype(np.int64) / 1e6
    vessel = np.array([row[0] for row in good], dtype=np.int64)
    order = np.lexsort((times, vessel))
    if len(order):
        once = np.ones(len(order), dtype=bool)
        once[1:] = (np.diff(vessel[order]) != 0) | (np.diff(times[order]) != 0)
        order = order[once]
    speed = np.array([np.nan if row[5] is None else row[5] for row in good], dtype=np.float64)
    lat, lon = (np.array([row[place] for row in good], dtype=np.float64) for place in (3, 4))
    record = np.array([row[1] for row in good], dtype=np.int64)
    return Fixes(
        vessel[order], times[order], lat[order], lon[order], speed[order], record[order], [good[at][2] for at in order]
    )


def on_sphere(lat: Floats, lon: Floats) -> Floats:
    """Points in metres from the Earth's centre: distances between near ones are chords, a hair under the arc."""
    phi, lam = np.radians(lat), np.radians(lon)
    return EARTH_M * np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)


def _arc(chord: Any) -> Any:
    """The way over the ground, in metres, that a chord spans."""
    return 2 * EARTH_M * np.arcsin(np.clip(chord / (2 * EARTH_M), 0, 1))


def speeds(found: Fixes) -> Floats:
    """Knots at each fix: as reported, else from the fix before of the same vessel; NaN where neither is known."""
    said = found.speed.copy()
    if len(said) < 2:
        return said
    points = on_sphere(found.lat, found.lon)
    way = np.linalg.norm(np.diff(points, axis=0), axis=1)
    hours = np.diff(found.time)
    same = (np.diff(found.vessel) == 0) & (hours > 0)
    made = np.full(len(said), np.nan)
    made[1:][same] = way[same] / hours[same] / KNOT_MS
    return np.where(np.isnan(said), made, said)


def ports_of(found: Fixes, ports: Floats, km: float) -> Ints:
    """The row of the nearest of `ports` (latitude, longitude) within `km` of each fix; -1 where there is none."""
    from scipy.spatial import cKDTree

    if not len(ports) or not len(found.lat):
        return np.full(len(found.lat), _NONE, dtype=np.int64)
    tree = cKDTree(on_sphere(ports[:, 0], ports[:, 1]))
    _way, near = tree.query(on_sphere(found.lat, found.lon), distance_upper_bound=km * 1000)
    return np.where(near == len(ports), _NONE, near).astype(np.int64)


def gaps(found: Fixes, limits: TrackLimits) -> list[Gap]:
    """Silences of at least `gap_hours` between two fixes of a vessel."""
    if len(found.time) < 2:
        return []
    points = on_sphere(found.lat, found.lon)
    hours = np.diff(found.time) / 3600
    at = np.flatnonzero((np.diff(found.vessel) == 0) & (hours >= limits.gap_hours))
    by_time = np.argsort(found.time, kind="stable")
    times = found.time[by_time]
    answers = []
    for before in at.tolist():
        after = before + 1
        km = float(_arc(np.linalg.norm(points[after] - points[before]))) / 1000
        low, high = np.searchsorted(times, (found.time[before], found.time[after]), side="right")
        others = by_time[low:high]
        others = others[found.vessel[others] != found.vessel[before]]
        heard = int((np.linalg.norm(points[others] - points[before], axis=1) <= _NEAR_M).sum())
        span = float(hours[before])
        answers.append(Gap(int(found.vessel[before]), before, after, span, km, km / 1.852 / span, heard))
    return answers


def port_calls(found: Fixes, near: Ints, limits: TrackLimits) -> list[PortCall]:
    """Stays at a port; `near` is the port of each fix. A silence does not end a stay where the vessel did not move."""
    if not len(found.time):
        return []
    slow = (near != _NONE) & ~(speeds(found) > limits.port_knots)
    breaks = np.ones(len(slow), dtype=bool)
    breaks[1:] = (np.diff(found.vessel) != 0) | (np.diff(near) != 0) | (slow[1:] != slow[:-1])
    starts = np.flatnonzero(breaks)
    answers = []
    for first, last in zip(starts.tolist(), [*(starts[1:] - 1).tolist(), len(slow) - 1], strict=True):
        hours = float(found.time[last] - found.time[first]) / 3600
        if slow[first] and last > first and hours >= limits.port_hours:
            answers.append(PortCall(int(found.vessel[first]), int(near[first]), first, last, hours))
    return answers


def meetings(found: Fixes, near: Ints, limits: TrackLimits) -> list[Meeting]:
    """Two vessels together outside ports. They are compared every ten minutes; an hour without both does not end it."""
    from scipy.spatial import cKDTree

    rows = np.flatnonzero((near == _NONE) & (speeds(found) < limits.meeting_knots))
    bins = np.floor(found.time[rows] / _BIN_S).astype(np.int64)
    _unique, first = np.unique(np.stack([found.vessel[rows], bins]), axis=1, return_index=True)
    rows, bins = rows[first], bins[first]
    if len(rows) < 2:
        return []
    points = on_sphere(found.lat[rows], found.lon[rows])
    apart = (bins - bins.min()).astype(np.float64)[:, None] * _APART
    pairs = cKDTree(np.hstack([points, apart])).query_pairs(limits.meeting_m, output_type="ndarray")
    if not len(pairs):
        return []
    swap = found.vessel[rows[pairs[:, 0]]] > found.vessel[rows[pairs[:, 1]]]
    pairs[swap] = pairs[swap][:, ::-1]
    a, b = rows[pairs[:, 0]], rows[pairs[:, 1]]
    metres = _arc(np.linalg.norm(points[pairs[:, 0]] - points[pairs[:, 1]], axis=1))
    when = bins[pairs[:, 0]]
    order = np.lexsort((when, found.vessel[b], found.vessel[a]))
    return _runs(found, a[order], b[order], when[order], metres[order], limits.meeting_hours)


def _runs(found: Fixes, a: Ints, b: Ints, when: Ints, metres: Floats, least: float) -> list[Meeting]:
    """Consecutive comparisons of the same two vessels as meetings of at least `least` hours."""
    breaks = np.ones(len(a), dtype=bool)
    other = (np.diff(found.vessel[a]) != 0) | (np.diff(found.vessel[b]) != 0)
    breaks[1:] = other | (np.diff(when) > _HOLE_BINS + 1)
    starts = np.flatnonzero(breaks)
    answers = []
    for first, last in zip(starts.tolist(), [*(starts[1:] - 1).tolist(), len(a) - 1], strict=True):
        begin = max(found.time[a[first]], found.time[b[first]])
        end = min(found.time[a[last]], found.time[b[last]])
        hours = float(end - begin) / 3600
        if hours >= least and last > first:
            near = float(metres[first : last + 1].min())
            answers.append(
                Meeting(
                    int(found.vessel[a[first]]), int(found.vessel[b[first]]), (int(a[first]), int(b[first])),
                    (int(a[last]), int(b[last])), hours, near,
                )
            )  # fmt: skip
    return answers
