"""What items show: for each property the value an analyst chose, else the latest that does not fail its check."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection

from ewglink.store.case_file import CaseFile

Values = dict[str, Any]
_BASE = "SELECT coalesce(i.canonical_id, i.id), s.id, s.vals FROM statement s JOIN item i ON i.id = s.item_id "
_ONCE = _BASE.replace("s.id, s.vals", "max(s.id), s.vals", 1)
_OF_ITEMS = ("WHERE s.item_id IN (SELECT value FROM json_each(?1) UNION SELECT m.id FROM json_each(?1) j CROSS JOIN "
             "item m ON m.canonical_id = j.value) AND s.vals <> '{}' ")
_SHORT = 16
"""Letters of a text that is likely to be written again."""


def shown_values(
    case: CaseFile, *, items: Collection[int] | None = None, types: Collection[str] | None = None
) -> dict[int, Values]:
    """Property → value of `items`, or of all items of `types`; what is said of merged items is said of the item that
    stands for them. A property with several values has a list."""
    with case.reading() as connection:
        chosen = {(row[0], row[1]): row[2] for row in connection.exec_driver_sql(
            "SELECT coalesce(i.canonical_id, i.id), c.property, c.statement_id FROM choice c JOIN item i "
            "ON i.id = c.item_id ORDER BY i.canonical_id IS NULL, i.id DESC")}
        found: dict[int, Values] = {}
        failed: set[tuple[int, str]] = set()
        fixed: set[tuple[int, str]] = set()
        same: dict[str, str] = {}
        wanted = None if items is None else set(items)
        once = wanted is not None and not any(item in wanted for item, _key in chosen)
        for item, statement, vals in _statements(connection, wanted, types, once=once):
            values = found.setdefault(item, {})
            if len(vals) > 2:
                _take(values, item, statement, _shared(json.loads(vals), same), chosen, failed, fixed)
        return found


def _shared(vals: dict[str, list[Any]], same: dict[str, str]) -> dict[str, list[Any]]:
    """The same, with one text in memory for what is written alike: keys, units, codes, days."""
    for value in vals.values():
        if isinstance(value[0], str) and len(value[0]) <= _SHORT:
            value[0] = same.setdefault(value[0], value[0])
    return {same.setdefault(key, key): value for key, value in vals.items()}


def _statements(
    connection: Connection, items: Collection[int] | None, types: Collection[str] | None, *, once: bool
) -> Iterator[tuple[int, int, str]]:
    merged = connection.exec_driver_sql("SELECT 1 FROM item WHERE canonical_id IS NOT NULL LIMIT 1").first()
    order = "i.canonical_id IS NULL, s.id" if merged else "s.id"  # what stands for merged items has the last word
    if items is not None:
        # What many rows say in the same words is read once, at its last place; a choice needs each by itself.
        sql = (_ONCE if once else _BASE) + _OF_ITEMS + ("GROUP BY s.item_id, s.vals " if once else "") + (
            "ORDER BY " + (order.replace("s.id", "max(s.id)") if once else order))
        rows = connection.exec_driver_sql(sql, (json.dumps([int(item) for item in items]),))
    else:
        sql = _BASE + "WHERE i.type IN (SELECT value FROM json_each(?)) ORDER BY " + order
        rows = connection.exec_driver_sql(sql, (json.dumps(sorted(types or ())),))
    for row in rows:
        yield row[0], row[1], row[2]


def _take(
    values: Values, item: int, statement: int, vals: dict[str, list[Any]], chosen: dict[tuple[int, str], int],
    failed: set[tuple[int, str]], fixed: set[tuple[int, str]],
) -> None:
    """Let a later statement stand over an earlier one, unless an analyst chose, or only the later one fails."""
    for key, value in vals.items():
        place = (item, key)
        if place in fixed:
            continue
        if chosen and chosen.get(place) == statement:
            fixed.add(place)
            values[key] = value[0]
            continue
        fails = len(value) > 5 and value[5] == "fail"
        if fails and key in values and place not in failed:
            continue
        if fails:
            failed.add(place)
        else:
            failed.discard(place)
        values[key] = value[0]
