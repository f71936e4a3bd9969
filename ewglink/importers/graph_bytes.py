"""The bytes of a file that is a graph: the file itself, or the only member of its kind in a ZIP archive."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from ewglink.importers import encoding, guard
from ewglink.text import N_, message

_PIECE = 1 << 16
_ZIP = b"PK\x03\x04"
_ROOT = re.compile(r"\A\ufeff?\s*(?:<\?[^>]*\?>\s*|<!--.*?(?:-->|\Z)\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
                   r"<(?:[\w.-]+:)?([\w.-]+)([^>]*)", re.DOTALL)  # fmt: skip


def chunks(path: Path, suffixes: Collection[str] = ()) -> Iterator[bytes]:
    """The bytes of the file, or of the one member of a ZIP archive whose name ends in one of `suffixes`."""
    guard.check_file(path)
    with path.open("rb") as stream:
        packed = stream.read(4) == _ZIP
        if not packed:
            stream.seek(0)
            while piece := stream.read(_PIECE):
                yield piece
            return
    member = packed_member(path, suffixes)
    if member is None:
        words = N_("{file} holds no file that ends in {suffix}, or more than one; unpack it first.")
        raise guard.refuse("which_packed", message(words, file=path.name, suffix=", ".join(sorted(suffixes))), path)
    yield from guard.Unpacking(path).chunks(member)


def packed_member(path: Path, suffixes: Collection[str]) -> zipfile.ZipInfo | None:
    """The one member of a ZIP archive whose name ends in one of `suffixes`; None where there is none, or are more."""
    fitting = [one for one in guard.open_zip(path)
               if not one.is_dir() and one.filename.lower().endswith(tuple(suffixes))
               and not one.filename.startswith("__MACOSX/")]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def is_packed(head: bytes) -> bool:
    """Whether a file that begins with `head` is a ZIP archive."""
    return head.startswith(_ZIP)


def packed_head(path: Path, suffixes: Collection[str], size: int = _PIECE) -> bytes:
    """The first bytes of the one member of a ZIP archive; nothing where there is none, or are more."""
    member = packed_member(path, suffixes)
    if member is None:
        return b""
    found = b""
    for piece in guard.Unpacking(path).chunks(member):
        found += piece
        if len(found) >= size:
            break
    return found[:size]


def root_of(head: bytes) -> tuple[str, str]:
    """The name of the outermost XML element and the text of its attributes; nothing where `head` begins no XML."""
    text = head.decode(encoding.detect_bytes(head).name, "replace")
    match = _ROOT.match(text)
    return (match[1], match[2]) if match else ("", "")
