"""Conditions answered: which entities of a case they hold for, as arrays, with progress."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from ewglink.graph import moments
from ewglink.graph.network import Network
from ewglink.model.grading import Grade
from ewglink.model.items import Direction, Strength
from ewglink.model.progress import Job, Progress
from ewglink.model.property_types import PropertyType
from ewglink.model.refusal import Refusal
from ewglink.store import querying as asked
from ewglink.text import N_, message
from ewglink.workspace.conditions import ANYTHING, OWN, Compare, Condition, Group, Linked, leaves
from ewglink.workspace.value_tests import (
    DATES,
    Holds,
    first_moment,
    holds_for,
    last_moment,
    likely,
    overlaps,
    positive,
    texts_held,
)
from ewglink.workspace.workspace import Workspace

Mask: TypeAlias = npt.NDArray[np.bool_]
Ids: TypeAlias = npt.NDArray[np.int64]
Step: TypeAlias = Generator[Progress[Ids], None, Mask]
_KEPT: WeakKeyDictionary[Workspace, tuple[int, dict[Any, Mask]]] = WeakKeyDictionary()
"""Answers to single conditions, until the case changes: who edits one condition does not wait for the others."""
MOST_KEPT = 64
MOST_VALUES = 100_000
"""Different values remembered while a condition is tested: the same come again and again."""
FEW = 5_000
"""Items with certain words up to which each is looked up, and the tables are not walked."""


def entities_where(workspace: Workspace, condition: Condition) -> Job[Ids]:
    """The ids of the entities for which `condition` holds, ascending."""
    query = _Query(workspace)
    for leaf in leaves(condition):
        query.check(leaf)
    mask = yield from query.mask(condition)
    yield Progress(1.0, best=query.network.ids[mask])


class _Query:
    """The case as one query sees it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.case, self.schema = workspace, workspace.case, workspace.schema
        self.network: Network = workspace.network()
        seq = workspace.case.stacks().head
        kept = _KEPT.get(workspace)
        if kept is None or kept[0] != seq or len(kept[1]) > MOST_KEPT:
            kept = (seq, {})
            _KEPT[workspace] = kept
        self.known = kept[1]
        self._merged: tuple[Ids, Ids] | None = None

    # what is wrong with a condition

    def check(self, leaf: Compare | Linked) -> None:
        """Refuse what no case can answer: types there are none of, a grade that is none."""
        if isinstance(leaf, Linked):
            self._of_types(leaf.types, self.schema.link_types, self.network.link_type_keys)
            for inner in leaves(leaf.to) if leaf.to is not None else ():
                self.check(inner)
        elif leaf.key == "type" and leaf.sign in ("=", "!="):
            self._of_types(leaf.values, self.schema.entity_types, self.network.type_keys)

    @staticmethod
    def _of_types(values: Iterable[str], known: Iterable[str], there: Iterable[str]) -> None:
        every = list(dict.fromkeys((*known, *there)))
        for value in values:
            if value not in every and value != ANYTHING:
                raise Refusal("no_type", message(N_("There is no type “{type}”; there are: {types}."), type=value,
                                                 types=", ".join(every)))

    # masks

    def mask(self, condition: Condition) -> Step:
        """Which rows of the network fulfil a condition."""
        if isinstance(condition, Group):
            return (yield from self._group(condition))
        if condition in self.known:
            return self.known[condition]
        yield Progress(None)
        found = yield from (self._linked(condition) if isinstance(condition, Linked) else self._tested(condition))
        self.known[condition] = found
        return found

    def _group(self, group: Group) -> Step:
        found = np.full(self.network.n, group.how == "all", np.bool_)
        for part in group.parts:
            mask = yield from self.mask(part)
            found = found & mask if group.how == "all" else found | mask
        return ~found if group.how == "none" else found

    def _tested(self, test: Compare) -> Step:
        wanted = positive(test)
        found = yield from self._positive(wanted)
        return ~found if wanted is not test else found

    def _positive(self, test: Compare) -> Step:
        if test.key in OWN:
            found: Mask = yield from getattr(self, "_by_" + test.key)(test)
            return found
        return (yield from self._by_property(test, test.key.removeprefix("property.")))

    def _holding(self, pairs: asked.Pairs, holds: Holds) -> Step:
        found: list[int] = []
        for batch in pairs:
            found += [item for item, value in batch if holds(value)]
            yield Progress(None)
        return self._rows(found)

    def _rows(self, items: Iterable[int]) -> Mask:
        """The rows of items, or of what they were merged into."""
        ids = np.fromiter(items, np.int64)
        if self._merged is None:
            merged = sorted(asked.merged(self.case))
            stand = [self.workspace.projection.stands_for(item) for item in merged]
            self._merged = (np.array(merged, np.int64), np.array(stand, np.int64))
        merged_ids, stands = self._merged
        if len(merged_ids) and len(ids):
            at = np.minimum(np.searchsorted(merged_ids, ids), len(merged_ids) - 1)
            ids = np.where(merged_ids[at] == ids, stands[at], ids)
        mask = np.zeros(self.network.n, np.bool_)
        if self.network.n and len(ids):
            at = np.minimum(np.searchsorted(self.network.ids, ids), self.network.n - 1)
            mask[at[self.network.ids[at] == ids]] = True
        return mask

    # the entity itself

    def _by_type(self, test: Compare) -> Step:
        yield Progress(None)
        holds = holds_for(test)
        return np.array([holds(key) for key in self.network.type_keys] or [False], np.bool_)[self.network.types]

    def _by_id(self, test: Compare) -> Step:
        yield Progress(None)
        holds = holds_for(test, "integer")
        return np.fromiter((holds(item) for item in self.network.ids.tolist()), np.bool_, self.network.n)

    def _by_label(self, test: Compare) -> Step:
        among: set[int] | None = None
        if test.sign in ("=", "~", "^=") and not any(ANYTHING in value or ".." in value for value in test.values):
            found = [self.case.holding_part(value) for value in test.values]
            if all(one is not None for one in found):
                among = {item for one in found for item in one or ()}
        return (yield from self._holding(asked.labels(self.case, among), holds_for(test)))

    def _by_text(self, test: Compare) -> Step:
        yield Progress(None)
        found = [item for value in test.values for item in self.case.search(value, 10_000_000)[1]]
        return self._rows(found)

    def _by_identifier(self, test: Compare) -> Step:
        holds = holds_for(test)
        spaced = any(":" in value for value in test.values)
        found: list[int] = []
        among = None if spaced else self._with_words(test)
        for batch in asked.identifiers(self.case, texts_held(test), among):
            found += [item for item, ns, value in batch if holds(value) or (spaced and holds(f"{ns}:{value}"))]
            yield Progress(None)
        return self._rows(found)

    def _by_property(self, test: Compare, key: str) -> Step:
        kind = self._kind(key)
        holds = holds_for(test, kind or "text")

        @lru_cache(maxsize=MOST_VALUES)
        def any_of(said: str) -> bool:
            value = json.loads(said)
            return any(map(holds, value)) if isinstance(value, list) else holds(value)

        texts = texts_held(test, kind or "text")
        among = self._with_words(test) if texts else None
        pairs = asked.property_values(self.case, key, texts, among)
        found = yield from self._holding(likely(pairs, test) if texts else pairs, any_of)
        if kind is None and not found.any():
            self._must_be_stated(key)
        return found

    def _with_words(self, test: Compare) -> set[int] | None:
        """The items that may hold the very words of `test` anywhere, where the index of words knows of few."""
        if test.sign != "=" or not texts_held(test):
            return None
        found: set[int] = set()
        for value in test.values:
            items = self.case.holding_words(value, FEW)
            if items is None:
                return None
            found.update(items)
        return found

    def _kind(self, key: str) -> str | None:
        return next((one.kind for one in self._properties() if one.key == key), None)

    def _properties(self) -> list[PropertyType]:
        entities = [one for kind in self.schema.entity_types.values() for one in kind.properties]
        return entities + [one for kind in self.schema.link_types.values() for one in kind.properties]

    def _must_be_stated(self, key: str) -> None:
        if any(True for batch in asked.property_values(self.case, key) for _one in batch):
            return
        keys = {one.key for one in self._properties()} | set(asked.stated_keys(self.case))
        near = get_close_matches(key, sorted(keys), 3, 0.6)
        if near:
            raise Refusal("no_property", message(
                N_("Nothing in this case has the property “{key}”. Did you mean {near}?"), key=key,
                near=", ".join(near)))
        raise Refusal("no_property", message(N_("Nothing in this case has the property “{key}”."), key=key))

    # when, who says so, where

    def _by_date(self, test: Compare) -> Step:
        fits = [overlaps(test, value) for value in test.values]
        keys = {one.key for one in self._properties() if one.kind in DATES}
        found: list[int] = []
        for batch in asked.dated_values(self.case, keys):
            for item, said, start, end in batch:
                if (said and any(fit(str(said), str(said)) for fit in fits)) or (
                        (start or end) and any(fit(start, end) for fit in fits)):
                    found.append(item)
            yield Progress(None)
        links: list[int] = []
        for batch in asked.link_dates(self.case):
            links += [item for item, start, end in batch if any(fit(start, end or start) for fit in fits)]
            yield Progress(None)
        mask = self._rows(found)
        mask[self.network.ends[np.isin(self.network.link_ids, np.array(links, np.int64))].ravel()] = True
        return mask

    def _resting(self, holds: Any) -> Step:
        chosen = [row[0] for row in asked.bases(self.case) if holds(row)]
        found: set[int] = set()
        if chosen:
            for batch in asked.resting_on(self.case, chosen):
                found.update(row[0] for row in batch)
                yield Progress(None)
        return self._rows(found)

    def _by_grade(self, test: Compare) -> Step:
        if test.sign in ("=", "~", "^="):
            holds = holds_for(test)
            return (yield from self._resting(lambda row: row[1] is not None and holds(row[1])))
        wanted = [_grade(value) for value in test.values]
        if None in wanted or test.sign not in (">=", "<="):
            raise Refusal("no_grade", message(N_("“{value}” is no grade; write one from A1 to F6, as in grade>=C3."),
                                              value="|".join(test.values)))
        keys = [grade.sort_key for grade in wanted if grade is not None]

        def good(row: Any) -> bool:
            grade = _grade(row[1] or "")
            if grade is None:
                return False
            ours = grade.sort_key
            if test.sign == ">=":  # better grades come first
                return any(ours[0] <= key[0] and ours[1] <= key[1] for key in keys)
            return any(ours[0] >= key[0] and ours[1] >= key[1] for key in keys)

        return (yield from self._resting(good))

    def _by_handling(self, test: Compare) -> Step:
        holds = holds_for(test)
        return (yield from self._resting(lambda row: row[2] is not None and holds(row[2])))

    def _by_source(self, test: Compare) -> Step:
        holds = holds_for(test)
        return (yield from self._resting(
            lambda row: row[4] is not None and (holds(row[4]) or str(row[3]) in test.values)))

    def _by_importer(self, test: Compare) -> Step:
        holds = holds_for(test)
        return (yield from self._resting(lambda row: row[5] is not None and holds(row[5])))

    def _by_chart(self, test: Compare) -> Step:
        holds = holds_for(test)
        names = [chart.name for chart in self.case.charts.listed() if holds(chart.name)]
        found: list[int] = []
        for batch in asked.on_charts(self.case, None if ANYTHING in test.values else names):
            found += [row[0] for row in batch]
            yield Progress(None)
        return self._rows(found)

    def _by_finding(self, test: Compare) -> Step:
        holds = holds_for(test)
        found: list[int] = []
        for batch in asked.in_findings(self.case):
            found += [row[0] for row in batch if holds(row[1]) or holds(row[2]) or holds(row[3])]
            yield Progress(None)
        mask = self._rows(found)
        about = np.isin(self.network.link_ids, np.array(found, np.int64))
        mask[self.network.ends[about].ravel()] = True
        return mask

    # links

    def _by_strength(self, test: Compare) -> Step:
        yield Progress(None)
        holds = holds_for(test)
        codes = [int(one) for one in Strength if holds(one.name.lower())]
        mask = np.zeros(self.network.n, np.bool_)
        mask[self.network.ends[np.isin(self.network.strengths, np.array(codes, np.int8))].ravel()] = True
        return mask

    def _by_links(self, test: Compare) -> Step:
        yield Progress(None)
        holds = holds_for(test, "integer")
        counts = np.bincount(self.network.ends.ravel(), minlength=self.network.n)
        many = np.array([holds(n) for n in range(int(counts.max(initial=0)) + 1)], np.bool_)
        return many[counts]

    def _linked(self, linked: Linked) -> Step:
        network = self.network
        links = np.ones(network.m, np.bool_)
        if linked.types:
            chosen = [key in linked.types or ANYTHING in linked.types for key in network.link_type_keys]
            links &= np.array(chosen or [False], np.bool_)[network.link_types]
        if linked.strengths:
            codes = [int(Strength[name.upper()]) for name in linked.strengths]
            links &= np.isin(network.strengths, np.array(codes, np.int8))
        if linked.start or linked.end:
            links &= yield from links_within(self.workspace, network, linked.start, linked.end)
        others = np.ones(network.n, np.bool_)
        if linked.to is not None:
            others = yield from self.mask(linked.to)
        a, b = network.ends[links, 0].astype(np.int64), network.ends[links, 1].astype(np.int64)
        heads = network.directions[links]
        leaves_a = (heads != Direction.BACKWARD) if linked.way == "out" else (heads != Direction.FORWARD)
        leaves_b = (heads != Direction.FORWARD) if linked.way == "out" else (heads != Direction.BACKWARD)
        if linked.way == "any":
            leaves_a = leaves_b = np.ones(len(a), np.bool_)
        from_a, from_b = leaves_a & others[b] & (a != b), leaves_b & others[a] & (a != b)
        pairs = np.unique(np.concatenate((a[from_a] * network.n + b[from_a], b[from_b] * network.n + a[from_b])))
        counts = np.bincount(pairs // max(1, network.n), minlength=network.n)
        found = counts >= linked.at_least
        return found if linked.at_most is None else found & (counts <= linked.at_most)


def links_within(
    workspace: Workspace, network: Network, start: str | None, end: str | None
) -> Generator[Progress[Any], None, Mask]:
    """Which links of a network held at some time from `start` to `end`; a link without dates did not."""
    low = moments.first_moment(start) if start else moments.FIRST
    high = moments.last_moment(end) if end else moments.LAST
    found: list[int] = []
    for batch in asked.link_dates(workspace.case):
        for item, begun, ended in batch:
            first = first_moment(begun) if begun else moments.FIRST
            last = last_moment(ended or begun)
            if first <= high and last >= low:
                found.append(item)
        yield Progress(None)
    return np.isin(network.link_ids, np.array(found, np.int64))


def _grade(text: str) -> Grade | None:
    try:
        return Grade.parse(text)
    except ValueError:
        return None
