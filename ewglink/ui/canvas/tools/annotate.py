"""Choosing, moving and resizing what an analyst has written and drawn on a chart."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ewglink.drawing.annotations import annotation_box
from ewglink.drawing.marks import Rect
from ewglink.drawing.stacking import level_of
from ewglink.painting.text_measure import FontMeasure
from ewglink.ui.canvas.tools.tool import SHIFT, Tool, Touch

REACH = 6.0
"""How near to a line, an edge or a handle counts, in pixels."""
_HANDLE = 4.0
SPANNING = ("line", "arrow")


def _segment(x: float, y: float, box: Rect) -> float:
    begin, end = np.array(box[:2]), np.array(box[2:])
    way = end - begin
    share = float(np.clip(((x, y) - begin) @ way / max(float(way @ way), 1e-9), 0.0, 1.0))
    return float(np.hypot(*(begin + share * way - (x, y))))


def ends_of(body: dict[str, Any]) -> Rect:
    """Where a line or an arrow begins and ends."""
    return float(body["x"]), float(body["y"]), float(body.get("x2", body["x"])), float(body.get("y2", body["y"]))


class Annotate(Tool):
    """The left button on an annotation where no item lies; a handle of the chosen one resizes it."""

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self._measure = FontMeasure()
        self._handle: str | None = None
        self._ghost: Rect | None = None

    # finding

    def bodies(self) -> list[dict[str, Any]]:
        """The annotations of the chart, the foremost last."""
        return sorted(self.view.chart_scene.content.annotations, key=level_of)

    def body(self, number: int | None) -> dict[str, Any] | None:
        """The annotation with that id."""
        return next((one for one in self.bodies() if one.get("id") == number), None)

    def box(self, body: dict[str, Any]) -> Rect:
        """What resizing changes: the ends of a line, else the corners."""
        return ends_of(body) if body["kind"] in SPANNING else annotation_box(body, self._measure)

    def at(self, x: float, y: float) -> int | None:
        """The annotation under a point of the chart: inside texts and fills, else on the line; the last drawn first."""
        slack = REACH / self.view.zoom
        for body in reversed(self.bodies()):
            box = self.box(body)
            if body["kind"] in SPANNING:
                found = _segment(x, y, box) <= slack
            else:
                outer = box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack
                inner = box[0] + slack < x < box[2] - slack and box[1] + slack < y < box[3] - slack
                solid = body["kind"] == "text" or body.get("fill") or body.get("id") == self.view.noted
                found = outer and (bool(solid) or not inner)
            if found and body.get("id") is not None:
                return int(body["id"])
        return None

    def _handles(self, body: dict[str, Any]) -> dict[str, tuple[float, float]]:
        """Where a chosen annotation is taken to resize it, by which of its edges (x0 y0 x1 y1) the handle moves."""
        x0, y0, x1, y1 = self.box(body)
        across, down = (x0 + x1) / 2, (y0 + y1) / 2
        if body["kind"] in SPANNING:
            return {"x0 y0": (x0, y0), "x1 y1": (x1, y1)}
        sides = {"x0": (x0, down), "x1": (x1, down)}
        if body["kind"] == "text":
            return sides
        corners = {"x0 y0": (x0, y0), "x1 y0": (x1, y0), "x0 y1": (x0, y1), "x1 y1": (x1, y1)}
        return corners | sides | {"y0": (across, y0), "y1": (across, y1)}

    def _handle_at(self, touch: Touch) -> str | None:
        body = self.body(self.view.noted)
        for edges, (x, y) in self._handles(body).items() if body else ():
            off = self.view.to_window(x, y) - touch.pixel
            if max(abs(off.x()), abs(off.y())) <= REACH + 1:
                return edges
        return None

    # the gesture

    def takes(self, touch: Touch) -> bool:
        """The left button on a handle, or on an annotation that no item covers."""
        if touch.button != Qt.MouseButton.LeftButton or touch.keys & ~SHIFT:
            return False
        return self._handle_at(touch) is not None or (touch.hit is None and self.at(touch.x, touch.y) is not None)

    def press(self, touch: Touch) -> None:
        """Choose it."""
        super().press(touch)
        self._handle = self._handle_at(touch)
        if self._handle is None:
            self.view.choose_note(self.at(touch.x, touch.y))

    def drag(self, touch: Touch) -> None:
        """A frame shows where it would go."""
        body = self.body(self.view.noted)
        if body is not None and self.began is not None and not self.view.locked:
            self._ghost = self._dragged(body, touch)
            self.view.repaint_soon()

    def _dragged(self, body: dict[str, Any], touch: Touch) -> Rect:
        assert self.began is not None
        x0, y0, x1, y1 = self.box(body)
        dx, dy = touch.x - self.began.x, touch.y - self.began.y
        edges = (self._handle or "x0 y0 x1 y1").split()
        return (x0 + dx * ("x0" in edges), y0 + dy * ("y0" in edges), x1 + dx * ("x1" in edges),
                y1 + dy * ("y1" in edges))

    def drop(self, touch: Touch) -> None:
        """Report the move or the new size."""
        body = self.body(self.view.noted)
        if body is None or self.began is None or self.view.locked:
            return
        if self._handle is None:
            self.view.note_moved.emit(int(body["id"]), touch.x - self.began.x, touch.y - self.began.y)
        else:
            self.view.note_resized.emit(int(body["id"]), self._dragged(body, touch))

    def end(self) -> None:
        """Let go."""
        super().end()
        self._handle, self._ghost = None, None
        self.view.repaint_soon()

    # what is shown

    def paint(self, painter: QPainter) -> None:
        """The frame that follows the mouse."""
        body = self.body(self.view.noted)
        if self._ghost is not None and body is not None:
            self._frame(painter, body, self._ghost, Qt.PenStyle.DashLine)

    def paint_chosen(self, painter: QPainter) -> None:
        """A frame round the chosen annotation, with its handles."""
        body = self.body(self.view.noted)
        if body is None or self._ghost is not None:
            return
        self._frame(painter, body, self.box(body), Qt.PenStyle.SolidLine)
        painter.setBrush(QColor(self.view.palette_of_chart.background))
        for x, y in self._handles(body).values():
            at = self.view.to_window(x, y)
            painter.drawRect(QRectF(at.x() - _HANDLE, at.y() - _HANDLE, 2 * _HANDLE, 2 * _HANDLE))

    def _frame(self, painter: QPainter, body: dict[str, Any], box: Rect, style: Qt.PenStyle) -> None:
        begin, end = self.view.to_window(*box[:2]), self.view.to_window(*box[2:])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.view.palette_of_chart.selection), 1.5, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if body["kind"] in SPANNING:
            painter.drawLine(begin, end)
        else:
            gap = QPointF(3.0, 3.0)
            painter.drawRect(QRectF(begin - gap, end + gap).normalized())
