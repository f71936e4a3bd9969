"""A chart as assistive technology meets it: its entities, their links, and what is said when the keys walk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from ewglink import text
from ewglink.drawing.content import ChartContent
from ewglink.ui.canvas.chart_view import ChartView

Text = QAccessible.Text
TRIANGLE = [(0, 0), (300, 0), (0, 300)]


def content(xy: Any, ends: Any, labels: list[str], flags: Any = None) -> ChartContent:
    """A chart of persons: item ids 10, 11, …; links 100, 101, …"""
    n, m = len(xy), len(ends)
    return ChartContent(
        np.arange(n) + 10, np.zeros(n, np.int32), ("person",), labels, np.array(xy, float).reshape(-1, 2),
        np.zeros(n, np.uint8) if flags is None else np.array(flags, np.uint8), np.arange(m) + 100,
        np.array(ends, np.int32).reshape(-1, 2), np.zeros(m, np.int32), ("knows",), np.zeros(m, np.int8),
        np.zeros(m, np.int8), [""] * m, type_names={"person": "Person"}, link_type_names={"knows": "knows"})


@pytest.fixture
def view(qtbot: Any) -> Any:
    """Ann at the left, Bob to her right, Cy below; Ann knows both."""
    made = ChartView()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show_content(content(TRIANGLE, [(0, 1), (0, 2)], ["Ann", "Bob", "Cy"]))
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told: the name of what gets the focus, and announcements."""
    words: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)

    def told(event: Any) -> None:
        if event.type() == QAccessible.Event.Focus:
            words.append(event.accessibleInterface().text(Text.Name))
        elif event.type() == QAccessible.Event.Announcement:
            words.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", told)
    return words


def names(part: Any) -> list[str]:
    """The names of the children."""
    return [part.child(at).text(Text.Name) for at in range(part.childCount())]


def test_entities_in_reading_order_with_their_links(view: Any) -> None:
    chart = QAccessible.queryAccessibleInterface(view)
    assert chart.role() == QAccessible.Role.Chart
    assert names(chart) == ["Person: Ann, 2 links", "Person: Bob, 1 link", "Person: Cy, 1 link"]
    ann = chart.child(0)
    assert chart.indexOfChild(ann) == 0 and ann.parent() is chart
    assert names(ann) == ["Ann — Bob, knows", "Ann — Cy, knows"]
    assert ann.child(1).parent() is ann and ann.indexOfChild(ann.child(1)) == 1
    assert chart.child(3) is None and ann.child(2) is None


def test_moved_entities_are_read_where_they_stand(view: Any) -> None:
    chart = QAccessible.queryAccessibleInterface(view)
    before = chart.child(0).rect()
    view.set_positions([10], [(0.0, 600.0)])
    assert names(chart)[-1].startswith("Person: Ann")
    assert chart.node(10).rect().top() > before.top()


def test_place_and_state(view: Any) -> None:
    chart = QAccessible.queryAccessibleInterface(view)
    bob = chart.child(1)
    assert chart.childAt(*bob.rect().center().toTuple()) is bob
    assert view.viewport().rect().contains(view.viewport().mapFromGlobal(bob.rect().center()))
    assert not bob.state().selected and bob.state().selectable
    view.selection.set({11, 100})
    assert bob.state().selected and bob.child(0).state().selected
    view.look_at(-90_000, 0)
    assert bob.state().offscreen


def test_hidden_entities_are_not_there(view: Any) -> None:
    from ewglink.drawing.content import HIDDEN

    chart = QAccessible.queryAccessibleInterface(view)
    cy = chart.child(2)
    view.show_content(content(TRIANGLE, [(0, 1), (0, 2)], ["Ann", "Bob", "Cy"], [0, 0, HIDDEN]))
    assert names(chart) == ["Person: Ann, 1 link", "Person: Bob, 1 link"]
    assert not cy.isValid() and cy.state().invalid and cy.text(Text.Name) == ""


def test_pressing_opens_and_following_a_link_walks(view: Any, qtbot: Any) -> None:
    chart = QAccessible.queryAccessibleInterface(view)
    with qtbot.waitSignal(view.activated) as opened:
        chart.child(1).actionInterface().doAction("Press")
    assert opened.args == [11] and view.selection.items == {11}
    chart.child(1).child(0).actionInterface().doAction("Press")
    assert view.selection.items == {10} and chart.child(0).state().focused == view.hasFocus()
    with qtbot.waitSignal(view.menu_requested) as menu:
        chart.child(2).actionInterface().doAction("ShowMenu")
    assert menu.args[0] == 12


def test_what_a_part_cannot_do_is_nothing(view: Any) -> None:
    node = QAccessible.queryAccessibleInterface(view).child(0)
    for part in (node, node.child(0)):
        assert part.textInterface() is None and part.valueInterface() is None and part.selectionInterface() is None
        assert part.actionInterface().actionNames()[0] == "Press"


def test_a_large_chart_makes_nothing_before_it_is_asked(qtbot: Any) -> None:
    count = 20_000
    made = ChartView()
    qtbot.addWidget(made)
    rng = np.random.default_rng(1)
    made.show_content(content(rng.uniform(0, 9000, (count, 2)), rng.integers(0, count, (2 * count, 2)),
                              [f"n{at}" for at in range(count)]))
    chart = QAccessible.queryAccessibleInterface(made)
    assert chart.childCount() == count and not chart._nodes
    last = chart.child(count - 1)
    degree = int(((made.chart_scene.links.a == last.row) | (made.chart_scene.links.b == last.row)).sum())
    assert last.childCount() == degree and len(chart._nodes) == 1
    assert chart.indexOfChild(last) == count - 1


def test_parts_of_a_chart_that_is_gone_answer_nothing(qtbot: Any) -> None:
    made = ChartView()
    made.show_content(content(TRIANGLE, [(0, 1)], ["Ann", "Bob", "Cy"]))
    chart = QAccessible.queryAccessibleInterface(made)
    ann = chart.child(0)
    link = ann.child(0)
    shiboken6.delete(made)
    assert not ann.isValid() and not link.isValid() and link.text(Text.Name) == ""
    other = ChartView()
    qtbot.addWidget(other)
    QAccessible.queryAccessibleInterface(other)
    assert not shiboken6.isValid(ann)


def test_keys_walk_and_are_heard(view: Any, qtbot: Any, heard: list[str]) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    said = [one.removesuffix(", selected") for one in heard]
    assert said == ["Person: Ann, 2 links", "Person: Bob, 1 link", "No linked entity that way.",
                    "Person: Ann, 2 links", "Person: Cy, 1 link"]
    assert view.selection.items == {10, 12}


@pytest.mark.parametrize(("code", "words"), [("fr", "2 liens"), ("es", "2 vínculos")])
def test_spoken_in_the_language_of_the_window(view: Any, qtbot: Any, heard: list[str], code: str, words: str) -> None:
    view.setFocus()
    with text.speaking(code):
        qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert words in heard[-1] and "Ann" in heard[-1]


def test_keys_go_on_from_what_the_mouse_selected(view: Any, qtbot: Any) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.focused_item() == 11
    view.selection.set({12})
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.focused_item() == 12
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.focused_item() == 10


def test_menu_key_selects_what_has_the_keyboard(view: Any, qtbot: Any) -> None:
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication

    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    view.selection.clear()
    asked: list[Any] = []
    view.menu_requested.connect(lambda item, at: asked.append((item, at)))
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5),
                                                              QPoint(5, 5)))
    assert asked[0][0] == 10 and view.selection.items == {10}
    assert view.viewport().rect().contains(view.viewport().mapFromGlobal(asked[0][1]))
