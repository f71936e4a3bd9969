"""The links of a case by type as plain rows, merged ends as one; whose an account is; where something is said."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from ewglink.store.case_file import CaseFile


class Tie(NamedTuple):
    """A link: its id and type, the entities at its ends (those that stand for them), and what its line shows."""

    id: int
    type: str
    a: int
    b: int
    direction: int
    strength: int
    start: str | None
    end: str | None
    precision: int | None


class Said(NamedTuple):
    """Where something is said of an item: file, part and row, or the analyst's note; and how good it is."""

    item: int
    source: str
    part: str
    row: int | None
    note: str
    grade: str


_TIES = """
SELECT l.item_id, i.type, coalesce(a.canonical_id, a.id), coalesce(b.canonical_id, b.id), l.direction, l.strength,
  l.start, l.end, l.precision
FROM link l JOIN item i ON i.id = l.item_id JOIN item a ON a.id = l.a JOIN item b ON b.id = l.b
WHERE i.canonical_id IS NULL"""
_SAID = """
SELECT s.item_id, coalesce(o.name, ''), coalesce(r.part, ''), r.no, coalesce(b.note, ''), coalesce(b.grade, '')
FROM statement s JOIN json_each(?) j ON j.value = s.item_id JOIN basis b ON b.id = s.basis_id
LEFT JOIN record r ON r.id = s.record_id LEFT JOIN import m ON m.id = b.import_id
LEFT JOIN source o ON o.id = m.source_id ORDER BY s.item_id, s.id"""


def ties(case: CaseFile, types: Collection[str] | None = None) -> list[Tie]:
    """Every link of `types` (None: of all), in the order of their ids."""
    more = "" if types is None else " AND i.type IN (SELECT value FROM json_each(?))"
    parameters: tuple[Any, ...] = () if types is None else (json.dumps(sorted(types)),)
    with case.reading() as connection:
        rows = connection.exec_driver_sql(f"{_TIES}{more} ORDER BY l.item_id", parameters)
        return [Tie(*row) for row in rows]


def owners(case: CaseFile) -> dict[int, tuple[int, ...]]:
    """Whose each account is: account → persons and organizations that have or use it."""
    found: dict[int, list[int]] = {}
    for one in ties(case, ("has_account", "uses_phone")):
        if one.a not in found.setdefault(one.b, []):
            found[one.b].append(one.a)
    return {account: tuple(sorted(whose)) for account, whose in found.items()}


def sayings(case: CaseFile, items: Collection[int]) -> list[Said]:
    """Where each of `items` is said."""
    with case.reading() as connection:
        return [Said(*row) for row in connection.exec_driver_sql(_SAID, (json.dumps(sorted(items)),))]
