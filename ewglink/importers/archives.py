"""ZIP archives and folders of files: what in them may be taken, what may not and why, and the bytes of an archive."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from ewglink.importers import guard
from ewglink.importers.contract import FORMATS
from ewglink.model.refusal import Refusal
from ewglink.text import N_, Message, message

FILE, PIECE, LEFT = "file", "piece", "left"
"""What `unpacked` yields: a file's name, some of its bytes, a file that is not taken with the refusal that says why."""

_MARK = b"PK\x03\x04"
_EMPTY = b"PK\x05\x06"
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"})
_LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx"})
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def may_be(path: Path) -> bool:
    """Whether a file could be an archive of files: it is packed, and not named as a document of one of the formats."""
    try:
        with path.open("rb") as stream:
            return _packed(path.name, stream.read(4))
    except OSError:
        return False


def litter(name: str) -> bool:
    """Whether a file or folder is what systems and office programs leave about, of which nobody needs to hear."""
    last = PurePosixPath(name).name
    return last.startswith(("._", "~$")) or any(part.lower() in _LEFT_BY_SYSTEMS for part in PurePosixPath(name).parts)


def linked(name: str) -> Refusal:
    """The refusal of a link, which may lead anywhere."""
    return _left("link", N_("{file} is a link to another place; it is not followed."), name)


def unpacked(path: Path) -> Iterator[tuple[str, Any]]:
    """The files of an archive one after the other, as (`FILE`, name), (`PIECE`, bytes)… and (`LEFT`, (name, refusal));
    nothing where the file is no archive but a document. A `Refusal` where it is locked, damaged, a bomb, or names files
    outside its own folder: then none of it is to be used."""
    members = _members(path)
    for member in members:
        if _outside(member.filename):
            words = N_("{file} names a file outside its own folder ({name}), as archives made to do harm do; it is not "
                       "read.")  # fmt: skip
            raise guard.refuse("unsafe_archive", message(words, file=path.name, name=member.filename), path)
    unpacking = guard.Unpacking(path)
    for member in members:
        name = member.filename
        if member.is_dir() or litter(name):
            continue
        if not _plain(member):
            yield LEFT, (name, linked(name))
            continue
        yield from _file(unpacking, member)


def _members(path: Path) -> list[zipfile.ZipInfo]:
    """The members of an archive of files; none where it is a document, or read as a whole by its format."""
    members = guard.open_zip(path)
    if _DOCUMENTS & {member.filename for member in members}:
        return []
    whole = (getattr(one, "reads_whole", None) for one in FORMATS)
    return [] if any(asked(path) for asked in whole if asked is not None) else members


def _file(unpacking: guard.Unpacking, member: zipfile.ZipInfo) -> Iterator[tuple[str, Any]]:
    started = False
    for piece in unpacking.chunks(member):
        if not started and _packed(member.filename, piece[:4]):
            words = N_("{file} is an archive within an archive; unpack it and choose the files in it.")
            yield LEFT, (member.filename, _left("nested_archive", words, member.filename))
            return
        if not started:
            yield FILE, member.filename
            started = True
        yield PIECE, piece
    if not started:
        yield FILE, member.filename


def _packed(name: str, head: bytes) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    return head in (_MARK, _EMPTY) and (suffix == ".zip" or suffix not in _suffixes())


def _suffixes() -> set[str]:
    return {suffix for one in FORMATS for suffix in one.suffixes}


def _outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or _DRIVE.match(name) is not None or "\0" in name


def _plain(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return member.create_system != 3 or kind in (0, stat.S_IFREG)


def _left(code: str, words: str, name: str) -> Refusal:
    said: Message = message(words, file=name)
    return Refusal(code, said, file=name)
