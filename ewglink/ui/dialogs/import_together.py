"""Files that were dropped together: folders opened, and what belongs together recognised and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from os.path import realpath
from pathlib import Path

from ewglink.text import _, ngettext
from ewglink.ui.dialogs.import_file import ImportFile

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
    _taken_along(files, said)
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


def _taken_along(files: list[ImportFile], said: list[str]) -> None:
    """Let what one file takes along not come twice."""
    by_place = {realpath(one.path): one for one in files}
    for one in files:
        one.along = None
    for one in files:
        found = [by_place[realpath(path)] for path in one.takes if realpath(path) in by_place]
        for other in found:
            other.along = one.path.name
        if found and one.found == "neo4j":
            names = ", ".join(other.path.name for other in found)
            said.append(_("{names}: nodes of a Neo4j export, taken along with its relationships.", names=names))
