"""The search index of a case: words, their beginnings and substrings; accents and scripts are ignored.

Beside its own letters, a text in another script is indexed in Latin ones: "Иванов" is found by "Ivanov", and the other
way round, since what is asked for is looked for in both.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from ewglink.names.latin import to_latin
from ewglink.store import tables

_TOGETHER = 5_000
EDITION = "3"
"""How texts are indexed, kept in the file as `meta.search`. Edition 1 had no Latin letters for other scripts, edition 2
no index of labels and identifiers by themselves."""

_NAMES = """coalesce((SELECT group_concat(n.value, ' ') FROM identity n WHERE n.item_id = i.id
  AND n.ns NOT IN ('link', 'row') AND n.value <> i.label AND length(n.value) < 60), '')"""
"""The identifiers of an item, but for its label; what is known by its content only (`link`, `row`) has none to look
for."""

_SAID = """coalesce((SELECT group_concat(said, ' ') FROM (SELECT DISTINCT v.value ->> 0 AS said
  FROM statement s, json_each(s.vals) v WHERE s.item_id = i.id) WHERE said <> i.label), '')"""
"""What was said of an item, but for its label."""

_TEXTS = f"SELECT i.id, i.label, {_NAMES} AS names, {_SAID} AS said FROM item i WHERE i.id "
_PARTS = f"SELECT i.id, i.label, {_NAMES} AS names FROM item i WHERE i.id "
_INDEXES = {
    "search": "(rowid, label, identity, body) VALUES (?, ?, ?, ?)",
    "search_name": "(rowid, body) VALUES (?, ?)",
    "search_part": "(rowid, body) VALUES (?, ?)",
}


def also_latin(column: str) -> str:
    """A column, with its Latin letters behind it where it has others."""
    return f"{column} || CASE WHEN {column} GLOB '*[^ -~]*' THEN latin({column}) ELSE '' END"


def in_latin(text: str) -> str:
    """What is indexed beside `text`: a space and its Latin letters, nothing where it needs none. Ligatures and wide
    letters are plain ones to a reader, not to the index."""
    latin = to_latin(text)
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
    same = latin == plain and "ß" not in text and unicodedata.is_normalized("NFKC", text)
    return "" if same else " " + latin


def speak_latin(connection: Connection) -> None:
    """Let a connection use the function `latin`, on which `also_latin` rests."""
    connection.connection.dbapi_connection.create_function("latin", 1, in_latin)  # type: ignore[union-attr]


def _index(connection: Connection, which: str, parameters: tuple[Any, ...]) -> None:
    speak_latin(connection)
    # With OFFSET the texts of an item are gathered once, not wherever they are spoken of; LIMIT alone does not hold.
    texts = connection.exec_driver_sql(
        f"SELECT id, {also_latin('label')}, {also_latin('names')}, {also_latin('said')} "
        f"FROM ({_TEXTS} {which} LIMIT -1 OFFSET 0)",
        parameters,
    )
    while some := texts.fetchmany(_TOGETHER):
        _put(connection, "search", [tuple(row) for row in some])
        named = [(item, f"{label} {names}") for item, label, names, _said in some if label or names]
        _put(connection, "search_name", named)
        _put(connection, "search_part", named)


def _put(connection: Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {table} {_INDEXES[table]}", rows)


def forget(connection: Connection, items: Iterable[int]) -> None:
    """Take items out of the index."""
    rows = [(item,) for item in items]
    if rows:
        for table in _INDEXES:
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
    for table in _INDEXES:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid BETWEEN ? AND ?", (first, last))


def bring_up_to_date(connection: Connection, edition: str | None) -> None:
    """Index anew what an earlier `edition` (None: the first) indexed otherwise, inside the caller's transaction."""
    speak_latin(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_name")
    connection.exec_driver_sql(tables.SEARCH_NAME)
    connection.exec_driver_sql(
        f"INSERT INTO search_name (rowid, body) SELECT id, {also_latin('label')} || ' ' || {also_latin('names')} "
        f"FROM ({_PARTS} > 0 LIMIT -1 OFFSET 0) WHERE label <> '' OR names <> ''")
    if edition is None:
        index_items(connection, [row[0] for row in connection.exec_driver_sql(
            "SELECT id FROM item WHERE label GLOB '*[^ -~]*' UNION SELECT item_id FROM identity WHERE value GLOB "
            "'*[^ -~]*' UNION SELECT item_id FROM statement WHERE vals GLOB '*[^ -~]*' OR vals LIKE '%\\u%' "
            "ORDER BY 1")])
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('search', ?)", (EDITION,))
