"""Drafts met with the case: known or new by their joining identities, in batches, written as they come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Problem, Row, Vals
from ewglink.importers.link_roles import HASHED
from ewglink.importers.ordinals import Ordinals
from ewglink.model.changes import Change
from ewglink.model.items import ENTITY, LINK
from ewglink.model.schema import Schema
from ewglink.store.bulk import BulkWriter
from ewglink.store.loading import Loading
from ewglink.text import N_, message

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Pair = tuple[str, str]
ROWS_OF = ("record", "item", "link", "identity", "statement")


@dataclass
class Counts:
    """How many items a file brought and how many it met."""

    entities_new: int = 0
    entities_known: int = 0
    links_new: int = 0
    links_known: int = 0


def encoded(vals: Vals) -> str:
    """A statement's values as JSON text."""
    return vals if isinstance(vals, str) else _encode(vals)


def _digest(link: LinkDraft, ends: tuple[EntityDraft, EntityDraft]) -> str:
    """What tells a link without a key apart: its type, ends, dates and mapped values, whatever they looked like in
    the file."""
    vals = json.loads(link.vals) if isinstance(link.vals, str) else link.vals
    core = {name: [value[0], *value[2:5]] for name, value in vals.items()}
    keys = [end.keys[0] if end.keys else (end.ref, end.label) for end in ends]
    text = _encode([link.type, keys, link.start, link.end, link.strength, sorted(core.items())])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass
class Batch:
    """What one batch of rows has found and will write."""

    items: dict[Pair, int] = field(default_factory=dict)
    state: dict[int, tuple[str, int]] = field(default_factory=dict)
    fresh: dict[int, list[Any]] = field(default_factory=dict)
    own: dict[tuple[int, str], str] = field(default_factory=dict)
    better: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    others: list[tuple[int, str, str, str]] = field(default_factory=list)
    rows: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in ROWS_OF})


