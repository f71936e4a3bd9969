"""The words of an import specification: where values come from, when they count, what entities and links they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Condition:
    """When something is made of a row: `column` is filled (`values` empty) or says one of `values`; `negate` turns
    it round."""

    column: str
    values: frozenset[str] = frozenset()
    negate: bool = False


@dataclass(frozen=True)
class Value:
    """Where a value comes from: a column (or a constant), how it is cut and read, and when it counts.

    `split`: characters that separate several values of a cell. `date`: dmy, mdy, ymd or a strptime pattern. `scheme`:
    the identifier it is checked as. `when_valid`: left out unless the check holds. `position`: the place of a link's
    end among the pieces of a split cell, counted from 1. `exact`: the text is not trimmed, and no placeholder of it is
    looked for. `guarded`: an apostrophe before what a spreadsheet would run is none of it.
    """

    column: str | None = None
    constant: Any = None
    map: Mapping[str, str] = field(default_factory=dict)
    split: str | None = None
    date: str | None = None
    decimal: str | None = None
    scheme: str | None = None
    when_valid: bool = False
    position: bool = False
    conditions: tuple[Condition, ...] = ()
    exact: bool = False
    guarded: bool = False


@dataclass(frozen=True)
class EntityRole:
    """An entity that each row speaks of. `reference`: the row only names it, another row tells what it is. `guess`:
    its type follows from the link it is an end of. `optional`: an empty key is nothing to speak of. `also`: further
    joining keys, each in a namespace of its own. `start` and `end`: when what the row says of it held. `country`: the
    column with the country its numbers are of; `of_country`: that country (alpha-2), the same for every row that names
    none."""

    role: str
    type: Value
    key: tuple[Value, ...]
    namespace: str
    also: tuple[tuple[str, Value], ...] = ()
    label: tuple[Value, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    split: str | None = None
    reference: bool = False
    guess: bool = False
    optional: bool = False
    start: Value | None = None
    end: Value | None = None
    country: str | None = None
    of_country: str | None = None


@dataclass(frozen=True)
class LinkRole:
    """A link that each row makes between two of its entities."""

    type: Value
    a: str
    b: str
    key: tuple[Value, ...] = ()
    start: Value | None = None
    end: Value | None = None
    properties: Mapping[str, Value] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    strength: Value | None = None
    label: Value | None = None
    directed: Value | None = None
    """Whether the link has an arrow (true, false; or none, forward, backward, both); None: as its type says."""
