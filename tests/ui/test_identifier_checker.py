"""The identifier checker: what is pasted is looked at line by line, as it is typed, with or without a case."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from ewglink.ui.panels.identifier_checker import IdentifierWindow, show_checker

TEXTS = "9074729\nCSQU3054383\n\tCSQU3054384\nhello there\nN/A\nVATEST000001"


@pytest.fixture
def checker(empty_window: Any) -> Any:
    shown = show_checker(empty_window)
    yield shown
    shown.close()
    shown.deleteLater()


def _lines(checker: Any) -> list[list[str]]:
    found = checker.panel.list
    return [[found.topLevelItem(at).text(column) for column in range(5)] for at in range(found.topLevelItemCount())]


def test_each_line_says_what_it_can_be_and_whether_it_holds(checker: Any, qtbot: Any) -> None:
    checker.panel.field.setPlainText(TEXTS)
    qtbot.waitUntil(lambda: len(_lines(checker)) == 6)
    imo, container, wrong, words, nothing, _site = _lines(checker)
    assert "IMO" in imo[1] and imo[3] == "holds"
    assert container[3] == "holds" and container[2] == "CSQU3054383"
    assert wrong[3] == "does not hold" and "check digit" in wrong[4].casefold()
    assert words[1:4] == ["", "", "–"]
    assert "placeholder" in nothing[4]


def test_sentences_follow_each_other_and_a_name_before_a_number_is_passed_over(checker: Any) -> None:
    checker.panel.field.setPlainText("TXTESTGEN014\nVIN: 1M8GDM9AXKP042788")
    checker.panel.look()
    site, vehicle = _lines(checker)
    assert site[4] == "The number is valid. Place: TX"
    assert vehicle[1:4] == ["VIN", "1M8GDM9AXKP042788", "holds"]


def test_a_kind_can_be_asked_for(checker: Any) -> None:
    panel = checker.panel
    panel.field.setPlainText("hello there")
    panel.kinds.setCurrentIndex(panel.kinds.findData("imo_ship") if panel.kinds.findData("imo_ship") >= 0 else 1)
    panel.look()
    assert _lines(checker)[0][3] == "does not hold"


def test_the_table_is_copied(checker: Any) -> None:
    checker.panel.field.setPlainText("CSQU3054383")
    checker.panel.look()
    checker.panel.copy()
    first = QGuiApplication.clipboard().text().splitlines()[0].split("\t")
    assert first[0] == "CSQU3054383" and first[3] == "ok"


def test_it_is_one_window_and_speaks_every_language(empty_window: Any, checker: Any) -> None:
    empty_window.menus.trigger("view.identifiers")
    assert empty_window.findChildren(IdentifierWindow) == [checker]
    checker.panel.field.setPlainText("CSQU3054383")
    empty_window.session.speak("fr")
    try:
        assert checker.panel.list.topLevelItemCount() == 1
    finally:
        empty_window.session.speak("en")


def test_the_inspector_says_why_a_number_does_not_hold(window: Any, qtbot: Any, tmp_path: Any) -> None:
    from ewglink.model.progress import finish
    from ewglink.workspace.commands.importing import ImportRequest, import_files

    file = tmp_path / "ships.csv"
    file.write_text("Ship,IMO\nHarbour Star,9074728\n", encoding="utf-8")
    ship = {"type": "vessel", "key": "Ship", "properties": {"name": "Ship", "imo_ship": "IMO"}}
    spec = {"ewglink_spec": 1, "name": "ships", "namespace": "case", "entities": {"ship": ship}}
    finish(import_files(window.session.workspace, [ImportRequest(file, spec=spec)], in_process=True))
    item = next(ref.id for ref in window.session.case.items.listed("entity") if ref.label == "Harbour Star")
    window.session.selection.set({item})
    tree = window.docks.raise_("inspector").tree
    qtbot.waitUntil(lambda: tree.topLevelItemCount() > 1)
    section = tree.topLevelItem(0)
    lines = [section.child(at) for at in range(section.childCount())]
    wrong = next(line for line in lines if "9074728" in line.text(1))
    assert "(not valid)" in wrong.text(1)
    assert "check digit" in wrong.toolTip(1)
