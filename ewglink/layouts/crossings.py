"""Crossings of links in a picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def cross(xy: npt.NDArray[Any], first: npt.NDArray[Any], second: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether link `first[i]` (row pairs, (k, 2)) crosses link `second[i]`; links that share an end do not."""
    a, b, c, d = (xy[rows] for rows in (first[:, 0], first[:, 1], second[:, 0], second[:, 1]))
    apart = (first[:, :, None] != second[:, None, :]).all(axis=(1, 2))
    found: npt.NDArray[np.bool_] = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0) & apart
    return found


def _side(a: npt.NDArray[Any], b: npt.NDArray[Any], c: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Positive where c is on one side of the line from a to b, negative on the other."""
    found: npt.NDArray[Any] = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return found


def count_crossings(xy: npt.NDArray[Any], pairs: npt.NDArray[Any], most: int = 400) -> int:
    """The number of crossings among the first `most` links."""
    some = pairs[:most]
    first, second = np.triu_indices(len(some), 1)
    return int(cross(xy, some[first], some[second]).sum())
