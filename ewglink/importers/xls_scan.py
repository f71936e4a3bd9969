"""What the sheets of an old binary workbook (XLS) hold besides values: extent, error cells and formulas."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from ewglink.importers import guard
from ewglink.importers.workbook_scan import SheetScan

_BOUND_SHEET, _FORMULA, _BOOL_ERROR, _END = 0x85, 0x06, 0x205, 0x0A
_CELLS = frozenset((_FORMULA, 0x201, 0x203, 0x204, _BOOL_ERROR, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD))
"""Records that say what a cell holds; each begins with its row and column."""

_HEAD = (("<H", 30), ("<I", 44), ("<I", 68))
"""Where a container says how large its sectors are, how many list others, and where the list goes on."""

_NO_SECTOR = 0xFFFFFFFA
"""From here on a number is no sector but says why there is none."""

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def scan(path: Path) -> dict[str, SheetScan]:
    """Each sheet by its name; a `Refusal` where the container is broken: calamine follows its chains without end."""
    stream = _stream(path) if _chained(path) else b""
    if not stream:
        raise guard.damaged(path)
    found: dict[str, SheetScan] = {}
    for kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET and len(body) > 8:
            at, wide = struct.unpack_from("<I", body)[0], body[7] & 1
            text = body[8 : 8 + body[6] * (2 if wide else 1)]
            found[text.decode("utf-16-le" if wide else "latin-1", "replace")] = _sheet(stream, at)
    return found


def _chained(path: Path) -> bool:
    """Whether the sectors that list the container's sectors come to an end inside the file."""
    size = path.stat().st_size
    with path.open("rb") as box:
        head = box.read(512)
        if len(head) < 512:
            return False
        shift, count, sector = (struct.unpack_from(kind, head, at)[0] for kind, at in _HEAD)
        if shift not in (9, 12) or count << shift > size:
            return False
        for _step in range((size >> shift) + 2):
            if sector >= _NO_SECTOR:
                return True
            box.seek(((sector + 2) << shift) - 4)
            following = box.read(4)
            if len(following) < 4:
                return False
            (sector,) = struct.unpack("<I", following)
    return False


def _stream(path: Path) -> bytes:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(str(path)) as box:
            for name in ("Workbook", "Book"):
                if box.exists(name):
                    return bytes(box.openstream(name).read())
    except Exception:  # whatever a broken container makes of the library
        return b""
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a substream up to its end."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet(stream: bytes, at: int) -> SheetScan:
    sheet = SheetScan()
    for kind, body in _records(stream, at):
        if kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)
        if kind == _BOOL_ERROR and len(body) >= 8 and body[7]:
            row, column = struct.unpack_from("<HH", body)
            sheet.error(row + 1, column + 1, _ERRORS.get(body[6], "#?"))
        elif kind == _FORMULA and len(body) >= 14:
            row, column = struct.unpack_from("<HH", body)
            sheet.formula(column + 1, row + 1, "")
            if body[12:14] == b"\xff\xff" and body[6] == 2:
                sheet.error(row + 1, column + 1, _ERRORS.get(body[8], "#?"))
    return sheet
