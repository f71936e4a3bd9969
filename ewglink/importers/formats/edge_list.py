"""Edge lists: two nodes a line and perhaps a weight, without headings, parted by spaces, tabs or commas."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ewglink.importers import encoding, guard, text_lines
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import EDGES, Element, GraphEdge, GraphNode, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.plain_words import cell, number
from ewglink.importers.text_lines import Line
from ewglink.plugins.options import option
from ewglink.text import N_, message

_COMMENTS = ("#", "%", "//")
_SUFFIXES = (".edges", ".edgelist", ".el", ".ncol", ".wel")
_MARKS = {"comma": ",", "tab": "\t", "semicolon": ";", "space": " "}
_PAIR = re.compile(r"['\"]?([^'\":]+)['\"]?\s*:\s*(?:['\"]([^'\"]*)['\"]|([^,}]*))")


@dataclass(frozen=True)
class EdgeListOptions:
    """How to read an edge list; what is `auto` is found from the file."""

    encoding: str = option("auto", N_("Encoding"))
    delimiter: str = option("auto", N_("Delimiter"), choices=("auto", "space", "tab", "comma", "semicolon"),
                            choice_labels=(N_("Automatic"), N_("Space"), N_("Tab"), N_("Comma"), N_("Semicolon")))
    directed: bool = option(False, N_("The links have a direction"))


def said(path: Path, spoken: str) -> Iterator[Line]:
    """The lines that are no comments."""
    for line in text_lines.lines(path, spoken):
        text = line.text.strip()
        if text and not text.startswith(_COMMENTS):
            yield line


def mark_of(texts: list[str]) -> str:
    """What parts the words: what every line has, in two or more pieces."""
    for mark in ("\t", ",", ";"):
        if texts and all(len(pieces(text, mark)) >= 2 for text in texts):
            return mark
    return " "


def pieces(text: str, mark: str) -> list[str]:
    """The words of a line; those in quotation marks may hold the mark."""
    text = text.strip()
    if mark == " ":
        return next(csv.reader([text], delimiter=" ", skipinitialspace=True), []) if '"' in text else text.split()
    return [one.strip() for one in next(csv.reader([text], delimiter=mark, skipinitialspace=True), [])]


class EdgeList(GraphReading):
    """The format: a node's name is its id; a third column of numbers is the weight, others are attributes."""

    key = "edge_list"
    name = N_("Edge list")
    suffixes = (*_SUFFIXES, ".txt", ".csv", ".tsv")
    kind = "graph"
    options = EdgeListOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Text of two or three short words a line, some of which come back; a table with headings is none."""
        named = path.suffix.lower() in _SUFFIXES
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff")
        lines = text.splitlines()
        if len(head) >= 1 << 16:
            lines = lines[:-1]
        texts = [line for line in lines[:500] if line.strip() and not line.lstrip().startswith(_COMMENTS)]
        if not texts or "\x00" in text or texts[0].lstrip()[:1] in ("<", "{", "[", "*"):
            return Recognised(0.0, message(N_("no edge list")))
        mark = mark_of(texts)
        rows = [_pieces(one, mark) for one in texts]
        if sum(_is_edge(row) for row in rows) < 0.95 * len(rows):
            return Recognised(0.0, message(N_("no edge list")))
        reason = message(N_("two nodes in each line, without headings"))
        if named:
            return Recognised(0.9, reason)
        if any(line.lstrip().startswith(_COMMENTS) for line in lines[:500]) and len(rows) > 2 and _comes_back(rows):
            return Recognised(0.85 if mark in " \t" else 0.7, reason)
        sure = _sureness(rows, mark)
        return Recognised(min(sure, 0.6) if path.suffix.lower() in (".csv", ".tsv") else sure, reason)

    def elements(self, path: Path, options: EdgeListOptions) -> Iterator[Element]:
        """The nodes and edges, as they come."""
        guard.check_file(path)
        mark = _MARKS.get(options.delimiter) or mark_of(
            [line.text for line in islice(said(path, options.encoding), 500)]
        )
        nodes: set[str] = set()
        edges = 0
        for line in said(path, options.encoding):
            words = _pieces(line.text, mark)
            edges += 1
            if len(words) < 2 or not words[0] or not words[1]:
                words_ = N_("The line does not name two nodes.")
                yield Problem(EDGES, edges, line.no, None, "no_ends", message(words_), True, line.text)
                continue
            for name in words[:2]:
                if name not in nodes:
                    nodes.add(name)
                    yield GraphNode(name, name, None, {}, None, None, {}, len(nodes), line.no, line.text)
            values = _values(line.text, words[2:])
            yield GraphEdge(
                None, words[0], words[1], None, None, options.directed, values, None, None, edges, line.no, line.text
            )


def _pieces(text: str, mark: str) -> list[str]:
    try:
        return pieces(text, mark)
    except csv.Error:
        return []


def _values(text: str, rest: list[str]) -> dict[str, Value]:
    """What stands behind the two nodes: a weight, `{'name': value}` as NetworkX writes it, or columns by number."""
    opening = text.find("{")
    if opening >= 0 and text.rstrip().endswith("}"):
        return {found[1].strip(): cell((found[2] or found[3] or "").strip()) for found in _PAIR.finditer(text, opening)}
    values: dict[str, Value] = {}
    for place, word in enumerate(rest, 3):
        values["weight" if place == 3 and number(word) is not None else f"column {place}"] = cell(word)
    return values


def _is_edge(row: list[str]) -> bool:
    if len(row) < 2 or not row[0] or not row[1]:
        return False
    if len(row) > 2 and row[2].startswith("{"):
        return True
    return len(row) <= 3 and all(len(word) <= 60 for word in row) and (len(row) == 2 or number(row[2]) is not None)


def _comes_back(rows: list[list[str]]) -> bool:
    """Whether nodes are named more than once, as in a graph."""
    counts = Counter(word for row in rows for word in row[:2])
    return 2 * sum(times for times in counts.values() if times > 1) >= counts.total()


def _sureness(rows: list[list[str]], mark: str) -> float:
    """How likely rows of two or three words are edges: names on the left come back on the right, and the first row is
    like the others (a heading comes only once)."""
    left, right = {row[0] for row in rows}, {row[1] for row in rows}
    first = rows[0][:2]
    if len(rows) < 3 or not _comes_back(rows):
        return 0.2
    again = Counter(word for row in rows[1:] for word in row[:2])
    numbers = all(number(word) is not None for row in rows for word in row[:2])
    if not numbers and not all(again[word] for word in first):
        return 0.2
    if numbers and mark != " " and len(left & right) * 4 < len(left | right):
        return 0.2
    shared = len(left & right) / max(1, min(len(left), len(right)))
    if mark == " ":
        return 0.85 if shared >= 0.25 else 0.5
    return 0.97 if shared >= 0.5 else 0.3


MEMBER = EdgeList()
