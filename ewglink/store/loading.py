"""What a bulk add asks of the case while it loads: known identities in batches, rows to improve, indexes put off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Index
from sqlalchemy.schema import CreateIndex

from ewglink.model.items import ENTITY, LINK, OWN_SPACE
from ewglink.store import tables

PUT_OFF: tuple[Index, ...] = tuple(
    index
    for table in (tables.record, tables.item, tables.identity, tables.link, tables.statement)
    for index in sorted(table.indexes, key=lambda one: str(one.name))
    if index.name != "identity_joins"
)
"""The indexes that a large add does without: it looks up joining identities, and of few items what identifies them."""

_OF_ITEM = next(index for index in PUT_OFF if index.name == "identity_by_item")

_JOINS = next(index for index in tables.identity.indexes if index.name == "identity_joins")


def _texts(values: Iterable[Any]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


_MARKS = 1 << 23
_MOST_MARKED = 8


class Loading:
    """The questions and changes of one bulk add, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._put_off: set[Index] = set()
        self._joins, self._where = "identity_joins", ""
        self._marks: dict[str, bytearray | None] = {}
        """Of namespaces that the add began: a mark for the hash of each value written, so that what is new is seldom
        looked for. None where the case has known the namespace before."""

    def _perhaps(self, ns: str, values: Iterable[str]) -> Iterable[str]:
        """Those of `values` that the namespace may have."""
        if ns not in self._marks:
            there = self.first("SELECT 1 FROM identity WHERE ns = ? AND joins LIMIT 1", (ns,))
            plain = there is None and not ns.startswith(OWN_SPACE) and len(self._marks) < _MOST_MARKED
            self._marks[ns] = bytearray(_MARKS) if plain else None
        marks = self._marks[ns]
        return values if marks is None else [value for value in values if marks[hash(value) % _MARKS]]

    def wrote(self, identities: Iterable[tuple[Any, ...]]) -> None:
        """Rows of `identity` were added: (id, namespace, value, …)."""
        for _id, ns, value, *_rest in identities if self._marks else ():
            marks = self._marks.get(ns)
            if marks is not None:
                marks[hash(value) % _MARKS] = 1

    def known(self, ns: str, values: Iterable[str]) -> list[tuple[str, int, str, int]]:
        """Which of `values` join in the namespace: (value, item, its type, its label's rank)."""
        values = self._perhaps(ns, values)
        if not values:
            return []
        rows = self._connection.exec_driver_sql(
            "SELECT n.value, n.item_id, i.type, i.label_rank FROM json_each(?) j CROSS JOIN identity n "
            f"INDEXED BY {self._joins} "
            f"ON n.ns = ? AND n.value = j.value AND n.joins {self._where} JOIN item i ON i.id = n.item_id",
            (_texts(values), ns),
        )
        found = [tuple(row) for row in rows]
        return found + self._left(ns, values) if ns.startswith(OWN_SPACE) else found

    def _left(self, ns: str, values: Iterable[str]) -> list[tuple[str, int, str, int]]:
        """The items of this very case among what once left it, by the names they then have."""
        space, _colon, kind = ns.partition(":")
        uid = self.first("SELECT value FROM meta WHERE key = 'uid'")
        if space != OWN_SPACE or uid is None:
            return []
        start = f"{uid[0]}|"
        ids = [text for value in values if value.startswith(start) and (text := value[len(start):]).isdecimal()]
        rows = self._connection.exec_driver_sql(
            "SELECT i.id, i.type, i.label_rank FROM json_each(?) j JOIN item i ON i.id = CAST(j.value AS INTEGER) "
            "WHERE i.kind = ? AND (? = '' OR i.type = ?)",
            (_texts(ids), LINK if kind else ENTITY, kind, kind),
        )
        return [(f"{start}{row[0]}", row[0], row[1], row[2]) for row in rows]

    def keys_of(self, item: int, ns: str) -> list[str]:
        """The joining keys an item has in a namespace."""
        self._build(_OF_ITEM)
        rows = self._connection.exec_driver_sql(
            "SELECT value FROM identity WHERE item_id = ? AND ns = ? AND joins", (item, ns)
        )
        return [row[0] for row in rows]

    def identities(self, items: Iterable[int]) -> set[tuple[int, str, str]]:
        """All identities of items: (item, namespace, value)."""
        self._build(_OF_ITEM)
        rows = self._connection.exec_driver_sql(
            "SELECT n.item_id, n.ns, n.value FROM json_each(?) j JOIN identity n ON n.item_id = j.value",
            (_texts(items),),
        )
        return {tuple(row) for row in rows}

    def item_rows(self, items: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Whole rows of items, as a changeset needs them."""
        rows = self._connection.exec_driver_sql(
            "SELECT i.* FROM json_each(?) j JOIN item i ON i.id = j.value", (_texts(items),)
        )
        return {row["id"]: dict(row) for row in rows.mappings()}

    def improve(self, better: Mapping[int, tuple[str, str, int]]) -> None:
        """Give items a better type, label and rank."""
        if better:
            self._connection.exec_driver_sql(
                "UPDATE item SET type = ?, label = ?, label_rank = ? WHERE id = ?",
                [(*values, item) for item, values in better.items()],
            )

    def first(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        """The first row of an answer, None where there is none."""
        return self._connection.exec_driver_sql(sql, parameters).first()

    def put_off_indexes(self) -> None:
        """Do without the indexes that only questions need, until `build_indexes`. Links known by their content are not
        looked up where the case has none: hashes come in no order, and their index is the dearest to keep."""
        self._put_off = set(PUT_OFF)
        if self.first("SELECT 1 FROM link") is None:
            self._joins, self._where = "identity_loading", "AND n.ns <> 'link'"
            self._connection.exec_driver_sql("DROP INDEX identity_joins")
            self._connection.exec_driver_sql(
                "CREATE INDEX identity_loading ON identity (ns, value, item_id) WHERE joins AND ns <> 'link'"
            )
        for index in PUT_OFF:
            self._connection.exec_driver_sql(f'DROP INDEX "{index.name}"')

    def index_identities(self) -> None:
        """Look links up by their content from now on: a further file may bring those of the last."""
        if self._joins != "identity_joins":
            self._connection.execute(CreateIndex(_JOINS))
            self._connection.exec_driver_sql(f"DROP INDEX {self._joins}")
            self._joins, self._where = "identity_joins", ""

    def build_indexes(self) -> None:
        """Build the indexes that were put off."""
        self.index_identities()
        for index in PUT_OFF:
            self._build(index)

    def _build(self, index: Index) -> None:
        if index in self._put_off:
            self._put_off.remove(index)
            self._connection.execute(CreateIndex(index))
