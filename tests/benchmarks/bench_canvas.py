"""Frame times of the chart on the screen, beside pyqtgraph's GraphItem and a QGraphicsScene of the same run."""

from __future__ import annotations

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ewglink.drawing.content import ChartContent
from tests.charts.made_up import random_network

WINDOW = (1600, 900)
SIZES = (1_000, 10_000, 100_000)
PEERS_UP_TO = 10_000
NEAR = 0.55
"""The zoom at which about 300 entities are in view."""


def _median(step: Callable[[int], None], count: int = 15) -> float:
    """Milliseconds of one step, the median of `count` after one to warm up."""
    step(0)
    gc.collect()
    taken = []
    for number in range(count):
        started = time.perf_counter()
        step(number + 1)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def _row(design: str, size: int, what: str, value: float, target: float | None = None) -> dict[str, Any]:
    return {"design": design, "entities": size, "what": what, "value": round(value, 2), "unit": "ms", "target": target}


def _memory() -> float:
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def _ours(size: int) -> list[dict[str, Any]]:
    from ewglink.ui.canvas.chart_view import ChartView

    content = random_network(size, 2 * size)
    view = ChartView()
    view.resize(*WINDOW)
    view.show()
    QApplication.processEvents()
    gc.collect()
    before, started = _memory(), time.perf_counter()
    view.show_content(content, keep_view=False)
    view.viewport().repaint()
    first = (time.perf_counter() - started) * 1000
    rows = [_row("EWGLink", size, "first frame", first, 300.0)]
    full = {1_000: None, 10_000: 8.0, 100_000: 60.0}.get(size)

    def pan(number: int) -> None:
        view.look_at(view.centre[0] + (3 if number % 2 else -3) / view.zoom, view.centre[1])
        view.viewport().repaint()

    def still(_number: int) -> None:
        view.viewport().repaint()

    def drag(number: int) -> None:
        view.place_rows(held, start + number)
        view.viewport().repaint()

    rows.append(_row("EWGLink", size, "full view, panning", _median(pan), full))
    view._settled()
    rows.append(_row("EWGLink", size, "full view, at rest", _median(still), full))
    held = np.arange(min(1000, size // 2))
    start = view.positions(held)
    rows.append(_row("EWGLink", size, "full view, dragging 1,000", _median(drag), full))
    middle = content.xy.mean(axis=0)
    view.look_at(float(middle[0]), float(middle[1]), NEAR)
    view._settled()
    rows.append(_row("EWGLink", size, "300 in view, panning", _median(pan), 5.0 if size == 10_000 else None))
    view._settled()
    rows.append(_row("EWGLink", size, "300 in view, at rest", _median(still), 8.0 if size == 10_000 else None))
    rows.append(_row("EWGLink", size, "300 in view, choosing labels", _median(lambda _n: view._settled()), 16.0))
    rows.append({**_row("EWGLink", size, "memory of the chart", _memory() - before, 80.0), "unit": "MB"})
    view.close()
    view.deleteLater()
    QApplication.processEvents()
    return rows


def _graph_item(content: ChartContent) -> list[dict[str, Any]]:
    size = len(content.entity_ids)
    widget = pg.PlotWidget()
    widget.resize(*WINDOW)
    started = time.perf_counter()
    item = pg.GraphItem(pos=content.xy, adj=content.ends, size=6, pxMode=True)
    widget.addItem(item)
    widget.show()
    QApplication.processEvents()
    first = (time.perf_counter() - started) * 1000
    box = widget.getViewBox()

    def pan(_number: int) -> None:
        box.translateBy(x=20.0)
        widget.viewport().repaint()

    rows = [_row("pyqtgraph GraphItem", size, "first frame", first),
            _row("pyqtgraph GraphItem", size, "full view, panning", _median(pan, 5))]
    widget.close()
    widget.deleteLater()
    QApplication.processEvents()
    return rows


def _graphics_scene(content: ChartContent) -> list[dict[str, Any]]:
    size = len(content.entity_ids)
    started = time.perf_counter()
    scene = QGraphicsScene()
    pen, brush = QPen(QColor("#4A5058"), 0), QColor("#0072B2")
    for a, b in content.ends.tolist():
        scene.addLine(QLineF(*content.xy[a], *content.xy[b]), pen)
    for x, y in content.xy.tolist():
        scene.addEllipse(QRectF(x - 22, y - 22, 44, 44), pen, brush)
    view = QGraphicsView(scene)
    view.resize(*WINDOW)
    view.fitInView(scene.sceneRect())
    view.show()
    QApplication.processEvents()
    first = (time.perf_counter() - started) * 1000

    def pan(number: int) -> None:
        view.translate(5 if number % 2 else -5, 0)
        view.viewport().repaint()

    rows = [_row("QGraphicsScene", size, "first frame", first),
            _row("QGraphicsScene", size, "full view, panning", _median(pan, 5))]
    view.close()
    view.deleteLater()
    scene.clear()
    QApplication.processEvents()
    return rows


def run(size: int | None = None) -> list[dict[str, Any]]:
    """Frame times at `size` entities and twice as many links, or at 1,000, 10,000 and 100,000; peers up to 10,000."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    rows: list[dict[str, Any]] = []
    for wanted in (size,) if size else SIZES:
        rows += _ours(wanted)
        if wanted <= PEERS_UP_TO:
            content = random_network(wanted, 2 * wanted)
            rows += _graph_item(content) + _graphics_scene(content)
    assert app is not None
    return rows
