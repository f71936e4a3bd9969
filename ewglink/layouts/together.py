"""Parts laid out together: hundreds of parts of middle size at once, in the time that one large part takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.layouts.exchange import exchange
from ewglink.layouts.levels import arrange_by_levels

Points = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
_WEAK = 0.02
"""How strongly links between parts pull, against those inside: enough that no part flies away."""
_OUTERMOST = 2.3
"""Rows farther from the middle of their part than so many times the root mean square of all are brought nearer."""


def arrange_together(pairs: npt.NDArray[Any], between: npt.NDArray[Any], labels: Rows, room: Points,
                     chance: np.random.Generator, quality: float) -> Iterator[tuple[float, Points]]:
    """Positions (n, 2) of connected parts, each around its own origin, with the share of work done.

    `labels` (n,) is the part of each row, `pairs` (k, 2) the links inside parts, `between` (l, 2) those among them;
    `room` (n,) is the area, square chart units, that each row takes.
    """
    n = len(labels)
    mass = np.maximum(room / np.median(room), 0.2)
    xy = np.zeros((n, 2))
    last = None
    for share, reached in arrange_by_levels(n, pairs, chance, quality, mass, weak=(between, _WEAK)):
        last = reached
        yield 0.9 * share, xy
    if last is not None:
        xy = _round_each_middle(last(), labels, room)
    # Side by side, so that rows change places inside their part only.
    number = int(labels.max()) + 1
    side = int(np.ceil(np.sqrt(number)))
    home = np.stack(np.divmod(np.arange(number), side), axis=1)[labels] * 4 * float(np.abs(xy).max())
    for share, moved in exchange(xy + home, pairs, mass, chance, quality):
        xy = moved - home
        yield 0.9 + 0.1 * share, xy


def _round_each_middle(xy: Points, labels: Rows, room: Points) -> Points:
    """Every part around its origin and as large as its rows need."""
    count = np.bincount(labels)
    middle = np.stack([np.bincount(labels, xy[:, axis]) / count for axis in (0, 1)], axis=1)
    own = xy - middle[labels]
    away = np.sqrt((own * own).sum(axis=1))
    spread = np.sqrt(np.bincount(labels, away * away) / count)
    own *= np.minimum(1.0, _OUTERMOST * spread[labels] / np.maximum(away, 1e-9))[:, None]
    # Rows spread evenly over a disc of radius R are R / √2 from its middle in the root mean square.
    radius = np.sqrt(2.0 * np.bincount(labels, room) / np.pi)
    scaled: Points = own * (radius / np.sqrt(2.0) / np.maximum(spread, 1e-9))[labels][:, None]
    return scaled
