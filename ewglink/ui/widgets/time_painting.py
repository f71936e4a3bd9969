"""Painting of time lanes: dates along the top, a name for each lane, clusters and spans with their selected share."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from ewglink.text import number
from ewglink.ui import theme
from ewglink.workspace.moments import DAY, cells, density

GUTTER = 168
DATES = 20
STRIP = 34
LANE = 26
BIN = 18.0
MOST_SPANS = 4000
_HALF = 20.0
_MOST_KEPT = 3000
_kept: dict[Any, QPixmap] = {}
_UNKNOWN_FROM = DAY / 40
"""Microseconds a pixel: nearer than this, times whose zone nobody knows are marked."""


def paint_lanes(painter: QPainter, lanes: Any) -> None:
    """Everything of a `TimeLanes` widget."""
    shade = theme.colours(theme.worn())
    painter.fillRect(lanes.rect(), QColor(shade.base))
    if lanes.moments is None:
        return
    painter.setClipRect(QRectF(GUTTER, 0, lanes.width() - GUTTER, lanes.height()))
    _dates(painter, lanes, shade)
    _strip(painter, lanes, shade)
    painter.setClipRect(QRectF(0, DATES + STRIP, lanes.width(), lanes.height()))
    _names(painter, lanes, shade)
    painter.setClipRect(QRectF(GUTTER, DATES + STRIP, lanes.width() - GUTTER, lanes.height()))
    _lanes(painter, lanes, shade)
    painter.setClipping(False)
    if lanes.band is not None:
        painter.setPen(QPen(QColor(shade.accent), 1))
        fill = QColor(shade.accent)
        fill.setAlpha(40)
        painter.setBrush(fill)
        painter.drawRect(lanes.band)
    if lanes.hasFocus():
        painter.setPen(QPen(QColor(shade.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(lanes.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


def _dates(painter: QPainter, lanes: Any, shade: Any) -> None:
    for x, words in lanes.axis.dates():
        painter.setPen(QPen(QColor(shade.line), 1))
        painter.drawLine(QPointF(x, DATES - 4), QPointF(x, lanes.height()))
        painter.setPen(QColor(shade.muted))
        painter.drawText(QPointF(x + 3, DATES - 6), words)


def _strip(painter: QPainter, lanes: Any, shade: Any) -> None:
    axis, bins = lanes.axis, lanes.axis.bins(3.0)
    every = density(lanes.moments, axis.first, axis.last, bins)
    chosen = density(lanes.moments, axis.first, axis.last, bins, lanes.chosen)
    paint_density(painter, QRectF(axis.left, DATES, axis.width, STRIP - 2), every, chosen, shade)


def paint_density(painter: QPainter, box: QRectF, every: Any, chosen: Any, shade: Any) -> None:
    """Bars side by side, the selected share in the second colour."""
    most = max(1, int(every.max()) if len(every) else 1)
    each = box.width() / max(1, len(every))
    for counts, colour in ((every, shade.muted), (chosen, shade.accent)):
        there = np.flatnonzero(counts)
        highs = np.maximum(1.5, box.height() * np.sqrt(counts[there] / most))
        lefts, rights = np.round(box.left() + there * each), np.round(box.left() + (there + 1) * each)
        rects = [QRectF(left, box.bottom() - high, right - left, high) for left, right, high
                 in zip(lefts.tolist(), rights.tolist(), highs.tolist(), strict=True)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRects(rects)
    painter.setPen(QPen(QColor(shade.line), 1))
    painter.drawLine(box.bottomLeft(), box.bottomRight())


def _names(painter: QPainter, lanes: Any, shade: Any) -> None:
    metrics = painter.fontMetrics()
    for lane in lanes.lanes_in_sight():
        top = lanes.top_of(lane)
        if lane % 2:
            painter.fillRect(QRectF(0, top, lanes.width(), LANE), QColor(shade.alternate))
        count = number(int(lanes.lanes.counts[lane]))
        room = GUTTER - 12 - metrics.horizontalAdvance(count) - 8
        font = QFont(painter.font())
        font.setBold(lane == lanes.current and lanes.hasFocus())
        painter.setFont(font)
        painter.setPen(QColor(shade.text))
        painter.drawText(QRectF(6, top, room, LANE), Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(lanes.name_of(lane), Qt.TextElideMode.ElideRight, int(room)))
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(shade.muted))
        painter.drawText(QRectF(6, top, GUTTER - 14, LANE),
                         Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)


def _lanes(painter: QPainter, lanes: Any, shade: Any) -> None:
    axis, sight = lanes.axis, lanes.lanes_in_sight()
    if not len(sight):
        return
    bins = axis.bins(BIN)
    counts, chosen, begins, long = cells(lanes.lanes, axis.first, axis.last, bins, lanes.chosen, sight[0],
                                         len(sight))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _spans(painter, lanes, long, shade)
    unknown = _unknown(lanes, sight, bins) if axis.each < _UNKNOWN_FROM else None
    most = max(2, int(counts.max()))
    each = axis.width / bins
    worn = theme.worn(), painter.font().key(), painter.device().devicePixelRatioF()
    for lane, at in np.argwhere(counts).tolist():
        count, share = int(counts[lane, at]), int(chosen[lane, at])
        x = axis.x(float(begins[lane, at])) if count == 1 else axis.left + (at + 0.5) * each
        centre = QPointF(x, lanes.top_of(sight[lane]) + LANE / 2)
        _mark(painter, centre, count, share, most, shade, lanes.hollow(sight[lane]), worn)
        if unknown is not None and unknown[lane, at]:
            painter.setPen(QColor(shade.warn))
            painter.drawText(QPointF(centre.x() + 5, centre.y() - 4), "?")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _mark(painter: QPainter, centre: QPointF, count: int, share: int, most: int, shade: Any, hollow: bool,
          worn: tuple[str, str, float]) -> None:
    """A dot for one, a larger one with its number for several; as much of it in the second colour as is selected.

    Each is drawn once and kept: a picture is put down ten times as fast as a circle with a number."""
    radius = 4.0 if count == 1 else round(7.0 + 5.0 * math.log(count) / math.log(max(3, most)))
    part = math.ceil(8 * share / count)
    key = (count, part, radius, hollow and count == 1, worn)
    found = _kept.get(key)
    if found is None:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = _drawn(painter, count, part / 8, radius, shade, hollow, worn[2])
    painter.drawPixmap(QPointF(centre.x() - _HALF, centre.y() - _HALF), found)


def forget() -> None:
    """Drop the marks that are kept (before the application goes)."""
    _kept.clear()


def _drawn(over: QPainter, count: int, share: float, radius: float, shade: Any, hollow: bool, ratio: float) -> QPixmap:
    picture = QPixmap(round(2 * _HALF * ratio), round(2 * _HALF * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(shade.accent if share else shade.muted), 1.5))
    painter.setBrush(QColor(shade.accent if share == 1 else shade.base if hollow and count == 1 else shade.line))
    painter.drawEllipse(QPointF(_HALF, _HALF), radius, radius)
    if 0 < share < 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade.accent))
        painter.drawPie(QRectF(_HALF - radius, _HALF - radius, 2 * radius, 2 * radius), 90 * 16, -int(360 * 16 * share))
    if count > 1:
        font = QFont(over.font())
        font.setPointSizeF(font.pointSizeF() * (0.85 if count < 100 else 0.7))
        painter.setFont(font)
        painter.setPen(QColor(shade.on_accent if share == 1 else shade.text))
        words = number(count) if count < 10_000 else f"{count // 1000}k"
        painter.drawText(QRectF(0, 0, 2 * _HALF, 2 * _HALF), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture


def _spans(painter: QPainter, lanes: Any, long: Any, shade: Any) -> None:
    """What lasts, as bars; a date of which only the day, month or year is known is a paler one, as long as that."""
    axis, moments = lanes.axis, lanes.moments
    rows = lanes.lanes.rows[long[:MOST_SPANS]]
    left = np.maximum(axis.left - 4, axis.left + (moments.starts[rows] - axis.first) / axis.each)
    right = np.minimum(axis.left + axis.width + 4, axis.left + (moments.last[rows] - axis.first) / axis.each)
    tops = lanes.top_of(0) + lanes.lanes.of[long[:MOST_SPANS]] * LANE
    vague = (moments.stops[rows] - moments.starts[rows] <= DAY * 366) & (moments.precisions[rows] <= 3) \
        & ~moments.goes_on[rows]
    kinds = (lanes.chosen[rows].astype(int) * 2 + vague).tolist()
    boxes = [QRectF(a, top + 8, max(2.0, b - a), LANE - 16)
             for a, b, top in zip(left.tolist(), right.tolist(), tops.tolist(), strict=True)]
    for kind, colour, alpha in ((1, shade.muted, 90), (0, shade.muted, 190), (3, shade.accent, 130),
                                (2, shade.accent, 230)):
        ink = QColor(colour)
        ink.setAlpha(alpha)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRects([box for box, mine in zip(boxes, kinds, strict=True) if mine == kind])


def _unknown(lanes: Any, sight: Any, bins: int) -> Any:
    axis = lanes.axis
    return cells(lanes.lanes, axis.first, axis.last, bins, lanes.moments.zone_unknown, sight[0], len(sight))[1]


