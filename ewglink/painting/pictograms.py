"""Pictograms on their grounds: as paths for paper, as an atlas of pictures for the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform

from ewglink import places
from ewglink.drawing.forms import ICON_SHARE, ICON_SHIFT, POLYGONS, ROUNDING
from ewglink.drawing.marks import Form
from ewglink.drawing.style import PICTURE, SIGN, Look
from ewglink.painting.fonts import BASE, base_font
from ewglink.painting.pictures import picture_of
from ewglink.painting.svg_paths import paths_in
from ewglink.painting.text_measure import FontMeasure

GRID = 24.0
OUTLINE = 0.05
"""Width of a ground's outline, in its diameters."""


def icon_file(key: str) -> Path:
    """The file of the pictogram `key`, of `unknown` where there is none."""
    found = places.resources("icons", f"{key}.svg")
    return found if key.replace("_", "").isalnum() and found.is_file() else places.resources("icons", "unknown.svg")


@lru_cache(maxsize=512)
def pictogram(key: str) -> list[QPainterPath]:
    """The paths of the pictogram `key`, on a grid of `GRID`."""
    return paths_in(icon_file(key))


def paint_pictogram(painter: QPainter, key: str, ink: int, x: float, y: float, size: float) -> None:
    """Paint a pictogram alone, centred at (x, y), `size` across."""
    painter.save()
    painter.translate(x - size / 2, y - size / 2)
    painter.scale(size / GRID, size / GRID)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    for path in pictogram(key):
        painter.drawPath(path)
    painter.restore()


@cache
def unit_path(form: Form) -> QPainterPath:
    """The outline of a form, its corners rounded, in the square from -1 to 1."""
    path = QPainterPath()
    if form in (Form.CIRCLE, Form.BARE):
        path.addEllipse(QPointF(0, 0), 1, 1)
        return path
    corners = [QPointF(x, y) for x, y in POLYGONS[form]]
    radius = ROUNDING.get(form, 0.0)
    for at, corner in enumerate(corners):
        before, after = corners[at - 1], corners[(at + 1) % len(corners)]
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        if at:
            path.lineTo(start)
        else:
            path.moveTo(start)
        path.quadTo(corner, end)
    path.closeSubpath()
    return path


def _towards(corner: QPointF, other: QPointF, distance: float) -> QPointF:
    way = other - corner
    length = math.hypot(way.x(), way.y())
    return corner + way * (min(distance, length / 2) / length)


def paint_look(painter: QPainter, look: Look, x: float, y: float, size: float) -> None:
    """Paint a look as paths, centred at (x, y), its ground `size` across."""
    if look.form is not Form.BARE:
        painter.save()
        painter.translate(x, y)
        inner = size * (1 - OUTLINE) / 2
        painter.scale(inner, inner)
        pen = QPen(QColor(look.outline), 2 * OUTLINE)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(QColor(look.fill))
        painter.drawPath(unit_path(look.form))
        painter.restore()
    share = size * ICON_SHARE[look.form]
    middle = y + ICON_SHIFT.get(look.form, 0.0) * size / 2
    if look.icon.startswith(PICTURE) and paint_picture(painter, look, x, y, size):
        return
    if look.icon.startswith(SIGN):
        paint_sign(painter, look.icon.removeprefix(SIGN), look.ink, x, y, size)
    elif look.icon:
        paint_pictogram(painter, look.icon, look.ink, x, middle, share)


def paint_picture(painter: QPainter, look: Look, x: float, y: float, size: float) -> bool:
    """Paint the picture of a look over its ground, within its outline; False where it is no picture."""
    image = picture_of(look.icon)
    if image.isNull():
        return False
    half = size / 2 * (1 - 2 * OUTLINE)
    wide, high = image.width(), image.height()
    side = min(wide, high)
    painter.save()
    clip = QPainterPath()
    clip.addPath(QTransform.fromScale(half, half).map(unit_path(look.form)).translated(x, y))
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(x - half, y - half, 2 * half, 2 * half), image,
                      QRectF((wide - side) / 2, (high - side) / 2, side, side))
    painter.restore()
    return True


def paint_sign(painter: QPainter, text: str, ink: int, x: float, y: float, size: float) -> None:
    """Paint up to three signs in the middle of a ground."""
    high = size * (0.7, 0.56, 0.42)[min(2, len(text) - 1)]
    measure = FontMeasure()
    painter.setPen(QColor(ink))
    painter.save()
    painter.translate(x - measure.width(text, high, True) / 2, y + high * 0.36)
    painter.scale(high / BASE, high / BASE)
    painter.setFont(base_font(True))
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


class Atlas:
    """The looks of a chart side by side in one picture, drawn once for a size in device pixels."""

    MARGIN = 2

    def __init__(self, looks: Sequence[Look], size: int) -> None:
        self.size = size
        self.cell = math.ceil(size * 1.16) + 2 * self.MARGIN
        self.columns = max(1, min(len(looks), 2048 // self.cell))
        rows = max(1, -(-len(looks) // self.columns))
        self.picture = QPixmap(self.columns * self.cell, rows * self.cell)
        self.picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self.picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, look in enumerate(looks):
            column, row = at % self.columns, at // self.columns
            paint_look(painter, look, (column + 0.5) * self.cell, (row + 0.5) * self.cell, size)
        painter.end()
