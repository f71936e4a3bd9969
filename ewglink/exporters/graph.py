"""A released view as a graph that other programs read: typed attributes, and edges that run the way arrows point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ewglink.exporters.characters import Visible
from ewglink.exporters.tables import SEVERAL, own_columns
from ewglink.release.view import EntityRow, LinkRow, PropertyColumn, ReleasedView, Value

_NODE = (("type", "text"), ("type_name", "text"), ("label", "text"), ("identity", "text"))
_EDGE = (("type", "text"), ("type_name", "text"), ("label", "text"), ("direction", "text"), ("strength", "text"),
         ("start_stated", "text"), ("end_stated", "text"), ("precision", "text"), ("identity", "text"),
         ("reversed", "boolean"))
_TAIL = (("handling", "text"), ("sources", "text"))


@dataclass(frozen=True)
class Attribute:
    """An attribute: its name and its type: string, boolean, integer (64 bits) or double."""

    name: str
    type: str


@dataclass(frozen=True)
class Graph:
    """Attributes and values. `directed` where any link has an arrow.

    Every edge then runs the way its arrow points; a link without arrows, or with two, says so in its `direction`.
    """

    directed: bool
    node_attributes: tuple[Attribute, ...]
    edge_attributes: tuple[Attribute, ...]
    nodes: tuple[tuple[EntityRow, tuple[Value, ...]], ...]
    edges: tuple[tuple[LinkRow, int, int, tuple[Value, ...]], ...]


def graph_of(view: ReleasedView) -> Graph:
    """The graph of `view`: one node an entity, one edge a link, parallel ones too."""
    node_columns = _columns(_NODE, view.entity_columns)
    edge_columns = _columns(_EDGE, view.link_columns)
    node_rows = [_node(row, view.entity_columns) for row in view.entities]
    edge_rows = [_edge(row, view.link_columns) for row in view.links]
    nodes, node_types = _typed(node_rows, [kind for _name, kind in node_columns])
    edges, edge_types = _typed(edge_rows, [kind for _name, kind in edge_columns])
    return Graph(
        any(row.direction != "none" for row in view.links),
        tuple(Attribute(name, kind) for (name, _), kind in zip(node_columns, node_types, strict=True)),
        tuple(Attribute(name, kind) for (name, _), kind in zip(edge_columns, edge_types, strict=True)),
        tuple(zip(view.entities, nodes, strict=True)),
        tuple((row, *_ends(row), values) for row, values in zip(view.links, edges, strict=True)))


def _columns(fixed: tuple[tuple[str, str], ...], own: tuple[PropertyColumn, ...]) -> list[tuple[str, str]]:
    taken = {name for name, _kind in (*fixed, *_TAIL)} | {"id", "x", "y", "weight", "start", "end", "r", "g", "b"}
    return [*fixed, *((column.key, column.kind) for column in own_columns(own, taken)), *_TAIL]


def _ends(row: LinkRow) -> tuple[int, int]:
    return (row.b, row.a) if row.direction == "backward" else (row.a, row.b)


def _node(row: EntityRow, own: tuple[PropertyColumn, ...]) -> tuple[Value, ...]:
    return (row.type, row.type_name, row.label, SEVERAL.join(row.identities) or None,
            *(row.properties.get(one.key) for one in own), row.handling or None, SEVERAL.join(row.sources) or None)


def _edge(row: LinkRow, own: tuple[PropertyColumn, ...]) -> tuple[Value, ...]:
    backward = row.direction == "backward"
    return (row.type, row.type_name, row.label, "forward" if backward else row.direction, row.strength, row.start,
            row.end, row.precision, SEVERAL.join(row.identities) or None, True if backward else None,
            *(row.properties.get(one.key) for one in own), row.handling or None, SEVERAL.join(row.sources) or None)


def _type_of(kind: str, values: Iterator[Value]) -> str:
    """The narrowest type that all values are; text where the property is text."""
    found = {type(value) for value in values if value is not None}
    if kind == "text" or not found or str in found:
        return "string"
    if found == {bool}:
        return "boolean"
    return "integer" if found <= {int} else "double"


def _typed(rows: Sequence[tuple[Value, ...]], kinds: list[str]) -> tuple[list[tuple[Value, ...]], list[str]]:
    types = [_type_of(kind, (row[at] for row in rows)) for at, kind in enumerate(kinds)]
    return [tuple(_as(kind, value) for kind, value in zip(types, row, strict=True)) for row in rows], types


def _as(kind: str, value: Value) -> Value:
    return str(value) if kind == "string" and value is not None and not isinstance(value, str) else value


class Xml:
    """Values as XML text and attributes, with what XML cannot hold made visible."""

    def __init__(self) -> None:
        self.visible = Visible()

    def _plain(self, value: Value) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return self.visible(value) if isinstance(value, str) else repr(value)

    def text(self, value: Value) -> str:
        """As the text of an element."""
        return escape(self._plain(value), {"\r": "&#13;"})

    def attribute(self, value: Value) -> str:
        """As an attribute's value, quotation marks included."""
        return quoteattr(self._plain(value), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


