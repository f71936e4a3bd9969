"""The one door out of a case: what was released is written whole or not at all, and what was written is said."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ewglink.exporters.contract import EXPORTS, ExportFormat
from ewglink.model.refusal import Refusal
from ewglink.release.view import ReleasedView
from ewglink.text import N_, Message, message


@dataclass(frozen=True)
class WrittenFile:
    """A file that went out."""

    path: Path
    sha256: str
    size: int

    def as_json(self) -> dict[str, Any]:
        """The file as a script reads it."""
        return {"file": str(self.path), "sha256": self.sha256, "size": self.size}


@dataclass(frozen=True)
class Written:
    """What an export has written: its files, the marking in codes, and notes for the person."""

    format: str
    files: tuple[WrittenFile, ...]
    marking: str
    notes: tuple[Message, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The export as a script reads it."""
        return {"format": self.format, "marking": self.marking, "files": [file.as_json() for file in self.files],
                "notes": [str(note) for note in self.notes]}


def format_for(path: Path, key: str | None = None) -> ExportFormat:
    """The format named `key`, else the one that `path`'s suffix says; a `Refusal` lists them where there is none."""
    if key is not None:
        if key in EXPORTS:
            return EXPORTS.get(key)
        raise Refusal("unknown_format", message(N_("There is no export format “{format}”; there are {formats}."),
                                                format=key, formats=", ".join(EXPORTS.keys())), file=str(path))
    suffix = path.suffix.lower()
    for member in EXPORTS:
        if suffix in member.suffixes:
            return member
    known = " ".join(suffix for member in EXPORTS for suffix in member.suffixes)
    raise Refusal("unknown_suffix", message(
        N_("The name {file} does not say which format to write; end it with one of {suffixes}."), file=path.name,
        suffixes=known), file=str(path))


def write(view: ReleasedView, path: Path, format_key: str | None = None, options: Any = None) -> Written:
    """Write `view` to `path` in the format its suffix (or `format_key`) says.

    A file that stood there is replaced only when the new one is complete and on the disk; after a `Refusal` everything
    is as it was.
    """
    if not isinstance(view, ReleasedView):
        raise TypeError("only a ReleasedView leaves a case")
    member = format_for(path, format_key)
    _check_target(path)
    if member.takes == "marks" and view.scene is None:
        raise Refusal("no_chart", message(N_("{format} is a picture: name the chart to be drawn."),
                                          format=Message(member.name)), file=str(path))
    chosen = member.options() if options is None else options
    return _written(view, path, member.key, lambda draft: member.write(view, draft, chosen))


Steps = Iterator[float | Message]
"""What a writer gives while it writes: how far it is (0 to 1), and what a person must know."""


def write_by(
    view: ReleasedView, path: Path, key: str, writer: Callable[[Path], Steps]
) -> Generator[float, None, Written]:
    """Write what is no format of its own (an answer) in the same way: whole or not at all, and only what was
    released. `writer` writes to the path it is given; how far it is comes through, and closing this leaves no file."""
    if not isinstance(view, ReleasedView):
        raise TypeError("only a ReleasedView leaves a case")
    _check_target(path)
    return (yield from _writing(view, path, key, writer))


def _written(view: ReleasedView, path: Path, key: str, writer: Callable[[Path], Iterable[Message]]) -> Written:
    steps = _writing(view, path, key, lambda draft: iter(writer(draft)))
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            written: Written = ended.value
            return written


def _writing(
    view: ReleasedView, path: Path, key: str, writer: Callable[[Path], Steps]
) -> Generator[float, None, Written]:
    with _sayable(path), _beside(path) as folder:
        notes = []
        for step in writer(folder / path.name):
            if isinstance(step, Message):
                notes.append(step)
            else:
                yield step
        written = sorted(folder.iterdir(), key=lambda file: (file.name != path.name, file.name))
        files = tuple(_settled(file, path.parent / file.name) for file in written)
        for file in written:
            os.replace(file, path.parent / file.name)
        _sync_folder(path.parent)
    return Written(key, files, view.marking.text, tuple(notes))


def _check_target(path: Path) -> None:
    name = str(path)
    if path.is_dir():
        raise Refusal("is_folder", message(N_("{file} is a folder; name a file to write."), file=name), file=name)
    if not path.parent.is_dir():
        raise Refusal("folder_missing", message(N_("There is no folder {folder} to write to."),
                                                folder=str(path.parent)), file=name)
    if path.exists() and not os.access(path, os.W_OK):
        raise _closed(name)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new folder on the disk of `path`, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".ewglink-", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settled(file: Path, target: Path) -> WrittenFile:
    """`file` flushed to the disk and described as what it will be."""
    digest = hashlib.sha256()
    with file.open("rb+") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
        os.fsync(stream.fileno())
        size = stream.tell()
    if size == 0:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return WrittenFile(target, digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EIO}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _closed(name: str) -> Refusal:
    return Refusal("not_writable", message(
        N_("{file} cannot be written there: the folder or the file is closed to you, or another program has it open. "
           "Choose another place."), file=name), file=name)


@contextmanager
def _sayable(path: Path) -> Iterator[None]:
    """What the system refuses, said in a sentence."""
    name = str(path)
    try:
        yield
    except Refusal as error:
        if "file" not in error.message.values:
            raise
        # A painter names the file it was given, which stands in a folder that is gone by now.
        raise Refusal(error.code, message(error.message.template, **error.message.values | {"file": name}),
                      file=name) from error
    except OSError as error:
        if error.errno in _FULL:
            raise Refusal("disk_full", message(
                N_("The disk that holds {file} is full or cannot be written; nothing was replaced. Free some space and "
                   "try again."), file=name), file=name) from error
        if error.errno in _CLOSED:
            raise _closed(name) from error
        raise Refusal("cannot_write", message(N_("{file} cannot be written: {reason}."), file=name,
                                              reason=error.strerror or str(error)), file=name) from error
