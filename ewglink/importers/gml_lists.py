"""The lists of a GML file as a stream: keys and values, those asked for whole and with their own text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ewglink.importers import encoding, guard
from ewglink.model.refusal import Refusal
from ewglink.text import N_, message

_TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*(?:"([^"]*)"|(\[)|(\])|([^\s\[\]"]+))')
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})\Z")
_REAL = re.compile(r"-?\d+\.\d+\Z")
MOST_DEPTH = 100
MOST_TEXT = 16 * guard.MB
MOST_PAIRS = 200_000


class Entry(NamedTuple):
    """A key of the list asked for, its value (a list of pairs, where it was asked for whole), its line, its text."""

    key: str
    value: Any
    line: int
    raw: str


def entries(path: Path, chunks: Iterable[bytes], inside: str, whole: Collection[str]) -> Iterator[Entry]:
    """What the list called `inside` holds, at any depth below it: plain values, and lists named in `whole` entire."""
    tokens = _Tokens(path, chunks)
    depth, within = 0, 0
    key: str | None = None
    line = 1
    while (token := tokens.next()) is not None:
        kind, text = token
        if kind == "]":
            depth -= 1
            within = 0 if depth < within else within
            key = None
        elif key is None:
            if kind != "word":
                raise tokens.broken()
            key, line = text, tokens.line
            tokens.mark()
        elif kind == "[":
            if within and key in whole:
                yield Entry(key, _list(tokens, 1), line, tokens.marked())
            else:
                depth += 1
                if depth > MOST_DEPTH:
                    raise tokens.broken(deep=True)
                within = within or (depth if key.lower() == inside else 0)
            key = None
        else:
            if within:
                yield Entry(key, text if kind == "text" else _number(text), line, "")
            key = None
    if depth > 0 or key is not None:
        raise tokens.cut()


def _list(tokens: _Tokens, depth: int) -> list[tuple[str, Any]]:
    if depth > MOST_DEPTH:
        raise tokens.broken(deep=True)
    found: list[tuple[str, Any]] = []
    while True:
        token = tokens.next()
        if token is None:
            raise tokens.cut()
        kind, key = token
        if kind == "]":
            return found
        if kind != "word" or len(found) >= MOST_PAIRS:
            raise tokens.broken()
        value = tokens.next()
        if value is None:
            raise tokens.cut()
        if value[0] == "]":
            raise tokens.broken()
        if value[0] == "[":
            found.append((key, _list(tokens, depth + 1)))
        else:
            found.append((key, value[1] if value[0] == "text" else _number(value[1])))


def _number(text: str) -> Any:
    """A number that is written as Python would write it, else the text as it is."""
    if _WHOLE.match(text) and text != "-0":
        return int(text)
    if _REAL.match(text) and repr(float(text)) == text:
        return float(text)
    return text


class _Tokens:
    """The words of a GML file."""

    def __init__(self, path: Path, chunks: Iterable[bytes]) -> None:
        self._path = path
        self._texts = _decoded(path, chunks)
        self._buffer, self._at = "", 0
        self._mark: int | None = None
        self._ended = False
        self.line = 1
        self._counted = 0

    def next(self) -> tuple[str, str] | None:
        """The next word: its kind (`text`, `word`, `[`, `]`) and what it says; None at the end."""
        while True:
            match = _TOKEN.match(self._buffer, self._at)
            if match is not None and (match.end() < len(self._buffer) or self._ended or match[4] is None):
                self._at = match.end()
                self._count(match)
                if match[1] is not None:
                    return "text", match[1]
                return (match[2], "[") if match[2] else (match[3], "]") if match[3] else ("word", match[4])
            if self._ended:
                if self._buffer[self._at :].strip() and not self._buffer[self._at :].lstrip().startswith("#"):
                    raise self.cut()
                return None
            self._more()

    def _count(self, match: re.Match[str]) -> None:
        start = max(match.start(1), match.start(2), match.start(3), match.start(4))
        self.line += self._buffer.count("\n", self._counted, start)
        self._counted = start
        self._started = start - (1 if match[1] is not None else 0)

    def _more(self) -> None:
        keep = self._at if self._mark is None else self._mark
        if keep > guard.MB // 4:
            self.line += self._buffer.count("\n", self._counted, keep) if self._counted < keep else 0
            self._buffer = self._buffer[keep:]
            self._at -= keep
            self._counted = max(0, self._counted - keep)
            self._mark = None if self._mark is None else 0
        piece = next(self._texts, None)
        if piece is None:
            self._ended = True
        else:
            self._buffer += piece
        if len(self._buffer) - self._at > MOST_TEXT:
            raise self.broken()

    def mark(self) -> None:
        """Remember where the last word stands."""
        self._mark = self._started

    def marked(self) -> str:
        """The text from the mark to here."""
        start = self._mark or 0
        self._mark = None
        return self._buffer[start : self._at]

    def broken(self, deep: bool = False) -> Refusal:
        """The refusal of a file that is no GML here."""
        words = N_("{file} is nested too deeply in line {line}; it is not read.") if deep else N_(
            "{file} is no GML: line {line} is not understood.")  # fmt: skip
        code = "too_deep" if deep else "broken_gml"
        return guard.refuse(code, message(words, file=self._path.name, line=self.line), self._path)

    def cut(self) -> Refusal:
        """The refusal of a file that ends too early."""
        words = N_("{file} is cut off in line {line}; ask for it again.")
        return guard.refuse("cut_off_file", message(words, file=self._path.name, line=self.line), self._path)


def _decoded(path: Path, chunks: Iterable[bytes]) -> Iterator[str]:
    """The text, in the encoding that the file's bytes show (of a packed one, its first)."""
    decoder: Any = None
    for chunk in chunks:
        if decoder is None:
            with path.open("rb") as stream:
                packed = stream.read(2) == b"PK"
            name = (encoding.detect_bytes(chunk) if packed else encoding.detect(path)).name
            decoder = codecs.getincrementaldecoder(name)("replace" if name.startswith("utf-") else "surrogateescape")
        yield decoder.decode(chunk)
    if decoder is not None:
        yield decoder.decode(b"", True)
