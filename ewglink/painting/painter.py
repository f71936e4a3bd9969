"""Marks on any QPainter: screen, picture, SVG, PDF and print are painted here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QTransform

from ewglink.drawing.marks import Align, Arrows, Curves, Dash, Floats, Form, Icons, Lines, Marks, Shapes, Texts
from ewglink.drawing.measure import ASCENT, LINE_HEIGHT
from ewglink.drawing.scene import Scene
from ewglink.drawing.style import Look
from ewglink.painting.fonts import BASE, base_font
from ewglink.painting.pictograms import paint_look, unit_path
from ewglink.painting.quick_path import curves as curves_path
from ewglink.painting.quick_path import triangles
from ewglink.painting.text_measure import FontMeasure

_DASHES = {Dash.SOLID: None, Dash.DASHED: (5.0, 3.5), Dash.DOTTED: (1.2, 2.6)}
"""Dash and gap in units of 1.5, a link's usual width."""
_HEAD = 0.36
"""Half the width of an arrowhead, in its lengths."""


def pen_of(colour: int, width: float, dash: int = Dash.SOLID) -> QPen:
    """The pen of a line in chart units."""
    pen = QPen(QColor.fromRgba(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pattern = _DASHES[Dash(dash)]
    if pattern is not None:
        pen.setDashPattern([value * 1.5 / max(width, 1.0) for value in pattern])
    return pen


def pen_keys(colour: np.ndarray, width: np.ndarray, dash: np.ndarray) -> np.ndarray:
    """One number (k,) for each combination of colour, width (in hundredths, up to 1,310) and dash."""
    hundredths = np.clip(np.round(width * 100), 0, 131071).astype(np.int64)
    keys: np.ndarray = colour.astype(np.int64) << 19 | hundredths << 2 | dash.astype(np.int64)
    return keys


def pen_parts(key: int) -> tuple[int, float, int]:
    """Colour, width and dash of a number that `pen_keys` gave."""
    return key >> 19, (key >> 2 & 131071) / 100, key & 3


def groups(colour: np.ndarray, width: np.ndarray, dash: np.ndarray) -> Iterator[tuple[int, float, int, np.ndarray]]:
    """The rows that share a pen, as (colour, width, dash, rows)."""
    if not len(colour):
        return
    keys = pen_keys(colour, width, dash)
    for key in np.unique(keys).tolist():
        yield *pen_parts(key), np.flatnonzero(keys == key)


def paint_lines(painter: QPainter, lines: Lines) -> None:
    """Straight lines."""
    for colour, width, dash, rows in groups(lines.colour, lines.width, lines.dash):
        painter.setPen(pen_of(colour, width, dash))
        for x0, y0, x1, y1 in lines.xy[rows].tolist():
            painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))


def paint_curves(painter: QPainter, curves: Curves) -> None:
    """Curved lines."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width, dash, rows in groups(curves.colour, curves.width, curves.dash):
        painter.setPen(pen_of(colour, width, dash))
        for row in rows.tolist():
            painter.drawPath(curves_path(curves.xy[row:row + 1]))  # all in one path takes a raster ten times as long


def head_corners(arrows: Arrows) -> Floats:
    """The corners (k, 3, 2) of arrowheads: tip, and the two behind it."""
    back = arrows.tip - arrows.way * arrows.size[:, None]
    side = np.stack([-arrows.way[:, 1], arrows.way[:, 0]], axis=1) * (arrows.size * _HEAD)[:, None]
    return np.stack([arrows.tip, back + side, back - side], axis=1)


def paint_arrows(painter: QPainter, arrows: Arrows) -> None:
    """Filled arrowheads, one path a colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    corners = head_corners(arrows)
    for colour in np.unique(arrows.colour).tolist():
        painter.setBrush(QColor.fromRgba(colour))
        painter.drawPath(triangles(corners[arrows.colour == colour]))


def paint_shapes(painter: QPainter, shapes: Shapes) -> None:
    """Filled and outlined forms."""
    for at in range(len(shapes)):
        (x, y), (wide, high) = shapes.xy[at].tolist(), shapes.size[at].tolist()
        fill, outline = int(shapes.fill[at]), int(shapes.outline[at])
        painter.setBrush(QColor.fromRgba(fill) if fill else QBrush())
        painter.setPen(pen_of(outline, float(shapes.width[at]), int(shapes.dash[at])) if outline else
                       QPen(Qt.PenStyle.NoPen))
        if shapes.form[at] == Form.RECT:
            painter.drawRect(QRectF(x - wide / 2, y - high / 2, wide, high))
        else:
            place = QTransform.fromScale(wide / 2, high / 2) * QTransform.fromTranslate(x, y)
            painter.drawPath(place.map(unit_path(Form(int(shapes.form[at])))))


def paint_icons(painter: QPainter, icons: Icons, looks: Sequence[Look]) -> None:
    """Icons as paths."""
    for (x, y), size, look in zip(icons.xy.tolist(), icons.size.tolist(), icons.look.tolist(), strict=True):
        paint_look(painter, looks[look], x, y, size)


def paint_text(painter: QPainter, x: float, baseline: float, text: str, size: float, bold: bool) -> None:
    """One line of text from `x`, in the pen in force."""
    painter.save()
    painter.translate(x, baseline)
    painter.scale(size / BASE, size / BASE)
    painter.setFont(base_font(bold))
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


def paint_texts(painter: QPainter, texts: Texts) -> None:
    """Texts line by line, each block on its plate."""
    measure = FontMeasure()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for at in range(len(texts)):
        x0, y0, x1, y1 = texts.rect[at].tolist()
        size, bold, align = float(texts.size[at]), bool(texts.bold[at]), int(texts.align[at])
        if texts.plate[at]:
            painter.fillRect(QRectF(x0, y0, x1 - x0, y1 - y0), QColor.fromRgba(int(texts.plate[at])))
        painter.setPen(QColor.fromRgba(int(texts.colour[at])))
        pad = 2.0 if texts.plate[at] else 0.0
        lines = texts.lines[at]
        top = (y0 + y1 - len(lines) * size * LINE_HEIGHT) / 2
        for number, line in enumerate(lines):
            wide = measure.width(line, size, bold)
            x = {Align.LEFT: x0 + pad, Align.RIGHT: x1 - pad - wide}.get(Align(align), (x0 + x1 - wide) / 2)
            baseline = top + (number * LINE_HEIGHT + (LINE_HEIGHT - 1) / 2 + ASCENT) * size
            paint_text(painter, x, baseline, line, size, bold)


def paint_marks(painter: QPainter, marks: Marks, looks: Sequence[Look]) -> None:
    """Every mark, in the order of `Marks`; the painter's transform maps chart units to the device."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint_shapes(painter, marks.shapes)
    paint_lines(painter, marks.lines)
    paint_curves(painter, marks.curves)
    paint_arrows(painter, marks.arrows)
    paint_icons(painter, marks.icons, looks)
    paint_texts(painter, marks.texts)


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """The page: its background, the chart, and the furniture round it."""
    x0, y0, x1, y1 = scene.page
    painter.fillRect(QRectF(x0, y0, x1 - x0, y1 - y0), QColor.fromRgba(scene.palette.background))
    paint_marks(painter, scene.furniture, scene.looks)
    for marks in scene.layered():
        paint_marks(painter, marks, scene.looks)
