"""Actions that ask the network something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.analysis.contract import MEASURES
from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case, with_selection, with_writable_case
from ewglink.ui.docks import ANSWERS, DOCKS
from ewglink.ui.tracking import ask_for_tracks


def _measure(key: str) -> Callable[[Any], None]:
    return lambda window: window.docks.measure(key)


def _table(name: str) -> Callable[[Any], None]:
    return lambda window: window.docks.raise_(name)


def actions() -> tuple[Action, ...]:
    """The actions of the Analysis menu, from the register of measures."""
    return (
        Action(
            "analysis.paths",
            N_("Find &paths between the selected"),
            lambda w: w.docks.find_paths(),
            ("Ctrl+Shift+F",),
            "analysis",
            0,
            "path",
            lambda w: with_selection(w) and len(w.editing.selected_entities()) in (1, 2),
        ),
        Action(
            "analysis.tracks",
            N_("&Tracks of vessels…"),
            ask_for_tracks,
            (),
            "analysis",
            0,
            "",
            with_writable_case,
        ),
        *(
            Action(f"analysis.table_{name}", text, _table(name), (), "analysis", 0, icon, with_case, in_palette=False)
            for name, text, icon, _keys in DOCKS
            if name in ANSWERS
        ),
        *(
            Action(f"analysis.{measure.key}", measure.name, _measure(measure.key), (), "analysis", 1, "", with_case)
            for measure in MEASURES
        ),
    )
