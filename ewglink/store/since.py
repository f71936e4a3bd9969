"""What has changed in a case since an entry of its journal: entities, links, and what changed entities said before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from ewglink.model.changes import Change, Changeset
from ewglink.store import journal
from ewglink.store.case_file import CaseFile

_PLAIN = frozenset({"chart", "placement", "style", "annotation", "spec", "source", "import", "record", "basis",
                    "finding", "finding_object", "decision"})
"""Tables that say nothing of the trade by themselves."""


@dataclass(frozen=True)
class ChangedLink:
    """A link that came, went, or says something else: its type (empty where it is gone and not known) and the entities
    that stand at its ends."""

    id: int
    type: str
    a: int
    b: int


@dataclass(frozen=True)
class Since:
    """What changed. `items`: entities (as they stand now) that came or of which something else is said or shown; `new`:
    those of them that were not there before; `links`; `was`: property → every text that changed entities which are not
    new ever had for it; `merged`: the types of entities that were merged or taken apart."""

    items: frozenset[int] = frozenset()
    new: frozenset[int] = frozenset()
    links: tuple[ChangedLink, ...] = ()
    was: Mapping[str, frozenset[str]] = field(default_factory=dict)
    merged: frozenset[str] = frozenset()


def changed_since(case: CaseFile, seq: int, most: int = 20_000) -> frozenset[int] | None:
    """The entities (as they stand now) that were added, changed, linked, merged or spoken of after entry `seq`; None
    where that cannot be told from what is kept, or is more than `most`: everything has to be looked at then."""
    found = all_since(case, seq, most)
    if found is None:
        return None
    return found.items | {end for link in found.links for end in (link.a, link.b)}


def all_since(case: CaseFile, seq: int, most: int = 20_000) -> Since | None:
    """What changed after entry `seq`; None where that cannot be told from what is kept, where an entity was deleted or
    has another type now, where something changed that holds for the whole case, or where it is too much."""
    gathered = _Gathered()
    with case.reading() as connection:
        for entry in journal.entries(connection, newest_first=False):
            if entry.seq <= seq or entry.kind == "event":
                continue
            changeset = journal.load(connection, entry.turned)
            if changeset is None or not gathered.take(connection, changeset, undone=entry.kind == "undo"):
                return None
            if len(gathered.items) + len(gathered.links) > most:
                return None
        return gathered.settled(connection)


class _Gathered:
    """What the entries of a journal name, one after the other."""

    def __init__(self) -> None:
        self.items: set[int] = set()
        self.new: set[int] = set()
        self.links: dict[int, tuple[str, int, int]] = {}
        self.was: dict[str, set[str]] = defaultdict(set)
        self.merged: set[str] = set()

    def take(self, connection: Connection, changeset: Changeset, *, undone: bool) -> bool:
        """Take an entry; False for one after which everything has to be looked at."""
        if changeset.added and undone:
            return False
        if not all(self._change(change.inverse() if undone else change) for change in changeset.changes):
            return False
        self._added(connection, changeset)
        return True

    def _change(self, change: Change) -> bool:
        row = change.row
        if change.table in _PLAIN:
            return True
        if change.table == "meta":
            return row["key"] not in ("schema", "parameters")
        if change.table == "item":
            return self._item(change)
        if change.table == "link":
            for one in (change.before, change.after):
                if one is not None:
                    known = self.links.get(one["item_id"], ("", 0, 0))[0]
                    self.links[one["item_id"]] = (known, one["a"], one["b"])
            return True
        for key in ("item_id", "survivor", "constituent"):
            if isinstance(row.get(key), int):
                self.items.add(row[key])
        if change.table == "statement" and change.before is not None:
            self._said(json.loads(change.before["vals"]))
        return True

    def _item(self, change: Change) -> bool:
        row, before, after = change.row, change.before, change.after
        self.items.add(row["id"])
        if row["kind"] == "link":
            known = self.links.get(row["id"])
            if known is not None:
                self.links[row["id"]] = (row["type"], *known[1:])
            return True
        if before is None:
            self.new.add(row["id"])
        elif after is None or before["type"] != after["type"]:
            return False
        elif before["canonical_id"] != after["canonical_id"]:
            self.merged.add(row["type"])
            self.items |= {one for one in (before["canonical_id"], after["canonical_id"]) if one is not None}
        return True

    def _said(self, vals: Mapping[str, list[Any]]) -> None:
        for key, value in vals.items():
            self.was[key].update(str(one) for one in (value[0] if isinstance(value[0], list) else value[:1]))

    def _added(self, connection: Connection, changeset: Changeset) -> None:
        if "item" in changeset.added:
            new = _column(connection, "SELECT id FROM item WHERE kind = 'entity' AND id BETWEEN ? AND ?",
                          changeset.added["item"])
            self.items |= new
            self.new |= new
        if "link" in changeset.added:
            for link, kind, a, b in connection.exec_driver_sql(
                    "SELECT l.item_id, i.type, l.a, l.b FROM link l JOIN item i ON i.id = l.item_id "
                    "WHERE l.item_id BETWEEN ? AND ?", tuple(changeset.added["link"])):
                self.links[link] = (kind, a, b)
        if "statement" in changeset.added:
            self.items |= _column(connection, _SAID_ANEW, changeset.added["statement"])

    def settled(self, connection: Connection) -> Since:
        """What it comes to in the case as it is now."""
        spoken = _links(connection, self.items)
        links = {**{link: (kind, a, b) for link, kind, a, b in spoken}, **self.links}
        kinds = {link: kind for link, kind, _a, _b in _links(connection, links)}
        stands = _standing(connection, {*self.items, *self.new, *(end for one in links.values() for end in one[1:])})
        items = frozenset(stands[one] for one in self.items if one in stands)
        new = frozenset(stands[one] for one in self.new if one in stands)
        for vals in _statements(connection, items - new):
            self._said(json.loads(vals))
        return Since(items, new, tuple(
            ChangedLink(link, kinds.get(link, kind), stands[a], stands[b]) for link, (kind, a, b)
            in sorted(links.items()) if a in stands and b in stands),
            {key: frozenset(texts) for key, texts in self.was.items()}, frozenset(self.merged))


def _column(connection: Connection, sql: str, between: tuple[int, int]) -> set[int]:
    return {row[0] for row in connection.exec_driver_sql(sql, tuple(between))}


_SAID_ANEW = (
    "SELECT DISTINCT s.item_id FROM statement s WHERE s.id BETWEEN ?1 AND ?2 AND s.vals <> '{}' AND NOT EXISTS "
    "(SELECT 1 FROM statement e WHERE e.item_id = s.item_id AND e.id < ?1 AND e.vals = s.vals)"
)
"""Items of which a bulk add says what nobody said before; a row that only names one says nothing of it."""


def _links(connection: Connection, items: Iterable[int]) -> list[tuple[int, str, int, int]]:
    rows = connection.exec_driver_sql(
        "SELECT l.item_id, i.type, l.a, l.b FROM json_each(?) j CROSS JOIN link l ON l.item_id = j.value "
        "CROSS JOIN item i ON i.id = l.item_id", (json.dumps(sorted(items)),))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _standing(connection: Connection, items: Collection[int]) -> dict[int, int]:
    """Entity → itself, or what it was merged into; links are left out."""
    rows = connection.exec_driver_sql(
        "SELECT i.id, coalesce(i.canonical_id, i.id) FROM json_each(?) j CROSS JOIN item i ON i.id = j.value "
        "WHERE i.kind = 'entity'", (json.dumps(sorted(items)),))
    return {row[0]: row[1] for row in rows}


def _statements(connection: Connection, items: Collection[int]) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT s.vals FROM statement s WHERE s.item_id IN (SELECT value FROM json_each(?1) UNION SELECT m.id "
        "FROM json_each(?1) j CROSS JOIN item m ON m.canonical_id = j.value) AND s.vals <> '{}'",
        (json.dumps(sorted(items)),))
    return [row[0] for row in rows]
