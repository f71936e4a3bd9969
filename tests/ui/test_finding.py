"""Finding in the window: paths and what is around, queries, source rows, patterns."""

from __future__ import annotations

from typing import Any

import pytest

from ewglink.ui.dialogs.query_builder import QueryBuilder
from ewglink.workspace.commands.queries import save_query


def lines(tree: Any) -> list[str]:
    return [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]


def ask(window: Any, what: str, items: list[int], qtbot: Any) -> Any:
    window.finding.ask_of(what, items)
    panel = window.docks.panels["paths"]
    qtbot.waitUntil(lambda: panel._task is None and panel._found is not None and panel._found.asked.what == what)
    return panel


def test_a_path_reads_as_a_sentence_and_shows_itself(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    panel = ask(window, "paths", [ids["Acme Recycling Ltd"], ids["Juan Pérez"]], qtbot)
    assert lines(panel.list) == [
        "3 steps · Acme Recycling Ltd ←director of 2021-03-01— Jane Doe —director of 2022-05-02→ Beta Métaux SA "
        "←director of 2023-06-03— Juan Pérez"]
    assert len(window.session.selection.items) == 7
    panel.list.expandItem(panel.list.topLevelItem(0))
    assert panel.list.topLevelItem(0).childCount() == 7
    panel.form.direction.setCurrentIndex(panel.form.direction.findData("with"))
    panel.find()
    qtbot.waitUntil(lambda: panel._task is None)
    assert lines(panel.list) == []
    assert "Nothing was found" in panel.about.text()


def test_around_and_between_several(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    panel = ask(window, "linked", [ids["Jane Doe"]], qtbot)
    assert sorted(lines(panel.list)) == ["Acme Recycling Ltd · 1 step", "Beta Métaux SA · 1 step"]
    panel = ask(window, "common", [ids["Acme Recycling Ltd"], ids["Beta Métaux SA"]], qtbot)
    assert lines(panel.list) == ["Jane Doe: —director of 2021-03-01→ Acme Recycling Ltd; "
                                 "—director of 2022-05-02→ Beta Métaux SA"]
    panel = ask(window, "connecting", [ids["Acme Recycling Ltd"], ids["Beta Métaux SA"], ids["Juan Pérez"]], qtbot)
    assert set(panel._found.items) == set(ids.values())
    assert len(panel._found.ways) == 3
    panel = ask(window, "cycles", [], qtbot)
    assert panel._found.ways == ()


def test_what_the_mouse_is_over_is_shown_but_not_selected(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    window.session.selection.set([ids["Juan Pérez"]])
    window.finding.point_at({ids["Jane Doe"]})
    assert window.session.selection.items == {ids["Juan Pérez"]}
    window.finding.point_at(None)


@pytest.fixture
def builder(window: Any, qtbot: Any) -> QueryBuilder:
    window.menus.trigger("find.query")
    made: QueryBuilder = window.finding._dialogs["query"]
    qtbot.waitUntil(lambda: made.isVisible())
    return made


def test_rows_and_text_say_the_same_and_count(builder: QueryBuilder, window: Any, ids: dict[str, int],
                                              qtbot: Any) -> None:
    row = builder.group.rows[0]
    row.key.setCurrentIndex(row.key.findData("type"))
    row.choice.choose(["person"])
    assert builder.text.text() == "type=person"
    qtbot.waitUntil(lambda: len(builder.found) == 2)
    builder.take("type=person AND linked(by=director_of, count>=2)")
    qtbot.waitUntil(lambda: builder.found == [ids["Jane Doe"]])
    assert builder.count.text() == "1 entity"
    assert len(builder.group.rows) == 2
    builder.group.how.setCurrentIndex(2)
    assert builder.text.text() == "NOT (type=person OR linked(by=director_of, count>=2))"
    qtbot.waitUntil(lambda: builder.found == [ids["Acme Recycling Ltd"]])
    builder.buttons["select"].click()
    assert window.session.selection.items == set(builder.found)
    builder.take("type=person AND")
    assert "cannot be read" in builder.count.text()
    assert not builder.buttons["select"].isEnabled()


@pytest.mark.parametrize("query", [
    "label~a", "date=2021..2022", "type=organization|person", "name!=*", "NOT (label^=x)", "grade>=C3",
    "linked(by=director_of, way=out, count=0, strength=tentative, from=2020, until=2021-02, to(label=x OR label=y))",
    "label=a|b AND (text~x OR linked(to(linked())))"])
def test_the_rows_keep_what_the_text_says(builder: QueryBuilder, query: str) -> None:
    from ewglink.workspace.conditions import written
    from ewglink.workspace.item_query import parse

    builder.take(query)
    assert written(builder.group.condition()) == written(parse(query))


def test_saved_queries_come_back(builder: QueryBuilder, window: Any, qtbot: Any) -> None:
    window.session.do(lambda found: save_query(found.case, "People", "type=person"))
    qtbot.waitUntil(lambda: builder.saved.findData("People") > 0)
    builder.saved.setCurrentIndex(builder.saved.findData("People"))
    builder.saved.activated.emit(builder.saved.currentIndex())
    assert builder.text.text() == "type=person"
    qtbot.waitUntil(lambda: len(builder.found) == 2)


def test_source_rows_are_found_and_select_their_items(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    window.finding.rows("second")
    dialog = window.finding._dialogs["rows"]
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    line = dialog.list.topLevelItem(0)
    assert (line.text(0), line.text(1)) == ("directors.csv", "3")
    dialog.list.setCurrentItem(line)
    assert {ids["Jane Doe"], ids["Beta Métaux SA"]} <= window.session.selection.items


def test_a_drawn_pattern_is_found_saved_and_drawn_again(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    from PySide6.QtCore import QPoint, Qt

    window.menus.trigger("find.pattern")
    dialog = window.finding._dialogs["pattern"]
    canvas = dialog.canvas
    for x, y in ((80, 80), (260, 90)):
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    dialog.form.types.choose(["organization"])
    assert canvas.drawing.nodes[1].types == ("organization",)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(80, 80))
    qtbot.mouseMove(canvas, QPoint(200, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, QPoint(260, 90))
    assert len(canvas.drawing.links) == 1
    dialog.form.directed.setChecked(True)
    dialog.form.link_types.choose(["director_of"])
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(80, 80))
    dialog.form.where.setText("label~jane")
    dialog.find()
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    assert sorted(dialog.list.item(at).text() for at in range(2)) == [
        "Jane Doe —director of 2021-03-01→ Acme Recycling Ltd", "Jane Doe —director of 2022-05-02→ Beta Métaux SA"]
    dialog.list.item(0).setSelected(True)
    assert ids["Jane Doe"] in window.session.selection.items
    from ewglink.ui.dialogs.pattern_form import drawing_of, pattern_of
    from ewglink.workspace.pattern_search import Pattern

    pattern = pattern_of(canvas.drawing)
    window.session.do(lambda found: save_query(found.case, "Jane directs", pattern=pattern.to_json()))
    qtbot.waitUntil(lambda: dialog.saved.findData("Jane directs") > 0)
    canvas.show_drawing(drawing_of(Pattern()))
    dialog.saved.setCurrentIndex(dialog.saved.findData("Jane directs"))
    dialog.saved.activated.emit(dialog.saved.currentIndex())
    assert pattern_of(canvas.drawing) == pattern
    qtbot.keyClick(canvas, Qt.Key.Key_Insert)
    qtbot.keyClick(canvas, Qt.Key.Key_L)
    assert (len(canvas.drawing.nodes), len(canvas.drawing.links)) == (3, 2)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(canvas.drawing.links) == 1


def test_the_order_of_links_in_time_survives_drawing() -> None:
    from ewglink.ui.dialogs.pattern_form import drawing_of, pattern_of
    from ewglink.workspace.pattern_search import Pattern, PatternLink, PatternNode

    ring = Pattern((PatternNode(), PatternNode(), PatternNode()),
                   tuple(PatternLink(a, b, directed=True) for a, b in ((0, 1), (1, 2), (2, 0))), ((0, 1), (1, 2)))
    assert pattern_of(drawing_of(ring)) == ring


def test_cycles_are_found_as_they_go_round(window: Any, ids: dict[str, int], qtbot: Any) -> None:
    from ewglink.model.items import Direction
    from ewglink.workspace.commands.items import add_link

    ring = [ids["Acme Recycling Ltd"], ids["Beta Métaux SA"], ids["Juan Pérez"]]
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        window.session.do(lambda found, a=a, b=b: add_link(found.case, "paid", a, b, direction=Direction.FORWARD)[0])
    panel = ask(window, "cycles", [], qtbot)
    assert lines(panel.list) == [
        "2 steps · Beta Métaux SA —paid→ Juan Pérez —director of 2023-06-03→ Beta Métaux SA",
        "3 steps · Acme Recycling Ltd —paid→ Beta Métaux SA —paid→ Juan Pérez —paid→ Acme Recycling Ltd"]
    panel.form.take_items([ids["Jane Doe"]])
    panel.find()
    qtbot.waitUntil(lambda: panel._task is None)
    assert lines(panel.list) == []


def test_on_a_low_panel_what_was_found_is_scrolled_into_sight(window: Any, qtbot: Any, ids: Any) -> None:
    panel = window.docks.raise_("paths")
    window.docks.raise_("timeline")
    window.resize(1100, 640)
    names = sorted(ids.values())
    panel.between(names[0], names[1])
    qtbot.waitUntil(lambda: panel._task is None and panel.list.topLevelItemCount() > 0)
    area = panel.parentWidget().parentWidget()
    assert area.verticalScrollBar().maximum() > 0, "there is less room than the panel wants"
    top = panel.list.mapTo(area.viewport(), panel.list.rect().topLeft()).y()
    assert 0 <= top < area.viewport().height() - 60
