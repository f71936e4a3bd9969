"""What a file that is a graph holds, found by going through it once: attributes and their kinds, types, extent."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ewglink.importers import guard
from ewglink.importers.contract import Cell
from ewglink.importers.graph_file import (
    EDGES,
    NODES,
    Element,
    GraphAttribute,
    GraphEdge,
    GraphNode,
    GraphTitle,
    Value,
)
from ewglink.importers.graph_words import settled_edge, settled_node
from ewglink.model.property_types import Kind

SAMPLE = 100
MOST_TYPES = 60
"""More different types than this are no types but what each element is about: an attribute."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?\Z")
_SEPARATORS = ("|", ";", "¦", "‖", "\x1f")
FIXED = {
    NODES: ("id", "label", "type", "x", "y", "start", "end"),
    EDGES: ("source", "target", "id", "label", "type", "directed", "start", "end"),
}
"""The columns that are no attributes."""


@dataclass
class Column:
    """An attribute: the file's name, the name of its column, and what its values are."""

    name: str
    column: str
    kind: Kind | None = None
    separators: set[str] = field(default_factory=lambda: set(_SEPARATORS))
    listed: bool = False
    filled: int = 0
    dates: bool = True
    instants: bool = True
    cells: set[type] = field(default_factory=set)

    def see(self, value: Value) -> None:
        """Take note of a value."""
        if isinstance(value, list):
            self.listed = True
            self.separators -= {mark for mark in self.separators if any(mark in str(one) for one in value)}
            value = value[0] if value else None
        if value is None or value == "":
            return
        self.filled += 1
        if self.kind is not None and self.kind != "text":
            return
        self.cells.add(type(value))
        if isinstance(value, str):
            self.dates = self.dates and bool(_DATE.match(value))
            self.instants = self.instants and not self.dates and bool(_INSTANT.match(value) or _DATE.match(value))
        else:
            self.dates = self.instants = False

    def found(self) -> Kind:
        """The kind of its values."""
        if self.listed:
            return "list"
        if self.kind is not None and self.kind != "text":
            return self.kind
        if not self.filled:
            return "text"
        if self.dates or self.instants:
            return "date" if self.dates else "instant"
        if self.cells == {bool}:
            return "boolean"
        if self.cells and self.cells <= {int, float}:
            return "integer" if self.cells == {int} else "number"
        return "text"

    @property
    def separator(self) -> str:
        """What stands between several values in a cell: a sign that none of them holds."""
        return next((mark for mark in _SEPARATORS if mark in self.separators), "\x1f")


@dataclass
class Survey:
    """What the file holds. `types` and `columns` by part; `directed` what its edges are; `placed` how many nodes have
    a place, `box` the least and largest x and y of them."""

    title: GraphTitle = field(default_factory=lambda: GraphTitle(None))
    columns: dict[str, dict[str, Column]] = field(default_factory=lambda: {NODES: {}, EDGES: {}})
    types: dict[str, Counter[str]] = field(default_factory=lambda: {NODES: Counter(), EDGES: Counter()})
    uses: dict[str, dict[str, set[str]]] = field(default_factory=lambda: {NODES: {}, EDGES: {}})
    """Type → the attributes that its elements have, a part."""
    counts: Counter[str] = field(default_factory=Counter)
    directed: dict[str, set[Any]] = field(default_factory=dict)
    labelled: Counter[str] = field(default_factory=Counter)
    dated: set[str] = field(default_factory=set)
    placed: int = 0
    box: list[float] = field(default_factory=lambda: [float("inf"), float("inf"), float("-inf"), float("-inf")])
    dropped: dict[str, set[str]] = field(default_factory=lambda: {NODES: set(), EDGES: set()})
    """The attributes of a part that are more than a table may have."""
    tabular: bool = False
    """Whether it is of tables that we have written, not of a graph."""
    sample: dict[str, list[Any]] = field(default_factory=lambda: {NODES: [], EDGES: []})

    @classmethod
    def of(cls, elements: Iterable[Element]) -> Survey:
        """The survey of a file's elements."""
        found = cls()
        for one in elements:
            if type(one) is GraphNode:
                found._node(settled_node(one))
            elif type(one) is GraphEdge:
                found._edge(settled_edge(one))
            elif type(one) is GraphAttribute:
                column = found._column(one.part, one.name)
                if column is not None:
                    column.kind = one.kind if column.kind in (None, one.kind) else "text"
            elif type(one) is GraphTitle:
                found.title = one
        return found

    def _node(self, node: GraphNode) -> None:
        self._seen(NODES, node)
        if node.x is not None and node.y is not None:
            self.placed += 1
            low_x, low_y, high_x, high_y = self.box
            self.box = [min(low_x, node.x), min(low_y, node.y), max(high_x, node.x), max(high_y, node.y)]

    def _edge(self, edge: GraphEdge) -> None:
        self._seen(EDGES, edge)
        self.directed.setdefault(edge.type or "", set()).add(edge.directed)

    def _seen(self, part: str, one: GraphNode | GraphEdge) -> None:
        self.counts[part] += 1
        kind = (one.type or "").strip()
        types = self.types[part]
        if kind in types or len(types) <= MOST_TYPES:
            types[kind] += 1
        if one.label:
            self.labelled[part] += 1
        if one.start or one.end:
            self.dated.add(part)
        uses = self.uses[part].setdefault(kind if kind in types else "", set())
        for name, value in one.values.items():
            column = self._column(part, name)
            if column is not None:
                column.see(value)
                uses.add(name)
        if len(self.sample[part]) < SAMPLE:
            self.sample[part].append(one)

    def _column(self, part: str, name: str) -> Column | None:
        columns = self.columns[part]
        found = columns.get(name)
        if found is None:
            if len(columns) + len(FIXED[part]) >= guard.LIMITS.columns:
                self.dropped[part].add(name)
                return None
            taken = {*FIXED[part], *(one.column for one in columns.values())}
            shown, n = name, 1
            while shown in taken or not shown:
                n += 1
                shown = f"{name} ({n})"
            found = columns[name] = Column(name, shown)
        return found

    def typed(self, part: str) -> bool:
        """Whether the elements say what they are."""
        types = self.types[part]
        return bool(set(types) - {""}) and len(types) <= MOST_TYPES

    def names(self, part: str) -> tuple[str, ...]:
        """The columns of a part: what every element has, then its attributes."""
        fixed = [name for name in FIXED[part] if self._wanted(part, name)]
        return (*fixed, *(one.column for one in self.columns[part].values() if one.filled or one.listed))

    def _wanted(self, part: str, name: str) -> bool:
        if name in ("start", "end"):
            return part in self.dated
        if name in ("x", "y"):
            return bool(self.placed)
        if name == "type":
            return bool(set(self.types[part]) - {""})
        return True

    def filled(self, part: str) -> list[Column]:
        """The attributes that have values."""
        return [one for one in self.columns[part].values() if one.filled or one.listed]


def cell(value: Any, column: Column) -> Cell:
    """A value as one cell holds it."""
    if isinstance(value, list):
        return column.separator.join(str(one) if not isinstance(one, (dict, list)) else _json(one) for one in value
                                     if one is not None)  # fmt: skip
    found: Cell = _json(value) if isinstance(value, dict) else value
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
