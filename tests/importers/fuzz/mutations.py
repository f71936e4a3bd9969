"""How fuzzing damages a file: bytes turned, pieces moved, odd words put in; inside a container too."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

ODD = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b"\r", b"\n", b"\r\n", b",", b";", b"\t", b"<", b">",
    b"&x;", b"{", b"}", b"[", b"]", b"[" * 300, b"9" * 400, b"-1", b"0", b"4294967296", b"1e999", b"NaN", b"null",
    b"true",
    b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", "\u202e".encode(), b"\\ud800", b"<!DOCTYPE x>", b"<![CDATA[",
    b"]]>", b"=1+1", b"N/A", b"1048576", b"XFD", b'r="XFD1048576"', b"0000-00-00", b"31/12/9999", b"\x1a", b"\x0b",
    b"sep=", b"?>", b"--", b"/*", b"*/", b"->", b"\\",
)  # fmt: skip


def damaged(data: bytes, others: tuple[bytes, ...], dice: random.Random) -> bytes:
    """A damaged copy of `data`; `others` lend pieces."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        repacked = _inside(data, others, dice)
        if repacked is not None:
            return repacked
    changed = bytearray(data)
    for _turn in range(dice.choice((1, 1, 2, 3, 6, 12))):
        _once(changed, others, dice)
    return bytes(changed)


def _once(data: bytearray, others: tuple[bytes, ...], dice: random.Random) -> None:
    at = dice.randrange(len(data) + 1)
    end = min(len(data), at + dice.choice((0, 1, 2, 4, 16, 64, 512)))
    kind = dice.randrange(7)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << dice.randrange(8)
    elif kind == 1:
        data[at:end] = dice.choice(ODD)
    elif kind == 2:
        data[at:end] = bytes(dice.randrange(256) for _n in range(dice.randrange(8)))
    elif kind == 3:
        data[at:at] = data[at:end] * dice.choice((1, 2, 50))
    elif kind == 4:
        del data[at:end]
    elif kind == 5:
        other = dice.choice(others)
        start = dice.randrange(len(other) + 1)
        data[at:end] = other[start : start + dice.choice((4, 32, 256))]
    elif dice.random() < 0.3:
        del data[at:]


def _inside(data: bytes, others: tuple[bytes, ...], dice: random.Random) -> bytes | None:
    """The container with one of its files damaged, so that its checks hold; None where it cannot be opened."""
    stream = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as box, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            chosen = dice.choice(box.namelist())
            for name in box.namelist():
                body = box.read(name)
                out.writestr(name, damaged(body, others, dice) if name == chosen else body)
    except (zipfile.BadZipFile, IndexError, ValueError):
        return None
    return stream.getvalue()
