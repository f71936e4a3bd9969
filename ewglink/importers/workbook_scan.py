"""What a workbook's packed sheets really hold, counted while unpacking: their extent, error cells, formulas without a
value."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from xml.sax.saxutils import unescape

from ewglink.importers import guard
from ewglink.names.lettering import letter
from ewglink.text import N_, message

_COLUMN = re.compile(rb"[\s]r=[\"']([A-Z]{1,4})[0-9]")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"']([0-9]{1,9})[\"']")
# The way nearly all programs write it begins with a literal, which is found several times faster.
_USUAL_ROW = re.compile(rb'<row r="([0-9]{1,9})"')
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,9})[\"'][^>]*>\s*<(?:\w+:)?(?:v|is|f)\b")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,9})[\"'][^>]*>"
    rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,40})</",
    re.DOTALL,
)
_VALUELESS = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
    rb"|<(?:\w+:)?f[^>]*/>\s*</(?:\w+:)?c>"
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,9})[\"'][^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?>([^<]{1,200})"
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_OVERLAP = 512
_MOST_ERRORS = 1_000


@dataclass
class SheetScan:
    """A sheet part: its lowest row and rightmost column (counts), error cells as (row, column, text), its formulas, and
    how many of them have no stored value."""

    rows: int = 0
    columns: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    valueless: int = 0
    formulas: dict[int, list[Any]] = field(default_factory=dict)
    """Column → how many formulas it holds, and the row and text of the first."""

    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """Merged cells as (top, left), (bottom, right) counted from 0, where calamine does not tell them."""

    def formula(self, column: int, row: int, text: str) -> None:
        """Count a formula."""
        self.formulas.setdefault(column, [0, row, text])[0] += 1

    def error(self, row: int, column: int, text: str) -> None:
        """Note an error cell, the first thousand of them."""
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append((row, column, text))


def number(letters: bytes) -> int:
    """The number of a spreadsheet column: A is 1, AA is 27."""
    value = 0
    for code in letters:
        value = value * 26 + code - 64
    return value


def scan(path: Path, limits: guard.Limits = guard.LIMITS) -> dict[str, SheetScan]:
    """Each worksheet part of the workbook by its path inside; every member is unpacked once under the guard's
    limits."""
    found: dict[str, SheetScan] = {}
    unpacking = guard.Unpacking(path, limits)
    for member in guard.open_zip(path, limits):
        sheet = SheetScan() if _is_sheet(member) else None
        tail = b""
        for chunk in unpacking.chunks(member):
            if b"<!" in chunk or tail[-1:] == b"<":
                refuse_doctype(path, tail[-16:] + chunk)
            tail = chunk[-16:] if sheet is None else _look(sheet, tail, chunk)
        if sheet is not None:
            found[member.filename] = sheet
    for name, sheet in found.items():
        if sheet.columns > limits.columns or sheet.rows * sheet.columns > limits.cells or sheet.rows > limits.rows:
            _measure_filled(sheet, unpacking, next(one for one in guard.open_zip(path, limits) if one.filename == name))
    return found


def refuse_doctype(path: Path, text: bytes) -> None:
    """A `Refusal` where XML declares entities, or says where they are: no spreadsheet program writes that."""
    if _DOCTYPE.search(text):
        words = N_("{file} declares entities, as files made to do harm do; it is not read.")
        raise guard.refuse("xml_entities", message(words, file=path.name), path)


def _is_sheet(member: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(member.filename)
    return name.suffix == ".xml" and name.parent.name == "worksheets"


def _look(sheet: SheetScan, tail: bytes, chunk: bytes) -> bytes:
    text = tail + chunk
    usual = b"='" not in text and b":c " not in text
    row = _USUAL_ROW if usual and text.count(b"<row ") == text.count(b'<row r="') else _ROW
    if usual:
        sheet.columns = _reached(text, sheet.columns)
    else:
        sheet.columns = max(sheet.columns, max(map(number, set(_COLUMN.findall(text))), default=0))
    sheet.rows = max(sheet.rows, max(map(int, row.findall(text)), default=0))
    if b't="e"' in text or b"t='e'" in text:
        known = {(one, other) for one, other, _text in sheet.errors}
        for letters, at, words in _ERROR.findall(text):
            place = (int(at), number(letters))
            if place not in known and len(sheet.errors) < _MOST_ERRORS:
                sheet.error(*place, words.decode("utf-8", "replace"))
    # What lies in the overlap was counted with the chunk before; formulas are counted by where they end.
    if b"<f" in text or b":f" in text:
        sheet.valueless += sum(1 for match in _VALUELESS.finditer(text) if match.end() > len(tail))
        for match in _FORMULA.finditer(text):
            if match.end() > len(tail):
                sheet.formula(number(match[1]), int(match[2]), unescape(match[3].decode("utf-8", "replace")))
    return text[-_OVERLAP:]


def _reached(text: bytes, known: int) -> int:
    """The rightmost column that `text` names, not below `known`: only what lies beyond is looked for."""
    at = 0
    while match := _beyond(known).search(text, at):
        known, at = number(match[1]), match.end()
    return known


@lru_cache(maxsize=1024)
def _beyond(column: int) -> re.Pattern[bytes]:
    """What names a cell to the right of `column`."""
    name = letter(column - 1) if column else ""
    later = [f"[A-Z]{{{len(name) + 1},4}}"] if len(name) < 4 else []
    for place, char in enumerate(name):
        if char < "Z":
            rest = len(name) - place - 1
            later.append(f"{name[:place]}[{chr(ord(char) + 1)}-Z]" + (f"[A-Z]{{{rest}}}" if rest else ""))
    return re.compile(f' r="({"|".join(later)})[0-9]'.encode() if later else rb"(?!)")


def _measure_filled(sheet: SheetScan, unpacking: guard.Unpacking, member: zipfile.ZipInfo) -> None:
    """The extent of cells that hold something: a format painted to the sheet's far corner is not data."""
    sheet.rows = sheet.columns = 0
    unpacking.total = 0
    tail = b""
    for chunk in unpacking.chunks(member):
        text = tail + chunk
        for match in _FILLED.finditer(text):
            sheet.columns = max(sheet.columns, number(match[1]))
            sheet.rows = max(sheet.rows, int(match[2]))
        tail = text[-_OVERLAP:]


def sheet_paths(path: Path) -> dict[str, str]:
    """Sheet names of an XLSX workbook → the path of their part; what cannot be told is left out."""
    from defusedxml import ElementTree

    try:
        with zipfile.ZipFile(path) as box:
            book: Any = ElementTree.fromstring(box.read("xl/workbook.xml"), forbid_dtd=True)
            links: Any = ElementTree.fromstring(box.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    except (KeyError, ElementTree.ParseError, ValueError, zipfile.BadZipFile):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found: dict[str, str] = {}
    for element in book.iter():
        if element.tag.rsplit("}", 1)[-1] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.rsplit("}", 1)[-1] == "id"), None)
            target = targets.get(key, "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
