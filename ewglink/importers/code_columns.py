"""Columns of codes of two letters, where NA is Namibia and no placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers.contract import Cell
from ewglink.importers.values import as_text

_OF_CODES = frozenset(
    "country pays país pais land nation nationality flag iso iso2 code state province 国家".split()
)


def holds_codes(heading: str, at: int, sample: Iterable[Sequence[Cell]]) -> bool:
    """Whether a column holds codes of two letters: all its cells are such, and it is called so, or they differ."""
    texts = {as_text(cells[at]).strip() for cells in sample if at < len(cells)}
    full = {text for text in texts if text and (len(text) == 2 or not is_placeholder(text))}
    if not full or not all(len(text) == 2 and text.isascii() and text.isalpha() for text in full):
        return False
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).casefold())
    return bool(_OF_CODES & set(words)) or sum(not is_placeholder(text) for text in full) > 1
