"""Panels beside the chart work elsewhere: nothing of the case is read in the window's thread to open one, tables and
pictures are made when they are seen and a slice at a time, and the map follows the time of the chart."""

from __future__ import annotations

import re
import threading
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from sqlalchemy import event

from ewglink.drawing.figure import Area, Figure, box
from ewglink.drawing.style import LIGHT
from ewglink.workspace.filtering import window as span
from tests.ui.test_answer_panels import shown, trade

__all__ = ["trade"]

_OF_THE_CASE = re.compile(r"\b(item|link|statement|record|identity|merge)\b")
PANELS = ("filters", "timeline", "heat_matrix", "activity", "map", "association", "toll", "who_is_who")


@pytest.mark.parametrize("name", PANELS)
def test_opening_a_panel_reads_the_case_elsewhere(trade: Any, qtbot: Any, name: str) -> None:
    asked: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if threading.current_thread() is threading.main_thread() and _OF_THE_CASE.search(statement):
            asked.append(statement)

    engine = trade.session.case._engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        shown(trade, name, qtbot)
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    assert asked == []


def test_a_table_is_made_when_its_tab_is_seen(trade: Any, qtbot: Any) -> None:
    panel = shown(trade, "toll", qtbot)
    pages = [panel.tabs.widget(at) for at in range(panel.tabs.count())]
    assert [page.view is not None for page in pages] == [True] + [False] * 7
    panel.tabs.setCurrentIndex(1)
    assert pages[1].view.answer.rowCount() > 0
    assert pages[2].view is None