class Matcher:
    """Takes drafts in batches and writes what they say into one bulk add."""

    def __init__(self, writer: BulkWriter, schema: Schema) -> None:
        self._writer = writer
        self._schema = schema
        self._loading = Loading(writer.connection)
        self._first = {
            table: writer.next_id(table)
            for table in ("source", "import", "basis", "record", "item", "identity", "statement")
        }
        self._next = dict(self._first)
        self._links: list[int] = []
        self._before: dict[int, dict[str, Any]] = {}
        self._after: dict[int, tuple[str, str, int]] = {}
        self._decisions: set[tuple[int, int]] = set()
        self.counts = Counts()
        self.problems: list[Problem] = []
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
        self._met = bytearray(self._floor)

    def begin_part(self, import_id: int, basis_id: int) -> None:
        """What comes now belongs to this import."""
        self._import, self._basis = import_id, basis_id

    # batches

    def take(self, drafted: Sequence[Drafted]) -> None:
        """Match a batch of drafts and write it."""
        batch = Batch()
        self._look_up(batch, (entity.keys for one in drafted for entity in one.entities))
        linked: list[tuple[LinkDraft, int, int, int, Pair]] = []
        for one in drafted:
            if one.entities:
                self._record(batch, one, linked)
        self._link_all(batch, linked)
        self._write(batch)

    def _look_up(self, batch: Batch, keys: Any) -> None:
        wanted: dict[str, set[str]] = {}
        for pairs in keys:
            for ns, value in pairs:
                wanted.setdefault(ns, set()).add(value)
        for ns, values in wanted.items():
            for value, item, kind, rank in self._loading.known(ns, values):
                batch.items[(ns, value)] = item
                batch.state[item] = (kind, rank)

    def _record(self, batch: Batch, drafted: Drafted, linked: list[tuple[LinkDraft, int, int, int, Pair]]) -> None:
        row = drafted.row
        record = self.new_id("record")
        batch.rows["record"].append((record, self._import, row.part, row.no, row.raw))
        at: dict[str, int] = {}
        said: dict[int, str] = {}
        for entity in drafted.entities:
            item = at[entity.ref] = self._entity(batch, entity, row)
            vals = encoded(entity.vals)
            if item not in said or (vals != "{}" and vals != said[item]):
                said[item] = vals
                self._state(batch, item, record, vals)
        for link in drafted.links:
            linked.append((link, at[link.a], at[link.b], record, self._link_key(link, drafted.entities)))

    def _link_key(self, link: LinkDraft, entities: tuple[EntityDraft, ...]) -> Pair:
        if link.key is not None and link.key[0] != HASHED:
            return link.key
        if link.key is not None:
            digest = link.key[1]
        else:
            by_ref = {entity.ref: entity for entity in entities}
            digest = _digest(link, (by_ref[link.a], by_ref[link.b]))
        return HASHED, f"{digest}-{self._ordinals.next(digest)}"

    def _state(self, batch: Batch, item: int, record: int, vals: str) -> None:
        batch.rows["statement"].append((self.new_id("statement"), item, record, self._basis, vals))

    # entities

    def _entity(self, batch: Batch, entity: EntityDraft, row: Row) -> int:
        keys = entity.keys or (
            ("row", f"{sha256(row.raw.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}/{entity.ref}"),
        )
        item = batch.items.get(keys[0])
        if item is None:
            item = self._by_number(batch, entity, keys, row)
        if item is None:
            return self._new_entity(batch, entity, keys, row)
        if item < self._floor and not self._met[item]:
            self._met[item] = 1
            self.counts.entities_known += 1
        if len(keys) > 1 or keys[0] not in batch.items:
            self._more_keys(batch, item, keys, row)
        if entity.other:
            batch.others.extend((item, *other) for other in entity.other)
        self._improve(batch, item, entity, row)
        return item

    def _by_number(self, batch: Batch, entity: EntityDraft, keys: Sequence[Pair], row: Row) -> int | None:
        """The item that a further identity names, unless it is of another kind or has a key of its own in the
        namespace."""
        for pair in keys[1:]:
            item = batch.items.get(pair)
            if item is not None and self._may_be(batch, item, entity.type, keys[0]):
                return item
        return None

    def _may_be(self, batch: Batch, item: int, kind: str, key: Pair) -> bool:
        known, rank = batch.state[item]
        if rank >= 0 and not self._schema.same_family(known, kind):
            return False
        own = batch.own.get((item, key[0]))
        if own is not None:
            return own == key[1]
        if item in batch.fresh:
            return True
        return not self._loading.keys_of(item, key[0])

    def _new_entity(self, batch: Batch, entity: EntityDraft, keys: Sequence[Pair], row: Row) -> int:
        item = self.new_id("item")
        fresh = [item, ENTITY, entity.type, entity.label, entity.label_rank, None]
        batch.fresh[item] = fresh
        batch.rows["item"].append(fresh)
        batch.state[item] = (entity.type, entity.label_rank)
        self._more_keys(batch, item, keys, row)
        for ns, value, validity in entity.other:
            batch.rows["identity"].append((self.new_id("identity"), ns, value, item, False, validity))
        self.counts.entities_new += 1
        return item

    def _more_keys(self, batch: Batch, item: int, keys: Sequence[Pair], row: Row) -> None:
        for place, pair in enumerate(keys):
            known = batch.items.get(pair)
            if known == item:
                continue
            if known is not None:
                self._conflict(batch, item, known, pair, row)
                continue
            batch.items[pair] = item
            if place == 0:
                batch.own[(item, pair[0])] = pair[1]
            batch.rows["identity"].append((self.new_id("identity"), *pair, item, True, "ok"))

    def _conflict(self, batch: Batch, item: int, known: int, pair: Pair, row: Row) -> None:
        """A number that another item has already: it stays where it is, and that the two may be one is noted."""
        batch.others.append((item, *pair, "warn"))
        two = (min(item, known), max(item, known))
        if two not in self._decisions:
            self._decisions.add(two)
            self.problems.append(
                Problem(
                    row.part,
                    row.no,
                    row.line,
                    None,
                    "identity_conflict",
                    message(
                        N_(
                            "{scheme} {number} belongs to another entity already; the two are kept apart and "
                            "noted as possibly one."
                        ),
                        scheme=pair[0],
                        number=pair[1],
                    ),
                )
            )

    def _improve(self, batch: Batch, item: int, entity: EntityDraft, row: Row) -> None:
        kind, rank = batch.state[item]
        if entity.label_rank <= rank:
            if entity.label_rank >= 0 and kind != entity.type and not self._schema.same_family(kind, entity.type):
                self._other_type(entity, kind, row)
            return
        label = entity.label
        if rank >= 0:
            if not self._schema.same_family(kind, entity.type):
                self._other_type(entity, kind, row)
                return
        else:
            kind = entity.type
        batch.state[item] = (kind, entity.label_rank)
        fresh = batch.fresh.get(item)
        if fresh is not None:
            fresh[2:5] = [kind, label, entity.label_rank]
        else:
            batch.better[item] = (kind, label, entity.label_rank)

    def _other_type(self, entity: EntityDraft, kind: str, row: Row) -> None:
        self.problems.append(
            Problem(
                row.part,
                row.no,
                row.line,
                None,
                "type_conflict",
                message(
                    N_("{name} is known as {known}; this row says {type}. It stays what it is."),
                    name=entity.label,
                    known=kind,
                    type=entity.type,
                ),
            )
        )

    # links

    def _link_all(self, batch: Batch, linked: list[tuple[LinkDraft, int, int, int, Pair]]) -> None:
        """A link known by its content can be in the case only if both its ends were."""
        floor = self._floor
        old = [pair for _link, a, b, _record, pair in linked if pair[0] != HASHED or (a < floor and b < floor)]
        self._look_up(batch, [old])
        for link, a, b, record, pair in linked:
            item = batch.items.get(pair)
            if item is None:
                item = self.new_id("item")
                if pair[0] != HASHED:
                    batch.items[pair] = item
                batch.rows["item"].append((item, LINK, link.type, "", 0, None))
                batch.rows["link"].append(
                    (item, a, b, int(link.direction), int(link.strength), link.start, link.end, link.precision)
                )
                batch.rows["identity"].append((self.new_id("identity"), *pair, item, True, "ok"))
                self._links.append(item) if not self._links else None
                self._last_link = item
                self.counts.links_new += 1
            elif item < floor and not self._met[item]:
                self._met[item] = 1
                self.counts.links_known += 1
            self._state(batch, item, record, encoded(link.vals))

    # writing

    def _write(self, batch: Batch) -> None:
        self._other_identities(batch)
        self._better(batch)
        for table in ROWS_OF:
            rows = batch.rows[table]
            if table == "item":
                rows = [tuple(row) for row in rows]
            self._writer.insert(table, rows)
            self.written += len(rows)

    def _other_identities(self, batch: Batch) -> None:
        if not batch.others:
            return
        known = self._loading.identities({one[0] for one in batch.others})
        known |= {(row[3], row[1], row[2]) for row in batch.rows["identity"]}
        for item, ns, value, validity in batch.others:
            if (item, ns, value) not in known:
                known.add((item, ns, value))
                batch.rows["identity"].append((self.new_id("identity"), ns, value, item, False, validity))

    def _better(self, batch: Batch) -> None:
        old = [item for item in batch.better if item < self._first["item"] and item not in self._before]
        if old:
            self._before.update(self._loading.item_rows(old))
        self._after.update({item: better for item, better in batch.better.items() if item < self._first["item"]})
        self._loading.improve(batch.better)

    # the end

    def added(self) -> dict[str, tuple[int, int]]:
        """The ranges of ids added, a table."""
        found = {
            table: (first, self._next[table] - 1) for table, first in self._first.items() if self._next[table] > first
        }
        if self._links:
            found["link"] = (self._links[0], self._last_link)
        return found

    def changes(self) -> tuple[Change, ...]:
        """The changes beside the add: items improved, entities that may be one."""
        improved = []
        for item, (kind, label, rank) in self._after.items():
            before = self._before[item]
            improved.append(Change("item", before, before | {"type": kind, "label": label, "label_rank": rank}))
        noted = [
            Change("decision", None, {"a": a, "b": b, "kind": "possible"})
            for a, b in sorted(self._decisions)
            if self._loading.first("SELECT 1 FROM decision WHERE a = ? AND b = ?", (a, b)) is None
        ]
        return tuple(improved + noted)
