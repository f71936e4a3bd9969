"""Actions on how things are shown: zoom, panels, theme, language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_, language
from ewglink.ui import theme
from ewglink.ui.action_menus import Action, always, with_case, with_chart, with_selection
from ewglink.ui.docks import DOCKS

LANGUAGE_NAMES = (("en", "English"), ("fr", "Français"), ("es", "Español"))
"""Each language in its own words."""


def _dock(name: str) -> Callable[[Any], None]:
    return lambda window: window.docks.toggle(name)


def _dock_shown(name: str) -> Callable[[Any], bool]:
    return lambda window: with_case(window) and window.docks.shown(name)


def _speak(code: str) -> Callable[[Any], None]:
    return lambda window: window.session.speak(code)


def _spoken(code: str) -> Callable[[Any], bool]:
    return lambda _window: language() == code


def _check_identifiers(window: Any) -> None:
    from ewglink.ui.panels.identifier_checker import show_checker

    show_checker(window)


def _wear(name: str) -> Callable[[Any], None]:
    return lambda window: window.wear(name)


def _worn(name: str) -> Callable[[Any], bool]:
    return lambda _window: theme.worn() == name


ACTIONS: tuple[Action, ...] = (
    Action("view.fit", N_("&Fit all"), lambda w: w.charts.view().fit(), ("Ctrl+0",), "view", 0, "fit", with_chart),
    Action(
        "view.fit_selection",
        N_("Fit &selection"),
        lambda w: w.charts.view().fit_selection(),
        ("Ctrl+9",),
        "view",
        0,
        "fit_selection",
        lambda w: with_chart(w) and with_selection(w),
    ),
    Action(
        "view.zoom_in",
        N_("Zoom &in"),
        lambda w: w.charts.zoom_by(1.25),
        ("Ctrl++", "Ctrl+="),
        "view",
        0,
        "zoom_in",
        with_chart,
    ),
    Action(
        "view.zoom_out",
        N_("Zoom &out"),
        lambda w: w.charts.zoom_by(0.8),
        ("Ctrl+-",),
        "view",
        0,
        "zoom_out",
        with_chart,
    ),
    *(
        Action(
            f"view.dock_{name}",
            text,
            _dock(name),
            (keys,) if keys else (),
            "view",
            1,
            icon,
            with_case,
            _dock_shown(name),
            submenu=N_("&Panels"),
        )
        for name, text, icon, keys in DOCKS
    ),
    Action(
        "view.legend",
        N_("&Legend"),
        lambda w: w.charts.toggle_legend(),
        ("Alt+L",),
        "view",
        0,
        "legend",
        with_chart,
        lambda w: with_chart(w) and w.charts.legend,
    ),
    Action(
        "view.pages",
        N_("S&heets of paper"),
        lambda w: w.editing.pages.toggle(),
        ("Alt+Shift+P",),
        "view",
        0,
        "pages",
        with_chart,
        lambda w: with_chart(w) and w.editing.pages.on,
    ),
    Action(
        "view.hand",
        N_("&Hand: drag moves the chart"),
        lambda w: w.charts.toggle_hand(),
        (),
        "view",
        0,
        "hand",
        with_chart,
        lambda w: with_chart(w) and w.charts.hand,
    ),
    Action(
        "view.snapshots",
        N_("S&napshots…"),
        lambda w: w.editing.snapshots(),
        ("Ctrl+Shift+S",),
        "view",
        0,
        "",
        with_chart,
    ),
    Action(
        "view.identifiers",
        N_("&Identifier checker…"),
        _check_identifiers,
        ("Ctrl+Alt+I",),
        "view",
        2,
        "check",
        always,
    ),
    Action("view.reset", N_("&Restore the panels"), lambda w: w.docks.restore(), (), "view", 1, "", with_case),
    Action(
        "view.full_screen",
        N_("F&ull screen"),
        lambda w: w.toggle_full_screen(),
        ("F11",),
        "view",
        2,
        "",
        always,
        lambda w: w.isFullScreen(),
    ),
    *(
        Action(
            f"view.theme_{name}",
            text,
            _wear(name),
            (),
            "view",
            3,
            "",
            always,
            _worn(name),
            submenu=N_("&Theme"),
            choice="theme",
        )
        for name, text in (("light", N_("&Light")), ("dark", N_("&Dark")))
    ),
    *(
        Action(
            f"view.language_{code}",
            name,
            _speak(code),
            (),
            "view",
            3,
            "",
            always,
            _spoken(code),
            submenu=N_("&Language"),
            choice="language",
        )
        for code, name in LANGUAGE_NAMES
    ),
)
"""The actions of the View menu."""
