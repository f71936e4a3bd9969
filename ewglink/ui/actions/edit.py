"""Actions that change the case or what is selected of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_, Message, message
from ewglink.ui.action_menus import (
    Action,
    with_case,
    with_chart,
    with_selection,
    with_writable_case,
    with_writable_chart,
)


def _can_undo(window: Any) -> bool:
    return with_writable_case(window) and window.session.workspace.can_undo is not None


def _can_redo(window: Any) -> bool:
    return with_writable_case(window) and window.session.workspace.can_redo is not None


def _undo_title(window: Any) -> Message | None:
    what = window.session.workspace.can_undo if with_case(window) else None
    return message(N_("&Undo: {what}"), what=what) if what is not None else None


def _redo_title(window: Any) -> Message | None:
    what = window.session.workspace.can_redo if with_case(window) else None
    return message(N_("&Redo: {what}"), what=what) if what is not None else None


def _one_selected(window: Any) -> bool:
    return with_selection(window) and len(window.session.selection.items) == 1


def _writable_selection(window: Any) -> bool:
    return with_writable_case(window) and with_selection(window)


def _store(digit: int) -> Callable[[Any], None]:
    return lambda window: window.editing.store_selection(digit)


def _recall(digit: int) -> Callable[[Any], None]:
    return lambda window: window.editing.recall_selection(digit)


def _stored(digit: int) -> Callable[[Any], bool]:
    return lambda window: with_case(window) and digit in window.editing.stored


def _memories() -> tuple[Action, ...]:
    made: list[Action] = []
    for digit in range(1, 9):
        made.append(
            Action(
                f"selection.store_{digit}",
                _STORE[digit - 1],
                _store(digit),
                (f"Ctrl+Shift+{digit}",),
                "edit",
                4,
                "",
                with_selection,
                submenu=N_("&Keep selection as"),
                in_palette=False,
            )
        )
    for digit in range(1, 9):
        made.append(
            Action(
                f"selection.recall_{digit}",
                _RECALL[digit - 1],
                _recall(digit),
                (f"Ctrl+{digit}",),
                "edit",
                4,
                "",
                _stored(digit),
                submenu=N_("Select &again"),
                in_palette=False,
            )
        )
    return tuple(made)


_STORE = tuple(str(digit) for digit in range(1, 9))
_RECALL = _STORE


ACTIONS: tuple[Action, ...] = (
    Action(
        "edit.undo",
        N_("&Undo"),
        lambda w: w.session.workspace.undo(),
        ("Ctrl+Z",),
        "edit",
        0,
        "undo",
        _can_undo,
        title=_undo_title,
    ),
    Action(
        "edit.redo",
        N_("&Redo"),
        lambda w: w.session.workspace.redo(),
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        "edit",
        0,
        "redo",
        _can_redo,
        title=_redo_title,
    ),
    Action("edit.find", N_("&Find…"), lambda w: w.search.begin(), ("Ctrl+F",), "edit", 1, "search", with_case),
    Action("edit.find_next", N_("Find &next"), lambda w: w.search.step(1), ("F3",), "edit", 1, "", with_case),
    Action(
        "edit.find_previous",
        N_("Find &previous"),
        lambda w: w.search.step(-1),
        ("Shift+F3",),
        "edit",
        1,
        "",
        with_case,
    ),
    Action(
        "edit.properties",
        N_("&Properties"),
        lambda w: w.editing.properties(),
        ("Alt+Return",),
        "edit",
        2,
        "info",
        _one_selected,
    ),
    Action(
        "edit.rename",
        N_("Re&name…"),
        lambda w: w.editing.rename(),
        ("F2",),
        "edit",
        2,
        "",
        lambda w: _one_selected(w) and with_writable_case(w),
    ),
    Action(
        "edit.delete",
        N_("&Delete from the case"),
        lambda w: w.editing.delete(),
        ("Shift+Del",),
        "edit",
        2,
        "delete",
        _writable_selection,
    ),
    Action("edit.copy", N_("&Copy"), lambda w: w.editing.clipping.copy(), ("Ctrl+C",), "edit", 2, "", with_selection),
    Action("edit.paste", N_("P&aste"), lambda w: w.editing.clipping.paste(), ("Ctrl+V",), "edit", 2, "",
           with_writable_chart),
    Action(
        "select.linked",
        N_("Select only the &linked"),
        lambda w: w.editing.linked(),
        ("Ctrl+Shift+Left",),
        "edit",
        3,
        "",
        with_selection,
    ),
    Action("select.all", N_("Select &all"), lambda w: w.editing.select_all(), ("Ctrl+A",), "edit", 3, "", with_chart),
    Action(
        "select.none",
        N_("Select n&othing"),
        lambda w: w.session.selection.clear(),
        ("Ctrl+Shift+A",),
        "edit",
        3,
        "",
        with_selection,
    ),
    Action(
        "select.invert",
        N_("&Invert selection"),
        lambda w: w.editing.invert(),
        ("Ctrl+Shift+I",),
        "edit",
        3,
        "",
        with_chart,
    ),
    Action(
        "select.grow",
        N_("Grow selection by one &step"),
        lambda w: w.editing.grow(),
        ("Ctrl+Right",),
        "edit",
        3,
        "",
        with_selection,
    ),
    Action(
        "select.connected",
        N_("Select everything &connected"),
        lambda w: w.editing.connected(),
        ("Ctrl+Shift+Right",),
        "edit",
        3,
        "",
        with_selection,
    ),
    Action(
        "select.same_type",
        N_("Select the same &type"),
        lambda w: w.editing.same_type(),
        (),
        "edit",
        3,
        "",
        lambda w: with_chart(w) and with_selection(w),
    ),
    *_memories(),
)
"""The actions of the Edit menu."""
