"""Checking a case against the rules: all of it, or only what has changed since the last time, as one step."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.reference.parameters import Parameters, parameters
from ewglink.rules.contract import RULES, Rule, Setting
from ewglink.rules.reconcile import Finding, Outcome, ref_of, run
from ewglink.rules.scope import needs_all, touched_trade, whole_trade
from ewglink.rules.trade import Trade
from ewglink.store.findings import KeptFinding, findings
from ewglink.store.since import changed_since
from ewglink.text import N_, message
from ewglink.workspace.workspace import Workspace

RUN = "rules_run"
"""The fact of the case that says what the last run was: its entry, day, rules, and what it could not evaluate."""

_READ, _RUN = 0.35, 0.6


@dataclass
class Checked:
    """What a run did. `not_evaluable`: rule → on how many items it could not be evaluated, of the whole case."""

    findings: int = 0
    new: int = 0
    gone: int = 0
    evaluated: int = 0
    whole: bool = True
    not_evaluable: dict[str, int] = field(default_factory=dict)
    as_of: date | None = None


@dataclass(frozen=True)
class LastRun:
    """What is kept of the last run: `seq` the entry before it, `rules` their versions, `missing` rule → items."""

    seq: int
    as_of: date
    rules: dict[str, str]
    missing: dict[str, list[int]]
    parameters: str


def last_run(workspace: Workspace) -> LastRun | None:
    """The last run of the rules; None where there was none."""
    kept = workspace.case.meta(RUN)
    if kept is None:
        return None
    data = json.loads(kept)
    return LastRun(data["seq"], date.fromisoformat(data["as_of"]), data["rules"],
                   {rule: _unpacked(body) for rule, body in data["missing"].items()}, data.get("parameters", ""))


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
    changed = None
    if not whole and rules is None and last is not None and _same(workspace, last, book, setting):
        changed = changed_since(workspace.case, last.seq)
        if changed is not None and needs_all(workspace.case, changed):
            changed = None
    touched = None if changed is None else touched_trade(workspace.case, changed)
    trade, scope = (whole_trade(workspace.case), None) if touched is None else (touched.trade, touched.scope)
    outcome = Outcome()
    for step in run(trade, setting, book, scope):
        outcome = step.best or outcome
        yield Progress(_READ + _RUN * (step.done or 0.0), step.message)
    evaluated = None if scope is None else {(str(kind), item) for kind, items in scope.items() for item in items}
    checked, changeset = _kept(workspace, trade, book, outcome, evaluated, setting, last, partial=rules is not None)
    yield Progress(1.0, message(N_("Done")), Judgement(checked, changeset, journal))


def _same(workspace: Workspace, last: LastRun, book: Collection[Rule], setting: Setting) -> bool:
    return (last.as_of == setting.as_of and last.rules == {rule.key: rule.version for rule in book}
            and last.parameters == (workspace.case.meta("parameters") or ""))


# keeping


def _kept(
    workspace: Workspace, trade: Trade, book: Collection[Rule], outcome: Outcome,
    evaluated: set[tuple[str, int]] | None, setting: Setting, last: LastRun | None, *, partial: bool
) -> tuple[Checked, Changeset]:
    over = {rule.key: rule.over for rule in book}
    stands = _canonical(workspace)
    old = {_key(one.rule, one.objects, stands): one for one in findings(workspace.case, rules=over, gone=True)}
    changes: list[Change] = []
    checked = Checked(evaluated=outcome.evaluated, whole=evaluated is None, as_of=setting.as_of)
    next_id = workspace.case.next_id("finding")
    for finding in outcome.findings:
        key = _key(finding.rule, finding.objects, stands)
        before = old.pop(key, None)
        if before is None:
            checked.new += 1
        changes += _put(workspace, trade, finding, over[finding.rule], before, next_id, key[1])
        next_id += before is None
    for one in old.values():
        if evaluated is not None and over[one.rule] != "case" and not _looked_at(one, evaluated, stands):
            continue
        if not one.gone:
            checked.gone += 1
            changes += _drop(workspace, one)
    missing = _missing(outcome, book, evaluated, last, partial=partial)
    checked.not_evaluable = {rule: len(items) for rule, items in sorted(missing.items()) if items and rule in over}
    checked.findings = _standing(workspace, changes)
    if changes or last is None or not _same(workspace, last, book, setting) or missing != last.missing:
        changes.append(_run_row(workspace, book, missing, setting, last, partial=partial))
    return checked, Changeset("checked", {"n": len(book), "as_of": setting.as_of.isoformat()}, tuple(changes))


def _looked_at(one: KeptFinding, evaluated: set[tuple[str, int]], stands: Mapping[int, int]) -> bool:
    subject = stands.get(one.subject, one.subject)
    return (one.over, subject) in evaluated or any(
        ("movement", stands.get(item, item)) in evaluated for item in one.objects) and one.over == "tracking"


def _canonical(workspace: Workspace) -> dict[int, int]:
    with workspace.case.reading() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql(
            "SELECT id, canonical_id FROM item WHERE canonical_id IS NOT NULL")}


def _key(rule: str, objects: Collection[int], stands: Mapping[int, int]) -> tuple[str, str]:
    ids = sorted({stands.get(item, item) for item in objects})
    return rule, hashlib.sha256(json.dumps([rule, ids]).encode()).hexdigest()


def _put(
    workspace: Workspace, trade: Trade, finding: Finding, over: str, before: KeptFinding | None, new: int, key: str
) -> list[Change]:
    body: dict[str, Any] = {
        "over": over, "subject": finding.subject, "objects": list(finding.objects), "about": list(finding.about),
        "refs": [ref_of(trade, item) for item in finding.objects], "values": dict(finding.values)}
    row: dict[str, Any] = {"id": new, "rule": finding.rule, "rule_version": finding.version, "objects_hash": key,
           "severity": finding.severity, "vals": "", "inputs_hash": finding.inputs_hash, "state": "new"}
    was = None
    if before is not None:
        was = workspace.case.items.row("finding", id=before.id)
        assert was is not None
        kept = json.loads(was["vals"])
        body |= {name: kept[name] for name in ("note", "disposed") if name in kept}
        row |= {"id": was["id"], "state": was["state"]}
    row["vals"] = json.dumps(body, ensure_ascii=False, sort_keys=True)
    if row == was:
        return []
    changes = [Change("finding", was, row)]
    wanted = set(finding.objects) | set(finding.about)
    held = set() if before is None else {
        one["item_id"] for one in workspace.case.items.rows("finding_object", "finding_id", [row["id"]])}
    changes += [Change("finding_object", {"finding_id": row["id"], "item_id": item}, None)
                for item in sorted(held - wanted)]
    changes += [Change("finding_object", None, {"finding_id": row["id"], "item_id": item})
                for item in sorted(wanted - held)]
    return changes


def _drop(workspace: Workspace, one: KeptFinding) -> list[Change]:
    """What is not found any more goes; what an analyst has disposed of is kept out of sight."""
    was = workspace.case.items.row("finding", id=one.id)
    assert was is not None
    if one.state != "new":
        body = json.loads(was["vals"]) | {"gone": True}
        return [Change("finding", was, was | {"vals": json.dumps(body, ensure_ascii=False, sort_keys=True)})]
    held = workspace.case.items.rows("finding_object", "finding_id", [one.id])
    return [*(Change("finding_object", row, None) for row in held), Change("finding", was, None)]


def _standing(workspace: Workspace, changes: Collection[Change]) -> int:
    """How many findings stand after `changes`."""
    standing = {row.id for row in findings(workspace.case)}
    for change in changes:
        if change.table == "finding":
            if change.after is None or json.loads(change.after["vals"]).get("gone"):
                standing.discard(change.row["id"])
            else:
                standing.add(change.after["id"])
    return len(standing)


def _missing(
    outcome: Outcome, book: Collection[Rule], evaluated: set[tuple[str, int]] | None, last: LastRun | None, *,
    partial: bool
) -> dict[str, list[int]]:
    """Rule → the items it could not be evaluated on, of the whole case: those of this run, and those of the last that
    were not looked at again."""
    found: dict[str, set[int]] = {rule: set(items) for rule, items in outcome.missing.items()}
    if last is not None and evaluated is not None:
        looked = {item for _kind, item in evaluated}
        for rule in book:
            found.setdefault(rule.key, set()).update(
                item for item in last.missing.get(rule.key, ()) if item not in looked)
    if last is not None and partial:
        run_now = {rule.key for rule in book}
        found |= {rule: set(items) for rule, items in last.missing.items() if rule not in run_now}
    return {rule: sorted(items) for rule, items in found.items() if items}


def _run_row(
    workspace: Workspace, book: Collection[Rule], missing: Mapping[str, list[int]], setting: Setting,
    last: LastRun | None, *, partial: bool
) -> Change:
    rules = {rule.key: rule.version for rule in book}
    if partial and last is not None:
        rules = {key: version for key, version in last.rules.items() if key in RULES} | rules
    # A run of some rules does not bring the others up to date: the whole run before it stays the one to go on from.
    seq = last.seq if partial and last is not None else workspace.case.journal_length() + 1
    value = json.dumps({"seq": 0 if partial and last is None else seq, "as_of": setting.as_of.isoformat(),
                        "rules": rules, "missing": {rule: _packed(items) for rule, items in missing.items()},
                        "parameters": workspace.case.meta("parameters") or ""}, sort_keys=True)
    before = workspace.case.meta(RUN)
    return Change("meta", None if before is None else {"key": RUN, "value": before}, {"key": RUN, "value": value})


def _packed(items: Collection[int]) -> str:
    """Ids as text: their differences, compressed."""
    ordered = sorted(items)
    steps = array("q", [item - before for item, before in zip(ordered, [0, *ordered], strict=False)])
    return base64.b85encode(zlib.compress(steps.tobytes(), 9)).decode("ascii")


def _unpacked(text: str) -> list[int]:
    steps = array("q")
    steps.frombytes(zlib.decompress(base64.b85decode(text)))
    found, at = [], 0
    for step in steps:
        at += step
        found.append(at)
    return found
