"""Text as people type it, made comparable: outer space, composition, invisible characters, a key to search by."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
                        "\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# UTF-8 read as Latin-1 or Windows-1252: a lead byte as a letter, followed by what a trail byte becomes.
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00c5]"
                       "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
                       "|\u00e2[\u0080\u20ac][\u0080-\u00bf\u0152\u0153\u0161\u02dc\u2013-\u203a\u2122]|\ufffd")
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_PLAIN_TABLE = str.maketrans(_PLAIN)


def without_invisible(text: str) -> str:
    """`text` without invisible, bidirectional and control characters; tab and line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def tidy(text: str) -> str:
    """`text` composed (NFC), without invisible characters, its white space collapsed and its ends trimmed."""
    if text.isascii() and text.isprintable():
        return _SPACE.sub(" ", text).strip() if "  " in text else text.strip()
    return _SPACE.sub(" ", unicodedata.normalize("NFC", without_invisible(text))).strip()


def plain_width(text: str) -> str:
    """`text` for reading a number from: full-width letters and digits made ordinary, dashes made hyphens."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", without_invisible(text))
    return re.sub("[\u2010-\u2015\u2212\ufe58\ufe63]", "-", folded)


def strip_accents(text: str) -> str:
    """`text` without diacritics, for comparing; never for showing (ñ becomes n)."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(ch for ch in parts if not unicodedata.combining(ch)))


def search_key(text: str) -> str:
    """A key under which `text` is found however it was typed: case, accents, width, spacing and punctuation ignored.

    Words are separated by one space. Text without a letter or digit has the empty key.
    """
    folded = strip_accents(without_invisible(text)).casefold().translate(_PLAIN_TABLE)
    return _NOT_WORD.sub(" ", folded).strip()


def has_bidi(text: str) -> bool:
    """Whether `text` holds characters that change the direction of what stands beside them."""
    return not text.isascii() and _BIDI.search(text) is not None


def has_invisible(text: str) -> bool:
    """Whether `text` holds characters that cannot be seen (joiners, soft hyphens, byte-order marks, tags)."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


def has_control(text: str) -> bool:
    """Whether `text` holds control characters other than tab and line ends."""
    return _CONTROL.search(text) is not None


def looks_mojibake(text: str) -> bool:
    """Whether `text` looks like UTF-8 that was read in a Western code page ("MÃ©xico"), or has characters lost."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def oddities(text: str) -> tuple[str, ...]:
    """What is odd about `text`, as codes in a fixed order: bidi, invisible, control, mojibake; empty for most text."""
    if text.isascii() and text.isprintable():
        return ()
    return tuple(code for code, found in (("bidi", has_bidi(text)), ("invisible", has_invisible(text)),
                                          ("control", has_control(text)), ("mojibake", looks_mojibake(text))) if found)
