"""How a changeset reaches the tables: rows put and deleted, positions moved, bulk adds taken back and put again."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from ewglink.model.changes import Change, Changeset, PackedMove, Row
from ewglink.store.tables import BULK_KEYS, BULK_ORDER, metadata

PART_ROWS = 5000


@cache
def _names(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a table and those of its key."""
    found: Table = metadata.tables[table]
    return tuple(c.name for c in found.columns), tuple(c.name for c in found.primary_key.columns)


def _quoted(names: Iterable[str], joint: str = ", ", suffix: str = "") -> str:
    return joint.join(f'"{name}"{suffix}' for name in names)


@cache
def insert_sql(table: str) -> str:
    """The insert of a whole row, values in the order of the columns."""
    columns, _key = _names(table)
    return f'INSERT INTO "{table}" ({_quoted(columns)}) VALUES ({", ".join("?" * len(columns))})'


def row_values(table: str, row: Row) -> tuple[Any, ...]:
    """A row's values in the order of the table's columns; what it does not name is NULL."""
    return tuple(row.get(name) for name in _names(table)[0])


def _apply_change(connection: Connection, change: Change) -> None:
    columns, key = _names(change.table)
    where = _quoted(key, " AND ", " = ?")
    if change.after is None:
        result = connection.exec_driver_sql(
            f'DELETE FROM "{change.table}" WHERE {where}', tuple(change.row[k] for k in key)
        )
    elif change.before is None:
        connection.exec_driver_sql(insert_sql(change.table), row_values(change.table, change.after))
        return
    else:
        result = connection.exec_driver_sql(
            f'UPDATE "{change.table}" SET {_quoted(columns, ", ", " = ?")} WHERE {where}',
            row_values(change.table, change.after) + tuple(change.before[k] for k in key),
        )
    if result.rowcount != 1:
        raise LookupError(f"a changeset names a row of {change.table} that is not there: {change.row}")


def _apply_move(connection: Connection, move: PackedMove) -> None:
    chart, items = move.chart_id, move.item_ids()
    old, new = move.inverse().positions(), move.positions()
    put, gone, moved = [], [], []
    for row, item in enumerate(items):
        x, y, was = new[2 * row], new[2 * row + 1], old[2 * row]
        if math.isnan(x):
            gone.append((chart, item))
        elif math.isnan(was):
            put.append((chart, item, x, y))
        else:
            moved.append((x, y, chart, item))
    for sql, rows in (
        ("DELETE FROM placement WHERE chart_id = ? AND item_id = ?", gone),
        ("INSERT INTO placement (chart_id, item_id, x, y, flags) VALUES (?, ?, ?, ?, 0)", put),
        ("UPDATE placement SET x = ?, y = ? WHERE chart_id = ? AND item_id = ?", moved),
    ):
        if rows:
            connection.exec_driver_sql(sql, rows)


def apply(connection: Connection, changeset: Changeset) -> None:
    """Apply the changes and moves of `changeset`; bulk adds are written by who makes them."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for change in changeset.changes:
        _apply_change(connection, change)
    for move in changeset.moves:
        _apply_move(connection, move)


def _packed_rows(connection: Connection, table: str, first: int, last: int) -> Iterator[bytes]:
    key = BULK_KEYS[table]
    for start in range(first, last + 1, PART_ROWS):
        stop = min(start + PART_ROWS - 1, last)
        rows = connection.exec_driver_sql(
            f'SELECT {_quoted(_names(table)[0])} FROM "{table}" WHERE {key} BETWEEN ? AND ? ORDER BY {key}',
            (start, stop),
        )
        yield zlib.compress(json.dumps([list(row) for row in rows], ensure_ascii=False).encode("utf-8"), 1)


def keep_added(connection: Connection, changeset: Changeset, seq: int) -> None:
    """Keep the rows of the bulk add of entry `seq` in the journal's parts, so that redo needs no file."""
    connection.exec_driver_sql("DELETE FROM journal_part WHERE seq = ?", (seq,))
    no = 0
    for table in BULK_ORDER:
        if table in changeset.added:
            for body in _packed_rows(connection, table, *changeset.added[table]):
                no += 1
                connection.exec_driver_sql(
                    'INSERT INTO journal_part (seq, no, "table", body) VALUES (?, ?, ?, ?)', (seq, no, table, body)
                )


def remove_added(connection: Connection, changeset: Changeset) -> None:
    """Take the rows of a bulk add out of the tables, children first."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in reversed(BULK_ORDER):
        if table in changeset.added:
            connection.exec_driver_sql(
                f'DELETE FROM "{table}" WHERE {BULK_KEYS[table]} BETWEEN ? AND ?', changeset.added[table]
            )


def put_added(connection: Connection, seq: int) -> None:
    """Put the kept rows of the bulk add of entry `seq` back."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for part in list(
        connection.exec_driver_sql('SELECT no, "table" FROM journal_part WHERE seq = ? ORDER BY no', (seq,))
    ):
        body = connection.exec_driver_sql(
            "SELECT body FROM journal_part WHERE seq = ? AND no = ?", (seq, part[0])
        ).scalar_one()
        connection.exec_driver_sql(insert_sql(part[1]), [tuple(row) for row in json.loads(zlib.decompress(body))])


def touched(changeset: Changeset) -> tuple[frozenset[str], frozenset[int] | None, frozenset[int]]:
    """The tables, the items (None: too many to name) and the charts that a changeset touches."""
    names = {c.table for c in changeset.changes} | set(changeset.added)
    items: set[int] = set()
    charts = {m.chart_id for m in changeset.moves}
    if changeset.moves:
        names.add("placement")
    for change in changeset.changes:
        row = change.row
        if change.table == "item":
            items.add(row["id"])
        elif "item_id" in row and change.table != "placement":
            items.add(row["item_id"])
        if change.table == "chart":
            charts.add(row["id"])
        elif "chart_id" in row:
            charts.add(row["chart_id"])
    return frozenset(names), None if changeset.added else frozenset(items), frozenset(charts)
