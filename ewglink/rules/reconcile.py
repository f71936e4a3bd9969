"""A run of the rules: every rule over every subject it is about, in one fixed order, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ewglink.model.progress import Job, Progress
from ewglink.rules.assembling import shipping_order
from ewglink.rules.contract import RULES, Found, Missing, Rule, Setting, Severity, Subject
from ewglink.rules.trade import Trade
from ewglink.text import N_, message


@dataclass(frozen=True)
class Scope:
    """Which subjects are evaluated, by the id of their item. `subjects`: by kind, under every rule; `more`: rule →
    further ones; `beside`: rule → those that are looked at only for what they have with one of `subjects`."""

    subjects: Mapping[Subject, Collection[int]] = field(default_factory=dict)
    more: Mapping[str, Collection[int]] = field(default_factory=dict)
    beside: Mapping[str, Collection[int]] = field(default_factory=dict)

    def of(self, rule: Rule) -> set[int]:
        """What a rule is evaluated over."""
        return {*self.subjects.get(rule.over, ()), *self.more.get(rule.key, ()), *self.beside.get(rule.key, ())}

    def reach(self, rule: Rule, trade: Trade) -> set[int]:
        """The items of which a rule may say that it cannot be evaluated: its subjects, and what they consist of."""
        found = {*self.subjects.get(rule.over, ()), *self.more.get(rule.key, ())}
        if rule.over in ("line", "tracking"):
            found |= set(self.subjects.get("movement", ()))
        elif rule.over == "stream":
            found |= {line.id for item in found if item in trade.streams for line in trade.streams[item].lines}
            found |= set(self.subjects.get("line", ()))
        elif rule.over == "party":
            found |= {stream.id for stream in trade.streams.values() if stream.exporters & found}
            found |= {load.id for item in found if item in trade.parties for load in trade.parties[item].imported}
            found |= {*self.subjects.get("movement", ()), *self.subjects.get("stream", ())}
        return found

    def settles(self, rule: Rule, subject: int, objects: Iterable[int]) -> bool:
        """Whether this run says all there is to say of these objects under a rule."""
        if subject in self.subjects.get(rule.over, ()) or subject in self.more.get(rule.key, ()):
            return True
        loads = self.subjects.get("movement", ())
        return rule.over in ("movement", "line", "tracking") and any(item in loads for item in objects)



@dataclass(frozen=True)
class Finding:
    """A rule broken, ready to be kept. `subject` is the item it was evaluated over, `objects` what it is about."""

    rule: str
    version: str
    severity: Severity
    subject: int
    objects: tuple[int, ...]
    about: tuple[int, ...]
    values: Mapping[str, Any]
    inputs_hash: str


@dataclass
class Outcome:
    """What a run found, in the order of rules and subjects; `missing`: rule → subject → the inputs it lacks."""

    findings: list[Finding] = field(default_factory=list)
    missing: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    evaluated: int = 0


def run(
    trade: Trade, setting: Setting, rules: Iterable[Rule] | None = None, scope: Scope | None = None
) -> Job[Outcome]:
    """Evaluate `rules` (default: all) over the subjects in `scope` (None: all there are). The same trade and setting
    give the same outcome, whatever the order of the files it came from."""
    book = sorted(rules if rules is not None else RULES, key=lambda rule: rule.key)
    outcome = Outcome()
    known = _by_sector(subjects(trade))
    for at, rule in enumerate(book):
        wanted = None if scope is None else scope.of(rule)
        for subject_id, subject in known(rule):
            if wanted is None or subject_id in wanted:
                outcome.evaluated += 1
                _evaluate(rule, subject_id, subject, trade, setting, outcome, scope)
        yield Progress((at + 1) / len(book), message(N_("Rule {rule}"), rule=rule.key), outcome)
    if not book:
        yield Progress(1.0, message(N_("Done")), outcome)


def _by_sector(known: dict[Subject, list[tuple[int, Any]]]) -> Callable[[Rule], list[tuple[int, Any]]]:
    """What each rule is evaluated over: without loads and streams known to be of goods that it is not about."""
    kept: dict[tuple[Subject, str], list[tuple[int, Any]]] = {}

    def chosen(rule: Rule) -> list[tuple[int, Any]]:
        sector = getattr(rule, "sector", "")
        if not sector or rule.over not in ("movement", "line", "tracking", "stream"):
            return known[rule.over]
        key = (rule.over, sector)
        if key not in kept:
            kept[key] = [pair for pair in known[rule.over] if _sector(pair[1]) in ("", sector)]
        return kept[key]

    return chosen


def _sector(subject: Any) -> str:
    first: Any = subject[0] if isinstance(subject, list) else subject
    owner: Any = getattr(first, "movement", first)
    return str(owner.sector)


def _evaluate(
    rule: Rule, subject_id: int, subject: Any, trade: Trade, setting: Setting, outcome: Outcome, scope: Scope | None
) -> None:
    seen: set[tuple[int, ...]] = set()
    for said in rule.evaluate(subject, trade, setting):
        if scope is not None and not scope.settles(rule, subject_id, () if isinstance(said, Missing) else said.objects):
            continue
        if isinstance(said, Missing):
            outcome.missing.setdefault(rule.key, {})[said.item] = said.inputs
        elif said.objects not in seen:
            seen.add(said.objects)
            outcome.findings.append(_finding(rule, subject_id, said, trade))


def _finding(rule: Rule, subject: int, said: Found, trade: Trade) -> Finding:
    read = [{key: _shown(trade, item).get(key) for key in rule.inputs} for item in (*said.objects, *said.about)]
    names = [ref_of(trade, item) for item in (*said.objects, *said.about)]
    text = json.dumps([rule.key, rule.version, names, dict(said.values), read], sort_keys=True, ensure_ascii=False,
                      default=str)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Finding(rule.key, rule.version, said.severity or rule.severity, subject, said.objects, said.about,
                   dict(said.values), digest)


def _shown(trade: Trade, item: int) -> Mapping[str, Any]:
    found = thing_of(trade, item)
    return {} if found is None else found.values


def thing_of(trade: Trade, item: int) -> Any:
    """Whatever stands behind an item in the trade; None where it is not part of it."""
    for kind in (trade.movements, trade.lines, trade.streams, trade.notices, trade.parties, trade.declarations,
                 trade.places, trade.things, trade.entries):
        if item in kind:
            return kind[item]
    return None


def ref_of(trade: Trade, item: int) -> str:
    """The identity that a file gave an item; its id where it is not part of the trade."""
    found = thing_of(trade, item)
    return str(item) if found is None else found.ref


def subjects(trade: Trade) -> dict[Subject, list[tuple[int, Any]]]:
    """Everything a rule can be evaluated over, by kind, each with the id it goes by, in a fixed order."""
    found: dict[Subject, list[tuple[int, Any]]] = defaultdict(list)
    for movement in sorted(trade.movements.values(), key=shipping_order):
        found["movement"].append((movement.id, movement))
        found["line"] += [(line.id, line) for line in sorted(movement.lines, key=lambda one: (one.no, one.id))]
    for movements in sorted(trade.tracking.values(), key=lambda group: shipping_order(group[0])):
        found["tracking"].append((movements[0].id, movements))
    found["stream"] = [(one.id, one) for one in _by_id(trade.streams) if one.values]
    found["notice"] = [(one.id, one) for one in _by_id(trade.notices)]
    found["party"] = [(one.id, one) for one in _by_id(trade.parties)]
    found["declaration"] = [(one.id, one) for one in _by_id(trade.declarations)]
    found["engine"] = [(one.id, one) for one in _by_id(trade.things) if one.type == "engine"]
    found["thing"] = [(one.id, one) for one in _by_id(trade.things) if one.type != "engine"]
    found["case"] = [(0, trade)]
    return found


def _by_id(things: Mapping[int, Any]) -> Iterator[Any]:
    return (things[item] for item in sorted(things))
