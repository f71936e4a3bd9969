"""What resolution knows of each entity: its names, numbers, addresses, dates and places; never where a person is from.

Nationality, flag, gender, place of birth and the like are no input: they say nothing of who somebody is, and would make
people of one origin look alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from ewglink.model.schema import Schema
from ewglink.names.addresses import address_key
from ewglink.store.case_file import CaseFile
from ewglink.workspace.resolving.identifiers import strengths

TYPES = ("person", "organization", "facility", "vessel", "vehicle", "location", "account", "container", "waste",
         "substance", "species")
"""The types that are resolved, where a case has them."""

_NAMES = ("name", "aliases", "trade_names", "former_names", "scientific_name", "common_names")
_ADDRESSES = ("address", "mailing_address")
_PHONES = ("phone", "emergency_phone")
_DATES = ("birth_date", "build_year")
_NAMELESS = frozenset(("account", "container"))
"""Types whose labels are numbers: only equal numbers speak for them."""


@dataclass
class Record:
    """One entity, with all that was merged into it."""

    id: int
    type: str
    label: str
    names: list[str] = field(default_factory=list)
    strong: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    """Key to compare by → as it is written."""
    dates: dict[str, set[str]] = field(default_factory=dict)
    place: tuple[float, float] | None = None
    linked: frozenset[int] = frozenset()

    def add_name(self, text: str) -> None:
        """Take a name, unless it is known."""
        text = text.strip()
        if text and text not in self.names and self.type not in _NAMELESS:
            self.names.append(text)


def read_records(case: CaseFile, schema: Schema, types: Collection[str]) -> dict[int, Record]:
    """The entities of these types as they stand now, by id."""
    found: dict[int, Record] = {}
    with case.reading() as connection:
        wanted = json.dumps(sorted(types))
        rows = connection.exec_driver_sql(
            "SELECT i.id, i.type, i.label, i.canonical_id FROM item i WHERE i.kind = 'entity' AND i.type IN "
            "(SELECT value FROM json_each(?)) ORDER BY i.canonical_id IS NOT NULL, i.id", (wanted,)).all()
        for item, kind, label, root in rows:
            if root is None:
                found[item] = Record(item, kind, label)
        stands = {item: root or item for item, _kind, _label, root in rows if (root or item) in found}
        own = {item: kind for item, kind, _label, _root in rows}
        for item, _kind, label, _root in rows:
            if item in stands:
                found[stands[item]].add_name(label)
        of_items = "FROM {} n JOIN item i ON i.id = n.item_id WHERE i.type IN (SELECT value FROM json_each(?))"
        for item, text in connection.exec_driver_sql(
                "SELECT n.item_id, n.vals " + of_items.format("statement") + " ORDER BY n.id", (wanted,)):
            if item in stands and len(text) > 2:
                _hear(found[stands[item]], json.loads(text))
        known = strengths(schema)
        for item, scheme, value, validity in connection.exec_driver_sql(
                "SELECT n.item_id, n.ns, n.value, n.validity " + of_items.format("identity"), (wanted,)):
            if item in stands:
                _number(found[stands[item]], scheme, value, validity, known.get((own[item], scheme)))
    _drop_numbers_as_names(found)
    return found


def _hear(record: Record, vals: dict[str, list[Any]]) -> None:
    for key, packed in vals.items():
        said = list(_texts(packed[0]))
        if key in _NAMES:
            for text in said:
                record.add_name(text)
        elif key in _ADDRESSES:
            record.addresses |= {plain: text for text in said if len((plain := address_key(text)).split()) > 1}
        elif key in _PHONES:
            record.numbers.setdefault("phone_e164", set()).update(said)
        elif key == "plate":
            record.numbers.setdefault(key, set()).update("".join(filter(str.isalnum, text.upper())) for text in said)
        elif key in _DATES and said:
            record.dates.setdefault(key, set()).update(said)
    record.place = _place(vals) or record.place


def _texts(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, (str, int)) and str(one).strip():
            yield str(one)


def _place(vals: dict[str, list[Any]]) -> tuple[float, float] | None:
    try:
        return float(vals["latitude"][0]), float(vals["longitude"][0])
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def _number(record: Record, scheme: str, value: str, validity: str, strength: str | None) -> None:
    if strength is None:
        return  # keys of files and rows say nothing of who it is
    record.numbers.setdefault(scheme, set()).add(value)
    if strength == "strong" and validity == "ok":
        record.strong.setdefault(scheme, set()).add(value)


def _drop_numbers_as_names(records: dict[int, Record]) -> None:
    """A label made from a number is no name."""
    for record in records.values():
        numbers = {number for values in record.numbers.values() for number in values}
        record.names = [name for name in record.names if name not in numbers and any(map(str.isalpha, name))]
