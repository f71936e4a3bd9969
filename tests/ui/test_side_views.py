"""Filters, timeline, heat matrix and activity in the window: one selection for all, and nothing done while closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from ewglink.drawing.content import HIDDEN

PANELS = ("filters", "timeline", "heat_matrix", "activity")
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(window: Any, qtbot: Any) -> Callable[[str], Any]:
    """Opens a panel and waits until it shows what it was to count."""

    def opens(name: str) -> Any:
        panel = window.docks.raise_(name)
        qtbot.waitUntil(lambda: not (panel._task or panel._stale or panel._later.isActive()), timeout=10_000)
        return panel

    return opens


def labels(window: Any) -> dict[str, int]:
    return {ref.label: ref.id for ref in window.session.case.items.listed("entity")}


def seen(window: Any) -> set[str]:
    content = window.charts.placed()
    return {label for label, flags in zip(content.labels, content.flags, strict=True) if not flags & HIDDEN}


def test_closed_panels_are_not_made_and_ask_for_nothing(window: Any, qtbot: Any, monkeypatch: Any) -> None:
    assert not set(PANELS) & set(window.docks.panels)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    asked: list[str] = []
    usual = window.session.jobs.run
    monkeypatch.setattr(window.session.jobs, "run", lambda name, *a, **k: (asked.append(name.template), usual(
        name, *a, **k))[1])
    window.session.selection.set(labels(window).values())
    window.charts.view().zoom_by(1.2)
    window.charts.view().look_at(50, 50)
    qtbot.wait(400)
    assert asked == []


def test_a_panel_that_was_closed_again_asks_for_nothing(window: Any, qtbot: Any, opened: Any, monkeypatch: Any) -> None:
    from ewglink.workspace.commands.items import add_entity

    panel = opened("filters")
    window.docks.docks["filters"].hide()
    asked: list[Any] = []
    monkeypatch.setattr(panel, "job", lambda *a: asked.append(a))
    window.session.do(lambda found: add_entity(found.case, "person", "New", {})[0])
    qtbot.wait(400)
    assert asked == [] and panel._stale


def test_moving_things_counts_nothing_anew(window: Any, qtbot: Any, opened: Any, monkeypatch: Any) -> None:
    from ewglink.workspace.commands.charts import move

    panel = opened("timeline")
    asked: list[Any] = []
    monkeypatch.setattr(panel, "job", lambda *a: asked.append(a))
    window.session.do(lambda found: move(found.case, 1, [min(labels(window).values())], np.array([[900.0, 900.0]])))
    qtbot.wait(400)
    assert asked == []


def bar_named(panel: Any, words: str) -> QPoint:
    at = panel.bars._words.index(words)
    return QPoint(60, at * 22 + 11)


def test_a_row_selects_shift_adds_ctrl_toggles(window: Any, qtbot: Any, opened: Any) -> None:
    panel, known = opened("filters"), labels(window)
    people, firms = {known["Jane Doe"], known["Juan Pérez"]}, {known["Acme Recycling Ltd"], known["Beta Métaux SA"]}
    qtbot.mouseClick(panel.bars, _LEFT, pos=bar_named(panel, "Person"))
    assert window.session.selection.items == people
    qtbot.mouseClick(panel.bars, _LEFT, Qt.KeyboardModifier.ShiftModifier, bar_named(panel, "Organization"))
    assert window.session.selection.items == people | firms
    qtbot.mouseClick(panel.bars, _LEFT, Qt.KeyboardModifier.ControlModifier, bar_named(panel, "Person"))
    assert window.session.selection.items == firms
    window.session.selection.set({known["Jane Doe"]})
    assert panel.bars.words_of(panel.bars._words.index("Person")) == "Person: 2 (1 ●)"


def test_dragging_over_bars_and_keys_select_too(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("filters")
    qtbot.mousePress(panel.bars, _LEFT, pos=QPoint(60, 11))
    qtbot.mouseMove(panel.bars, QPoint(60, 30))
    panel.bars._dragged = (0, 1)
    qtbot.mouseRelease(panel.bars, _LEFT, pos=QPoint(60, 33))
    assert window.session.selection.items == set(labels(window).values())
    panel.bars.setFocus()
    qtbot.keyClick(panel.bars, Qt.Key.Key_Home)
    qtbot.keyClick(panel.bars, Qt.Key.Key_Space)
    assert len(window.session.selection.items) == 2
    assert panel.bars.accessibleDescription()


def test_filters_hide_on_the_chart_say_so_and_go_with_one_click(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("filters")
    qtbot.mouseClick(panel.bars, _LEFT, pos=bar_named(panel, "Person"))
    qtbot.mouseClick(panel.buttons["hide"], _LEFT)
    qtbot.waitUntil(lambda: seen(window) == {"Acme Recycling Ltd", "Beta Métaux SA"})
    qtbot.waitUntil(lambda: window.status.filter.isVisible())
    assert window.status.filter.text() == "filter ON: 2 entities, 3 links left out"
    assert window.charts.hidden_count() == 0
    assert not (window.session.case.charts.placements(1).flags & HIDDEN).any()
    assert panel.layers.list.count() == 1 and panel.layers.list.item(0).text() == "Hide: Type: Person"
    qtbot.mouseClick(window.status.filter, _LEFT)
    qtbot.waitUntil(lambda: len(seen(window)) == 4)
    qtbot.waitUntil(lambda: not window.status.filter.isVisible())
    assert panel.layers.list.item(0).checkState() == Qt.CheckState.Unchecked
    window.menus.trigger("edit.undo")
    qtbot.waitUntil(lambda: len(seen(window)) == 2)


def test_layers_are_switched_moved_and_taken_away(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("filters")
    for words, effect in (("Person", "grey"), ("Organization", "only")):
        qtbot.mouseClick(panel.bars, _LEFT, pos=bar_named(panel, words))
        panel.filter(effect)
    layers = panel.layers
    assert [layer.effect for layer in window.filtering.layers] == ["grey", "only"]
    layers.list.setCurrentRow(1)
    qtbot.keyClick(layers.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [layer.effect for layer in window.filtering.layers] == ["only", "grey"]
    layers.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert [layer.off for layer in window.filtering.layers] == [True, False]
    qtbot.keyClick(layers.list, Qt.Key.Key_Delete)
    assert [layer.effect for layer in window.filtering.layers] == ["grey"]


def test_keeping_only_several_bars_apart_hides_the_others(window: Any, opened: Any, qtbot: Any) -> None:
    panel = opened("filters")
    panel.choose("property:note")
    qtbot.waitUntil(lambda: panel._task is None and panel.histogram.column.facet.what == "property:note")
    words = panel.bars._words
    panel.bars.picked = frozenset({words.index("first"), words.index("not stated")})
    panel.filter("only")
    qtbot.waitUntil(lambda: "Beta Métaux SA" not in seen(window))
    assert seen(window) == {"Acme Recycling Ltd", "Jane Doe", "Juan Pérez"}


def wheel(widget: Any, at: QPointF, turn: int, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    widget.wheelEvent(QWheelEvent(at, widget.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                                  modifiers, Qt.ScrollPhase.NoScrollPhase, False))


def test_the_wheel_zooms_time_about_the_mouse_and_shift_pans(opened: Any) -> None:
    lanes = opened("timeline").lanes
    at = QPointF(lanes.axis.left + lanes.axis.width / 3, 60)
    before, long = lanes.axis.moment(at.x()), lanes.axis.last - lanes.axis.first
    wheel(lanes, at, 240)
    assert lanes.axis.last - lanes.axis.first < long
    assert abs(lanes.axis.moment(at.x()) - before) <= lanes.axis.each + 1
    long = lanes.axis.last - lanes.axis.first
    wheel(lanes, at, 120, Qt.KeyboardModifier.ShiftModifier)
    assert lanes.axis.last - lanes.axis.first == long and lanes.axis.moment(at.x()) != before


def test_the_timeline_selects_what_the_chart_selects_and_back(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("timeline")
    assert panel.moments is not None and len(panel.moments) == 3
    window.session.selection.set({int(panel.moments.items[0])})
    assert panel.lanes.chosen.tolist() == [True, False, False] and panel.selection_button.isEnabled()
    panel.show_selection()
    assert panel.lanes.axis.first < panel.moments.starts[0] < panel.lanes.axis.last < panel.moments.starts[1]
    panel.show_all()
    qtbot.mouseClick(panel.lanes, _LEFT, pos=QPoint(20, int(panel.lanes.top_of(0)) + 10))
    assert window.session.selection.items == set(panel.moments.items.tolist())
    assert "3 items" in panel.lanes.words_of(np.arange(3)) and "Jane Doe" in panel.lanes.words_of(np.array([0]))


def test_the_chart_is_seen_through_the_window_and_whole_when_the_panel_is_closed(
    window: Any, qtbot: Any, opened: Any
) -> None:
    panel = opened("timeline")
    panel.outside.setCurrentIndex(panel.outside.findData("only"))
    panel.lanes.look_at(int(panel.moments.starts[0]) - 1, int(panel.moments.starts[0]) + 86_400_000_000)
    qtbot.waitUntil(lambda: seen(window) == {"Acme Recycling Ltd", "Jane Doe"})
    assert window.session.workspace.can_undo is None or "Filter" not in str(window.session.workspace.can_undo)
    qtbot.waitUntil(lambda: window.status.filter.isVisible())
    window.docks.docks["timeline"].hide()
    qtbot.waitUntil(lambda: len(seen(window)) == 4)
    assert window.filtering.window is None


def test_dimmed_is_grey_and_kept_windows_are_filters(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("timeline")
    panel.outside.setCurrentIndex(panel.outside.findData("dim"))
    panel.lanes.look_at(int(panel.moments.starts[0]) - 1, int(panel.moments.starts[0]) + 86_400_000_000)
    qtbot.waitUntil(lambda: window.charts.filtered() is not None and window.charts.filtered().greyed > 0)
    assert len(seen(window)) == 4
    panel.keep_button.click()
    qtbot.waitUntil(lambda: len(window.filtering.layers) == 1)
    assert window.filtering.window is None and window.filtering.layers[0].on == "time"


def test_playing_slides_the_window_to_the_end_and_stops(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("timeline")
    panel.play_button.setChecked(True)
    assert panel.outside.currentData() == "only" and panel._timer.isActive()
    first = panel.lanes.axis.first
    panel.tick()
    assert panel.lanes.axis.first > first
    for _step in range(2000):
        if not panel.play_button.isChecked():
            break
        panel.tick()
    assert not panel.play_button.isChecked() and not panel._timer.isActive()
    panel.loop.setChecked(True)
    panel.tick()
    assert panel.lanes.axis.first == panel.moments.range()[0]


def test_the_overview_has_edges_that_can_be_dragged(window: Any, qtbot: Any, opened: Any) -> None:
    panel = opened("timeline")
    overview = panel.overview
    left, right = overview.frame
    x = int(overview._box().right())
    overview._held = ("right", float(x))
    qtbot.mouseMove(overview, QPoint(x - 200, 20))
    overview._move(left, right - 100 * 86_400_000_000)
    overview._held = None
    assert panel.lanes.axis.last == right - 100 * 86_400_000_000 and panel.lanes.axis.first == left
    overview.setFocus()
    qtbot.keyClick(overview, Qt.Key.Key_Right)
    assert panel.lanes.axis.first > left


def test_cells_of_the_matrix_select_and_can_be_copied(window: Any, qtbot: Any, opened: Any) -> None:
    from PySide6.QtWidgets import QApplication

    panel = opened("heat_matrix")
    panel.kind.setCurrentIndex(panel.kind.findData("month_year"))
    assert panel.grid.counts.sum() == 3 and panel.grid.rows == ["2021", "2022", "2023"]
    at = panel.grid.cell(0, 2).center().toPoint()
    qtbot.mouseClick(panel.grid, _LEFT, pos=at)
    assert len(window.session.selection.items) == 1 and panel.grid.shares[0, 2] == 1
    panel.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[1].split("\t") == ["2021", "0", "0", "1", *["0"] * 9]
    panel.kind.setCurrentIndex(panel.kind.findData("pairs"))
    assert panel.grid.counts.sum() == 6 and "Jane Doe" in panel.grid.rows
    qtbot.keyClick(panel.grid, Qt.Key.Key_Right)
    assert panel.grid.current == (0, 1) and panel.grid.accessibleDescription()


def test_the_matrix_is_written_beside_the_window(window: Any, opened: Any, tmp_path: Path, qtbot: Any) -> None:
    """Nothing is written before the window has its turn again; then the file is whole."""
    from openpyxl import load_workbook

    panel, path = opened("heat_matrix"), tmp_path / "matrix.xlsx"
    panel.kind.setCurrentIndex(panel.kind.findData("month_year"))
    threads = []
    window.session.told.connect(lambda *_said: threads.append(path.exists()))
    panel.save(path)
    assert threads == []
    qtbot.waitUntil(lambda: threads == [True])
    cells = {str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"2021", "2022", "2023"} <= cells


def test_activity_rows_select_sort_and_follow(window: Any, opened: Any) -> None:
    panel, known = opened("activity"), labels(window)
    model = panel.model
    assert model.rowCount() == 4 and {model.item(0), model.item(1)} == {known["Jane Doe"], known["Beta Métaux SA"]}
    panel.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [model.index(row, 0).data() for row in range(4)] == sorted(known)
    panel.table.selectRow(2)
    assert window.session.selection.items == {known["Jane Doe"]}
    window.session.selection.set({known["Juan Pérez"]})
    assert [index.row() for index in panel.table.selectionModel().selectedRows()] == [3]


@pytest.mark.parametrize("name", PANELS)
def test_panels_speak_other_languages_and_outlive_the_case(window: Any, opened: Any, qtbot: Any, name: str) -> None:
    from ewglink.text import set_language

    panel = opened(name)
    try:
        window.session.speak("pseudo") if hasattr(window.session, "speak") else set_language("pseudo")
        qtbot.waitUntil(lambda: panel._task is None and not panel._stale)
        assert window.docks.docks[name].windowTitle().startswith("⟦")
        assert panel.scope.currentText().startswith("⟦")
    finally:
        window.session.speak("en")
    assert window.session.close()
    assert panel._task is None
