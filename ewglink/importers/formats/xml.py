"""Any XML as tables: a table for every element that comes back, with its attributes and what it holds as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ewglink.importers import characters, graph_bytes, guard
from ewglink.importers.contract import Cell, Part, Problem, Recognised, Row
from ewglink.importers.xml_records import Reading, Record
from ewglink.importers.xml_shape import BrokenXml, Shape, refused, shape
from ewglink.plugins.options import option
from ewglink.text import N_, Message, message

_PREVIEW_ROWS = 100


@dataclass(frozen=True)
class XmlOptions:
    """How to read XML; its encoding is the one it names."""

    separator: str = option(";", N_("What stands between several values of a cell"))


def _known(path: Path) -> Shape:
    guard.check_file(path)
    status = path.stat()
    return _found(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=4)
def _found(path: Path, size: int, changed: int) -> Shape:
    return shape(path)


class _Table:
    """The rows of one table, and what is wrong with them."""

    def __init__(self, path: Path, known: Shape, options: XmlOptions, part: str) -> None:
        self.path, self.known, self.options, self.part = path, known, options, part
        place = known.tables[part]
        found = list(dict.fromkeys([*place.own_columns(), *place.outer_columns()]))
        self.columns, self.over = tuple(found[: guard.LIMITS.columns]), len(found) - guard.LIMITS.columns
        self.first = part == next(iter(known.tables))
        self.no = 0
        around = place.around()
        self.document = {}
        if around is not None:
            depth, outer = 1, around
            while outer is not known.root and outer.around() is not None:
                depth, outer = depth + 1, outer.around() or outer
            self.document = {"parent." * depth + name: value for name, value in _carried_values(known).items()}

    def rows(self) -> Iterator[Row | Problem]:
        """The rows in the document's order."""
        prefixes = self.known.prefixes()
        if self.first and prefixes:
            words = N_("Names are shown without their prefixes ({prefixes}).")
            yield self._problem(None, None, "prefixes", message(words, prefixes=", ".join(prefixes)))
        if self.over > 0:
            words = N_("The records of {part} have more than {n} fields; the others stay in the record only.")
            yield self._problem(None, None, "too_many_columns", message(words, part=self.part, n=len(self.columns)))
        reading = Reading(self.path, self.known, self.known.tables[self.part])
        for record in reading.records():
            self.no += 1
            yield from self._row(record)
        if reading.early:
            words = N_("The records around {part} are very long; what stands behind it in them is not carried along.")
            yield self._problem(None, None, "not_carried", message(words, part=self.part))
        if reading.broken:
            yield self._cut(reading.broken, reading.left)

    def _row(self, record: Record) -> Iterator[Row | Problem]:
        values = record.values()
        for name, found in record.fields.items():
            text = "".join(found)
            if not characters.clear(text) and characters.suspicious(text):
                for code, what in characters.findings(text):
                    yield self._problem(record.line, name, code, message(N_("The row {what}."), what=what), record.raw)
        cells: list[Cell] = []
        for name in self.columns:
            several = values.get(name)
            if not several:
                cells.append(self.document.get(name))
                continue
            if len(several) > 1:
                several = [one for one in several if one]
                if any(self.options.separator in one for one in several):
                    yield self._inside(record, name)
            cells.append(self.options.separator.join(several) or None)
        yield Row(self.part, self.no, record.line, tuple(cells), record.raw)

    def _inside(self, record: Record, name: str) -> Problem:
        words = N_("A value of “{field}” holds “{separator}”, which parts values; choose another separator.")
        said = message(words, field=name, separator=self.options.separator)
        return self._problem(record.line, name, "separator_inside", said, record.raw)

    def _cut(self, error: BrokenXml, left: str) -> Problem:
        self.no += 1
        words = N_("The XML breaks off in line {line}, column {column} ({reason}); what follows is not imported.")
        said = message(words, line=error.line, column=error.column, reason=error.reason)
        return self._problem(error.line, None, "broken_xml", said, left, rejected=True)

    def _problem(
        self, line: int | None, column: str | None, code: str, words: Message, raw: str | None = None,
        rejected: bool = False,
    ) -> Problem:  # fmt: skip
        return Problem(self.part, self.no if line else None, line, column, code, words, rejected, raw)


def _carried_values(known: Shape) -> dict[str, str]:
    """What the outermost element says of itself: known before the first record, wherever in the document it stands."""
    root = known.root
    found = {f"@{name}": value for name, value in root.given.items()}
    found.update((one.name, one.value) for one in root.children.values() if one.plain and one.count == 1 and one.value)
    return found


class Xml:
    """The format: a part for each element that is a record, named by its path (`/list/person`); attributes are `@name`,
    inner elements dotted; rows inside other records carry their plain fields as `parent.…`."""

    key = "xml"
    name = N_("XML tables")
    suffixes = (".xml",)
    kind = "table"
    options = XmlOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """XML of any content; formats that know more of theirs are surer."""
        name, _attributes = graph_bytes.root_of(head)
        if not name or name.lower() == "html" or b"<!doctype html" in head[:4096].lower():
            return Recognised(0.0, message(N_("not XML")))
        return Recognised(0.4, message(N_("XML whose outermost element is <{root}>"), root=name))

    def parts(self, path: Path, options: XmlOptions) -> list[Part]:
        """The tables with their first rows; what the document says of itself comes last."""
        known = _known(path)
        found = []
        for name in known.tables:
            table = _Table(path, known, options, name)
            rows = (one for one in table.rows() if isinstance(one, Row))
            found.append(Part(name, table.columns, None, sample=tuple(islice(rows, _PREVIEW_ROWS))))
        return found

    def read(self, path: Path, options: XmlOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The rows of one table, or of all."""
        known = _known(path)
        if part is not None and part not in known.tables:
            raise refused(path, "unknown_part", N_("{file} has no list of records at “{part}”."), part=part)
        for name in known.tables if part is None else (part,):
            yield from _Table(path, known, options, name).rows()


MEMBER = Xml()
