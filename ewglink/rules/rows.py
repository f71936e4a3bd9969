"""The rows of a case that rules need, read in a few passes: items with what they show, and the links among them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ewglink.store.case_file import CaseFile
from ewglink.store.shown import shown_values

TYPES = (
    "movement", "movement_line", "consent_stream", "consent", "notice", "organization", "facility", "person",
    "location", "confirmation", "manifest", "container", "vehicle", "vessel", "document", "allowance", "substance",
    "specimen", "species", "waste", "engine",
)
PASSIVE = frozenset({"organization", "facility", "person", "location", "container", "vehicle", "vessel", "species",
                     "substance", "waste"})
"""What links hang on that say something of their other end."""
AMONG_PARTIES = ("acts_for", "branch_of", "controls", "manages", "operates", "owns", "subsidiary_of", "successor_of")
WITH_VALUES = ("handed_to", "contains", "permitted_by", "carried_in", "owns", "director_of")
"""Links of which more is needed than their ends."""

_IDENTITY = ("SELECT n.item_id, n.value FROM identity n JOIN item i ON i.id = n.item_id WHERE {where} "
             "ORDER BY n.joins DESC, n.id")


class ItemRow(NamedTuple):
    """An item: its id, type, label and the identity its file gave it."""

    id: int
    type: str
    label: str
    ref: str


class Tie(NamedTuple):
    """A link between two items that stand (ends after merging), in its own direction."""

    id: int
    type: str
    a: int
    b: int
    start: str | None
    end: str | None
    strength: int


@dataclass
class Rows:
    """What was read. `ties` in the order of their ids; `said` holds the values of links of the types `WITH_VALUES`."""

    items: dict[int, ItemRow] = field(default_factory=dict)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    said: dict[int, dict[str, Any]] = field(default_factory=dict)


def read_all(case: CaseFile, types: Iterable[str] = TYPES) -> Rows:
    """Every item of these types, and the links among them."""
    wanted = json.dumps(sorted(types))
    rows = Rows()
    entries: list[int] = []
    with case.reading() as connection:
        chosen = "i.type IN (SELECT value FROM json_each(?))"
        refs = _first(connection.exec_driver_sql(_IDENTITY.format(where=chosen), (wanted,)))
        found = connection.exec_driver_sql(
            f"SELECT i.id, i.type, i.label FROM item i WHERE {chosen} AND i.kind = 'entity' AND i.canonical_id IS NULL "
            "ORDER BY i.id", (wanted,))
        rows.items = {row[0]: ItemRow(row[0], row[1], row[2], refs.get(row[0]) or row[2]) for row in found}
        for row in connection.exec_driver_sql(_ENTRIES):
            entries.append(row[0])
            rows.items[row[0]] = ItemRow(row[0], "event", row[1], row[2] or row[1])
        rows.ties = _ties(connection.exec_driver_sql(_TIES), rows.items)
    rows.values = shown_values(case, types=set(types))
    rows.said = shown_values(case, types=WITH_VALUES)
    if entries:
        rows.values |= shown_values(case, items=entries)
        rows.said |= shown_values(case, items=[tie.id for tie in rows.ties if tie.type == "participated_in"])
    return rows


def read_some(case: CaseFile, items: Collection[int], handed: Collection[int] = ()) -> Rows:
    """These items (by the ids that stand) and the links with both ends among them that matter to rules; of the steps of
    custody only those in `handed`."""
    wanted = json.dumps(sorted(int(item) for item in items))
    rows = Rows()
    with case.reading() as connection:
        refs = _first(connection.exec_driver_sql(
            _IDENTITY.format(where="n.item_id IN (SELECT value FROM json_each(?))"), (wanted,)))
        found = connection.exec_driver_sql(
            "SELECT i.id, i.type, i.label FROM json_each(?) j CROSS JOIN item i ON i.id = j.value "
            "WHERE i.kind = 'entity' AND i.canonical_id IS NULL ORDER BY i.id", (wanted,))
        rows.items = {row[0]: ItemRow(row[0], row[1], row[2], refs.get(row[0]) or row[2]) for row in found}
        own = json.dumps([row.id for row in rows.items.values() if row.type not in PASSIVE])
        ties = _ties(connection.exec_driver_sql(_MEMBERS + _TOUCHING, (own,)), rows.items)
        ties += _ties(connection.exec_driver_sql(_OF_TYPES, (json.dumps(AMONG_PARTIES),)), rows.items)
        ties += _ties(connection.exec_driver_sql(_NAMED, (json.dumps(sorted(handed)),)), rows.items)
    rows.ties = sorted({tie.id: tie for tie in ties}.values(), key=lambda tie: tie.id)
    rows.values = shown_values(case, items=items)
    rows.said = shown_values(case, items=[tie.id for tie in rows.ties if tie.type in WITH_VALUES])
    return rows


_TIE = ("SELECT l.item_id, i.type, coalesce(x.canonical_id, l.a), coalesce(y.canonical_id, l.b), l.direction, l.start, "
        "l.end, l.strength ")
_TIES = _TIE + ("FROM link l JOIN item i ON i.id = l.item_id JOIN item x ON x.id = l.a JOIN item y ON y.id = l.b "
                "ORDER BY l.item_id")
_ENDS = "CROSS JOIN item x ON x.id = l.a CROSS JOIN item y ON y.id = l.b"
_TOUCHING = _TIE + (
    "FROM (SELECT k.item_id AS id FROM w CROSS JOIN link k ON k.a = w.id UNION SELECT k.item_id FROM w "
    "CROSS JOIN link k ON k.b = w.id) j CROSS JOIN link l ON l.item_id = j.id "
    "CROSS JOIN item i ON i.id = l.item_id " + _ENDS)
_MEMBERS = ("WITH w AS MATERIALIZED (SELECT value AS id FROM json_each(?1) UNION SELECT m.id FROM json_each(?1) j "
            "CROSS JOIN item m ON m.canonical_id = j.value) ")
"""The items asked for, with what was merged into them. Tables are joined in the order written (CROSS JOIN): from the
few to what hangs on them."""
_OF_TYPES = _TIE + (
    "FROM json_each(?) j CROSS JOIN item i ON i.kind = 'link' AND i.type = j.value CROSS JOIN link l "
    "ON l.item_id = i.id " + _ENDS)
_NAMED = _TIE + (
    "FROM json_each(?) j CROSS JOIN link l ON l.item_id = j.value CROSS JOIN item i ON i.id = l.item_id " + _ENDS)
_ENTRIES = (
    "SELECT DISTINCT e.id, e.label, (SELECT n.value FROM identity n WHERE n.item_id = e.id ORDER BY n.joins DESC, n.id "
    "LIMIT 1) FROM item u CROSS JOIN link l ON l.a = u.id JOIN item e ON e.id = l.b WHERE u.type = 'engine' "
    "AND u.kind = 'entity' AND e.type = 'event' AND e.canonical_id IS NULL ORDER BY e.id"
)
"""Events that engines took part in: only these are read, not the positions of ships, which are events too."""
_BACKWARD = 2


def _first(rows: Iterable[Any]) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in rows:
        found.setdefault(row[0], row[1])
    return found


def _ties(rows: Iterable[Any], items: dict[int, ItemRow]) -> list[Tie]:
    found = []
    for link, kind, a, b, direction, start, end, strength in rows:
        if a in items and b in items:
            first, second = (b, a) if direction == _BACKWARD else (a, b)
            found.append(Tie(link, kind, first, second, start, end, strength))
    return found


_NEIGHBOURS = _MEMBERS + (
    "SELECT DISTINCT c.id FROM w CROSS JOIN link l ON l.{end} = w.id CROSS JOIN item i ON i.id = l.{other} "
    "CROSS JOIN item c ON c.id = coalesce(i.canonical_id, i.id){tie} WHERE c.kind = 'entity'{of}"
)


def near(case: CaseFile, items: Collection[int], types: Collection[str] = (), ties: Collection[str] = ()) -> set[int]:
    """The entities one link away from `items` (as they stand after merging), of these types, by links of these; where
    none are named, of all."""
    if not items:
        return set()
    wanted = json.dumps(sorted(int(item) for item in items))
    tie = " CROSS JOIN item t ON t.id = l.item_id" if ties else ""
    of = " AND c.type IN (SELECT value FROM json_each(?2))" if types else ""
    of += " AND t.type IN (SELECT value FROM json_each(?3))" if ties else ""
    found: set[int] = set()
    with case.reading() as connection:
        for end, other in (("a", "b"), ("b", "a")):
            rows = connection.exec_driver_sql(_NEIGHBOURS.format(end=end, other=other, tie=tie, of=of), (
                wanted, json.dumps(sorted(types)), json.dumps(sorted(ties)))[: 3 if ties else 2 if types else 1])
            found |= {row[0] for row in rows}
    return found
