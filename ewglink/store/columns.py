"""The whole case as columns, as a network needs it: numbers as arrays, read in packs of rows.

A pack comes as one text of numbers a column: a row object for each of millions of links takes three times as long.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from ewglink.model.items import ENTITY, LINK
from ewglink.store.case_file import CaseFile

TOGETHER = 50_000
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class EntityColumns:
    """Entities by id: `ids` and `types` (n,), which index into `type_keys`."""

    ids: Numbers
    types: Numbers
    type_keys: tuple[str, ...]


@dataclass(frozen=True)
class LinkColumns:
    """Links by id: `ids`, their ends `a` and `b` (entity ids), `directions` and `strengths` (m,); `types` (m,) index
    into `type_keys`."""

    ids: Numbers
    a: Numbers
    b: Numbers
    directions: Numbers
    strengths: Numbers
    types: Numbers
    type_keys: tuple[str, ...]


def network_columns(case: CaseFile) -> tuple[EntityColumns, LinkColumns]:
    """The entities and the links of the case as one state of it has them, merged ones too."""
    with case.reading() as connection:
        entities = EntityColumns(*_typed(connection, ENTITY))
        ids, a, b, directions, strengths = _packed(
            connection, "item_id, a, b, direction, strength", "link WHERE item_id > ?", (), "item_id")
        of_type, types, keys = _typed(connection, LINK)
    at = np.minimum(np.searchsorted(of_type, ids), max(len(of_type) - 1, 0))
    return entities, LinkColumns(ids, a, b, directions, strengths, types[at] if len(types) else types, keys)


def standing_ids(case: CaseFile, kind: str, types: Collection[str] | None = None) -> Numbers:
    """The ids of a kind (of `types`), ascending; an entity that was merged into another is left out."""
    with case.reading() as connection:
        ids, codes, keys = _typed(connection, kind)
        merged = [] if kind == LINK else [row[0] for row in connection.exec_driver_sql(
            "SELECT id FROM item WHERE canonical_id IS NOT NULL")]
    if types is not None:
        ids = ids[np.array([key in types for key in keys] or [False], np.bool_)[codes]]
    return ids[~np.isin(ids, np.array(merged, np.int64))] if merged else ids


def _typed(connection: Connection, kind: str) -> tuple[Numbers, Numbers, tuple[str, ...]]:
    """The ids of a kind, ascending, and their types: the index of types is walked, the table is not touched."""
    keys = tuple(row[0] for row in connection.exec_driver_sql(
        "SELECT DISTINCT type FROM item WHERE kind = ? ORDER BY type", (kind,)))
    each = [_packed(connection, "id", "item WHERE kind = ? AND type = ? AND id > ?", (kind, key), "id")[0]
            for key in keys]
    ids = np.concatenate(each) if each else np.empty(0, np.int64)
    types = np.repeat(np.arange(len(keys)), [len(some) for some in each])
    order = np.argsort(ids, kind="stable")
    return ids[order], types[order], keys


def _packed(connection: Connection, columns: str, where: str, given: tuple[Any, ...], key: str) -> list[Numbers]:
    """Columns of numbers in the order of `key`; `where` names the table and ends in what comes after a number of it."""
    names = columns.split(", ")
    packs = ", ".join(f"group_concat({name})" for name in names)
    sql = (f"SELECT max({key}), {packs} FROM (SELECT {columns} FROM {where} ORDER BY {key} LIMIT {TOGETHER})")
    found: list[list[Numbers]] = [[np.empty(0, np.int64)] for _name in names]
    last = -1
    while True:
        last, *texts = connection.exec_driver_sql(sql, (*given, last)).one()
        if last is None:
            return [np.concatenate(parts) for parts in found]
        for parts, text in zip(found, texts, strict=True):
            parts.append(np.fromstring(text, np.int64, sep=","))
