"""How a run is kept: what it found beside what was found before, with what an analyst made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.rules.contract import Rule, Setting
from ewglink.rules.reconcile import Finding, Outcome, Scope, ref_of
from ewglink.rules.trade import Trade
from ewglink.store.findings import KeptFinding, findings, findings_about, standing
from ewglink.workspace.rules_run import LastRun, Missing, run_row
from ewglink.workspace.workspace import Workspace

_SEVERAL = ("line", "stream", "party")
"""Subjects of which one load may break a rule by several."""


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


class Keeping:
    """What a run changes in a case. `scope` None: everything was evaluated."""

    def __init__(self, workspace: Workspace, trade: Trade, book: Collection[Rule], scope: Scope | None) -> None:
        self.workspace, self.trade, self.scope = workspace, trade, scope
        self.book = {rule.key: rule for rule in book}
        self._stands = _canonical(workspace)
        self._next = workspace.case.next_id("finding")
        self._changes: list[Change] = []
        self._checked = Checked(whole=scope is None)

    def changes(
        self, outcome: Outcome, setting: Setting, last: LastRun | None, *, partial: bool
    ) -> tuple[Checked, Changeset]:
        """The step that keeps what was found, and what it comes to."""
        done = self._checked
        done.evaluated, done.as_of = outcome.evaluated, setting.as_of
        was = standing(self.workspace.case)
        self._beside(outcome.findings)
        missing = self._missing(outcome, last, partial=partial)
        done.not_evaluable = {rule: len(missing[rule]) for rule in sorted(missing) if rule in self.book}
        done.findings = was + sum(_stands(change.after) - _stands(change.before) for change in self._changes
                                  if change.table == "finding")
        if (self._changes or last is None or not last.same(self.workspace, list(self.book.values()), setting)
                or missing.packed != (last.missing.packed if isinstance(last.missing, Missing) else None)):
            self._changes.append(run_row(self.workspace, list(self.book.values()), missing, setting, last,
                                         partial=partial))
        return done, Changeset("checked", {"n": len(self.book), "as_of": setting.as_of.isoformat()},
                               tuple(self._changes))

    # findings

    def _beside(self, found: Iterable[Finding]) -> None:
        old = self._old()
        by_key = {(one.rule, self._key(one.rule, one.objects, one.subject)): one for one in old}
        merged = {(one.rule, self._key(one.rule, self._standing(one.objects), self._root(one.subject))): one
                  for one in old if any(item in self._stands for item in (*one.objects, one.subject))}
        put: list[Change] = []
        for finding in found:
            key = (finding.rule, self._key(finding.rule, finding.objects, finding.subject))
            before = by_key.pop(key, None)
            if before is None:
                self._checked.new += 1
            put += self._put(finding, before, key[1], merged.get(key))
        for one in by_key.values():
            if not one.gone and self._settled(one):
                self._checked.gone += 1
                self._changes += self._drop(one)
        self._changes += put

    def _key(self, rule: str, objects: Iterable[int], subject: int) -> str:
        """What tells findings of a rule apart: their objects, and the line, consent or party it was broken by, of which
        one load may have several."""
        known = self.book.get(rule)
        more = [subject] if known is not None and known.over in _SEVERAL else []
        return hashlib.sha256(json.dumps([rule, sorted(set(objects)), *more]).encode()).hexdigest()

    def _old(self) -> list[KeptFinding]:
        """What was found before of these rules, as far as this run may have something to say of it."""
        case = self.workspace.case
        if self.scope is None:
            return findings(case, rules=self.book, gone=True)
        loaded = {item for kind in (self.trade.movements, self.trade.streams, self.trade.notices, self.trade.parties,
                                    self.trade.declarations, self.trade.things) for item in kind}
        loaded |= {item for item, stands in self._stands.items() if stands in loaded}
        return findings_about(case, loaded)

    def _settled(self, one: KeptFinding) -> bool:
        """Whether what was found before would have been found again, were it still so."""
        rule = self.book.get(one.rule)
        if rule is None:
            return False
        if self.scope is None:
            return True
        return self.scope.settles(rule, self._root(one.subject), self._standing(one.objects))

    def _root(self, item: int) -> int:
        return self._stands.get(item, item)

    def _standing(self, items: Iterable[int]) -> set[int]:
        return {self._root(item) for item in items}

    def _put(
        self, finding: Finding, before: KeptFinding | None, key: str, other: KeptFinding | None
    ) -> list[Change]:
        """Keep a finding. `before`: what was kept of the same objects; `other`: of what has been merged into them;
        a new finding takes over its disposition."""
        body: dict[str, Any] = {
            "over": self.book[finding.rule].over, "subject": finding.subject, "objects": list(finding.objects),
            "about": list(finding.about), "refs": [ref_of(self.trade, item) for item in finding.objects],
            "values": dict(finding.values)}
        row: dict[str, Any] = {
            "id": self._next, "rule": finding.rule, "rule_version": finding.version, "objects_hash": key,
            "severity": finding.severity, "vals": "", "inputs_hash": finding.inputs_hash, "state": "new"}
        was = None if before is None else self.workspace.case.items.row("finding", id=before.id)
        said = was if was is not None or other is None else self.workspace.case.items.row("finding", id=other.id)
        if said is not None:
            kept = json.loads(said["vals"])
            body |= {name: kept[name] for name in ("note", "disposed") if name in kept}
            row["state"] = said["state"]
        if was is None:
            self._next += 1
        else:
            row["id"] = was["id"]
        row["vals"] = json.dumps(body, ensure_ascii=False, sort_keys=True)
        if row == was:
            return []
        return [Change("finding", was, row),
                *self._tied(row["id"], {*finding.objects, *finding.about}, new=was is None)]

    def _tied(self, finding: int, wanted: set[int], *, new: bool) -> list[Change]:
        held = set() if new else {one["item_id"] for one in self.workspace.case.items.rows(
            "finding_object", "finding_id", [finding])}
        return [Change("finding_object", *((row, None) if gone else (None, row))) for gone, items in (
            (True, held - wanted), (False, wanted - held)) for item in sorted(items)
            for row in ({"finding_id": finding, "item_id": item},)]

    def _drop(self, one: KeptFinding) -> list[Change]:
        """What is not found any more goes; what an analyst has disposed of is kept out of sight."""
        was = self.workspace.case.items.row("finding", id=one.id)
        assert was is not None
        if one.state != "new":
            body = json.loads(was["vals"]) | {"gone": True}
            return [Change("finding", was, was | {"vals": json.dumps(body, ensure_ascii=False, sort_keys=True)})]
        held = self.workspace.case.items.rows("finding_object", "finding_id", [one.id])
        return [*(Change("finding_object", row, None) for row in held), Change("finding", was, None)]

    # what could not be told

    def _missing(self, outcome: Outcome, last: LastRun | None, *, partial: bool) -> Missing:
        """Rule → the items it could not be evaluated on, of the whole case: those of this run, and those of the
        last that were not looked at again."""
        kept = last.missing if last is not None and isinstance(last.missing, Missing) else Missing({})
        if self.scope is None:
            rest = kept if partial else Missing({})
            return rest.changed_by(outcome.missing, set(self.book))
        now: dict[str, Collection[int]] = {}
        same: set[str] = set()
        for key, rule in self.book.items():
            found, looked = set(outcome.missing.get(key, ())), self.scope.reach(rule, self.trade)
            before = set(kept[key]) if key in kept else set()
            after = (before - looked - self._stands.keys()) | found
            if after == before:
                same.add(key)
            else:
                now[key] = after
        return kept.changed_by(now, set(self.book) - same)


def _canonical(workspace: Workspace) -> dict[int, int]:
    with workspace.case.reading() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql(
            "SELECT id, canonical_id FROM item WHERE canonical_id IS NOT NULL")}


def _stands(row: Mapping[str, Any] | None) -> int:
    return int(row is not None and not json.loads(row["vals"]).get("gone"))
