"""A figure on the screen: zoomed and carried, parts said when hovered and selected when clicked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from ewglink.drawing.figure import Area, Figure, Stroke
from ewglink.painting.figures import paint_figure, paint_part
from ewglink.ui.widgets.plain_text import hint

_WAYS = {Qt.Key.Key_Left: (60, 0), Qt.Key.Key_Right: (-60, 0), Qt.Key.Key_Up: (0, 60), Qt.Key.Key_Down: (0, -60)}


class FigureView(QWidget):
    """Shows a figure; painted once for each zoom, and carried as a picture. Tab and Enter go through its parts."""

    def __init__(self, selection: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self._selection = selection
        self._zoom, self._at = 0.0, QPointF()
        self._picture: QPixmap | None = None
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

    def fit(self) -> None:
        """As large as fits."""
        self._zoom, self._picture = 0.0, None
        self.update()

    def _scale(self) -> float:
        if self.figure is None:
            return 1.0
        if not self._zoom:
            fitted = min(self.width() / self.figure.width, self.height() / self.figure.height)
            self._zoom = max(0.05, min(2.0, fitted))
            size = QSizeF(self.figure.width, self.figure.height) * self._zoom
            self._at = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        return self._zoom

    def _paint_picture(self, scale: float) -> QPixmap:
        assert self.figure is not None
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        picture = QPixmap(room)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor.fromRgba(self.figure.background))
        painter = QPainter(picture)
        painter.translate(self._at)
        painter.scale(scale, scale)
        paint_figure(painter, self.figure)
        painter.end()
        return picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The figure, and over it the outline of what is selected or has the focus."""
        painter = QPainter(self)
        if self.figure is not None:
            scale = self._scale()
            painter.fillRect(self.rect(), QColor.fromRgba(self.figure.background))
            if self._picture is None:
                self._picture = self._paint_picture(scale)
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._at)
            painter.scale(scale, scale)
            self._outline(painter)
        painter.end()

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
                self._picture = None
                self.update()
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
        self._picture = None
        self.update()

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
            self._picture = None
            self.update()
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
