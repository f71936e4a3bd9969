"""What a person can trigger in the window, one module a menu."""

from __future__ import annotations

from ewglink.ui.action_menus import Action
from ewglink.ui.actions import (
    analysis,
    arrange,
    chart,
    edit,
    file,
    filters,
    finding,
    format,
    help,
    rules,
    view,
    who_is_who,
)


def all_actions() -> tuple[Action, ...]:
    """Every action of the window, in the order of the menus."""
    return (
        *file.ACTIONS,
        *edit.ACTIONS,
        *view.ACTIONS,
        *chart.ACTIONS,
        *filters.ACTIONS,
        *format.actions(),
        *arrange.actions(),
        *finding.ACTIONS,
        *who_is_who.ACTIONS,
        *analysis.actions(),
        *rules.ACTIONS,
        *help.ACTIONS,
    )
