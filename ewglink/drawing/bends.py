"""The bends of links: corners that a link was given by hand, drawn as one bow through them.

A corner is two figures in lengths of the link, so that it goes along when an end is moved: how far it lies along the
straight way from the link's first end to its second, and how far aside of that way (to the right, y down).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ewglink.drawing.marks import Floats

_ENDS = np.array([[0.0, 0.0], [1.0, 0.0]])


def control_points(corners: Any) -> Floats | None:
    """Two control points (4,) in lengths of the link, of the cubic curve through `corners` (t, d, t, d, …): through one
    or two exactly, as near as can be past more. None where there are none, or the setting is nothing of the kind."""
    if not isinstance(corners, list) or len(corners) < 2 or len(corners) % 2:
        return None
    if not all(isinstance(one, (int, float)) and math.isfinite(one) and abs(one) < 100 for one in corners):
        return None
    points = np.array(corners, float).reshape(-1, 2)
    steps = np.hypot(*np.diff(np.vstack([_ENDS[:1], points, _ENDS[1:]]), axis=0).T)
    at = np.clip(np.cumsum(steps)[:-1] / steps.sum(), 0.1, 0.9)[:, None]
    rest = 1 - at
    if len(points) == 1:
        middle = (points[0] - at[0] ** 2 * _ENDS[1]) / (2 * rest[0] * at[0])
        found = np.vstack([middle * (2 / 3), _ENDS[1] + (middle - _ENDS[1]) * (2 / 3)])
    else:
        weights = np.hstack([3 * rest**2 * at, 3 * rest * at**2])
        found = np.linalg.lstsq(weights, points - at**3 * _ENDS[1], rcond=None)[0]
    return np.asarray(found.reshape(4), np.float64)


def bend_columns(styles: dict[int, dict[str, Any]], rows: Any, single: Any) -> Floats | None:
    """Control points (k, 4) of the links of content rows `rows` (k,), NaN where one is not bent or stands for several
    (`single` (k,) false); None where none is bent."""
    if not any("corners" in style for style in styles.values()):
        return None
    found = np.full((len(rows), 4), np.nan)
    for at, row in enumerate(rows.tolist()):
        bent = control_points(styles.get(row, {}).get("corners")) if single[at] else None
        if bent is not None:
            found[at] = bent
    return found


def placed(bends: Floats, start: Floats, way: Floats) -> Floats:
    """Control points (k, 4) on the chart, of links that begin at `start` (k, 2) and go `way` (k, 2)."""
    side = np.stack([-way[:, 1], way[:, 0]], axis=1)
    one = start + way * bends[:, :1] + side * bends[:, 1:2]
    other = start + way * bends[:, 2:3] + side * bends[:, 3:]
    return np.hstack([one, other])
