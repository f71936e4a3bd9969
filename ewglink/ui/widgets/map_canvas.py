"""The map on the screen: land and sea painted from paths that are made once, elsewhere; what the case has over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ewglink.drawing.figure import Area, Figure, Stroke
from ewglink.drawing.map_view import MapView, projected
from ewglink.drawing.style import PALETTES
from ewglink.painting.figures import paint_part, polygon
from ewglink.reference.world_map import WorldMap, world_map
from ewglink.ui.widgets.plain_text import hint
from ewglink.workspace.map_figure import Shown, inks, map_figure, overlay, scale_bar, scale_name, visible

_WAYS = {Qt.Key.Key_Left: (80, 0), Qt.Key.Key_Right: (-80, 0), Qt.Key.Key_Up: (0, 80), Qt.Key.Key_Down: (0, -80)}
_CLICK = 4.0


@dataclass(frozen=True)
class Base:
    """The outlines of one map in one projection as paths: `kind` → one for each ring or line."""

    world: WorldMap
    paths: Mapping[str, Sequence[QPainterPath]]

    @classmethod
    def of(cls, scale: str, projection: str) -> Base:
        """All of them; takes a while, and touches no widget."""
        world = world_map(scale)
        return cls(world, {kind: [_path(lines.line(at), projection, kind == "land") for at in range(len(lines.boxes))]
                           for kind, lines in (("land", world.land), ("border", world.border), ("coast", world.coast))})


def _path(degrees: np.ndarray, projection: str, closed: bool) -> QPainterPath:
    found = QPainterPath()
    found.addPolygon(polygon(projected(degrees, projection)))
    if closed:
        found.closeSubpath()
    return found


class MapCanvas(QWidget):
    """Pans and zooms; a click selects, Shift and a drag select a rectangle. N and P walk through what is shown.

    `base_wanted(scale, projection)` asks for a `Base`, to be given by `take_base`; until then there is sea, or the
    coarser or finer coast that is there already.
    """

    base_wanted = Signal(str, str)

    def __init__(self, selection: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(400, 300)
        self.places: Any = None
        self.tracks: list[Any] = []
        self.shown = Shown()
        self.palette_key = "light"
        self._selection = selection
        self._bases: dict[tuple[str, str], Base | None] = {}
        self._base: tuple[Any, QPixmap] | None = None
        self._over: tuple[Any, Figure] | None = None
        self._grip: QPointF | None = None
        self._band: QRectF | None = None
        self._moved = self._fitted = False
        self._focus = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 140)
        selection.changed.connect(lambda _items: self.update())

    # what is shown

    def show_places(self, places: Any, tracks: list[Any]) -> None:
        """What the case has; the first time, all of it comes into view."""
        self.places, self.tracks, self._over, self._focus = places, tracks, None, -1
        if places is not None and not self._fitted:
            self.fit()
        self._fitted = places is not None
        self.update()

    def take_base(self, scale: str, projection: str, base: Base) -> None:
        """The outlines that were asked for."""
        self._bases[(scale, projection)] = base
        self.update()

    def _ready_base(self) -> Base | None:
        """The outlines to paint with; those that are wanted and not there are asked for, once."""
        wanted = scale_name(self.view), self.view.projection
        if wanted not in self._bases:
            self._bases[wanted] = None
            self.base_wanted.emit(*wanted)
        found = self._bases[wanted]
        return found or next((base for (_scale, projection), base in self._bases.items()
                              if base is not None and projection == self.view.projection), None)

    def show_layers(self, shown: Shown) -> None:
        """Which layers are drawn."""
        self.shown, self._over = shown, None
        self.update()

    def wear(self, key: str) -> None:
        """Another theme."""
        self.palette_key, self._base, self._over = key, None, None
        self.update()

    def turn(self, projection: str) -> None:
        """Another projection."""
        self.look(self.view.turned(projection))

    def look(self, view: MapView) -> None:
        """Another part of the world."""
        self.view, self._over = view, None
        self.update()

    def fit(self, items: Any = None) -> None:
        """Everything in view, or these items."""
        self.look(self.view.fitted(self._points(items)))

    def _points(self, items: Any) -> np.ndarray:
        if self.places is None:
            return np.empty((0, 2))
        types = self.shown.types
        chosen = [place for item, place in self.places.places.items() if (item in items if items else types is None
                  or self.places.types[item] in types)]
        parts = [np.array([(place.longitude, place.latitude) for place in chosen]).reshape(-1, 2)]
        parts += [track.points for track in self.tracks if not items or track.vessel in items]
        return np.vstack(parts)

    def figure(self) -> Figure:
        """The map as it stands, in light colours, for paper."""
        return map_figure(self.places, self.tracks, self.view, PALETTES["light"], self.shown)

    # painting

    def resizeEvent(self, _event: Any) -> None:
        """The same middle in a larger or smaller window."""
        first = self._base is None and self._fitted
        self.look(replace(self.view, width=float(max(1, self.width())), height=float(max(1, self.height()))))
        if first:
            self.fit()

    def parts(self) -> Figure:
        """What the case has in view, made anew only where something has changed."""
        key = (self.view, self.shown, self.palette_key, id(self.places), self._selection.items)
        if self._over is None or self._over[0] != key:
            palette = PALETTES[self.palette_key]
            made = Figure(self.view.width, self.view.height, 0)
            if self.places is not None:
                made.parts = overlay(self.places, self.tracks, self.view, palette, self.shown, self._selection.items)
            self._over = key, made
        return self._over[1]

    def _paint_base(self) -> QPixmap:
        base = self._ready_base()
        key = (self.view, self.palette_key, self.devicePixelRatioF(), id(base))
        if self._base is None or self._base[0] != key:
            ratio, view = self.devicePixelRatioF(), self.view
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            ink = inks(PALETTES[self.palette_key])
            picture.fill(QColor.fromRgba(ink.sea))
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QTransform.fromTranslate(-view.x, -view.y) * QTransform.fromScale(view.scale, view.scale)
            painter.setTransform(middle * QTransform.fromTranslate(view.width / 2, view.height / 2), True)
            for kind, fill, line in (("land", ink.land, 0), ("border", 0, ink.border), ("coast", 0, ink.coast)):
                painter.setPen(QPen(QColor.fromRgba(line), 0) if line else QPen(Qt.PenStyle.NoPen))
                painter.setBrush(QColor.fromRgba(fill) if fill else Qt.BrushStyle.NoBrush)
                for at in visible(getattr(base.world, kind), view) if base is not None else ():
                    painter.drawPath(base.paths[kind][at])
            painter.end()
            self._base = key, picture
        return self._base[1]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Land and sea, the case, the scale bar."""
        base, palette = self._paint_base(), PALETTES[self.palette_key]
        painter = QPainter(self)
        painter.drawPixmap(0, 0, base)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure = self.parts()
        for part in figure.parts:
            paint_part(part, painter)
        if 0 <= self._focus < len(figure.parts):
            held = figure.parts[self._focus]
            if isinstance(held, Area):
                paint_part(Area(held.rings, 0, palette.hover, 3.0), painter)
            elif isinstance(held, Stroke):
                paint_part(Stroke(held.points, palette.hover, 3.0), painter)
        for part in scale_bar(self.view, palette):
            paint_part(part, painter)
        if self._band is not None:
            painter.setPen(QPen(QColor.fromRgba(palette.selection), 1))
            painter.setBrush(QColor.fromRgba(palette.selection & 0xFFFFFF | 0x30000000))
            painter.drawRect(self._band.normalized())
        painter.end()

    # hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold, or begin a rectangle with Shift."""
        self._grip, self._moved = event.position(), False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.button() == Qt.MouseButton.LeftButton:
            self._band = QRectF(event.position(), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the map, draw the rectangle, or show that something can be clicked."""
        if self._grip is None or not event.buttons():
            part = self.parts().hit(event.position().x(), event.position().y(), 4.0)
            self.setCursor(Qt.CursorShape.PointingHandCursor if part and part.items else Qt.CursorShape.ArrowCursor)
            hint(self, part.said if part else "")
            return
        way = event.position() - self._grip
        self._moved = self._moved or way.manhattanLength() > _CLICK
        if self._band is not None:
            self._band.setBottomRight(event.position())
            self.update()
        elif self._moved:
            self._grip = event.position()
            self.look(self.view.carried(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked, or what lies in the rectangle."""
        if self._band is not None and self._moved:
            self._selection.add(self.within(self._band.normalized()))
        elif not self._moved and self._grip is not None:
            part = self.parts().hit(event.position().x(), event.position().y(), 4.0)
            self._choose(part.items if part else (), event.modifiers())
        self._grip = self._band = None
        self.update()

    def within(self, band: QRectF) -> set[int]:
        """The entities whose place lies in a rectangle of the window."""
        if self.places is None:
            return set()
        items = [item for item in self.places.places if self.shown.types is None
                 or self.places.types[item] in self.shown.types]
        if not items:
            return set()
        found = [self.places.places[item] for item in items]
        at = self.view.to_window(np.array([(place.longitude, place.latitude) for place in found]))
        return {item for item, (x, y) in zip(items, at.tolist(), strict=True) if band.contains(x, y)}

    def _choose(self, items: tuple[int, ...], keys: Qt.KeyboardModifier) -> None:
        if keys & Qt.KeyboardModifier.ShiftModifier:
            self._selection.add(items)
        elif keys & Qt.KeyboardModifier.ControlModifier:
            self._selection.toggle(items)
        else:
            self._selection.set(items)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the cursor."""
        at = event.position()
        self.look(self.view.zoomed(1.0016 ** event.angleDelta().y(), (at.x(), at.y())))
        event.accept()

    # keys and words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows carry, + and − zoom, 0 fits, N and P go from thing to thing, Enter selects it."""
        key, middle = event.key(), (self.view.width / 2, self.view.height / 2)
        if key in _WAYS:
            self.look(self.view.carried(*_WAYS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.look(self.view.zoomed(1 / 1.4 if key == Qt.Key.Key_Minus else 1.4, middle))
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._step(1 if key == Qt.Key.Key_N else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._focus < len(self.parts().parts):
            self._choose(self.parts().parts[self._focus].items, event.modifiers())
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        parts = self.parts().parts
        able = [at for at, part in enumerate(parts) if part.items and isinstance(part, (Area, Stroke))
                and (at == 0 or parts[at - 1].items != part.items)]
        if able:
            place = able.index(self._focus) + way if self._focus in able else 0 if way > 0 else -1
            self._focus = able[place % len(able)]
            self.setAccessibleDescription(parts[self._focus].said)
            self.update()
