"""Batches that came as columns met with the case: the same as draft by draft, mostly without a Python loop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat

from ewglink.importers.batch import Pair
from ewglink.importers.contract import EntityDraft, LinkDraft, Row
from ewglink.importers.flat_drafts import Flat, Links
from ewglink.importers.link_roles import HASHED
from ewglink.importers.matching import Linked, Matcher
from ewglink.model.items import LINK


class FlatMatcher(Matcher):
    """A matcher that takes columns, too."""

    def take_flat(self, flat: Flat) -> None:
        """Match a batch and write it."""
        batch = self._batch
        batch.begin()
        batch.look_up_pairs(self._loading, zip(flat.entities.spaces, flat.entities.keys, strict=True))
        records = self._ids("record", len(flat.nos))
        batch.records += zip(records, repeat(self._import), repeat(flat.part), flat.nos, flat.raws, strict=False)
        items = self._items_of(flat)
        self._say(items, _repeated(records, flat.counts), flat.entities.vals)
        self._link_flat(flat.links, items, _repeated(records, flat.link_counts))
        self._write()

    def _ids(self, table: str, n: int) -> range:
        """The next `n` ids of a table."""
        first = self._next[table]
        self._next[table] = first + n
        return range(first, first + n)

    def _items_of(self, flat: Flat) -> list[int]:
        """The item of each entity."""
        batch, floor, meet = self._batch, self._floor, self._meeting.item_of
        items, state = batch.items, batch.state
        types, spaces, keys, labels, ranks, _vals = flat.entities
        rows = _repeated(range(len(flat.nos)), flat.counts)
        found: list[int] = []
        pairs = zip(spaces, keys, strict=True)
        for pair, row, kind, label, rank in zip(pairs, rows, types, labels, ranks, strict=True):
            item = items.get(pair)
            if item is None or item < floor or state[item] != (kind, rank):
                stood = Row(flat.part, flat.nos[row], flat.lines[row], (), flat.raws[row])
                item = meet(EntityDraft("", kind, (pair,), (), label, rank, ""), stood)
            found.append(item)
        return found

    def _say(self, items: list[int], records: list[int], vals: Sequence[str]) -> None:
        """What the records say of items; what one says twice of the same item is kept once."""
        said = zip(items, records, vals, strict=True)
        if len(set(zip(items, records, strict=True))) != len(items):
            kept: dict[tuple[int, int], str] = {}
            chosen = []
            for item, record, text in said:
                before = kept.get((item, record))
                if before is None or (text != "{}" and text != before):
                    kept[item, record] = text
                    chosen.append((item, record, text))
            items, records, vals = (list(column) for column in zip(*chosen, strict=True))
        ids = self._ids("statement", len(items))
        self._batch.statements += zip(ids, items, records, repeat(self._basis), vals, strict=False)

    def _link_flat(self, links: Links, items: list[int], records: list[int]) -> None:
        """Links known by their content are new where not both their ends were there before; others are looked for."""
        floor = self._floor
        a, b = [items[end] for end in links.a], [items[end] for end in links.b]
        keys = self._told_apart(links)
        if set(links.spaces) <= {HASHED} and not any(x < floor and y < floor for x, y in zip(a, b, strict=True)):
            self._new_links(links, a, b, keys, records)
            return
        types, _a, _b, spaces, _keys, *columns, labels = links
        pairs: list[Pair] = list(zip(spaces, keys, strict=True))
        drafts = map(LinkDraft, types, repeat(""), repeat(""), pairs, *columns, labels)
        linked: list[Linked] = list(zip(drafts, a, b, records, pairs, repeat(self._basis), strict=False))
        self._link_all(linked)

    def _told_apart(self, links: Links) -> list[str]:
        """The keys of links; those known by their content have their ordinal among equal ones."""
        ordinal = self._ordinals.next
        return [
            f"{key}-{ordinal(key)}" if space == HASHED else key
            for space, key in zip(links.spaces, links.keys, strict=True)
        ]

    def _new_links(self, links: Links, a: list[int], b: list[int], keys: list[str], records: list[int]) -> None:
        if not keys:
            return
        batch, n = self._batch, len(keys)
        items = self._ids("item", n)
        ranks = [2 if label else 0 for label in links.labels]
        batch.link_items += zip(items, repeat(LINK), links.types, links.labels, ranks, strict=False)
        starts, ends = [one or "" for one in links.starts], [one or "" for one in links.ends]
        precisions = [-1 if one is None else one for one in links.precisions]
        batch.links += zip(items, a, b, links.directions, links.strengths, starts, ends, precisions, strict=True)
        ids = self._ids("identity", n)
        batch.identities += zip(ids, repeat(HASHED), keys, items, repeat(1), repeat("ok"), strict=False)
        said = self._ids("statement", n)
        batch.statements += zip(said, items, records, repeat(self._basis), links.vals, strict=False)
        self._first_link = self._first_link or items[0]
        self._last_link = items[-1]
        self.counts.links_new += n


def _repeated(values: Sequence[int], counts: Sequence[int]) -> list[int]:
    """Each value as often as its count says."""
    return list(chain.from_iterable(map(repeat, values, counts)))
