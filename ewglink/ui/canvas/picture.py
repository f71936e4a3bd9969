"""The chart as a picture that is kept: carried along while the view pans, its new edges painted, drawn anew behind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTransform

from ewglink.painting.kernel_loading import kernels, load_behind
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.overlay import Overlay
from ewglink.ui.canvas.raster import Raster
from ewglink.ui.canvas.sheet import Box, Sheet, Stamp, common, holds, joined, missing, strips
from ewglink.ui.canvas.two_hands import SecondHand, Task
from ewglink.ui.canvas.view_state import Frame, Quality

MARGIN = 128
"""Pixels round the window that the picture has room for."""
KERNEL_FROM = 2000
"""Charts of fewer links never need the kernels."""
BEHIND_FROM = 30000
"""More links in view than this are drawn behind when the chart comes to rest."""
BEHIND_FROM = 30000
"""More links in view than this are drawn behind when the chart comes to rest."""
STRIPS = 8
"""A picture made at rest is cut into so many strips at most, so that the window is never held for all of it."""
LINKS_A_STRIP = {"careful": 60, "painter": 8000, "kernel": BEHIND_FROM}
"""How many links are drawn at once, by what draws them; what a kernel takes longer for it draws behind."""


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
        self._preparing = False
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

    def _stamp(self) -> Stamp:
        return self._layers.stamp, self._layers.label_stamp, self._overlay.stamp

    def _serves(self, sheet: Sheet) -> bool:
        """Whether a sheet shows the chart as it is; while a better one is being made, one with older labels does."""
        now = self._stamp()
        return sheet.stamp == now or (self._preparing and (sheet.stamp[0], sheet.stamp[2]) == (now[0], now[2]))

    def _fit(self, frame: Frame, wide: int, high: int) -> Sheet:
        """A picture that holds the whole view."""
        sheet = self._sheet
        size = wide + 2 * MARGIN, high + 2 * MARGIN
        same = (sheet is not None and sheet.size == size and sheet.ratio == frame.ratio
                and sheet.zoom == frame.device_zoom and self._serves(sheet))
        if sheet is None or not same:
            return self._anew(frame, wide, high, self._layers.quality(frame))
        if not frame.moving and not sheet.quality.serves(wanted := self._layers.quality(frame)):
            if self._slow(frame, wanted):
                self._draw_behind(frame, wide, high, wanted)
            else:
                return self._anew(frame, wide, high, wanted)
        return self._carried(sheet, frame, wide, high)

    def _slow(self, frame: Frame, wanted: Quality) -> bool:
        return not wanted.careful and kernels() is not None and self._layers.count_in(frame) > BEHIND_FROM

    def preparing(self, frame: Frame, wide: int, high: int) -> Iterator[None]:
        """The picture of a chart at rest, made strip by strip on the other sheet and shown once it is whole."""
        wide, high = math.ceil(wide * frame.ratio), math.ceil(high * frame.ratio)
        wanted = self._layers.quality(frame)
        if self._behind is not None or self._slow(frame, wanted) or self._finished(frame, wanted, wide, high):
            return
        self._preparing = True
        try:
            sheet = self._new_sheet(frame, wide, high)
            sheet.quality = wanted
            box = MARGIN, MARGIN, MARGIN + wide, MARGIN + high
            for strip in strips(box, self._pieces(frame, wanted)):
                self._draw(sheet, frame, strip)
                yield
            if sheet.stamp == self._stamp():
                sheet.valid = box
                self.drawn_anew += 1
                sheet, self._sheet = self._sheet, sheet
        finally:
            self._preparing = False
            self._spare = self._spare or sheet

    def _pieces(self, frame: Frame, wanted: Quality) -> int:
        """Into how many strips the picture is cut."""
        how = "careful" if wanted.careful else "painter" if kernels() is None else "kernel"
        return min(STRIPS, 1 + self._layers.count_in(frame) // LINKS_A_STRIP[how])

    def _finished(self, frame: Frame, wanted: Quality, wide: int, high: int) -> bool:
        """Whether the picture that is shown needs nothing but its edges."""
        sheet = self._sheet
        return (sheet is not None and sheet.size == (wide + 2 * MARGIN, high + 2 * MARGIN)
                and sheet.ratio == frame.ratio and sheet.zoom == frame.device_zoom and sheet.stamp == self._stamp()
                and sheet.quality.serves(wanted))

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
        if holds(sheet.valid, box):
            return sheet
        if not holds((0, 0, *sheet.size), box):
            return self._moved_over(sheet, frame, wide, high)
        for strip in missing(sheet.valid, box):
            self._draw(sheet, frame, strip)
        sheet.valid = joined(sheet.valid, box)
        return sheet

    def _moved_over(self, old: Sheet, frame: Frame, wide: int, high: int) -> Sheet:
        """What is still in view put into the middle of the other picture."""
        left, top = old.corner_of(frame)
        kept = common(old.valid, (left, top, left + wide, top + high))
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
        if found is None:
            painter = self._painter(sheet, part, box)
            self._paint_under(painter, part)
            self._layers.paint_links(painter, part)
            self._overlay.paint_thin(painter, part)
            self._overlay.paint_squares(painter, part)
        else:
            raster = self._with_ground(sheet, part, box)
            raster.draw_shared(found, sheet.pixels, box, self._hand)
            painter = self._painter(sheet, part, box)
        self._paint_over(painter, part)
        painter.end()

    def _with_ground(self, sheet: Sheet, part: Frame, box: Box) -> Raster:
        """What the kernels draw, on a ground that is painted already unless it is bare: then they lay it too."""
        raster = self._raster(sheet, part)
        if self._layers.bare and not len(self._overlay.links):
            raster.ground = part.ground
        else:
            painter = self._painter(sheet, part, box)
            self._paint_under(painter, part)
            painter.end()
        return raster

    def _part(self, sheet: Sheet, frame: Frame, box: Box) -> Frame:
        return replace(frame, view=sheet.to_chart(box), origin=sheet.origin, quality=sheet.quality)

    def _painter(self, sheet: Sheet, part: Frame, box: Box) -> QPainter:
        painter = QPainter(sheet.image)
        if (sheet.ratio).is_integer():
            left, top, right, bottom = (at / sheet.ratio for at in box)
            painter.setClipRect(QRectF(left, top, right - left, bottom - top))
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
        raster = self._with_ground(sheet, self._part(sheet, frame, box), box)
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
