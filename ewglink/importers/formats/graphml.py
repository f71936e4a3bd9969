"""GraphML: typed keys with defaults, nested graphs; the flavours of yEd, Cytoscape, Gephi, TinkerPop and our own."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

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

_KINDS: dict[str, Kind] = {"boolean": "boolean", "int": "integer", "long": "integer", "float": "number",
                           "double": "number", "string": "text"}  # fmt: skip
_YED_EDGES = ("PolyLineEdge", "ArcEdge", "BezierEdge", "GenericEdge", "QuadCurveEdge", "SplineEdge")
_OURS = "case"


class _Key(NamedTuple):
    """A key: the attribute's name, where it applies, its kind, its default and what yEd keeps in it."""

    name: str
    scope: str
    kind: Kind
    default: str | None
    yed: str


class Graphml(GraphReading):
    """The format. A node that holds a graph comes after what it holds, whose `parent` names it."""

    key = "graphml"
    name = N_("Network (GraphML)")
    suffixes = (".graphml",)
    options = GraphOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML whose outermost element is <graphml>."""
        return rooted(self, path, head, "graphml")

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes and edges in the order of the file."""
        reading = _Reading()
        for what, xml in stream(path, self.chunks(path), ("key", "node", "edge", "hyperedge"), ("graph",)):
            if what == "whole" or (xml.tag in ("graph", "data") and what == "start") or xml.tag == "data":
                yield from reading.take(what, xml)


class _Reading:
    """What is known while a file is read: its keys, and whether edges have arrows."""

    def __init__(self) -> None:
        self.keys: dict[str, _Key] = {}
        self._default = True
        self.ours = self.gephi = False
        self.nodes = self.edges = 0
        self.told: set[str] = set()
        self._defaults: dict[str, list[tuple[str, str]]] = {}

    def take(self, what: str, xml: Xml) -> Iterator[Element]:
        if what == "whole":
            if xml.tag == "node":
                yield from self._node(xml)
            elif xml.tag == "edge":
                yield from self._edge(xml)
            elif xml.tag == "key":
                self._declared(xml)
            else:
                yield from self._hyperedge(xml)
        elif xml.tag == "graph" and what == "start":
            yield from self._graph(xml)
        elif xml.tag == "data" and what == "end":
            key = self.keys.get(xml.attrs.get("key", ""))
            if self.ours and key is not None and key.scope == "graph" and key.name == "case":
                yield GraphTitle(None, True, xml.text.strip())

    def _graph(self, xml: Xml) -> Iterator[Element]:
        self._default = xml.attrs.get("edgedefault", "directed") != "undirected"
        if xml.parent is None:
            of_nodes = {key.name for key in self.keys.values() if key.scope == "node"}
            self.ours = xml.attrs.get("id") == _OURS and {"type", "type_name", "label", "identity"} <= of_nodes
            self.gephi = not self.ours and {"x", "y", "r", "g", "b", "size"} <= of_nodes
            yield GraphTitle(None, self.ours)
            for scope, part in (("node", NODES), ("edge", EDGES)):
                for key in self.keys.values():
                    if key.scope in (scope, "all") and not key.yed:
                        yield GraphAttribute(part, key.name, key.kind)
                self._defaults[scope] = [(key.name, key.default) for key in self.keys.values()
                                         if key.scope in (scope, "all") and key.default and not key.yed]  # fmt: skip

    def _declared(self, xml: Xml) -> None:
        attrs = xml.attrs
        default = next((child.text for child in xml.children if child.tag == "default"), None)
        scope = attrs.get("for", "all")
        name = attrs.get("attr.name") or attrs.get("id", "")
        if any(key.name == name and key.scope == scope for key in self.keys.values()):
            name = f"{name} ({attrs.get('id', '')})"
        kind = _KINDS.get(attrs.get("attr.type", "string"), "text")
        self.keys[attrs.get("id", "")] = _Key(name, scope, kind, default, attrs.get("yfiles.type", ""))

    # nodes

    def _node(self, xml: Xml) -> Iterator[Element]:
        self.nodes += 1
        name = xml.attrs.get("id")
        if name is None:
            words = message(N_("A node has no id; it is not imported."))
            yield Problem(NODES, self.nodes, xml.line, "id", "missing_id", words, True, xml.raw)
            return
        values, yed = yield from self._values(xml, "node", NODES, self.nodes)
        label: str | None = None
        x: float | None = None
        y: float | None = None
        look: dict[str, Any] = {}
        if yed is not None:
            label, x, y, look = _yed_node(yed)
        if xml.parent is not None and xml.parent.tag == "node":
            values["parent"] = xml.parent.attrs.get("id", "")
        if self.ours:
            label = str(values.pop("label", ""))
        if self.gephi and "y" in values:
            up = graph_words.number(values["y"])
            values["y"] = None if up is None else -up
        yield GraphNode(name, label, None, values, x, y, look, self.nodes, xml.line, xml.raw)

    def _values(
        self, xml: Xml, scope: str, part: str, no: int
    ) -> Generator[Element, None, tuple[dict[str, Value], Xml | None]]:
        """The attributes of an element, and what yEd says of it."""
        values: dict[str, Value] = {}
        yed: Xml | None = None
        for child in xml.children:
            if child.tag == "port":
                yield from self._once(part, no, xml, "ports", N_("Ports of nodes are kept with the row and not drawn."))
            elif child.tag == "data":
                key = self.keys.get(child.attrs.get("key", ""))
                if key is None:
                    name = child.attrs.get("key", "")
                    values[name] = child.text
                    yield from self._once(part, no, xml, f"undeclared_key:{name}", N_(
                        "The attribute “{name}” is not declared; it is read as text."), name=name)  # fmt: skip
                elif key.yed in ("nodegraphics", "edgegraphics"):
                    yed = child
                elif not key.yed or child.text.strip():
                    values[key.name] = child.text
        for name, default in self._defaults.get(scope, ()):
            values.setdefault(name, default)
        if not self.ours:
            values = {name: text for name, text in values.items() if text != ""}
        return values, yed

    def _once(self, part: str, no: int, xml: Xml, code: str, words: str, **values: Any) -> Iterator[Problem]:
        if code not in self.told and len(self.told) < 1_000:
            self.told.add(code)
            yield Problem(part, no, xml.line, None, code.partition(":")[0], message(words, **values), raw=xml.raw)

    # edges

    def _edge(self, xml: Xml) -> Iterator[Element]:
        self.edges += 1
        source, target = xml.attrs.get("source"), xml.attrs.get("target")
        if source is None or target is None:
            words = message(N_("An edge names only one of its ends; it is not imported."))
            yield Problem(EDGES, self.edges, xml.line, "source", "missing_end", words, True, xml.raw)
            return
        values, yed = yield from self._values(xml, "edge", EDGES, self.edges)
        directed = self._directed(xml)
        label: str | None = None
        if self.ours:
            said = values.pop("label", None)
            label = None if said is None or said == values.get("type_name") else str(said)
        elif yed is not None:
            label, arrows = _yed_edge(yed)
            directed = directed if arrows is None or "directed" in xml.attrs else arrows
        if xml.attrs.get("sourceport") or xml.attrs.get("targetport"):
            yield from self._once(EDGES, self.edges, xml, "ports", N_("Ports of nodes are kept with the row and not "
                                                                     "drawn."))
        yield GraphEdge(xml.attrs.get("id"), source, target, label, None, directed, values, None, None, self.edges,
                        xml.line, xml.raw)  # fmt: skip

    def _directed(self, xml: Xml) -> bool:
        said = xml.attrs.get("directed")
        return self._default if said is None else said.strip() in ("true", "1")

    def _hyperedge(self, xml: Xml) -> Iterator[Element]:
        """An edge of several nodes becomes a node of its own, linked to each of them."""
        self.nodes += 1
        name = xml.attrs.get("id") or f"hyperedge {self.nodes}"
        values, _yed = yield from self._values(xml, "hyperedge", NODES, self.nodes)
        yield GraphNode(name, None, "hyperedge", values, None, None, {}, self.nodes, xml.line, xml.raw)
        ends = [child for child in xml.children if child.tag == "endpoint" and "node" in child.attrs]
        for end in ends:
            self.edges += 1
            out = end.attrs.get("type") == "out"
            a, b = (name, end.attrs["node"]) if out else (end.attrs["node"], name)
            yield GraphEdge(None, a, b, None, "hyperedge", end.attrs.get("type", "undir") != "undir", {}, None, None,
                            self.edges, xml.line, xml.raw)  # fmt: skip
        words = N_("An edge of {n} nodes becomes a node of its own, linked to each of them.")
        yield Problem(EDGES, self.edges, xml.line, None, "hyperedge", message(words, n=len(ends)), raw=xml.raw)


