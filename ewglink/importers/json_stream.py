"""A JSON text of any length, walked member by member: each value with its own text, and the line it begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

from ewglink.importers import guard

CHUNK = 1 << 18
LOOK = 1 << 18
"""How far a container is looked into before it is decided what it is, in characters."""

_SPACE = re.compile("[ \t\r\n\ufeff\x1e]*")
_NEAR = 16
_EXACT = 1 << 53


class MalformedJson(ValueError):
    """The text is not JSON at a line and column (both from 1); `cut` where it ends too early."""

    def __init__(self, line: int, column: int, cut: bool) -> None:
        super().__init__(line, column, cut)
        self.line, self.column, self.cut = line, column, cut


class BeyondLimit(ValueError):
    """What begins on `line` takes more text than a record may, or (`deep`) is nested deeper."""

    def __init__(self, line: int, deep: bool) -> None:
        super().__init__(line, deep)
        self.line, self.deep = line, deep


class Repeated(list[Any]):
    """The values of a field that its object names more than once."""


class Decoding:
    """Decodes JSON values without changing a number, and notes what is odd: fields named twice, NaN and Infinity."""

    def __init__(self) -> None:
        self.twice: list[str] = []
        self.constants: list[str] = []
        self.decoder = json.JSONDecoder(
            strict=False,
            object_pairs_hook=self._object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=self._constant,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        merged: dict[str, Any] = {}
        for name, value in pairs:
            if name not in merged:
                merged[name] = value
                continue
            if not isinstance(merged[name], Repeated):
                merged[name] = Repeated([merged[name]])
                self.twice.append(name)
            merged[name].append(value)
        return merged

    def _constant(self, name: str) -> str:
        self.constants.append(name)
        return name


def _whole(text: str) -> int | str:
    """Whole numbers that a spreadsheet or a script would round are kept as text."""
    if len(text) > 17 or text == "-0":
        return text
    value = int(text)
    return value if -_EXACT <= value <= _EXACT else text


def _decimal(text: str) -> float | str:
    """Decimals that a float says exactly are floats, all others text."""
    value = float(text)
    if repr(value) == text:
        return value
    if len(text) > 64 or value in (float("inf"), float("-inf")):
        return text
    return value if Decimal(text) == Decimal(repr(value)) else text


PLAIN = json.JSONDecoder(strict=False, parse_int=_whole)
"""For a look at what is there: Python itself refuses whole numbers of very many digits."""


class JsonStream:
    """A text read from `source` as far as it is walked. `at` is the next character; see `members` and `value`."""

    def __init__(self, source: TextIO, decoder: json.JSONDecoder, line: int = 1) -> None:
        self._source = source
        self._decoder = decoder
        self._text = ""
        self._at = 0
        self._ended = False
        self._line, self._counted, self._before = line, 0, 0

    @property
    def line(self) -> int:
        """The line of the next character."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def malformed(self, at: int | None = None) -> MalformedJson:
        """The error of the text being wrong at the next character, or at `at`."""
        place = self._at if at is None else at
        newline = self._text.rfind("\n", 0, place)
        column = place - newline if newline >= 0 else place + 1 + self._before
        line = self.line + self._text.count("\n", self._at, place)
        return MalformedJson(line, column, self._ended and place >= len(self._text) - 1)

    def window(self) -> str:
        """What follows, at least `LOOK` characters of it or all there is."""
        self._reach(LOOK)
        return self._text[self._at : self._at + LOOK]

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._reach(1)

    def value(self) -> tuple[str, Any]:
        """The value that begins here, as its text and decoded; the stream stands behind it."""
        self.peek()
        wanted = CHUNK
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
                if end < len(self._text) or self._ended:
                    if end - self._at > guard.LIMITS.record_size:
                        raise BeyondLimit(self.line, deep=False)
                    raw = self._text[self._at : end]
                    self._at = end
                    return raw, found
            except json.JSONDecodeError as error:
                if self._ended or not self._incomplete(error):
                    raise self.malformed(max(error.pos, self._at)) from None
            except RecursionError:
                raise BeyondLimit(self.line, deep=True) from None
            if len(self._text) - self._at > guard.LIMITS.record_size:
                raise BeyondLimit(self.line, deep=False)
            wanted = max(wanted, 2 * (len(self._text) - self._at))
            self._reach(wanted)

    def members(self) -> Iterator[Any]:
        """The keys of the object, or the places in the list, that begins here. Whoever iterates must take each value
        (by `value`, or by `members` again) before asking for the next."""
        closing = "}" if self.peek() == "{" else "]"
        self._at += 1
        if self.peek() == closing:
            self._at += 1
            return
        place = 0
        while True:
            if closing == "}":
                if self.peek() != '"':
                    raise self.malformed()
                _raw, key = self.value()
                if self.peek() != ":":
                    raise self.malformed()
                self._at += 1
                yield key
            else:
                yield place
            place += 1
            mark = self.peek()
            if mark not in (",", closing) or not mark:
                raise self.malformed()
            self._at += 1
            if mark == closing:
                return

    def rest(self, most: int) -> str:
        """What follows, at most `most` characters of it."""
        self._reach(most)
        return self._text[self._at : self._at + most]

    def _incomplete(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _NEAR

    def _reach(self, wanted: int) -> None:
        """Read on until `wanted` characters follow, or the end."""
        if self._ended or len(self._text) - self._at >= wanted:
            return
        _counted = self.line
        newline = self._text.rfind("\n", 0, self._at)
        self._before = self._at - newline - 1 if newline >= 0 else self._before + self._at
        pieces = [self._text[self._at :]]
        held = len(pieces[0])
        while held < wanted:
            chunk = self._source.read(max(CHUNK, wanted - held))
            if not chunk:
                self._ended = True
                break
            pieces.append(chunk)
            held += len(chunk)
        self._text = "".join(pieces)
        self._at = self._counted = 0
