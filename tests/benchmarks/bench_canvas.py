"""Frame times of the chart on the screen, beside pyqtgraph's GraphItem and a QGraphicsScene of the same run.

`value` is the median, `p95` what one frame in twenty exceeds. "Panning" carries the kept picture along; "zooming" draws
every frame anew; "at rest, whole" is how long after a movement all links are on the screen, of which "window held" is
the longest time the window did not answer; `cpu` is the median of what all threads worked, which is what counts where
others use the machine too. The rows "painter only" are those of a machine without numba.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ewglink.drawing.content import ChartContent
from ewglink.painting import kernel_loading
from ewglink.ui.canvas import picture
from ewglink.ui.canvas.chart_view import ChartView
from tests.benchmarks.canvas_peers import graph_item, graphics_scene
from tests.charts.made_up import random_network

WINDOW = (1600, 900)
SIZES = (1_000, 10_000, 100_000)
PEERS_UP_TO = {graph_item: 100_000, graphics_scene: 10_000}
NEAR = 0.55
"""The zoom at which about 300 entities are in view."""
Row = dict[str, Any]


class Times(list[float]):
    """Milliseconds on the clock, and in `cpu` what all threads worked: the same, where nobody else uses the cores."""

    def __init__(self) -> None:
        super().__init__()
        self.cpu: list[float] = []


def taken(step: Callable[[int], None], count: int = 21) -> Times:
    """Milliseconds of `count` steps after two to warm up."""
    step(0)
    step(1)
    gc.collect()
    out = Times()
    for number in range(count):
        worked, started = time.process_time(), time.perf_counter()
        step(number + 2)
        out.append((time.perf_counter() - started) * 1000)
        out.cpu.append((time.process_time() - worked) * 1000)
    return out


def row(design: str, size: int, what: str, values: list[float] | float, target: float | None = None,
        unit: str = "ms") -> Row:
    """One line of the table."""
    many = values if isinstance(values, list) else [values]
    p95 = round(float(np.percentile(many, 95)), 2) if len(many) > 1 else None
    cpu = round(float(np.median(values.cpu)), 2) if isinstance(values, Times) else None
    return {"design": design, "entities": size, "what": what, "value": round(float(np.median(many)), 2), "p95": p95,
            "cpu": cpu, "unit": unit, "target": target}


def longest_gap(until: Callable[[], bool], most: float = 60.0) -> tuple[float, float]:
    """Milliseconds until it is so, and the longest in which the window's event loop did not turn."""
    loop, ticking, gaps = QEventLoop(), QTimer(), [0.0]
    started = last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
        if until() or now - started > most:
            loop.quit()

    ticking.timeout.connect(tick)
    ticking.start(1)
    loop.exec()
    ticking.stop()
    return (time.perf_counter() - started) * 1000, max(gaps)


