"""Finding items by words in the search index: the first hits at once, however many there are.

A beginning of up to `PREFIXED` letters has a list of its own in the index, and a longer one is asked for as the few
words that begin so: both are walked only as far as hits are wanted. FTS5 by itself gathers all hits of a beginning
before it gives the first.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from ewglink.names.latin import to_latin
from ewglink.store.search import in_latin

PREFIXED = 4
MOST_TERMS = 32
"""A beginning that more words have than this is left to FTS5."""
WALKED = 5_000
"""Where more hits are wanted, all are gathered by FTS5, in the order of their ids."""
_LONG = 6


def find(connection: Connection, text: str, limit: int, count_to: int | None = None) -> tuple[int, list[int]]:
    """How many items hold `text` and the first `limit` of them: labels and identifiers first, then whatever was said,
    then substrings. With `count_to`, no more than so many are counted, and substrings are looked for only where words
    do not suffice.
    """
    found: dict[int, None] = {}
    total = 0
    words = _words(text)
    most = limit if count_to is None else max(limit, count_to)
    for table in _tables(connection) if words else ():
        found.update(dict.fromkeys(_holding(connection, table, words, most)))
        if count_to is not None and len(found) >= most:
            return count_to, list(found)[:limit]
    if words and count_to is None:
        total = int(connection.exec_driver_sql(
            "SELECT count(*) FROM search WHERE search MATCH ?", (word_query(text),)).scalar_one())
    for phrase in () if count_to is not None and _suffice(text, words, len(found), limit) else _phrases(text):
        rows = connection.exec_driver_sql(
            "SELECT rowid FROM search_part WHERE search_part MATCH ? ORDER BY rowid LIMIT ?", (phrase, most)
        )
        found.update((row[0], None) for row in rows)
    total = max(total, len(found))
    return total if count_to is None else min(total, count_to), list(found)[:limit]


def _suffice(text: str, words: list[str], found: int, limit: int) -> bool:
    """Whether a person who types sees what is asked for: enough hits; or some where a substring would hardly add any,
    of several words or of a long number."""
    return found >= limit or (found > 0 and (len(words) > 1 or (len(text) >= _LONG and any(map(str.isdigit, text)))))


def holding_part(connection: Connection, text: str) -> list[int] | None:
    """Every item whose label or identifiers may hold `text` within; None where the index cannot tell."""
    phrases = _phrases(text)
    if not phrases or len(phrases) < len(_spellings(text.strip())):
        return None
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_part WHERE search_part MATCH ?", (" OR ".join(phrases),))
    return [row[0] for row in rows]


def holding_words(connection: Connection, text: str, most: int) -> list[int] | None:
    """Every item of which something holds just the words of `text`, in either script, and perhaps others; None where
    there are more than `most`, or `text` has no words."""
    each = [[_quoted(word) for word in _words(one)] for one in dict.fromkeys((text, to_latin(text)))]
    if not all(each):
        return None
    query = " OR ".join(f"({' AND '.join(words)})" for words in each)
    rows = connection.exec_driver_sql("SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (query, most + 1))
    found = [row[0] for row in rows]
    return None if len(found) > most else found


def word_query(text: str) -> str:
    """What FTS is asked for: every word of `text`, or its Latin letters, as the beginning of a word."""
    return " AND ".join(f"({' OR '.join(map(_beginning, _spellings(word)))})" for word in _words(text))


def folded(word: str) -> str:
    """A word as the index keeps it: small letters, without the accents that Latin ones bear."""
    return "".join(map(_folded_letter, word))


def _folded_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    if parts[0].isascii() and all(map(unicodedata.combining, parts[1:])):
        return parts[0].lower()
    small = letter.casefold()
    return small if len(small) == 1 else letter.lower()


def _words(text: str) -> list[str]:
    return "".join(ch if ch.isalnum() else " " for ch in text).split()


def _spellings(word: str) -> tuple[str, ...]:
    latin = in_latin(word).strip()
    return (word, latin) if latin and any(sign.isalnum() for sign in latin) else (word,)


def _phrases(text: str) -> list[str]:
    return [_quoted(one) for one in _spellings(text.strip()) if len(one) >= 3]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _beginning(word: str) -> str:
    return _quoted(word) + "*"


def _tables(connection: Connection) -> list[str]:
    """The indexes of words; a case of an earlier edition that cannot be written has but one."""
    rows = connection.exec_driver_sql(
        "SELECT name FROM main.sqlite_schema WHERE name IN ('search', 'search_name') ORDER BY name DESC")
    return [row[0] for row in rows]


def _holding(connection: Connection, table: str, words: list[str], most: int) -> list[int]:
    """The first `most` items that hold a word with each of these beginnings."""
    vocabulary = _Vocabulary(connection, table)
    if len(words) == 1 and most <= WALKED:
        found = [item for one in _spellings(words[0]) for item in vocabulary.items(one, most)]
        if found or words[0].isascii():
            return found
    query = (" AND ".join(f"({vocabulary.query(word)})" for word in words) if most <= WALKED
             else word_query(" ".join(words)))
    rows = connection.exec_driver_sql(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?", (query, most))
    return [row[0] for row in rows]


class _Vocabulary:
    """The words of an index in their order, each with the items that hold it; read only as far as asked for."""

    def __init__(self, connection: Connection, table: str) -> None:
        self._name = f"temp.{table}_words"
        driver: Any = connection.connection.driver_connection
        self._driver = driver
        self._driver.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._name} USING fts5vocab(main, {table}, "
                             "instance)")

    def items(self, beginning: str, most: int) -> Iterator[int]:
        """At most `most` items that hold a word with this beginning, those with the word itself first."""
        first = folded(beginning)
        for row in self._driver.execute(
                f"SELECT DISTINCT doc FROM {self._name} WHERE term >= ? AND term < ? LIMIT ?",
                (first, first + "\U0010ffff", most)):
            yield row[0]

    def query(self, word: str) -> str:
        """What FTS is asked for a word with this beginning, in either script."""
        return " OR ".join(one for spelling in _spellings(word) for one in self._alternatives(spelling))

    def _alternatives(self, word: str) -> list[str]:
        if len(word) <= PREFIXED:
            return [_beginning(word)]
        terms = self._terms(folded(word))
        return [_quoted(one) for one in terms] if 0 < len(terms) <= MOST_TERMS else [_beginning(word)]

    def _terms(self, beginning: str) -> list[str]:
        """The words with this beginning; no more than one above `MOST_TERMS`."""
        found: list[str] = []
        after, last = beginning, beginning + "\U0010ffff"
        while len(found) <= MOST_TERMS:
            row = self._driver.execute(
                f"SELECT term FROM {self._name} WHERE term >= ? AND term < ? LIMIT 1", (after, last)).fetchone()
            if row is None:
                break
            found.append(row[0])
            after = row[0] + "\x01"
        return found
