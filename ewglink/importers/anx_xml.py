"""The XML of an exchange chart, element by element: streamed, in any encoding, with nothing declared and nothing
fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ewglink.dialects import anx
from ewglink.importers import encoding, guard
from ewglink.text import N_, Message, message

_CHUNK = 1 << 16
_HEAD = 1 << 16
_DECLARED = re.compile(rb"""^[\s\xef\xbb\xbf]*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_DECLARED_WIDE = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_START_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_LONG_DATA = re.compile(r'(\bData=")[^"]{4096,}(")')
_DEPTH = 60
_ITEM = 64 * guard.MB
"""One item may be so long: a picture, or a document that was put on the chart."""
_SPLIT = frozenset({"ChartItemCollection", "ConnectionCollection", "CustomImageCollection", "GroupCollection"})
"""Collections whose children come one by one."""
_KEPT_RAW = frozenset({"ChartItem", "Card"})


@dataclass
class Element:
    """An element: its name without prefix, attributes, children, the line it begins on; `raw` as the file has it, of
    items and cards only. Long embedded data is left out of it."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""
    raw: str = ""

    def get(self, name: str) -> str | None:
        """An attribute."""
        return self.attributes.get(name)

    def child(self, *tags: str) -> Element | None:
        """The first descendant at this path of names."""
        found: Element | None = self
        for tag in tags:
            found = next((one for one in found.children if one.tag == tag), None) if found is not None else None
        return found

    def every(self, tag: str) -> Iterator[Element]:
        """The children of that name."""
        return (one for one in self.children if one.tag == tag)


def codec_of(path: Path) -> tuple[str, Message | None]:
    """The codec the file is in, and what is to be said where its own declaration is wrong: the byte-order mark goes
    first, then how the bytes look, then the declaration, and UTF-8 where there is none."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name, None
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
        if head.startswith(start):
            return name, None
    declared = _DECLARED.match(head)
    wanted = declared[1].decode("ascii").lower() if declared else "utf-8"
    if wanted.startswith(("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2", "utf-32")):
        found = encoding.detect(path)
        words = N_("The file says it is {declared}; its bytes are not, and were read as {name}.")
        return found.name, message(words, declared=wanted.upper(), name=found.name.upper())
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        name = "utf-8"
    told = encoding.detect(path) if name == "utf-8" else None
    if told is not None and not told.name.startswith("utf-8"):
        words = N_("The file is not in {declared}; it was read as {name}.")
        return told.name, message(words, declared="UTF-8", name=told.name.upper())
    return name, None


