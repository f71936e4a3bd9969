"""Characters that hide or mislead: control characters, direction marks, invisible ones, and signs of a wrong
encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from sys import getsizeof

from ewglink.text import N_, Message, message

# Looking for one character is at the speed of memory, and at no cost where the text's own storage cannot hold it.
_LOW = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0))))
_WIDE = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_REST = re.compile("[\ud800-\udfff]|[\u00c2\u00c3][\u0080-\u00bf]")

_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("nul", N_("holds a NUL character"), re.compile("\x00")),
    ("control_characters", N_("holds control characters"), re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")),
    (
        "direction_marks",
        N_("holds characters that turn the direction of writing"),
        re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"),
    ),
    ("invisible_characters", N_("holds characters that cannot be seen"), re.compile("[\u200b-\u200d\u2060\ufeff]")),
    ("undecodable", N_("holds bytes that do not fit the encoding"), re.compile("[\ud800-\udfff\ufffd]")),
    ("mojibake", N_("looks as if it had been read in the wrong encoding"), re.compile("[\u00c2\u00c3][\u0080-\u00bf]")),
)


def suspicious(text: str) -> bool:
    """Whether `text` (a block of many rows) holds any character worth reporting; fast where it holds none."""
    if any(char in text for char in (_LOW[:30] if text.isascii() else _LOW)):
        return True
    if text.isascii():
        return False
    if getsizeof(text) > 2 * len(text):  # some character takes two bytes; where none does, none can be among these
        if any(char in text for char in _WIDE):
            return True
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return True
    return ("\u00c2" in text or "\u00c3" in text) and _REST.search(text) is not None


def clear(text: str) -> bool:
    """Whether nothing about a short text is odd; quick, and to be believed only where it says yes."""
    return text.isprintable() and (text.isascii() or not ("\ufffd" in text or "\u00c2" in text or "\u00c3" in text))


def controls(text: str) -> int:
    """How many control characters there are: many of them mean that the file is not text."""
    return sum(map(text.count, _LOW[:30]))


def findings(text: str) -> list[tuple[str, Message]]:
    """What is suspicious about `text`: (code, sentence) pairs, at most one a kind."""
    return [(code, message(words)) for code, words, pattern in _KINDS if pattern.search(text)]


def clean(cells: Iterable[str]) -> tuple[str, ...]:
    """`cells` with bytes that could not be decoded shown as U+FFFD; everything else as it is."""
    return tuple(_SURROGATE.sub("\ufffd", cell) for cell in cells)
