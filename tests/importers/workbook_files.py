"""Workbooks written by hand, byte by byte: an old binary one (XLS), an OpenDocument one (ODS), and changed XLSX."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NA = (0x2A,)
"""The error #N/A as a cell of `xls`."""

DATED = 1
"""The style of `xls` that shows a number as a date."""

_ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style")
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _wide(text: str, size: str) -> bytes:
    return struct.pack(size, len(text)) + b"\x01" + text.encode("utf-16-le")


def _beginning(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _cell(row: int, column: int, value: Any, style: int = 0) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, bool):
        return _record(0x205, place + bytes([value, 0]))
    if isinstance(value, tuple):
        return _record(0x205, place + bytes([value[0], 1]))
    if isinstance(value, (int, float)):
        return _record(0x203, place + struct.pack("<d", value))
    return _record(0x204, place + _wide(value, "<H"))


def xls(
    path: Path,
    sheets: Iterable[tuple[str, bool, list[tuple[Any, ...]]]],
    merged: tuple[tuple[int, int, int, int], ...] = (),
    since_1904: bool = False,
) -> Path:
    """An Excel 97 workbook: sheets as (name, hidden, cells as (row, column, value[, style])); `merged` in the first."""
    bodies, names = [], []
    for place, (name, hidden, cells) in enumerate(sheets):
        body = _beginning(0x10) + b"".join(_cell(*cell) for cell in cells)
        if merged and not place:
            body += _record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *one) for one in merged))
        bodies.append(body + _record(0x0A))
        names.append(bytes([hidden, 0]) + _wide(name, "<B"))
    head = _beginning(5) + _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", since_1904))
    head += b"".join(_record(0xE0, struct.pack("<HHH", 0, shown, 0) + b"\0" * 14) for shown in (0, 14))
    at = len(head) + sum(8 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x85, struct.pack("<I", at) + name)
        at += len(body)
    path.write_bytes(_container(head + _record(0x0A) + b"".join(bodies)))
    return path


def _container(stream: bytes) -> bytes:
    """A compound file that holds one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [FAT, END, *range(3, 3 + sectors - 1), END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + b"\xff" * 432
    entries = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    return head + struct.pack("<128I", *chain, *[FREE] * (128 - len(chain))) + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text), kind, 1, FREE, FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def ods(path: Path, tables: str, prologue: str = "") -> Path:
    """An OpenDocument spreadsheet with `tables` as XML; a table of the style `hidden` is not shown."""
    style = '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("mimetype", kind, zipfile.ZIP_STORED)
        box.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{prologue}<office:document-content {_ODS_SPACES} {_CALC}><office:automatic-styles>'
            f"{style}</style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
        box.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><m:manifest {spaces}><m:file-entry m:full-path="/" m:media-type="{kind}"/>'
            "</m:manifest>",
        )
    return path


def changed(source: Path, target: Path, member: str, pattern: bytes, by: bytes) -> Path:
    """A container in which `pattern` of one member is replaced."""
    with zipfile.ZipFile(source) as box, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in box.namelist():
            data = box.read(name)
            if name == member:
                assert re.search(pattern, data)
                data = re.sub(pattern, by, data)
            out.writestr(name, data)
    return target
