"""Where surroundings are read from: a case, or rows that stand for one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ewglink.rules.rows import Rows
from ewglink.rules.surroundings import Bond, Stated
from ewglink.rules.trade import Thing
from ewglink.store.case_file import CaseFile
from ewglink.store.shown import shown_values

_BACKWARD = 2
_THINGS = (
    "SELECT i.id, i.type, i.label, (SELECT n.value FROM identity n WHERE n.item_id = i.id ORDER BY n.joins DESC, n.id "
    "LIMIT 1) FROM item i WHERE i.kind = 'entity' AND i.canonical_id IS NULL "
    "AND i.type IN (SELECT value FROM json_each(?)) ORDER BY i.id"
)
_BONDS = (
    "SELECT l.item_id, i.type, coalesce(x.canonical_id, l.a), coalesce(y.canonical_id, l.b), l.direction, l.start, "
    "l.end FROM item i JOIN link l ON l.item_id = i.id JOIN item x ON x.id = l.a JOIN item y ON y.id = l.b "
    "WHERE i.kind = 'link' AND i.type IN (SELECT value FROM json_each(?)) ORDER BY l.item_id"
)
_STATED = (
    "SELECT coalesce(i.canonical_id, i.id), s.id, s.vals FROM statement s JOIN item i ON i.id = s.item_id "
    "WHERE i.type IN (SELECT value FROM json_each(?)) ORDER BY s.id"
)


class CaseSource:
    """Reads from a case, every kind in one pass."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case

    def things(self, types: Iterable[str]) -> dict[int, Thing]:
        """All items of these types with what they show."""
        wanted = sorted(types)
        values = shown_values(self._case, types=wanted)
        with self._case.reading() as connection:
            return {item: Thing(item, ref or label, label, kind, values.get(item, {})) for item, kind, label, ref
                    in connection.exec_driver_sql(_THINGS, (json.dumps(wanted),))}

    def bonds(self, types: Iterable[str]) -> list[Bond]:
        """All links of these types, by id."""
        wanted = sorted(types)
        values = shown_values(self._case, types=wanted)
        with self._case.reading() as connection:
            return [Bond(link, kind, *((b, a) if direction == _BACKWARD else (a, b)), start, end, values.get(link, {}))
                    for link, kind, a, b, direction, start, end
                    in connection.exec_driver_sql(_BONDS, (json.dumps(wanted),))]

    def stated(self, types: Iterable[str]) -> dict[int, list[Stated]]:
        """Every statement on items of these types, by item, in the order they were recorded."""
        found: dict[int, list[Stated]] = defaultdict(list)
        with self._case.reading() as connection:
            for item, order, vals in connection.exec_driver_sql(_STATED, (json.dumps(sorted(types)),)):
                for key, (value, *more) in json.loads(vals).items():
                    start, end = ([*more, None, None, None])[1:3]
                    found[item].append(Stated(key, value, start, end, order))
        return dict(found)


@dataclass
class RowsSource:
    """Reads from rows that are there already; `said` are statements where more than one was made."""

    rows: Rows
    said: Mapping[int, list[Stated]] = field(default_factory=dict)

    def things(self, types: Iterable[str]) -> dict[int, Thing]:
        """All items of these types with what they show."""
        wanted = set(types)
        return {row.id: Thing(row.id, row.ref, row.label, row.type, self.rows.values.get(row.id, {}))
                for row in self.rows.items.values() if row.type in wanted}

    def bonds(self, types: Iterable[str]) -> list[Bond]:
        """All links of these types, by id."""
        wanted = set(types)
        return [Bond(tie.id, tie.type, tie.a, tie.b, tie.start, tie.end, self.rows.said.get(tie.id, {}))
                for tie in self.rows.ties if tie.type in wanted]

    def stated(self, types: Iterable[str]) -> dict[int, list[Stated]]:
        """The statements given, else one for each value."""
        wanted = set(types)
        return {row.id: list(self.said.get(row.id) or (
            Stated(key, value, None, None, 0) for key, value in self.rows.values.get(row.id, {}).items()))
            for row in self.rows.items.values() if row.type in wanted}
