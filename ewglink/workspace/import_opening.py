"""Folders and ZIP archives opened for an import: the files in them, as if each had been given by itself."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import TracebackType

from ewglink.exporters.file_names import safe_file_name
from ewglink.importers import archives, guard
from ewglink.importers.reader_process import SourceReader
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message
from ewglink.workspace.import_plan import ImportRequest

DEEPEST = 8
"""Folders within folders that are looked into."""

MOST = guard.LIMITS.zip_entries
"""Files that are taken from folders at once."""


class Opening:
    """Opens what is asked for. Archives are unpacked to folders that only this user can read, and that go when it is
    closed; a link, a hidden file and an archive within an archive are not opened, and are requests with a refusal."""

    def __init__(self, reader: SourceReader) -> None:
        self._reader = reader
        self._unpacked: list[Path] = []
        self._last_resort = weakref.finalize(self, _remove, self._unpacked)
        self._named: dict[Path, str] = {}

    def __enter__(self) -> Opening:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked."""
        _remove(self._unpacked)

    def files(self, requests: Sequence[ImportRequest]) -> list[ImportRequest]:
        """Requests with each folder and archive replaced by the files in it, in the order of their names."""
        found: list[ImportRequest] = []
        for request in requests:
            inside = list(self._opened(request))
            if not inside and request.path.is_dir():
                words = message(N_("The folder {file} holds no files to import."), file=request.path.name)
                raise Refusal("empty_folder", words, file=str(request.path))
            found += inside
        return found

    def told(self, refusal: Refusal) -> Refusal:
        """A refusal that names a file of an archive as people know it."""
        name = self._named.get(Path(refusal.file)) if refusal.file else None
        if name is None:
            return refusal
        return Refusal(refusal.code, refusal.message, file=name, row=refusal.row, field=refusal.field)

    def _opened(self, request: ImportRequest) -> Iterator[ImportRequest]:
        if request.path.is_dir():
            yield from self._folder(request, request.path)
        elif archives.may_be(request.path):
            yield from self._archive(request)
        else:
            yield request

    # folders

    def _folder(self, request: ImportRequest, top: Path) -> Iterator[ImportRequest]:
        """The files in a folder and in its folders, and those of archives there."""
        for count, path in enumerate(_walked(top, 0)):
            name = path.relative_to(top).as_posix()
            one = replace(request, path=path, called=name, within=True)
            if count >= MOST:
                words = message(N_("The folder {file} holds more than {n} files; import them in smaller pieces."),
                                file=top.name, n=MOST)  # fmt: skip
                raise Refusal("too_many_files", words, file=str(top))
            if path.is_symlink():
                yield replace(one, refusal=archives.linked(name))
            elif path.name.startswith("."):
                yield replace(one, refusal=_hidden(name))
            elif path.is_dir():
                words = message(N_("The folder {file} lies too deep; choose it by itself."), file=name)
                yield replace(one, refusal=Refusal("too_deep", words, file=name))
            elif archives.may_be(path):
                yield from self._archive(one)
            else:
                yield one

    # archives

    def _archive(self, request: ImportRequest) -> Iterator[ImportRequest]:
        """The files of an archive, unpacked; the file itself where it is none."""
        try:
            found = self._unpack(request)
        except Refusal as refusal:
            if not request.within or refusal.code == "cancelled":
                raise
            found = [replace(request, refusal=refusal)]
        yield from sorted(found, key=lambda one: one.called) if found else [request]

    def _unpack(self, request: ImportRequest) -> list[ImportRequest]:
        folder = Path(tempfile.mkdtemp(prefix="ewglink-"))
        self._unpacked.append(folder)
        archive = request.called or request.path.name
        found: list[ImportRequest] = []
        try:
            for kind, body in self._reader.unpacked(request.path):
                if kind == archives.PIECE:
                    if found[-1].refusal is None:
                        with found[-1].path.open("ab") as stream:
                            stream.write(body)
                    continue
                name, refusal = body if kind == archives.LEFT else (body, None)
                if PurePosixPath(name).name.startswith("."):
                    refusal = refusal or _hidden(name)
                path = _place(folder, name)
                if refusal is None:
                    path.touch()
                called = f"{archive}/{name}"
                self._named[path] = called
                found.append(replace(request, path=path, called=called, within=True, refusal=refusal))
        except OSError as error:
            words = message(N_("{file} cannot be unpacked: {reason}."), file=request.path.name,
                            reason=error.strerror or str(error))  # fmt: skip
            raise Refusal("cannot_unpack", words, file=str(request.path)) from error
        return found


def _remove(folders: list[Path]) -> None:
    while folders:
        shutil.rmtree(folders.pop(), ignore_errors=True)


def _walked(folder: Path, depth: int) -> Iterator[Path]:
    """Files, links, and folders that are hidden or lie too deep; files before folders."""
    if depth > DEEPEST:
        yield folder
        return
    inside: list[Path] = []
    with suppress(OSError):
        inside = sorted(folder.iterdir(), key=lambda one: (one.is_dir() and not one.is_symlink(), one.name))
    for one in inside:
        if archives.litter(one.name):
            continue
        if one.is_dir() and not one.is_symlink() and not one.name.startswith("."):
            yield from _walked(one, depth + 1)
        elif one.is_symlink() or one.is_file() or one.is_dir():
            yield one


def _place(folder: Path, name: str) -> Path:
    """Where a file of an archive is put: under its own name, as far as every system can bear it."""
    *above, last = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part != "."] or ["file"]
    for part in above:
        folder = folder / safe_file_name(part, "folder")
    folder.mkdir(parents=True, exist_ok=True)
    own = PurePosixPath(last)
    stem, suffix = safe_file_name(own.stem, "file"), "".join(one for one in own.suffix if one.isalnum() or one == ".")
    path, number = folder / f"{stem}{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{suffix}"
    return path


def _hidden(name: str) -> Refusal:
    return Refusal("hidden_file", message(N_("{file} is hidden; choose it by itself."), file=name), file=name)
