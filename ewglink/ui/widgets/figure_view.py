"""A figure on the screen: painted in slices, zoomed and carried; parts are said when hovered, selected when clicked."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from PySide6.QtCore import QPointF, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from ewglink.drawing.figure import Area, Figure, Stroke
from ewglink.painting.figures import paint_part, painted
from ewglink.ui.widgets.plain_text import hint

_WAYS = {Qt.Key.Key_Left: (60, 0), Qt.Key.Key_Right: (-60, 0), Qt.Key.Key_Up: (0, 60), Qt.Key.Key_Down: (0, -60)}


class FigureView(QWidget):
    """Shows a figure; painted a slice at a time, and carried as a picture meanwhile. N, P and Enter go through its
    parts."""

    SLICE = 0.008
    """Seconds of painting between two looks at what the person does."""
    LEGIBLE = 0.6
    """A figure that would be smaller than this to fit in is shown as wide as the window instead, from its top."""

    def __init__(self, selection: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self._selection = selection
        self._zoom, self._at = 0.0, QPointF()
        self._picture: QPixmap | None = None
        self._picture_at: tuple[float, QPointF] = (1.0, QPointF())
        self._next: QPixmap | None = None
        self._done = 0
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._paint_some)
        self._grip: QPointF | None = None
        self._moved = False
        self._focus = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        selection.changed.connect(lambda _items: self.update())

    def show_figure(self, figure: Figure | None) -> None:
        """Another figure, fitted in."""
        self.figure, self._picture, self._focus = figure, None, -1
        self.fit()

    @property
    def ready(self) -> bool:
        """Whether all of the figure is painted as it is to be seen."""
        return self.figure is None or (self._picture is not None and self._next is None)

    def fit(self) -> None:
        """As large as fits."""
        self._zoom = 0.0
        self._anew()

    def _scale(self) -> float:
        if self.figure is None:
            return 1.0
        if not self._zoom:
            across, down = self.width() / self.figure.width, self.height() / self.figure.height
            fitted = min(across, down) if min(across, down) >= self.LEGIBLE else min(across, 1.0)
            self._zoom = max(0.05, min(2.0, fitted))
            size = QSizeF(self.figure.width, self.figure.height) * self._zoom
            self._at = QPointF((self.width() - size.width()) / 2, max(0.0, (self.height() - size.height()) / 2))
        return self._zoom

    def _anew(self) -> None:
        """Paint it anew; until that is done, what there is of it is shown where it belongs."""
        self._next, self._done = None, 0
        if self.figure is not None:
            self._slices.start()
        self.update()

    def _paint_some(self) -> None:
        """A slice of the picture that comes next."""
        if self.figure is None or not self.isVisible():
            self._slices.stop()
            return
        scale = self._scale()
        if self._next is None:
            ratio = self.devicePixelRatioF()
            self._next, self._done = QPixmap(self.size() * ratio), 0
            self._next.setDevicePixelRatio(ratio)
            self._next.fill(QColor.fromRgba(self.figure.background))
        painter, until = QPainter(self._next), perf_counter() + self.SLICE
        painter.translate(self._at)
        painter.scale(scale, scale)
        steps = painted(painter, self.figure, self._done)
        for self._done in steps:
            if perf_counter() >= until:
                break
        steps.close()
        painter.end()
        if self._done >= len(self.figure.parts):
            self._slices.stop()
            self._picture, self._picture_at, self._next = self._next, (scale, QPointF(self._at)), None
            self.update()

    def showEvent(self, event: Any) -> None:
        """Go on painting."""
        super().showEvent(event)
        if not self.ready:
            self._slices.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The figure, and over it the outline of what is selected or has the focus."""
        painter = QPainter(self)
        if self.figure is not None:
            scale = self._scale()
            painter.fillRect(self.rect(), QColor.fromRgba(self.figure.background))
            self._draw_picture(painter, scale)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._at)
            painter.scale(scale, scale)
            self._outline(painter)
        painter.end()

    def _draw_picture(self, painter: QPainter, scale: float) -> None:
        """The last whole picture, moved and stretched to where it is now."""
        picture = self._picture or self._next
        if picture is None:
            return
        was, there = self._picture_at if self._picture is not None else (scale, self._at)
        painter.save()
        painter.translate(self._at)
        painter.scale(scale / was, scale / was)
        painter.translate(-there)
        painter.drawPixmap(0, 0, picture)
        painter.restore()

    def _outline(self, painter: QPainter) -> None:
        assert self.figure is not None
        chosen = self._selection.items
        for at, part in enumerate(self.figure.parts):
            held = at == self._focus or (chosen and part.items and part.items[0] in chosen
                                         and all(item in chosen for item in part.items))
            if held and isinstance(part, Area):
                paint_part(Area(part.rings, 0, 0xFFD55E00, 2.4), painter)
            elif held and isinstance(part, Stroke):
                paint_part(Stroke(part.points, 0xFFD55E00, 2.4), painter)

    # hand

    def _point(self, at: QPointF) -> tuple[float, float]:
        spot = (at - self._at) / self._scale()
        return spot.x(), spot.y()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._grip, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry, or show that something can be clicked."""
        if self._grip is not None and event.buttons():
            way = event.position() - self._grip
            if self._moved or way.manhattanLength() > 4:
                self._moved, self._grip = True, event.position()
                self._at += way
                self._anew()
        elif self.figure is not None:
            part = self.figure.hit(*self._point(event.position()))
            shape = Qt.CursorShape.PointingHandCursor if part and part.items else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            hint(self, part.said if part else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click selects; with Shift it adds, with Ctrl it toggles."""
        if self.figure is not None and not self._moved:
            part = self.figure.hit(*self._point(event.position()))
            self._choose(part.items if part else (), event.modifiers())
        self._grip = None

    def _choose(self, items: tuple[int, ...], keys: Qt.KeyboardModifier) -> None:
        if keys & Qt.KeyboardModifier.ShiftModifier:
            self._selection.add(items)
        elif keys & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(items)
        else:
            self._selection.set(items)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor."""
        self._zoom_at(event.position(), 1.0016 ** event.angleDelta().y())
        event.accept()

    def _zoom_at(self, at: QPointF, by: float) -> None:
        old = self._scale()
        self._zoom = max(0.05, min(8.0, old * by))
        self._at = at - (at - self._at) * (self._zoom / old)
        self._anew()

    def resizeEvent(self, _event: Any) -> None:
        """Fit again."""
        self.fit()

    # keys and words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows carry, + and − zoom, 0 fits, N and P go from part to part, Enter selects."""
        key, middle = event.key(), QPointF(self.rect().center())
        if key in _WAYS:
            self._scale()
            self._at += QPointF(*_WAYS[Qt.Key(key)])
            self._anew()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_at(middle, 1 / 1.25 if key == Qt.Key.Key_Minus else 1.25)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._step(1 if key == Qt.Key.Key_N else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.figure and self._focus >= 0:
            self._choose(self.figure.parts[self._focus].items, event.modifiers())
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        if self.figure is None:
            return
        able = [at for at, part in enumerate(self.figure.parts) if part.said and isinstance(part, (Area, Stroke))]
        if able:
            place = able.index(self._focus) + way if self._focus in able else 0 if way > 0 else -1
            self._focus = able[place % len(able)]
            self.setAccessibleDescription(self.figure.parts[self._focus].said)
            self.update()
