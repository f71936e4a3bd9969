"""What is on the map within a span of time: what held then, and what has no date; tracks as far as they lay in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ewglink.workspace.moments import Ints, Moments
from ewglink.workspace.places_of_items import Places
from ewglink.workspace.tracks_of_items import Track


def left_out(moments: Moments, first: int, last: int) -> Ints:
    """The entities, ascending, of which something is dated, but nothing (neither they nor a link of theirs) held at
    some time from `first` to `last` (microseconds since 1970)."""
    there = moments.within(first, last)
    seen, dated = moments.ends[there].ravel(), moments.ends.ravel()
    return np.setdiff1d(dated, seen)


def in_time(places: Places, tracks: Sequence[Track], moments: Moments, first: int, last: int,
            ) -> tuple[Places, list[Track]]:
    """Places and tracks as far as they are within the span; a route keeps its movements of that time."""
    out = set(left_out(moments, first, last).tolist())
    routes = []
    for route in places.routes:
        kept = tuple(item for item in route.movements if item not in out)
        if kept:
            routes.append(route._replace(movements=kept))
    found = {item: place for item, place in places.places.items() if item not in out}
    return replace(places, places=found, routes=tuple(routes)), [
        one for track in tracks if (one := _cut(track, first, last)) is not None]


def _cut(track: Track, first: int, last: int) -> Track | None:
    """The points within the span; None for fewer than one."""
    rows = np.flatnonzero((track.times * 1e6 >= first) & (track.times * 1e6 <= last))
    if not len(rows):
        return None
    silent = track.silent[rows].copy()
    silent[0] = False
    return replace(track, points=track.points[rows], times=track.times[rows], silent=silent)
