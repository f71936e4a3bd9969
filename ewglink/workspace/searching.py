"""Finding as a person types: the items that hold some words, and the place where the words stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ewglink.model.items import Ref
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
    if text.isascii():
        return text.lower()
    return "".join((unicodedata.normalize("NFD", letter)[0]).casefold()[:1] or letter for letter in text)


def _excerpt(value: str, words: Sequence[str], width: int = 70) -> str | None:
    """The part of a value where one of the words stands, in its own letters."""
    folded = _folded(value)
    at = min((found for word in words if (found := folded.find(word)) >= 0), default=None)
    if at is None:
        return None
    start = max(0, at - width // 3)
    return ("…" if start else "") + value[start : start + width].strip() + ("…" if start + width < len(value) else "")


def _in_other_letters(value: str, words: Sequence[str], width: int = 70) -> str | None:
    """The beginning of a value that holds one of the words if both are written in Latin letters."""
    if value.isascii() and all(word.isascii() for word in words):
        return None
    latin = to_latin(value)
    if not any((one := to_latin(word).strip()) and one in latin for word in words):
        return None
    return value[:width].strip() + ("…" if len(value) > width else "")


def row_excerpt(raw: str, text: str, width: int = 160) -> str:
    """The part of a source row where the words of `text` stand; its beginning where that cannot be told."""
    words = [_folded(word) for word in text.split()]
    return _excerpt(raw, words, width) or _in_other_letters(raw, words, width) or raw[:width]


COUNTED = 100
"""So many hits are counted while a person types: a few more than are shown, within 5 ms at a million entities."""


def search(case: CaseFile, text: str, limit: int = 40, count_to: int | None = None) -> tuple[int, list[Hit]]:
    """How many items hold `text` (counted no further than `count_to`), and the first of them with the place where it
    stands; merged items are one.
    """
    total, found = case.search(text, limit, count_to)
    standing = case.items.standing(found)
    refs = case.items.refs(standing.values())
    words = [_folded(word) for word in text.split()]
    shown: dict[int, tuple[int, Ref]] = {}
    for item in found:
        ref = refs.get(standing.get(item, item))
        if ref is None or ref.id in shown:
            total -= ref is not None
        else:
            shown[ref.id] = item, ref
    elsewhere = [item for item, ref in shown.values() if not _holds(ref.label, words)]
    values = _values(case, elsewhere, [item for item in elsewhere if standing.get(item) != item])
    return total, [_hit(ref, values.get(item, ()), words) for item, ref in shown.values()]


def _holds(text: str, words: Sequence[str]) -> bool:
    return (_excerpt(text, words) or _in_other_letters(text, words)) is not None


def _values(case: CaseFile, items: Collection[int], merged: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """What is said of items, by property; and the labels of those `merged` into others."""
    found: dict[int, list[tuple[str, str]]] = {}
    for item, key, value in case.items.said(items) if items else ():
        found.setdefault(item, []).append((key, str(value)))
    for item, label in case.items.labels(merged).items() if merged else ():
        found.setdefault(item, []).append(("label", label))
    return found


def _hit(ref: Ref, values: Collection[tuple[str, str]], words: Sequence[str]) -> Hit:
    """A hit with the value that holds one of the words as it stands, else one that does in other letters."""
    for excerpt_of in (_excerpt, _in_other_letters):
        for key, value in values:
            excerpt = excerpt_of(value, words)
            if excerpt is not None:
                return Hit(ref.id, ref.kind, ref.type, ref.label, key, excerpt)
    number = (ref.identity or "").partition(":")[2]
    return Hit(ref.id, ref.kind, ref.type, ref.label, None, number if len(number) < 60 else "")


def rows_holding(workspace: Workspace, text: str, limit: int = 200) -> Job[RowHits]:
    """The source rows that hold every word of `text`; while an import is being written nothing is indexed."""
    return search_rows(workspace.case, text, limit, may_write=not workspace.is_held)