# yEd


def _yed_node(data: Xml) -> tuple[str | None, float | None, float | None, dict[str, Any]]:
    """Label, middle and look of a node as yEd draws it; of a group that has several, the first."""
    label = data.first("NodeLabel")
    text = label.text.strip() if label is not None else ""
    geometry, fill, border = data.first("Geometry"), data.first("Fill"), data.first("BorderStyle")
    x = y = None
    if geometry is not None:
        place = [graph_words.number(geometry.attrs.get(name)) for name in ("x", "y", "width", "height")]
        if place[0] is not None and place[1] is not None:
            x, y = place[0] + (place[2] or 0.0) / 2, place[1] + (place[3] or 0.0) / 2
    look = {"colour": graph_words.colour(fill.attrs.get("color")) if fill is not None else None,
            "frame": graph_words.colour(border.attrs.get("color")) if border is not None else None}  # fmt: skip
    if look["frame"] == "#000000":
        del look["frame"]
    return text or None, x, y, {name: value for name, value in look.items() if value}


def _yed_edge(data: Xml) -> tuple[str | None, bool | None]:
    """The label of an edge, and whether it is drawn with an arrow; None where that is not said."""
    label, arrows = data.first("EdgeLabel"), data.first("Arrows")
    text = label.text.strip() if label is not None else ""
    pointed = None if arrows is None else any(arrows.attrs.get(end, "none") != "none" for end in ("source", "target"))
    return text or None, pointed


MEMBER = Graphml()
