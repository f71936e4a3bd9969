"""The tables of a case as a person leafs through them: which items in which order, and the rows of a page of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ewglink.store.case_file import CaseFile
from ewglink.store.columns import standing_ids

Ids = npt.NDArray[np.int64]

_LINKS_OF = "(SELECT count(*) FROM link l WHERE l.a = i.id) + (SELECT count(*) FROM link l WHERE l.b = i.id)"
_MEMBERS = "(SELECT i.id UNION ALL SELECT m.id FROM item m WHERE m.canonical_id = i.id)"
_MERGED_LINKS = (
    f"(SELECT count(*) FROM link l WHERE l.a IN {_MEMBERS}) + (SELECT count(*) FROM link l WHERE l.b IN {_MEMBERS})"
)
_SOURCES_OF = (
    "(SELECT count(DISTINCT b.import_id) FROM statement s JOIN basis b ON b.id = s.basis_id WHERE s.item_id = i.id)"
)
_MERGED_SOURCES = _SOURCES_OF.replace("s.item_id = i.id", f"s.item_id IN {_MEMBERS}")
_IDENTITY = (
    "(SELECT n.value FROM identity n WHERE n.item_id = i.id AND length(n.value) < 60 "
    "ORDER BY n.joins DESC, n.id LIMIT 1)"
)
_CHECKED = (
    "WITH one(id, shown) AS (SELECT i.id, i.id FROM json_each(?1) j JOIN item i ON i.id = j.value UNION ALL "
    "SELECT i.id, i.canonical_id FROM json_each(?1) j JOIN item i ON i.canonical_id = j.value) "
    "SELECT one.shown, v.key, json_extract(v.value, '$[0]'), json_extract(v.value, '$[5]'), "
    "json_extract(v.value, '$[6]') FROM one JOIN statement s ON s.item_id = one.id, json_each(s.vals) v "
    "WHERE json_extract(v.value, '$[5]') IS NOT NULL ORDER BY s.id"
)
_ENDS = (
    "JOIN item x ON x.id = l.a JOIN item a ON a.id = coalesce(x.canonical_id, x.id) "
    "JOIN item y ON y.id = l.b JOIN item b ON b.id = coalesce(y.canonical_id, y.id)"
)
"""The ends of a link as they are shown: merged items as one."""

ENTITY_ORDERS = {
    "label": "i.label COLLATE NOCASE",
    "type": "i.type",
    "identity": _IDENTITY,
    "links": _LINKS_OF,
    "sources": _SOURCES_OF,
}
LINK_ORDERS = {
    "from": "a.label COLLATE NOCASE",
    "type": "i.type",
    "to": "b.label COLLATE NOCASE",
    "strength": "l.strength",
    "start": "l.start",
    "end": "l.end",
    "label": "i.label COLLATE NOCASE",
}


class Checked(NamedTuple):
    """A value that was checked: `validity` is ok, warn or fail, `reason` a code."""

    property: str
    value: str
    validity: str
    reason: str | None


@dataclass(frozen=True)
class EntityRow:
    """A line of the entities table. `sources` counts imports that say something of it, `checked` are its values that
    were checked."""

    id: int
    type: str
    label: str
    identity: str | None
    links: int
    sources: int
    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True)
class LinkLine:
    """A line of the links table, with the labels of its ends."""

    id: int
    type: str
    label: str
    a: int
    a_label: str
    b: int
    b_label: str
    direction: int
    strength: int
    start: str | None
    end: str | None


def _ids(items: Collection[int]) -> str:
    return json.dumps([int(item) for item in items])


def _ordered(orders: dict[str, str], order: str | None, descending: bool) -> str:
    return f"{orders[order]} {'DESC' if descending else 'ASC'}, i.id" if order in orders else "i.id"


def entity_ids(
    case: CaseFile,
    order: str | None = None,
    descending: bool = False,
    types: Collection[str] | None = None,
    text: str = "",
    among: Collection[int] | None = None,
) -> Ids:
    """The entities to list, in order: of `types`, holding `text` (label, number or value), `among` those given."""
    if order not in ENTITY_ORDERS and among is None and not text.strip():
        return standing_ids(case, "entity", types)
    where, parameters = _filtered(case, "entity", types, text, among)
    sql = f"SELECT i.id FROM item i WHERE {where} ORDER BY {_ordered(ENTITY_ORDERS, order, descending)}"
    return _column(case, _with_merged(case, sql), parameters)


def _with_merged(case: CaseFile, sql: str) -> str:
    """`sql`, counting what is said of merged items too where there are any: that takes longer."""
    with case.reading() as connection:
        any_merged = connection.exec_driver_sql("SELECT 1 FROM item WHERE canonical_id IS NOT NULL LIMIT 1").first()
    return sql.replace(_LINKS_OF, _MERGED_LINKS).replace(_SOURCES_OF, _MERGED_SOURCES) if any_merged else sql


def link_ids(
    case: CaseFile,
    order: str | None = None,
    descending: bool = False,
    types: Collection[str] | None = None,
    text: str = "",
    among: Collection[int] | None = None,
) -> Ids:
    """The links to list, in order; `text` may also stand in the label of an end."""
    if order not in LINK_ORDERS and among is None and not text.strip():
        return standing_ids(case, "link", types)
    where, parameters = _filtered(case, "link", types, text, among)
    sql = (
        f"SELECT i.id FROM link l JOIN item i ON i.id = l.item_id {_ENDS} "
        f"WHERE {where} ORDER BY {_ordered(LINK_ORDERS, order, descending)}"
    )
    return _column(case, sql, parameters)


def _filtered(
    case: CaseFile, kind: str, types: Collection[str] | None, text: str, among: Collection[int] | None
) -> tuple[str, list[str]]:
    where, parameters = ["i.kind = ?"], [kind]
    if kind == "entity":
        where.append("i.canonical_id IS NULL")
    if types is not None:
        where.append("i.type IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(sorted(types)))
    if among is not None:
        where.append("i.id IN (SELECT value FROM json_each(?))")
        parameters.append(_ids(among))
    if text.strip():
        hits = case.search(text, 200_000)[1]
        found = _ids({*hits, *case.items.standing(hits).values()})
        ends = (
            " OR a.id IN (SELECT value FROM json_each(?)) OR b.id IN (SELECT value FROM json_each(?))"
            if kind == "link"
            else ""
        )
        where.append(f"(i.id IN (SELECT value FROM json_each(?)){ends})")
        parameters += [found] * (3 if ends else 1)
    return " AND ".join(where), parameters


def _column(case: CaseFile, sql: str, parameters: Sequence[str]) -> Ids:
    with case.reading() as connection:
        return np.fromiter((row[0] for row in connection.exec_driver_sql(sql, tuple(parameters))), dtype=np.int64)


def entity_rows(case: CaseFile, items: Sequence[int]) -> dict[int, EntityRow]:
    """The lines of these entities, by id."""
    sql = (
        f"SELECT i.id, i.type, i.label, {_IDENTITY}, {_LINKS_OF}, {_SOURCES_OF} "
        "FROM item i JOIN json_each(?) j ON j.value = i.id"
    )
    merged = _with_merged(case, sql)
    with case.reading() as connection:
        rows = connection.exec_driver_sql(merged, (_ids(items),)).all()
        checked: dict[int, dict[Checked, None]] = {}
        for item, *said in connection.exec_driver_sql(_CHECKED, (_ids(items),)):
            checked.setdefault(item, {})[Checked(*said)] = None
    return {row[0]: replace(EntityRow(*row), checked=tuple(checked.get(row[0], ()))) for row in rows}


def link_lines(case: CaseFile, items: Sequence[int]) -> dict[int, LinkLine]:
    """The lines of these links, by id."""
    sql = (
        "SELECT i.id, i.type, i.label, a.id, a.label, b.id, b.label, l.direction, l.strength, l.start, l.end "
        f"FROM json_each(?) j JOIN link l ON l.item_id = j.value JOIN item i ON i.id = l.item_id {_ENDS}"
    )
    with case.reading() as connection:
        return {row[0]: LinkLine(*row) for row in connection.exec_driver_sql(sql, (_ids(items),))}


def link_count(case: CaseFile) -> tuple[int, int]:
    """How many entities and links the case has."""
    entities, links = sum(case.items.counts("entity").values()), sum(case.items.counts("link").values())
    return entities, links
