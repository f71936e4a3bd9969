"""Finding as a person types: the items that hold some words, and the place where the words stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ewglink.store.case_file import CaseFile


@dataclass(frozen=True)
class Hit:
    """An item that a search found, and where in it: a property's key, or None for its label or number."""

    id: int
    kind: str
    type: str
    label: str
    field: str | None
    excerpt: str


def _folded(text: str) -> str:
    """`text` with its accents and capitals away, letter for letter."""
    return "".join((unicodedata.normalize("NFD", letter)[0]).casefold()[:1] or letter for letter in text)


def _excerpt(value: str, words: Sequence[str], width: int = 70) -> str | None:
    at = min((found for word in words if (found := _folded(value).find(word)) >= 0), default=None)
    if at is None:
        return None
    start = max(0, at - width // 3)
    return ("…" if start else "") + value[start : start + width].strip() + ("…" if start + width < len(value) else "")


def search(case: CaseFile, text: str, limit: int = 40) -> tuple[int, list[Hit]]:
    """How many items hold `text`, and the first of them with the place where it stands."""
    total, found = case.search(text, limit)
    refs = case.items.refs(found)
    words = [_folded(word) for word in text.split()]
    spoken: dict[int, list[tuple[str, str]]] = {}
    for statement in case.items.statements(found):
        spoken.setdefault(statement.item, []).extend((key, str(val[0])) for key, val in statement.vals.items())
    hits = []
    for item in found:
        if item in refs:
            ref = refs[item]
            field, excerpt = _place(ref.label, ref.identity, spoken.get(item, ()), words)
            hits.append(Hit(ref.id, ref.kind, ref.type, ref.label, field, excerpt))
    return total, hits


def _place(
    label: str, identity: str | None, values: Collection[tuple[str, str]], words: Sequence[str]
) -> tuple[str | None, str]:
    number = (identity or "").partition(":")[2]
    number = number if len(number) < 60 else ""
    if _excerpt(label, words) is not None:
        return None, number
    for key, value in values:
        excerpt = _excerpt(value, words)
        if excerpt is not None:
            return key, excerpt
    return None, number
