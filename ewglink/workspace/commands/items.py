"""What can be done to items by hand: added, renamed, described, strengthened, deleted."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from ewglink.model.changes import Change, Changeset
from ewglink.model.items import ENTITY, LINK, Direction, Precision, Strength
from ewglink.model.refusal import Refusal
from ewglink.release.marking import marking_of
from ewglink.store.case_file import CaseFile
from ewglink.store.journal import actor, now
from ewglink.text import N_, message

DEPENDENT = (
    ("finding_object", "item_id"),
    ("choice", "item_id"),
    ("statement", "item_id"),
    ("identity", "item_id"),
    ("placement", "item_id"),
    ("decision", "a"),
    ("decision", "b"),
    ("merge", "survivor"),
    ("merge", "constituent"),
)
"""Rows that go with an item, children first."""


def _item(case: CaseFile, item: int) -> dict[str, Any]:
    row = case.items.row("item", id=item)
    if row is None:
        raise Refusal("no_item", message(N_("This item is not in the case any more.")))
    return row


def _label(text: str) -> str:
    label = " ".join(text.split())
    if not label:
        raise Refusal("label_empty", message(N_("An item needs a label.")))
    return label


def _note(case: CaseFile, item: int, vals: Mapping[str, list[Any]], note: str | None) -> list[Change]:
    """A statement by the analyst: its basis and itself."""
    basis = case.next_id("basis")
    return [
        Change(
            "basis",
            None,
            {
                "id": basis,
                "import_id": None,
                "note": note or "",
                "grade": None,
                "handling": None,
                "recorded_by": actor(),
                "recorded_at": now(),
            },
        ),
        Change(
            "statement",
            None,
            {
                "id": case.next_id("statement"),
                "item_id": item,
                "record_id": None,
                "basis_id": basis,
                "vals": json.dumps(dict(vals), ensure_ascii=False),
            },
        ),
    ]


def value(
    plain: Any, *, start: str | None = None, end: str | None = None, precision: Precision | None = None
) -> list[Any]:
    """A value as a statement keeps it: value, raw, start, end, precision, validity, reason."""
    return [plain, None, start, end, None if precision is None else int(precision), None, None]


def add_entity(
    case: CaseFile, type_key: str, label: str, vals: Mapping[str, Any] | None = None, note: str | None = None
) -> tuple[Changeset, int]:
    """A new entity by the analyst's hand: the changeset and the id it will have."""
    item = case.next_id("item")
    text = _label(label)
    changes = [
        Change(
            "item",
            None,
            {"id": item, "kind": ENTITY, "type": type_key, "label": text, "label_rank": 3, "canonical_id": None},
        )
    ]
    changes += _note(case, item, {key: value(found) for key, found in (vals or {}).items()}, note)
    return Changeset("entity_added", {"label": text}, tuple(changes)), item


def add_link(
    case: CaseFile,
    type_key: str,
    a: int,
    b: int,
    *,
    label: str = "",
    direction: Direction = Direction.FORWARD,
    strength: Strength = Strength.CONFIRMED,
    start: str | None = None,
    end: str | None = None,
    precision: Precision | None = None,
    note: str | None = None,
) -> tuple[Changeset, int]:
    """A new link by the analyst's hand: the changeset and the id it will have."""
    ends = [_item(case, a), _item(case, b)]
    item = case.next_id("item")
    changes = [
        Change(
            "item",
            None,
            {"id": item, "kind": LINK, "type": type_key, "label": label.strip(), "label_rank": 3, "canonical_id": None},
        ),
        Change(
            "link",
            None,
            {
                "item_id": item,
                "a": a,
                "b": b,
                "direction": int(direction),
                "strength": int(strength),
                "start": start,
                "end": end,
                "precision": None if precision is None else int(precision),
            },
        ),
        *_note(case, item, {}, note),
    ]
    return Changeset("link_added", {"a": ends[0]["label"], "b": ends[1]["label"]}, tuple(changes)), item


def rename(case: CaseFile, item: int, label: str) -> Changeset:
    """Another label for an item; no import replaces a label an analyst gave."""
    old = _item(case, item)
    new = old | {"label": _label(label), "label_rank": 3}
    if old["label"] == new["label"]:
        return Changeset("renamed")
    return Changeset("renamed", {"old": old["label"], "label": new["label"]}, (Change("item", old, new),))


def retype(case: CaseFile, item: int, type_key: str) -> Changeset:
    """Another type for an item."""
    old = _item(case, item)
    if old["type"] == type_key:
        return Changeset("retyped")
    return Changeset("retyped", {"label": old["label"]}, (Change("item", old, old | {"type": type_key}),))


