"""The overview: the whole chart at a glance, and the part in view as a frame that can be dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ewglink.text import N_
from ewglink.ui.panels.panel import Panel
from ewglink.ui.session import Session

_MARGIN = 8.0
_MOST_LINKS = 1500
_LATER_MS = 200
_WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_STEP = 0.25


class _Map(QWidget):
    """Paints the chart once as dots and lines, and the frame over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.view: Any = None
        self._picture: QPixmap | None = None
        self._drawn: tuple[Any, np.ndarray] | None = None
        self._box: Any = None
        self._grip: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)

    def show_view(self, view: Any) -> None:
        """Follow this view of a chart, or none."""
        self.view = view
        self.again()

    def again(self) -> None:
        """The chart may have changed: drawn anew only where it has."""
        if self.view is None:
            self._picture, self._drawn, self._box = None, None, None
        elif self._drawn is None or self._drawn[0] is not self.view.chart_scene or (
            not np.array_equal(self._drawn[1], self.view.layers.xy)
        ):
            self._drawn = self.view.chart_scene, self.view.layers.xy.copy()
            self._picture, self._box = None, self.view.layers.bounds()
        self.update()

    # where things are

    def _scale(self) -> tuple[float, QPointF] | None:
        """Pixels a chart unit, and the pixel of the chart's origin."""
        box = self._box
        if box is None or self.view is None:
            return None
        wide, high = max(1.0, box[2] - box[0]), max(1.0, box[3] - box[1])
        scale = min((self.width() - 2 * _MARGIN) / wide, (self.height() - 2 * _MARGIN) / high)
        left = (self.width() - wide * scale) / 2 - box[0] * scale
        return max(scale, 1e-9), QPointF(left, (self.height() - high * scale) / 2 - box[1] * scale)

    def frame(self) -> QRectF | None:
        """The part in view, in pixels of the map."""
        found = self._scale()
        if found is None:
            return None
        scale, origin = found
        x0, y0, x1, y1 = self.view.view_rect()
        return QRectF(QPointF(x0 * scale, y0 * scale) + origin, QPointF(x1 * scale, y1 * scale) + origin)

    def to_chart(self, pixel: QPointF) -> tuple[float, float] | None:
        """The point of the chart under a pixel of the map."""
        found = self._scale()
        if found is None:
            return None
        at = (pixel - found[1]) / found[0]
        return at.x(), at.y()

    # painting

    def _paint_chart(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        palette = self.view.palette_of_chart
        picture.fill(QColor(palette.background))
        found = self._scale()
        if found is not None:
            scale, origin = found
            xy = (self.view.layers.xy * scale + (origin.x(), origin.y())) * ratio
            painter = QPainter(picture)
            self._links(painter, xy, self.view.chart_scene, palette)
            painter.end()
            self._dots(picture, xy, self.view.chart_scene, ratio)
        picture.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(picture)

    @staticmethod
    def _links(painter: QPainter, xy: np.ndarray, scene: Any, palette: Any) -> None:
        colour = QColor(palette.link)
        colour.setAlpha(90)
        painter.setPen(QPen(colour, 0))
        step = max(1, len(scene.links.row) // _MOST_LINKS)
        ends = np.hstack([xy[scene.links.a[::step]], xy[scene.links.b[::step]]])
        painter.drawLines([QLineF(*line) for line in ends.tolist()])

    @staticmethod
    def _dots(picture: QImage, xy: np.ndarray, scene: Any, ratio: float) -> None:
        """A square of its colour for each entity, set in the picture's own memory: QPainter takes 20 times as long."""
        rows = np.flatnonzero(scene.shown)
        fills = np.array([look.fill for look in scene.looks] or [0], np.uint32)[scene.look_of_row[rows]]
        size = max(1, round((5 if len(rows) < 300 else 3 if len(rows) < 3000 else 1) * ratio))
        cells = np.frombuffer(picture.bits(), np.uint32).reshape(picture.height(), picture.bytesPerLine() // 4)
        corner = np.round(xy[rows] - size / 2).astype(np.int64)
        for down in range(size):
            for across in range(size):
                x = np.clip(corner[:, 0] + across, 0, picture.width() - 1)
                cells[np.clip(corner[:, 1] + down, 0, picture.height() - 1), x] = fills

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chart, and the frame over it."""
        painter = QPainter(self)
        if self.view is None:
            painter.end()
            return
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != self.size():
            self._picture = self._paint_chart()
        painter.drawPixmap(0, 0, self._picture)
        frame = self.frame()
        if frame is not None:
            colour = QColor(self.view.palette_of_chart.selection)
            painter.setPen(QPen(colour, 1.5))
            colour.setAlpha(30)
            painter.setBrush(colour)
            painter.drawRect(frame.intersected(QRectF(self.rect()).adjusted(1, 1, -2, -2)))
        painter.end()

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame; elsewhere, it comes to the mouse first."""
        frame = self.frame()
        if frame is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._grip = event.position() - frame.center() if frame.contains(event.position()) else QPointF()
        self._carry(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The view follows."""
        if self._grip is not None:
            self._carry(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def _carry(self, pixel: QPointF) -> None:
        at = self.to_chart(pixel - (self._grip or QPointF()))
        if at is not None:
            self.view.look_at(*at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows carry the view a quarter of what it shows."""
        way = _WAYS.get(event.key())
        if way is None or self.view is None:
            event.ignore()
            return
        x0, y0, x1, y1 = self.view.view_rect()
        x, y = self.view.centre
        self.view.look_at(x + way[0] * (x1 - x0) * _STEP, y + way[1] * (y1 - y0) * _STEP)

    def wheelEvent(self, event: Any) -> None:
        """Zoom the view."""
        if self.view is not None and event.angleDelta().y():
            self.view.zoom_by(1.0016 ** event.angleDelta().y())
        event.accept()


class OverviewPanel(Panel):
    """The chart in front at a glance."""

    tables = frozenset({"placement", "item", "link", "chart"})

    def __init__(self, session: Session, charts: Any, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._charts = charts
        self.map = _Map(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.map.again)
        self._view: Any = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.map)
        self.setFocusProxy(self.map)
        self.words.say(self.map.setAccessibleName, N_("Overview of the chart"))
        charts.changed.connect(self.again)
        session.theme_changed.connect(self.again)

    def look(self) -> None:
        """Follow the chart in front."""
        view = self._charts.view()
        if view is not self._view:
            self._let_go()
            self._view = view
            if view is not None:
                view.view_changed.connect(self._moved)
        self.map.show_view(view)

    def _moved(self) -> None:
        if self.isVisible():
            self.map.update()
            if not self._later.isActive():
                self._later.start()

    def _let_go(self) -> None:
        from shiboken6 import isValid

        if self._view is not None and isValid(self._view):
            self._view.view_changed.disconnect(self._moved)
        self._view = None

    def emptied(self) -> None:
        """No case, no chart."""
        super().emptied()
        self._later.stop()
        self._let_go()
        self.map.show_view(None)
