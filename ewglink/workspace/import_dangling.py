"""Entities to which the rows of a table refer and which nobody describes, reported where its specification asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ewglink.importers.contract import Part, Problem
from ewglink.importers.specification import Specification
from ewglink.store.bulk import BulkWriter
from ewglink.text import N_, message

_LEFT = (
    "SELECT i.label, d.value, r.no, r.raw FROM item i JOIN identity d ON d.item_id = i.id AND d.joins "
    "JOIN (SELECT t.item_id, min(t.record_id) AS record_id FROM statement t JOIN record r ON r.id = t.record_id "
    "WHERE r.import_id = ? GROUP BY t.item_id) s ON s.item_id = i.id JOIN record r ON r.id = s.record_id "
    "WHERE i.kind = 'entity' AND i.label_rank < 0 GROUP BY i.id ORDER BY r.id, i.id"
)


def dangling(spec: Specification, part: Part, import_id: int, writer: BulkWriter) -> Iterator[Problem]:
    """A warning for each entity that the rows of one import name and of which nothing else is known by now, with the
    first row and the column that name it."""
    words = N_("“{id}” is referred to, and nothing says what it is; it is kept under that name.")
    for label, value, no, raw in writer.connection.exec_driver_sql(_LEFT, (import_id,)):
        column = _column(spec, part, str(value), raw)
        yield Problem(part.name, no, None, column, "dangling_reference", message(words, id=label or value))


def _column(spec: Specification, part: Part, value: str, raw: str) -> str | None:
    """The column of a reference whose cell holds the key."""
    cells: Any = json.loads(raw)
    if not isinstance(cells, list):
        return None
    named = dict(zip(part.columns, cells, strict=False))
    keys = [one.column for role in spec.entities if role.reference for one in role.key if one.column is not None]
    return next((key for key in keys if value in str(named.get(key, ""))), keys[0] if len(keys) == 1 else None)
