"""DOT, the language of Graphviz: graphs and digraphs with subgraphs, defaults, ports, chains and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers import encoding, guard
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.dot_words import Word, Words, plain, shown
from ewglink.importers.graph_file import EDGES, Element, GraphEdge, GraphNode, GraphTitle, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.plain_words import cell, colour, number, piece
from ewglink.plugins.options import option
from ewglink.text import N_, message

_OPENING = re.compile(
    r"\ufeff?(?:\s|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/|#[^\n]*\n)*(?:strict\s+)?(?:di)?graph\b"
    r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)*"
    r'(?:[\w\u0080-\uffff.-]+|"(?:[^"\\]|\\.)*"|<[^{]*>)?'
    r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*\n)*\{",
    re.IGNORECASE | re.DOTALL,
)
_DRAWN = frozenset({"pos", "lp", "_draw_", "_ldraw_", "_hdraw_", "_tdraw_", "_hldraw_", "_tldraw_", "rects"})
"""Attributes that only say how the picture was drawn; they stay in the element's own text."""
_SHOWN = 300
_POINTS = 72
"""Points an inch."""

Attributes = dict[str, str]

_QUOTED = 60
"""Characters of a file that a refusal quotes, on one line."""


@dataclass(frozen=True)
class DotOptions:
    """How to read DOT; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))


class _Wrong(Exception):
    """A word stands where none of its kind can."""


@dataclass
class _Scope:
    """What holds inside a pair of braces."""

    node: Attributes = field(default_factory=dict)
    edge: Attributes = field(default_factory=dict)
    own: Attributes = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    members: dict[str, None] = field(default_factory=dict)
    depth: int = 0


@dataclass
class _Node:
    """What is said of a node so far."""

    attributes: Attributes
    line: int
    raws: list[str]
    groups: dict[str, None] = field(default_factory=dict)


class _Parsing:
    """One pass over a text."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.words = path, Words(text)
        self.nodes: dict[str, _Node] = {}
        self.labels: dict[str, str] = {}
        self.edges = self.graphs = self.listed = 0
        self.directed = self.strict = False
        self.pairs: dict[tuple[str, str], tuple[Attributes, int, list[str]]] = {}
        self.name = ""

    def elements(self) -> Iterator[Element]:
        """Everything the text says: edges where they stand, nodes at the end of each graph."""
        while self.words.ahead.kind != "end":
            try:
                self._opening()
            except _Wrong:
                if not self.graphs:
                    raise self._refused() from None
                yield self._problem(self.words.ahead, self.words.ahead.start)
                return
            self.graphs += 1
            scope = _Scope()
            yield from self._statements(scope)
            if self.graphs == 1:
                yield GraphTitle(scope.own.get("label") or self.name or None)
            yield from self._ended()

    def _refused(self) -> Exception:
        words = N_("{file} is not well-formed DOT: line {line} says “{word}”.")
        at = self.words.ahead
        word = " ".join(at.text.split())[:_QUOTED]
        return guard.refuse(
            "broken_dot", message(words, file=self.path.name, line=self.words.line(at.start), word=word), self.path
        )

    def _opening(self) -> None:
        word = self.words.take()
        self.strict = word.text == "strict" and word.kind == "keyword"
        if self.strict:
            word = self.words.take()
        if word.kind != "keyword" or word.text not in ("graph", "digraph"):
            raise _Wrong
        self.directed = word.text == "digraph"
        self.name = self.words.take().text if self.words.ahead.kind in ("id", "html") else ""
        if not self.words.taken("{"):
            raise _Wrong

    def _statements(self, scope: _Scope) -> Iterator[Element]:
        """The statements up to the closing brace."""
        words = self.words
        while True:
            word = words.ahead
            if word.kind == "end":
                yield self._problem(word, word.start, "cut_off")
                return
            if words.taken("}"):
                return
            if words.taken(";") or words.taken(","):
                continue
            try:
                yield from self._statement(scope)
            except _Wrong:
                yield self._problem(words.ahead, word.start)
                words.skip_line()

    def _statement(self, scope: _Scope) -> Iterator[Element]:
        words, start = self.words, self.words.ahead.start
        word = words.ahead
        if word.kind == "keyword" and word.text in ("graph", "node", "edge"):
            words.take()
            into = {"graph": scope.own, "node": scope.node, "edge": scope.edge}[word.text]
            into.update(self._attributes())
            return
        ends: list[tuple[list[str], str]] = []
        operators: list[str] = []
        while True:
            found: list[Element] = []
            ends.append(self._end(scope, found))
            yield from found
            if words.taken("="):
                if operators or word.kind not in ("id", "html"):
                    raise _Wrong
                scope.own[ends[0][0][0]] = self._value()
                scope.members.pop(ends[0][0][0], None)
                return
            if words.ahead.kind == "operator" and words.ahead.text in ("->", "--"):
                operators.append(words.take().text)
                continue
            break
        single = not operators and words.ahead.text == "[" or operators
        attributes = self._attributes() if single else {}
        raw = words.text[start : words.behind]
        if operators:
            yield from self._links(scope, ends, operators, attributes, start, raw)
            return
        if word.kind in ("id", "html"):
            self._node(ends[0][0][0], scope, start, raw).attributes.update(attributes)

    def _end(self, scope: _Scope, found: list[Element]) -> tuple[list[str], str]:
        """One end of an edge: the nodes it stands for and its port. Elements inside of a subgraph go to `found`."""
        words = self.words
        word = words.ahead
        if word.kind == "keyword" and word.text == "subgraph" or word.kind == "operator" and word.text == "{":
            return self._subgraph(scope, found), ""
        if word.kind not in ("id", "html"):
            raise _Wrong
        words.take()
        if words.ahead.text == "=" and words.ahead.kind == "operator":
            return [word.text], ""
        name = self._id(word.text)
        self._node(name, scope, word.start, None)
        ports = []
        while words.taken(":"):
            ports.append(self._taken("id").text)
        return [name], ":".join(ports)

    def _id(self, text: str) -> str:
        return text if self.graphs <= 1 else f"{self.graphs}:{text}"

    def _subgraph(self, scope: _Scope, found: list[Element]) -> list[str]:
        words, name = self.words, ""
        if scope.depth >= guard.LIMITS.json_depth:
            text = N_("{file} is nested more than {limit} levels deep in line {line}; it is not read.")
            said = message(text, file=self.path.name, limit=scope.depth, line=words.line(words.ahead.start))
            raise guard.refuse("nested_too_deep", said, self.path)
        if words.ahead.kind == "keyword":
            words.take()
            if words.ahead.kind in ("id", "html"):
                name = words.take().text
        if not words.taken("{"):
            raise _Wrong
        groups = (*scope.groups, name) if name else scope.groups
        inner = _Scope(dict(scope.node), dict(scope.edge), {}, groups, {}, scope.depth + 1)
        found.extend(self._statements(inner))
        if name and inner.own.get("label"):
            self.labels[name] = inner.own["label"]
        scope.members.update(inner.members)
        return list(inner.members)

    def _attributes(self) -> Attributes:
        words, found = self.words, {}
        while words.taken("["):
            while not words.taken("]"):
                if words.taken(",") or words.taken(";"):
                    continue
                word = self._taken("id", "html", "keyword")
                found[word.text] = self._value() if words.taken("=") else "true"
        return found

    def _value(self) -> str:
        word = self._taken("id", "html", "keyword")
        return plain(word.text) if word.kind == "html" else word.text

    def _taken(self, *kinds: str) -> Word:
        """The next word, which must be of one of these kinds."""
        if self.words.ahead.kind not in kinds:
            raise _Wrong
        return self.words.take()

    def _node(self, name: str, scope: _Scope, at: int, raw: str | None) -> _Node:
        known = self.nodes.get(name)
        if known is None:
            known = self.nodes[name] = _Node(dict(scope.node), self.words.line(at), [])
        if raw is not None:
            known.raws.append(raw)
        known.groups.update(dict.fromkeys(scope.groups))
        scope.members[name] = None
        return known

    def _links(
        self, scope: _Scope, ends: list[tuple[list[str], str]], operators: list[str], attributes: Attributes,
        start: int, raw: str,
    ) -> Iterator[Element]:  # fmt: skip
        line = self.words.line(start)
        for (tails, tail_port), (heads, head_port), operator in zip(ends, ends[1:], operators, strict=False):
            if len(tails) * len(heads) > guard.LIMITS.rows:
                words = N_("Line {line} of {file} stands for more than {limit} links; it is not read.")
                said = message(words, line=line, file=self.path.name, limit=guard.LIMITS.rows)
                raise guard.refuse("too_many_links", said, self.path)
            own = scope.edge | attributes
            own |= {"tailport": tail_port} if tail_port else {}
            own |= {"headport": head_port} if head_port else {}
            for tail in tails:
                for head in heads:
                    if self.strict:
                        self._merge(tail, head, own, line, raw)
                    else:
                        kept = piece(raw, f"{tail} {operator} {head}")
                        yield self._edge(tail, head, own, operator == "->", line, kept)

    def _merge(self, tail: str, head: str, own: Attributes, line: int, raw: str) -> None:
        """In a strict graph there is one edge between two nodes; what is said later is added."""
        pair = (tail, head) if self.directed or (head, tail) not in self.pairs else (head, tail)
        known = self.pairs.setdefault(pair, ({}, line, []))
        known[0].update(own)
        known[2].append(raw)

    def _edge(self, tail: str, head: str, own: Attributes, directed: bool, line: int, raw: str) -> GraphEdge:
        self.edges += 1
        way = own.get("dir", "")
        names = {"T": tail, "H": head, "G": self.name, "E": f"{tail}{'->' if directed else '--'}{head}"}
        label = own.get("label") or own.get("xlabel")
        values: dict[str, Value] = {
            name: cell(text) for name, text in own.items() if name not in _DRAWN and name not in ("label", "id")
        }
        if directed and way == "back":
            tail, head = head, tail
        return GraphEdge(
            own.get("id"), tail, head, shown(label, **names) if label else None, None,
            directed and way not in ("none", "both"), values, None, None, self.edges, line, raw,
        )  # fmt: skip

    def _ended(self) -> Iterator[Element]:
        """The nodes of a graph, and the edges of a strict one."""
        for name, node in self.nodes.items():
            self.listed += 1
            yield self._as_node(name, node)
        for (tail, head), (own, line, raws) in self.pairs.items():
            yield self._edge(tail, head, own, self.directed, line, "; ".join(raws))
        self.nodes, self.pairs, self.labels = {}, {}, {}

    def _as_node(self, name: str, node: _Node) -> GraphNode:
        own = node.attributes
        label = own.get("label", "\\N")
        values: dict[str, Value] = {
            key: cell(text) for key, text in own.items() if key not in _DRAWN and key != "label"
        }
        for key, clusters in (("cluster", True), ("subgraph", False)):
            groups = [
                self.labels.get(one, one) for one in node.groups if one.lower().startswith("cluster") == clusters
            ]
            if groups and key not in values:
                values[key] = groups[0] if len(groups) == 1 else list(groups)
        place = _place(own.get("pos", ""))
        x, y = place or (None, None)
        raw = "; ".join(node.raws) or name
        shortest = name if self.graphs == 1 else name.partition(":")[2]
        said = shown(label, N=shortest, G=self.name).strip()
        return GraphNode(name, said or shortest, None, values, x, y, _look(own), self.listed, node.line, raw)

    def _problem(self, word: Word, start: int, code: str = "broken_dot") -> Problem:
        line = self.words.line(word.start)
        raw = self.words.text[start : max(word.end, start) + _SHOWN].split("\n")[0][:_SHOWN]
        words = N_("The text breaks off: a brace or a quotation mark is never closed.")
        if code != "cut_off" and word.end < len(self.words.text):
            words = N_("“{word}” cannot stand here; the statement is not imported.")
        return Problem(EDGES, None, line, None, code, message(words, word=word.text), True, raw)


