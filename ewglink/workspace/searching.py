"""Finding as a person types: the items that hold some words, and the place where the words stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ewglink.model.progress import Job
from ewglink.names.latin import to_latin
from ewglink.store.case_file import CaseFile
from ewglink.store.row_search import RowHits, search_rows
from ewglink.workspace.workspace import Workspace


@dataclass(frozen=True)
class Hit:
    """An item that a search found, and where in it: a property's key, `label` where what holds the words was merged
    into it under another name, or None for its own label or number."""

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
    folded = _folded(value)
    at = min((found for word in words if (found := folded.find(word)) >= 0), default=None)
    if at is None:
        return _in_other_letters(value, folded, words, width)
    start = max(0, at - width // 3)
    return ("…" if start else "") + value[start : start + width].strip() + ("…" if start + width < len(value) else "")


def _in_other_letters(value: str, folded: str, words: Sequence[str], width: int) -> str | None:
    """The beginning of a value that holds one of the words if both are written in Latin letters."""
    if folded.isascii() and all(word.isascii() for word in words):
        return None
    latin = to_latin(value)
    if not any((one := to_latin(word).strip()) and one in latin for word in words):
        return None
    return value[:width].strip() + ("…" if len(value) > width else "")


def row_excerpt(raw: str, text: str, width: int = 160) -> str:
    """The part of a source row where the words of `text` stand; its beginning where that cannot be told."""
    return _excerpt(raw, [_folded(word) for word in text.split()], width) or raw[:width]


def search(case: CaseFile, text: str, limit: int = 40, count_to: int | None = None) -> tuple[int, list[Hit]]:
    """How many items hold `text` (counted no further than `count_to`), and the first of them with the place where it
    stands; merged items are one.
    """
    total, found = case.search(text, limit, count_to)
    standing = case.items.standing(found)
    refs = case.items.refs(standing.values())
    words = [_folded(word) for word in text.split()]
    spoken: dict[int, list[tuple[str, str]]] = {}
    for statement in case.items.statements(found):
        spoken.setdefault(statement.item, []).extend((key, str(val[0])) for key, val in statement.vals.items())
    hits: dict[int, Hit] = {}
    labels = case.items.labels(item for item in found if standing.get(item) != item)
    for item in found:
        ref = refs.get(standing.get(item, item))
        if ref is None or ref.id in hits:
            total -= ref is not None
            continue
        values = [*spoken.get(item, ()), *((("label", labels[item]),) if item in labels else ())]
        field, excerpt = _place(ref.label, ref.identity, values, words)
        hits[ref.id] = Hit(ref.id, ref.kind, ref.type, ref.label, field, excerpt)
    return total, list(hits.values())


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


def rows_holding(workspace: Workspace, text: str, limit: int = 200) -> Job[RowHits]:
    """The source rows that hold every word of `text`; while an import is being written nothing is indexed."""
    return search_rows(workspace.case, text, limit, may_write=not workspace.is_held)
