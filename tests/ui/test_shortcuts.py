"""Keys that can be changed, kept and found to clash; letters of menus; digits by the place of their key."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from ewglink.ui.actions import all_actions
from ewglink.ui.dialogs.shortcut_sheet import ShortcutSheet
from ewglink.ui.digit_keys import digit_of
from ewglink.ui.mnemonics import distinct, underlined
from ewglink.ui.shortcuts import delivered
from ewglink.workspace.settings import Settings

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sheet(window: Any) -> Any:
    made = ShortcutSheet(window.menus, window)
    yield made
    made.deleteLater()


def choose(sheet: Any, name: str, keys: str = "") -> None:
    """Choose a command, and type keys."""
    sheet.list.setCurrentItem(sheet._lines[name])
    if keys:
        sheet.edit.setKeySequence(QKeySequence(keys))


def shortcuts(window: Any, name: str) -> list[str]:
    """What Qt has for an action."""
    return [one.toString() for one in window.menus.q[name].shortcuts()]


def test_keys_are_given_kept_and_given_back(window: Any, sheet: Any) -> None:
    choose(sheet, "view.hand", "Ctrl+Alt+M")
    sheet.buttons["set"].click()
    assert shortcuts(window, "view.hand") == ["Ctrl+Alt+M"]
    assert "Ctrl+Alt+M" in window.menus.q["view.hand"].toolTip()
    assert Settings.load().shortcuts == {"view.hand": ["Ctrl+Alt+M"]}
    assert sheet._lines["view.hand"].text(1) == "Ctrl+Alt+M"
    sheet.buttons["reset"].click()
    assert shortcuts(window, "view.hand") == [] and Settings.load().shortcuts == {}


def test_a_clash_is_told_and_the_keys_change_hands(window: Any, sheet: Any) -> None:
    choose(sheet, "view.hand", "Alt+P")
    assert "Pin" in sheet.told.text()
    sheet.buttons["set"].click()
    assert shortcuts(window, "view.hand") == ["Alt+P"] and shortcuts(window, "chart.pin") == []
    choose(sheet, "chart.pin")
    sheet.buttons["reset"].click()
    assert "Hand" in sheet.told.text() and shortcuts(window, "chart.pin") == []
    sheet.buttons["all"].click()
    assert shortcuts(window, "chart.pin") == ["Alt+P"] and shortcuts(window, "view.hand") == []


def test_more_than_one_and_none(window: Any, sheet: Any) -> None:
    choose(sheet, "edit.redo", "Ctrl+Alt+Z")
    sheet.buttons["add"].click()
    assert shortcuts(window, "edit.redo") == ["Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Alt+Z"]
    sheet.buttons["none"].click()
    assert shortcuts(window, "edit.redo") == []


@pytest.mark.parametrize("keys", ["Left", "Tab", "Return", "Esc", "Shift+F10"])
def test_walking_keys_cannot_be_given_away(sheet: Any, keys: str) -> None:
    choose(sheet, "view.hand", keys)
    assert not sheet.buttons["set"].isEnabled() and sheet.told.text()


def test_the_field_lets_tab_and_esc_through(window: Any, sheet: Any, qtbot: Any) -> None:
    sheet.show()
    qtbot.waitExposed(sheet)
    choose(sheet, "view.hand", "Ctrl+Alt+M")
    sheet.edit.setFocus()
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Tab)
    assert not sheet.edit.hasFocus() and sheet.edit.keySequence().toString() == "Ctrl+Alt+M"
    sheet.edit.setFocus()
    qtbot.keyClick(sheet.edit, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_what_the_mouse_does_is_fixed(sheet: Any) -> None:
    sheet.list.setCurrentItem(sheet.list.topLevelItem(0).child(0))
    assert not any(button.isEnabled() for button in sheet.buttons.values()) and not sheet.edit.isEnabled()


def test_kept_keys_are_there_the_next_time_and_nonsense_is_not(qtbot: Any) -> None:
    from ewglink.ui.main_window import MainWindow
    from ewglink.ui.session import Session

    settings = Settings(shortcuts={"view.hand": ["Ctrl+Alt+M", 7, "no key at all"], "gone.action": ["F4"]})
    window = MainWindow(Session(settings))
    assert shortcuts(window, "view.hand") == ["Ctrl+Alt+M"]
    window.close()
    window.deleteLater()


def test_a_key_given_to_the_alt_letter_of_a_menu_moves_the_letter(window: Any, sheet: Any) -> None:
    assert underlined(window.menus.menus["file"].title()) == "f"
    choose(sheet, "view.hand", "Alt+F")
    sheet.buttons["set"].click()
    assert underlined(window.menus.menus["file"].title()) not in ("f", "")
    sheet.buttons["all"].click()


def test_letters_are_kept_where_they_can_be() -> None:
    assert distinct(["&File", "&Format", "Save && &Find"]) == ["&File", "F&ormat", "&Save && Find"]
    assert distinct(["&A", "&A", "b"], "b") == ["&A", "A", "b"]


def test_no_clash_on_any_platform() -> None:
    for platform in ("linux", "win32", "darwin"):
        every = [keys for action in all_actions() for keys in delivered(action.id, action.shortcuts, platform)]
        assert len(every) == len(set(every)), platform
    assert delivered("chart.hide", ("Ctrl+H",), "darwin") == ("Ctrl+Alt+H",)
    assert delivered("selection.store_3", ("Ctrl+Shift+3",), "darwin") == ("Meta+Shift+3",)


@pytest.mark.parametrize(("platform", "scan", "virtual"), [("linux", 10, 0), ("win32", 2, 0), ("darwin", 1, 18)])
def test_the_first_key_of_the_row_is_one_everywhere(platform: str, scan: int, virtual: int) -> None:
    assert digit_of(scan, virtual, platform) == 1


def test_rows_of_digits() -> None:
    assert [digit_of(code, 0, "linux") for code in range(9, 21)] == [None, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, None]
    assert [digit_of(code, 0, "win32") for code in (1, 2, 10, 11, 12)] == [None, 1, 9, 0, None]


def press(window: Any, key: Qt.Key, keys: Qt.KeyboardModifier, scan: int) -> bool:
    """A press as the platform reports it; answers whether it was claimed before shortcuts were compared."""
    claimed = False
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, keys, scan, 0, 0, "&")
        event.ignore()
        QApplication.sendEvent(window.windowHandle(), event)
        claimed = claimed or (kind == QEvent.Type.ShortcutOverride and event.isAccepted())
    return claimed


def test_digits_of_a_french_keyboard_keep_and_recall_selections(window: Any, ids: dict[str, int]) -> None:
    jane = ids["Jane Doe"]
    window.session.selection.set({jane})
    # On AZERTY the key of 1 is an ampersand; with Shift it is 1.
    assert press(window, Qt.Key.Key_1, CTRL | SHIFT, 10)
    window.session.selection.clear()
    assert press(window, Qt.Key.Key_Ampersand, CTRL, 10)
    assert window.session.selection.items == {jane}


def test_nine_fits_the_selection_and_shift_nine_is_free(window: Any) -> None:
    assert window.menus.keys.owner("Ctrl+9") == "view.fit_selection"
    assert window.menus.keys.owner("Ctrl+Shift+9") is None
    assert not press(window, Qt.Key.Key_9, CTRL | SHIFT, 18)
    assert not press(window, Qt.Key.Key_A, CTRL, 38)
