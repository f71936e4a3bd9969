"""The search index of a case: words, their beginnings and substrings; accents are ignored."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

_TOGETHER = 5_000

_NAMES = """coalesce((SELECT group_concat(n.value, ' ') FROM identity n WHERE n.item_id = i.id
  AND n.ns NOT IN ('link', 'row') AND n.value <> i.label AND length(n.value) < 60), '')"""
"""The identifiers of an item, but for its label; what is known by its content only (`link`, `row`) has none to look
for."""

_SAID = """coalesce((SELECT group_concat(said, ' ') FROM (SELECT DISTINCT v.value ->> 0 AS said
  FROM statement s, json_each(s.vals) v WHERE s.item_id = i.id) WHERE said <> i.label), '')"""
"""What was said of an item, but for its label."""

_TEXTS = f"SELECT i.id, i.label, {_NAMES}, {_SAID} FROM item i WHERE i.id "
_PARTS = f"SELECT i.id, i.label, {_NAMES} AS names FROM item i WHERE i.id "


def _index(connection: Connection, which: str, parameters: tuple[Any, ...]) -> None:
    connection.exec_driver_sql(f"INSERT INTO search (rowid, label, identity, body) {_TEXTS} {which}", parameters)
    # With LIMIT the names of an item are gathered once, not wherever they are spoken of.
    connection.exec_driver_sql(
        "INSERT INTO search_part (rowid, body) "
        f"SELECT id, label || ' ' || names FROM ({_PARTS} {which} LIMIT -1) WHERE label <> '' OR names <> ''",
        parameters,
    )


def forget(connection: Connection, items: Iterable[int]) -> None:
    """Take items out of the index."""
    rows = [(item,) for item in items]
    if rows:
        for table in ("search", "search_part"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", rows)


def index_items(connection: Connection, items: Iterable[int]) -> None:
    """Index items anew as the tables now have them; those that are gone are forgotten."""
    wanted = list(items)
    forget(connection, wanted)
    for start in range(0, len(wanted), _TOGETHER):
        some = json.dumps(wanted[start : start + _TOGETHER])
        _index(connection, "IN (SELECT value FROM json_each(?))", (some,))


def index_range(connection: Connection, first: int, last: int) -> None:
    """Index the new items `first` to `last` after a bulk add."""
    _index(connection, "BETWEEN ? AND ?", (first, last))


def forget_range(connection: Connection, first: int, last: int) -> None:
    """Take a range of items out of the index."""
    for table in ("search", "search_part"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?", (first, last))


def _word_query(text: str) -> str:
    words = "".join(ch if ch.isalnum() else " " for ch in text).split()
    return " ".join(f'"{word}"*' for word in words)


def find(connection: Connection, text: str, limit: int) -> tuple[int, list[int]]:
    """How many items hold `text` and the first `limit` of them: whole words and their beginnings first, then
    substrings.
    """
    found: list[int] = []
    total = 0
    words = _word_query(text)
    if words:
        for column in ("{label identity} : ", ""):
            query = f"{column}({words})" if column else words
            rows = connection.exec_driver_sql(
                "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (query, limit)
            )
            found.extend(row[0] for row in rows if row[0] not in found)
        total = int(
            connection.exec_driver_sql("SELECT count(*) FROM search WHERE search MATCH ?", (words,)).scalar_one()
        )
    phrase = text.strip().replace('"', '""')
    if len(phrase) >= 3:
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM search_part WHERE search_part MATCH ? ORDER BY rowid LIMIT ?", (f'"{phrase}"', limit)
        )
        extra = [row[0] for row in rows if row[0] not in found]
        found.extend(extra)
        total = max(total, len(found))
    return max(total, len(found)), found[:limit]