def set_property(case: CaseFile, item: int, key: str, new: Any, note: str | None = None) -> Changeset:
    """What the analyst says a property is: a new statement, chosen to be shown; what the sources say stays."""
    row = _item(case, item)
    changes = _note(case, item, {key: value(new)}, note)
    return Changeset(
        "property_set",
        {"property": key, "label": row["label"]},
        (*changes, _chosen(case, item, key, changes[-1].row["id"])),
    )


def choose(case: CaseFile, item: int, key: str, statement: int) -> Changeset:
    """Show what `statement` says of a property where sources disagree."""
    row = _item(case, item)
    return Changeset(
        "property_chosen", {"property": key, "label": row["label"]}, (_chosen(case, item, key, statement),)
    )


def _chosen(case: CaseFile, item: int, key: str, statement: int) -> Change:
    old = case.items.row("choice", item_id=item, property=key)
    return Change("choice", old, {"item_id": item, "property": key, "statement_id": statement})


def set_strength(case: CaseFile, links: Collection[int], strength: Strength) -> Changeset:
    """Another strength for links."""
    rows = case.items.rows("link", "item_id", links)
    changes = tuple(
        Change("link", row, row | {"strength": int(strength)}) for row in rows if row["strength"] != int(strength)
    )
    return Changeset("strength_set", {"n": len(changes)}, changes)


def set_title(case: CaseFile, title: str) -> Changeset:
    """Another title for the case."""
    old = case.items.row("meta", key="title")
    new = {"key": "title", "value": _label(title)}
    return Changeset("title_set", {"title": new["value"]}, (Change("meta", old, new),) if old != new else ())


def set_handling(case: CaseFile, handling: str) -> Changeset:
    """What the case says of its own handling: values of `release.marking.SYSTEMS` and caveats, `;` between; empty takes
    it away.
    """
    old = case.items.row("meta", key="handling")
    text = marking_of([handling]).text
    new = {"key": "handling", "value": text} if text else None
    changes = (Change("meta", old, new),) if old != new else ()
    return Changeset("handling_set", {"handling": text or "–"}, changes)


def delete_items(case: CaseFile, items: Collection[int]) -> Changeset:
    """Items taken out of the case with what was merged into them, what was said of them, and the links that hang on
    them."""
    wanted = with_merged(case, items)
    wanted |= {link.id for link in case.items.links(wanted)}
    changes: list[Change] = []
    seen: set[tuple[Any, ...]] = set()
    for table, column in DEPENDENT:
        for row in case.items.rows(table, column, wanted):
            mark = (table, *sorted((key, str(found)) for key, found in row.items()))
            if mark not in seen:
                seen.add(mark)
                changes.append(Change(table, row, None))
    changes += [Change("link", row, None) for row in case.items.rows("link", "item_id", wanted)]
    rows = case.items.rows("item", "id", wanted)
    changes += [Change("item", row, None) for row in rows]
    return Changeset("deleted", {"n": len(rows)}, tuple(changes))


def with_merged(case: CaseFile, items: Collection[int]) -> set[int]:
    """`items` and all that was merged into them, however often."""
    found, new = set(items), set(items)
    while new:
        new = {row["constituent"] for row in case.items.rows("merge", "survivor", new)} - found
        found |= new
    return found


def withdraw(case: CaseFile, source: int) -> Changeset:
    """A source taken out: its statements, and the items left with none.

    What an analyst placed, merged or described stays.
    """
    row = case.items.row("source", id=source)
    if row is None:
        raise Refusal("no_source", message(N_("This source is not in the case.")))
    imports = [found["id"] for found in case.items.rows("import", "source_id", [source])]
    records = [found["id"] for found in case.items.rows("record", "import_id", imports)]
    gone = case.items.rows("statement", "record_id", records)
    touched = {found["item_id"] for found in gone}
    left = {
        found["item_id"]
        for found in case.items.rows("statement", "item_id", touched)
        if found["id"] not in {statement["id"] for statement in gone}
    }
    kept = (
        left
        | {found["item_id"] for found in case.items.rows("placement", "item_id", touched)}
        | {found[end] for end in ("survivor", "constituent") for found in case.items.rows("merge", end, touched)}
    )
    kept |= {
        end
        for link in case.items.links(touched - kept)
        if link.id in kept or link.id not in touched
        for end in (link.a, link.b)
    }
    lonely = delete_items(case, touched - kept).changes
    named = {change.row["id"] for change in lonely if change.table == "statement"}
    choices = [
        Change("choice", found, None)
        for found in case.items.rows("choice", "statement_id", [s["id"] for s in gone])
        if found["item_id"] in kept
    ]
    changes = (
        *choices,
        *lonely,
        *(Change("statement", found, None) for found in gone if found["id"] not in named),
        Change("source", row, row | {"withdrawn": True}),
    )
    return Changeset("withdrawn", {"file": row["name"]}, changes)
