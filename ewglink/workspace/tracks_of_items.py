"""Tracks of vessels for the map: their positions in order of time, parted where they were silent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.analysis.tracks import TrackLimits, fixes
from ewglink.store.positions import positions
from ewglink.workspace.workspace import Workspace

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Track:
    """The way of one vessel: `points` (n, 2) longitude and latitude, `times` (n,) in seconds since 1970; `silent` (n,)
    says whether it was silent for longer than the limit before a point."""

    vessel: int
    label: str
    points: Floats
    times: Floats
    silent: npt.NDArray[np.bool_]


def tracks_of_items(workspace: Workspace, gap_hours: float = TrackLimits().gap_hours) -> list[Track]:
    """A track for each vessel with two positions at least."""
    found = fixes(positions(workspace.case.reading))
    labels = workspace.case.items.labels(set(found.vessel.tolist()))
    made = []
    for vessel in np.unique(found.vessel).tolist():
        own = np.flatnonzero(found.vessel == vessel)
        if len(own) < 2:
            continue
        times = found.time[own]
        silent = np.zeros(len(own), np.bool_)
        silent[1:] = np.diff(times) >= gap_hours * 3600
        points = np.column_stack([found.lon[own], found.lat[own]])
        made.append(Track(vessel, labels.get(vessel, str(vessel)), points, times, silent))
    return made


def runs(track: Track) -> list[tuple[int, int, bool]]:
    """The pieces of a track: first and last point of each, and whether it is a silence (a straight line between two
    points); never across the 180th meridian."""
    jump = np.zeros(len(track.times), np.bool_)
    jump[1:] = np.abs(np.diff(track.points[:, 0])) > 180
    pieces: list[tuple[int, int, bool]] = []
    begin = 0
    for at in range(1, len(track.times)):
        if track.silent[at] or jump[at]:
            if at - 1 > begin:
                pieces.append((begin, at - 1, False))
            if track.silent[at] and not jump[at]:
                pieces.append((at - 1, at, True))
            begin = at
    if len(track.times) - 1 > begin:
        pieces.append((begin, len(track.times) - 1, False))
    return pieces


def thinned(points: Floats, tolerance: float, most: int = 20_000) -> npt.NDArray[np.int64]:
    """Which points (rows) are enough for a line that strays less than about `tolerance` (in the unit of the points):
    the ends, and every point that lies further than that from the one kept before."""
    if len(points) <= 2:
        return np.arange(len(points))
    cells = np.floor(points / tolerance)
    kept = np.r_[True, (np.diff(cells, axis=0) != 0).any(axis=1)]
    kept[-1] = True
    rows = np.flatnonzero(kept)
    if len(rows) > most:
        rows = rows[np.unique(np.linspace(0, len(rows) - 1, most).astype(np.int64))]
    return rows
