"""Files of one import that belong together: which of them one takes along, and in what order all are read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ewglink.importers import sniff
from ewglink.importers.contract import FORMATS
from ewglink.importers.graph_file import EDGES, NODES
from ewglink.importers.reader_process import SourceReader
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.workspace.import_plan import Along, ImportRequest, Plan, Reading, expanded, graph_space, plan, reading
from ewglink.workspace.specifications import without


@dataclass(frozen=True)
class _Given:
    """A file that was asked for; `takes` are those that it takes along, which need not have been."""

    request: ImportRequest
    reading: Reading | Refusal
    takes: tuple[Path, ...] = ()


def plans(requests: Sequence[ImportRequest], reader: SourceReader, schema: Schema) -> list[Plan]:
    """How files (and those of folders) will be read, each once: what one takes along is read with it, or right before
    it where it is a source of its own. A `Refusal` where one of them cannot be read."""
    files = [_given(request, reader) for request in expanded(requests)]
    taken = {_place(path) for one in files for path in one.takes}
    found: list[Plan] = []
    before: set[Path] = set()
    for one in files:
        if _place(one.request.path) in taken:
            continue
        if isinstance(one.reading, Refusal):
            raise one.reading
        if not one.takes:
            found.append(plan(one.request, one.reading, reader, schema))
        elif _apart(one.reading.format):
            new = [path for path in one.takes if _place(path) not in before]
            before.update(map(_place, new))
            found += _joined(one.request, one.reading, one.takes, new, reader, schema)
        else:
            made = plan(one.request, one.reading, reader, schema)
            found.append(replace(made, along=tuple(map(_along, one.takes))))
    return found


def space_of(path: Path, format: str, takes: Sequence[Path]) -> str:
    """The namespace of a graph's nodes. Where others hold them, it is that of the first of these, so that files of
    edges which share them meet in it, whenever they come."""
    holder = min(takes) if takes and _apart(format) else path
    return graph_space(sniff.fingerprint(holder).sha256)


def _given(request: ImportRequest, reader: SourceReader) -> _Given:
    try:
        found = reading(request, reader)
    except Refusal as refusal:  # another file may take it along
        return _Given(request, refusal)
    return _Given(request, found, tuple(reader.companions(request.path, found.format, found.options)))


def _place(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike `resolve`, it bears links that go round


def _apart(format: str) -> bool:
    """Whether what a file of this format takes along can be read by itself."""
    return getattr(FORMATS.get(format), "companions_apart", False)


def _along(path: Path) -> Along:
    found = sniff.fingerprint(path)
    return Along(path, found.sha256, found.size)


def _joined(
    request: ImportRequest, read: Reading, takes: Sequence[Path], new: Sequence[Path], reader: SourceReader,
    schema: Schema
) -> list[Plan]:  # fmt: skip
    """A file of edges, after those of its nodes that have not been read yet."""
    space = space_of(request.path, read.format, takes)
    edges = plan(request, read, reader, schema, space)
    left_out = bool(request.mappings) and NODES not in request.mappings
    nodes = [] if left_out else [_nodes(request, read, path, reader, schema, space) for path in new]
    tables = tuple(table for table in edges.tables if table.part.name == EDGES)
    return [*nodes, replace(edges, tables=tables)]


def _nodes(
    request: ImportRequest, read: Reading, path: Path, reader: SourceReader, schema: Schema, space: str
) -> Plan:
    """A file of nodes as the file of edges is read that takes it along."""
    wanted = replace(request, path=path, mappings={})
    mapped = request.mappings.get(NODES)
    if mapped is not None:
        columns = {name for part in reader.parts(path, read.format, read.options) if part.name == NODES
                   for name in part.columns}  # fmt: skip
        fitting = mapped if mapped.columns() <= columns else without(mapped, columns)
        wanted = replace(wanted, mappings={} if fitting is None else {NODES: fitting})
    found = plan(wanted, replace(read, remarks=()), reader, schema, space)
    tables = tuple(table for table in found.tables if table.part.name == NODES)
    return replace(found, tables=tables, with_file=request.path.name)
