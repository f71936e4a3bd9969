"""Actions as data: every one has a name, no two share a key, and the menus hold them all."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence

from ewglink.text import set_language
from ewglink.ui.action_menus import MENUS, Action, clashes
from ewglink.ui.actions import all_actions
from ewglink.ui.context_menus import BACKGROUND_MENU, ITEM_MENU
from ewglink.ui.dialogs.command_palette import CommandPalette, score
from ewglink.ui.dialogs.shortcut_sheet import ShortcutSheet
from ewglink.ui.main_window import TOOLBAR
from ewglink.ui.mnemonics import underlined


def test_no_two_actions_share_a_key() -> None:
    assert clashes(all_actions()) == {}


def test_a_clash_would_be_found() -> None:
    two = [Action(name, name, lambda _w: None, ("Ctrl+J",)) for name in ("one", "two")]
    assert clashes(two) == {"Ctrl+J": ["one", "two"]}


def test_every_shortcut_is_a_key_that_qt_knows() -> None:
    for action in all_actions():
        for keys in action.shortcuts:
            assert QKeySequence(keys).toString(), (action.id, keys)


def test_ids_are_unique_and_menus_known() -> None:
    counts = Counter(action.id for action in all_actions())
    assert [name for name, n in counts.items() if n > 1] == []
    assert {action.menu for action in all_actions()} == {key for key, _title in MENUS}


def test_toolbar_and_context_menus_name_actions_that_are() -> None:
    known = {action.id for action in all_actions()}
    named = [name for name in (*TOOLBAR, *ITEM_MENU, *BACKGROUND_MENU) if name and name[0] not in "<>"]
    assert set(named) <= known


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_letters_underlined_in_a_menu_differ(window: Any, code: str) -> None:
    set_language(code)
    window.session.language_changed.emit()
    for menu in (window.menuBar(), *window.menus.menus.values()):
        letters = Counter(letter for entry in menu.actions() if (letter := underlined(entry.text())))
        assert {letter: n for letter, n in letters.items() if n > 1} == {}, menu.objectName()


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_letters_of_the_bar_are_not_keys_of_actions(window: Any, code: str) -> None:
    set_language(code)
    window.session.language_changed.emit()
    keys = {made.toString() for action in window.menus.q.values() for made in action.shortcuts()}
    letters = [underlined(entry.text()) for entry in window.menuBar().actions()]
    assert not keys & {f"Alt+{letter.upper()}" for letter in letters}
    assert sum(map(bool, letters)) >= len(letters) - 1


def test_without_a_case_nothing_about_a_case_can_be_triggered(empty_window: Any) -> None:
    empty_window.menus.refresh()
    able = {name for name, made in empty_window.menus.q.items() if made.isEnabled()}
    assert {"file.new", "file.open", "file.demo", "help.palette", "view.language_fr"} <= able
    assert not able & {"file.import", "edit.undo", "chart.new", "edit.find", "chart.hide", "analysis.degree"}


def test_undo_says_what_it_would_undo(window: Any) -> None:
    window.menus.refresh()
    assert "Put 4 items on “Who directs”" in window.menus.q["edit.undo"].text()
    assert not window.menus.q["edit.redo"].isEnabled()
    window.menus.trigger("edit.undo")
    window.menus.refresh()
    assert "Put 4 items on “Who directs”" in window.menus.q["edit.redo"].text()


def test_the_palette_finds_by_scattered_letters_and_without_accents() -> None:
    assert score("fa", "Fit all") is not None
    assert score("xq", "Fit all") is None
    assert score("editer", "Éditer") is not None
    assert (score("fit", "Fit all") or 0) > (score("fit", "Find the last item") or 0)


def test_the_palette_runs_what_is_chosen(window: Any, qtbot: Any) -> None:
    palette = CommandPalette(window.menus, window)
    palette.line.setText("select all")
    assert palette.list.item(0).text() == "Select all"
    palette.run(palette.list.item(0))
    assert len(window.session.selection.items) == 4
    palette.deleteLater()


def test_the_sheet_lists_every_shortcut_and_narrows(window: Any) -> None:
    sheet = ShortcutSheet(window.menus, window)
    tops = [sheet.list.topLevelItem(at) for at in range(sheet.list.topLevelItemCount())]
    shown = {top.child(row).text(1) for top in tops for row in range(top.childCount())}
    for action in all_actions():
        if action.shortcuts:
            assert any(QKeySequence(action.shortcuts[0]).toString() in keys for keys in shown), action.id
    sheet.filter.setText("undo")
    left = [top.child(row).text(0) for top in tops if not top.isHidden() for row in range(top.childCount())
            if not top.child(row).isHidden()]
    assert left == ["Undo"]
    sheet.deleteLater()


def test_menus_speak_the_language_in_force(window: Any) -> None:
    set_language("pseudo")
    window.session.language_changed.emit()
    assert all(menu.title().startswith("⟦") for menu in window.menus.menus.values())
    own_words = {"view.language_en", "view.language_fr", "view.language_es"}
    digits = {name for name in window.menus.q if name.startswith("selection.")}
    bare = [name for name, made in window.menus.q.items()
            if not made.text().startswith("⟦") and name not in own_words | digits]
    assert bare == []


def test_a_timeline_is_not_laid_out_and_the_menu_says_why(window: Any) -> None:
    from ewglink.workspace.commands.appearance import make_timeline

    window.menus.refresh()
    assert window.menus.q["arrange.force"].isEnabled()
    assert "timeline" not in window.menus.q["arrange.force"].toolTip()
    window.session.do(make_timeline(window.session.case, 1))
    window.menus.refresh()
    said: list[str] = []
    window.session.told.connect(lambda _kind, text: said.append(text))
    for name in ("arrange.force", "arrange.options", "arrange.toggle"):
        assert not window.menus.q[name].isEnabled()
        assert "On a timeline, time and theme lines say where things stand." in window.menus.q[name].toolTip()
    window.menus.trigger("arrange.force")
    assert said == ["On a timeline, time and theme lines say where things stand."]
    window.session.do(make_timeline(window.session.case, 1, on=False))
    window.menus.refresh()
    assert window.menus.q["arrange.force"].isEnabled()
    assert "\n" not in window.menus.q["arrange.force"].toolTip()
