"""Attributes that say how an element of a graph is called, what it is and where it stands, whatever the program that
wrote them calls them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from ewglink.importers.graph_file import GraphEdge, GraphNode, Value

_NODE_TYPES = ("labelV", "node_type", "nodeType", "entity_type", "type", "Type")
_EDGE_TYPES = ("labelE", "edge_type", "edgeType", "relationship", "interaction", "shared interaction", "type", "Type")
_NODE_LABELS = ("label", "Label")
_EDGE_LABELS = ("label", "Label", "Edge Label", "edgelabel")
_NODE_WORDS = frozenset((*_NODE_TYPES, *_NODE_LABELS))
_EDGE_WORDS = frozenset((*_EDGE_TYPES, *_EDGE_LABELS))
NAMES = ("name", "Name", "title", "Title", "shared name", "desc")
"""Attributes that may stand for a label that is missing, best first; they remain attributes."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?\Z")


def settled_node(node: GraphNode) -> GraphNode:
    """The node with type, label, place and colour taken from its attributes where the format itself has none."""
    values = node.values
    if not values or (node.x is not None and _NODE_WORDS.isdisjoint(values)):
        return node
    if node.x is None and "x" not in values and _NODE_WORDS.isdisjoint(values):
        return node
    kind = node.type if node.type is not None else _taken(values, _NODE_TYPES)
    label = node.label if node.label is not None else _taken(values, _NODE_LABELS)
    x, y, look = node.x, node.y, node.look
    if x is None and "x" in values and "y" in values:
        place = number(values["x"]), number(values["y"])
        if place[0] is not None and place[1] is not None:
            x, y = place
            del values["x"], values["y"]
            if "colour" not in look and all(name in values for name in "rgb"):
                found = rgb(values["r"], values["g"], values["b"])
                if found:
                    look = {**look, "colour": found}
                    del values["r"], values["g"], values["b"]
    return node._replace(type=kind, label=label, x=x, y=y, look=look)


def settled_edge(edge: GraphEdge) -> GraphEdge:
    """The edge with type and label taken from its attributes where the format itself has none."""
    values = edge.values
    if _EDGE_WORDS.isdisjoint(values):
        return edge
    kind = edge.type if edge.type is not None else _taken(values, _EDGE_TYPES)
    label = edge.label if edge.label is not None else _taken(values, _EDGE_LABELS)
    return edge._replace(type=kind, label=label)


def _taken(values: dict[str, Value], names: Iterable[str]) -> str | None:
    for name in names:
        found = values.get(name)
        if isinstance(found, str) and found:
            del values[name]
            return found
    return None


def number(value: Any) -> float | None:
    """A finite number; None where `value` is none."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) and abs(found) < 1e12 else None


def rgb(red: Any, green: Any, blue: Any) -> str | None:
    """`#RRGGBB` of three numbers from 0 to 255; None where one is none."""
    parts = [number(one) for one in (red, green, blue)]
    if any(one is None or not 0 <= one <= 255 for one in parts):
        return None
    return "#" + "".join(f"{round(one):02X}" for one in parts if one is not None)


def colour(text: Any) -> str | None:
    """`#RRGGBB` of a colour as programs write it; None where it is none."""
    match = _COLOUR.match(text.strip()) if isinstance(text, str) else None
    return f"#{match[1].upper()}" if match else None
