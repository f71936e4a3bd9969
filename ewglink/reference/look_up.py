"""How an entry of a list is found by what people write: case, accents, spacing and punctuation ignored."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def entry_key(text: str) -> str:
    """The key of an entry: letters without marks and digits, words separated by one space; empty where none is left."""
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in parts if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", bare.casefold()).strip()
