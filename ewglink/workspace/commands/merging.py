"""Entities merged into one, and apart again at any later time: no statement and no link is rewritten.

A row of `merge` says into which entity another went; what stands for each (`item.canonical_id`) follows from the rows.
The row's `reason` is JSON: `text` what was said of it, and what has to be put back when the two come apart: `chose` and
`before` (property → statement, the values chosen with the merge and those chosen before) and `placed` (the charts on
which the survivor took the place of the other).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ewglink.model.changes import Change, Changeset, Row
from ewglink.model.items import ENTITY
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message
from ewglink.workspace.commands.deciding import decided_apart
from ewglink.workspace.commands.rows import Rows
from ewglink.workspace.resolving.identifiers import different_identifiers

Bodies = dict[str, Any]


def merge(
    case: CaseFile, schema: Schema, items: Collection[int], into: int | None = None, *, reason: str = "",
    chosen: Mapping[str, int] | None = None,
) -> Changeset:
    """Entities made one, shown as `into` (the first where it is left out). `chosen`: property → statement to show.

    Refuses what is no entity, entities of different kinds, those with different valid strong identifiers, and those
    that were decided not to be the same. Entities that are one already change nothing.
    """
    order = list(dict.fromkeys(([] if into is None else [into]) + list(items)))
    work = Merging(case, schema)
    made = work.join(order, reason, chosen or {})
    label = work.label(order[0]) if order else ""
    return Changeset("merged", {"n": made, "label": label}, work.changes()) if made else Changeset("merged")


def merge_all(case: CaseFile, schema: Schema, groups: Iterable[Sequence[int]], reason: str = "") -> Changeset:
    """Many merges as one step, each group into its first; a group that may not be one is left as it is."""
    work, made, label = Merging(case, schema), 0, ""
    for group in groups:
        try:
            made += work.join(list(group), reason, {})
        except Refusal:
            continue
        label = label or work.label(group[0])
    if not made:
        return Changeset("merged")
    return Changeset("merged", {"n": made, "label": label}, work.changes())


def unmerge(case: CaseFile, item: int) -> Changeset:
    """What was merged apart again: `item` out of what it went into, else all that went directly into `item`.

    Each takes with it what was merged into it before. What was said of it after the merge stays with it.
    """
    return unmerge_all(case, [item])


def unmerge_all(case: CaseFile, items: Sequence[int]) -> Changeset:
    """Several un-merges as one step, named after the first."""
    work = Merging(case, None)
    for item in items:
        edges = work.rows.where("merge", "constituent", [item]) or work.rows.where("merge", "survivor", [item])
        if not edges:
            raise Refusal("not_merged", message(N_("“{label}” was not merged with anything."), label=work.label(item)))
        for edge in edges:
            work.part(edge)
    return Changeset("unmerged", {"label": work.label(items[0])}, work.changes())


class Merging:
    """Merges and un-merges under way, not yet in the case."""

    def __init__(self, case: CaseFile, schema: Schema | None) -> None:
        self._case, self._schema = case, schema
        self.rows = Rows(case)
        self._seq = case.journal_length() + 1

    def changes(self) -> tuple[Change, ...]:
        """What has changed so far."""
        return self.rows.changes()

    def label(self, item: int) -> str:
        """The label of an entity; refuses one that is not there."""
        return str(self._entity(item)["label"])

    def _entity(self, item: int) -> Row:
        row = self.rows.get("item", id=item)
        if row is None:
            raise Refusal("no_item", message(N_("This item is not in the case any more.")))
        if row["kind"] != ENTITY:
            raise Refusal("merge_link", message(N_("“{label}” is a link; only entities can be merged."),
                                                label=row["label"] or row["type"]))
        return row

    def _root(self, item: int) -> int:
        row = self._entity(item)
        return int(row["canonical_id"] or item)

    def _members(self, root: int) -> set[int]:
        found, new = {root}, {root}
        while new:
            new = {row["constituent"] for row in self.rows.where("merge", "survivor", new)} - found
            found |= new
        return found

    # together

    def join(self, items: list[int], reason: str, chosen: Mapping[str, int]) -> int:
        """Make these one, the first of them standing for all; how many went into it."""
        roots = list(dict.fromkeys(self._root(item) for item in items))
        if len(roots) < 2:
            return 0
        parts = [self._members(root) for root in roots]
        self._allow(roots, parts)
        self._check_said(chosen.values(), set().union(*parts))
        survivor = roots[0]
        for constituent, members in zip(roots[1:], parts[1:], strict=True):
            notes: Bodies = {"text": reason} if reason else {}
            notes |= self._take_places(survivor, constituent)
            if constituent == roots[-1] and chosen:
                notes |= self._choose(survivor, chosen)
            self.rows.add("merge", {"survivor": survivor, "constituent": constituent, "reason": _written(notes),
                                    "seq": self._seq})
            self._stand(members, survivor)
        return len(roots) - 1

    def _allow(self, roots: list[int], parts: list[set[int]]) -> None:
        rows = [self._entity(root) for root in roots]
        assert self._schema is not None
        for row in rows[1:]:
            if not self._schema.same_family(rows[0]["type"], row["type"]):
                raise Refusal("merge_types", message(
                    N_("“{a}” and “{b}” are of different types; change the type of one first."),
                    a=rows[0]["label"], b=row["label"]))
        for at, one in enumerate(parts):
            for no, other in enumerate(parts[at + 1:], start=at + 1):
                if decided_apart(self._case, one, other):
                    raise Refusal("decided_not_same", message(
                        N_("It was decided that “{a}” and “{b}” are not the same; take that decision back first."),
                        a=rows[at]["label"], b=rows[no]["label"]))
                clash = different_identifiers(self._case, self._schema, one, other)
                if clash is not None:
                    raise Refusal("different_identifiers", message(
                        N_("“{a}” and “{b}” have different valid identifiers ({scheme}: {one}, {other}) and are not "
                           "merged."), a=rows[at]["label"], b=rows[no]["label"], scheme=clash[0], one=clash[1],
                        other=clash[2]))

    def _check_said(self, statements: Collection[int], members: set[int]) -> None:
        said = {row["id"] for row in self.rows.where("statement", "item_id", members)} if statements else set()
        if not said >= set(statements):
            raise Refusal("no_statement", message(N_("Only what was said of the merged entities can be shown.")))

    def _stand(self, members: Iterable[int], root: int) -> None:
        for item in members:
            row = self._entity(item)
            self.rows.put("item", row | {"canonical_id": None if item == root else root})

    def _take_places(self, survivor: int, constituent: int) -> Bodies:
        """On charts where only the constituent stands, the survivor takes its place."""
        have = {row["chart_id"] for row in self.rows.where("placement", "item_id", [survivor])}
        taken = [row for row in self.rows.where("placement", "item_id", [constituent]) if row["chart_id"] not in have]
        for row in taken:
            self.rows.put("placement", row | {"item_id": survivor})
        return {"placed": sorted(row["chart_id"] for row in taken)} if taken else {}

    def _choose(self, survivor: int, chosen: Mapping[str, int]) -> Bodies:
        before: dict[str, int | None] = {}
        for key, statement in chosen.items():
            old = self.rows.get("choice", item_id=survivor, property=key)
            if old is None or old["statement_id"] != statement:
                before[key] = None if old is None else old["statement_id"]
                self._put_choice(survivor, key, statement)
        return {"chose": {key: chosen[key] for key in before}, "before": before} if before else {}

    def _put_choice(self, item: int, key: str, statement: int | None) -> None:
        if statement is None:
            self.rows.drop("choice", item_id=item, property=key)
        else:
            self.rows.put("choice", {"item_id": item, "property": key, "statement_id": statement})

    # apart

    def part(self, edge: Row) -> None:
        """Take one merge back."""
        edge = self.rows.get("merge", id=edge["id"]) or edge
        survivor, constituent, notes = edge["survivor"], edge["constituent"], _read(edge)
        self.rows.drop("merge", id=edge["id"])
        leaving = self._members(constituent)
        others = self.rows.where("merge", "survivor", [survivor])
        self._give_places_back(survivor, notes.get("placed", ()), others)
        theirs = {row["id"] for row in self.rows.where("statement", "item_id", leaving)}
        self._settle(survivor, theirs, (edge["id"], notes))
        above = survivor
        while higher := self.rows.where("merge", "constituent", [above]):
            above = higher[0]["survivor"]
            self._settle(above, theirs, None)
        self._stand(leaving, constituent)

    def _give_places_back(self, survivor: int, charts: Iterable[int], others: Sequence[Row]) -> None:
        """The survivor leaves the charts where it only took the place of what leaves, unless it stands there for
        another of its constituents too."""
        for chart in charts:
            heir = next((row for row in others if self.rows.get("placement", chart_id=chart,
                                                                item_id=row["constituent"]) is not None), None)
            if heir is None:
                self.rows.drop("placement", chart_id=chart, item_id=survivor)
                continue
            notes = _read(self.rows.get("merge", id=heir["id"]) or heir)
            notes["placed"] = sorted({*notes.get("placed", ()), chart})
            self.rows.put("merge", (self.rows.get("merge", id=heir["id"]) or heir) | {"reason": _written(notes)})

    def _settle(self, survivor: int, theirs: set[int], taken_back: tuple[int, Bodies] | None) -> None:
        """What was chosen with the merge taken back, or is said of what leaves (`theirs`), is shown no more: what was
        chosen before it is, or with a later merge."""
        edges = {row["id"]: _read(row) for row in self.rows.where("merge", "survivor", [survivor])}
        gone = [(number, key) for number, notes in edges.items() for key, chose in notes.get("chose", {}).items()
                if chose in theirs]
        if taken_back is not None:
            edges[taken_back[0]] = taken_back[1]
            gone += [(taken_back[0], key) for key in taken_back[1].get("chose", {})]
        for number, key in sorted(gone):
            self._unchoose(survivor, key, number, edges, theirs)
        for number, notes in edges.items():
            row = self.rows.get("merge", id=number)
            if row is not None and _read(row) != notes:
                self.rows.put("merge", row | {"reason": _written(notes)})
        for row in self.rows.where("choice", "item_id", [survivor]):
            if row["statement_id"] in theirs:
                self._put_choice(survivor, row["property"], None)

    def _unchoose(self, survivor: int, key: str, number: int, edges: dict[int, Bodies], theirs: set[int]) -> None:
        """Forget what merge `number` chose: what stood before it stands before the next that chose, or is shown."""
        chose, before = edges[number]["chose"].pop(key), edges[number]["before"].pop(key)
        for part in [part for part in ("chose", "before") if not edges[number][part]]:
            del edges[number][part]
        later = min((other for other, notes in edges.items() if other > number and key in notes.get("chose", {})),
                    default=None)
        if later is not None:
            edges[later]["before"][key] = before
            return
        shown = self.rows.get("choice", item_id=survivor, property=key)
        if shown is not None and (shown["statement_id"] == chose or shown["statement_id"] in theirs):
            self._put_choice(survivor, key, before if self._said_of(before, survivor) else None)

    def _said_of(self, statement: int | None, survivor: int) -> bool:
        row = None if statement is None else self.rows.get("statement", id=statement)
        return row is not None and row["item_id"] in self._members(survivor)


def _read(edge: Row) -> Bodies:
    return dict(json.loads(edge["reason"])) if edge["reason"] else {}


def _written(notes: Bodies) -> str | None:
    return json.dumps(notes, ensure_ascii=False, sort_keys=True) if notes else None
