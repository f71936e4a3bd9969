"""Adjacency matrices: names along the top and down the side, and a number where there is a link."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ewglink.importers import dialect, encoding, guard, text_lines
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.plain_words import cell, number, piece
from ewglink.importers.text_lines import Line
from ewglink.plugins.options import option
from ewglink.text import N_, message

_MARKS = {"comma": ",", "tab": "\t", "semicolon": ";", "space": " "}
_EMPTY = ("", "0", "0.0", "-", ".", "na", "nan", "false", "no")
_YES = ("x", "true", "yes", "1")
_MOST_NAMES = 20_000


@dataclass(frozen=True)
class MatrixOptions:
    """How to read a matrix; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    delimiter: str = option("auto", N_("Delimiter"), choices=("auto", "comma", "tab", "semicolon", "space"),
                            choice_labels=(N_("Automatic"), N_("Comma"), N_("Tab"), N_("Semicolon"), N_("Space")))
    directed: str = option("auto", N_("The links have a direction"), choices=("auto", "yes", "no"),
                           choice_labels=(N_("Unless both halves are the same"), N_("Yes"), N_("No")))


@dataclass(frozen=True)
class _Layout:
    """What parts the cells; the names along the top; `square` where the same names stand down the side."""

    mark: str
    names: tuple[str, ...]
    square: bool


def _cells(text: str, mark: str) -> list[str]:
    if mark == " ":
        return text.split()
    try:
        return [one.strip() for one in next(csv.reader([text], delimiter=mark), [])]
    except csv.Error:
        return []


def _rows(path: Path, spoken: str) -> Iterator[Line]:
    """The rows; comments can only stand above the first, below it `#` begins a name."""
    csv.field_size_limit(dialect.FIELD_LIMIT)
    begun = False
    for line in text_lines.lines(path, spoken):
        begun = begun or bool(line.text.strip()) and not line.text.startswith("#")
        if begun and line.text.strip():
            yield line


def _top(first: list[str], second: list[str]) -> tuple[str, ...]:
    """The names along the top: the first cell, above the side, is none of them, if it is there at all."""
    if len(first) == len(second) - 1:
        return tuple(first)
    return tuple(first[1:])


def _layout(path: Path, options: MatrixOptions) -> _Layout:
    rows = [line.text for line in islice(_rows(path, options.encoding), 2)]
    if len(rows) < 2:
        raise text_lines.empty(path)
    mark = _MARKS.get(options.delimiter) or _mark(rows)
    names = _top(_cells(rows[0], mark), _cells(rows[1], mark))
    if len(names) > _MOST_NAMES:
        words = N_("The matrix has {n} columns; at most {limit} are read.")
        raise guard.refuse("too_many_columns", message(words, n=len(names), limit=_MOST_NAMES), path)
    side: list[str] = []
    for line in islice(_rows(path, options.encoding), 1, len(names) + 2):
        side.append((_cells(line.text, mark) or [""])[0])
    return _Layout(mark, names, len(side) == len(names) and set(side) == set(names))


