"""Actions on filters and on the panels of time."""

from __future__ import annotations

from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case, with_selection_on_chart, with_writable_chart


def _of_selection(effect: str) -> Any:
    def run(window: Any) -> None:
        from ewglink.drawing.appearance.rule import Condition
        from ewglink.workspace.filtering import Layer

        items = window.session.selection.items
        content = window.charts.placed()
        there = set(content.entity_ids.tolist()) if content is not None else set()
        chosen = tuple(sorted(items & there))
        if chosen:
            window.filtering.add(Layer(conditions=(Condition("item", "in", list(chosen)),), effect=effect))
        links = tuple(sorted(items - there))
        if links:
            window.filtering.add(Layer("links", (Condition("item", "in", list(links)),), effect=effect))

    return run


ACTIONS: tuple[Action, ...] = (
    Action("filters.only", N_("Filter: keep &only the selected"), _of_selection("only"), (), "chart", 4, "filter",
           with_selection_on_chart, submenu=N_("&Filter")),
    Action("filters.hide", N_("Filter: &hide the selected"), _of_selection("hide"), (), "chart", 4, "",
           with_selection_on_chart, submenu=N_("&Filter")),
    Action("filters.grey", N_("Filter: &grey the selected"), _of_selection("grey"), (), "chart", 4, "",
           with_selection_on_chart, submenu=N_("&Filter")),
    Action("filters.off", N_("Switch all filters &off"), lambda w: w.filtering.all_off(), ("Alt+Shift+O",), "chart", 4,
           "", lambda w: with_case(w) and w.filtering.on and (with_writable_chart(w) or w.filtering.window is not None),
           submenu=N_("&Filter")),
)
