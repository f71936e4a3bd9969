"""Checking a case against the rules: all of it, or only what has changed since the last time, as one step."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ewglink.model.changes import Changeset
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.reference.parameters import Parameters, parameters
from ewglink.rules.contract import RULES, Rule, Setting
from ewglink.rules.reconcile import Outcome, run
from ewglink.rules.scope import touched_trade, whole_trade
from ewglink.store.since import all_since
from ewglink.text import N_, message
from ewglink.workspace.keeping import Checked, Keeping
from ewglink.workspace.rules_run import LastRun, last_run
from ewglink.workspace.workspace import Workspace

__all__ = ["Checked", "Judgement", "LastRun", "case_parameters", "check", "chosen_rules", "judge", "keep", "last_run"]

_READ, _RUN = 0.35, 0.6


def case_parameters(workspace: Workspace) -> Parameters:
    """The parameters of rules with the case's own values."""
    own = workspace.case.meta("parameters")
    return parameters().changed_by(json.loads(own)) if own else parameters()


def chosen_rules(keys: Collection[str] | None) -> list[Rule]:
    """The rules with these keys (None: all); a `Refusal` names one there is not."""
    if keys is None:
        return list(RULES)
    for key in keys:
        if key not in RULES:
            raise Refusal("no_rule", message(N_("There is no rule “{rule}”; there are: {known}."), rule=key,
                                             known=", ".join(sorted(RULES.keys()))), field=key)
    return [RULES.get(key) for key in keys]


@dataclass(frozen=True)
class Judgement:
    """A run that has not been kept yet: what it did, the step that keeps it, and how far the journal was before it."""

    checked: Checked
    changeset: Changeset
    journal: int


def check(
    workspace: Workspace, rules: Collection[str] | None = None, as_of: date | None = None, *, whole: bool = False
) -> Job[Checked]:
    """Run the rules as of a day (default: today) and keep what they find, as one undoable step.

    After a first run only what later changes touch is evaluated again, unless the day, the rules or their parameters
    are others, or `whole` is asked for. An analyst's dispositions stay.
    """
    judged = None
    for step in judge(workspace, rules, as_of, whole=whole):
        judged = step.best or judged
        yield Progress(step.done, step.message)
    assert judged is not None
    yield Progress(1.0, message(N_("Done")), keep(workspace, judged))


def keep(workspace: Workspace, judged: Judgement) -> Checked:
    """Keep what a run found; a `Refusal` where the case has changed since the run began."""
    if workspace.case.journal_length() != judged.journal:
        raise Refusal("case_changed", message(N_("The case was changed while the rules ran; run them again.")))
    workspace.do(judged.changeset)
    return judged.checked


def judge(
    workspace: Workspace, rules: Collection[str] | None = None, as_of: date | None = None, *, whole: bool = False
) -> Job[Judgement]:
    """Run the rules as `check` does and change nothing; the last progress carries what `keep` takes. For a thread."""
    journal = workspace.case.journal_length()
    book = chosen_rules(rules)
    setting = Setting(as_of or date.today(), case_parameters(workspace))
    last = last_run(workspace)
    yield Progress(0.0, message(N_("Reading the records of the trade")))
    touched = None
    if not whole and rules is None and last is not None and last.same(workspace, book, setting):
        since = all_since(workspace.case, last.seq)
        touched = None if since is None else touched_trade(workspace.case, since, setting)
    trade, scope = (whole_trade(workspace.case), None) if touched is None else (touched.trade, touched.scope)
    outcome = Outcome()
    for step in run(trade, setting, book, scope):
        outcome = step.best or outcome
        yield Progress(_READ + _RUN * (step.done or 0.0), step.message)
    keeping = Keeping(workspace, trade, book, scope)
    checked, changeset = keeping.changes(outcome, setting, last, partial=rules is not None)
    yield Progress(1.0, message(N_("Done")), Judgement(checked, changeset, journal))
