"""Which entities are worth comparing: by name, and by what they have in common besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ewglink.names.blocking import Ints, candidate_pairs
from ewglink.names.pairing import Kind, NamePairs, Prepared, compare, prepare
from ewglink.workspace.resolving.records import Record

MOST_SHARING = 25
"""What more entities than these have in common says nothing."""

_KINDS: dict[str, Kind] = {"person": "person", "organization": "company", "facility": "company"}
Pair = tuple[int, int]


@dataclass
class Named:
    """The best pair of names of two entities: the rows in `Names.prepared`, and what was found."""

    logit: float
    at: int


class Names:
    """All names of the entities of one family, compared."""

    def __init__(self, records: list[Record]) -> None:
        self.owners = [record.id for record in records for _name in record.names]
        self.names = [name for record in records for name in record.names]
        self.kind: Kind = _KINDS.get(records[0].type, "other")
        self.prepared: Prepared = prepare(self.names, self.kind)
        self._rows: dict[int, list[int]] = {}
        for row, owner in enumerate(self.owners):
            self._rows.setdefault(owner, []).append(row)
        self.found: NamePairs
        self.best: dict[Pair, Named] = {}
        self._by_name = 0

    def look(self, also: Iterable[Pair]) -> None:
        """Compare the names worth comparing, and those of the pairs `also`."""
        by_name = candidate_pairs(self.prepared.words, self.prepared.weights)
        rows = [(min(a, b), max(a, b)) for one, other in also for a in self._rows.get(one, ())
                for b in self._rows.get(other, ())]
        self._by_name = len(by_name)
        more = np.array(rows, np.int64).reshape(-1, 2)
        self.found = compare(self.prepared, np.concatenate((by_name, more)))

    def take(self, least: float) -> None:
        """Keep the best pair of names of any two entities, of those that reach `least` (log-odds) or were asked for."""
        owners: Ints = np.array(self.owners or [0], np.int64)
        asked = np.arange(len(self.found.logits)) >= self._by_name
        kept = np.flatnonzero((self.found.logits >= least) | asked)
        kept = kept[np.argsort(self.found.logits[kept], kind="stable")]
        pairs = owners[self.found.pairs[kept]]
        for at, a, b in zip(kept.tolist(), pairs[:, 0].tolist(), pairs[:, 1].tolist(), strict=True):
            if a != b:
                self.best[min(a, b), max(a, b)] = Named(float(self.found.logits[at]), at)


def sharing(records: Iterable[Record]) -> Iterator[Pair]:
    """Pairs of entities that share a number, an address or a date of birth with few others."""
    by_key: dict[tuple[str, str], list[int]] = {}
    for record in records:
        for scheme, values in record.numbers.items():
            for value in values:
                by_key.setdefault((scheme, value), []).append(record.id)
        for address in record.addresses:
            by_key.setdefault(("", address), []).append(record.id)
    for items in by_key.values():
        if 1 < len(items) <= MOST_SHARING:
            yield from combinations(sorted(set(items)), 2)
