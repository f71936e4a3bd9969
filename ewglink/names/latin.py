"""Text of any script in plain Latin letters, for comparing names: never for showing them."""

from __future__ import annotations

import re
import unicodedata

from ewglink.names.clean import without_invisible

_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MARKS = re.compile("[\u0300-\u036f]+")
_APOSTROPHES = re.compile("(?<=[a-z])['’`´](?=[a-z])")
_POINTS = re.compile(r"(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))")
_NOT_WORD = re.compile(r"[^a-z0-9\n]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def has_han(text: str) -> bool:
    """Whether `text` holds Chinese characters, whose syllables are written without spaces."""
    return not text.isascii() and _HAN.search(text) is not None


def to_latin(text: str) -> str:
    """`text` in ASCII letters, in lower case: accents dropped, other scripts letter by letter, Chinese in syllables
    as pinyin has them, joined where no space divides them."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", without_invisible(text)).casefold().translate(_PLAIN)
    folded = _MARKS.sub("", folded)
    return folded if folded.isascii() else "\n".join(map(_transliterated, folded.split("\n")))


def _transliterated(line: str) -> str:
    if line.isascii():
        return line
    from anyascii import anyascii  # of use only where other scripts are

    return anyascii(unicodedata.normalize("NFC", line)).lower()


def word_lines(texts: list[str]) -> list[str]:
    """Each text as its words, in lower case, one space between: points within abbreviations go ("S.A." is "sa"),
    every other sign divides. Made for hundreds of thousands at once."""
    if not texts:
        return []
    joined = to_latin("\n".join([text.replace("\n", " ") for text in texts]))
    if "'" in joined or "`" in joined:
        joined = _APOSTROPHES.sub("", joined)
    return _NOT_WORD.sub(" ", _POINTS.sub(r"\1", joined)).split("\n")


def words_of(text: str) -> tuple[str, ...]:
    """The words of one text."""
    return tuple(word_lines([text])[0].split())
