"""Changesets: everything that can happen to a case, each with its inverse."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One row of one table before and after; None means that the row is not there."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """Whichever of the two rows there is, the later first."""
        row = self.after if self.after is not None else self.before
        assert row is not None
        return row

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.after, self.before)


@dataclass(frozen=True)
class PackedMove:
    """Many placements of one chart changed at once, as compressed arrays: item ids (int64), old and new x, y (float64).

    NaN as the old position means that the item was not on the chart; NaN as the new one, that it leaves it. Only plain
    placements (no flags, no style) come and go this way."""

    chart_id: int
    items: bytes
    old: bytes
    new: bytes

    @classmethod
    def of(cls, chart_id: int, items: Sequence[int], old: Sequence[float], new: Sequence[float]) -> PackedMove:
        """Pack flat x, y, x, y… sequences. NumPy arrays of the right dtype are packed without a copy an item."""
        return cls(chart_id, _pack("q", items), _pack("d", old), _pack("d", new))

    def item_ids(self) -> array[int]:
        """The items moved."""
        return _unpack("q", self.items)

    def positions(self) -> array[float]:
        """The new positions, flat."""
        return _unpack("d", self.new)

    def inverse(self) -> PackedMove:
        """The move back."""
        return PackedMove(self.chart_id, self.items, self.new, self.old)


def _pack(kind: str, values: Sequence[Any]) -> bytes:
    raw = values.tobytes() if hasattr(values, "tobytes") else array(kind, values).tobytes()
    return zlib.compress(raw, 1)


def _unpack(kind: str, packed: bytes) -> array[Any]:
    values = array(kind)
    values.frombytes(zlib.decompress(packed))
    return values


@dataclass(frozen=True)
class Changeset:
    """What one command does to a case: a label (key and arguments, never text) and its changes in order."""

    label: str
    args: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    moves: tuple[PackedMove, ...] = ()
    added: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Rows that a bulk add has only added, in one contiguous range of ids a table: table → (first id, last id)."""

    def inverse(self) -> Changeset:
        """The changeset that takes this one back; a bulk add is taken back by the store, which keeps its rows for
        redo.
        """
        return Changeset(
            self.label,
            self.args,
            tuple(c.inverse() for c in reversed(self.changes)),
            tuple(m.inverse() for m in reversed(self.moves)),
            self.added,
        )

    def __bool__(self) -> bool:
        return bool(self.changes or self.moves or self.added)


@dataclass(frozen=True)
class Changed:
    """What a committed changeset touched, for those who follow the case. `items` None: too many to name, look again."""

    seq: int
    label: str
    tables: frozenset[str]
    items: frozenset[int] | None
    kind: str = "change"
    charts: frozenset[int] = frozenset()
    changes: tuple[Change, ...] = ()
    moves: tuple[PackedMove, ...] = ()


def together(turned: Sequence[Changed], first: Changed) -> Changed:
    """What the changes of one step touched; the step is called what its first change is called."""
    if len(turned) == 1:
        return first
    known = [one.items for one in turned if one.items is not None]
    return replace(
        first,
        tables=frozenset[str]().union(*(one.tables for one in turned)),
        items=frozenset[int]().union(*known) if len(known) == len(turned) else None,
        charts=frozenset[int]().union(*(one.charts for one in turned)),
        changes=tuple(change for one in turned for change in one.changes),
        moves=tuple(move for one in turned for move in one.moves),
    )
