"""Actions that lay a chart out: one for each layout there is, and stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_, Message
from ewglink.ui.action_menus import Action, with_chart, with_selection_on_chart, with_writable_chart

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
    return with_writable_chart(window) and not window.charts.laying_out() and not _on_timeline(window)


def _toggle(window: Any) -> None:
    window.charts.toggle_layout()


def _on_timeline(window: Any) -> bool:
    """Whether the chart in front is a timeline: time says where things stand on it."""
    content = window.charts.placed()
    return content is not None and content.settings.get("kind") == "timeline"


def _stoppable(window: Any) -> bool:
    return with_writable_chart(window) and (window.charts.laying_out() or not _on_timeline(window))


def _why_not(window: Any) -> Message | None:
    return Message(N_("On a timeline, time and theme lines say where things stand.")) if _on_timeline(window) else None


def _several(window: Any) -> bool:
    able = with_selection_on_chart(window) and not _on_timeline(window)
    return able and len(window.charts.view().selected_rows()) > 1


def _selected(window: Any) -> bool:
    chosen = bool(window.session.selection.items) and not _on_timeline(window)
    return with_writable_chart(window) and (chosen or _noted(window))


def _noted(window: Any) -> bool:
    return window.editing.annotating.chosen() is not None


def _align(edge: str) -> Callable[[Any], None]:
    return lambda window: window.editing.arranging.align(edge)


def _nudge(across: int, down: int) -> Callable[[Any], None]:
    return lambda window: window.editing.arranging.nudge(across, down)


def _set(name: str) -> Callable[[Any], bool]:
    return lambda window: with_chart(window) and bool(window.editing.arranging.setting(name))


def _one(name: str, text: str, run: Callable[[Any], Any], keys: tuple[str, ...], group: int, submenu: str,
         able: Callable[[Any], bool] = _several) -> Action:
    return Action(f"arrange.{name}", text, run, keys, "arrange", group, "", able, submenu=submenu)


def _restack(way: int) -> Callable[[Any], None]:
    return lambda window: window.editing.arranging.restack(way)


_ALIGN, _DISTRIBUTE, _NUDGE, _PINS = N_("&Align"), N_("&Distribute and stack"), N_("&Nudge"), N_("&Pins")
_ORDER = N_("Fr&ont and back")

_LINED_UP: tuple[Action, ...] = (
    _one("align_left", N_("&Left edges"), _align("left"), ("Alt+Shift+1",), 2, _ALIGN),
    _one("align_centre", N_("&Centres, one above another"), _align("centre"), ("Alt+Shift+2",), 2, _ALIGN),
    _one("align_right", N_("&Right edges"), _align("right"), ("Alt+Shift+3",), 2, _ALIGN),
    _one("align_top", N_("&Top edges"), _align("top"), ("Alt+Shift+4",), 2, _ALIGN),
    _one("align_middle", N_("&Middles, side by side"), _align("middle"), ("Alt+Shift+5",), 2, _ALIGN),
    _one("align_bottom", N_("&Bottom edges"), _align("bottom"), ("Alt+Shift+6",), 2, _ALIGN),
    _one("distribute_across", N_("Equal gaps &across"), lambda w: w.editing.arranging.distribute("across"),
         ("Alt+Shift+H",), 2, _DISTRIBUTE),
    _one("distribute_down", N_("Equal gaps &down"), lambda w: w.editing.arranging.distribute("down"), ("Alt+Shift+V",),
         2, _DISTRIBUTE),
    _one("stack", N_("&Stack one beneath another"), lambda w: w.editing.arranging.stack("down"), ("Alt+Shift+S",), 2,
         _DISTRIBUTE),
    _one("stack_across", N_("Stack &side by side"), lambda w: w.editing.arranging.stack("across"), (), 2, _DISTRIBUTE),
    *(_one(f"nudge_{name}", text, _nudge(*way), (f"Alt+{key}",), 2, _NUDGE, _selected)
      for name, text, way, key in (("left", N_("&Left"), (-1, 0), "Left"), ("right", N_("&Right"), (1, 0), "Right"),
                                   ("up", N_("&Up"), (0, -1), "Up"), ("down", N_("&Down"), (0, 1), "Down"))),
    *(_one(name, text, _restack(way), keys, 2, _ORDER, _selected)
      for name, text, way, keys in (("to_front", N_("Bring to &front"), 1, ("Ctrl+Shift+PgUp",)),
                                    ("to_back", N_("Send to &back"), -1, ("Ctrl+Shift+PgDown",)),
                                    ("among", N_("&Among the others again"), 0, ()))),
    _one("select_pinned", N_("&Select what is pinned"), lambda w: w.editing.arranging.select_pinned(), (), 2, _PINS,
         with_chart),
    _one("unpin_all", N_("&Unpin everything"), lambda w: w.editing.arranging.unpin_all(), (), 2, _PINS,
         with_writable_chart),
)

_GRID: tuple[Action, ...] = (
    Action("arrange.grid_shown", N_("Show the &grid"), lambda w: w.editing.arranging.toggle("grid"), ("Ctrl+Shift+G",),
           "arrange", 3, "grid", with_writable_chart, _set("grid")),
    Action("arrange.snap", N_("S&nap to the grid"), lambda w: w.editing.arranging.toggle("snap"), ("Alt+Shift+G",),
           "arrange", 3, "", with_writable_chart, _set("snap")),
    Action("arrange.on_grid", N_("P&ut on the grid"), lambda w: w.editing.arranging.put_on_grid(), (), "arrange", 3, "",
           with_writable_chart),
    Action("arrange.pitch", N_("Distance of the grid &lines…"), lambda w: w.editing.arranging.ask_pitch(), (),
           "arrange", 3, "", with_writable_chart),
)


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
                why=_why_not,
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
            why=_why_not,
        ),
        Action(
            "arrange.toggle",
            N_("&Run or stop the layout"),
            _toggle,
            ("F8", "Pause"),
            "arrange",
            1,
            "arrange",
            _stoppable,
            why=_why_not,
        ),
        *_LINED_UP,
        *_GRID,
    )
