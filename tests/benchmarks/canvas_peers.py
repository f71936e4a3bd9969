"""The peers of the chart on the screen: pyqtgraph's GraphItem and a QGraphicsScene with one item a node."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from ewglink.drawing.content import ChartContent

NODE = 44.0
Step = Callable[[int], None]


@contextmanager
def graph_item(content: ChartContent, window: tuple[int, int], near: float) -> Iterator[dict[str, Any]]:
    """Steps of a GraphItem (no labels, no arrows): milliseconds `first`, then `pan`, `to_near`, `drag` (1,000),
    `drag_one`, `hit`."""
    started = time.perf_counter()
    widget = pg.PlotWidget()
    widget.resize(*window)
    item = pg.GraphItem(pos=content.xy, adj=content.ends, size=6, pxMode=True)
    widget.addItem(item)
    widget.show()
    QApplication.processEvents()
    first = (time.perf_counter() - started) * 1000
    box, middle = widget.getViewBox(), content.xy.mean(axis=0)

    def pan(number: int) -> None:
        box.translateBy(x=(3 if number % 2 else -3) * box.viewPixelSize()[0])
        widget.viewport().repaint()

    def to_near() -> None:
        half = window[0] / 2 / near, window[1] / 2 / near
        box.setRange(xRange=(middle[0] - half[0], middle[0] + half[0]),
                     yRange=(middle[1] - half[1], middle[1] + half[1]), padding=0)

    def drag(number: int, count: int = 1000) -> None:
        xy = content.xy.copy()
        xy[:count] += number
        item.setData(pos=xy, adj=content.ends, size=6, pxMode=True)
        widget.viewport().repaint()

    def hit(number: int) -> None:
        item.scatter.pointsAt(pg.Point(*content.xy[number]))

    yield {"first": first, "pan": pan, "to_near": to_near, "drag": drag, "drag_one": partial(drag, count=1), "hit": hit}
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()


@contextmanager
def graphics_scene(content: ChartContent, window: tuple[int, int], near: float) -> Iterator[dict[str, Any]]:
    """The same steps of a QGraphicsScene, an item for each node and each link (no labels, no arrows)."""
    started = time.perf_counter()
    scene = QGraphicsScene()
    pen, brush = QPen(QColor("#4A5058"), 0), QColor("#0072B2")
    xy, ends = content.xy.tolist(), content.ends.tolist()
    links = [scene.addLine(QLineF(*xy[a], *xy[b]), pen) for a, b in ends]
    nodes = [scene.addEllipse(QRectF(x - NODE / 2, y - NODE / 2, NODE, NODE), pen, brush) for x, y in xy]
    view = QGraphicsView(scene)
    view.resize(*window)
    view.fitInView(scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
    view.show()
    QApplication.processEvents()
    first = (time.perf_counter() - started) * 1000
    held = {count: [(link, a, b) for link, (a, b) in zip(links, ends, strict=True) if a < count or b < count]
            for count in (1, 1000)}

    def pan(number: int) -> None:
        view.translate((3 if number % 2 else -3) / view.transform().m11(), 0)
        view.viewport().repaint()

    def to_near() -> None:
        view.resetTransform()
        view.scale(near, near)
        view.centerOn(*content.xy.mean(axis=0))

    def drag(number: int, count: int = 1000) -> None:
        for node in nodes[:count]:
            node.setPos(number, number)
        for link, a, b in held[count]:
            link.setLine(QLineF(xy[a][0] + number * (a < count), xy[a][1] + number * (a < count),
                                xy[b][0] + number * (b < count), xy[b][1] + number * (b < count)))
        view.viewport().repaint()

    def hit(number: int) -> None:
        view.itemAt(view.mapFromScene(*content.xy[number]))

    yield {"first": first, "pan": pan, "to_near": to_near, "drag": drag, "drag_one": partial(drag, count=1), "hit": hit}
    view.close()
    view.deleteLater()
    scene.clear()
    QApplication.processEvents()
