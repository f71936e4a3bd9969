"""Questions beside the window: they can be stopped in the middle, saved, and put to a filter that is changed later."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from ewglink.drawing.appearance.rule import Condition
from ewglink.drawing.content import HIDDEN
from ewglink.graph import adjacency
from ewglink.model.progress import Stopped, breathe, stop_when
from ewglink.ui.dialogs.filter_layer import FilterLayerDialog
from ewglink.workspace.filtering import Layer, layers_of

WHATS = ("paths", "connecting", "linked")


@pytest.fixture
def ids(window: Any) -> dict[str, int]:
    return {ref.label: ref.id for ref in window.session.case.items.listed("entity")}


def seen(window: Any) -> set[str]:
    content = window.charts.placed()
    return {label for label, flags in zip(content.labels, content.flags, strict=True) if not flags & HIDDEN}


def facts(window: Any) -> list[Any]:
    """What the case says, not how it is drawn."""
    with window.session.case.reading() as connection:
        return [connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
                for table in ("item", "link", "statement", "choice", "merge", "placement")]


# stopping


def test_a_step_ends_in_its_middle_once_it_is_not_wanted() -> None:
    found = []

    def work() -> None:
        wanted = iter((False, False, True))
        stop_when(lambda: next(wanted))
        try:
            for n in range(10):
                breathe()
                found.append(n)
        except Stopped:
            found.append(-1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [0, 1, -1]
    breathe()


@pytest.mark.parametrize("what", WHATS)
def test_a_search_is_stopped_while_it_runs(window: Any, ids: dict[str, int], qtbot: Any, monkeypatch: Any,
                                           what: str) -> None:
    """The search is held in the middle of its walk; Stop is clicked; it ends there and says so."""
    import ewglink.graph.neighbourhood as near
    import ewglink.graph.ways as ways
    from ewglink.graph.network import Network

    inside, go_on = threading.Event(), threading.Event()

    def held(*_args: Any, **_named: Any) -> None:
        inside.set()
        go_on.wait(10)
        breathe()
        raise AssertionError("it went on")

    monkeypatch.setattr(ways, "_next", held)
    monkeypatch.setattr(adjacency.Adjacency, "distances", held)
    monkeypatch.setattr(near._Search, "grow", held)
    monkeypatch.setattr(Network, "links_between", held)
    window.session.selection.set([ids["Jane Doe"], ids["Acme Recycling Ltd"], ids["Juan Pérez"]])
    window.finding.ask(what)
    panel = window.docks.panels["paths"]
    qtbot.waitUntil(inside.is_set)
    assert not panel.stop_button.isHidden()
    qtbot.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    go_on.set()
    qtbot.waitUntil(lambda: panel._task is None)
    assert "Stopped" in panel.about.text()
    assert panel.list.topLevelItemCount() == 0
    assert panel.find_button.isEnabled()


def test_a_search_for_a_pattern_is_stopped_while_it_runs(window: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.workspace import pattern_search
    from ewglink.workspace.pattern_matching import Matcher

    window.menus.trigger("find.pattern")
    dialog = window.finding._dialogs["pattern"]
    dialog.canvas.add()
    counted: list[int] = []

    def endless(_self: Matcher) -> Any:
        while True:
            counted.append(1)
            yield 0.0, None

    monkeypatch.setattr(pattern_search.Matcher, "found", endless)
    dialog.find()
    qtbot.waitUntil(lambda: len(counted) > 3)
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._task is None)
    assert dialog.find_button.isEnabled()


def test_neighbours_are_looked_for_off_the_window_s_thread(window: Any, ids: dict[str, int], qtbot: Any,
                                                          monkeypatch: Any) -> None:
    from ewglink.workspace import expanding

    threads: list[Any] = []
    usual = expanding.near
    monkeypatch.setattr(expanding, "near", lambda *a: (threads.append(threading.current_thread()), usual(*a))[1])
    made = window.charts.make_chart("Small", [ids["Jane Doe"]])
    assert made is not None
    qtbot.waitUntil(lambda: seen(window) == {"Jane Doe"})
    window.session.selection.set([ids["Jane Doe"]])
    window.editing.expand()
    qtbot.waitUntil(lambda: seen(window) == {"Jane Doe", "Acme Recycling Ltd", "Beta Métaux SA"})
    assert threads
    assert threading.main_thread() not in threads


def test_neighbours_found_for_another_chart_stay_away(window: Any, ids: dict[str, int], qtbot: Any,
                                                      monkeypatch: Any) -> None:
    from ewglink.workspace import expanding

    go_on = threading.Event()
    usual = expanding.near
    monkeypatch.setattr(expanding, "near", lambda *a: (go_on.wait(10), usual(*a))[1])
    first = window.charts.make_chart("Small", [ids["Jane Doe"]])
    window.session.selection.set([ids["Jane Doe"]])
    window.editing.expand()
    second = window.charts.make_chart("Other", [ids["Juan Pérez"]])
    go_on.set()
    qtbot.waitUntil(lambda: not window.session.jobs.tasks)
    for chart, who in ((first, "Jane Doe"), (second, "Juan Pérez")):
        assert window.session.case.charts.placements(chart).items.tolist() == [ids[who]]


@pytest.mark.parametrize("what", ["paths", "linked", "cycles"])
def test_answers_are_put_in_words_off_the_window_s_thread(window: Any, ids: dict[str, int], qtbot: Any,
                                                         monkeypatch: Any, what: str) -> None:
    from ewglink.workspace.way_sentences import Sentences

    threads: list[Any] = []
    usual = Sentences.__init__
    monkeypatch.setattr(Sentences, "__init__",
                        lambda *a: (threads.append(threading.current_thread()), usual(*a))[1])
    window.session.selection.set([ids["Jane Doe"], ids["Acme Recycling Ltd"]] if what == "paths" else [ids["Jane Doe"]])
    window.finding.ask(what)
    panel = window.docks.panels["paths"]
    qtbot.waitUntil(lambda: panel._task is None and panel._found is not None)
    assert panel.list.topLevelItemCount() == (0 if what == "cycles" else 1 if what == "paths" else 2)
    assert threads
    assert threading.main_thread() not in threads


# what is saved


def test_the_list_of_the_saved_keeps_queries_and_patterns_apart(window: Any, qtbot: Any, monkeypatch: Any) -> None:
    from ewglink.ui.dialogs import saved_list

    window.menus.trigger("find.query")
    window.menus.trigger("find.pattern")
    query, pattern = window.finding._dialogs["query"], window.finding._dialogs["pattern"]
    query.take("type=person")
    pattern.canvas.add()
    names = iter(("People", "One of anything"))
    monkeypatch.setattr(saved_list, "ask_text", lambda *_a: next(names))
    for dialog in (query, pattern):
        assert not dialog.saved_list.delete_button.isEnabled()
        qtbot.mouseClick(dialog.saved_list.save_button, Qt.MouseButton.LeftButton)
    assert query.saved_list.name == "People"
    assert pattern.saved_list.name == "One of anything"
    assert (query.saved.count(), pattern.saved.count()) == (2, 2)
    for dialog in (query, pattern):
        qtbot.mouseClick(dialog.saved_list.delete_button, Qt.MouseButton.LeftButton)
        assert dialog.saved.count() == 1
        assert not dialog.saved_list.delete_button.isEnabled()
    assert query.text.text() == "type=person"


# filters that are changed


def edited(qtbot: Any, change: Any) -> None:
    """Answers the next dialog of a filter: `change(dialog)`, then OK."""
    from PySide6.QtCore import QTimer

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FilterLayerDialog)
        change(dialog)
        qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, answer)


@pytest.fixture
def filters(window: Any, qtbot: Any) -> Any:
    panel = window.docks.raise_("filters")
    qtbot.waitUntil(lambda: not (panel._task or panel._stale or panel._later.isActive()))
    window.filtering.add(Layer("entities", (Condition("type", "in", ["person"]),), "hide"))
    qtbot.waitUntil(lambda: panel.layers.list.count() == 1)
    qtbot.waitUntil(lambda: seen(window) == {"Acme Recycling Ltd", "Beta Métaux SA"})
    return panel


def test_the_conditions_of_a_filter_are_changed_in_its_place(window: Any, filters: Any, qtbot: Any) -> None:
    window.filtering.add(Layer("links", (Condition("strength", "in", ["tentative"]),), "grey"))
    before = facts(window)
    filters.layers.list.setCurrentRow(0)

    def change(dialog: FilterLayerDialog) -> None:
        row = dialog.conditions.rows[0]
        assert row.value.text() == "Person"
        row.value.setText("Organization")
        dialog.name.setText("No firms")

    edited(qtbot, change)
    QTest.keyClick(filters.layers.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen(window) == {"Jane Doe", "Juan Pérez"})
    saved = layers_of(window.session.case.charts.get(1).settings)
    assert saved == [Layer("entities", (Condition("type", "in", ["organization"]),), "hide", "No firms"),
                     Layer("links", (Condition("strength", "in", ["tentative"]),), "grey")]
    assert facts(window) == before
    window.menus.trigger("edit.undo")
    qtbot.waitUntil(lambda: seen(window) == {"Acme Recycling Ltd", "Beta Métaux SA"})


def test_a_filter_gets_conditions_and_loses_them(window: Any, filters: Any, qtbot: Any) -> None:
    def change(dialog: FilterLayerDialog) -> None:
        dialog.conditions.add(Condition("label", "contains", "Juan"))

    edited(qtbot, change)
    filters.layers.change.click()
    qtbot.waitUntil(lambda: "Jane Doe" in seen(window))
    assert "Juan Pérez" not in seen(window)

    def fewer(dialog: FilterLayerDialog) -> None:
        for row in list(dialog.conditions.rows):
            row.remove.click()
        dialog.effect.setCurrentIndex(dialog.effect.findData("grey"))

    edited(qtbot, fewer)
    filters.layers.change.click()
    qtbot.waitUntil(lambda: len(seen(window)) == 4)
    assert window.filtering.layers == [Layer("entities", (), "grey")]


def test_nothing_touched_is_nothing_changed(window: Any, qtbot: Any) -> None:
    panel = window.docks.raise_("filters")
    qtbot.waitUntil(lambda: not (panel._task or panel._stale or panel._later.isActive()))
    layers = [Layer("entities", (Condition("property:age", "at_least", 3.5), Condition("item", "in", [1, 2])), "only"),
              Layer("time", (Condition("when", "at_least", "2021"), Condition("when", "at_most", "2022-05")), "only",
                    ends=True),
              Layer("links", (Condition("when", "unknown"), Condition("strength", "not_in", ["confirmed"])), "hide")]
    window.filtering.set(layers)
    undo = len(window.session.case.stacks().undo)
    for at in range(3):
        panel.layers.list.setCurrentRow(at)
        edited(qtbot, lambda dialog: None)
        panel.layers.edit()
    assert window.filtering.layers == layers
    assert len(window.session.case.stacks().undo) == undo


def test_a_filter_on_times_has_dates_and_refuses_what_is_none(window: Any, qtbot: Any) -> None:
    dialog = FilterLayerDialog(Layer("time", (Condition("when", "at_least", "2021"),), "only"), lambda _on: {}, {})
    dialog.show()
    assert dialog.conditions.isHidden()
    dialog.stop.setText("soon")
    assert not dialog.ok.isEnabled()
    assert "soon" in dialog.about.text()
    dialog.stop.setText("2022-05")
    assert dialog.ok.isEnabled()
    assert dialog.layer().conditions == (Condition("when", "at_least", "2021"), Condition("when", "at_most", "2022-05"))
    dialog.findChild(QDialogButtonBox).rejected.emit()
    dialog.deleteLater()