def test_a_picture_is_painted_a_slice_at_a_time(window: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.ui.widgets.figure_view import FigureView

    monkeypatch.setattr(FigureView, "SLICE", 0.0)
    view = FigureView(window.session.selection)
    qtbot.addWidget(view)
    view.resize(200, 200)
    figure = Figure(200, 200, 0xFFFFFFFF)
    figure.parts = [Area((box(0, 20 * at, 200, 20 * at + 20),), 0xFF00FF00) for at in range(10)]
    view.show()
    view.show_figure(figure)
    view._slices.stop()
    for done in range(1, 4):
        view._paint_some()
        assert view._done == done
        assert not view.ready
    view._slices.start()
    qtbot.waitUntil(lambda: view.ready)
    assert view.grab().toImage().pixelColor(100, 190) == QColor(0, 255, 0)
    assert not view._slices.isActive()


def test_a_high_figure_starts_legible_at_its_top(window: Any, qtbot: Any) -> None:
    from ewglink.ui.widgets.figure_view import FigureView

    view = FigureView(window.session.selection)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show()
    view.show_figure(Figure(600, 6000, 0xFFFFFFFF, [Area((box(0, 0, 600, 10),), 0xFF000000)]))
    qtbot.waitUntil(lambda: view.ready)
    assert view._zoom == pytest.approx(1.0)
    assert view._at.y() == 0
    view.show_figure(Figure(600, 220, 0xFFFFFFFF, [Area((box(0, 0, 600, 10),), 0xFF000000)]))
    assert view._scale() == pytest.approx(200 / 220)


def test_the_headings_of_a_matrix_leave_room_and_are_measured_once(trade: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.ui.widgets.matrix_view import MatrixModel, MatrixView

    panel = shown(trade, "association", qtbot)
    labels = dict.fromkeys(panel.matrix.matrix.found.labels, "A very long name of a firm that goes on and on, S.A.")
    monkeypatch.setitem(panel.matrix.matrix.found.__dict__, "labels", labels)
    asked: list[int] = []
    usual = MatrixModel.headerData
    monkeypatch.setattr(MatrixModel, "headerData",
                        lambda *a: (asked.append(a[1]) if len(a) == 3 else None, usual(*a))[1])
    view = MatrixView(panel.matrix.matrix.found)
    qtbot.addWidget(view)
    for _time in range(5):
        view.horizontalHeader().sizeHint()
    assert len(asked) == len(panel.matrix.matrix.found.matrix.columns)
    view.resize(500, 220)
    view.show()
    assert view.horizontalHeader().height() <= 220 * 0.5
    view.resize(500, 800)
    assert view.horizontalHeader().height() > 110


def test_a_flow_chart_of_very_many_draws_the_small_ones_together() -> None:
    from ewglink.workspace.flow_figure import MOST, flow_figure
    from ewglink.workspace.flows import GOODS, Flows, Step

    steps = [Step(GOODS, giver, 1000, 100.0 * giver, 5000 + giver, None, frozenset(), "") for giver in range(1, 101)]
    flows = Flows(tuple(steps), dict.fromkeys(range(1, 101), "source") | {1000: "facility"}, ())
    figure = flow_figure(flows, GOODS, {1000: "The plant"} | {n: f"Firm {n}" for n in range(1, 101)}, LIGHT)
    said = [part.text for part in figure.parts if hasattr(part, "text")]
    assert sum(text.startswith("Firm ") for text in said) == MOST - 1
    assert "Firm 100" in said
    assert "89 others" in said
    together = next(part for part in figure.parts if isinstance(part, Area) and "89 others →" in part.said)
    assert {1, 89, 1000, 5001, 5089} <= set(together.items)
    assert not {90, 5090} & set(together.items)
    assert f"{sum(range(1, 90)) / 10:,.1f} t" in together.said


# the time of the chart on the map


@pytest.fixture
def placed(trade: Any, qtbot: Any) -> Any:
    """The chart in front holds the whole case, and the map is open."""
    trade.charts.place_all()
    return shown(trade, "map", qtbot)


def days(panel: Any) -> tuple[float, float]:
    times = panel.canvas.tracks[0].times
    return float(times.min()) // 86400, float(times.max()) // 86400


def test_dates_on_the_map_are_the_time_of_the_chart(trade: Any, placed: Any, qtbot: Any) -> None:
    first, last = days(placed)
    assert last - first == 2
    placed.start.setFocus()
    qtbot.keyClicks(placed.start, "2025-03-02")
    qtbot.keyClick(placed.start, Qt.Key.Key_Return)
    assert trade.filtering.window == span("2025-03-02", None)
    qtbot.waitUntil(lambda: days(placed) == (first + 1, last))
    placed.stop.setFocus()
    qtbot.keyClicks(placed.stop, "2025-03-02")
    qtbot.keyClick(placed.stop, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: days(placed) == (first + 1, first + 1))
    qtbot.mouseClick(placed.always_button, Qt.MouseButton.LeftButton)
    assert days(placed) == (first, last)
    assert trade.filtering.window is None
    assert placed.start.text() == placed.stop.text() == ""


def test_the_map_refuses_what_is_no_date(trade: Any, placed: Any, qtbot: Any) -> None:
    qtbot.keyClicks(placed.start, "soon")
    qtbot.keyClick(placed.start, Qt.Key.Key_Return)
    assert "soon" in placed.about.text()
    assert trade.filtering.window is None


def test_the_map_plays_with_the_timeline(trade: Any, placed: Any, qtbot: Any) -> None:
    """Both in sight: every step of the timeline's playing moves the map; the time stays while one of them is seen."""
    trade.docks.docks["map"].setFloating(True)
    timeline = shown(trade, "timeline", qtbot)
    qtbot.waitUntil(lambda: timeline.moments is not None and not timeline._later.isActive())
    timeline.play_button.setChecked(True)
    timeline._timer.stop()
    seen = []
    for _step in range(3):
        timeline.tick()
        qtbot.waitUntil(lambda: not timeline._soon.isActive())
        qtbot.waitUntil(lambda: placed._found[2] is not None and placed._within == trade.filtering.window)
        seen.append(placed.start.text())
    assert len(set(seen)) == 3
    timeline.play_button.setChecked(False)
    trade.docks.docks["timeline"].hide()
    qtbot.wait(1)
    assert trade.filtering.window is not None
    trade.docks.docks["map"].hide()
    qtbot.waitUntil(lambda: trade.filtering.window is None)


def test_the_timeline_follows_dates_set_on_the_map(trade: Any, placed: Any, qtbot: Any) -> None:
    trade.docks.docks["map"].setFloating(True)
    timeline = shown(trade, "timeline", qtbot)
    qtbot.waitUntil(lambda: timeline.moments is not None and not timeline._later.isActive())
    trade.filtering.see_through(span("2025-03-05", "2025-03-09"))
    assert timeline.outside.currentData() == "only"
    day = 86_400_000_000
    assert timeline.lanes.axis.last - timeline.lanes.axis.first == pytest.approx(5 * day, rel=0.01)
    qtbot.wait(200)
    assert trade.filtering.window == span("2025-03-05", "2025-03-09")


def test_what_is_dated_and_held_at_another_time_is_not_on_the_map() -> None:
    from ewglink.workspace.moments import Moments
    from ewglink.workspace.places_in_time import left_out

    ends = np.array([[1, 2], [2, 3], [4, 4]])
    starts, stops = np.array([10, 20, 30]), np.array([11, 21, 31])
    zeros = np.zeros(3, np.int32)
    moments = Moments(np.array([7, 8, 4]), zeros.astype(np.int8), zeros, (), starts, stops, zeros.astype(bool),
                      zeros.astype(np.int8), zeros.astype(np.int16), ends, {})
    assert left_out(moments, 0, 15).tolist() == [3, 4]
    assert left_out(moments, 20, 30).tolist() == [1]
    assert left_out(moments, 50, 60).tolist() == [1, 2, 3, 4]
