"""Files that were dropped together: folders opened, and what belongs together recognised and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from os.path import realpath
from pathlib import Path

from ewglink.model.refusal import Refusal
from ewglink.text import N_, _, message, ngettext
from ewglink.ui.dialogs.import_file import ImportFile
from ewglink.workspace.commands.importing import ImportRequest
from ewglink.workspace.import_opening import Opening

MOST = 500
"""More files than this are not taken at once: nobody could look at them."""


def opened(paths: Iterable[Path], opening: Opening) -> list[ImportRequest]:
    """Files as they were dropped, folders and archives replaced by what is in them, each file once. A `Refusal` where
    an archive cannot be opened, or there are too many."""
    found = opening.files([ImportRequest(path) for path in dict.fromkeys(paths)])
    if len(found) > MOST:
        words = message(N_("These are {n} files; at most {most} are taken at once."), n=len(found), most=MOST)
        raise Refusal("too_many_files", words)
    once: dict[Path, ImportRequest] = {}
    for one in found:
        once.setdefault(one.path, one)
    return list(once.values())


def files_of(requests: Iterable[ImportRequest]) -> list[ImportFile]:
    """The files of the wizard; those that are not taken say why."""
    return [ImportFile(one.path, called=one.called, left_out=one.refusal) for one in requests]


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
            other.along = one.name
        if found and one.found == "neo4j":
            names = ", ".join(other.name for other in found)
            said.append(_("{names}: nodes of a Neo4j export, taken along with its relationships.", names=names))
