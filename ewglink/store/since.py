"""What has changed in a case since an entry of its journal: the entities, by id."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from ewglink.model.changes import Changeset
from ewglink.store import journal
from ewglink.store.case_file import CaseFile

_PLAIN = frozenset({"chart", "placement", "style", "annotation", "spec", "source", "import", "record", "basis",
                    "finding", "finding_object", "decision"})
"""Tables that say nothing of the trade by themselves."""


def changed_since(case: CaseFile, seq: int, most: int = 20_000) -> frozenset[int] | None:
    """The entities (as they stand now) that were added, changed, linked, merged or spoken of after entry `seq`; None
    where that cannot be told from what is kept, or is more than `most`: everything has to be looked at then."""
    found: set[int] = set()
    with case.reading() as connection:
        for entry in journal.entries(connection, newest_first=False):
            if entry.seq <= seq or entry.kind == "event":
                continue
            changeset = journal.load(connection, entry.turned)
            if changeset is None or (changeset.added and entry.kind == "undo"):
                return None
            items = _named(changeset)
            if items is None:
                return None
            found |= items | _added(connection, changeset)
            if len(found) > most:
                return None
        return frozenset(_standing(connection, found))


def _named(changeset: Changeset) -> set[int] | None:
    """The items that its changes name; None for a change to what holds for the whole case."""
    items: set[int] = set()
    for change in changeset.changes:
        if change.table in _PLAIN:
            continue
        if change.table == "meta":
            if change.row["key"] in ("schema", "parameters"):
                return None
            continue
        for row in (change.before, change.after):
            for key in ("item_id", "a", "b", "survivor", "constituent", *(("id",) if change.table == "item" else ())):
                if row is not None and isinstance(row.get(key), int):
                    items.add(row[key])
    return items


def _added(connection: Connection, changeset: Changeset) -> set[int]:
    items: set[int] = set()
    if "item" in changeset.added:
        items |= _column(connection, "SELECT id FROM item WHERE kind = 'entity' AND id BETWEEN ? AND ?",
                         changeset.added["item"])
    if "statement" in changeset.added:
        items |= _column(connection, _SAID_ANEW, changeset.added["statement"])
    return items


def _column(connection: Connection, sql: str, between: tuple[int, int]) -> set[int]:
    return {row[0] for row in connection.exec_driver_sql(sql, tuple(between))}


_SAID_ANEW = (
    "SELECT DISTINCT s.item_id FROM statement s WHERE s.id BETWEEN ?1 AND ?2 AND s.vals <> '{}' AND NOT EXISTS "
    "(SELECT 1 FROM statement e WHERE e.item_id = s.item_id AND e.id < ?1 AND e.vals = s.vals)"
)
"""Items of which a bulk add says what nobody said before; a row that only names one says nothing of it."""


def _standing(connection: Connection, items: Iterable[int]) -> Iterable[int]:
    """Entities for what was named: itself or what it was merged into, and the ends of a link."""
    wanted = json.dumps(sorted(items))
    rows = connection.exec_driver_sql(
        "SELECT coalesce(i.canonical_id, i.id) FROM json_each(?1) j JOIN item i ON i.id = j.value "
        "WHERE i.kind = 'entity' UNION SELECT coalesce(x.canonical_id, x.id) FROM json_each(?1) j JOIN link l "
        "ON l.item_id = j.value JOIN item x ON x.id IN (l.a, l.b)", (wanted,))
    return {row[0] for row in rows}
