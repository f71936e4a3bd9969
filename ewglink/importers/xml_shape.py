"""What an XML document is as tables: which elements are records, and the columns of each, found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ewglink.importers import graph_bytes, guard, xml_stream
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

TEXT = "#text"
"""The column of a record's own words."""
_MOST_PATHS = 20_000
_PLAIN_LIST = 100
"""More plain elements of a name beside each other than this are rows of a table, not values of one cell."""
_LONGEST_FIELD = 1 << 16


class BrokenXml(ValueError):
    """The document is not well-formed, or is cut off, at a line and column (both from 1)."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(line, column, reason)
        self.line, self.column, self.reason = line, column, reason


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def attributes_of(found: dict[str, str]) -> dict[str, str]:
    """The attributes of an element by name without prefix; declarations of namespaces are none."""
    if not any(":" in name or name == "xmlns" for name in found):
        return found
    named: dict[str, str] = {}
    for name, value in found.items():
        if name != "xmlns" and not name.startswith("xmlns:"):
            named[name if local(name) in found or local(name) in named else local(name)] = value
    return named


def refused(path: Path, code: str, words: str, **values: Any) -> Refusal:
    """A refusal that names the file."""
    return guard.refuse(code, message(words, file=path.name, **values), path)


class Pass:
    """One pass of the parser over a document; `start`, `end` and `text` are what hears of its elements."""

    def __init__(
        self,
        path: Path,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        text: Callable[[str], None],
    ) -> None:
        self.path = path
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end
        self.parser.CharacterDataHandler = text

    def _doctype(self, *_declared: Any) -> None:
        raise refused(self.path, "xml_doctype", N_("{file} declares a document type (DTD), through which files can do "
                                                   "harm; it is not read. Save it without one."))  # fmt: skip

    def chunks(self) -> Iterator[bytes]:
        """The document piece by piece as UTF-8, each parsed when the next is asked for."""
        try:
            for chunk in xml_stream.decoded(self.path, graph_bytes.chunks(self.path, (".xml",))):
                yield chunk
                self.parser.Parse(chunk, False)
            yield b""
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BrokenXml(error.lineno, error.offset + 1, expat.ErrorString(error.code) or "") from None


@dataclass
class Place:
    """All elements at one path. `most` is how many of them one parent holds."""

    name: str
    path: str
    parent: Place | None
    children: dict[str, Place] = field(default_factory=dict)
    attributes: dict[str, None] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    count: int = 0
    most: int = 0
    text: bool = False
    value: str = ""
    """The text of the one that came last, where there is only one."""
    given: dict[str, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether they hold nothing but text."""
        return not self.children and not self.attributes

    @property
    def record(self) -> bool:
        """Whether each is a row of a table: there are several beside each other, and they are more than a value."""
        return self.parent is None or (self.most > 1 if not self.plain else self.most > _PLAIN_LIST)

    def records(self) -> Iterator[Place]:
        """This place and those inside it whose elements are records."""
        if self.record:
            yield self
        for child in self.children.values():
            yield from child.records()

    def around(self) -> Place | None:
        """The nearest place around this one whose elements are records."""
        place = self.parent
        while place is not None and not place.record:
            place = place.parent
        return place

    def own_columns(self) -> Iterator[str]:
        """The columns of a record, without those of records inside it."""
        yield from (f"@{name}" for name in self.attributes)
        if self.text:
            yield TEXT
        for child in self.children.values():
            yield from child.inner_columns("")

    def inner_columns(self, prefix: str) -> Iterator[str]:
        """The columns that this place adds to the record it lies in."""
        if self.record:
            return
        name = prefix + self.name
        if self.text or self.plain:
            yield name
        yield from (f"{name}.@{one}" for one in self.attributes)
        for child in self.children.values():
            yield from child.inner_columns(name + ".")

    def carried(self) -> Iterator[str]:
        """The fields of a record that records inside it carry: its attributes and plain, single elements."""
        yield from (f"@{name}" for name in self.attributes)
        yield from (child.name for child in self.children.values() if child.plain and child.most == 1)

    def outer_columns(self) -> Iterator[str]:
        """The columns that a record carries of those around it."""
        place, prefix = self.around(), "parent."
        while place is not None:
            yield from (prefix + name for name in place.carried())
            place, prefix = place.around(), prefix + "parent."


