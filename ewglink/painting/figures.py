"""Figures on any QPainter: screen, PNG, SVG and PDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import singledispatch

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from ewglink.drawing.figure import Area, Figure, Part, Stroke, Words
from ewglink.drawing.marks import Align, Floats
from ewglink.drawing.measure import ASCENT, LINE_HEIGHT
from ewglink.painting.painter import paint_text, pen_of
from ewglink.painting.text_measure import FontMeasure

_HEAD = 0.36


def polygon(points: Floats) -> QPolygonF:
    """Points (n, 2) as Qt has them."""
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])


def paint_figure(painter: QPainter, figure: Figure) -> None:
    """The whole figure at the painter's origin, clipped to its page."""
    for _part in painted(painter, figure):
        pass


def painted(painter: QPainter, figure: Figure, first: int = 0) -> Iterator[int]:
    """Paint the figure part by part, from part `first` on: the number of parts that are done, after each."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    page = QRectF(0, 0, figure.width, figure.height)
    if not first:
        painter.fillRect(page, QColor.fromRgba(figure.background))
    painter.save()
    painter.setClipRect(page)
    try:
        for at in range(first, len(figure.parts)):
            paint_part(figure.parts[at], painter)
            yield at + 1
    finally:
        painter.restore()


@singledispatch
def paint_part(part: Part, painter: QPainter) -> None:
    """One part."""
    raise TypeError(part)


@paint_part.register
def _area(part: Area, painter: QPainter) -> None:
    path = QPainterPath()
    for ring in part.rings:
        path.addPolygon(polygon(ring))
        path.closeSubpath()
    painter.setPen(pen_of(part.outline, part.width) if part.outline else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor.fromRgba(part.fill) if part.fill else QBrush())
    painter.drawPath(path)


@paint_part.register
def _stroke(part: Stroke, painter: QPainter) -> None:
    painter.setPen(pen_of(part.colour, part.width, part.dash))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(polygon(part.points))
    if part.arrow and len(part.points) > 1:
        way = part.points[-1] - part.points[-2]
        long = float(np.hypot(*way))
        if long > 0:
            tip, way = part.points[-1], way / long
            side = np.array([-way[1], way[0]]) * part.arrow * _HEAD
            back = tip - way * part.arrow
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor.fromRgba(part.colour))
            painter.drawPolygon(polygon(np.array([tip, back + side, back - side])))


@paint_part.register
def _words(part: Words, painter: QPainter) -> None:
    wide = FontMeasure().width(part.text, part.size, part.bold)
    left = {Align.LEFT: 0.0, Align.CENTRE: -wide / 2, Align.RIGHT: -wide}[Align(part.align)]
    high = part.size * LINE_HEIGHT
    painter.save()
    painter.translate(part.x, part.y)
    if math.fmod(part.angle, 360):
        painter.rotate(part.angle)
    if part.plate:
        painter.fillRect(QRectF(left - 2, -high / 2, wide + 4, high), QColor.fromRgba(part.plate))
    painter.setPen(QColor.fromRgba(part.colour))
    paint_text(painter, left, -high / 2 + ((LINE_HEIGHT - 1) / 2 + ASCENT) * part.size, part.text, part.size, part.bold)
    painter.restore()
