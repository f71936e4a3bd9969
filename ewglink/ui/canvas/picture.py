"""The chart as a picture that is kept: carried along while the view pans, its new edges painted, drawn anew behind."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from ewglink.painting.kernel_loading import kernels, load_behind
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.overlay import Overlay
from ewglink.ui.canvas.raster import Raster
from ewglink.ui.canvas.two_hands import SecondHand, Task
from ewglink.ui.canvas.view_state import Frame, Quality

MARGIN = 128
"""Pixels round the window that the picture has room for."""
KERNEL_FROM = 2000
"""Charts of fewer links never need the kernels."""
BEHIND_FROM = 30000
"""More links in view than this are drawn behind when the chart comes to rest."""
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of a picture."""


class Sheet:
    """A picture in memory and what is on it: the box `valid`, at `zoom`, its corner at `origin` on the chart."""

    def __init__(self, wide: int, high: int, ratio: float) -> None:
        self.image = QImage(wide, high, QImage.Format.Format_RGB32)
        self.pixels = np.frombuffer(self.image.bits(), np.uint32).reshape(high, self.image.bytesPerLine() // 4)
        self.image.setDevicePixelRatio(ratio)
        self.size = wide, high
        self.ratio = ratio
        self.zoom = 0.0
        self.origin = (0.0, 0.0)
        self.valid: Box = (0, 0, 0, 0)
        self.stamp: tuple[int, int] = (-1, -1)
        self.quality = Quality(False)

    def corner_of(self, frame: Frame) -> tuple[int, int]:
        """The pixel of this picture at the upper left of the view."""
        (x, y), zoom = self.origin, self.zoom
        return round((frame.view[0] - x) * zoom), round((frame.view[1] - y) * zoom)

    def to_chart(self, box: Box) -> tuple[float, float, float, float]:
        """The part of the chart under a box of pixels."""
        x, y = self.origin
        return x + box[0] / self.zoom, y + box[1] / self.zoom, x + box[2] / self.zoom, y + box[3] / self.zoom


@dataclass
class _Behind:
    """A picture being drawn by the second hand."""

    sheet: Sheet
    frame: Frame
    box: Box
    raster: Raster
    task: Task


class Picture:
    """Keeps what is on the screen below the rings of selection, hover and focus."""

    def __init__(self, layers: ChartLayers, overlay: Overlay) -> None:
        self._layers, self._overlay = layers, overlay
        self._sheet: Sheet | None = None
        self._spare: Sheet | None = None
        self._behind: _Behind | None = None
        self._hand = SecondHand()
        self._large = len(layers.lines.numbers) + len(layers.chords.numbers) > KERNEL_FROM
        self.drawn_anew = 0

    @property
    def waiting(self) -> bool:
        """Whether a better picture is being drawn behind."""
        return self._behind is not None

    @property
    def quality(self) -> Quality:
        """How the links on the picture are painted."""
        return self._sheet.quality if self._sheet is not None else Quality(False)

    def paint(self, painter: QPainter, frame: Frame, wide: int, high: int) -> Frame:
        """Put the picture on a window of `wide` × `high` pixels; the frame as it was painted, on whole pixels."""
        sheet = self._fit(frame, math.ceil(wide * frame.ratio), math.ceil(high * frame.ratio))
        left, top = sheet.corner_of(frame)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(0, 0, sheet.image, left, top, math.ceil(wide * frame.ratio), math.ceil(high * frame.ratio))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if self._large and kernels() is None:
            load_behind()
        x, y = sheet.origin[0] + left / sheet.zoom, sheet.origin[1] + top / sheet.zoom
        return replace(frame, view=(x, y, x + wide / frame.zoom, y + high / frame.zoom))

    def _stamp(self) -> tuple[int, int]:
        return self._layers.stamp, self._overlay.stamp

    def _fit(self, frame: Frame, wide: int, high: int) -> Sheet:
        """A picture that holds the whole view."""
        sheet = self._sheet
        size = wide + 2 * MARGIN, high + 2 * MARGIN
        same = (sheet is not None and sheet.size == size and sheet.ratio == frame.ratio
                and sheet.zoom == frame.device_zoom and sheet.stamp == self._stamp())
        if sheet is None or not same:
            return self._anew(frame, wide, high, self._layers.quality(frame))
        if not frame.moving and not sheet.quality.serves(wanted := self._layers.quality(frame)):
            if self._slow(frame, wanted):
                self._draw_behind(frame, wide, high, wanted)
            else:
                return self._anew(frame, wide, high, wanted)
        return self._carried(sheet, frame, wide, high)

    def _slow(self, frame: Frame, wanted: Quality) -> bool:
        layers = self._layers
        return not wanted.careful and kernels() is not None and \
            layers.lines.count_in(frame.view) + layers.chords.count_in(frame.view) > BEHIND_FROM

    # -- drawing -------------------------------------------------------------------------------------------------------

    def _new_sheet(self, frame: Frame, wide: int, high: int) -> Sheet:
        size = wide + 2 * MARGIN, high + 2 * MARGIN
        sheet, self._spare = self._spare, None
        if sheet is None or sheet.size != size or sheet.ratio != frame.ratio:
            sheet = Sheet(*size, frame.ratio)
        sheet.zoom, sheet.stamp = frame.device_zoom, self._stamp()
        sheet.origin = frame.view[0] - MARGIN / sheet.zoom, frame.view[1] - MARGIN / sheet.zoom
        return sheet

    def _anew(self, frame: Frame, wide: int, high: int, wanted: Quality) -> Sheet:
        """The whole view now; where that would take long, quickly now and whole behind."""
        self.stop()
        self.drawn_anew += 1
        later = not frame.moving and self._slow(frame, wanted)
        self._spare, self._sheet = self._sheet, None
        sheet = self._new_sheet(frame, wide, high)
        sheet.quality = self._layers.quality(replace(frame, moving=True)) if later else wanted
        box = MARGIN, MARGIN, MARGIN + wide, MARGIN + high
        self._draw(sheet, frame, box)
        sheet.valid = box
        self._sheet = sheet
        if later:
            self._draw_behind(frame, wide, high, wanted)
        return sheet

    def _carried(self, sheet: Sheet, frame: Frame, wide: int, high: int) -> Sheet:
        """The same picture, what has come into view painted at its edges."""
        left, top = sheet.corner_of(frame)
        box = left, top, left + wide, top + high
        if _holds(sheet.valid, box):
            return sheet
        if not _holds((0, 0, *sheet.size), box):
            return self._moved_over(sheet, frame, wide, high)
        for strip in _missing(sheet.valid, box):
            self._draw(sheet, frame, strip)
        sheet.valid = _joined(sheet.valid, box)
        return sheet

    def _moved_over(self, old: Sheet, frame: Frame, wide: int, high: int) -> Sheet:
        """What is still in view put into the middle of the other picture."""
        left, top = old.corner_of(frame)
        kept = _common(old.valid, (left, top, left + wide, top + high))
        if kept is None:
            return self._anew(frame, wide, high, self._layers.quality(frame))
        new = self._new_sheet(frame, wide, high)
        new.quality = old.quality
        new.origin = old.origin[0] + (left - MARGIN) / old.zoom, old.origin[1] + (top - MARGIN) / old.zoom
        dx, dy = MARGIN - left, MARGIN - top
        new.valid = kept[0] + dx, kept[1] + dy, kept[2] + dx, kept[3] + dy
        new.pixels[new.valid[1]:new.valid[3], new.valid[0]:new.valid[2]] = old.pixels[kept[1]:kept[3], kept[0]:kept[2]]
        self._spare, self._sheet = old, new
        return self._carried(new, frame, wide, high)

    def _draw(self, sheet: Sheet, frame: Frame, box: Box) -> None:
        part = self._part(sheet, frame, box)
        found = kernels() if not sheet.quality.careful else None
        painter = self._painter(sheet, part, box)
        self._paint_under(painter, part)
        if found is None:
            self._layers.paint_links(painter, part)
            self._overlay.paint_thin(painter, part)
            self._overlay.paint_squares(painter, part)
        else:
            painter.end()
            self._raster(sheet, part).draw_shared(found, sheet.pixels, box, self._hand)
            painter = self._painter(sheet, part, box)
        self._paint_over(painter, part)
        painter.end()

    def _part(self, sheet: Sheet, frame: Frame, box: Box) -> Frame:
        return replace(frame, view=sheet.to_chart(box), origin=sheet.origin, quality=sheet.quality)

    def _painter(self, sheet: Sheet, part: Frame, box: Box) -> QPainter:
        painter = QPainter(sheet.image)
        if (sheet.ratio).is_integer():
            painter.setClipRect(QRectF(*(at / sheet.ratio for at in _rect(box).getRect())))
        zoom, (x, y) = part.zoom, part.corner
        painter.setTransform(QTransform(zoom, 0, 0, zoom, -x * zoom, -y * zoom))
        return painter

    def _raster(self, sheet: Sheet, part: Frame) -> Raster:
        raster = self._layers.raster(part, np.array([*sheet.origin, sheet.zoom]))
        raster.lines += self._overlay.kernel_lines()
        raster.squares += self._overlay.kernel_squares(part)
        return raster

    def _paint_under(self, painter: QPainter, part: Frame) -> None:
        x0, y0, x1, y1 = part.view
        painter.fillRect(QRectF(x0, y0, x1 - x0, y1 - y0), QColor.fromRgba(part.ground))
        self._overlay.paint_links(painter, part)
        self._layers.paint_under(painter, part)

    def _paint_over(self, painter: QPainter, part: Frame) -> None:
        self._layers.paint_over(painter, part)
        self._overlay.paint_pins(painter, part)
        self._layers.paint_labels(painter, part)

    # -- behind --------------------------------------------------------------------------------------------------------

    def _draw_behind(self, frame: Frame, wide: int, high: int, wanted: Quality) -> None:
        found = kernels()
        if self._behind is not None or found is None:
            return
        sheet = self._new_sheet(frame, wide, high)
        sheet.quality = wanted
        box = MARGIN, MARGIN, MARGIN + wide, MARGIN + high
        part = self._part(sheet, frame, box)
        painter = self._painter(sheet, part, box)
        self._paint_under(painter, part)
        painter.end()
        raster = self._raster(sheet, part)
        self._behind = _Behind(sheet, frame, box, raster, raster.draw_behind(found, sheet.pixels, box, self._hand))

    def stop(self) -> None:
        """What is being drawn behind is no longer wanted."""
        if self._behind is not None:
            self._behind.raster.stop()
            self._behind.task.done.wait()
            self._spare, self._behind = self._behind.sheet, None

    def collect(self) -> bool:
        """Take the picture that was drawn behind if it is ready; True where there is a new one to show."""
        found = self._behind
        if found is None or not found.task.done.is_set():
            return False
        self._behind = None
        if found.sheet.stamp != self._stamp() or self._sheet is None or found.sheet.zoom != self._sheet.zoom:
            self._spare = found.sheet
            return False
        painter = self._painter(found.sheet, self._part(found.sheet, found.frame, found.box), found.box)
        self._paint_over(painter, self._part(found.sheet, found.frame, found.box))
        painter.end()
        found.sheet.valid = found.box
        self._spare, self._sheet = self._sheet, found.sheet
        return True

    def rest(self) -> None:
        """Nobody looks: stop what goes on behind and let the second hand go."""
        self.stop()
        self._hand.end()


def _rect(box: Box) -> QRect:
    return QRect(box[0], box[1], box[2] - box[0], box[3] - box[1])


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _common(one: Box, other: Box) -> Box | None:
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] < box[2] and box[1] < box[3] else None


def _missing(valid: Box, box: Box) -> list[Box]:
    """The parts of `box` that are not within `valid`."""
    inner = _common(valid, box)
    if inner is None:
        return [box]
    parts = [(box[0], box[1], box[2], inner[1]), (box[0], inner[3], box[2], box[3]),
             (box[0], inner[1], inner[0], inner[3]), (inner[2], inner[1], box[2], inner[3])]
    return [part for part in parts if part[0] < part[2] and part[1] < part[3]]


def _joined(valid: Box, box: Box) -> Box:
    """The largest box known to be painted once `box` is."""
    if (valid[1] <= box[1] and valid[3] >= box[3] and box[1] == valid[1] and box[3] == valid[3]) or \
            (box[0] == valid[0] and box[2] == valid[2]):
        return min(valid[0], box[0]), min(valid[1], box[1]), max(valid[2], box[2]), max(valid[3], box[3])
    return box