class _Survey:
    """The places of a document as they are met."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: Place | None = None
        self.open: list[tuple[Place, dict[str, int]]] = []
        self.paths = 0
        self.said: list[str] = []
        self.reading = Pass(path, self._start, self._end, self._text)

    def _start(self, name: str, found: dict[str, str]) -> None:
        if len(self.open) >= guard.LIMITS.xml_depth:
            raise refused(self.path, "nested_too_deep", N_("{file} is nested more than {limit} levels deep in line "
                                                           "{line}; it is not read."), limit=guard.LIMITS.xml_depth,
                          line=self.reading.parser.CurrentLineNumber)  # fmt: skip
        self._flush()
        parent, counts = self.open[-1] if self.open else (None, {})
        place = self._place(parent, local(name))
        place.count += 1
        place.names.add(name)
        counts[place.name] = counts.get(place.name, 0) + 1
        if counts[place.name] > place.most:
            place.most = counts[place.name]
        if found:
            self._count_attributes(found)
            given = attributes_of(found)
            if len(place.attributes) < guard.LIMITS.columns:
                place.attributes.update(dict.fromkeys(given))
            place.given = given if place.count == 1 else {}
        self.open.append((place, {}))

    def _count_attributes(self, found: dict[str, str]) -> None:
        if len(found) > xml_stream.MOST_ATTRIBUTES:
            raise refused(self.path, "too_many_columns", N_("An element in line {line} of {file} has more than {limit} "
                                                            "attributes; it is not read."),
                          limit=xml_stream.MOST_ATTRIBUTES, line=self.reading.parser.CurrentLineNumber)  # fmt: skip

    def _place(self, parent: Place | None, name: str) -> Place:
        if parent is None:
            self.root = self.root or Place(name, f"/{name}", None)
            return self.root
        place = parent.children.get(name)
        if place is None:
            self.paths += 1
            if self.paths > _MOST_PATHS:
                raise refused(self.path, "too_many_columns", N_("{file} holds more than {limit} different elements; it "
                                                                "is not read."), limit=_MOST_PATHS)  # fmt: skip
            place = parent.children[name] = Place(name, f"{parent.path}/{name}", parent)
        return place

    def _text(self, text: str) -> None:
        if len(self.said) < 100:
            self.said.append(text)

    def _flush(self) -> None:
        if self.said:
            text = "".join(self.said).strip()
            if text and self.open:
                place = self.open[-1][0]
                place.text = True
                place.value = text[:_LONGEST_FIELD] if place.count == 1 else ""
            self.said = []

    def _end(self, _name: str) -> None:
        self._flush()
        self.open.pop()


@dataclass(frozen=True)
class Shape:
    """The tables of a document by path, and where it breaks off (None: nowhere)."""

    root: Place
    tables: dict[str, Place]
    broken: BrokenXml | None

    def prefixes(self) -> tuple[str, ...]:
        """The prefixes that names of elements have."""
        found: set[str] = set()
        waiting = [self.root]
        while waiting:
            place = waiting.pop()
            found.update(name.rpartition(":")[0] for name in place.names if ":" in name)
            waiting.extend(place.children.values())
        return tuple(sorted(found))


def shape(path: Path) -> Shape:
    """The tables of the document at `path`; a `Refusal` where it holds nothing."""
    survey, broken = _Survey(path), None
    try:
        for _chunk in survey.reading.chunks():
            pass
    except BrokenXml as error:
        broken = error
    root = survey.root
    tables = [] if root is None else [place for place in root.records() if place is not root]
    if root is None or broken and not tables:
        line, column, reason = (broken.line, broken.column, broken.reason) if broken else (1, 1, "")
        raise refused(path, "broken_xml", N_("{file} is not well-formed XML: line {line}, column {column}, {reason}."),
                      line=line, column=column, reason=reason)  # fmt: skip
    if any(True for _column in root.own_columns()) or not tables:
        tables.append(root)
    if len(tables) > guard.LIMITS.parts:
        raise refused(path, "too_many_parts", N_("{file} holds more than {limit} different lists of records; it is not "
                                                 "read."), limit=guard.LIMITS.parts)  # fmt: skip
    return Shape(root, {place.path: place for place in tables}, broken)
