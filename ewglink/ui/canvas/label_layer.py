"""The labels in view: chosen when the chart rests, kept as pieces of a picture, carried along while it moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from ewglink.drawing.marks import Texts
from ewglink.painting.painter import paint_texts
from ewglink.ui.canvas.view_state import Frame
from ewglink.ui.canvas.zero_copy import draw_fragments

ICONS_FROM = 6.0
"""Labels are shown where icons are at least this many pixels."""
LEAST_PIXELS = 9.0
"""A label is never set smaller than this on the screen."""
MOST = 260
SIDE = 2048
_AT_ONCE = 12


class LabelAtlas:
    """Texts drawn side by side on shelves, each once for a size in device pixels."""

    def __init__(self) -> None:
        self.scale = 0.0
        self.picture = QPixmap()
        self._cells: dict[tuple[object, ...], tuple[int, int, int, int]] = {}
        self._x = self._y = self._shelf = 0

    def _clear(self) -> None:
        used = self._y + self._shelf + 1
        if self.picture.isNull():
            self.picture = QPixmap(SIDE, SIDE)
            self.picture.fill(Qt.GlobalColor.transparent)  # without this it has no alpha, and labels have dark edges
            used = SIDE
        painter = QPainter(self.picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(0, 0, SIDE, used, Qt.GlobalColor.transparent)
        painter.end()
        self._cells.clear()
        self._x = self._y = self._shelf = 0

    @property
    def full(self) -> bool:
        """Whether it is time to begin again."""
        return self._y > SIDE // 2

    def begin(self, scale: float) -> None:
        """Forget everything; what follows is drawn at `scale` device pixels a chart unit."""
        self._clear()
        self.scale = scale

    def filling(self, texts: Texts, out: np.ndarray) -> Iterator[None]:
        """Left, top, width, height of each text into `out` (k, 4), a few at a time."""
        for first in range(0, len(texts), _AT_ONCE):
            painter = QPainter(self.picture)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            for at in range(first, min(len(texts), first + _AT_ONCE)):
                out[at] = self._cell(painter, texts, at, self.scale)
            painter.end()
            yield

    def _cell(self, painter: QPainter, texts: Texts, at: int, scale: float) -> tuple[int, int, int, int]:
        key = (texts.lines[at], float(texts.size[at]), int(texts.colour[at]), int(texts.bold[at]), int(texts.align[at]))
        found = self._cells.get(key)
        if found is None:
            wide = int(np.ceil((texts.rect[at, 2] - texts.rect[at, 0]) * scale))
            high = int(np.ceil((texts.rect[at, 3] - texts.rect[at, 1]) * scale))
            found = self._room(min(wide, SIDE), high)
            if found is None:
                return 0, 0, 0, 0
            self._cells[key] = found
            one = texts.take(np.array([at]))
            one.rect = one.rect - np.tile(one.rect[0, :2], 2)
            painter.save()
            painter.translate(found[0], found[1])
            painter.scale(scale, scale)
            paint_texts(painter, one)
            painter.restore()
        return found

    def _room(self, wide: int, high: int) -> tuple[int, int, int, int] | None:
        if self._x + wide > SIDE:
            self._x, self._y, self._shelf = 0, self._y + self._shelf + 1, 0
        if self._y + high > SIDE:
            return None
        cell = self._x, self._y, wide, high
        self._x, self._shelf = self._x + wide + 1, max(self._shelf, high)
        return cell


class LabelLayer:
    """The chosen labels and where each stands."""

    def __init__(self) -> None:
        self.texts = Texts()
        self._atlas, self._spare = LabelAtlas(), LabelAtlas()
        self._cells = np.empty((0, 4))

    def showing(self, texts: Texts, frame: Frame) -> Iterator[None]:
        """Draw these labels step by step, and show them until the next choice once all are drawn."""
        atlas, spare = self._atlas, self._spare
        if atlas.full or abs(atlas.scale - frame.device_zoom) > 1e-9:
            atlas, spare = spare, atlas
            atlas.begin(frame.device_zoom)
        cells = np.zeros((len(texts), 4))
        yield from atlas.filling(texts, cells)
        self._atlas, self._spare = atlas, spare
        self.texts, self._cells = texts, cells

    def part(self, mask: np.ndarray) -> LabelLayer:
        """The labels that a mask (k,) names, on the same pictures."""
        out = LabelLayer.__new__(LabelLayer)
        out.texts, out._cells = self.texts.take(mask), self._cells[mask]
        out._atlas, out._spare = self._atlas, self._spare
        return out

    def clear(self) -> None:
        """Show none."""
        self.texts, self._cells = Texts(), np.empty((0, 4))

    def shift(self, items: np.ndarray, by: np.ndarray) -> None:
        """Carry the labels of `items` (k,) by (k, 2), in chart units."""
        if not len(self.texts):
            return
        order = np.argsort(items)
        at = np.clip(np.searchsorted(items[order], self.texts.item), 0, len(items) - 1)
        hit = items[order][at] == self.texts.item
        self.texts.rect[hit] += np.tile(by[order][at[hit]], 2)

    def drop_links(self, items: np.ndarray) -> None:
        """Take away the labels of these items, whose places are no longer known."""
        keep = ~np.isin(self.texts.item, items)
        if not keep.all():
            self.texts, self._cells = self.texts.take(keep), self._cells[keep]

    def paint(self, painter: QPainter, frame: Frame, which: np.ndarray | None = None) -> None:
        """The labels in view, all or those in a mask (k,)."""
        if not len(self.texts):
            return
        rect, cells = self.texts.rect, self._cells
        seen = (rect[:, 0] <= frame.view[2]) & (rect[:, 2] >= frame.view[0]) & (rect[:, 1] <= frame.view[3]) \
            & (rect[:, 3] >= frame.view[1]) & (cells[:, 2] > 0)
        seen = seen if which is None else seen & which
        rect, cells = rect[seen], cells[seen]
        scale = frame.zoom / self._atlas.scale
        exact = abs(scale * frame.ratio - 1) < 1e-6
        corner = (rect[:, :2] - np.array(frame.corner)) * frame.zoom
        if exact:
            corner = np.round(corner * frame.ratio) / frame.ratio
        out = np.empty((len(rect), 10))
        out[:, :2] = corner + cells[:, 2:] * scale / 2
        out[:, 2:6] = cells
        out[:, 6] = out[:, 7] = scale
        out[:, 8], out[:, 9] = 0, 1
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        draw_fragments(painter, out, self._atlas.picture)
        painter.restore()
