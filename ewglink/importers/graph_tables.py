"""Files that are graphs as two tables, nodes and edges, so that they are shown, mapped and kept like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers import characters, graph_bytes, graph_pictures, graph_types
from ewglink.importers.contract import Cell, Part, Problem, Recognised, Row
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, GraphOptions, Picture
from ewglink.importers.graph_spool import Spool
from ewglink.importers.graph_survey import Column, Survey, cell
from ewglink.importers.graph_words import settled_edge, settled_node
from ewglink.importers.own_tables import handling_stated
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, counted, message

_MOST_LISTED = 2_000


class GraphReading:
    """What all formats share whose files are graphs; a member adds `key`, `name`, `suffixes` and `elements`."""

    key: str
    name: str
    suffixes: tuple[str, ...] = ()
    kind = "graph"
    options: type = GraphOptions
    _last: tuple[Any, Survey, Spool] | None = None

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes, edges, attributes and problems as they come."""
        raise NotImplementedError

    def companions(self, path: Path, options: Any) -> list[Path]:
        """The other files of its folder that are read with this one: none, where a format does not say so."""
        return []

    def chunks(self, path: Path) -> Iterator[bytes]:
        """The bytes of the file, unpacked where it is a ZIP archive."""
        return graph_bytes.chunks(path, self.suffixes)

    def head(self, path: Path, head: bytes) -> bytes:
        """The first bytes of the graph, unpacked where the file is a ZIP archive that holds one such file."""
        if not graph_bytes.is_packed(head):
            return head
        try:
            return graph_bytes.packed_head(path, self.suffixes)
        except Refusal:
            return b""

    def survey(self, path: Path, options: Any) -> Survey:
        """What the file holds; remembered for the questions that follow the first."""
        return self._read_once(path, options)[0]

    def _read_once(self, path: Path, options: Any) -> tuple[Survey, Spool]:
        """What the file holds, and its elements as far as they are kept."""
        read = [path, *self.companions(path, options)]
        asked = ([(str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in read], repr(options))
        if self._last is None or self._last[0] != asked:
            self._last = None
            spool = Spool()
            self._last = asked, Survey.of(spool.keeping(self.elements(path, options))), spool
        return self._last[1:]

    def _again(self, path: Path, options: Any, *parts: str) -> Iterator[Element]:
        """The elements once more: of these parts only, where they are kept, and nodes first."""
        _survey, spool = self._read_once(path, options)
        if not spool.whole:
            yield from self.elements(path, options)
            return
        for part in parts:
            yield from spool.nodes() if part == NODES else spool.edges()

    def parts(self, path: Path, options: Any) -> list[Part]:
        """The tables “nodes” and “edges”."""
        found = self.survey(path, options)
        parts = []
        for name in (NODES, EDGES):
            rows = _Rows(found, name)
            sample = [rows.row(one) for one in found.sample[name]]
            parts.append(Part(name, found.names(name), None, not found.counts[name], tuple(sample)))
        return parts

    def read(self, path: Path, options: Any, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one table, or of both, nodes first; what is odd about the graph as a whole comes with edges."""
        found = self.survey(path, options)
        for name in (part,) if part else (NODES, EDGES):
            wanted = (NODES,) if name == NODES else (NODES, EDGES)
            yield from _Rows(found, name).read(self._again(path, options, *wanted))

    def proposes(self, path: Path, options: Any) -> Schema:
        """The types and properties that the file needs beyond those built in."""
        return graph_types.schema_of(self.survey(path, options))

    def suggests(self, path: Path, options: Any) -> dict[str, dict[str, Any]]:
        """A specification a table, as JSON, without a namespace."""
        return graph_types.specifications(self.survey(path, options), path.stem)

    def pictures(self, path: Path, options: Any) -> Iterator[Picture]:
        """The chart that the nodes' places make."""
        return graph_pictures.pictures(self.survey(path, options), path, self._again(path, options, NODES))


def rooted(reading: GraphReading, path: Path, head: bytes, root: str, *needed: str) -> Recognised:
    """How sure it is that a file is XML whose outermost element is `root`, with one of `needed` among its attributes'
    text."""
    name, attributes = graph_bytes.root_of(reading.head(path, head))
    if name != root or (needed and not any(word in attributes for word in needed)):
        return Recognised(0.0, message(N_("no such graph")))
    return Recognised(0.95, message(N_("XML whose outermost element is <{root}>"), root=root))


@dataclass
class _Rows:
    """The elements of one table as rows, and what is wrong with them."""

    survey: Survey
    part: str
    known: set[int] = field(default_factory=set)
    """Hashes of the ids met; of 64 bits, so that two never are the same by chance."""
    awaited: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """Ends of edges that no node had yet."""

    def __post_init__(self) -> None:
        self.columns: list[Column] = self.survey.filled(self.part)
        self.fixed = self.survey.names(self.part)[: -len(self.columns) or None]

    def read(self, elements: Iterator[Element]) -> Iterator[Row | Problem]:
        """The rows and problems."""
        nodes = self.part == NODES
        dropped = len(self.survey.dropped[self.part])
        if dropped:
            yield Problem(self.part, None, None, None, "too_many_attributes", counted(
                "{n} attribute is more than a table has columns; it is kept with its row, and not mapped.",
                "{n} attributes are more than a table has columns; they are kept with their rows, and not mapped.",
                dropped))  # fmt: skip
        marks = self.survey.columns[self.part].get("handling") if self.survey.title.ours else None
        if marks is not None and marks.filled:
            yield handling_stated(self.part)
        for one in elements:
            if type(one) is GraphNode:
                if nodes:
                    yield from self._node(settled_node(one))
                else:
                    self.known.add(hash(one.id))
                    self.awaited.pop(one.id, None)
            elif type(one) is GraphEdge and not nodes:
                yield from self._edge(settled_edge(one))
            elif isinstance(one, Problem) and (one.part or EDGES) == self.part:
                yield one
        if not nodes:
            yield from self._dangling()

    def _node(self, node: GraphNode) -> Iterator[Row | Problem]:
        mark = hash(node.id)
        if mark in self.known and not (node.start or node.end):
            words = N_("The node “{id}” is there more than once; what is said of it is put together.")
            yield self._problem(node, "id", "duplicate_node", words, id=node.id)
        self.known.add(mark)
        yield from self._odd(node)
        yield self.row(node)

    def _edge(self, edge: GraphEdge) -> Iterator[Row | Problem]:
        for end in (edge.source, edge.target):
            if hash(end) not in self.known and end not in self.awaited:
                self.awaited[end] = (edge.no, edge.line)
        if edge.id is not None:
            mark = hash(("edge", edge.id))
            if mark in self.known:
                words = N_("The edge “{id}” is there more than once; each is a link of its own.")
                yield self._problem(edge, "id", "duplicate_edge_id", words, id=edge.id)
                edge = edge._replace(id=None)
            self.known.add(mark)
        yield from self._odd(edge)
        yield self.row(edge)

    def _dangling(self) -> Iterator[Problem]:
        words = N_("An edge refers to the node “{id}”, which the file does not have; a node of that name is made.")
        for place, (end, (no, line)) in enumerate(self.awaited.items()):
            if place >= _MOST_LISTED:
                more = len(self.awaited) - place
                yield Problem(EDGES, None, None, None, "dangling_reference", counted(
                    "{n} more node is referred to and not there.", "{n} more nodes are referred to and not there.",
                    more))  # fmt: skip
                return
            yield Problem(EDGES, no, line, "source", "dangling_reference", message(words, id=end))

    def _problem(self, one: GraphNode | GraphEdge, column: str, code: str, words: str, **values: Any) -> Problem:
        return Problem(self.part, one.no, one.line, column, code, message(words, **values), raw=one.raw)

    def _odd(self, one: GraphNode | GraphEdge) -> Iterator[Problem]:
        if characters.suspicious(one.raw) or "\\u" in one.raw or "&#" in one.raw:
            texts = [one.label or "", *(value for value in one.values.values() if isinstance(value, str))]
            texts += [one.id or ""]
            for code, words in characters.findings("\n".join(texts)):
                yield Problem(self.part, one.no, one.line, None, code, message(N_("The row {what}."), what=words),
                              raw=one.raw)  # fmt: skip

    def row(self, one: GraphNode | GraphEdge) -> Row:
        """The element as a row of its table."""
        values = one.values
        own = [cell(values[column.name], column) if column.name in values else None for column in self.columns]
        fixed = [_clean(getattr(one, name)) for name in self.fixed]
        return Row(self.part, one.no, one.line, (*fixed, *map(_clean, own)), _clean(one.raw) or "")


def _clean(found: Any) -> Any:
    """Text that the case can keep: half characters are shown as �."""
    if isinstance(found, str):
        try:
            found.encode("utf-8")
        except UnicodeEncodeError:
            return characters.clean([found])[0]
    return found


__all__ = ["Cell", "GraphReading", "rooted"]
