"""SIF, the simple interaction format: a source, what it does, and its targets a line; attributes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.importers import encoding, guard, text_lines
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.plain_words import cell, piece
from ewglink.importers.text_lines import Line
from ewglink.plugins.options import option
from ewglink.text import N_, message

_SUFFIX = ".sif"
_MOST_KINDS = 20


@dataclass(frozen=True)
class SifOptions:
    """How to read SIF; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    directed: bool = option(True, N_("The links have a direction"))
    beside: bool = option(True, N_("Take along the attributes of the same name (.noa, .eda)"))


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, options: SifOptions) -> None:
        self.path, self.options = path, options
        self.nodes: dict[str, None] = {}
        self.edges = 0
        self.problems: list[Problem] = []
        self.of_nodes = self._beside(".noa") if options.beside else {}
        self.of_edges = self._beside(".eda") if options.beside else {}
        self.tabs = any("\t" in line.text for line in self._lines())

    def _lines(self) -> Iterator[Line]:
        for line in text_lines.lines(self.path, self.options.encoding):
            if line.text.strip():
                yield line

    def elements(self) -> Iterator[Element]:
        """Everything the file says."""
        yield from self.problems
        for line in self._lines():
            words = self._words(line.text)
            if len(words) == 2 or not words:
                words_ = N_("The line names a node and an interaction, and no other node.")
                yield Problem(EDGES, self.edges + 1, line.no, None, "no_target", message(words_), True, line.text)
                if words:
                    yield from self._node(words[0], line)
                continue
            for place, name in enumerate(words):
                if place != 1:
                    yield from self._node(name, line)
            for target in words[2:]:
                yield self._edge(words[0], words[1], target, line)

    def _words(self, text: str) -> list[str]:
        """With tabs anywhere in the file, names may hold spaces."""
        return [word.strip() for word in text.split("\t") if word.strip()] if self.tabs else text.split()

    def _node(self, name: str, line: Line) -> Iterator[GraphNode]:
        if name not in self.nodes:
            self.nodes[name] = None
            values: dict[str, Value] = {key: cell(text) for key, text in self.of_nodes.get(name, {}).items()}
            yield GraphNode(name, name, None, values, None, None, {}, len(self.nodes), line.no, piece(line.text, name))

    def _edge(self, source: str, kind: str, target: str, line: Line) -> GraphEdge:
        self.edges += 1
        found = self.of_edges.get(f"{source} ({kind}) {target}", {})
        values: dict[str, Value] = {key: cell(text) for key, text in found.items()}
        directed = self.options.directed
        raw = piece(line.text, f"{source}\t{kind}\t{target}")
        return GraphEdge(None, source, target, None, kind, directed, values, None, None, self.edges, line.no, raw)

    def _beside(self, suffix: str) -> dict[str, dict[str, str]]:
        """What an attribute file of the same name says: name of the node or edge → attribute → value."""
        other = self.path.with_suffix(suffix)
        if not guard.lies_beside(other):
            return {}
        guard.check_file(other)
        found: dict[str, dict[str, str]] = {}
        attribute = ""
        part = NODES if suffix == ".noa" else EDGES
        for line in text_lines.lines(other):
            text = line.text.strip()
            if not attribute:
                attribute = text.split(" (class=")[0].strip()
            elif " = " in text:
                name, _equals, value = text.partition(" = ")
                found.setdefault(name.strip(), {})[attribute] = value.strip()
            elif text:
                words_ = N_("The line of {file} is no attribute of anything.")
                said = message(words_, file=other.name)
                self.problems.append(Problem(part, None, line.no, None, "no_attribute", said, True, line.text))
        said = message(N_("The attributes of {file}, which lies beside the graph, are taken along."), file=other.name)
        self.problems.append(Problem(part, None, None, attribute or None, "taken_along", said))
        return found


class Sif(GraphReading):
    """The format: a node's name is its id, the interaction is the type of the link."""

    key = "sif"
    name = N_("Simple interaction format (SIF)")
    suffixes = (_SUFFIX,)
    kind = "graph"
    options = SifOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Lines of a name, a word of few different ones, and more names; by its suffix only."""
        if path.suffix.lower() != _SUFFIX:
            return Recognised(0.0, message(N_("not SIF")))
        text = head.decode(encoding.detect_bytes(head).name, "replace")
        lines = [line.split("\t") if "\t" in text else line.split() for line in text.splitlines()[:200] if line.strip()]
        kinds = {words[1] for words in lines if len(words) > 2}
        if not lines or "\x00" in text or len(kinds) > max(_MOST_KINDS, len(lines) // 2):
            return Recognised(0.2, message(N_("not SIF")))
        return Recognised(0.9, message(N_("a source, an interaction and its targets in each line")))

    def companions(self, path: Path, options: SifOptions) -> list[Path]:
        """The other files of the folder that are read with this one."""
        found = [path.with_suffix(suffix) for suffix in (".noa", ".eda")]
        return [other for other in found if guard.lies_beside(other)] if options.beside else []

    def elements(self, path: Path, options: SifOptions) -> Iterator[Element]:
        """The nodes and edges, as they come."""
        guard.check_file(path)
        yield from _Reading(path, options).elements()


MEMBER = Sif()
