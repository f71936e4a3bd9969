"""Characters that hide or mislead: control characters, direction marks, invisible ones, and signs of a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ewglink.text import Message, N_, message

_C0 = bytes(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)) + b"\x7f"
# A block without the literal beginning is passed over at the speed of memory.
_MULTIBYTE = tuple((start, re.compile(start + rest)) for start, rest in (
    (b"\xe2\x80", rb"[\x8b-\x8f\xaa-\xae]"), (b"\xe2\x81", rb"[\xa0\xa6-\xa9]"), (b"\xd8\x9c", b""), (b"\xef\xbb\xbf", b""),
    (b"\xef\xbf\xbd", b""), (b"\xc2", rb"[\x80-\x9f]"), (b"\xed", rb"[\xa0-\xbf]"), (b"\xc3\x82\xc2", b""),
    (b"\xc3\x83\xc2", b"")))

_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("nul", N_("holds a NUL character"), re.compile("\x00")),
    ("control_characters", N_("holds control characters"), re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")),
    ("direction_marks", N_("holds characters that turn the direction of writing"),
     re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")),
    ("invisible_characters", N_("holds characters that cannot be seen"), re.compile("[\u200b-\u200d\u2060\ufeff]")),
    ("undecodable", N_("holds bytes that do not fit the encoding"), re.compile("[\ud800-\udfff\ufffd]")),
    ("mojibake", N_("looks as if it had been read in the wrong encoding"), re.compile("[\u00c2\u00c3][\u0080-\u00bf]")),
)


def suspicious(text: str) -> bool:
    """Whether `text` (a block of many rows) holds any character worth reporting; fast where it holds none."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _C0)) != len(data):
        return True
    return not text.isascii() and any(start in data and pattern.search(data) for start, pattern in _MULTIBYTE)


def findings(text: str) -> list[tuple[str, Message]]:
    """What is suspicious about `text`: (code, sentence) pairs, at most one a kind."""
    return [(code, message(words)) for code, words, pattern in _KINDS if pattern.search(text)]


def clean(cells: Iterable[str]) -> tuple[str, ...]:
    """`cells` with bytes that could not be decoded shown as U+FFFD; everything else as it is."""
    return tuple(cell.encode("utf-8", "replace").decode("utf-8") if _lone(cell) else cell for cell in cells)


def _lone(text: str) -> bool:
    return not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text)
