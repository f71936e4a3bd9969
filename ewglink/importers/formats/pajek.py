"""Pajek networks (.net, .paj): vertices with places, arcs, edges, lists and matrices, partitions and vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.importers import encoding, guard, text_lines
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, GraphTitle, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.plain_words import cell, colour, number, piece, words
from ewglink.importers.text_lines import Line
from ewglink.plugins.options import option
from ewglink.text import N_, message

_SECTION = re.compile(r"\s*\*\s*([A-Za-z]+)(.*)")
_RELATION = re.compile(r':\s*(\d+)\s*(?:"?(.*?)"?)?\s*$')
_LEADING = re.compile(r"\s*(\d+)\s*:\s*")
_YEARS = re.compile(r"\[\s*([12]\d{3})\s*-\s*([12]\d{3}|\*)\s*\]")
_LINKS = {"arcs": True, "edges": False, "arcslist": True, "edgeslist": False}
_SHAPES = ("ellipse", "box", "diamond", "triangle", "cross", "empty", "man", "woman", "house")
_BESIDE = {".clu": "partition", ".vec": "vector"}


@dataclass(frozen=True)
class PajekOptions:
    """How to read a Pajek network; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    beside: bool = option(True, N_("Take along the partition (.clu) and vector (.vec) of the same name"))


