"""The straight links of a chart, kept so that those in view are painted in a few calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ewglink.drawing.marks import Dash, Lines, Rect
from ewglink.drawing.style import tinted
from ewglink.painting.painter import pen_keys, pen_of, pen_parts
from ewglink.ui.canvas.view_state import FAR, Frame, Quality, inside
from ewglink.ui.canvas.zero_copy import draw_lines

CHUNK = 512
EXACT_UP_TO = 40000
CAREFUL_UP_TO = 4000
"""No more links than this in view are painted smooth, dashed and in their width."""
SMOOTH_MOVING_UP_TO = 400
COARSE_FROM = 12000
COARSE_STEP = 4
DASH_FROM_ZOOM = 0.3
THIN_DASHES = {Dash.DASHED: (3, 3), Dash.DOTTED: (1, 2)}
"""Pixels drawn and left out where lines are thin."""
FADED_BELOW_ZOOM = 0.18
FADED = 0.5
"""From afar, where icons are squares, links are painted in half their colour, or the squares drown among them."""


def _spread(values: np.ndarray) -> np.ndarray:
    bits = values.astype(np.uint64)
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits


def morton(xy: np.ndarray) -> np.ndarray:
    """The place (k,) of points (k, 2) on a curve that keeps neighbours together."""
    if not len(xy):
        return np.empty(0, np.uint64)
    low = xy.min(axis=0)
    span = np.maximum(xy.max(axis=0) - low, 1e-9)
    cell = ((xy - low) / span * 65535).astype(np.uint64)
    return _spread(cell[:, 0]) | _spread(cell[:, 1]) << np.uint64(1)


@dataclass(frozen=True)
class Pen:
    """Colour (0xAARRGGBB), width in chart units and dash of a line."""

    colour: int
    width: float
    dash: int


@dataclass(frozen=True)
class _Group:
    pen: Pen
    first: int
    last: int


class LineLayer:
    """Lines sorted by pen, then along a Morton curve, with a box round each chunk of 512."""

    def __init__(self, lines: Lines) -> None:
        middle = (lines.xy[:, :2] + lines.xy[:, 2:]) / 2
        distinct, pen = np.unique(pen_keys(lines.colour, lines.width, lines.dash), return_inverse=True)
        order = np.argsort(pen.astype(np.uint64) << np.uint64(32) | morton(middle))
        self.numbers = lines.row[order]
        self.xy = np.ascontiguousarray(lines.xy[order])
        edges = np.searchsorted(pen[order], np.arange(len(distinct) + 1)).tolist()
        self._groups = [_Group(Pen(*pen_parts(key)), edges[at], edges[at + 1])
                        for at, key in enumerate(distinct.tolist())]
        starts = [np.arange(group.first, group.last, CHUNK) for group in self._groups]
        self._starts = np.concatenate(starts) if starts else np.empty(0, np.int64)
        self._ends = np.r_[self._starts[1:], len(self.xy)] if len(self._starts) else self._starts
        self._place = np.full(int(self.numbers.max()) + 1 if len(order) else 0, -1, np.int64)
        self._place[self.numbers] = np.arange(len(order))
        self._seen: tuple[Rect, np.ndarray | None] | None = None
        self._boxes = np.empty((len(self._starts), 4))
        self._box()
        self._coarsen()

    def _box(self) -> None:
        self._loose = False
        if len(self._starts):
            low = np.minimum(self.xy[:, :2], self.xy[:, 2:])
            high = np.maximum(self.xy[:, :2], self.xy[:, 2:])
            self._boxes[:, :2] = np.minimum.reduceat(low, self._starts, axis=0)
            self._boxes[:, 2:] = np.maximum.reduceat(high, self._starts, axis=0)

    def _coarsen(self) -> None:
        self._coarse = np.ascontiguousarray(self.xy[::COARSE_STEP]) if len(self.xy) > COARSE_FROM // 4 else None

    def move(self, numbers: np.ndarray, xy: np.ndarray) -> None:
        """New ends (k, 4) of the drawn links `numbers`."""
        places = self._place[numbers]
        self.xy[places] = xy
        self._seen = None
        self._grow(places)
        if self._coarse is not None:
            hit = places[places % COARSE_STEP == 0]
            self._coarse[hit // COARSE_STEP] = self.xy[hit]

    def park(self, numbers: np.ndarray) -> None:
        """Put the drawn links `numbers` out of sight until they are moved."""
        places = self._place[numbers]
        self.xy[places] = FAR
        self._seen = None
        if self._coarse is not None:
            self._coarse[places[places % COARSE_STEP == 0] // COARSE_STEP] = FAR

    def _grow(self, places: np.ndarray) -> None:
        """Widen the boxes of the chunks that hold these rows; `tighten` makes them exact again."""
        if len(places) * 4 > len(self.xy):
            self._box()
            return
        if not len(places):
            return
        chunk = np.searchsorted(self._starts, places, side="right") - 1
        order = np.argsort(chunk, kind="stable")
        ends, chunk = self.xy[places[order]], chunk[order]
        first = np.flatnonzero(np.r_[True, chunk[1:] != chunk[:-1]])
        at = chunk[first]
        low = np.minimum.reduceat(np.minimum(ends[:, :2], ends[:, 2:]), first, axis=0)
        high = np.maximum.reduceat(np.maximum(ends[:, :2], ends[:, 2:]), first, axis=0)
        self._boxes[at, :2] = np.minimum(self._boxes[at, :2], low)
        self._boxes[at, 2:] = np.maximum(self._boxes[at, 2:], high)
        self._loose = True

    def tighten(self) -> None:
        """Make the boxes of the chunks exact after moves."""
        if self._loose:
            self._box()

    def runs(self, view: Rect) -> list[tuple[_Group, list[tuple[int, int]], int]]:
        """For each pen the stretches (first, count) of rows whose chunks touch the view, and how many they are."""
        seen = inside(self._boxes, view)
        out = []
        at = 0
        for group in self._groups:
            chunks = -(-(group.last - group.first) // CHUNK)
            mask = seen[at:at + chunks]
            at += chunks
            edges = np.flatnonzero(np.diff(np.r_[0, mask.astype(np.int8), 0]))
            stretches = [(group.first + int(a) * CHUNK, min(group.last, group.first + int(b) * CHUNK))
                         for a, b in edges.reshape(-1, 2)]
            runs = [(first, last - first) for first, last in stretches]
            out.append((group, runs, sum(count for _first, count in runs)))
        return out

    def rows_in(self, view: Rect) -> np.ndarray | None:
        """The rows whose box touches the view, in order; None where too many would have to be looked at."""
        if self._seen is None or self._seen[0] != view:
            self._seen = view, self._rows_in(view)
        return self._seen[1]

    def _rows_in(self, view: Rect) -> np.ndarray | None:
        chunks = np.flatnonzero(inside(self._boxes, view))
        return self._exact(chunks, view) if (self._ends - self._starts)[chunks].sum() <= EXACT_UP_TO else None

    def near(self, box: Rect) -> np.ndarray:
        """The rows whose box touches a small one, in order."""
        return self._exact(np.flatnonzero(inside(self._boxes, box)), box)

    def _exact(self, chunks: np.ndarray, view: Rect) -> np.ndarray:
        count = self._ends[chunks] - self._starts[chunks]
        rows = np.arange(int(count.sum())) + np.repeat(self._starts[chunks] - (np.cumsum(count) - count), count)
        ends = self.xy[rows]
        seen = (np.minimum(ends[:, 0], ends[:, 2]) <= view[2]) & (np.maximum(ends[:, 0], ends[:, 2]) >= view[0]) & \
            (np.minimum(ends[:, 1], ends[:, 3]) <= view[3]) & (np.maximum(ends[:, 1], ends[:, 3]) >= view[1])
        found: np.ndarray = rows[seen]
        return found

    def in_view(self, view: Rect, most: int) -> np.ndarray:
        """The drawn links whose box touches the view, none where they are more than `most`."""
        rows = self.rows_in(view)
        return self.numbers[rows] if rows is not None and len(rows) <= most else np.empty(0, np.int64)

    def about_in(self, view: Rect) -> tuple[int, int]:
        """At least and at most how many lines touch the view."""
        boxes, count = self._boxes, self._ends - self._starts
        seen = inside(boxes, view)
        whole = (boxes[:, :2] >= view[:2]).all(axis=1) & (boxes[:, 2:] <= view[2:]).all(axis=1)
        return int(count[whole].sum()), int(count[seen].sum())

    def count_in(self, view: Rect) -> int:
        """How many lines touch the view; about how many, where they are very many."""
        rows = self.rows_in(view)
        return int((self._ends - self._starts)[inside(self._boxes, view)].sum()) if rows is None else len(rows)

    def stretches(self, numbers: np.ndarray) -> np.ndarray:
        """Where the drawn links `numbers` stand, as stretches (r, 2) first row, count; others are passed over."""
        known = numbers[numbers < len(self._place)]
        rows = np.sort(self._place[known])
        rows = rows[rows >= 0]
        first = np.flatnonzero(np.r_[True, np.diff(rows) > 1]) if len(rows) else np.empty(0, np.int64)
        return np.stack([rows[first], np.diff(np.r_[first, len(rows)])], axis=1) if len(rows) else np.empty((0, 2), int)

    def step_of(self, quality: Quality) -> int:
        """Every how many lines are painted."""
        return quality.step if self._coarse is not None else 1

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The lines in view; a stable quarter of them while a large chart moves."""
        quality = frame.quality or quality_for(self.count_in(frame.view), frame.moving)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, quality.careful)
        rows = self.rows_in(frame.view) if quality.careful else None
        if rows is not None:
            self._paint_rows(painter, frame, rows)
            return
        coarse = self._coarse if self.step_of(quality) > 1 else None
        for group, runs, _number in self.runs(frame.view):
            if runs:
                painter.setPen(screen_pen(group.pen, frame, quality.careful))
            for first, length in runs:
                if coarse is not None:
                    start = -(-first // COARSE_STEP)
                    draw_lines(painter, coarse, start, -(-(first + length) // COARSE_STEP) - start)
                else:
                    draw_lines(painter, self.xy, first, length)

    def _paint_rows(self, painter: QPainter, frame: Frame, rows: np.ndarray) -> None:
        xy = np.ascontiguousarray(self.xy[rows])
        for group in self._groups:
            first, last = np.searchsorted(rows, (group.first, group.last)).tolist()
            if last > first:
                painter.setPen(screen_pen(group.pen, frame, careful=True))
                draw_lines(painter, xy, first, last - first)

    def kernel_runs(self, frame: Frame) -> np.ndarray:
        """The stretches in view (r, 4) as the kernel takes them: first row, count, colour, dash."""
        found = [(first, count, thin_colour(group.pen, frame), thin_dash(group.pen, frame))
                 for group, runs, _number in self.runs(frame.view) for first, count in runs]
        return np.array(found, np.int64).reshape(-1, 4)


def quality_for(count: int, moving: bool) -> Quality:
    """How so many links in view are painted."""
    return Quality(count <= (SMOOTH_MOVING_UP_TO if moving else CAREFUL_UP_TO),
                   COARSE_STEP if moving and count > COARSE_FROM else 1)


def thin_colour(wanted: Pen, frame: Frame) -> int:
    """The colour of a thin line: paler from afar."""
    return tinted(wanted.colour, frame.ground, FADED) if frame.zoom < FADED_BELOW_ZOOM else wanted.colour


def thin_dash(wanted: Pen, frame: Frame) -> int:
    """Device pixels drawn << 8 | left out of a thin line, 0 where it is whole."""
    if not wanted.dash or frame.zoom < DASH_FROM_ZOOM:
        return 0
    on, off = THIN_DASHES[Dash(wanted.dash)]
    return max(1, round(on * frame.ratio)) << 8 | max(1, round(off * frame.ratio))


def screen_pen(wanted: Pen, frame: Frame, careful: bool) -> QPen:
    """The pen for this frame: in its width and dash where it is careful, thin and fast where it is not."""
    if careful and frame.zoom * wanted.width >= 1.0:
        return pen_of(wanted.colour, wanted.width, wanted.dash)
    pen = QPen(QColor.fromRgba(thin_colour(wanted, frame)), max(1.0, wanted.width * frame.zoom) if careful else 0)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if thin_dash(wanted, frame):
        pen.setDashPattern(THIN_DASHES[Dash(wanted.dash)])
    return pen
