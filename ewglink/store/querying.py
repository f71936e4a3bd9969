"""What conditions ask the tables: pairs of an item and a value, some thousands at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ewglink.store.case_file import CaseFile

TOGETHER = 20_000
Pairs = Iterator[list[Any]]


def _batches(case: CaseFile, sql: str, parameters: Sequence[Any] = ()) -> Pairs:
    with case.reading() as connection:
        rows = connection.exec_driver_sql(sql, tuple(parameters))
        while batch := rows.fetchmany(TOGETHER):
            yield list(batch)


def labels(case: CaseFile, among: Collection[int] | None = None) -> Pairs:
    """(entity, label), of all entities or `among` some."""
    if among is not None:
        return _batches(case, "SELECT i.id, i.label FROM json_each(?) j JOIN item i ON i.id = j.value "
                              "WHERE i.kind = 'entity'", (json.dumps(sorted(among)),))
    return _batches(case, "SELECT id, label FROM item WHERE kind = 'entity'")


def identifiers(case: CaseFile) -> Pairs:
    """(item, namespace, value) of whatever names an item; not what names it by its content."""
    return _batches(case, "SELECT item_id, ns, value FROM identity WHERE ns NOT IN ('link', 'row')")


def property_values(case: CaseFile, key: str) -> Pairs:
    """(item, value as JSON) wherever `key` was stated."""
    path = '$."' + key.replace('"', '""') + '"[0]'
    return _batches(case, "SELECT item_id, vals -> ?1 FROM statement WHERE instr(vals, ?2) "
                          "AND json_type(vals, ?1) <> 'null'", (path, json.dumps(key, ensure_ascii=False)))


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


def stated_keys(case: CaseFile, most: int = 4000) -> list[str]:
    """The properties that some statements state, known to the schema or not; the first and the last are looked at."""
    with case.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(
            "SELECT DISTINCT v.key FROM (SELECT * FROM (SELECT vals FROM statement ORDER BY id LIMIT ?1) UNION ALL "
            "SELECT * FROM (SELECT vals FROM statement ORDER BY id DESC LIMIT ?1)) s, json_each(s.vals) v ORDER BY 1",
            (most,))]