@dataclass
class _Network:
    """Where reading stands: the vertices declared, those met, and the relations of the section."""

    prefix: str = ""
    declared: int = 0
    first_mode: int = 0
    met: int = 0
    seen: set[int] = field(default_factory=set)
    relations: dict[int, str] = field(default_factory=dict)
    relation: int | None = None
    row: int = 0


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, options: PajekOptions) -> None:
        self.path, self.options = path, options
        self.network = _Network()
        self.networks = 0
        self.edges = self.nodes = 0
        self.taken: list[Problem] = []
        self.series = self._series()
        self.placed = self._are_placed()

    def lines(self) -> Iterator[Line]:
        """The lines that say something."""
        for line in text_lines.lines(self.path, self.options.encoding):
            if line.text.strip() and not line.text.lstrip().startswith("%"):
                yield line

    def _series(self) -> dict[str, list[str]]:
        """Name → the value of each vertex, of the partitions and vectors in the file and beside it."""
        found: dict[str, list[str]] = {}
        if self.path.suffix.lower() == ".paj":
            found.update(_series_in(text_lines.lines(self.path, self.options.encoding), ""))
        for other in _beside(self.path) if self.options.beside else ():
            name = _BESIDE[other.suffix]
            guard.check_file(other)
            found.update(_series_in(text_lines.lines(other), name))
            words_ = N_("The values of {file}, which lies beside the network, are taken along.")
            self.taken.append(Problem(NODES, None, None, name, "taken_along", message(words_, file=other.name)))
        return found

    def _are_placed(self) -> bool:
        """Whether the vertices have places: not all of them the same."""
        first: tuple[float, float] | None = None
        inside = False
        for line in self.lines():
            if section := _SECTION.match(line.text):
                if inside:
                    return False
                inside = section[1].lower() == "vertices"
            elif inside:
                place = _place(words(line.text))
                if place and first and place != first:
                    return True
                first = place or first
        return False

    def elements(self) -> Iterator[Element]:
        """Everything the file says."""
        yield from self.taken
        section = ""
        for line in self.lines():
            heading = _SECTION.match(line.text)
            if heading:
                yield from self._end(section)
                before, section = section, heading[1].lower()
                if section == "vertices" and before in ("partition", "vector"):
                    section = "values"
                yield from self._begin(section, heading[2], line)
            elif section == "vertices":
                yield from self._vertex(line)
            elif section == "values":
                continue
            elif section in _LINKS or section == "matrix":
                yield from self._matrix_row(line) if section == "matrix" else self._link(section, line)
            else:
                yield _rejected(EDGES, None, line, "unknown_line", N_("The line is in no section that is known."))
        yield from self._end(section)

    def _begin(self, section: str, rest: str, line: Line) -> Iterator[Element]:
        network = self.network
        if section == "vertices":
            counts = [int(one) for one in re.findall(r"\d{1,12}", rest)[:2]]
            self.networks += 1
            prefix = "" if self.networks == 1 else f"{self.networks}:"
            self.network = _Network(prefix, counts[0] if counts else 0, counts[1] if len(counts) > 1 else 0)
        elif section in _LINKS or section == "matrix":
            found = _RELATION.match(rest.strip())
            network.row = 0
            network.relation = int(found[1]) if found else None
            if found and found[2]:
                network.relations[int(found[1])] = found[2]
        elif section == "network" and rest.strip() and not self.networks:
            yield GraphTitle(rest.strip())
        elif section not in ("network", "partition", "vector", "values", "title"):
            yield _rejected(EDGES, None, line, "unknown_section", N_("The section is not known; it is not imported."))

    def _end(self, section: str) -> Iterator[GraphNode | Problem]:
        """Vertices that are declared and not listed are vertices all the same."""
        network = self.network
        if section != "vertices" or len(network.seen) >= network.declared:
            return
        if network.declared > guard.LIMITS.rows:
            words_ = N_("{n} vertices are declared and {listed} listed; those that are not listed are left out.")
            said = message(words_, n=network.declared, listed=len(network.seen))
            yield Problem(NODES, None, None, None, "vertices_not_listed", said)
            return
        for place in range(1, network.declared + 1):
            if place not in network.seen:
                self.nodes += 1
                values = self._values(place)
                name = network.prefix + str(place)
                yield GraphNode(name, str(place), None, values, None, None, {}, self.nodes, None, str(place))

    def _values(self, place: int) -> dict[str, Value]:
        network = self.network
        found: dict[str, Value] = {}
        if network.first_mode:
            found["mode"] = 1 if place <= network.first_mode else 2
        for name, series in self.series.items():
            if place <= len(series):
                found[name] = cell(series[place - 1])
        return found

    def _vertex(self, line: Line) -> Iterator[GraphNode | Problem]:
        found = words(line.text)
        self.nodes += 1
        if found[0][1] or not found[0][0].isdecimal() or len(found[0][0]) > 12:
            yield _rejected(
                NODES, self.nodes, line, "no_vertex_number", N_("The line does not begin with a vertex's number.")
            )
            return
        place = int(found[0][0])
        network = self.network
        if place in network.seen:
            words_ = N_("The vertex {vertex} is listed twice; the second line is not imported.")
            said = message(words_, vertex=place)
            yield Problem(NODES, self.nodes, line.no, None, "vertex_twice", said, True, line.text)
            return
        network.seen.add(place)
        label = found[1][0] if len(found) > 1 else str(place)
        spot = _place(found) if self.placed else None
        values = self._values(place)
        look: dict[str, Any] = {}
        _more(values, look, found[_after_place(found) :])
        x, y = spot or (None, None)
        name = network.prefix + str(place)
        yield GraphNode(name, label, None, values, x, y, look, self.nodes, line.no, line.text)

    def _link(self, section: str, line: Line) -> Iterator[GraphEdge | Problem]:
        text, relation = line.text, self.network.relation
        if leading := _LEADING.match(text):
            relation, text = int(leading[1]), text[leading.end() :]
        found = words(text)
        ends = [one for one, quoted in found[: None if section.endswith("list") else 2] if not quoted]
        if len(ends) < 2 or not all(one.lstrip("-").isdecimal() for one in ends):
            self.edges += 1
            yield _rejected(
                EDGES, self.edges, line, "no_ends", N_("The line does not name two vertices by their numbers.")
            )
            return
        if section.endswith("list"):
            for target in ends[1:]:
                yield self._edge(ends[0], target, _LINKS[section], {}, relation, line)
            return
        values: dict[str, Value] = {}
        rest = found[2:]
        if rest and number(rest[0][0]) is not None:
            values["weight"] = cell(rest[0][0])
            rest = rest[1:]
        look: dict[str, Any] = {}
        _more(values, look, rest)
        yield self._edge(ends[0], ends[1], _LINKS[section], values, relation, line)

    def _matrix_row(self, line: Line) -> Iterator[GraphEdge | Problem]:
        network = self.network
        network.row += 1
        start = network.first_mode if network.first_mode else 0
        for place, text in enumerate(line.text.split(), start + 1):
            if number(text) is None:
                self.edges += 1
                yield _rejected(EDGES, self.edges, line, "no_number", N_("A cell of the matrix is no number."))
                return
            if number(text):
                yield self._edge(
                    str(network.row), str(place), not network.first_mode, {"weight": cell(text)}, network.relation, line
                )

    def _edge(
        self, source: str, target: str, directed: bool, values: dict[str, Value], relation: int | None, line: Line
    ) -> GraphEdge:
        self.edges += 1
        network = self.network
        kind = None if relation is None else network.relations.get(relation, str(relation))
        label = values.pop("l", None)
        years = _YEARS.fullmatch(str(values.get("time", "")))
        start, end = (years[1], None if years[2] == "*" else years[2]) if years else (None, None)
        a, b = network.prefix + source.lstrip("-"), network.prefix + target.lstrip("-")
        return GraphEdge(
            None, a, b, None if label is None else str(label), kind, directed, values, start, end, self.edges, line.no,
            piece(line.text, f"{source} {target}"),
        )  # fmt: skip


