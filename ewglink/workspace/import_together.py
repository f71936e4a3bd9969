"""Files of one import that belong together: which of them one takes along, and in what order all are read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ewglink.importers import sniff
from ewglink.importers.contract import FOLDERS, FORMATS
from ewglink.importers.graph_file import EDGES, NODES
from ewglink.importers.reader_process import SourceReader
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import counted
from ewglink.workspace.import_plan import Along, ImportRequest, Plan, Reading, graph_space, plan, reading
from ewglink.workspace.specifications import without

Before = Callable[[str], Sequence[str]]
"""SHA-256 of a file → the namespaces under which it came in before."""


@dataclass(frozen=True)
class _Given:
    """A file that was asked for; `takes` are those that it takes along, which need not have been."""

    request: ImportRequest
    reading: Reading | Refusal
    takes: tuple[Path, ...] = ()

    @property
    def apart(self) -> bool:
        """Whether what it takes along can be read by itself."""
        return isinstance(self.reading, Reading) and _apart(self.reading.format)


def plans(
    requests: Sequence[ImportRequest], reader: SourceReader, schema: Schema, before: Before = lambda _sha256: ()
) -> list[Plan]:
    """How files will be read, each once: what one takes along is read with it, or right before it where it is a source
    of its own. A `Refusal` where one of them cannot be read; those found within a folder or an archive are planned as
    not read instead, unless that is all there is."""
    files = _across([_given(request, reader) for request in requests], reader)
    making = _Making(reader, schema, files, before)
    found: list[Plan] = []
    for one in files:
        if _place(one.request.path) not in making.taken:
            found += making.of(one)
    _all_refused([one for one in found if one.refusal is not None], len(found))
    return found


class _Making:
    """Plans of files that were given together."""

    def __init__(self, reader: SourceReader, schema: Schema, files: Sequence[_Given], before: Before) -> None:
        self.reader, self.schema = reader, schema
        self.taken = {_place(path) for one in files for path in one.takes}
        self._names = {_place(one.request.path): one.request.name for one in files}
        self._spaces = _spaces(files, before)
        self._done: set[Path] = set()

    def of(self, one: _Given) -> list[Plan]:
        """The plans of a file and of those that it takes along."""
        request = one.request
        try:
            if isinstance(one.reading, Refusal):
                raise one.reading
            if one.apart:
                return self._joined(one, one.reading)
            made = plan(request, one.reading, self.reader, self.schema)
        except Refusal as refusal:
            if not request.within or refusal.code == "cancelled":
                raise
            return [_not_read(request, refusal)]
        return [replace(made, along=tuple(self._along(request, path) for path in one.takes))]

    def _joined(self, one: _Given, read: Reading) -> list[Plan]:
        """A file of edges, after those of its nodes that have not been read yet; a file of nodes by itself."""
        request, space = one.request, self._spaces.get(_place(one.request.path))
        edges = plan(request, read, self.reader, self.schema, space)
        if not one.takes or space is None:
            return [edges]
        new = [path for path in one.takes if _place(path) not in self._done]
        self._done.update(map(_place, new))
        left_out = bool(request.mappings) and NODES not in request.mappings
        nodes = [] if left_out else [self._nodes(request, read, path, space) for path in new]
        tables = tuple(table for table in edges.tables if table.part.name == EDGES)
        return [*nodes, replace(edges, tables=tables)]

    def _nodes(self, request: ImportRequest, read: Reading, path: Path, space: str) -> Plan:
        """A file of nodes as the file of edges is read that takes it along."""
        wanted = replace(request, path=path, mappings={}, called=self._called(request, path))
        mapped = request.mappings.get(NODES)
        if mapped is not None:
            columns = {name for part in self.reader.parts(path, read.format, read.options) if part.name == NODES
                       for name in part.columns}  # fmt: skip
            fitting = mapped if mapped.columns() <= columns else without(mapped, columns)
            wanted = replace(wanted, mappings={} if fitting is None else {NODES: fitting})
        found = plan(wanted, replace(read, remarks=()), self.reader, self.schema, space)
        tables = tuple(table for table in found.tables if table.part.name == NODES)
        return replace(found, tables=tables, with_file=request.name)

    def _along(self, request: ImportRequest, path: Path) -> Along:
        found = sniff.fingerprint(path)
        return Along(path, found.sha256, found.size, self._called(request, path) or path.name)

    def _called(self, request: ImportRequest, path: Path) -> str:
        """What a file that another takes along is called, where it is not its own name."""
        beside = str(PurePosixPath(request.called).with_name(path.name)) if request.called else ""
        return self._names.get(_place(path), beside)


def space_of(path: Path, format: str, takes: Sequence[Path]) -> str:
    """The namespace of a graph's nodes: that of the files which hold them, so that files of edges which share them
    meet in it."""
    holders = sorted(takes) if takes and _apart(format) else [path]
    return _space([sniff.fingerprint(holder).sha256 for holder in holders])


def _space(prints: Sequence[str]) -> str:
    """The namespace of nodes that files of these hashes hold together."""
    return graph_space(prints[0] if len(prints) == 1 else hashlib.sha256("".join(prints).encode()).hexdigest())


def _spaces(files: Sequence[_Given], before: Before) -> dict[Path, str]:
    """File of edges, or of nodes that none of them takes along → the namespace of its nodes: one for all files that
    share nodes, and one for all of which nobody has given the nodes; that under which one of them came before."""
    groups: list[tuple[set[Path], list[_Given]]] = []
    alone: tuple[set[Path], list[_Given]] = (set(), [])
    for one in files:
        if not one.apart:
            continue
        if not one.takes:
            alone[1].append(one)
            continue
        nodes, sharing = set(one.takes), [one]
        for group in [group for group in groups if group[0] & nodes]:
            groups.remove(group)
            nodes, sharing = nodes | group[0], [*group[1], *sharing]
        groups.append((nodes, sharing))
    found: dict[Path, str] = {}
    taken = {_place(path) for nodes, _sharing in groups for path in nodes}
    alone = set(), [one for one in alone[1] if _place(one.request.path) not in taken]
    for nodes, sharing in (*groups, alone):
        edges = [one.request.path for one in sharing]
        prints = {path: sniff.fingerprint(path).sha256 for path in (*sorted(nodes), *sorted(edges))}
        own = _space([prints[path] for path in sorted(nodes or edges)])
        known = [space for sha256 in prints.values() for space in before(sha256)]
        for path in edges:
            spaces = (*before(prints[path]), *known)
            found[_place(path)] = own if own in spaces or not spaces else spaces[0]
    return found


def _given(request: ImportRequest, reader: SourceReader) -> _Given:
    if request.refusal is not None:
        return _Given(request, request.refusal)
    try:
        found = reading(request, reader)
        return _Given(request, found, tuple(reader.companions(request.path, found.format, found.options)))
    except Refusal as refusal:  # another file may take it along
        return _Given(request, refusal)


def _across(files: list[_Given], reader: SourceReader) -> list[_Given]:
    """Files whose nodes lie in the folder of another file that was given, with these."""
    folders = sorted({one.request.path.parent for one in files if one.apart})
    return files if len(folders) < 2 else [_with_folders(one, folders, reader) for one in files]


def _with_folders(one: _Given, folders: Sequence[Path], reader: SourceReader) -> _Given:
    if not isinstance(one.reading, Reading) or not one.apart or one.reading.options.get("nodes_in"):
        return one
    path, read = one.request.path, one.reading
    elsewhere = FOLDERS.join(str(folder) for folder in folders if folder != path.parent)
    options = {**read.options, "nodes_in": elsewhere}
    takes = tuple(reader.companions(path, read.format, options))
    return one if set(takes) == set(one.takes) else _Given(one.request, replace(read, options=options), takes)


def _not_read(request: ImportRequest, refusal: Refusal) -> Plan:
    """The plan of a file that is named, and not read."""
    try:
        found = sniff.fingerprint(request.path) if request.refusal is None else sniff.Fingerprint("", 0)
    except Refusal:
        found = sniff.Fingerprint("", 0)
    return Plan(request.path, "", {}, found.sha256, 0, (), called=request.called, refusal=refusal)


def _all_refused(refused: Sequence[Plan], of: int) -> None:
    """Refuse an import of which no file can be read."""
    if not refused or len(refused) < of:
        return
    first = refused[0].refusal
    assert first is not None
    if of == 1:
        raise first
    raise Refusal(
        first.code,
        counted("None of {n} file can be imported. {file}: {reason}", "None of {n} files can be imported. {file}: "
                "{reason}", of, file=refused[0].name, reason=first.message),
        file=first.file,
    )  # fmt: skip


def _place(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike `resolve`, it bears links that go round


def _apart(format: str) -> bool:
    """Whether what a file of this format takes along can be read by itself."""
    return getattr(FORMATS.get(format), "companions_apart", False)
