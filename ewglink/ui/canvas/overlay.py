"""What stands over the chart on the screen only: selection, hover, pins, the marking and the legend."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from ewglink.drawing import banner
from ewglink.drawing.content import PINNED
from ewglink.drawing.furniture import legend_marks
from ewglink.drawing.links import curve_xy, straight_xy
from ewglink.drawing.marks import Form, Marks
from ewglink.drawing.scene import Scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import ICON_SIZE, Look, Palette
from ewglink.painting import quick_path
from ewglink.painting.painter import paint_marks
from ewglink.painting.pictograms import Atlas, unit_path
from ewglink.painting.text_measure import FontMeasure
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.line_layer import LineLayer
from ewglink.ui.canvas.node_layer import SQUARES_BELOW, are_squares, fragments
from ewglink.ui.canvas.raster import Squares
from ewglink.ui.canvas.view_state import Frame, inside
from ewglink.ui.canvas.zero_copy import draw_lines, draw_rects
from ewglink.workspace.chart_content import marking_shown

RING = 3.0
SELECTED_WIDTH = 5.0
RINGS_UP_TO = 1500
WIDE_UP_TO = 3000
"""More selected links than this are painted as thin as the others."""
_PIN_SHARE = 0.42


class Overlay:
    """Paints the parts of a chart that change with the selection."""

    def __init__(self, layers: ChartLayers) -> None:
        self.layers = layers
        self._pins: Atlas | None = None
        self.stamp = 0
        """Goes up whenever other links are selected, or so many other entities that they are part of the picture."""
        self._stretches: list[tuple[LineLayer, np.ndarray]] = []
        self.rows = np.empty(0, np.int64)
        self.links = np.empty(0, np.int64)

    def select(self, items: frozenset[int]) -> None:
        """Show these items as selected."""
        scene = self.layers.scene
        wanted = np.fromiter(items, np.int64, len(items))
        rows = np.flatnonzero(np.isin(scene.content.entity_ids, wanted) & scene.shown)
        self.stamp += max(len(rows), len(self.rows)) > RINGS_UP_TO and not np.array_equal(rows, self.rows)
        self.rows = rows
        links = np.flatnonzero(np.isin(scene.content.link_ids[scene.links.row], wanted))
        self.stamp += not np.array_equal(links, self.links)
        self.links = links
        layers = [self.layers.lines, self.layers.chords] if len(links) > WIDE_UP_TO else []
        self._stretches = [(one, one.stretches(links)) for one in layers]

    def paint_links(self, painter: QPainter, frame: Frame) -> None:
        """Selected links, wider and in the selection's colour; the painter maps chart units. Very many are not
        painted below the others, but thin and above them, by `paint_thin`."""
        if not len(self.links) or self._stretches:
            return
        held = self.layers.held
        self._paint_wide(painter, self.links if held is None else self.links[~held.link_mask[self.links]])

    def paint_held(self, painter: QPainter, frame: Frame) -> None:
        """What is being dragged, over the picture of the rest."""
        held = self.layers.held
        if held is None:
            return
        self._paint_wide(painter, self.links[held.link_mask[self.links]])
        held.own.paint_alone(painter, frame)
        for front in (False, True):
            self.layers.stack.paint(painter, frame, self.layers, front, held=True)
        self._paint_pins(painter, frame, held.mask[:-1])

    def _paint_wide(self, painter: QPainter, numbers: np.ndarray) -> None:
        if not len(numbers):
            return
        layers, links = self.layers, self.layers.scene.links
        pen = QPen(QColor(layers.scene.palette.selection), SELECTED_WIDTH)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(numbers) <= 700)
        straight = links.straight[numbers]
        xy = np.ascontiguousarray(straight_xy(links, layers.xy, numbers[straight]))
        draw_lines(painter, xy, 0, len(xy))
        bowed = numbers[~straight][:RINGS_UP_TO]
        if len(bowed):
            painter.drawPath(quick_path.curves(curve_xy(links, layers.xy, layers.scene.half, bowed)))

    def paint_rings(self, painter: QPainter, frame: Frame, hovered: int | None, focused: int | None) -> None:
        """Rings round the selected, the hovered and the focused entity."""
        palette = self.layers.scene.palette
        rows = self.rows[:0] if self.in_picture(frame) else self._seen(self.rows, frame)
        if ICON_SIZE * frame.zoom < SQUARES_BELOW or len(rows) > RINGS_UP_TO:
            self._selected_squares(painter, frame, rows, palette)
        else:
            self._rings(painter, rows, palette.selection, RING / frame.zoom, frame)
        if hovered is not None:
            self._rings(painter, np.array([hovered]), palette.hover, 2 / frame.zoom, frame)
        if focused is not None:
            self._rings(painter, np.array([focused]), palette.text, 1.5 / frame.zoom, frame, dashed=True)

    def in_picture(self, frame: Frame) -> bool:
        """Whether the selected entities are so many and so small that they are painted with the chart."""
        return are_squares(frame) and len(self.rows) > RINGS_UP_TO

    def paint_squares(self, painter: QPainter, frame: Frame) -> None:
        """The selected entities that are painted with the chart."""
        if self.in_picture(frame):
            self._selected_squares(painter, frame, self._seen(self.rows, frame), self.layers.scene.palette)

    def paint_thin(self, painter: QPainter, frame: Frame) -> None:
        """Very many selected links."""
        pen = QPen(QColor(self.layers.scene.palette.selection), 0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for layer, found in self._stretches:
            for first, count in found.tolist():
                draw_lines(painter, layer.xy, first, count)

    def kernel_lines(self) -> list[tuple[np.ndarray, np.ndarray, int]]:
        """What `paint_thin` would paint, for the kernels."""
        colour = np.array([self.layers.scene.palette.selection, 0])
        return [(one.xy, np.hstack([found, np.tile(colour, (len(found), 1))]).astype(np.int64), 1)
                for one, found in self._stretches]

    def kernel_squares(self, frame: Frame) -> list[Squares]:
        """What `paint_squares` would paint, for the kernels."""
        if not self.in_picture(frame):
            return []
        size = self.layers.scene.half[self.rows].max(axis=1) * 2
        fill = np.array([self.layers.scene.palette.selection], np.uint32)
        return [Squares(self.layers.xy[self.rows], size, np.zeros(len(size), np.int32), fill, 5.0 * frame.ratio)]

    def _seen(self, rows: np.ndarray, frame: Frame) -> np.ndarray:
        xy, half = self.layers.xy[rows], self.layers.scene.half[rows]
        return rows[inside(np.hstack([xy - half, xy + half]), frame.view)]

    def _selected_squares(self, painter: QPainter, frame: Frame, rows: np.ndarray, palette: Palette) -> None:
        size = np.maximum(self.layers.scene.half[rows] * 2, 5 / frame.zoom)
        rects = np.ascontiguousarray(np.hstack([self.layers.xy[rows] - size / 2, size]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.selection))
        draw_rects(painter, rects, 0, len(rects))

    def _rings(self, painter: QPainter, rows: np.ndarray, colour: int, width: float, frame: Frame, *,
               dashed: bool = False) -> None:
        scene = self.layers.scene
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colour), width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        gap = width / 2 + (5.0 if dashed else 1.5) / frame.zoom
        for row in rows.tolist():
            (x, y), (half_w, half_h) = self.layers.xy[row].tolist(), scene.half[row].tolist()
            place = QTransform.fromScale(half_w + gap, half_h + gap) * QTransform.fromTranslate(x, y)
            painter.drawPath(place.map(unit_path(Form(int(scene.form[row])))))

    def paint_pins(self, painter: QPainter, frame: Frame) -> None:
        """A badge at the upper right of each pinned entity in view, but for those being dragged."""
        held = self.layers.held
        self._paint_pins(painter, frame, True if held is None else ~held.mask[:-1])

    def _paint_pins(self, painter: QPainter, frame: Frame, which: np.ndarray | bool) -> None:
        scene = self.layers.scene
        if ICON_SIZE * frame.zoom < 2 * SQUARES_BELOW:
            return
        pinned = np.flatnonzero(scene.shown & ((scene.content.flags & PINNED) > 0) & which)
        rows = self._seen(pinned, frame)
        if not len(rows):
            return
        wanted = max(8, round(ICON_SIZE * _PIN_SHARE * frame.device_zoom))
        if self._pins is None or (self._pins.size != wanted and not frame.moving):
            palette = scene.palette
            self._pins = Atlas([Look("pin", Form.CIRCLE, palette.background, palette.text, palette.text)], wanted)
        xy = self.layers.xy[rows] + scene.half[rows] * np.array([0.86, -0.86])
        fragments(painter, frame, self._pins, xy, np.full(len(rows), ICON_SIZE * _PIN_SHARE), np.zeros(len(rows), int))


class Corner:
    """The marking at the edges of the window and the legend in its corner, in pixels."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._measure = FontMeasure()
        self._legend: tuple[int, Marks] | None = None
        self._banner: tuple[int, str, float, Marks] | None = None
        self.legend_shown = False

    def banner_height(self, width: int) -> float:
        """How much of the window's height each banner takes."""
        return self._banner_marks(width)[0]

    def _banner_marks(self, width: int) -> tuple[float, Marks]:
        said = marking_shown(self._scene.content)
        if self._banner is None or self._banner[:2] != (width, said):
            sheet = Sheet(self._measure, self._scene.palette, 0.95)
            high = banner.draw(sheet, marking_shown(self._scene.content), 0.0, 0.0, float(width))
            self._banner = width, said, high, sheet.marks()
        return self._banner[2:]

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Over everything, in window pixels."""
        high, marks = self._banner_marks(width)
        if high:
            paint_marks(painter, marks, self._scene.looks)
            painter.save()
            painter.translate(QPointF(0, height - high))
            paint_marks(painter, marks, self._scene.looks)
            painter.restore()
        if self.legend_shown:
            self._paint_legend(painter, width, height - high)

    def _paint_legend(self, painter: QPainter, width: int, bottom: float) -> None:
        if self._legend is None or self._legend[0] != width:
            self._legend = width, legend_marks(self._scene, self._measure, max(200.0, width * 0.6))
        box = self._legend[1].bounds()
        if box is None or box[3] - box[1] > bottom * 0.6:
            return
        painter.save()
        painter.translate(QPointF(10 - box[0], bottom - 10 - box[3]))
        paint_marks(painter, self._legend[1], self._scene.looks)
        painter.restore()


def rubber(painter: QPainter, palette: Palette, points: np.ndarray, closed: bool) -> None:
    """The outline of a rubber band (two corners) or lasso (many points), in window pixels."""
    colour = QColor(palette.selection)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not closed)
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
    colour.setAlpha(28)
    painter.setBrush(colour)
    if closed:
        painter.drawRect(QRectF(QPointF(*points[0]), QPointF(*points[-1])).normalized())
    else:
        painter.drawPolygon([QPointF(x, y) for x, y in points.tolist()])
