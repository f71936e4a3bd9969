"""What an analyst decides of two entities: that they are not the same, or may be; remembered, and taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Literal

from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY
from ewglink.model.refusal import Refusal
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, message

Decision = Literal["not_same", "possible"]
DECISIONS: tuple[Decision, ...] = ("not_same", "possible")


def decide(case: CaseFile, a: int, b: int, kind: Decision | None) -> Changeset:
    """That two entities are not the same, or may be; None takes back whatever was decided of them."""
    rows = {row["id"]: row for row in case.items.rows("item", "id", {a, b})}
    if len(rows) < 2 or any(row["kind"] != ENTITY for row in rows.values()):
        raise Refusal("no_item", message(N_("This item is not in the case any more.")))
    if kind == "not_same" and case.items.standing([a, b])[a] == case.items.standing([a, b])[b]:
        raise Refusal("merged_already", message(N_("“{a}” and “{b}” are merged; un-merge them first."),
                                                a=rows[a]["label"], b=rows[b]["label"]))
    low, high = min(a, b), max(a, b)
    args = {"a": rows[a]["label"], "b": rows[b]["label"]}
    wanted = None if kind is None else {"a": low, "b": high, "kind": kind}
    old = _between(case, case.items.members(a) if kind is None else {a}, case.items.members(b) if kind is None else {b})
    changes = [Change("decision", row, None) for row in old if row != wanted]
    if wanted is not None and wanted not in old:
        changes.append(Change("decision", None, wanted))
    label = {"not_same": "decided_not_same", "possible": "decided_possible", None: "undecided"}[kind]
    return Changeset(label, args if changes else {}, tuple(changes))


def _between(case: CaseFile, one: Collection[int], other: Collection[int]) -> list[dict[str, object]]:
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.a, d.b, d.kind FROM decision d WHERE (d.a IN (SELECT value FROM json_each(?1)) AND d.b IN "
            "(SELECT value FROM json_each(?2))) OR (d.b IN (SELECT value FROM json_each(?1)) AND d.a IN "
            "(SELECT value FROM json_each(?2))) ORDER BY d.a, d.b, d.kind",
            (json.dumps(sorted(one)), json.dumps(sorted(other))))
        return [dict(row) for row in rows.mappings()]


def decided_apart(case: CaseFile, one: Collection[int], other: Collection[int]) -> bool:
    """Whether any of `one` was decided not to be the same as any of `other`."""
    return any(row["kind"] == "not_same" for row in _between(case, one, other))


def decisions(case: CaseFile, kinds: Iterable[Decision] = DECISIONS) -> dict[tuple[int, int], Decision]:
    """What was decided of entities as they stand now: (lower id, higher id) → what. Not the same goes before may be;
    what concerns two that are merged is left out."""
    wanted = set(kinds)
    with case.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT coalesce(x.canonical_id, x.id), coalesce(y.canonical_id, y.id), d.kind FROM decision d "
            "JOIN item x ON x.id = d.a JOIN item y ON y.id = d.b ORDER BY d.kind DESC, d.a, d.b").all()
    found = {(min(a, b), max(a, b)): kind for a, b, kind in rows if a != b and kind in wanted}
    return {pair: found[pair] for pair in sorted(found)}
