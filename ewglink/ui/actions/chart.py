"""Actions on the charts and on what stands on the one in front."""

from __future__ import annotations

from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import (
    Action,
    with_chart,
    with_selection,
    with_selection_on_chart,
    with_writable_case,
    with_writable_chart,
)


def _two_entities(window: Any) -> bool:
    return with_selection(window) and len(window.editing.selected_entities()) == 2


def _strength(value: int) -> Any:
    return lambda window: window.editing.set_strength(value)


def _links_selected(window: Any) -> bool:
    return with_writable_case(window) and with_selection(window) and bool(window.editing.selected_links())


def _noted(window: Any) -> bool:
    return with_writable_chart(window) and window.editing.annotating.chosen() is not None


def _take(kind: str) -> Any:
    return lambda window: window.editing.annotating.take(kind)


_SHAPES: tuple[Action, ...] = (
    *(
        Action(
            f"chart.note_{kind}",
            text,
            _take(kind),
            (f"Alt+Shift+{key}",),
            "chart",
            1,
            "note_" + kind,
            with_writable_chart,
            submenu=N_("Te&xts and shapes"),
        )
        for kind, text, key in (
            ("text", N_("&Text…"), "T"),
            ("rectangle", N_("&Rectangle"), "R"),
            ("ellipse", N_("&Ellipse"), "E"),
            ("line", N_("&Line"), "L"),
            ("arrow", N_("&Arrow"), "A"),
        )
    ),
    Action(
        "chart.note_next",
        N_("&Next annotation"),
        lambda w: w.editing.annotating.next(),
        ("Alt+Shift+N",),
        "chart",
        1,
        "",
        with_chart,
        submenu=N_("Te&xts and shapes"),
    ),
    Action(
        "chart.note_edit",
        N_("E&dit annotation…"),
        lambda w: w.editing.annotating.edit(),
        ("Shift+F2",),
        "chart",
        1,
        "",
        _noted,
        submenu=N_("Te&xts and shapes"),
    ),
)

ACTIONS: tuple[Action, ...] = (
    Action(
        "chart.new",
        N_("&New chart…"),
        lambda w: w.charts.new_chart(),
        ("Ctrl+T",),
        "chart",
        0,
        "chart",
        with_writable_case,
    ),
    Action(
        "chart.new_of_selection",
        N_("New chart of the &selection…"),
        lambda w: w.charts.new_chart(of_selection=True),
        (),
        "chart",
        0,
        "",
        lambda w: with_writable_case(w) and with_selection(w),
    ),
    Action("chart.rename", N_("&Rename chart…"), lambda w: w.charts.rename(), (), "chart", 0, "", with_writable_chart),
    Action(
        "chart.compare",
        N_("&Compare charts…"),
        lambda w: w.editing.compare(),
        ("Ctrl+Shift+D",),
        "chart",
        0,
        "compare",
        with_chart,
    ),
    Action("chart.delete", N_("Delete c&hart"), lambda w: w.charts.delete(), (), "chart", 0, "", with_writable_chart),
    Action("chart.next", N_("Ne&xt chart"), lambda w: w.charts.turn(1), ("Ctrl+PgDown",), "chart", 0, "", with_chart),
    Action(
        "chart.previous",
        N_("Pre&vious chart"),
        lambda w: w.charts.turn(-1),
        ("Ctrl+PgUp",),
        "chart",
        0,
        "",
        with_chart,
    ),
    Action(
        "chart.add_entity",
        N_("Add &entity…"),
        lambda w: w.editing.add_entity(),
        ("Ins",),
        "chart",
        1,
        "add",
        with_writable_chart,
    ),
    Action(
        "chart.add_link",
        N_("Add &link between two selected…"),
        lambda w: w.editing.add_link(),
        ("Ctrl+L",),
        "chart",
        1,
        "link",
        lambda w: with_writable_case(w) and _two_entities(w),
    ),
    *_SHAPES,
    Action(
        "chart.strength_0",
        N_("&Confirmed"),
        _strength(0),
        (),
        "chart",
        1,
        "",
        _links_selected,
        submenu=N_("Link s&trength"),
    ),
    Action(
        "chart.strength_1",
        N_("&Unconfirmed"),
        _strength(1),
        (),
        "chart",
        1,
        "",
        _links_selected,
        submenu=N_("Link s&trength"),
    ),
    Action(
        "chart.strength_2",
        N_("&Tentative"),
        _strength(2),
        (),
        "chart",
        1,
        "",
        _links_selected,
        submenu=N_("Link s&trength"),
    ),
    Action(
        "chart.place",
        N_("&Put selection on this chart"),
        lambda w: w.charts.place_selection(),
        ("Ctrl+Return",),
        "chart",
        2,
        "",
        with_selection_on_chart,
    ),
    Action(
        "chart.place_all",
        N_("Put &everything on this chart"),
        lambda w: w.charts.place_all(),
        (),
        "chart",
        2,
        "",
        with_writable_chart,
    ),
    Action(
        "chart.expand",
        N_("E&xpand: add neighbours"),
        lambda w: w.editing.expand(),
        ("Ctrl+Shift+E",),
        "chart",
        2,
        "expand",
        with_selection_on_chart,
    ),
    Action(
        "chart.expand_some",
        N_("Expand with &conditions…"),
        lambda w: w.editing.expand_with_conditions(),
        ("Alt+Shift+X",),
        "chart",
        2,
        "",
        with_selection_on_chart,
    ),
    Action(
        "chart.take_off",
        N_("Take &off this chart"),
        lambda w: w.editing.take_off(),
        ("Del",),
        "chart",
        2,
        "",
        lambda w: with_selection_on_chart(w) or _noted(w),
    ),
    Action(
        "chart.hide",
        N_("&Hide"),
        lambda w: w.editing.hide(),
        ("Ctrl+H",),
        "chart",
        3,
        "hide",
        with_selection_on_chart,
    ),
    Action(
        "chart.hide_others",
        N_("Hide ot&hers"),
        lambda w: w.editing.hide_others(),
        ("Ctrl+Shift+H",),
        "chart",
        3,
        "",
        with_selection_on_chart,
    ),
    Action(
        "chart.reveal",
        N_("&Reveal hidden"),
        lambda w: w.editing.reveal(),
        ("Alt+H",),
        "chart",
        3,
        "reveal",
        with_writable_chart,
    ),
    Action(
        "chart.pin",
        N_("&Pin"),
        lambda w: w.editing.pin(),
        ("Alt+P",),
        "chart",
        3,
        "pin",
        with_selection_on_chart,
        lambda w: with_chart(w) and w.editing.all_pinned(),
    ),
)
"""The actions of the Chart menu."""
