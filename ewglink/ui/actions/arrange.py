"""Actions that lay a chart out: one for each layout there is, and stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_writable_chart

SHORTCUTS = {
    "force": ("Ctrl+Alt+F",),
    "circle": ("Ctrl+Alt+C",),
    "grid": ("Ctrl+G",),
    "grid_by_type": ("Ctrl+G",),
    "hierarchy": ("Ctrl+J",),
}


def _lay_out(key: str) -> Callable[[Any], None]:
    return lambda window: window.charts.lay_out(key)


def _standing(window: Any) -> bool:
    return with_writable_chart(window) and not window.charts.laying_out()


def _toggle(window: Any) -> None:
    window.charts.toggle_layout()


def actions() -> tuple[Action, ...]:
    """The actions of the Arrange menu, from the register of layouts."""
    from ewglink.layouts.contract import LAYOUTS

    return (
        *(
            Action(
                f"arrange.{layout.key}",
                layout.name,
                _lay_out(layout.key),
                SHORTCUTS.get(layout.key, ()),
                "arrange",
                0,
                "",
                _standing,
            )
            for layout in LAYOUTS
        ),
        Action(
            "arrange.options",
            N_("Layout &options…"),
            lambda w: w.charts.layout_options(),
            ("Ctrl+Shift+L",),
            "arrange",
            1,
            "",
            _standing,
        ),
        Action(
            "arrange.toggle",
            N_("&Run or stop the layout"),
            _toggle,
            ("F8", "Pause"),
            "arrange",
            1,
            "arrange",
            with_writable_chart,
        ),
    )
