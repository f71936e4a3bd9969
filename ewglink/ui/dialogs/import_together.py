"""Files that were dropped together: folders opened, and what belongs together recognised and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ewglink.importers import neo4j_files
from ewglink.importers.graph_file import EDGES
from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.text import _, ngettext
from ewglink.ui.dialogs.import_file import ImportFile

_BESIDE = {".noa": (".sif",), ".eda": (".sif",), ".clu": (".net", ".paj"), ".vec": (".net", ".paj")}
MOST = 500
"""More files than this are not taken at once: nobody could look at them."""


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Files as they were dropped, folders replaced by what is in them (and in theirs), each file once."""
    found: dict[Path, None] = {}
    for path in paths:
        for one in _inside(path, 0):
            found[one] = None
            if len(found) >= MOST:
                return list(found)
    return list(found)


def _inside(path: Path, depth: int) -> Iterable[Path]:
    if not path.is_dir():
        yield path
        return
    if depth > 3:
        return
    inside: list[Path] = []
    with suppress(OSError):
        inside = sorted(path.iterdir(), key=lambda one: (one.is_dir(), one.name))
    for one in inside:
        if not one.name.startswith((".", "~$", "__MACOSX")) and not one.is_symlink():
            yield from _inside(one, depth + 1)


def put_together(files: list[ImportFile]) -> list[str]:
    """Say what belongs together, and let what one file takes along not come twice."""
    said: list[str] = []
    for one in files:
        one.along = _taken_by(one, files)
    _neo4j(files, said)
    lists = [one for one in files if one.found == "ofac"]
    if len(lists) > 1:
        n = len(lists)
        said.append(ngettext("{n} file is part of an OFAC list; what they say is joined by the number of each party.",
                             "{n} files are parts of an OFAC list; what they say is joined by the number of each "
                             "party.", n))  # fmt: skip
    spaces: dict[str, set[Path]] = defaultdict(set)
    for one in files:
        for table in one.chosen:
            spec = table.specification()
            if one.wanted and spec is not None and table.origin in ("template", "saved"):
                spaces[spec.namespace].add(one.path)
    for found in spaces.values():
        if len(found) > 1:
            said.append(ngettext("{n} file names things by the same keys; what they say of one thing is joined.",
                                 "{n} files name things by the same keys; what they say of one thing is joined.",
                                 len(found)))  # fmt: skip
    if sum(one.wanted for one in files) > 1:
        said.append(_("All come in as one step, which can be undone."))
    return said


def _taken_by(one: ImportFile, files: list[ImportFile]) -> str | None:
    """The file beside which a file of attributes is read."""
    for suffix in _BESIDE.get(one.path.suffix.lower(), ()):
        for other in files:
            if other.path.suffix.lower() == suffix and other.path.with_suffix("") == one.path.with_suffix(""):
                return other.path.name
    return None


def _neo4j(files: list[ImportFile], said: list[str]) -> None:
    """Files of relationships take along the files of nodes that their ids belong to; those of several share them."""
    joining = [one for one in files if one.found == "neo4j" and _joins(one) and one.wanted]
    by_path = {one.path: one for one in files if one.found == "neo4j"}
    names: set[str] = set()
    for one in joining:
        if not one.all_options.get("beside", True):
            continue
        for name in _beside(one.path):
            other = by_path.get(one.path.parent / name)
            if other is not None and not _joins(other):
                other.along = one.path.name
                names.add(name)
    if names:
        said.append(_("{names}: nodes of a Neo4j export, taken along with its relationships.", names=", ".join(
            sorted(names))))  # fmt: skip
    for one in joining[1:]:
        one.joined, one.namespace = True, joining[0].namespace
        for name, table in one.tables.items():
            if table.spec is not None and table.spec.namespace.startswith("graph:"):
                body = {**table.spec.body, "namespace": one.namespace}
                one.tables[name] = replace(table, spec=Specification.from_json(body))


def _joins(one: ImportFile) -> bool:
    """Whether it holds relationships."""
    return EDGES in one.tables and bool(one.tables[EDGES].part.sample)


def _beside(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
        return [table.name for table in neo4j_files.of_path(path, head) if table.beside]
    except (OSError, Refusal, ValueError):
        return []
