"""A scene as layers that are painted fast and moved in place."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ewglink.drawing.hit import HitTest
from ewglink.drawing.links import arrows_of, curve_xy, straight_xy
from ewglink.drawing.marks import Curves, Lines, Rect, Texts, union
from ewglink.drawing.scene import Scene
from ewglink.drawing.style import ARROW_SIZE, ICON_SIZE, LABEL_SIZE
from ewglink.drawing.wishes import by_priority, placing_labels
from ewglink.painting import quick_path
from ewglink.painting.painter import groups, paint_arrows, paint_lines, paint_shapes, paint_texts
from ewglink.painting.text_measure import FontMeasure
from ewglink.ui.canvas.finding import NearHits
from ewglink.ui.canvas.grid_layer import paint_grid
from ewglink.ui.canvas.holding import Held, hold, let_go
from ewglink.ui.canvas.label_layer import ICONS_FROM, LEAST_PIXELS, MOST, LabelLayer
from ewglink.ui.canvas.line_layer import LineLayer, Pen, quality_for, screen_pen
from ewglink.ui.canvas.node_layer import NodeLayer, are_squares
from ewglink.ui.canvas.raster import Raster
from ewglink.ui.canvas.stack_layer import StackLayer
from ewglink.ui.canvas.view_state import FAR, Frame, Quality, inside

ARROWS_UP_TO = 5000
CURVES_UP_TO = 1500
LEAST_TYPE = 4.0
"""Pixels: smaller type is not painted."""
CURVES_A_PATH = 48
"""One path for each curve costs calls, one path for all costs a raster that grows faster than they do."""
CURVES_FROM_ZOOM = 0.2
ARROW_LEAST_PIXELS = 3.0


def _chords(curves: Curves) -> Lines:
    return Lines(curves.item, curves.row, curves.xy[:, [0, 1, 6, 7]], curves.colour, curves.width, curves.dash)


def _boxes(curves: np.ndarray) -> np.ndarray:
    points = curves.reshape(-1, 4, 2)
    return np.hstack([points.min(axis=1), points.max(axis=1)])


class ChartLayers:
    """Everything of one scene that moves; `xy` (n, 2) is where the entities stand now."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.xy = scene.content.xy.copy()
        self.stack = StackLayer(scene)
        self.marks, self.notes = self.stack.base, self.stack.base_notes
        self.lines = LineLayer(self.marks.lines)
        self.curves = self.marks.curves
        self.curve_boxes = _boxes(self.curves.xy)
        self.chords = LineLayer(_chords(self.curves))
        self.nodes = NodeLayer(self.marks.icons, scene.looks, scene.content.xy)
        self.shapes = self.marks.shapes
        self.inner_texts = self.marks.texts
        self.labels = LabelLayer()
        self._measure = FontMeasure()
        self.stamp = 0
        """Goes up whenever the picture of the chart changes."""
        self.label_stamp = 0
        """Goes up whenever other labels are chosen."""
        self.held: Held | None = None
        self._hits: HitTest | None = None
        self._touched: tuple[np.ndarray, np.ndarray] | None = None
        self._at: tuple[np.ndarray, np.ndarray] | None = None
        self._curve_place = np.full(len(scene.links.row), -1, np.int64)
        self._curve_place[self.curves.row] = np.arange(len(self.curves))

    @property
    def hits(self) -> HitTest:
        """Finds items where they stand now."""
        self.let_go()
        if self._hits is None:
            self._hits = NearHits(self)
        return self._hits

    def rows_of(self, items: np.ndarray) -> np.ndarray:
        """The entity rows of item ids (k,), -1 where an id is not on the chart."""
        ids = self.scene.content.entity_ids
        order = np.argsort(ids, kind="stable")
        at = np.clip(np.searchsorted(ids, items, sorter=order), 0, max(0, len(ids) - 1))
        return np.where(ids[order[at]] == items, order[at], -1) if len(ids) else np.full(len(items), -1)

    def links_at(self, rows: np.ndarray) -> np.ndarray:
        """The drawn links that touch the entities `rows`."""
        if self._touched is None or not np.array_equal(self._touched[0], rows):
            self._touched = rows.copy(), self._links_at(rows)
        return self._touched[1]

    def _links_at(self, rows: np.ndarray) -> np.ndarray:
        links = self.scene.links
        if len(rows) * 8 > len(self.xy):
            touched = np.zeros(len(self.xy), bool)
            touched[rows] = True
            return np.flatnonzero(touched[links.a] | touched[links.b])
        if self._at is None:
            ends = np.concatenate([links.a, links.b])
            order = np.argsort(ends, kind="stable")
            starts = np.searchsorted(ends[order], np.arange(len(self.xy) + 1))
            self._at = order % max(1, len(links.a)), starts
        found, starts = self._at
        first, count = starts[rows], starts[rows + 1] - starts[rows]
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.unique(found[np.repeat(first, count) + within])

    def move(self, rows: np.ndarray, xy: np.ndarray) -> None:
        """New centres (k, 2) of the entities `rows`; links, arrowheads and labels follow. A few are held over the
        picture of the others until something else happens."""
        if np.array_equal(self.xy[rows], xy):
            return
        if self.held is not None and not np.array_equal(self.held.rows, rows):
            self.let_go()
        if self.held is None:
            self.held = hold(self, rows)
            self.stamp += self.held is not None
        (self if self.held is None else self.held.own).carry(rows, xy)

    def let_go(self) -> None:
        """What is held stands where it is."""
        if self.held is not None:
            held, self.held = self.held, None
            let_go(self, held)

    def share(self, whole: ChartLayers) -> None:
        """Use what another knows of the same chart."""
        self._touched, self._at = whole._touched, whole._at
        self.nodes.share(whole.nodes)

    def park(self, rows: np.ndarray, touched: np.ndarray, mask: np.ndarray) -> None:
        """Put entities and links out of sight, until `carry` gives them a place again."""
        touched = touched[~self.stack.link_mask[touched]]
        straight = self.scene.links.straight[touched]
        self.nodes.move(rows, np.full((len(rows), 2), FAR))
        self.lines.park(touched[straight])
        self.chords.park(touched[~straight])
        self.curve_boxes[self._curve_place[touched[~straight]]] = FAR
        self.shapes = self.shapes.take(~mask[self.shapes.row])
        self.inner_texts = self.inner_texts.take(~mask[self.inner_texts.row])

    def carry(self, rows: np.ndarray, xy: np.ndarray) -> None:
        """`move` without holding anything."""
        scene = self.scene
        by = xy - self.xy[rows]
        self.xy[rows] = xy
        self.stamp += 1
        self.nodes.move(rows, xy)
        everything = self.links_at(rows)
        touched = everything[~self.stack.link_mask[everything]]
        straight = scene.links.straight[touched]
        self.lines.move(touched[straight], straight_xy(scene.links, self.xy, touched[straight]))
        bowed = touched[~straight]
        if len(bowed):
            places = self._curve_place[bowed]
            self.curves.xy[places] = curve_xy(scene.links, self.xy, scene.half, bowed)
            self.curve_boxes[places] = _boxes(self.curves.xy[places])
            self.chords.move(bowed, straight_xy(scene.links, self.xy, bowed))
        items = scene.content.entity_ids[rows]
        self.labels.drop_links(scene.content.link_ids[scene.links.row[everything]])
        self.labels.shift(items, by)
        self._move_special(rows, by)

    def _move_special(self, rows: np.ndarray, by: np.ndarray) -> None:
        for marks, column in ((self.shapes, "xy"), (self.inner_texts, "rect")):
            if len(marks):
                offset = np.zeros((len(self.xy) + 1, 2))  # the last is for what belongs to no entity
                offset[rows] = by
                values = getattr(marks, column)
                values += np.tile(offset[marks.row], values.shape[1] // 2)

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """The chart without what depends on the selection; the painter maps chart units."""
        self.paint_under(painter, frame)
        self.paint_links(painter, frame)
        self.paint_over(painter, frame)

    def paint_alone(self, painter: QPainter, frame: Frame) -> None:
        """The marks of items, without what lies under a chart."""
        self._paint_shapes(painter, frame)
        self.paint_links(painter, frame)
        self.paint_over(painter, frame)
        self.paint_labels(painter, frame)

    @property
    def bare(self) -> bool:
        """Whether nothing lies below the links."""
        return not (len(self.shapes) or len(self.inner_texts) or len(self.notes.lines) or self.stack.any_behind
                    or self.scene.content.settings.get("grid"))

    def paint_under(self, painter: QPainter, frame: Frame) -> None:
        """What lies below the links."""
        paint_grid(painter, frame, self.scene.content, self.scene.palette)
        self.stack.paint(painter, frame, self, front=False)
        self._paint_shapes(painter, frame)
        notes = self.notes
        if len(notes.lines):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_lines(painter, notes.lines)
            paint_arrows(painter, notes.arrows)

    def paint_links(self, painter: QPainter, frame: Frame) -> None:
        """The links, and the entities where they are squares: what a `raster` can draw instead."""
        self.lines.paint(painter, frame)
        if self._curves_in(frame) is None:
            self.chords.paint(painter, frame)
        if are_squares(frame):
            self.nodes.paint(painter, frame)

    def paint_over(self, painter: QPainter, frame: Frame) -> None:
        """What lies above the links, but for the labels."""
        scene = self.scene
        bowed = self._curves_in(frame)
        if bowed is not None:
            self._paint_curves(painter, frame, bowed)
        if ARROW_SIZE * frame.zoom >= ARROW_LEAST_PIXELS:
            numbers = self.lines.in_view(frame.view, ARROWS_UP_TO)
            if bowed is not None:
                numbers = np.concatenate([numbers, self.curves.row[bowed]])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, not frame.moving or len(numbers) <= 100)
            paint_arrows(painter, arrows_of(scene.content, scene.links, self.xy, scene.half, scene.form, numbers))
        if not are_squares(frame):
            self.nodes.paint(painter, frame)

    def quality(self, frame: Frame) -> Quality:
        """How the links in this view are to be painted."""
        layers = [self.lines, self.chords] if frame.zoom < CURVES_FROM_ZOOM else [self.lines]
        least, most = np.sum([one.about_in(frame.view) for one in layers], axis=0).tolist()
        if quality_for(least, frame.moving) == quality_for(most, frame.moving):
            return quality_for(most, frame.moving)
        return quality_for(sum(one.count_in(frame.view) for one in layers), frame.moving)

    def count_in(self, frame: Frame) -> int:
        """How many links are in view; about how many, where they are very many."""
        return self.lines.count_in(frame.view) + self.chords.count_in(frame.view)

    def raster(self, frame: Frame, place: np.ndarray) -> Raster:
        """What `paint_links` would paint, for the kernels; `place` is theirs."""
        assert frame.quality is not None
        found = [self.lines] if self._curves_in(frame) is not None else [self.lines, self.chords]
        lines = [(one.xy, one.kernel_runs(frame), one.step_of(frame.quality)) for one in found]
        return Raster(lines, [self.nodes.kernel_squares(frame)] if are_squares(frame) else [], place)

    def _paint_shapes(self, painter: QPainter, frame: Frame) -> None:
        if not len(self.shapes) and not len(self.inner_texts):
            return
        half = self.shapes.size / 2
        seen = inside(np.hstack([self.shapes.xy - half, self.shapes.xy + half]), frame.view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shapes(painter, self.shapes.take(seen))
        texts = self.inner_texts
        legible = inside(texts.rect, frame.view) & (texts.size * frame.zoom >= LEAST_TYPE)
        if legible.any():
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            paint_texts(painter, texts.take(legible))

    def _curves_in(self, frame: Frame) -> np.ndarray | None:
        """The curves in view, None where chords will do."""
        if frame.zoom < CURVES_FROM_ZOOM:
            return None
        found = np.flatnonzero(inside(self.curve_boxes, frame.view))
        return found if len(found) <= CURVES_UP_TO else None

    def _paint_curves(self, painter: QPainter, frame: Frame, rows: np.ndarray) -> None:
        careful = frame.quality.careful if frame.quality else not frame.moving or len(rows) <= 200
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, careful)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        curves = self.curves
        for colour, width, dash, found in groups(curves.colour[rows], curves.width[rows], curves.dash[rows]):
            painter.setPen(screen_pen(Pen(colour, width, dash), frame, careful))
            for at in range(0, len(found), CURVES_A_PATH):
                painter.drawPath(quick_path.curves(curves.xy[rows[found[at:at + CURVES_A_PATH]]]))

    def paint_labels(self, painter: QPainter, frame: Frame) -> None:
        """The chosen labels, above everything else, and what was brought to the front of that with its own."""
        labelled = ICON_SIZE * frame.zoom >= ICONS_FROM
        front = self.stack.in_front(self.labels.texts.item) if labelled else None
        if labelled:
            self.labels.paint(painter, frame, None if front is None else ~front)
        self.stack.paint(painter, frame, self, front=True)
        if front is not None:
            self.labels.paint(painter, frame, front)

    def choose_labels(self, frame: Frame, selected: np.ndarray) -> None:
        """Choose anew which labels are shown, and where."""
        for _step in self.settling(frame, selected):
            pass

    def settling(self, frame: Frame, selected: np.ndarray) -> Iterator[None]:
        """`choose_labels` and what else a careful picture needs, in steps of a few milliseconds; one that is not gone
        through to the end changes nothing that is seen."""
        self.let_go()
        self.lines.tighten()
        self.chords.tighten()
        if ICON_SIZE * frame.zoom < ICONS_FROM:
            self.label_stamp += len(self.labels.texts) > 0
            self.labels.clear()
            return
        texts = yield from self._placing_labels(frame, selected)
        yield
        yield from self.labels.showing(texts, frame)
        yield
        self.nodes.atlas(frame)
        self.label_stamp += 1

    def _placing_labels(self, frame: Frame, selected: np.ndarray) -> Generator[None, None, Texts]:
        view = _wider(frame.view, 0.15)
        standing = np.flatnonzero(self.scene.shown) if len(self.xy) <= MOST else self._entities_in(view)
        rows = by_priority(self.scene, standing, selected)[:MOST]
        drawn = np.arange(len(self.scene.links.row))
        if len(drawn) > MOST:
            straight = self.lines.in_view(view, MOST)
            bowed = self._curves_in(frame)
            drawn = straight if bowed is None else np.concatenate([straight, self.curves.row[bowed]])[:MOST]
        scale = max(1.0, LEAST_PIXELS / (LABEL_SIZE * frame.zoom))
        bounds = self._bounds(rows, view)
        yield
        texts, _omitted = yield from placing_labels(self.scene, self._measure, bounds, np.sort(rows), drawn, xy=self.xy,
                                                    scale=scale, selected=selected, standing=standing)
        return texts

    def _bounds(self, rows: np.ndarray, view: Rect) -> Rect:
        if not len(rows):
            return view
        low, high = self.xy[rows].min(axis=0) - 100, self.xy[rows].max(axis=0) + 100
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def _entities_in(self, view: Rect) -> np.ndarray:
        xy, half = self.xy, self.scene.half
        x, y, w, h = xy[:, 0], xy[:, 1], half[:, 0], half[:, 1]
        seen = (x - w <= view[2]) & (x + w >= view[0]) & (y - h <= view[3]) & (y + h >= view[1])
        return np.flatnonzero(seen & self.scene.shown)

    def bounds(self, rows: np.ndarray | None = None) -> Rect | None:
        """The rectangle round the entities `rows`, or round all that is shown, without labels; None for none."""
        self.let_go()
        everything = rows is None
        rows = np.flatnonzero(self.scene.shown) if rows is None else rows
        boxes = [_around(self.xy[rows] - self.scene.half[rows], self.xy[rows] + self.scene.half[rows])]
        if everything:
            half, texts = self.shapes.size / 2, self.inner_texts.rect
            boxes += [_around(self.shapes.xy - half, self.shapes.xy + half), _around(texts[:, :2], texts[:, 2:])]
            if len(self.curve_boxes) <= CURVES_UP_TO:
                boxes.append(_around(self.curve_boxes[:, :2], self.curve_boxes[:, 2:]))
        return union([box for box in boxes if box is not None])

    def label_bounds(self, rows: np.ndarray | None = None) -> Rect | None:
        """The rectangle round the labels that are shown (of all, or of the entities `rows`); None for none."""
        texts = self.labels.texts
        mine = slice(None) if rows is None else np.isin(texts.item, self.scene.content.entity_ids[rows])
        return _around(texts.rect[mine, :2], texts.rect[mine, 2:])


def _around(low: np.ndarray, high: np.ndarray) -> Rect | None:
    if not len(low):
        return None
    return float(low[:, 0].min()), float(low[:, 1].min()), float(high[:, 0].max()), float(high[:, 1].max())


def _wider(view: Rect, share: float) -> Rect:
    dx, dy = (view[2] - view[0]) * share, (view[3] - view[1]) * share
    return view[0] - dx, view[1] - dy, view[2] + dx, view[3] + dy
