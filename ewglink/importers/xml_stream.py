"""XML as a stream of whole elements: bounded in depth, size and number, without entities, and never fetching
anything."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ewglink.importers import guard
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

MOST_DEPTH = 400
MOST_ATTRIBUTES = 10_000
MOST_CHILDREN = 100_000
MOST_TEXT = 16 * guard.MB
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_PLAIN = frozenset({"utf-8", "ascii"})
_NO_TEXT = frozenset({"idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape",
                      "raw_unicode_escape", "undefined", "mbcs", "oem"})  # fmt: skip


_INSIDE = frozenset({"whole", "part"})


class Element:
    """An element: `tag` and the names of its attributes without prefixes, `text` up to its first child, and what
    it holds. `parent` is the element asked for that it lies in; `raw` the element verbatim, where it was asked for."""

    __slots__ = ("attrs", "children", "line", "parent", "raw", "tag", "text")

    def __init__(self, tag: str, attrs: dict[str, str], line: int, parent: Element | None) -> None:
        self.tag, self.attrs, self.line, self.parent = tag, attrs, line, parent
        self.text = ""
        self.children: list[Element] = []
        self.raw = ""

    def first(self, *tags: str) -> Element | None:
        """The first element of those names among all it holds, at any depth."""
        for child in self.children:
            if child.tag in tags:
                return child
            found = child.first(*tags)
            if found is not None:
                return found
        return None


def stream(
    path: Path, chunks: Iterable[bytes], whole: Collection[str], nested: Collection[str] = ()
) -> Iterator[tuple[str, Element]]:
    """The elements of an XML document: (`whole`, element) where one of those named ends, (`start` | `end`, element)
    for all that lie outside of them. An element of `nested` inside of one asked for is none of its children: what it
    holds comes as if it lay outside, its `parent` being the one around it, which comes after it.

    A `Refusal` names the line where the document is broken, cut off, or goes beyond what is read."""
    reading = _Reading(path, frozenset(whole), frozenset(nested))
    for chunk in decoded(path, chunks):
        reading.feed(chunk)
        yield from reading.taken()
    reading.feed(b"", last=True)
    yield from reading.taken()


def decoded(path: Path, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The document as UTF-8."""
    decoder: Any = None
    first = True
    for chunk in chunks:
        if first:
            first = False
            name = _encoding(chunk)
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
            try:
                known = codecs.lookup(name).name
                if known not in _PLAIN:
                    b"<\x00".decode(known, "replace")  # LookupError where it is a codec of something else than text
                    if known in _NO_TEXT:
                        raise LookupError(known)
                    decoder = codecs.getincrementaldecoder(known)()
            except (LookupError, UnicodeError):
                raise _refused(path, "unknown_encoding", N_("{file} says that its encoding is “{what}”, which does "
                                                            "not exist."), what=name) from None
        yield _recoded(path, decoder, chunk) if decoder is not None else chunk
    if decoder is not None:
        yield _recoded(path, decoder, b"", last=True)


def _recoded(path: Path, decoder: Any, chunk: bytes, last: bool = False) -> bytes:
    try:
        text = decoder.decode(chunk, last)
        return text.encode("utf-8") if isinstance(text, str) else b""
    except (UnicodeError, ValueError):
        raise _refused(path, "wrong_encoding", N_("{file} is not in the encoding that it names; save it as "
                                                  "UTF-8.")) from None


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    match = _DECLARED.match(head)
    return match[1].decode("ascii") if match else "utf-8"


def _refused(path: Path, code: str, words: str, **values: Any) -> Refusal:
    return guard.refuse(code, message(words, file=path.name, **values), path)


