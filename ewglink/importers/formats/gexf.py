"""GEXF 1.1 to 1.3: typed attributes with defaults, hierarchy, dynamics, and how Gephi draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

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

_KINDS: dict[str, Kind] = {"boolean": "boolean", "float": "number", "double": "number", "bigdecimal": "number",
                           "anyuri": "url", "date": "date", "integer": "integer", "long": "integer",
                           "short": "integer", "byte": "integer", "biginteger": "integer"}  # fmt: skip
_PARTS = {"node": NODES, "edge": EDGES}
_DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(T.*)?\Z")
_PIECE = re.compile(r"""\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,]+)""")
_OURS = "EWGLink"


class _Attribute(NamedTuple):
    """An attribute: its title, its type as the file has it, and its default."""

    title: str
    type: str
    default: str | None


class _Span(NamedTuple):
    """When something held, as text."""

    start: str | None
    end: str | None


class Gexf(GraphReading):
    """The format. Places are turned round, for Gephi draws with y up; a node that holds others comes after them."""

    key = "gexf"
    name = N_("Network with positions and dates (GEXF)")
    suffixes = (".gexf",)
    options = GraphOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML whose outermost element is <gexf>."""
        return rooted(self, path, head, "gexf")

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes and edges in the order of the file."""
        reading = _Reading()
        whole = ("meta", "attributes", "node", "edge")
        for what, xml in stream(path, self.chunks(path), whole, ("nodes", "edges")):
            if what == "whole":
                yield from reading.take(xml)
            elif xml.tag == "graph" and what == "start":
                reading.directed = _direction(xml.attrs.get("defaultedgetype", "undirected"))
                yield GraphAttribute(EDGES, "weight", "number")


class _Reading:
    """What is known while a file is read."""

    def __init__(self) -> None:
        self.attributes: dict[str, dict[str, _Attribute]] = {NODES: {}, EDGES: {}}
        self.directed: bool | Literal["both"] = False
        self.ours = False
        self.nodes = self.edges = 0

    def take(self, xml: Xml) -> Iterator[Element]:
        if xml.tag == "node":
            yield from self._node(xml)
        elif xml.tag == "edge":
            yield from self._edge(xml)
        elif xml.tag == "meta":
            said = {child.tag.lower(): child.text.strip() for child in xml.children}
            self.ours = said.get("creator") == _OURS
            yield GraphTitle(said.get("title") or None, self.ours, said.get("identifier", "") if self.ours else "")
        else:
            yield from self._declared(xml)

    def _declared(self, xml: Xml) -> Iterator[Element]:
        part = _PARTS.get(xml.attrs.get("class", "node"), NODES)
        known = self.attributes[part]
        for child in xml.children:
            if child.tag != "attribute" or "id" not in child.attrs:
                continue
            name, kind = child.attrs["id"], child.attrs.get("type", "string").lower()
            title = child.attrs.get("title") or name
            if any(one.title == title for one in known.values()):
                title = f"{title} ({name})"
            default = next((inner.text.strip() for inner in child.children if inner.tag == "default"), None)
            known[name] = _Attribute(title, kind, default)
            yield GraphAttribute(part, title, "list" if kind.startswith("list") else _KINDS.get(kind, "text"))

    # what nodes and edges have alike

    def _values(self, xml: Xml, part: str) -> tuple[dict[str, Value], list[tuple[str, Value, _Span]]]:
        """The attributes that always hold, and those that held for a time."""
        known = self.attributes[part]
        values: dict[str, Value] = {}
        timed: list[tuple[str, Value, _Span]] = []
        for child in _below(xml, "attvalues", "attvalue"):
            name = child.attrs.get("for", child.attrs.get("id", ""))
            one = known.get(name) or _Attribute(name, "string", None)
            value, span = _value(child.attrs.get("value", child.text), one.type), _span(child)
            if span is not None:
                timed.append((one.title, value, span))
            elif one.title in values and values[one.title] != value:
                before = values[one.title]
                both = [*(before if isinstance(before, list) else [before])]
                values[one.title] = both + (value if isinstance(value, list) else [value])
            else:
                values[one.title] = value
        there = {*values, *(title for title, _value, _span_ in timed)}
        for one in known.values():
            if one.default is not None and one.title not in there:
                values[one.title] = _value(one.default, one.type)
        if not self.ours:
            values = {name: value for name, value in values.items() if value not in ("", [])}
        return values, timed

    def _spans(self, xml: Xml) -> list[_Span]:
        """When the node or edge was there."""
        own = _span(xml)
        spells = [span for child in _below(xml, "spells", "spell") if (span := _span(child)) is not None]
        return spells or ([own] if own is not None else [])

    # nodes

    def _node(self, xml: Xml) -> Iterator[Element]:
        self.nodes += 1
        no, name = self.nodes, xml.attrs.get("id")
        if name is None:
            words = message(N_("A node has no id; it is not imported."))
            yield Problem(NODES, no, xml.line, "id", "missing_id", words, True, xml.raw)
            return
        values, timed = self._values(xml, NODES)
        label: str | None = xml.attrs.get("label")
        if self.ours:
            values.pop("label", None)
        else:
            label = label or None
        parent = xml.attrs.get("pid") or (xml.parent.attrs.get("id") if xml.parent is not None else None)
        parents = [child.attrs["for"] for child in _below(xml, "parents", "parent") if "for" in child.attrs]
        if parent or parents:
            values["parent"] = (parent or parents[0]) if len(parents) < 2 else [*parents]
        values |= _over_time([one for one in timed if not _is_dated(one[2])])
        first, more = _dated(self._spans(xml), values)
        x, y, look = _drawn(xml)
        yield GraphNode(name, label, None, values, x, y, look, no, xml.line, xml.raw, first.start, first.end)
        for span in more:
            yield GraphNode(name, label, None, {}, None, None, {}, no, xml.line, _told("spell", span), *span)
        for title, value, span in timed:
            if _is_dated(span):
                raw = _told("attvalue", span, title, value)
                yield GraphNode(name, None, None, {title: value}, None, None, {}, no, xml.line, raw, *span)

    # edges

    def _edge(self, xml: Xml) -> Iterator[Element]:
        self.edges += 1
        attrs, no = xml.attrs, self.edges
        source, target = attrs.get("source"), attrs.get("target")
        if source is None or target is None:
            words = message(N_("An edge names only one of its ends; it is not imported."))
            yield Problem(EDGES, no, xml.line, "source", "missing_end", words, True, xml.raw)
            return
        values, timed = self._values(xml, EDGES)
        label = attrs.get("label")
        if self.ours:
            values.pop("label", None)
            label = None if label == values.get("type_name") else label
        elif "weight" in attrs:
            values.setdefault("weight", attrs["weight"])
        values |= _over_time(timed)
        spans = self._spans(xml) if not self.ours else []
        if len(spans) > 1:
            values["spells"] = [f"{span.start or ''} – {span.end or ''}" for span in spans]
            starts, ends = [one.start for one in spans], [one.end for one in spans]
            spans = [_Span(None if None in starts else min(one for one in starts if one is not None),
                           None if None in ends else max(one for one in ends if one is not None))]  # fmt: skip
        held, _more = _dated(spans, values)
        directed = _direction(attrs["type"]) if "type" in attrs else self.directed
        yield GraphEdge(attrs.get("id"), source, target, label or None, attrs.get("kind") or None, directed, values,
                        held.start, held.end, no, xml.line, xml.raw)  # fmt: skip


def _direction(said: str) -> bool | Literal["both"]:
    return "both" if said == "mutual" else said == "directed"


def _below(xml: Xml, group: str, tag: str) -> Iterator[Xml]:
    """The elements `tag` of an element, in their group or (as files have it) without one."""
    for child in xml.children:
        if child.tag == group:
            yield from (one for one in child.children if one.tag == tag)
        elif child.tag == tag:
            yield child


def _value(text: str, kind: str) -> Value:
    if not kind.startswith("list"):
        return text
    inner = text.strip()
    if inner[:1] == "[" and inner[-1:] == "]":
        return [_unquoted(piece[0].strip()) for piece in _PIECE.finditer(inner[1:-1]) if piece[0].strip()]
    mark = next((mark for mark in "|;," if mark in inner), "|")
    return [piece.strip() for piece in inner.split(mark) if piece.strip()]


def _unquoted(piece: str) -> str:
    if len(piece) > 1 and piece[0] in "'\"" and piece[-1] == piece[0]:
        return re.sub(r"\\(.)", r"\1", piece[1:-1])
    return piece


def _span(xml: Xml) -> _Span | None:
    """When something held; None where nothing says so. Gephi writes infinity where a side is open."""
    found = [xml.attrs.get(name) or xml.attrs.get(f"{name}open") for name in ("start", "end")]
    if xml.attrs.get("timestamp"):
        found = [xml.attrs["timestamp"]] * 2
    sides = [None if side is None or side.strip("-+").lower() in ("infinity", "inf") else side.strip()
             for side in found]  # fmt: skip
    return _Span(*sides) if any(sides) else None


def _is_dated(span: _Span) -> bool:
    """Whether both sides are dates, not figures of a clock that only the file knows."""
    sides = [side for side in span if side]
    return all(_DATED.match(side) and not (side.isdigit() and not 1000 < int(side) < 2200) for side in sides)


def _dated(spans: list[_Span], values: dict[str, Value]) -> tuple[_Span, list[_Span]]:
    """When a node or an edge held, and when again; figures that are no dates become attributes."""
    if not spans:
        return _Span(None, None), []
    if all(map(_is_dated, spans)):
        return spans[0], spans[1:]
    if len(spans) > 1:
        values["spells"] = [f"{span.start or ''} – {span.end or ''}" for span in spans]
    for name, side in (("start_time", spans[0].start), ("end_time", spans[-1].end)):
        if side is not None:
            values[name] = side
    return _Span(None, None), []


def _over_time(timed: list[tuple[str, Value, _Span]]) -> dict[str, Value]:
    """Values that held for a time each, where a statement cannot say when: as texts that do."""
    found: dict[str, Value] = {}
    for title, value, span in timed:
        told = found.setdefault(f"{title} over time", [])
        assert isinstance(told, list)
        told.append(f"{value} ({span.start or ''} – {span.end or ''})")
    return found


def _told(tag: str, span: _Span, title: str = "", value: Value = None) -> str:
    """What a row made of a part of an element says of itself."""
    return f"<{tag}> {title} {value if value is not None else ''} [{span.start or ''}, {span.end or ''}]"


def _drawn(xml: Xml) -> tuple[float | None, float | None, dict[str, Any]]:
    """Place and look of a node."""
    x = y = None
    look: dict[str, Any] = {}
    for child in xml.children:
        attrs = child.attrs
        if child.tag == "position":
            x, y = graph_words.number(attrs.get("x")), graph_words.number(attrs.get("y"))
        elif child.tag == "color":
            found = graph_words.rgb(attrs.get("r"), attrs.get("g"), attrs.get("b"))
            look["colour"] = found or graph_words.colour(attrs.get("hex"))
        elif child.tag == "size":
            look["measure"] = graph_words.number(attrs.get("value"))
        elif child.tag == "shape":
            look["shape"] = attrs.get("value")
    look = {name: value for name, value in look.items() if value is not None}
    return (x, -y, look) if x is not None and y is not None else (None, None, look)


MEMBER = Gexf()