def _mark(rows: list[str]) -> str:
    for mark in ("\t", ";", ","):
        if len(_cells(rows[1], mark)) > 1:
            return mark
    return " "


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, options: MatrixOptions) -> None:
        self.path, self.options = path, options
        self.layout = _layout(path, options)
        self.directed = self._directed()
        self.nodes: dict[str, int] = {}
        self.halves: dict[tuple[str, str], str] = {}
        """The links without a direction of which the other half of the matrix has said nothing yet."""
        self.edges = self.row = 0

    def _directed(self) -> bool:
        if not self.layout.square:
            return False
        if self.options.directed != "auto":
            return self.options.directed == "yes"
        above: dict[tuple[str, str], str] = {}
        for line in islice(_rows(self.path, self.options.encoding), 1, None):
            cells = _cells(line.text, self.layout.mark)
            for name, text in zip(self.layout.names, cells[1:], strict=False):
                if _is_link(text) and cells[0] != name and above.pop((name, cells[0]), None) != text:
                    above[(cells[0], name)] = text
                    if len(above) > guard.LIMITS.rows:
                        return True
        return bool(above)

    def elements(self) -> Iterator[Element]:
        """The names first, then the links row by row; of a symmetric matrix, one half."""
        layout = self.layout
        mode: dict[str, Value] = {} if layout.square else {"mode": "column"}
        for name in layout.names:
            yield from self._node(name if layout.square else self._column(name), name, dict(mode), 1)
        seen: set[str] = set()
        for line in islice(_rows(self.path, self.options.encoding), 1, None):
            cells = _cells(line.text, layout.mark)
            self.row += 1
            if len(cells) != len(layout.names) + 1 or not cells[0]:
                words = N_("The row has {n} cells and the matrix {columns}; it is not imported.")
                said = message(words, n=len(cells), columns=len(layout.names) + 1)
                yield Problem(EDGES, self.row, line.no, None, "wrong_width", said, True, line.text)
                continue
            if cells[0] in seen:
                words = N_("The row “{name}” is there twice; its links are added.")
                said = message(words, name=cells[0])
                yield Problem(EDGES, self.row, line.no, None, "row_twice", said, raw=line.text)
            if not layout.square:
                yield from self._node(cells[0], cells[0], {"mode": "row"}, line.no)
            yield from self._links(cells, line)
            seen.add(cells[0])

    def _column(self, name: str) -> str:
        """The id of a column's node: apart from a row of the same name."""
        return name if name not in self._sides else f"column:{name}"

    @property
    def _sides(self) -> frozenset[str]:
        found = getattr(self, "_known_sides", None)
        if found is None:
            rows = islice(_rows(self.path, self.options.encoding), 1, None)
            found = frozenset((_cells(line.text, self.layout.mark) or [""])[0] for line in rows)
            self._known_sides = found
        return found

    def _node(self, id: str, label: str, values: dict[str, Value], line: int) -> Iterator[Element]:
        if id in self.nodes:
            if line == 1:
                words = N_("The column “{name}” is there twice; its links are added.")
                yield Problem(NODES, None, line, label, "column_twice", message(words, name=label))
            return
        self.nodes[id] = len(self.nodes) + 1
        yield GraphNode(id, label, None, values, None, None, {}, len(self.nodes), line, label)

    def _links(self, cells: list[str], line: Line) -> Iterator[Element]:
        source, layout = cells[0], self.layout
        for name, text in zip(layout.names, cells[1:], strict=True):
            if not _is_link(text):
                continue
            if layout.square and not self.directed and name != source:
                if self.halves.pop((name, source), None) == text:
                    continue
                self.halves[(source, name)] = text
            self.edges += 1
            target = name if layout.square else self._column(name)
            values: dict[str, Value] = {} if text.lower() in ("x", "true", "yes") else {"weight": cell(text)}
            raw = piece(line.text, f"{source}{layout.mark}{name}{layout.mark}{text}")
            if number(text) is None and values:
                values = {"value": text}
            yield GraphEdge(None, source, target, None, None, self.directed, values, None, None, self.edges, line.no,
                            raw)  # fmt: skip


def _is_link(text: str) -> bool:
    if text.lower() in _EMPTY:
        return False
    return number(text) != 0.0


class Matrix(GraphReading):
    """The format: the nodes are the names; the same names on both sides make a square matrix, others a two-mode one."""

    key = "matrix"
    name = N_("Adjacency matrix")
    suffixes = (".csv", ".tsv", ".txt", ".mat")
    kind = "graph"
    options = MatrixOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """A table with the same names along the top and down the side, and numbers between."""
        nothing = Recognised(0.0, message(N_("no matrix")))
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff")
        rows = [line for line in text.splitlines() if line.strip()]
        while rows and rows[0].startswith("#"):
            rows.pop(0)
        if len(head) >= 1 << 16:
            rows = rows[:-1]
        if len(rows) < 3 or "\x00" in text:
            return nothing
        mark = _mark(rows)
        table = [_cells(row, mark) for row in rows]
        names = _top(table[0], table[1])
        if len(names) < 2 or len(set(names)) < len(names) or any(len(row) != len(names) + 1 for row in table[1:]):
            return nothing
        if any(number(name) is not None for name in names) and not set(names) & {row[0] for row in table[1:]}:
            return nothing
        if any(not _is_cell(one) for row in table[1:] for one in row[1:]):
            return nothing
        side = [row[0] for row in table[1:]]
        whole = len(head) < 1 << 16
        if side == list(names[: len(side)]) and (not whole or len(side) == len(names)):
            return Recognised(0.99, message(N_("the same names along the top and down the side")))
        if whole and set(side) == set(names) and len(side) == len(names):
            return Recognised(0.99, message(N_("the same names along the top and down the side")))
        return Recognised(0.3, message(N_("numbers below names, which may be a matrix")))

    def elements(self, path: Path, options: MatrixOptions) -> Iterator[Element]:
        """The nodes and edges."""
        guard.check_file(path)
        yield from _Reading(path, options).elements()


def _is_cell(text: str) -> bool:
    return text.lower() in _EMPTY or text.lower() in _YES or number(text) is not None


MEMBER = Matrix()