def idle_share(seconds: float = 1.5) -> float:
    """Per cent of a core used while nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    started = time.process_time()
    loop.exec()
    return (time.process_time() - started) / seconds * 100


def _memory() -> float:
    import psutil

    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6


class _Ours:
    """One chart in one window, and the things done to it."""

    def __init__(self, design: str, content: ChartContent) -> None:
        self.design, self.content, self.size = design, content, len(content.entity_ids)
        self.rows: list[Row] = []
        self.view = ChartView()
        self.view.resize(*WINDOW)
        self.view.show()
        QApplication.processEvents()

    def add(self, what: str, values: list[float] | float, target: float | None = None, unit: str = "ms") -> None:
        self.rows.append(row(self.design, self.size, what, values, target, unit))

    def repaint(self, _number: int = 0) -> None:
        self.view.viewport().repaint()

    def pan(self, number: int) -> None:
        view = self.view
        view.look_at(view.centre[0] + (3 if number % 4 < 2 else -3) / view.zoom, view.centre[1])
        self.repaint()

    def zoom(self, number: int) -> None:
        self.view.zoom_by(1.01 if number % 2 else 1 / 1.01)
        self.repaint()

    def whole(self) -> tuple[float, float]:
        """Milliseconds until the whole picture is shown after a movement, and the longest the window was held."""
        self.zoom(0)
        self.zoom(1)
        started = time.perf_counter()
        self.view._begin_to_settle()
        held = (time.perf_counter() - started) * 1000
        gap = longest_gap(lambda: not self.view.item.frame.moving and not self.view.item.picture.waiting)[1]
        self.repaint()
        return (time.perf_counter() - started) * 1000, max(held, gap)

    def at_rest(self, where: str, target: float | None) -> None:
        both = [self.whole() for _ in range(7)]
        self.add(f"{where}, at rest, whole", [one[0] for one in both], target)
        self.add(f"{where}, at rest, window held", [one[1] for one in both], 16.0)

    def drag(self, where: str, count: int, target: float | None) -> None:
        held = np.arange(min(count, self.size // 2))
        start = self.view.positions(held)

        def step(number: int) -> None:
            self.view.place_rows(held, start + number)
            self.repaint()

        self.add(f"{where}, dragging {len(held):,}", taken(step), target)
        self.view.place_rows(held, start)

    def first(self) -> None:
        before, once = _memory(), Times()
        worked, started = time.process_time(), time.perf_counter()
        self.view.show_content(self.content, keep_view=False)
        self.repaint()
        once.append((time.perf_counter() - started) * 1000)
        once.cpu.append((time.process_time() - worked) * 1000)
        self.add("first frame", once, 300.0)
        longest_gap(lambda: not self.view.item.picture.waiting)
        self.repaint()
        self.view.hit(0.0, 0.0)
        self.add("memory of the chart", _memory() - before, 80.0, "MB")

    def full_view(self) -> None:
        kernel = self.design == "EWGLink"
        frame = {10_000: 2.5 if kernel else 8.0, 100_000: 8.0 if kernel else None}.get(self.size)
        self.add("full view, panning", taken(self.pan), frame)
        self.add("full view, zooming", taken(self.zoom), frame)
        self.at_rest("full view", {10_000: 8.0, 100_000: 25.0 if kernel else None}.get(self.size))
        self.drag("full view", 1, frame)
        self.drag("full view", 1000, 20.0 if self.size == 100_000 and kernel else 8.0 if self.size == 10_000 else None)

    def near_view(self) -> None:
        middle = self.content.xy.mean(axis=0)
        self.view.look_at(float(middle[0]), float(middle[1]), NEAR)
        self.whole()
        target = 4.0 if self.size == 10_000 else None
        self.add("300 in view, panning", taken(self.pan), target)
        self.add("300 in view, zooming", taken(self.zoom), target)
        self.at_rest("300 in view", None)
        self.drag("300 in view", 1, None)

    def finding(self) -> None:
        view, xy, ends = self.view, self.view.layers.xy, self.content.ends
        slack = 6.0 / view.zoom
        between = (xy[ends[:60, 0]] + xy[ends[:60, 1]]) / 2
        self.add("hit test, entity", taken(lambda n: view.layers.hits.entity_at(*xy[n * 7 % self.size].tolist())))
        self.add("hit test, link", taken(lambda n: view.layers.hits.link_at(*between[n].tolist(), slack)))
        low, high = xy.min(axis=0), xy.max(axis=0)
        angle = np.linspace(0, 2 * np.pi, 120)
        round_all = (low + high) / 2 + np.stack([np.cos(angle), np.sin(angle)], axis=1) * (high - low) * 0.5
        self.add("rubber band round all", taken(lambda _n: view.items_in((*low.tolist(), *high.tolist())), 5))
        self.add("lasso of 120 points round most", taken(lambda _n: view.items_round(round_all), 5))
        found = view.items_round(round_all)

        def select(number: int) -> None:
            view.selection.set(found if number % 2 else set())
            self.repaint()

        self.add("showing that selection", taken(select, 6))
        view.selection.clear()

    def end(self) -> list[Row]:
        self.view._settled()
        longest_gap(lambda: not self.view.item.picture.waiting)
        self.add("idle", idle_share(), 0.5, "% CPU")
        self.view.close()
        self.view.deleteLater()
        QApplication.processEvents()
        return self.rows


def _ours(size: int) -> list[Row]:
    content = random_network(size, 2 * size)
    kernels, loading = picture.kernels, picture.load_behind
    picture.kernels, picture.load_behind = lambda: None, lambda: None
    plain = _Ours("painter only", content)
    plain.first()
    plain.full_view()
    plain.near_view()
    out = plain.end()
    picture.kernels, picture.load_behind = kernels, loading
    chart = _Ours("EWGLink", content)
    chart.first()
    chart.full_view()
    chart.near_view()
    chart.finding()
    return chart.end() + out


def _loading() -> list[Row]:
    """How the window fares while the kernels are loaded behind it; nothing where there is no numba."""
    chart, memory = _Ours("EWGLink", random_network(10_000, 20_000)), _memory()
    chart.view.show_content(chart.content, keep_view=False)
    chart.repaint()
    total, gap = longest_gap(kernel_loading.over)
    chart.add("loading the kernels behind", total)
    chart.add("loading the kernels behind, window held", gap, 16.0)
    chart.add("memory of numba and the chart", _memory() - memory, unit="MB")
    return chart.end()


def _peer(make: Any, content: ChartContent) -> list[Row]:
    size, name = len(content.entity_ids), {graph_item: "pyqtgraph GraphItem"}.get(make, "QGraphicsScene")
    count = 5 if size <= 10_000 else 3
    with make(content, WINDOW, NEAR) as steps:
        rows = [row(name, size, "first frame", steps["first"]),
                row(name, size, "full view, panning", taken(steps["pan"], count)),
                row(name, size, "full view, dragging 1", taken(steps["drag_one"], count)),
                row(name, size, "full view, dragging 1,000", taken(steps["drag"], count)),
                row(name, size, "hit test, entity", taken(steps["hit"], count))]
        steps["to_near"]()
        return [*rows, row(name, size, "300 in view, panning", taken(steps["pan"], count))]


def run(size: int | None = None) -> list[Row]:
    """Figures at `size` entities and twice as many links, or at 1,000, 10,000 and 100,000; and of the peers."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    rows = _loading()
    for wanted in (size,) if size else SIZES:
        rows += _ours(wanted)
        content = random_network(wanted, 2 * wanted)
        for make, most in PEERS_UP_TO.items():
            rows += _peer(make, content) if wanted <= most else []
    assert app is not None
    return rows
