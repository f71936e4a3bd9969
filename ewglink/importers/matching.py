"""Drafts met with the case: known or new by their joining identities, in batches, written as they come."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from ewglink.importers.batch import REMEMBERED, Batch, Counts, Pair
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Origin
from ewglink.importers.link_roles import HASHED
from ewglink.importers.meeting import Meeting
from ewglink.importers.ordinals import Ordinals
from ewglink.importers.wire_drafts import encode, encoded
from ewglink.model.changes import Change
from ewglink.model.items import LINK
from ewglink.model.schema import Schema
from ewglink.store.bulk import BulkWriter
from ewglink.store.journal import actor, now
from ewglink.store.loading import Loading

Linked = tuple[LinkDraft, int, int, int, Pair, int]
"""A link, the items at its ends, its record, its identity, the basis of what is said of it."""


def _digest(link: LinkDraft, ends: tuple[EntityDraft, EntityDraft]) -> str:
    """What tells a link without a key apart: its type, ends, dates and mapped values, whatever they looked like in
    the file."""
    vals = json.loads(link.vals) if isinstance(link.vals, str) else link.vals
    core = {name: [value[0], *value[2:5]] for name, value in vals.items()}
    keys = [end.keys[0] if end.keys else (end.ref, end.label) for end in ends]
    text = encode([link.type, keys, link.start, link.end, link.strength, sorted(core.items())])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Matcher:
    """Takes drafts in batches and writes what they say into one bulk add."""

    def __init__(self, writer: BulkWriter, schema: Schema, loading: Loading) -> None:
        self._writer = writer
        self._loading = loading
        self._first = {
            table: writer.next_id(table)
            for table in ("source", "import", "basis", "record", "item", "identity", "statement")
        }
        self._next = dict(self._first)
        self._first_link = self._last_link = 0
        self._before: dict[int, dict[str, Any]] = {}
        self._after: dict[int, tuple[str, str, int]] = {}
        self._batch = Batch()
        self._meeting = Meeting(self._batch, loading, schema, self.new_id)
        self.counts = Counts()
        self.problems = self._meeting.problems
        self.written = 0

    # files

    def new_id(self, table: str) -> int:
        """The next id of a table."""
        found = self._next[table]
        self._next[table] = found + 1
        return found

    def insert(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Write whole rows whose ids `new_id` gave."""
        self._writer.insert(table, rows)

    def begin_file(self) -> None:
        """A new file begins: counts, ordinals and what is new begin anew."""
        self.counts = Counts()
        self._ordinals = Ordinals()
        self._floor = self._next["item"]
        self._meeting.begin_file(self.counts, self._floor)
        if self._last_link:
            self._loading.index_identities()

    def begin_part(self, import_id: int, basis_id: int) -> None:
        """What comes now belongs to this import."""
        self._import, self._basis = import_id, basis_id
        self._origins: dict[Origin, int] = {}

    def _basis_of(self, origin: Origin) -> int:
        """The basis of what a record with an origin of its own says."""
        known = self._origins.get(origin)
        if known is None:
            if len(self._origins) >= REMEMBERED:
                self._origins.clear()
            known = self._origins[origin] = self.new_id("basis")
            self._writer.insert("basis", [(known, self._import, origin.note, origin.grade, None, actor(), now())])
        return known

    # batches

    def take(self, drafted: Sequence[Drafted], keys: Mapping[str, Sequence[str]]) -> None:
        """Match a batch of drafts, which name the identities `keys`, and write it."""
        batch = self._batch
        batch.begin()
        batch.look_up(self._loading, keys)
        linked: list[Linked] = []
        for one in drafted:
            if one.entities:
                self._record(one, linked)
        self._link_all(linked)
        self._write()

    def _record(self, drafted: Drafted, linked: list[Linked]) -> None:
        """The record, its entities and what it says of them; its links are added to `linked`."""
        row, entities, links, _problems, origin = drafted
        batch, known, items, state = self._batch, self._meeting.item_of, self._batch.items, self._batch.state
        record = self.new_id("record")
        batch.records.append((record, self._import, row.part, row.no, row.raw))
        at: dict[str, int] = {}
        said: dict[int, str] = {}
        basis = self._basis if origin is None else self._basis_of(origin)
        floor, statements, next_ = self._floor, batch.statements, self._next
        for entity in entities:
            ref, kind, keys, other, _label, rank, vals = entity
            item = items.get(keys[0]) if len(keys) == 1 and not other else None
            if item is None or item < floor or state[item] != (kind, rank):
                item = known(entity, row)
            at[ref] = item
            text = vals if type(vals) is str else encoded(vals)
            if item not in said or (text != "{}" and text != said[item]):
                said[item] = text
                statements.append((next_["statement"], item, record, basis, text))
                next_["statement"] += 1
        for link in links:
            key = link.key
            if key is None or key[0] == HASHED:
                digest = key[1] if key is not None else self._digest_of(link, entities)
                key = HASHED, f"{digest}-{self._ordinals.next(digest)}"
            linked.append((link, at[link.a], at[link.b], record, key, basis))

    @staticmethod
    def _digest_of(link: LinkDraft, entities: tuple[EntityDraft, ...]) -> str:
        by_ref = {entity.ref: entity for entity in entities}
        return _digest(link, (by_ref[link.a], by_ref[link.b]))

    # links

    def _link_all(self, linked: list[Linked]) -> None:
        """A link known by its content can be in the case only if both its ends were."""
        batch, floor = self._batch, self._floor
        batch.look_up_pairs(
            self._loading, [pair for _l, a, b, _r, pair, _o in linked if pair[0] != HASHED or (a < floor and b < floor)]
        )
        for link, a, b, record, pair, basis in linked:
            item = batch.items.get(pair)
            if item is None:
                item = self._new_link(link, a, b, pair)
            else:
                self.counts.links_known += self._meeting.meet(item)
            batch.statements.append((self.new_id("statement"), item, record, basis, encoded(link.vals)))

    def _new_link(self, link: LinkDraft, a: int, b: int, pair: Pair) -> int:
        kind, _a, _b, _key, direction, strength, start, end, precision, _vals, label = link
        batch = self._batch
        item = self.new_id("item")
        if pair[0] != HASHED:
            batch.items[pair] = item
        batch.link_items.append((item, LINK, kind, label, 2 if label else 0))
        batch.links.append(
            (item, a, b, int(direction), int(strength), start or "", end or "", -1 if precision is None else precision)
        )
        batch.identities.append((self.new_id("identity"), *pair, item, 1, "ok"))
        self._first_link = self._first_link or item
        self._last_link = item
        self.counts.links_new += 1
        return item

    # writing

    def _write(self) -> None:
        batch = self._batch
        self._other_identities()
        self._better()
        for table, rows in (
            ("record", batch.records),
            ("item", [*map(tuple, batch.fresh.values()), *batch.link_items]),
            ("link", batch.links),
            ("identity", batch.identities),
            ("statement", batch.statements),
        ):
            self._writer.add(table, rows)
            self.written += len(rows)
        self._loading.wrote(batch.identities)

    def _other_identities(self) -> None:
        batch = self._batch
        if not batch.others:
            return
        known = self._loading.identities({one[0] for one in batch.others})
        known |= {(row[3], row[1], row[2]) for row in batch.identities}
        for item, ns, value, validity in batch.others:
            if (item, ns, value) not in known:
                known.add((item, ns, value))
                batch.identities.append((self.new_id("identity"), ns, value, item, 0, validity))

    def _better(self) -> None:
        better, first = self._batch.better, self._first["item"]
        old = [item for item in better if item < first and item not in self._before]
        if old:
            self._before.update(self._loading.item_rows(old))
        self._after.update({item: one for item, one in better.items() if item < first})
        self._loading.improve(better)

    # the end

    def added(self) -> dict[str, tuple[int, int]]:
        """The ranges of ids added, a table."""
        found = {
            table: (first, self._next[table] - 1) for table, first in self._first.items() if self._next[table] > first
        }
        if self._last_link:
            found["link"] = (self._first_link, self._last_link)
        return found

    def changes(self) -> tuple[Change, ...]:
        """The changes beside the add: items improved, entities that may be one."""
        improved = []
        for item, (kind, label, rank) in self._after.items():
            before = self._before[item]
            improved.append(Change("item", before, before | {"type": kind, "label": label, "label_rank": rank}))
        noted = [
            Change("decision", None, {"a": a, "b": b, "kind": "possible"})
            for a, b in sorted(self._meeting.decisions)
            if self._loading.first("SELECT 1 FROM decision WHERE a = ? AND b = ?", (a, b)) is None
        ]
        return tuple(improved + noted)
