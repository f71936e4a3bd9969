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

_TOGETHER = 5_000
EDITION = "2"
"""How texts are indexed, kept in the file as `meta.search`. Edition 1 had no Latin letters for other scripts."""

_NAMES = """coalesce((SELECT group_concat(n.value, ' ') FROM identity n WHERE n.item_id = i.id
  AND n.ns NOT IN ('link', 'row') AND n.value <> i.label AND length(n.value) < 60), '')"""
"""The identifiers of an item, but for its label; what is known by its content only (`link`, `row`) has none to look
for."""

_SAID = """coalesce((SELECT group_concat(said, ' ') FROM (SELECT DISTINCT v.value ->> 0 AS said
  FROM statement s, json_each(s.vals) v WHERE s.item_id = i.id) WHERE said <> i.label), '')"""
"""What was said of an item, but for its label."""

_TEXTS = f"SELECT i.id, i.label, {_NAMES} AS names, {_SAID} AS said FROM item i WHERE i.id "
_PARTS = f"SELECT i.id, i.label, {_NAMES} AS names FROM item i WHERE i.id "


def also_latin(column: str) -> str:
    """A column, with its Latin letters behind it where it has others."""
    return f"{column} || CASE WHEN {column} GLOB '*[^ -~]*' THEN latin({column}) ELSE '' END"


def in_latin(text: str) -> str:
    """What is indexed beside `text`: a space and its Latin letters, nothing where it needs none."""
    latin = to_latin(text)
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
    return "" if latin == plain else " " + latin


def speak_latin(connection: Connection) -> None:
    """Let a connection use the function `latin`, on which `also_latin` rests."""
    connection.connection.dbapi_connection.create_function("latin", 1, in_latin)  # type: ignore[union-attr]


def _index(connection: Connection, which: str, parameters: tuple[Any, ...]) -> None:
    speak_latin(connection)
    # With OFFSET the texts of an item are gathered once, not wherever they are spoken of; LIMIT alone does not hold.
    connection.exec_driver_sql(
        f"INSERT INTO search (rowid, label, identity, body) SELECT id, {also_latin('label')}, {also_latin('names')}, "
        f"{also_latin('said')} FROM ({_TEXTS} {which} LIMIT -1 OFFSET 0)",
        parameters,
    )
    connection.exec_driver_sql(
        f"INSERT INTO search_part (rowid, body) SELECT id, {also_latin('label')} || ' ' || {also_latin('names')} "
        f"FROM ({_PARTS} {which} LIMIT -1 OFFSET 0) WHERE label <> '' OR names <> ''",
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


def bring_up_to_date(connection: Connection) -> None:
    """Index anew what an earlier edition indexed without Latin letters, inside the caller's transaction."""
    items = [row[0] for row in connection.exec_driver_sql(
        "SELECT id FROM item WHERE label GLOB '*[^ -~]*' UNION SELECT item_id FROM identity WHERE value GLOB "
        "'*[^ -~]*' UNION SELECT item_id FROM statement WHERE vals GLOB '*[^ -~]*' OR vals LIKE '%\\u%' ORDER BY 1")]
    index_items(connection, items)
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('search', ?)", (EDITION,))


def word_query(text: str) -> str:
    """What FTS is asked for: every word of `text`, or its Latin letters, as the beginning of a word."""
    words = "".join(ch if ch.isalnum() else " " for ch in text).split()
    return " AND ".join(f"({' OR '.join(map(_beginning, _spellings(word)))})" for word in words)


def _spellings(word: str) -> tuple[str, ...]:
    latin = in_latin(word).strip()
    return (word, latin) if latin and any(sign.isalnum() for sign in latin) else (word,)


def _beginning(word: str) -> str:
    return '"' + word.replace('"', '""') + '"*'


def find(connection: Connection, text: str, limit: int, count_to: int | None = None) -> tuple[int, list[int]]:
    """How many items hold `text` and the first `limit` of them: whole words and their beginnings first, then
    substrings. With `count_to`, no more than so many are counted.
    """
    found: dict[int, None] = {}
    total = 0
    words = word_query(text)
    most = limit if count_to is None else max(limit, count_to)
    for query in (f"{{label identity}} : ({words})", words) if words else ():
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?", (query, most)
        )
        found.update((row[0], None) for row in rows)
        if count_to is not None and len(found) >= most:
            return count_to, list(found)[:limit]
    if words and count_to is None:
        total = int(
            connection.exec_driver_sql("SELECT count(*) FROM search WHERE search MATCH ?", (words,)).scalar_one()
        )
    for phrase in _phrases(text):
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM search_part WHERE search_part MATCH ? ORDER BY rowid LIMIT ?", (phrase, most)
        )
        found.update((row[0], None) for row in rows)
    total = max(total, len(found))
    return total if count_to is None else min(total, count_to), list(found)[:limit]


def _phrases(text: str) -> list[str]:
    return ['"' + one.replace('"', '""') + '"' for one in _spellings(text.strip()) if len(one) >= 3]


def holding_part(connection: Connection, text: str) -> list[int] | None:
    """Every item whose label or identifiers may hold `text` within; None where the index cannot tell."""
    phrases = _phrases(text)
    if not phrases or len(phrases) < len(_spellings(text.strip())):
        return None
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_part WHERE search_part MATCH ?", (" OR ".join(phrases),))
    return [row[0] for row in rows]
