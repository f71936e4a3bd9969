"""Entities met with the case: one that is known, or a new one; what is known of it, and where files contradict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from ewglink.identifiers.catalogue import scheme_name
from ewglink.importers.batch import Batch, Counts, Pair
from ewglink.importers.contract import EntityDraft, Problem, Row
from ewglink.model.items import ENTITY
from ewglink.model.schema import Schema
from ewglink.store.loading import Loading
from ewglink.text import N_, Message, message


class Meeting:
    """Finds the item of each entity of a batch, or makes a new one."""

    def __init__(self, batch: Batch, loading: Loading, schema: Schema, new_id: Callable[[str], int]) -> None:
        self._batch, self._loading, self._schema, self._new_id = batch, loading, schema, new_id
        self.problems: list[Problem] = []
        self.decisions: set[tuple[int, int]] = set()
        """Pairs of items that may be one."""

    def begin_file(self, counts: Counts, floor: int) -> None:
        """A new file begins: what stood below `floor` it meets, what comes it brings."""
        self._counts, self._floor = counts, floor
        self._met = bytearray(floor)

    def meet(self, item: int) -> bool:
        """Whether the file met `item`, of those that were there before, for the first time."""
        if item < self._floor and not self._met[item]:
            self._met[item] = 1
            return True
        return False

    def item_of(self, entity: EntityDraft, row: Row) -> int:
        """The item that the entity is, with what the row says of its identities and label."""
        batch = self._batch
        keys = entity.keys or (
            ("row", f"{sha256(row.raw.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}/{entity.ref}"),
        )
        item = batch.items.get(keys[0])
        if item is None:
            item = self._by_number(entity, keys)
            self._counts.merged += item is not None
        if item is None:
            return self._new(entity, keys, row)
        self._counts.entities_known += self.meet(item)
        if len(keys) > 1 or keys[0] not in batch.items:
            self._more_keys(item, keys, row)
        if entity.other:
            batch.others.extend((item, *other) for other in entity.other)
        self._improve(item, entity, row)
        return item

    def _by_number(self, entity: EntityDraft, keys: Sequence[Pair]) -> int | None:
        """The item that a further identity names, unless it is of another kind or has a key of its own in the
        namespace."""
        for pair in keys[1:]:
            item = self._batch.items.get(pair)
            if item is not None and self._may_be(item, entity.type, keys[0]):
                return item
        return None

    def _may_be(self, item: int, kind: str, key: Pair) -> bool:
        known, rank = self._batch.state[item]
        if rank >= 0 and not self._schema.same_family(known, kind):
            return False
        own = self._batch.own.get((item, key[0]))
        if own is not None:
            return own == key[1]
        if item in self._batch.fresh:
            return True
        return not self._loading.keys_of(item, key[0])

    def _new(self, entity: EntityDraft, keys: Sequence[Pair], row: Row) -> int:
        batch = self._batch
        item = self._new_id("item")
        batch.fresh[item] = [item, ENTITY, entity.type, entity.label, entity.label_rank]
        batch.state[item] = (entity.type, entity.label_rank)
        self._more_keys(item, keys, row)
        for ns, value, validity in entity.other:
            batch.identities.append((self._new_id("identity"), ns, value, item, 0, validity))
        self._counts.entities_new += 1
        return item

    def _more_keys(self, item: int, keys: Sequence[Pair], row: Row) -> None:
        batch = self._batch
        for place, pair in enumerate(keys):
            known = batch.items.get(pair)
            if known == item:
                continue
            if known is not None:
                self._conflict(item, known, pair, row)
                continue
            batch.items[pair] = item
            if place == 0:
                batch.own[(item, pair[0])] = pair[1]
            batch.identities.append((self._new_id("identity"), *pair, item, 1, "ok"))

    def _conflict(self, item: int, known: int, pair: Pair, row: Row) -> None:
        """A number that another item has already: it stays where it is, and that the two may be one is noted."""
        self._batch.others.append((item, *pair, "warn"))
        two = (min(item, known), max(item, known))
        if two not in self.decisions:
            self.decisions.add(two)
            words = N_(
                "{scheme} {number} belongs to another entity already; the two are kept apart and noted as possibly one."
            )
            self._warn(row, "identity_conflict", message(words, scheme=scheme_name(pair[0]), number=pair[1]))

    def _improve(self, item: int, entity: EntityDraft, row: Row) -> None:
        """A better label replaces a worse one, and a certain type a guessed one."""
        batch = self._batch
        kind, rank = batch.state[item]
        if rank >= 0 and entity.label_rank >= 0 and not self._schema.same_family(kind, entity.type):
            words = N_("{name} is known as {known}; this row says {type}. It stays what it is.")
            self._warn(row, "type_conflict", message(words, name=entity.label, known=kind, type=entity.type))
            return
        if entity.label_rank <= rank:
            return
        if rank < 0:
            kind = entity.type
        batch.state[item] = (kind, entity.label_rank)
        fresh = batch.fresh.get(item)
        if fresh is not None:
            fresh[2:5] = [kind, entity.label, entity.label_rank]
        else:
            batch.better[item] = (kind, entity.label, entity.label_rank)

    def _warn(self, row: Row, code: str, words: Message) -> None:
        self.problems.append(Problem(row.part, row.no, row.line, None, code, words))
