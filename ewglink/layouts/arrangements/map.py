"""Map: every entity where it is on the earth, north up; what has no known place stands below."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.layouts.aside import put_aside
from ewglink.layouts.contract import Positions, Subject
from ewglink.layouts.fixing import keep_pinned
from ewglink.layouts.overlap import remove_overlaps
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.plugins.options import option
from ewglink.text import N_, message

_GOLDEN = 2.399963229728653
_FARTHEST = 85.05112878
"""The latitude, degrees, at which the Mercator map is cut: there it is a square."""


@dataclass(frozen=True)
class MapOptions:
    """How the globe becomes flat, and how large."""

    projection: str = option("mercator", N_("Projection"), choices=("mercator", "plate_carree"),
                             choice_labels=(N_("Mercator"), N_("Equirectangular")))
    enlarge: float = option(1.0, N_("Enlargement (1: as the labels need)"), minimum=0.1, maximum=100)


class Map:
    """Longitude and latitude, projected; entities at one place gather around it, labels are pushed apart."""

    key = "map"
    name = N_("Map")
    options = MapOptions
    needs = ("coordinates",)

    def run(self, subject: Subject, options: MapOptions) -> Job[Positions]:
        """Closed form: one step. Refusal `no_coordinates` where no place is known."""
        given = subject.coordinates if subject.coordinates is not None else np.full((subject.n, 2), np.nan)
        known = np.isfinite(given).all(axis=1)
        if subject.n and not known.any():
            raise Refusal("no_coordinates", message(N_("Nothing on this chart has coordinates, so it cannot stand on "
                                                       "a map.")))
        xy = np.zeros((subject.n, 2))
        rows = np.flatnonzero(known)
        if len(rows):
            sizes = subject.sizes[rows]
            flat = projected(given[rows], options.projection)
            placed = _gathered(flat * _scale(flat, sizes) * options.enlarge, sizes)
            xy[rows] = remove_overlaps(placed, sizes)
        put_aside(xy, subject.sizes, np.flatnonzero(~known))
        yield Progress(1.0, best=keep_pinned(subject, xy))


def projected(degrees: Positions, projection: str) -> Positions:
    """Longitude and latitude (n, 2), degrees, on a flat map in degrees of the middle of it, y down.

    What lies on both sides of the 180th meridian and nowhere else stays together.
    """
    east, north = degrees[:, 0].copy(), np.clip(degrees[:, 1], -90.0, 90.0)
    ordered = np.unique((east + 180) % 360 - 180)
    gaps = np.diff(np.append(ordered, ordered[0] + 360))
    if float(gaps.max()) > 180:
        east = (east - ordered[(int(gaps.argmax()) + 1) % len(ordered)]) % 360
    if projection == "mercator":
        cut = np.radians(np.clip(north, -_FARTHEST, _FARTHEST))
        return np.stack((east, -np.degrees(np.arctanh(np.sin(cut)))), axis=1)
    middle = np.radians((north.min() + north.max()) / 2)
    return np.stack((east * max(float(np.cos(middle)), 0.1), -north), axis=1)


def _scale(flat: Positions, sizes: Positions) -> float:
    """Chart units a degree: so that the map is several times as large as its boxes."""
    spread = np.ptp(flat, axis=0)
    reach = float(spread.max())
    if reach <= 0:
        return 1.0
    area = float(np.prod(sizes + 20.0, axis=1).sum())
    return float(np.sqrt(6 * area / max(float(np.prod(spread)), reach * reach / 6)))


def _gathered(xy: Positions, sizes: Positions) -> Positions:
    """Entities at one place in a sunflower around it."""
    _places, which, counts = np.unique(np.round(xy, 3), axis=0, return_inverse=True, return_counts=True)
    which = which.ravel()
    order = np.argsort(which, kind="stable")
    number: npt.NDArray[np.int64] = np.empty(len(xy), np.int64)
    number[order] = np.arange(len(xy)) - np.repeat(np.cumsum(counts) - counts, counts)
    out = np.sqrt(number) * float(np.sqrt(np.prod(sizes.mean(axis=0)))) * 0.7
    angle = number * _GOLDEN
    found: Positions = xy + np.stack((np.cos(angle), np.sin(angle)), axis=1) * out[:, None]
    return found


MEMBER = Map()
