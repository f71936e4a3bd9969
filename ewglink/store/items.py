"""The items of a case as questions: entities, links, statements, identities."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from ewglink.model.items import Ref

Reading = Callable[[], AbstractContextManager[Connection]]

REF_COLUMNS = """i.id, i.kind, i.type, i.label,
  (SELECT n.ns || ':' || n.value FROM identity n WHERE n.item_id = i.id ORDER BY n.joins DESC, n.id LIMIT 1)"""


@dataclass(frozen=True)
class LinkRow:
    """One link: its item id, type and label, its ends, and what the line shows."""

    id: int
    type: str
    label: str
    a: int
    b: int
    direction: int
    strength: int
    start: str | None
    end: str | None
    precision: int | None


@dataclass(frozen=True)
class Statement:
    """What one record (or note) says of one item: property → [value, raw, start, end, precision, validity, reason]."""

    id: int
    item: int
    vals: dict[str, list[Any]]
    record: int | None
    part: str | None
    row: int | None
    source: int | None
    source_name: str | None
    note: str | None
    grade: str | None
    handling: str | None
    recorded_by: str
    recorded_at: str


@dataclass(frozen=True)
class Identity:
    """A number or key that names an item."""

    ns: str
    value: str
    joins: bool
    validity: str


def _whole(vals: str) -> dict[str, list[Any]]:
    """A statement's values with all their seven places; the table leaves trailing nulls out."""
    return {key: [*value, *(None,) * (7 - len(value))] for key, value in json.loads(vals).items()}


def _ids(items: Iterable[int]) -> str:
    return json.dumps([int(item) for item in items])


