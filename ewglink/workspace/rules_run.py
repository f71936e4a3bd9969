"""The last run of the rules as a case keeps it: how far the journal was, the day, the rules, what is missing."""

from __future__ import annotations

import base64
import json
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from ewglink.model.changes import Change
from ewglink.rules.contract import RULES, Rule, Setting
from ewglink.workspace.workspace import Workspace

RUN = "rules_run"
"""The fact of the case that says what the last run was: its entry, day, rules, and what it could not evaluate."""


class Missing(Mapping[str, list[int]]):
    """Rule → the items it could not be evaluated on, unpacked when they are asked for."""

    def __init__(self, packed: Mapping[str, str]) -> None:
        self.packed = dict(packed)

    def __getitem__(self, rule: str) -> list[int]:
        return _unpacked(self.packed[rule])

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)

    def __contains__(self, rule: object) -> bool:
        return rule in self.packed

    def changed_by(self, now: Mapping[str, Collection[int]], rules: Collection[str]) -> Missing:
        """The same with what is now missing for these rules."""
        packed = {rule: body for rule, body in self.packed.items() if rule not in rules}
        return Missing(packed | {rule: _packed(items) for rule, items in now.items() if items})


@dataclass(frozen=True)
class LastRun:
    """What is kept of the last run: `seq` the entry before it, `rules` their versions, `missing` rule → items."""

    seq: int
    as_of: date
    rules: dict[str, str]
    missing: Mapping[str, list[int]]
    parameters: str

    def same(self, workspace: Workspace, book: Collection[Rule], setting: Setting) -> bool:
        """Whether a run now would ask the same: of the same day, by the same rules and parameters."""
        return (self.as_of == setting.as_of and self.rules == {rule.key: rule.version for rule in book}
                and self.parameters == (workspace.case.meta("parameters") or ""))


def last_run(workspace: Workspace) -> LastRun | None:
    """The last run of the rules; None where there was none."""
    kept = workspace.case.meta(RUN)
    if kept is None:
        return None
    data = json.loads(kept)
    return LastRun(data["seq"], date.fromisoformat(data["as_of"]), data["rules"], Missing(data["missing"]),
                   data.get("parameters", ""))


def run_row(
    workspace: Workspace, book: Collection[Rule], missing: Missing, setting: Setting, last: LastRun | None, *,
    partial: bool
) -> Change:
    """The change that keeps a run; `partial`: of some rules only, which does not bring the others up to date."""
    rules = {rule.key: rule.version for rule in book}
    if partial and last is not None:
        rules = {key: version for key, version in last.rules.items() if key in RULES} | rules
    seq = 0 if partial and last is not None else workspace.case.journal_length() + 1
    value = json.dumps({"seq": seq, "as_of": setting.as_of.isoformat(), "rules": rules, "missing": missing.packed,
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
    return list(accumulate(steps))
