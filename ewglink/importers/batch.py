"""What one batch of drafts has met in the case and will write, and what a file has brought so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ewglink.store.loading import Loading

Pair = tuple[str, str]
"""A namespace and a value in it."""

REMEMBERED = 1 << 15
"""How many identities are remembered from one batch to the next: a bound on memory."""


@dataclass
class Counts:
    """How many items a file brought and how many it met."""

    entities_new: int = 0
    entities_known: int = 0
    links_new: int = 0
    links_known: int = 0
    merged: int = 0
    """Keys of the file that an identifier made one with an entity of another key."""


@dataclass
class Batch:
    """What is known of the items that a batch names, and the rows it will write.

    `items` (identity → item) and `state` (item → type, rank of its label) live on from batch to batch; all else is the
    batch's own: `fresh` rows of new items, `own` keys of items by namespace, `better` labels of items written before,
    `others` identities that do not join."""

    items: dict[Pair, int] = field(default_factory=dict)
    state: dict[int, tuple[str, int]] = field(default_factory=dict)
    fresh: dict[int, list[Any]] = field(default_factory=dict)
    own: dict[tuple[int, str], str] = field(default_factory=dict)
    better: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    others: list[tuple[int, str, str, str]] = field(default_factory=list)
    records: list[tuple[Any, ...]] = field(default_factory=list)
    links: list[tuple[Any, ...]] = field(default_factory=list)
    link_items: list[tuple[Any, ...]] = field(default_factory=list)
    identities: list[tuple[Any, ...]] = field(default_factory=list)
    statements: list[tuple[Any, ...]] = field(default_factory=list)

    def begin(self) -> None:
        """A new batch begins."""
        if len(self.items) > REMEMBERED:
            self.items.clear()
            self.state.clear()
        self.fresh, self.own, self.better = {}, {}, {}
        self.others, self.records, self.links, self.link_items = [], [], [], []
        self.identities, self.statements = [], []

    def look_up(self, loading: Loading, keys: Mapping[str, Iterable[str]]) -> None:
        """Ask the case for those identities (namespace → values) that are not known yet."""
        items, state = self.items, self.state
        for ns, values in keys.items():
            unknown = [value for value in values if (ns, value) not in items] if items else values
            for value, item, kind, rank in loading.known(ns, unknown) if unknown else ():
                items[(ns, value)] = item
                state[item] = (kind, rank)

    def look_up_pairs(self, loading: Loading, pairs: Iterable[Pair]) -> None:
        """Ask the case for identities."""
        keys: dict[str, list[str]] = {}
        for ns, value in dict.fromkeys(pairs):
            keys.setdefault(ns, []).append(value)
        self.look_up(loading, keys)
