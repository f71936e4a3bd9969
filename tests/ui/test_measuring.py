"""Measures in the window: a table that sorts, a histogram that selects, size and colour on the chart, a workbook."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from ewglink.drawing.appearance.rule import rules_of


@pytest.fixture
def panel(window: Any, qtbot: Any) -> Any:
    """The panel, once degrees are measured."""
    window.docks.measure("degree")
    found = window.docks.panels["analysis"]
    qtbot.waitUntil(lambda: found.sheet is not None)
    return found


def again(panel: Any, qtbot: Any) -> Any:
    before = panel.sheet
    panel.run()
    qtbot.waitUntil(lambda: panel.sheet is not before and panel._task is None)
    return panel.sheet


def test_the_table_sorts_and_selects(window: Any, panel: Any) -> None:
    view = panel.tabs.widget(0).view
    assert view.answer.table.headings == ("Entity", "Degree", "Type")
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [view.answer.index(row, 0).data() for row in range(4)]
    assert names == sorted(names)
    view.selectRow(0)
    assert window.session.selection.items == set(view.answer.items(0))


def test_figures_are_in_sight_beside_long_names(panel: Any, qtbot: Any) -> None:
    from ewglink.drawing.answers import AnswerTable
    from ewglink.ui.widgets.answer_table import AnswerTableView

    view = AnswerTableView(AnswerTable("t", "T", ("Entity", "Degree", "Type"), (("A very long name " * 4, 12, "X"),)),
                           panel.session.selection)
    qtbot.addWidget(view)
    view.resize(300, 120)
    view.show()
    assert view.columnViewportPosition(1) + view.columnWidth(1) <= view.viewport().width()


def test_the_projection_is_said_with_the_answer(panel: Any, qtbot: Any) -> None:
    assert "4 entities, 3 links" in panel.about.text()
    panel.links.setCurrentIndex(panel.links.findData("without"))
    again(panel, qtbot)
    assert "strengths: Confirmed, Unconfirmed" in panel.about.text()
    panel.links.setCurrentIndex(panel.links.findData("compare"))
    sheet = again(panel, qtbot)
    assert sheet.tables[0].headings[2:6] == ("Without tentative links", "Place", "Place without", "Places up")
    assert [row[5] for row in sheet.tables[0].rows] == [0, 0, 0, 0]
    assert "Kendall" in panel.about.text()
    assert panel.bars.isHidden()


def test_a_bar_selects_its_entities_and_shows_what_is_selected(window: Any, panel: Any, qtbot: Any) -> None:
    assert panel.histogram.counts.tolist() == [2, 2]
    middle = panel.bars._cell(1).center()
    qtbot.mouseClick(panel.bars, Qt.MouseButton.LeftButton, pos=QPoint(round(middle.x()), round(middle.y())))
    names = window.session.case.items.labels(window.session.selection.items)
    assert set(names.values()) == {"Jane Doe", "Beta Métaux SA"}
    assert panel.bars._shares.tolist() == [0, 2]


def test_size_and_colour_come_to_the_chart_and_go_again(window: Any, panel: Any, qtbot: Any) -> None:
    def rules() -> list[tuple[str, str]]:
        return [(rule.change, rule.by) for rule in rules_of(window.session.case.charts.get(1).settings)]

    qtbot.mouseClick(panel.size_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.colour_button, Qt.MouseButton.LeftButton)
    assert rules() == [("size", "measure:degree"), ("colour", "measure:degree")]
    window.menus.trigger("edit.undo")
    window.menus.trigger("edit.undo")
    assert rules() == []


def test_groups_list_themselves_and_their_members(window: Any, panel: Any, qtbot: Any) -> None:
    before = panel.sheet
    window.docks.measure("components")
    qtbot.waitUntil(lambda: panel.sheet is not before)
    groups, members = panel.sheet.tables
    assert groups.rows[0][:2] == (1, 4)
    assert len(members.rows) == 4
    panel.tabs.widget(0).view.selectRow(0)
    assert len(window.session.selection.items) == 4
    assert not panel.size_button.isEnabled()
    assert not panel.links.model().item(panel.links.findData("compare")).isEnabled()


def test_the_answer_is_written_with_what_was_asked(window: Any, panel: Any, qtbot: Any, monkeypatch: Any,
                                                   tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "degree"), "Excel (*.xlsx)"))
    qtbot.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    sheets = load_workbook(tmp_path / "degree.xlsx").worksheets
    cells = {cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Jane Doe", "Beta Métaux SA", 2, 1, "4 entities, 3 links"} <= cells


def test_labels_are_read_beside_the_window(window: Any, panel: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.workspace import measure_sheet

    threads: list[Any] = []
    usual = measure_sheet._Words.of
    monkeypatch.setattr(measure_sheet._Words, "of",
                        lambda *a: (threads.append(threading.current_thread()), usual(*a))[1])
    again(panel, qtbot)
    assert threads
    assert threading.main_thread() not in threads


def test_a_projection_is_declared_in_a_dialog_kept_and_printed(window: Any, panel: Any, qtbot: Any, monkeypatch: Any,
                                                               tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from PySide6.QtWidgets import QFileDialog

    from ewglink.ui.dialogs.projection import ProjectionDialog

    def declare(dialog: Any) -> int:
        dialog.end.setText("2022")
        dialog.undated.setChecked(False)
        dialog.directed.setChecked(True)
        dialog.weights.setCurrentIndex(dialog.weights.findData("count"))
        return 1

    monkeypatch.setattr(ProjectionDialog, "exec", declare)
    assert panel.declare_button.text() == "Everything…"
    qtbot.mouseClick(panel.declare_button, Qt.MouseButton.LeftButton)
    for _turn in range(2):
        sheet = again(panel, qtbot)
        said = ("Projection: all types of entity; all types of link; dates: … to 2022; dated links only; arrows count; "
                "weight: number of links")
        assert said in panel.about.text().split("\n")
        assert "4 entities, 2 links" in panel.about.text()
        assert "1 of other dates" in panel.about.text()
        assert {row[0]: row[1] for row in sheet.tables[0].rows}["Juan Pérez"] == 0
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "degree"), "Excel (*.xlsx)"))
    qtbot.mouseClick(panel.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    cells = {cell for one in load_workbook(tmp_path / "degree.xlsx").worksheets
             for row in one.iter_rows(values_only=True) for cell in row}
    assert said in cells


def test_a_date_that_is_none_is_told(panel: Any, qtbot: Any) -> None:
    from ewglink.graph.declared import Declaration
    from ewglink.ui.dialogs.projection import ProjectionDialog

    dialog = ProjectionDialog(panel.session.workspace, Declaration(types=("person",), min_grade="B3"), panel)
    assert dialog.declared() == Declaration(types=("person",), min_grade="B3")
    dialog.end.setText("last week")
    assert not dialog.ok.isEnabled()
    assert "last week" in dialog.wrong.text()
    dialog.everything()
    assert dialog.ok.isEnabled()
    assert dialog.declared() == Declaration()
    dialog.deleteLater()


def test_tables_and_declared_measures_come_to_the_chart_as_they_are(window: Any, panel: Any, qtbot: Any) -> None:
    from ewglink.graph.declared import Declaration

    def rule() -> Any:
        return rules_of(window.session.case.charts.get(1).settings)[-1]

    names = {"ego": "Ego networks: Neighbours", "fragmentation": "Key players: fragmentation: Added",
             "reach": "Key players: reach: Added"}
    for key, name in names.items():
        before = panel.sheet
        window.docks.measure(key)
        qtbot.waitUntil(lambda before=before: panel.sheet is not before)
        assert panel.sheet.tables[0].rows
        assert panel.size_button.isEnabled()
        qtbot.mouseClick(panel.colour_button, Qt.MouseButton.LeftButton)
        assert rule().by == "stated"
        assert rule().name == name
    before = panel.sheet
    window.docks.measure("degree")
    qtbot.waitUntil(lambda: panel.sheet is not before)
    panel.declare(Declaration(end="2021", undated=False))
    again(panel, qtbot)
    qtbot.mouseClick(panel.size_button, Qt.MouseButton.LeftButton)
    ids = {ref.label: ref.id for ref in window.session.case.items.listed("entity")}
    assert (rule().change, rule().name) == ("size", "Degree (dates: … to 2021; dated links only)")
    assert rule().table == {str(ids["Juan Pérez"]): 0, str(ids["Beta Métaux SA"]): 0, str(ids["Jane Doe"]): 1,
                            str(ids["Acme Recycling Ltd"]): 1}
    from ewglink.workspace.chart_content import chart_content

    workspace = window.session.workspace
    content = chart_content(workspace.case, workspace.schema, workspace.projection, 1)
    sizes = {content.labels[row]: style["size"] for row, style in content.styles.items()}
    assert sizes == {"Jane Doe": 3.0, "Acme Recycling Ltd": 3.0, "Juan Pérez": 0.7, "Beta Métaux SA": 0.7}


def test_a_sampled_measure_states_its_error(window: Any, panel: Any, qtbot: Any) -> None:
    panel.choose("betweenness")
    panel.form.findChild(object, "sources").setValue(2)
    sheet = again(panel, qtbot)
    assert "Standard error" in sheet.tables[0].headings
