"""Actions on the rules of the trade: run them, see what they found, change their limits, write the report."""

from __future__ import annotations

from typing import Any

from ewglink.text import N_
from ewglink.ui.action_menus import Action, with_case, with_writable_case
from ewglink.ui.dialogs.finding import show_not_evaluable
from ewglink.ui.dialogs.rule_parameters import ask_for_parameters
from ewglink.ui.reporting import ask_for_report

_MENU = N_("&Rules of the trade")


def _run(window: Any) -> None:
    window.docks.raise_("findings").run_bar.run()


ACTIONS = (
    Action("rules.run", N_("&Run the rules"), _run, ("F9",), "analysis", 2, "flag", with_writable_case, submenu=_MENU),
    Action("rules.findings", N_("&Findings"), lambda w: w.docks.raise_("findings"), (), "analysis", 2, "", with_case,
           submenu=_MENU),
    Action("rules.consents", N_("&Use of consents"), lambda w: w.docks.raise_("consents"), (), "analysis", 2, "",
           with_case, submenu=_MENU),
    Action("rules.parties", N_("&Parties"), lambda w: w.docks.raise_("party_profile"), (), "analysis", 2, "",
           with_case, submenu=_MENU),
    Action("rules.missing", N_("What could &not be evaluated"), show_not_evaluable, (), "analysis", 2, "", with_case,
           submenu=_MENU),
    Action("analysis.parameters", N_("&Limits…"), ask_for_parameters, (), "analysis", 2, "", with_case, submenu=_MENU),
    Action("rules.report", N_("Reconciliation r&eport…"), ask_for_report, (), "analysis", 2, "export", with_case,
           submenu=_MENU),
)
