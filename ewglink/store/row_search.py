"""Source rows searched by their words: an index made when it is first asked for, and kept up as rows come in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.store import search, tables, word_search
from ewglink.store.case_file import CaseFile
from ewglink.text import N_, Message

TOGETHER = 10_000
_TABLE = f"CREATE VIRTUAL TABLE IF NOT EXISTS search_row USING fts5(body, {tables.WORDS})"
_KEY = "search_row"


@dataclass(frozen=True)
class RowHit:
    """A source row that holds the words: where it stands, as it was read, and the items that rest on it."""

    record: int
    source: str
    part: str
    row: int
    raw: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class RowHits:
    """How many rows were found, and the first of them."""

    total: int
    hits: tuple[RowHit, ...]


def search_rows(case: CaseFile, text: str, limit: int = 200, *, may_write: bool = True) -> Job[RowHits]:
    """The source rows that hold every word of `text` as the beginning of a word, accents and scripts aside.

    The index is brought up to date first, if the case `may_write` now; rows that it lacks are read one by one.
    """
    words = word_search.word_query(text)
    if not words:
        yield Progress(1.0, best=RowHits(0, ()))
        return
    if may_write and not case.read_only:
        yield from _index(case)
    with case.reading() as connection:
        known = _indexed(connection)
    found: list[int] = []
    total = 0
    if known:
        with case.reading() as connection:
            total = int(connection.exec_driver_sql(
                "SELECT count(*) FROM search_row WHERE search_row MATCH ?", (words,)).scalar_one())
            found = [row[0] for row in connection.exec_driver_sql(
                "SELECT rowid FROM search_row WHERE search_row MATCH ? ORDER BY rowid LIMIT ?", (words, limit))]
    for done, record in _read(case, known, words):
        if record is None:
            yield Progress[RowHits](done, Message(N_("Reading source rows")))
        else:
            total += 1
            found += [record] if len(found) < limit else []
    yield Progress(1.0, best=RowHits(total, tuple(_hits(case, found))))


def _indexed(connection: Connection) -> int:
    """The last row that the index knows; 0 where there is none, or rows have gone since."""
    kept = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (_KEY,)).scalar()
    if kept is None:
        return 0
    known = json.loads(kept)
    since = {row[0] for row in connection.exec_driver_sql(
        "SELECT DISTINCT kind FROM journal WHERE seq > ? AND kind <> 'event'", (known["seq"],))}
    if since == {"change"}:  # a source may have been withdrawn; to count millions of rows takes a moment
        there = connection.exec_driver_sql("SELECT count(*) FROM record WHERE id <= ?", (known["last"],)).scalar_one()
        since = since if there != known["n"] else set()
    return 0 if since else int(known["last"])


def _index(case: CaseFile) -> Job[RowHits]:
    """Bring the index up to date, some rows at a time; somebody else's writing goes first."""
    with case.reading() as connection:
        known = _indexed(connection)
        last = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM record").scalar_one())
    if known == last:
        return
    try:
        if not known:
            with case.writing_derived() as connection:
                connection.exec_driver_sql("DROP TABLE IF EXISTS search_row")
                connection.exec_driver_sql("DELETE FROM meta WHERE key = ?", (_KEY,))
                connection.exec_driver_sql(_TABLE)
        for start in range(known + 1, last + 1, TOGETHER):
            with case.writing_derived() as connection:
                _index_range(connection, start, min(start + TOGETHER - 1, last))
            yield Progress[RowHits]((start - known) / (last - known), Message(N_("Indexing source rows")))
    except Refusal as refusal:
        if refusal.code != "case_busy":
            raise


def _index_range(connection: Connection, first: int, last: int) -> None:
    search.speak_latin(connection)
    connection.exec_driver_sql(
        f"INSERT INTO search_row (rowid, body) SELECT id, {search.also_latin('raw')} FROM record "
        "WHERE id BETWEEN ? AND ?", (first, last))
    kept = connection.exec_driver_sql("SELECT value FROM meta WHERE key = ?", (_KEY,)).scalar()
    n = (json.loads(kept)["n"] if kept else 0) + connection.exec_driver_sql(
        "SELECT count(*) FROM record WHERE id BETWEEN ? AND ?", (first, last)).scalar_one()
    seq = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM journal").scalar_one()
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                               (_KEY, json.dumps({"seq": seq, "last": last, "n": n})))


def _read(case: CaseFile, after: int, words: str) -> Iterator[tuple[float, int | None]]:
    """The rows after `after` that hold the words, looked for in an index that is gone afterwards; None between."""
    with case.reading() as connection:
        last = int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM record").scalar_one())
    for start in range(after + 1, last + 1, TOGETHER):
        with case.reading() as connection:
            search.speak_latin(connection)
            connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.some_rows USING fts5(body, content='', "
                                       "tokenize='unicode61 remove_diacritics 2')")
            connection.exec_driver_sql(
                f"INSERT INTO temp.some_rows (rowid, body) SELECT id, {search.also_latin('raw')} FROM record "
                "WHERE id BETWEEN ? AND ?", (start, start + TOGETHER - 1))
            found = [row[0] for row in connection.exec_driver_sql(
                "SELECT rowid FROM temp.some_rows WHERE some_rows MATCH ? ORDER BY rowid", (words,))]
            connection.exec_driver_sql("DROP TABLE temp.some_rows")
        done = min(1.0, (start - after) / max(1, last - after))
        yield done, None
        yield from ((done, record) for record in found)


def _hits(case: CaseFile, records: list[int]) -> Iterator[RowHit]:
    chosen = json.dumps(records)
    with case.reading() as connection:
        items: dict[int, list[int]] = {}
        for record, item in connection.exec_driver_sql(
                "SELECT DISTINCT s.record_id, s.item_id FROM statement s JOIN json_each(?) j ON j.value = s.record_id "
                "ORDER BY s.item_id", (chosen,)):
            items.setdefault(record, []).append(item)
        for row in connection.exec_driver_sql(
                "SELECT r.id, o.name, r.part, r.no, r.raw FROM json_each(?) j JOIN record r ON r.id = j.value "
                "JOIN import m ON m.id = r.import_id JOIN source o ON o.id = m.source_id ORDER BY r.id", (chosen,)):
            yield RowHit(row[0], row[1], row[2], row[3], row[4], tuple(items.get(row[0], ())))
