"""The icons of a chart: pieces of a picture drawn once, or plain squares where they are small."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from ewglink.drawing.marks import Icons
from ewglink.drawing.style import ICON_SIZE, Look
from ewglink.painting.pictograms import Atlas
from ewglink.ui.canvas.raster import Squares
from ewglink.ui.canvas.view_state import Frame
from ewglink.ui.canvas.zero_copy import draw_fragments, draw_rects

SQUARES_BELOW = 6.0
"""Icons of fewer pixels than this are squares in their type's colour."""
LARGEST = 160
_LEAST_PIXELS = 2.0
_SQUARE_SHARE = 0.9


def are_squares(frame: Frame) -> bool:
    """Whether icons are too small to be told apart."""
    return ICON_SIZE * frame.zoom < SQUARES_BELOW


class NodeLayer:
    """Icons sorted by look; moved in place. An entity may have several (badges), each beside its centre."""

    def __init__(self, icons: Icons, looks: Sequence[Look], centres: np.ndarray) -> None:
        order = np.argsort(icons.look, kind="stable")
        self.rows = icons.row[order]
        self.xy = np.ascontiguousarray(icons.xy[order])
        self.size = icons.size[order]
        self.look = icons.look[order]
        self.looks = list(looks)
        self._edges = np.searchsorted(self.look, np.arange(len(self.looks) + 1))
        self._beside = self.xy - centres[self.rows]
        self._entities = len(centres)
        self._largest = float(self.size.max()) if len(order) else 0.0
        self._atlas: Atlas | None = None
        self._square = self.size * _SQUARE_SHARE
        self._fills = np.array([look.fill for look in self.looks], np.uint32)

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray]:
        """Places sorted by entity, and where in them each entity's begin (n + 1,); needed once something moves."""
        order = np.argsort(self.rows, kind="stable")
        return order, np.searchsorted(self.rows[order], np.arange(self._entities + 1))

    def share(self, whole: NodeLayer) -> None:
        """Use the picture of the looks that another layer has."""
        self._atlas = whole._atlas

    def move(self, rows: np.ndarray, xy: np.ndarray) -> None:
        """New centres (k, 2) of the entities `rows`; those drawn otherwise are passed over."""
        order, starts = self._by_row
        first, count = starts[rows], starts[rows + 1] - starts[rows]
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        places = order[np.repeat(first, count) + within]
        self.xy[places] = np.repeat(xy, count, axis=0) + self._beside[places]

    def in_view(self, view: tuple[float, float, float, float]) -> np.ndarray | None:
        """Places of the icons that touch the view, None for all."""
        pad = self._largest / 2
        x, y = self.xy[:, 0], self.xy[:, 1]
        seen = (x >= view[0] - pad) & (x <= view[2] + pad) & (y >= view[1] - pad) & (y <= view[3] + pad)
        return None if seen.all() else np.flatnonzero(seen)

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The icons in view."""
        if not len(self.rows):
            return
        places = self.in_view(frame.view)
        if are_squares(frame):
            self._squares(painter, frame, places)
        else:
            self._icons(painter, frame, places)

    def _squares(self, painter: QPainter, frame: Frame, places: np.ndarray | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = slice(None) if places is None else places
        xy, size = self.xy[chosen], np.maximum(self._square[chosen], _LEAST_PIXELS / frame.zoom)
        rects = np.empty((len(xy), 4))
        rects[:, :2] = xy - size[:, None] / 2
        rects[:, 2:] = size[:, None]
        edges = self._edges if places is None else np.searchsorted(self.look[places], np.arange(len(self.looks) + 1))
        for at, look in enumerate(self.looks):
            if edges[at + 1] > edges[at]:
                painter.setBrush(QColor(look.fill))
                draw_rects(painter, rects, int(edges[at]), int(edges[at + 1] - edges[at]))

    def kernel_squares(self, frame: Frame) -> Squares:
        """The squares as the kernel takes them."""
        return Squares(self.xy, self._square, self.look, self._fills, _LEAST_PIXELS * frame.ratio)

    def atlas(self, frame: Frame) -> Atlas:
        """The picture of all looks for this zoom; while moving an older one may serve."""
        wanted = min(LARGEST, max(8, round(ICON_SIZE * frame.device_zoom)))
        fits = self._atlas is not None and (self._atlas.size == wanted or frame.moving)
        if not fits:
            self._atlas = Atlas(self.looks, wanted)
        assert self._atlas is not None
        return self._atlas

    def _icons(self, painter: QPainter, frame: Frame, places: np.ndarray | None) -> None:
        chosen = slice(None) if places is None else places
        fragments(painter, frame, self.atlas(frame), self.xy[chosen], self.size[chosen], self.look[chosen])


def fragments(painter: QPainter, frame: Frame, atlas: Atlas, xy: np.ndarray, size: np.ndarray,
              look: np.ndarray) -> None:
    """Draw looks of an atlas at points (k, 2), their grounds `size` across, on whole device pixels where they fit
    exactly."""
    zoom = frame.zoom
    out = np.empty((len(xy), 10))
    factor = size * zoom / atlas.size
    exact = bool(len(factor)) and float(np.abs(factor * frame.ratio - 1).max()) < 0.03
    centre = (xy - np.array(frame.corner)) * zoom
    if exact:
        offset = 0.0 if atlas.cell % 2 == 0 else 0.5
        centre = (np.round(centre * frame.ratio - offset) + offset) / frame.ratio
        factor = np.full(len(xy), 1 / frame.ratio)
    out[:, :2] = centre
    out[:, 2] = look % atlas.columns * atlas.cell
    out[:, 3] = look // atlas.columns * atlas.cell
    out[:, 4:6] = atlas.cell
    out[:, 6] = out[:, 7] = factor
    out[:, 8], out[:, 9] = 0, 1
    painter.save()
    painter.resetTransform()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact and not (frame.moving and len(xy) > 400))
    draw_fragments(painter, out, atlas.picture)
    painter.restore()