def declares_chart(head: bytes) -> int:
    """How many of the telling words stand at the beginning of an exchange chart; 0 where the root is another."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<"))
    if wide:
        mark = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        name = "utf-16" if mark else "utf-16-le" if head.startswith(b"<") else "utf-16-be"
        text = head[: len(head) // 2 * 2].decode(name, "replace")
    else:
        text = head.decode("utf-8", "replace")
    text = re.sub(r"(?s)<!--.*?-->|<\?.*?\?>", "", text).lstrip("\ufeff \t\r\n")
    text = re.sub(r"(?s)^<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", "", text).lstrip()
    if not re.match(r"<Chart[\s>/]", text):
        return 0
    return sum(word in text for word in anx.TELLING)


class ChartReader:
    """Reads one file; `remarks` says what was odd about it, `passed_over` which parts of the chart nobody reads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed_over: set[str] = set()
        self.codec, self.remark = codec_of(path)
        self._stack: list[Element] = []
        self._starts: list[tuple[Element, int]] = []
        self._done: list[Element] = []
        self._depth = 0
        self._skip = 0
        self._held = bytearray()
        self._base = 0

    def elements(self) -> Iterator[Element]:
        """The root (without children), its children that say something, and every item, connection and picture."""
        guard.check_file(self.path)
        self._parser = parser = expat.ParserCreate("utf-8", None, intern={})
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        decoder = codecs.getincrementaldecoder(self.codec)("replace")
        with self.path.open("rb") as stream:
            while True:
                chunk = stream.read(_CHUNK)
                self._feed(decoder.decode(chunk, not chunk), not chunk)
                yield from self._done
                self._done.clear()
                if not chunk:
                    return

    def _feed(self, text: str, last: bool) -> None:
        data = text.encode("utf-8", "replace")
        self._held += data
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise malformed(self.path, error.lineno, error.offset + 1) from None
        keep = self._starts[0][1] if self._starts else self._parser.CurrentByteIndex
        if len(self._held) > _ITEM:
            raise guard.refuse(
                "item_too_large",
                message(
                    N_("{file}, line {line}: one item has more than {limit} MB; the chart is not read."),
                    file=self.path.name,
                    line=self._parser.CurrentLineNumber,
                    limit=_ITEM // guard.MB,
                ),
                self.path,
            )
        if keep > self._base:
            del self._held[: keep - self._base]
            self._base = keep

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self._depth += 1
        if self._depth > _DEPTH:
            raise guard.refuse(
                "too_deep",
                message(N_("{file} is nested more deeply than any chart; it is not read."), file=self.path.name),
                self.path,
            )
        if self._skip:
            return
        if self._depth == 1 and tag != anx.ROOT:
            raise guard.refuse(
                "not_a_chart",
                message(
                    N_("{file} is no exchange chart: its root is <{tag}>, not <Chart>."),
                    file=self.path.name,
                    tag=tag[:40],
                ),
                self.path,
            )
        if self._depth == 2 and tag not in anx.TAKEN:
            if tag in anx.PASSED_OVER:
                self.passed_over.add(tag)
            self._skip = self._depth
            return
        made = Element(tag, attributes, self._parser.CurrentLineNumber)
        if tag in _KEPT_RAW:
            self._starts.append((made, self._parser.CurrentByteIndex))
        self._stack.append(made)
        if self._depth == 1:
            self._done.append(Element(tag, attributes, made.line))

    def _text(self, data: str) -> None:
        if not self._skip and self._stack and self._depth == len(self._stack):
            self._stack[-1].text += data

    def _end(self, _tag: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._skip:
            if depth == self._skip:
                self._skip = 0
            return
        made = self._stack.pop()
        if self._starts and self._starts[-1][0] is made:
            made.raw = self._verbatim(self._starts.pop()[1])
        parent = self._stack[-1] if self._stack else None
        if depth == 2 and made.tag not in _SPLIT or parent is not None and depth == 3 and parent.tag in _SPLIT:
            self._done.append(made)
        elif parent is not None and depth > 2:
            parent.children.append(made)

    def _verbatim(self, start: int) -> str:
        """The element from its first byte to the end of its tag, as the file has it."""
        tag = _START_TAG.match(self._held, start - self._base)
        if tag is None:
            return ""
        end = tag.end()
        if not tag[0].endswith(b"/>"):
            at = self._parser.CurrentByteIndex - self._base
            end = self._held.find(b">", at) + 1 or len(self._held)
        raw = bytes(self._held[start - self._base : end]).decode("utf-8", "replace")
        return _LONG_DATA.sub(r"\1…\2", raw)

    def _entity(self, name: str, *_rest: object) -> None:
        raise guard.refuse(
            "xml_entities",
            message(
                N_("{file} declares entities of its own (“{name}”), as files made to do harm do; it is not read."),
                file=self.path.name,
                name=name[:40],
            ),
            self.path,
        )


def malformed(path: Path, line: int, column: int) -> Exception:
    """The refusal of a file that is no well-formed XML."""
    return guard.refuse(
        "malformed_xml",
        message(
            N_("{file} is not well-formed XML: line {line}, column {column}. It is damaged or cut off."),
            file=path.name,
            line=line,
            column=column,
        ),
        path,
    )