class _Reading:
    """The parser's callbacks, and what they have found."""

    def __init__(self, path: Path, whole: frozenset[str], nested: frozenset[str]) -> None:
        self._path, self._whole, self._nested = path, whole, nested
        self._found: deque[tuple[str, Element]] = deque()
        self._open: list[tuple[Element, str]] = []
        """Elements that are open, outermost first, each with what it is: `start`, `whole`, `part` or `nested`."""
        self._around: list[Element] = []
        """The elements asked for that are open."""
        self._newest: Element | None = None
        self._marks: list[tuple[int, list[bytes]]] = []
        """Where the elements asked for that are open begin (or go on), and what of them went before."""
        self._buffer, self._base = bytearray(), 0
        self._size = 0
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser

    def taken(self) -> Iterator[tuple[str, Element]]:
        """What was found since the last time."""
        found = self._found
        while found:
            yield found.popleft()

    def feed(self, chunk: bytes, last: bool = False) -> None:
        """Read on."""
        self._buffer += chunk
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise self._broken(error) from None
        keep = self._marks[0][0] if self._marks else self._parser.CurrentByteIndex
        if keep - self._base > guard.MB // 4:
            del self._buffer[: keep - self._base]
            self._base = keep

    def _broken(self, error: expat.ExpatError) -> Refusal:
        reason = expat.errors.messages.get(error.code, "")
        cut = expat.errors
        if reason in (cut.XML_ERROR_NO_ELEMENTS, cut.XML_ERROR_UNCLOSED_TOKEN, cut.XML_ERROR_PARTIAL_CHAR,
                      cut.XML_ERROR_UNCLOSED_CDATA_SECTION):  # fmt: skip
            return _refused(self._path, "cut_off_file", N_("{file} is cut off in line {line}; ask for it again."),
                            line=error.lineno)  # fmt: skip
        return _refused(self._path, "broken_xml", N_("{file} is not well-formed XML: line {line}, {reason}."),
                        line=error.lineno, reason=expat.ErrorString(error.code) or reason)  # fmt: skip

    # callbacks

    def _entity(self, *_declared: Any) -> None:
        raise _refused(self._path, "xml_entities", N_("{file} declares entities, as files made to do harm do; it is "
                                                      "not read."))

    def _skipped(self, name: str, _is_parameter: bool) -> None:
        raise _refused(self._path, "xml_entities", N_("{file} uses the entity “{name}”, which is kept in another file; "
                                                      "nothing is fetched."), name=name)

    def _too_much(self, what: str) -> Refusal:
        return _refused(self._path, "too_much_xml", N_("Line {line} of {file} goes beyond what is read: {what}."),
                        line=self._parser.CurrentLineNumber, what=message(what))  # fmt: skip

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        opened = self._open
        if attrs:
            if len(attrs) > MOST_ATTRIBUTES:
                raise self._too_much(N_("an element with too many attributes"))
            if ":" in "".join(attrs):
                attrs = {k.rpartition(":")[2]: v for k, v in attrs.items() if not k.startswith("xmlns")}
        tag = name.rpartition(":")[2] if ":" in name else name
        around = self._around
        inside = bool(opened) and opened[-1][1] in _INSIDE
        if len(opened) >= MOST_DEPTH:
            raise self._too_much(N_("elements nested too deeply"))
        if inside and tag not in self._nested:
            one = Element(tag, attrs, 0, None)
            siblings = opened[-1][0].children
            if len(siblings) >= MOST_CHILDREN:
                raise self._too_much(N_("an element that holds too many others"))
            siblings.append(one)
            opened.append((one, "part"))
            self._newest = one
            return
        one = self._newest = Element(tag, attrs, self._parser.CurrentLineNumber, around[-1] if around else None)
        if inside:
            self._put_off()
            opened.append((one, "nested"))
            self._found.append(("start", one))
        elif tag in self._whole:
            opened.append((one, "whole"))
            around.append(one)
            self._marks.append((self._parser.CurrentByteIndex, []))
            self._size = 0
        else:
            opened.append((one, "start"))
            self._found.append(("start", one))

    def _put_off(self) -> None:
        """Something nested begins: what stands before it is kept."""
        since, before = self._marks[-1]
        at = self._parser.CurrentByteIndex
        before.append(bytes(self._buffer[since - self._base : at - self._base]))
        self._marks[-1] = (at, before)

    def _end(self, _name: str) -> None:
        one, what = self._open.pop()
        if what == "part":
            return
        if what == "whole":
            self._around.pop()
            since, before = self._marks.pop()
            text = b"".join((*before, bytes(self._buffer[since - self._base : self._after(one) - self._base])))
            one.raw = text.decode("utf-8", "replace")
            self._found.append(("whole", one))
            return
        if what == "nested":
            self._marks[-1] = (self._after(one), self._marks[-1][1])
        self._found.append(("end", one))

    def _after(self, one: Element) -> int:
        """Where the tag ends that an element ends with. (Of `<empty/>` the parser is there already.)"""
        at = self._parser.CurrentByteIndex
        here = at - self._base
        if self._newest is one and self._buffer[max(0, here - 2) : here] == b"/>":
            return at
        end = self._buffer.find(b">", here)
        return self._base + end + 1 if end >= 0 else at

    def _text(self, data: str) -> None:
        if self._open:
            one, what = self._open[-1]
            if not one.children and (what != "whole" or data.strip()):
                one.text = one.text + data if one.text else data
                self._size += len(data)
                if self._size > MOST_TEXT:
                    raise self._too_much(N_("a text that is too long"))
