"""cytoscape.js JSON: elements in a list or by group, with places, classes, compound nodes; and Cytoscape's .cyjs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ewglink.importers import encoding, graph_words, guard
from ewglink.importers.contract import Problem, Recognised
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphEdge, GraphNode, GraphOptions, GraphTitle, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

_DATA = re.compile(r'"data"\s*:\s*\{')
_ENDS = re.compile(r'"(source|target)"\s*:')
_GROUP = re.compile(r'"group"\s*:\s*"(nodes|edges)"')
_ELEMENTS = re.compile(r'"(elements|nodes)"\s*:\s*[\[{]')
_PLACE = re.compile(r'"position"\s*:\s*\{')


class CytoscapeJs(GraphReading):
    """The format. Places are the middles of nodes, y down; a compound node is the `parent` of its nodes."""

    key = "cytoscapejs"
    name = N_("cytoscape.js network (JSON)")
    suffixes = (".cyjs", ".json")
    options = GraphOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """JSON whose objects have `data` with ids, in groups or in `elements`."""
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "[") or not _DATA.search(text):
            return Recognised(0.0, message(N_("no such graph")))
        signs = sum(bool(one.search(text)) for one in (_GROUP, _ELEMENTS, _PLACE, _ENDS))
        if not _GROUP.search(text) and not (_ELEMENTS.search(text) and text[:1] == "{") and not _PLACE.search(text):
            return Recognised(0.0, message(N_("no such graph")))
        return Recognised(0.75 + 0.05 * signs, message(N_("JSON with the elements of a cytoscape.js graph")))

    def elements(self, path: Path, options: Any) -> Iterator[Element]:
        """Nodes and edges in the order of the file."""
        found = _loaded(path)
        if isinstance(found, dict):
            about = found.get("data")
            title = about.get("name") if isinstance(about, dict) else None
            yield GraphTitle(str(title) if title else None)
        count = {NODES: 0, EDGES: 0}
        for group, one in _listed(found):
            data = one.get("data") if isinstance(one, dict) else None
            raw = json.dumps(one, ensure_ascii=False)
            part = group or (EDGES if isinstance(data, dict) and "source" in data and "target" in data else NODES)
            count[part] += 1
            if not isinstance(data, dict):
                words = message(N_("An element has no data; it is not imported."))
                yield Problem(part, count[part], None, None, "missing_data", words, True, raw)
            else:
                yield (_node if part == NODES else _edge)(one, data, count[part], raw)


def _loaded(path: Path) -> Any:
    if guard.check_file(path) > guard.LIMITS.json_size:
        words = N_("{file} has more than {limit} MB, the most that is read of this format.")
        limit = guard.LIMITS.json_size // guard.MB
        raise guard.refuse("file_too_large", message(words, file=path.name, limit=limit), path)
    with encoding.open_text(path, encoding.detect(path)) as stream:
        text = stream.read().lstrip("\ufeff")
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise _refused(path, "too_deep", N_("{file} is nested too deeply; it is not read.")) from None
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()):
            raise _refused(path, "cut_off_file", N_("{file} is cut off in line {line}; ask for it again."),
                           line=error.lineno) from None  # fmt: skip
        raise _refused(path, "broken_json", N_("{file} is no JSON: line {line} is not understood."),
                       line=error.lineno) from None  # fmt: skip
    except ValueError:  # a number of more digits than any number has
        raise _refused(path, "broken_json", N_("{file} holds a number that is too long to be one.")) from None


def _refused(path: Path, code: str, words: str, **values: Any) -> Refusal:
    return guard.refuse(code, message(words, file=path.name, **values), path)


def _listed(found: Any) -> Iterator[tuple[str | None, Any]]:
    """The elements, with the group that they are listed under."""
    if isinstance(found, dict):
        inner = found.get("elements", found)
        if isinstance(inner, dict):
            for group in (NODES, EDGES):
                listed = inner.get(group)
                yield from ((group, one) for one in (listed if isinstance(listed, list) else ()))
            return
        found = inner
    for one in found if isinstance(found, list) else ():
        said = one.get("group") if isinstance(one, dict) else None
        yield (said if said in (NODES, EDGES) else None), one


def _word(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _values(one: dict[str, Any], data: dict[str, Any], but: tuple[str, ...]) -> dict[str, Value]:
    values = {str(name): value for name, value in data.items() if name not in but and value not in (None, "", [], {})}
    classes = one.get("classes")
    if classes:
        named: list[Any] = classes.split() if isinstance(classes, str) else list(classes)
        values["classes"] = named[0] if len(named) == 1 else named
    return values


def _node(one: dict[str, Any], data: dict[str, Any], no: int, raw: str) -> Element:
    name: Any = _word(data.get("id"))
    if name is None:
        words = message(N_("A node has no id; it is not imported."))
        return Problem(NODES, no, None, "id", "missing_id", words, True, raw)
    place = one.get("position")
    place = place if isinstance(place, dict) else {}
    x, y = graph_words.number(place.get("x")), graph_words.number(place.get("y"))
    if x is None or y is None:
        x = y = None
    style = one.get("style")
    colour = graph_words.colour(style.get("background-color")) if isinstance(style, dict) else None
    label = _word(data.get("label"))
    return GraphNode(name, label or None, None, _values(one, data, ("id", "label")), x, y,
                     {"colour": colour} if colour else {}, no, None, raw)  # fmt: skip


def _edge(one: dict[str, Any], data: dict[str, Any], no: int, raw: str) -> Element:
    source, target = _word(data.get("source")), _word(data.get("target"))
    if source is None or target is None:
        words = message(N_("An edge names only one of its ends; it is not imported."))
        return Problem(EDGES, no, None, "source", "missing_end", words, True, raw)
    directed = data.get("directed", one.get("directed", True))
    return GraphEdge(_word(data.get("id")), source, target, _word(data.get("label")) or None, None,
                     directed not in (False, "false", 0), _values(one, data, ("id", "source", "target", "label",
                                                                           "directed")), None, None, no, None,
                     raw)  # fmt: skip


MEMBER = CytoscapeJs()