class Items:
    """Questions about the items of a case."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def _refs(self, sql: str, parameters: Sequence[Any] = ()) -> list[Ref]:
        with self._reading() as connection:
            return [Ref(*row) for row in connection.exec_driver_sql(sql, tuple(parameters))]

    def refs(self, items: Iterable[int]) -> dict[int, Ref]:
        """Short references, by id; unknown ids are left out."""
        found = self._refs(f"SELECT {REF_COLUMNS} FROM item i JOIN json_each(?) j ON j.value = i.id", (_ids(items),))
        return {ref.id: ref for ref in found}

    def listed(self, kind: str, type_key: str | None = None, limit: int | None = None, offset: int = 0) -> list[Ref]:
        """Items of a kind (and type) in the order of their ids; what was merged into another is not apart."""
        where, parameters = "i.kind = ? AND i.canonical_id IS NULL", [kind]
        if type_key is not None:
            where, parameters = where + " AND i.type = ?", [kind, type_key]
        return self._refs(
            f"SELECT {REF_COLUMNS} FROM item i WHERE {where} ORDER BY i.id LIMIT ? OFFSET ?",
            (*parameters, -1 if limit is None else limit, offset),
        )

    def named(self, label: str) -> list[Ref]:
        """Items with exactly this label."""
        return self._refs(f"SELECT {REF_COLUMNS} FROM item i WHERE i.label = ? ORDER BY i.id", (label,))

    def identified(self, ns: str, value: str) -> list[Ref]:
        """Items that a number or key names."""
        return self._refs(
            f"SELECT {REF_COLUMNS} FROM item i JOIN identity k ON k.item_id = i.id "
            "WHERE k.ns = ? AND k.value = ? ORDER BY i.id",
            (ns, value),
        )

    def counts(self, kind: str) -> dict[str, int]:
        """How many items of a kind there are, by type; merged items are one."""
        with self._reading() as connection:
            found = {row[0]: row[1] for row in connection.exec_driver_sql(
                "SELECT type, count(*) FROM item WHERE kind = ? GROUP BY type ORDER BY type", (kind,))}
            for key, merged in connection.exec_driver_sql(
                    "SELECT type, count(*) FROM item WHERE canonical_id IS NOT NULL AND kind = ? GROUP BY type",
                    (kind,)):
                found[key] -= merged
        return {key: count for key, count in found.items() if count}

    def row(self, table: str, **key: Any) -> dict[str, Any] | None:
        """A whole row as a changeset needs it, None where there is none."""
        where = " AND ".join(f'"{name}" = ?' for name in key)
        with self._reading() as connection:
            found = (
                connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE {where}', tuple(key.values()))
                .mappings()
                .first()
            )
            return None if found is None else dict(found)

    def rows(self, table: str, column: str, values: Iterable[int]) -> list[dict[str, Any]]:
        """Whole rows of a table whose `column` is one of `values`."""
        with self._reading() as connection:
            found = connection.exec_driver_sql(
                f'SELECT t.* FROM "{table}" t JOIN json_each(?) j ON j.value = t."{column}"', (_ids(values),)
            )
            return [dict(row) for row in found.mappings()]

    def links(self, items: Iterable[int] | None = None, *, limit: int | None = None) -> list[LinkRow]:
        """The links among all items, or those that touch any of `items`."""
        select = (
            "SELECT l.item_id, i.type, i.label, l.a, l.b, l.direction, l.strength, l.start, l.end, l.precision "
            "FROM link l JOIN item i ON i.id = l.item_id "
        )
        with self._reading() as connection:
            if items is None:
                rows = connection.exec_driver_sql(
                    select + "ORDER BY l.item_id LIMIT ?", (-1 if limit is None else limit,)
                )
            else:
                rows = connection.exec_driver_sql(
                    select
                    + "WHERE l.item_id IN (SELECT x.item_id FROM json_each(?1) j JOIN link x ON x.a = j.value UNION "
                    "SELECT x.item_id FROM json_each(?1) j JOIN link x ON x.b = j.value) ORDER BY l.item_id",
                    (_ids(items),),
                )
            return [LinkRow(*row) for row in rows]

    def link(self, item: int) -> LinkRow | None:
        """One link."""
        with self._reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT l.item_id, i.type, i.label, l.a, l.b, l.direction, l.strength, l.start, l.end, l.precision "
                "FROM link l JOIN item i ON i.id = l.item_id WHERE l.item_id = ?",
                (item,),
            ).first()
            return None if row is None else LinkRow(*row)

    def statements(self, items: Iterable[int]) -> list[Statement]:
        """What was said of items, in the order it was recorded; of merged ones first, so that what stands for them has
        the last word."""
        with self._reading() as connection:
            merged = connection.exec_driver_sql("SELECT 1 FROM item WHERE canonical_id IS NOT NULL LIMIT 1").first()
            order = "(SELECT x.canonical_id IS NULL FROM item x WHERE x.id = s.item_id), s.id" if merged else "s.id"
            rows = connection.exec_driver_sql(
                "SELECT s.id, s.item_id, s.vals, s.record_id, r.part, r.no, o.id, o.name, b.note, b.grade, b.handling, "
                "b.recorded_by, b.recorded_at FROM statement s JOIN json_each(?) j ON j.value = s.item_id "
                "JOIN basis b ON b.id = s.basis_id LEFT JOIN record r ON r.id = s.record_id "
                "LEFT JOIN import m ON m.id = b.import_id LEFT JOIN source o ON o.id = m.source_id "
                f"ORDER BY {order}",
                (_ids(items),),
            )
            return [Statement(row[0], row[1], _whole(row[2]), *row[3:]) for row in rows]

    def said(self, items: Iterable[int], most: int = 100) -> list[tuple[int, str, Any]]:
        """(item, property, value) of what was said of items, by the first `most` statements of each: a hub is named in
        thousands of rows that say nothing of it."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT j.value, s.vals FROM json_each(?) j JOIN statement s ON s.id IN (SELECT x.id FROM statement x "
                "WHERE x.item_id = j.value ORDER BY x.id LIMIT ?) WHERE s.vals <> '{}'", (_ids(items), most))
            return [(item, key, value[0]) for item, vals in rows for key, value in json.loads(vals).items()]

    def choices(self, items: Iterable[int]) -> dict[tuple[int, str], int]:
        """The statements an analyst chose to be shown: (item, property) → statement. Where nothing was chosen for an
        item, what was chosen for one merged into it holds."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT j.value, c.property, c.statement_id, 0 AS own, c.item_id FROM json_each(?1) j JOIN item m "
                "ON m.canonical_id = j.value JOIN choice c ON c.item_id = m.id UNION ALL "
                "SELECT c.item_id, c.property, c.statement_id, 1, c.item_id FROM json_each(?1) j JOIN choice c "
                "ON c.item_id = j.value ORDER BY own, 5 DESC",
                (_ids(items),),
            )
            return {(row[0], row[1]): row[2] for row in rows}

    def identities(self, items: Iterable[int]) -> dict[int, list[Identity]]:
        """The numbers and keys that name items."""
        found: dict[int, list[Identity]] = {}
        with self._reading() as connection:
            for row in connection.exec_driver_sql(
                "SELECT n.item_id, n.ns, n.value, n.joins, n.validity FROM identity n JOIN json_each(?) j ON "
                "j.value = n.item_id "
                "ORDER BY n.id",
                (_ids(items),),
            ):
                found.setdefault(row[0], []).append(Identity(row[1], row[2], bool(row[3]), row[4]))
        return found

    def canonical(self) -> dict[int, int]:
        """Merged item → the item it is shown as."""
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.exec_driver_sql(
                "SELECT id, canonical_id FROM item WHERE canonical_id IS NOT NULL")}

    def members(self, item: int) -> list[int]:
        """`item` and all that was merged into it, by id."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id FROM item WHERE id = ?1 UNION SELECT id FROM item WHERE canonical_id = ?1 ORDER BY id",
                (item,))
            return [row[0] for row in rows]

    def standing(self, items: Iterable[int]) -> dict[int, int]:
        """For each item the one it is shown as: itself unless it was merged into another."""
        with self._reading() as connection:
            return {row[0]: row[1] for row in connection.exec_driver_sql(
                "SELECT i.id, coalesce(i.canonical_id, i.id) FROM json_each(?) j JOIN item i ON i.id = j.value",
                (_ids(items),))}

    def labels(self, items: Iterable[int]) -> dict[int, str]:
        """Labels by id."""
        with self._reading() as connection:
            return {
                row[0]: row[1]
                for row in connection.exec_driver_sql(
                    "SELECT i.id, i.label FROM json_each(?) j JOIN item i ON i.id = j.value", (_ids(items),)
                )
            }

    def handlings(self, items: Iterable[int] | None = None) -> set[str | None]:
        """The handling markings of what was said of items (None: of all); None stands for a statement without one."""
        with self._reading() as connection:
            sql = "SELECT DISTINCT b.handling FROM basis b"
            if items is None:
                return {row[0] for row in connection.exec_driver_sql(sql)}
            return {
                row[0]
                for row in connection.exec_driver_sql(
                    sql + " WHERE EXISTS (SELECT 1 FROM statement s JOIN json_each(?) j ON j.value = s.item_id "
                    "WHERE s.basis_id = b.id)",
                    (_ids(items),),
                )
            }
