"""Actions that make entities one, take them apart, and look for those that may be one."""

from __future__ import annotations

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case
from ewglink.ui.merging import ask_merge, ask_unmerge, can_merge, can_unmerge

ACTIONS: tuple[Action, ...] = (
    Action("edit.merge", N_("Mer&ge…"), ask_merge, ("Ctrl+Shift+J",), "edit", 3, "", can_merge),
    Action("edit.unmerge", N_("Un-merge…"), ask_unmerge, (), "edit", 3, "", can_unmerge),
    Action("analysis.who_is_who", N_("&Who is who…"), lambda w: w.docks.raise_("who_is_who").run(), (), "analysis", 0,
           "compare", with_case),
)
