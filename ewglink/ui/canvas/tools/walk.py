"""Walking the chart with the keys: arrows to linked entities, Tab in reading order."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.links import LinkGeometry


def neighbours(links: LinkGeometry, row: int) -> np.ndarray:
    """The entities linked to `row`."""
    near = np.unique(np.concatenate([links.b[links.a == row], links.a[links.b == row]]))
    return near[near != row]


def towards(xy: np.ndarray, row: int, near: np.ndarray, way: tuple[int, int]) -> int | None:
    """Of the entities `near`, the one that lies best in the direction `way`: close, and at most 60° aside; None if
    none does."""
    step = xy[near] - xy[row]
    distance = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    cosine = (step @ np.array(way, float)) / distance
    fits = np.flatnonzero(cosine >= 0.5)
    if not len(fits):
        return None
    return int(near[fits[np.argmin(distance[fits] * (2 - cosine[fits]))]])


def reading_order(xy: np.ndarray, rows: np.ndarray, line: float = 60.0) -> np.ndarray:
    """Rows from top to bottom, and from left to right where they stand about as high."""
    return rows[np.lexsort((xy[rows, 0], np.round(xy[rows, 1] / line)))]
