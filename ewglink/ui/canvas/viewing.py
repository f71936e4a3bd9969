"""Which part of the chart is in view: looking at a point, zooming, fitting."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from ewglink.drawing.marks import Rect, union

ZOOM_LEAST, ZOOM_MOST, ZOOM_FITTED = 0.002, 12.0, 1.6
_FIT_TRIES = 4
_BORDER = 12.0
"""Pixels left free round what is fitted."""


class Viewing:
    """The part of a ChartView that knows what is in view."""

    def view_rect(self) -> Rect:
        """The part of the chart in view, chart units."""
        half_w, half_h = self.viewport().width() / 2 / self.zoom, self.viewport().height() / 2 / self.zoom
        return (self.centre[0] - half_w, self.centre[1] - half_h, self.centre[0] + half_w, self.centre[1] + half_h)

    def look_at(self, x: float, y: float, zoom: float | None = None) -> None:
        """Put this point of the chart in the middle, at that zoom."""
        before = self.zoom
        self._fitted = None
        if zoom is not None:
            self.zoom = float(np.clip(zoom, ZOOM_LEAST, ZOOM_MOST))
        self.centre = (float(x), float(y))
        self._changed()
        if self.zoom != before:
            self.zoom_changed.emit(self.zoom)

    def zoom_by(self, factor: float, pixel: QPointF | None = None) -> None:
        """Zoom about a point of the window, the middle by default."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        off = (pixel or middle) - middle
        x, y = self.centre[0] + off.x() / self.zoom, self.centre[1] + off.y() / self.zoom
        zoom = float(np.clip(self.zoom * factor, ZOOM_LEAST, ZOOM_MOST))
        self.look_at(x - off.x() / zoom, y - off.y() / zoom, zoom)

    def to_chart(self, pixel: QPointF) -> tuple[float, float]:
        """The point of the chart under a pixel of the window."""
        view = self.view_rect()
        return view[0] + pixel.x() / self.zoom, view[1] + pixel.y() / self.zoom

    def to_window(self, x: float, y: float) -> QPointF:
        """The pixel of the window over a point of the chart."""
        view = self.view_rect()
        return QPointF((x - view[0]) * self.zoom, (y - view[1]) * self.zoom)

    def fit(self) -> None:
        """Everything in view, labels and all."""
        self._fit_when_shown = not self.isVisible()
        self._fit(None)

    def fit_selection(self) -> None:
        """What is selected in view; everything where nothing is."""
        rows = self.selected_rows()
        self._fit(rows if len(rows) else None)

    def _fit(self, rows: np.ndarray | None) -> None:
        """Labels have their size on the screen: how much of the chart they take is known once a zoom is chosen."""
        before, bare = self.zoom, self.layers.bounds(rows)
        self.centre, self.zoom = self._aim(bare)
        box = bare
        for _try in range(_FIT_TRIES if bare is not None else 0):
            self.layers.choose_labels(self._frame(False), self.item.selected_mask())
            labels = self.layers.label_bounds(rows)
            needed = bare if labels is None else union([bare, labels])
            if _holds(box, needed):
                break
            box = union([box, needed])
            self.centre, self.zoom = self._aim(box)
        self._fitted = box if rows is None else None
        self._changed(moving=False)
        self._settled()
        if self.zoom != before:
            self.zoom_changed.emit(self.zoom)

    def _resized(self) -> None:
        """What was fitted stays so until somebody looks elsewhere; else the middle stays in the middle."""
        before = self.zoom
        if self._fitted is not None:
            self.centre, self.zoom = self._aim(self._fitted)
        self._changed()
        if self.zoom != before:
            self.zoom_changed.emit(self.zoom)

    def _aim(self, box: Rect | None) -> tuple[tuple[float, float], float]:
        """The middle and the zoom at which a box fills the window."""
        if box is None:
            return (0.0, 0.0), 1.0
        margin = 2 * self._corner.banner_height(self.viewport().width()) + 2 * _BORDER
        wide, high = max(50, self.viewport().width() - 2 * _BORDER), max(50, self.viewport().height() - margin)
        zoom = min(wide / max(1, box[2] - box[0]), high / max(1, box[3] - box[1]), ZOOM_FITTED)
        return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), float(np.clip(zoom, ZOOM_LEAST, ZOOM_MOST))


def _holds(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
