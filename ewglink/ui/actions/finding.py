"""Actions that look for something: queries, patterns, and what lies between and around entities."""

from __future__ import annotations

from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case, with_selection


def _chosen(least: int) -> Any:
    return lambda window: with_selection(window) and len(window.editing.selected_entities()) >= least


def _ask(what: str) -> Any:
    return lambda window: window.finding.ask(what)


ACTIONS: tuple[Action, ...] = (
    Action("find.query", N_("&Query…"), lambda w: w.finding.query(), ("Ctrl+Shift+Q",), "analysis", -1, "search",
           with_case),
    Action("find.pattern", N_("&Draw a pattern…"), lambda w: w.finding.pattern(), ("Ctrl+Shift+V",), "analysis", -1,
           "chart", with_case),
    Action("find.rows", N_("Search source &rows…"), lambda w: w.finding.rows(), (), "analysis", -1, "file", with_case),
    Action("find.linked", N_("What is &linked to the selected"), _ask("linked"), (), "analysis", 0, "", _chosen(1)),
    Action("find.connecting", N_("What &connects the selected"), _ask("connecting"), (), "analysis", 0, "", _chosen(2)),
    Action("find.common", N_("Co&mmon neighbours of the selected"), _ask("common"), (), "analysis", 0, "", _chosen(2)),
    Action("find.cycles", N_("Cycles"), _ask("cycles"), (), "analysis", 0, "", with_case),
)
