"""A bulk add: many rows in one transaction, and the search index after it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ewglink.model.changes import Change, Changeset
from ewglink.store import applying, journal, search, tables

ADD = {
    "record": "INSERT INTO record (id, import_id, part, no, raw) VALUES (?, ?, ?, ?, ?)",
    "item": "INSERT INTO item (id, kind, type, label, label_rank) VALUES (?, ?, ?, ?, ?)",
    "link": "INSERT INTO link (item_id, a, b, direction, strength, start, \"end\", precision) "
    "VALUES (?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, -1))",
    "identity": "INSERT INTO identity (id, ns, value, item_id, joins, validity) VALUES (?, ?, ?, ?, ?, ?)",
    "statement": "INSERT INTO statement (id, item_id, record_id, basis_id, vals) VALUES (?, ?, ?, ?, ?)",
}
"""The tables that come by the thousand. To bind None or a truth value takes longer than all else of a row: no dates are
'', no precision -1, and whether an identity joins is 0 or 1."""


class BulkWriter:
    """The one transaction of a bulk add: raw inserts in order of ids, then one journal entry."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.changeset: Changeset | None = None
        self.seq = 0
        self._done: set[int] = set()

    def change(self, change: Change) -> None:
        """Do one change now that `finish` is to name among its own: rows to come may refer to it."""
        applying.apply(self.connection, Changeset("", {}, (change,)))
        self._done.add(id(change))

    def insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Insert whole rows, values in the order of the table's columns."""
        if rows:
            self.connection.exec_driver_sql(applying.insert_sql(table), rows)

    def add(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows as `ADD` has them, without None."""
        if rows:
            self.connection.exec_driver_sql(ADD[table], rows)

    def next_id(self, table: str) -> int:
        """The id that the next row of `table` takes; `link` counts by item."""
        key = tables.BULK_KEYS.get(table, "id")
        return int(self.connection.exec_driver_sql(f'SELECT coalesce(max({key}), 0) + 1 FROM "{table}"').scalar_one())

    def finish(self, changeset: Changeset) -> int:
        """Apply the changes beside the add, index what is new, write the entry; the block's end commits."""
        left = tuple(change for change in changeset.changes if id(change) not in self._done)
        applying.apply(self.connection, Changeset(changeset.label, changeset.args, left, changeset.moves))
        index_changeset(self.connection, changeset)
        self.seq = journal.append(
            self.connection, "change", changeset.label, dict(changeset.args), journal.pack(changeset)
        )
        self.changeset = changeset
        return self.seq


def index_changeset(connection: Connection, changeset: Changeset, *, undone: bool = False) -> None:
    """Bring the search index up to date after `changeset`; with `undone` its bulk add was taken back."""
    if "item" in changeset.added:
        (search.forget_range if undone else search.index_range)(connection, *changeset.added["item"])
    named = {
        c.row["id"] if c.table == "item" else c.row["item_id"]
        for c in changeset.changes
        if c.table in ("item", "identity", "statement")
    }
    if "statement" in changeset.added and not undone:
        first, last = changeset.added.get("item", (0, 0))
        named |= {
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT DISTINCT item_id FROM statement WHERE id BETWEEN ? AND ? AND item_id NOT BETWEEN ? AND ?",
                (*changeset.added["statement"], first, last),
            )
        }
    search.index_items(connection, sorted(named))
