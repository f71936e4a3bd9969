"""What conditions ask the tables: pairs of an item and a value, some thousands at a time.

A large table is walked in stretches, so that whoever waits can leave at any time: a batch may be empty.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ewglink.store.case_file import CaseFile

TOGETHER = 20_000
STRETCH = 500_000
"""Rows of a table walked before whoever waits is heard."""
Pairs = Iterator[list[Any]]


def _batches(case: CaseFile, sql: str, parameters: Sequence[Any] = ()) -> Pairs:
    with case.reading() as connection:
        rows = connection.exec_driver_sql(sql, tuple(parameters))
        while batch := rows.fetchmany(TOGETHER):
            yield list(batch)


def labels(case: CaseFile, among: Collection[int] | None = None) -> Pairs:
    """(entity, label), of all entities or `among` some."""
    if among is not None:
        return _batches(case, "SELECT i.id, i.label FROM json_each(?) j CROSS JOIN item i ON i.id = j.value "
                              "WHERE i.kind = 'entity'", (json.dumps(sorted(among)),))
    return _batches(case, "SELECT id, label FROM item WHERE kind = 'entity'")


def _stretches(case: CaseFile, table: str, sql: str, parameters: Sequence[Any]) -> Pairs:
    """`sql` asked of one stretch of the ids of `table` after the other; it ends in a condition and lacks that one."""
    with case.reading() as connection:
        driver: Any = connection.connection.driver_connection  # plain tuples: a row object takes as long as its row
        last = driver.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        for first in range(0, last + 1, STRETCH):
            rows = driver.execute(f"{sql} AND id BETWEEN {first} AND {first + STRETCH - 1}", tuple(parameters))
            while batch := rows.fetchmany(TOGETHER):
                yield batch
            yield []


def _may_hold(column: str, texts: Collection[str], before: Sequence[str] = ()) -> tuple[str, list[str]]:
    """A condition that holds wherever `column` may hold one of these ASCII `texts`, whatever its accents and script,
    and its parameters; each naming of the column takes those `before`. What has other letters, or is written otherwise
    than it reads (in JSON), is let through, to be looked at."""
    escaped = ["%" + "".join("\\" + sign if sign in "\\%_" else sign for sign in text) + "%" for text in texts]
    hold = " OR ".join([f"{column} LIKE ? ESCAPE '\\'"] * len(escaped))
    parameters = [one for text in escaped for one in (*before, text)]
    other = f"length({column}) <> octet_length({column}) OR instr({column}, '\\')"
    return f"({hold} OR {other})", [*parameters, *before, *before, *before]


def identifiers(case: CaseFile, texts: Collection[str] = (), among: Collection[int] | None = None) -> Pairs:
    """(item, namespace, value) of whatever names an item, not what names it by its content; of `among` some, or of
    those that may hold one of the ASCII `texts`."""
    sql = "SELECT item_id, ns, value FROM identity WHERE ns NOT IN ('link', 'row')"
    if among is not None:
        return _batches(case, sql + " AND item_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(among)),))
    column = "ns || ':' || value" if any(":" in text for text in texts) else "value"
    hold, parameters = _may_hold(column, texts) if texts else ("1", [])
    return _stretches(case, "identity", f"{sql} AND {hold}", parameters)


def property_values(
    case: CaseFile, key: str, texts: Collection[str] = (), among: Collection[int] | None = None
) -> Pairs:
    """(item, value as JSON) wherever `key` was stated, of `among` some items, or where the value may hold one of the
    ASCII `texts`: the database looks through millions of rows in the time it takes to hand out some thousands."""
    path = '$."' + key.replace('"', '""') + '"[0]'
    where, parameters = "instr(vals, ?)", [path, json.dumps(key, ensure_ascii=False)]
    for column, more in (("vals", []), ("(vals -> ?)", [path])) if texts else ():
        hold, asked = _may_hold(column, texts, more)
        where += f" AND {hold}"
        parameters += asked
    sql = f"SELECT item_id, vals -> ? FROM statement WHERE {where} AND json_type(vals, ?) <> 'null'"
    if among is not None:
        return _batches(case, sql + " AND item_id IN (SELECT value FROM json_each(?))",
                        (*parameters, path, json.dumps(sorted(among))))
    return _stretches(case, "statement", sql, (*parameters, path))


def dated_values(case: CaseFile, keys: Collection[str]) -> Pairs:
    """(item, first date, last date) of every statement: values of the properties `keys`, and when any value held."""
    return _batches(
        case, "SELECT s.item_id, CASE WHEN v.key IN (SELECT value FROM json_each(?1)) THEN v.value ->> 0 END AS said, "
              "v.value ->> 2, v.value ->> 3 FROM statement s, json_each(s.vals) v WHERE said IS NOT NULL "
              "OR v.value ->> 2 IS NOT NULL OR v.value ->> 3 IS NOT NULL", (json.dumps(sorted(keys)),))


def link_dates(case: CaseFile) -> Pairs:
    """(link, start, end) of the links that have either."""
    return _batches(case, 'SELECT item_id, start, "end" FROM link WHERE start IS NOT NULL OR "end" IS NOT NULL')


def bases(case: CaseFile) -> list[tuple[int, str | None, str | None, int | None, str | None, str | None]]:
    """(basis, grade, handling, source, its name, its importer)."""
    with case.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(
            "SELECT b.id, b.grade, b.handling, o.id, o.name, m.importer FROM basis b "
            "LEFT JOIN import m ON m.id = b.import_id LEFT JOIN source o ON o.id = m.source_id")]


def resting_on(case: CaseFile, some: Collection[int]) -> Pairs:
    """(item,) of which a statement rests on one of these bases; items come more than once."""
    return _batches(case, "SELECT item_id FROM statement WHERE basis_id IN (SELECT value FROM json_each(?))",
                    (json.dumps(sorted(some)),))


def on_charts(case: CaseFile, names: Collection[str] | None) -> Pairs:
    """(item,) of what stands on the charts of these names, or on any."""
    if names is None:
        return _batches(case, "SELECT DISTINCT item_id FROM placement")
    return _batches(case, "SELECT p.item_id FROM placement p JOIN chart c ON c.id = p.chart_id "
                          "WHERE c.name IN (SELECT value FROM json_each(?))", (json.dumps(sorted(names)),))


def in_findings(case: CaseFile) -> Pairs:
    """(item, rule, severity, state) of what findings are about."""
    return _batches(case, "SELECT o.item_id, f.rule, f.severity, f.state FROM finding_object o "
                          "JOIN finding f ON f.id = o.finding_id")


def merged(case: CaseFile) -> list[int]:
    """The items that were merged into others."""
    with case.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM item WHERE canonical_id IS NOT NULL")]


def weighed_items(case: CaseFile, key: str) -> set[int]:
    """The items of which one value of `key` does not speak for itself: merged ones, and those an analyst chose for."""
    with case.reading() as connection:
        return {row[0] for row in connection.exec_driver_sql(
            "SELECT id FROM item WHERE canonical_id IS NOT NULL UNION SELECT canonical_id FROM item WHERE canonical_id "
            "IS NOT NULL UNION SELECT coalesce(i.canonical_id, i.id) FROM choice c JOIN item i ON i.id = c.item_id "
            "WHERE c.property = ?", (key,))}


def stated_keys(case: CaseFile, most: int = 4000) -> list[str]:
    """The properties that some statements state, known to the schema or not; the first and the last are looked at."""
    with case.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(
            "SELECT DISTINCT v.key FROM (SELECT * FROM (SELECT vals FROM statement ORDER BY id LIMIT ?1) UNION ALL "
            "SELECT * FROM (SELECT vals FROM statement ORDER BY id DESC LIMIT ?1)) s, json_each(s.vals) v ORDER BY 1",
            (most,))]