def _beside(path: Path) -> list[Path]:
    """The partition and the vector of the same name."""
    found = [path.with_suffix(suffix) for suffix in _BESIDE]
    return [other for other in found if other != path and guard.lies_beside(other)]


def _place(found: list[tuple[str, bool]]) -> tuple[float, float] | None:
    """Where a vertex is: the first two numbers after its label, y down."""
    if len(found) < 4:
        return None
    x, y = number(found[2][0]), number(found[3][0])
    return None if x is None or y is None else (x, y)


def _after_place(found: list[tuple[str, bool]]) -> int:
    at = 2
    while at < min(len(found), 5) and number(found[at][0]) is not None:
        at += 1
    return at


def _more(values: dict[str, Value], look: dict[str, Any], rest: list[tuple[str, bool]]) -> None:
    """What follows the numbers: a shape, a time in brackets, and names with values."""
    texts = [text for text, _quoted in rest]
    at = 0
    if texts and texts[0].lower() in _SHAPES:
        look["shape"] = texts[0].lower()
        at = 1
    while at < len(texts):
        name = texts[at]
        if name.startswith("[") and not rest[at][1]:
            values["time"] = name
            at += 1
            continue
        value = texts[at + 1] if at + 1 < len(texts) else ""
        _attribute(values, look, name, value)
        at += 2


def _attribute(values: dict[str, Value], look: dict[str, Any], name: str, text: str) -> None:
    if name == "ic" and (found := colour(text)):
        look["colour"] = found
    elif name == "x_fact" and (size := number(text)):
        look["size"] = size
    values[name] = text if name == "l" else cell(text)


def _series_in(lines: Iterator[Line], default: str) -> dict[str, list[str]]:
    """The partitions and vectors among `lines`: name → value of each vertex. `default` names one without a heading."""
    found: dict[str, list[str]] = {}
    name, inside = default, bool(default)
    for line in lines:
        text = line.text.strip()
        if section := _SECTION.match(text):
            word = section[1].lower()
            if word in ("partition", "vector"):
                name, inside = section[2].strip() or word, True
            elif word != "vertices":
                inside = False
        elif inside and text and not text.startswith("%") and len(found.get(name, ())) < guard.LIMITS.rows:
            found.setdefault(name, []).append(text)
    return found


def _rejected(part: str, no: int | None, line: Line, code: str, template: str) -> Problem:
    return Problem(part, no, line.no, None, code, message(template), True, line.text)


class Pajek(GraphReading):
    """The format: a vertex's number is its id; arcs are directed, edges are not."""

    key = "pajek"
    name = N_("Pajek network")
    suffixes = (".net", ".paj")
    kind = "graph"
    options = PajekOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Text whose first line that says something opens a network or its vertices."""
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff")
        for line in text.splitlines()[:200]:
            if not line.strip() or line.lstrip().startswith("%"):
                continue
            section = _SECTION.match(line)
            if section and section[1].lower() == "vertices" and re.search(r"\d", section[2]):
                return Recognised(0.95, message(N_("Pajek: a list of vertices")))
            if not section or section[1].lower() not in ("network", "vertices", "title"):
                break
        return Recognised(0.0, message(N_("not Pajek")))

    def companions(self, path: Path, options: PajekOptions) -> list[Path]:
        """The other files of the folder that are read with this one."""
        return _beside(path) if options.beside and path.suffix.lower() not in _BESIDE else []

    def elements(self, path: Path, options: PajekOptions) -> Iterator[Element]:
        """The vertices and lines, as they come."""
        guard.check_file(path)
        yield from _Reading(path, options).elements()


MEMBER = Pajek()
