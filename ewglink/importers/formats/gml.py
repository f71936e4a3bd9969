"""GML: nested lists of keys and values, as NetworkX, yEd, Gephi and igraph write it; also the one file of a ZIP."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ewglink.importers import graph_words
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.gml_lists import Entry, entries
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, GraphOptions, GraphTitle, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.text import N_, message

_START = re.compile(rb"\s*(?:#[^\n]*\n\s*|\w+\s+(?:\"[^\"]*\"|[^\s\[\]\"]+(?=\s))\s*)*graph\s*\[", re.IGNORECASE)
_OWN = {NODES: {"id", "label", "graphics", "LabelGraphics", "gid"},
        EDGES: {"id", "source", "target", "label", "graphics", "LabelGraphics", "edgeAnchor", "directed"}}  # fmt: skip


class Gml(GraphReading):
    """The format. Keys of inner lists are joined with dots; a key that is repeated has several values."""

    key = "gml"
    name = N_("Network (GML)")
    suffixes = (".gml",)
    options = GraphOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Text that begins a list called `graph`."""
        text = self.head(path, head).removeprefix(b"\xef\xbb\xbf")
        if b"graph" not in text[:8192].lower() or not _START.match(text[:8192]):
            return Recognised(0.0, message(N_("no such graph")))
        return Recognised(0.9, message(N_("text that begins a list called “graph”")))

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes and edges in the order of the file."""
        directed = False
        count = {NODES: 0, EDGES: 0}
        for entry in entries(path, self.chunks(path), "graph", ("node", "edge")):
            key = entry.key
            if key == "directed" and not isinstance(entry.value, list):
                directed = str(entry.value) in ("1", "true")
            elif key in ("label", "name") and isinstance(entry.value, str):
                yield GraphTitle(html.unescape(entry.value))
            elif key == "node" and isinstance(entry.value, list):
                count[NODES] += 1
                yield _node(entry, entry.value, count[NODES])
            elif key == "edge" and isinstance(entry.value, list):
                count[EDGES] += 1
                yield _edge(entry, entry.value, count[EDGES], directed)


def _first(pairs: list[Any], key: str) -> Any:
    return next((value for name, value in pairs if name == key), None)


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, list):
        return None
    return html.unescape(value) if isinstance(value, str) else str(value)


def _node(entry: Entry, pairs: list[Any], no: int) -> Element:
    name, label = _word(_first(pairs, "id")), _word(_first(pairs, "label"))
    if name is None:
        name = label
    if name is None:
        words = message(N_("A node has no id; it is not imported."))
        return Problem(NODES, no, entry.line, "id", "missing_id", words, True, entry.raw)
    values = _values(pairs, NODES)
    group = _word(_first(pairs, "gid"))
    if group is not None:
        values["parent"] = group
    drawn = _first(pairs, "graphics")
    drawn = drawn if isinstance(drawn, list) else []
    x, y = graph_words.number(_first(drawn, "x")), graph_words.number(_first(drawn, "y"))
    fill = graph_words.colour(_first(drawn, "fill"))
    text = _first(pairs, "LabelGraphics")
    label = label or (_word(_first(text, "text")) if isinstance(text, list) else None)
    x, y = (x, y) if x is not None and y is not None else (None, None)
    return GraphNode(name, label or None, None, values, x, y, {"colour": fill} if fill else {}, no, entry.line,
                     entry.raw)  # fmt: skip


def _edge(entry: Entry, pairs: list[Any], no: int, directed: bool) -> Element:
    source, target = _word(_first(pairs, "source")), _word(_first(pairs, "target"))
    if source is None or target is None:
        words = message(N_("An edge names only one of its ends; it is not imported."))
        return Problem(EDGES, no, entry.line, "source", "missing_end", words, True, entry.raw)
    said = _word(_first(pairs, "directed"))
    return GraphEdge(_word(_first(pairs, "id")), source, target, _word(_first(pairs, "label")) or None, None,
                     directed if said is None else said in ("1", "true"), _values(pairs, EDGES), None, None, no,
                     entry.line, entry.raw)  # fmt: skip


def _values(pairs: list[Any], part: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in _flat(pairs, "", _OWN[part]):
        value = html.unescape(value) if isinstance(value, str) else value
        if value == "" or value is None:
            continue
        if name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    return found


def _flat(pairs: list[Any], before: str, but: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in pairs:
        if before or name not in but:
            if isinstance(value, list):
                yield from _flat(value, f"{before}{name}.", but)
            else:
                yield before + name, value


MEMBER = Gml()
