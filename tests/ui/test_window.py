"""The window on a case: tables, inspector, history, search, charts, themes and languages, all of one selection."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTreeWidget

from ewglink.text import set_language
from ewglink.ui.canvas.chart_view import ChartView
from ewglink.ui.dialogs.source_row import SourceRow


def cells(table: Any, column: int) -> list[str]:
    return [table.data(table.index(row, column)) for row in range(table.rowCount())]


def texts(tree: QTreeWidget) -> list[tuple[str, str]]:
    found = []

    def walk(line: Any) -> None:
        found.append((line.text(0), line.text(1)))
        for at in range(line.childCount()):
            walk(line.child(at))

    walk_all = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    for line in walk_all:
        walk(line)
    return found


def test_tables_list_the_case(window: Any, qtbot: Any) -> None:
    entities = window.docks.panels["entities"]
    assert sorted(cells(entities.model, 0)) == ["Acme Recycling Ltd", "Beta Métaux SA", "Jane Doe", "Juan Pérez"]
    links = window.docks.raise_("links")
    qtbot.waitUntil(lambda: links.model.rowCount() == 3)
    assert {cells(links.model, 0)[row] + " → " + cells(links.model, 2)[row] for row in range(3)} == {
        "Jane Doe → Acme Recycling Ltd", "Jane Doe → Beta Métaux SA", "Juan Pérez → Beta Métaux SA"}
    assert sorted(cells(links.model, 3)) == ["2021-03-01", "2022-05-02", "2023-06-03"]


def test_a_click_on_a_heading_sorts_up_then_down_then_not(window: Any, qtbot: Any) -> None:
    panel = window.docks.panels["entities"]
    as_read = cells(panel.model, 0)
    for expected in (sorted(as_read, key=str.casefold), sorted(as_read, key=str.casefold, reverse=True), as_read):
        panel.table.horizontalHeader().sectionClicked.emit(0)
        qtbot.waitUntil(lambda expected=expected: cells(panel.model, 0) == expected)


def test_the_filter_ignores_accents(window: Any, qtbot: Any) -> None:
    panel = window.docks.panels["entities"]
    panel.filter.setText("perez")
    qtbot.waitUntil(lambda: cells(panel.model, 0) == ["Juan Pérez"])
    assert panel.count.text() == "1 of 4"


def test_one_selection_for_table_and_chart(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    panel = window.docks.panels["entities"]
    row = cells(panel.model, 0).index("Jane Doe")
    panel.table.selectRow(row)
    assert window.session.selection.items == {ids["Jane Doe"]}
    view = window.charts.view()
    assert isinstance(view, ChartView)
    assert view.selection is window.session.selection
    window.session.selection.set([ids["Juan Pérez"]])
    chosen = [index.row() for index in panel.table.selectionModel().selectedRows()]
    assert [cells(panel.model, 0)[at] for at in chosen] == ["Juan Pérez"]


def test_the_inspector_shows_who_said_it_and_the_way_to_the_row(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    panel = window.docks.raise_("inspector")
    window.session.selection.set([ids["Beta Métaux SA"]])
    shown = texts(panel.tree)
    assert panel.title.text() == "Beta Métaux SA"
    assert ("Name", "Beta Métaux SA") in [(name, value.split("   ")[0]) for name, value in shown]
    assert any("directors.csv, row 3" in name for name, _value in shown)
    panel.show_source()
    (dialog,) = window.findChildren(SourceRow)
    assert "Beta Métaux SA" in dialog.raw.toPlainText()
    rows = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
    assert rows == ["Acme Recycling Ltd", "Beta Métaux SA", "Beta Métaux SA"]
    hashes = [label.text().split()[-1] for label in dialog.findChildren(QLabel) if "SHA-256" in label.text()]
    assert [len(one) for one in hashes] == [64]
    dialog.close()


def test_where_statements_differ_the_analyst_chooses(window: Any, ids: dict[str, int]) -> None:
    panel = window.docks.raise_("inspector")
    window.session.selection.set([ids["Beta Métaux SA"]])
    note = next(line for line in _lines(panel.tree) if line.text(0) == "Note")
    assert "third" in note.text(1)
    assert "they differ" in note.text(1)
    second = next(note.child(at) for at in range(note.childCount()) if note.child(at).text(1) == "second")
    panel.tree.setCurrentItem(second)
    panel.choose_button.click()
    note = next(line for line in _lines(panel.tree) if line.text(0) == "Note")
    assert "second" in note.text(1)
    window.menus.trigger("edit.undo")
    note = next(line for line in _lines(panel.tree) if line.text(0) == "Note")
    assert "third" in note.text(1)


def _lines(tree: QTreeWidget) -> list[Any]:
    return [top.child(at) for number in range(tree.topLevelItemCount()) for top in [tree.topLevelItem(number)]
            for at in range(top.childCount())]


def test_history_goes_back_and_forward(window: Any) -> None:
    panel = window.docks.raise_("history")
    steps = list(window.session.case.stacks().undo)
    panel.go_to(steps[0])
    assert list(window.session.case.stacks().undo) == steps[:1]
    assert window.session.case.charts.listed() == []
    assert window.charts.current() is None
    panel.go_to(steps[-1])
    assert list(window.session.case.stacks().undo) == steps
    assert len(window.charts.placed().entity_ids) == 4


def test_search_as_you_type_and_enter_goes_there(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    box = window.search
    box.begin()
    qtbot.keyClicks(box, "metau")
    qtbot.waitUntil(lambda: [hit.label for hit in box.hits] == ["Beta Métaux SA"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.session.selection.items == {ids["Beta Métaux SA"]}


def test_search_says_where_it_found(window: Any, qtbot: Any) -> None:
    box = window.search
    box.begin()
    qtbot.keyClicks(box, "third")
    qtbot.waitUntil(lambda: len(box.hits) == 1)
    assert (box.hits[0].field, box.hits[0].excerpt) == ("note", "third")


def test_the_status_bar_is_asked_of_the_case(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    window.session.selection.set(ids.values())
    qtbot.waitUntil(lambda: "4 selected of 4 entities  ·  3 links" in window.status.about.text())
    window.menus.trigger("chart.hide")
    window.status.look()
    assert "4 hidden" in window.status.about.text()
    window.menus.trigger("edit.undo")
    window.status.look()
    assert "hidden" not in window.status.about.text()


def test_pin_hide_take_off_are_steps(window: Any, ids: dict[str, int]) -> None:
    window.session.selection.set([ids["Jane Doe"]])
    before = len(window.session.case.stacks().undo)
    for action in ("chart.pin", "chart.hide_others", "chart.take_off"):
        window.menus.trigger(action)
    assert len(window.session.case.stacks().undo) == before + 3
    assert ids["Jane Doe"] not in window.charts.placed().entity_ids.tolist()
    for _step in range(3):
        window.menus.trigger("edit.undo")
    assert len(window.charts.placed().entity_ids) == 4
    assert not window.charts.placed().flags.any()


def test_an_entity_and_a_link_by_hand(window: Any, ids: dict[str, int]) -> None:
    item = window.editing.new_entity("person", "Nobody", (100.0, 50.0))
    content = window.charts.placed()
    assert content.xy[content.entity_ids.tolist().index(item)].tolist() == [100.0, 50.0]
    window.menus.trigger("edit.undo")
    assert window.session.case.items.refs([item]) == {}


def test_growing_the_selection(window: Any, ids: dict[str, int]) -> None:
    window.session.selection.set([ids["Juan Pérez"]])
    window.menus.trigger("select.grow")
    assert window.session.selection.items == {ids["Juan Pérez"], ids["Beta Métaux SA"]}
    window.menus.trigger("select.connected")
    assert window.session.selection.items == set(ids.values())


def test_a_measure_and_paths(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    window.docks.measure("degree")
    panel = window.docks.panels["analysis"]
    qtbot.waitUntil(lambda: panel.sheet is not None)
    top = {row[0]: row[1] for row in panel.sheet.tables[0].rows}
    assert top == {"Jane Doe": 2, "Beta Métaux SA": 2, "Acme Recycling Ltd": 1, "Juan Pérez": 1}
    panel.tabs.widget(0).view.selectRow(3)
    assert len(window.session.selection.items) == 1
    window.session.selection.set([ids["Acme Recycling Ltd"], ids["Juan Pérez"]])
    window.docks.find_paths()
    paths = window.docks.panels["paths"]
    qtbot.waitUntil(lambda: paths.list.topLevelItemCount() == 1)
    assert "3 steps" in paths.list.topLevelItem(0).text(0)
    assert len(window.session.selection.items) == 4 + 3


@pytest.mark.parametrize("layout", ["circle", "force"])
def test_a_layout_is_one_step_and_keeps_what_is_pinned(
    window: Any, ids: dict[str, int], qtbot: Any, layout: str
) -> None:
    from ewglink.workspace.commands.charts import move

    window.session.do(lambda found: move(found.case, 1, list(ids.values()), [[0, 0], [1000, 0], [0, 10], [5, 900]]))
    window.session.selection.set([ids["Jane Doe"]])
    window.menus.trigger("chart.pin")
    window.session.selection.clear()
    before = window.charts.placed().xy.copy()
    steps = len(window.session.case.stacks().undo)
    window.charts.lay_out(layout)
    qtbot.waitUntil(lambda: not window.charts.laying_out())
    after = window.charts.placed().xy
    row = window.charts.placed().entity_ids.tolist().index(ids["Jane Doe"])
    assert len(window.session.case.stacks().undo) == steps + 1
    assert (after[row] == before[row]).all()
    assert (after != before).any()
    window.menus.trigger("edit.undo")
    assert (window.charts.placed().xy == before).all()


def test_everything_shown_is_said_again_in_another_language(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    for name in ("links", "history", "inspector", "analysis", "paths", "entities"):
        window.docks.raise_(name)
    set_language("pseudo")
    window.session.language_changed.emit()
    QApplication.processEvents()
    headings = [window.docks.panels["entities"].model.headerData(at, Qt.Orientation.Horizontal) for at in range(5)]
    assert all(text.startswith("⟦") for text in headings)
    for name, dock in window.docks.docks.items():
        assert dock.windowTitle().startswith("⟦"), name
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    data = {"Directors", "Who directs", "", "EWGLink", "Degree", "root"}
    bare = set()
    for widget in window.findChildren(QAbstractButton):
        if widget.isVisibleTo(window) and widget.text() not in data and "⟦" not in widget.text():
            bare.add((type(widget).__name__, widget.objectName(), widget.text()))
    for line in window.findChildren(QLineEdit):
        if line.placeholderText() and "⟦" not in line.placeholderText():
            bare.add(("QLineEdit", line.objectName(), line.placeholderText()))
    languages = {"English", "Français", "Español"}
    assert {one for one in bare if one[2] not in languages and not one[2].isdigit()} == set()


def test_dark_and_light(window: Any) -> None:
    window.menus.trigger("view.theme_dark")
    assert QApplication.instance().palette().window().color().lightness() < 80
    assert window.session.settings.theme == "dark"
    window.menus.trigger("view.theme_light")
    assert QApplication.instance().palette().window().color().lightness() > 200


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_read_against_its_ground(name: str) -> None:
    from ewglink.drawing.style import argb, contrast
    from ewglink.ui.theme import colours

    shade = colours(name)
    pairs = ((shade.text, shade.window), (shade.text, shade.base), (shade.muted, shade.window),
             (shade.muted, shade.base), (shade.on_accent, shade.accent), (shade.warn, shade.warn_ground),
             (shade.error, shade.error_ground), (shade.accent, shade.base))
    for ink, ground in pairs:
        assert contrast(argb(ink), argb(ground)) >= 4.5, (ink, ground)


def test_a_refusal_is_one_sentence_in_the_window(empty_window: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "no.ewg"
    wrong.write_text("this is no case")
    assert not empty_window.session.open(wrong)
    assert empty_window.notice.isVisible()
    assert "no.ewg" in empty_window.notice.text.text()
    assert empty_window.session.workspace is None


def test_what_is_unexpected_is_told_and_logged(window: Any, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ZeroDivisionError("secret detail")

    assert window.session.attempt(fail) is None
    assert "ZeroDivisionError" in window.notice.text.text()
    assert "secret detail" in caplog.text


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root can write everywhere")
def test_a_case_that_cannot_be_written_opens_read_only(empty_window: Any, case: Path) -> None:
    case.chmod(0o444)
    assert empty_window.session.open(case)
    empty_window.menus.refresh()
    assert not empty_window.menus.q["edit.undo"].isEnabled()


def test_closing_the_case_goes_back_to_the_start(window: Any, case: Path) -> None:
    window.menus.trigger("file.close")
    assert window.pages.currentWidget() is window.start
    assert window.start.recent.count() == 1
    assert not Path(f"{case}-wal").exists()


def test_the_name_of_an_item_is_never_rich_text(window: Any, ids: dict[str, int]) -> None:
    window.editing.new_entity("person", "<img src='file:///etc/passwd'>", (0.0, 0.0))
    window.docks.raise_("inspector")
    title = window.docks.panels["inspector"].title
    assert title.textFormat() == Qt.TextFormat.PlainText
    assert title.text() == "<img src='file:///etc/passwd'>"


def test_all_that_takes_the_focus_has_a_name(window: Any) -> None:
    from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit

    nameless = [widget for kind in (QAbstractItemView, QComboBox, QLineEdit) for widget in window.findChildren(kind)
                if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.accessibleName()
                and not widget.objectName().startswith("qt_")]
    assert [(type(one).__name__, one.objectName()) for one in nameless] == []


def test_the_table_says_whether_identifiers_hold_and_reads_only_what_is_seen(
        window: Any, qtbot: Any, monkeypatch: Any, tmp_path: Path) -> None:
    from ewglink.model.progress import finish
    from ewglink.store import listing
    from ewglink.workspace.commands.importing import ImportRequest, import_files

    session, panel = window.session, window.docks.panels["entities"]
    source = tmp_path / "vessels.csv"
    source.write_text("Name,Number\nRight,9074729\nWrong,9074720\nOdd,IMO-12\n")
    spec = {"ewglink_spec": 1, "name": "v", "namespace": "case", "entities": {
        "v": {"type": "vessel", "key": "Name", "properties": {"name": "Name", "imo_ship": "Number"}}}, "links": []}
    finish(import_files(session.workspace, [ImportRequest(source, spec=spec)], in_process=True))
    panel.again()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 7)
    column = [one.key for one in panel.model.columns].index("valid")
    rows = {panel.model.index(at, 0).data(): panel.model.index(at, column) for at in range(7)}
    assert [rows[name].data() for name in ("Right", "Wrong", "Odd", "Jane Doe")] == [
        "✓", "✗ check digit wrong", "✗ form wrong", ""]
    across = Qt.Orientation.Horizontal
    assert panel.model.headerData(column, across, Qt.ItemDataRole.ToolTipRole) == "Whether identifiers are valid"
    assert "9074720 – The check digit does not agree" in rows["Wrong"].data(Qt.ItemDataRole.ToolTipRole)
    before = panel._order
    panel._sort_by(column)
    assert panel._order == before
    asked: list[int] = []
    usual = listing.entity_rows
    monkeypatch.setattr(listing, "entity_rows", lambda case, wanted: (asked.extend(wanted), usual(case, wanted))[1])
    panel.model.show_ids(panel.model.ids[::-1].tolist() * 1000,
                         lambda wanted: listing.entity_rows(session.case, wanted))
    assert panel.model.index(2, column).data() == "✓"
    assert len(asked) <= 200
    panel.again()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 7)