def _place(text: str) -> tuple[float, float] | None:
    """`pos` in points, y upwards, as x and y downwards."""
    pieces = text.rstrip("!").split(",")
    if len(pieces) < 2:
        return None
    x, y = number(pieces[0].strip()), number(pieces[1].strip())
    return None if x is None or y is None else (x, -y)


def _look(own: Attributes) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if found := colour(own.get("fillcolor", "")) or colour(own.get("color", "")):
        look["colour"] = found
    if own.get("shape"):
        look["shape"] = own["shape"]
    for name, key in (("width", "w"), ("height", "h")):
        if size := number(own.get(name, "")):
            look[key] = size * _POINTS
    return look


class Dot(GraphReading):
    """The format: a node's name is its id; clusters become an attribute of their nodes."""

    key = "dot"
    name = N_("Graphviz (DOT)")
    suffixes = (".dot", ".gv")
    kind = "graph"
    options = DotOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Text that opens a graph with a brace."""
        text = head.decode(encoding.detect_bytes(head).name, "replace")
        if _OPENING.match(text[: 1 << 13]):
            return Recognised(0.95, message(N_("text that opens a graph as Graphviz writes it")))
        return Recognised(0.0, message(N_("not DOT")))

    def elements(self, path: Path, options: DotOptions) -> Iterator[Element]:
        """The nodes and edges; the text is held in memory."""
        size = guard.check_file(path)
        if size > guard.LIMITS.json_size:
            words = N_("{file} has {size} MB; at most {limit} MB are read.")
            said = message(words, file=path.name, size=size // guard.MB, limit=guard.LIMITS.json_size // guard.MB)
            raise guard.refuse("file_too_large", said, path)
        with encoding.open_text(path, encoding.chosen(path, options.encoding)) as stream:
            text = stream.read()
        yield from _Parsing(path, text).elements()


MEMBER = Dot()
