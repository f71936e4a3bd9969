"""XGMML: Cytoscape's networks, with places, groups and typed attributes."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from ewglink.importers import graph_words
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import (
    EDGES,
    NODES,
    Element,
    GraphAttribute,
    GraphEdge,
    GraphNode,
    GraphOptions,
    GraphTitle,
    Value,
)
from ewglink.importers.graph_tables import GraphReading, rooted
from ewglink.importers.xml_stream import Element as Xml
from ewglink.importers.xml_stream import stream
from ewglink.model.property_types import Kind
from ewglink.text import N_, message

_KINDS: dict[str, Kind] = {"integer": "integer", "real": "number", "double": "number", "long": "integer",
                           "boolean": "boolean", "list": "list"}  # fmt: skip
_OWN = {NODES: {"id", "label", "href"}, EDGES: {"id", "label", "source", "target", "directed"}}
_HIDDEN = "__"
"""What the names of Cytoscape's own bookkeeping begin with."""


class Xgmml(GraphReading):
    """The format. Places are the middles of nodes, y down."""

    key = "xgmml"
    name = N_("Cytoscape network (XGMML)")
    suffixes = (".xgmml",)
    options = GraphOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML whose outermost element is a <graph> of XGMML."""
        found = rooted(self, path, head, "graph", "XGMML", "xgmml", "cytoscape")
        if not found.confidence and b"xgmml.dtd" in self.head(path, head)[:4096].lower():
            found = rooted(self, path, head, "graph")
        return found

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes and edges in the order of the file; a group comes after its members."""
        reading = _Reading()
        for what, xml in stream(path, self.chunks(path), ("node", "edge"), ("graph",)):
            if what == "whole":
                yield from reading.node(xml) if xml.tag == "node" else reading.edge(xml)
            elif xml.tag == "graph" and what == "start" and xml.parent is None:
                reading.directed = _yes(xml.attrs.get("directed", "0"))
                yield GraphTitle(xml.attrs.get("label"))


class _Reading:
    """What is known while a file is read."""

    def __init__(self) -> None:
        self.directed = False
        self.nodes = self.edges = 0
        self._declared: set[tuple[str, str, str]] = set()
        self._told = False

    def node(self, xml: Xml) -> Iterator[Element]:
        self.nodes += 1
        name = xml.attrs.get("id")
        if name is None and "href" in xml.attrs:
            if not self._told:
                self._told = True
                words = message(N_("Members of a group that stand outside of it are kept where they stand."))
                yield Problem(NODES, self.nodes, xml.line, None, "group_members", words, raw=xml.raw)
            return
        name = name if name is not None else xml.attrs.get("label")
        if name is None:
            words = message(N_("A node has no id; it is not imported."))
            yield Problem(NODES, self.nodes, xml.line, "id", "missing_id", words, True, xml.raw)
            return
        values = yield from self._values(xml, NODES)
        if xml.parent is not None:
            values["parent"] = xml.parent.attrs.get("id", "")
        drawn = next((child for child in xml.children if child.tag == "graphics"), None)
        x = y = None
        look: dict[str, Any] = {}
        if drawn is not None:
            x, y = graph_words.number(drawn.attrs.get("x")), graph_words.number(drawn.attrs.get("y"))
            fill = graph_words.colour(drawn.attrs.get("fill"))
            look = {"colour": fill} if fill else {}
        x, y = (x, y) if x is not None and y is not None else (None, None)
        yield GraphNode(name, xml.attrs.get("label") or None, None, values, x, y, look, self.nodes, xml.line, xml.raw)

    def edge(self, xml: Xml) -> Iterator[Element]:
        self.edges += 1
        source, target = xml.attrs.get("source"), xml.attrs.get("target")
        if source is None or target is None:
            words = message(N_("An edge names only one of its ends; it is not imported."))
            yield Problem(EDGES, self.edges, xml.line, "source", "missing_end", words, True, xml.raw)
            return
        values = yield from self._values(xml, EDGES)
        said = xml.attrs.get("directed")
        yield GraphEdge(xml.attrs.get("id"), source, target, xml.attrs.get("label") or None, None,
                        self.directed if said is None else _yes(said), values, None, None, self.edges, xml.line,
                        xml.raw)  # fmt: skip

    def _values(self, xml: Xml, part: str) -> Generator[Element, None, dict[str, Value]]:
        values: dict[str, Value] = {name: text for name, text in xml.attrs.items()
                                    if name not in _OWN[part] and text}  # fmt: skip
        for child in xml.children:
            name = child.attrs.get("name") if child.tag == "att" else None
            if name is None or name.startswith(_HIDDEN):
                continue
            kind = child.attrs.get("type", "string")
            found: Value = child.attrs.get("value", child.text.strip())
            inner = [one.attrs.get("value", one.text) for one in child.children if one.tag == "att"]
            if kind == "list" or inner:
                kind, found = "list", list(inner)
            elif kind == "boolean":
                found = "true" if _yes(str(found)) else "false"
            if found in ("", []):
                continue
            if (part, name, kind) not in self._declared and len(self._declared) < 10_000:
                self._declared.add((part, name, kind))
                yield GraphAttribute(part, name, _KINDS.get(kind, "text"))
            values[name] = found
        return values


def _yes(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes")


MEMBER = Xgmml()
