"""EWGLink's own tables of entities and of links: their headings, by which they are known again wherever they come from.

A property that is not built in has its kind in the heading (`ballast:number`), so that it comes back as what it was.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable

from ewglink.model.property_types import KINDS

ENTITY_COLUMNS = ("id", "type", "label", "identity", "handling", "sources", "case")
LINK_COLUMNS = ("id", "type", "from", "from_label", "from_type", "to", "to_label", "to_type", "label", "direction",
                "strength", "start", "end", "precision", "identity", "handling", "sources", "case")  # fmt: skip
PLACE_COLUMNS = ("x", "y")
_DELIMITERS = (",", ";", "\t")


def holds_links(columns: Collection[str]) -> bool:
    """Whether these are the headings of a table of links."""
    return set(LINK_COLUMNS) <= set(columns)


def holds_entities(columns: Collection[str]) -> bool:
    """Whether these are the headings of a table of entities."""
    return set(ENTITY_COLUMNS) <= set(columns) and "from" not in columns


def heading(key: str, kind: str) -> str:
    """The heading of a property that says its kind."""
    return f"{key}:{kind}"


def stated_kind(text: str) -> tuple[str, str | None]:
    """The property that a heading names, and the kind that it says (None: it says none)."""
    key, colon, kind = text.rpartition(":")
    return (key, kind) if colon and key and kind in KINDS else (text, None)


def delimiter_of(lines: Iterable[str]) -> str | None:
    """What separates the cells of a text table of ours that begins with `lines` (ends kept); None: it is not ours."""
    first = next(iter(lines), "").removeprefix("\ufeff")
    for mark in _DELIMITERS:
        try:
            columns = next(csv.reader([first], delimiter=mark), [])
        except csv.Error:
            continue
        if holds_links(columns) or holds_entities(columns):
            return mark
    return None
