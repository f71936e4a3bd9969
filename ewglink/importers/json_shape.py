"""What a JSON record is as a row: nested objects as dotted columns, lists of objects as tables of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from ewglink.importers import guard
from ewglink.importers.contract import Cell
from ewglink.importers.json_stream import BeyondLimit, Repeated
from ewglink.names.lettering import letter

_SURROGATE = re.compile("[\ud800-\udfff]")
_ALIKE = 8
_LOOKED = 32
VALUE, KEY = "value", "key"
"""The columns of a list of plain values, and of the names in an object that is a table."""


class Child(NamedTuple):
    """A table inside a record: its path from there, the keys that lead to it, and what it holds."""

    path: str
    keys: tuple[str, ...]
    members: list[Any] | dict[str, Any]


@dataclass
class Flat:
    """A record as cells by column, and the tables inside it; `inside` names columns whose values hold the separator."""

    cells: dict[str, Any] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)


def is_table(pairs: Iterable[tuple[str, Any]]) -> bool:
    """Whether the members of an object are records under names of their own: many objects of the same fields."""
    seen = list(islice(pairs, _LOOKED))
    if len(seen) < _ALIKE or not all(isinstance(value, dict) and value for _key, value in seen):
        return False
    first = set(seen[0][1])
    return sum(2 * len(first & set(value)) >= len(first | set(value)) for _key, value in seen) * 4 >= len(seen) * 3


def flat(record: Any, separator: str, key: str | None = None, line: int = 1) -> Flat:
    """The cells and inner tables of a record of any shape; `BeyondLimit` where it is nested too deep."""
    found = Flat()
    if key is not None:
        found.cells[KEY] = key
    if isinstance(record, dict):
        _object(found, record, "", (), separator, line)
    elif isinstance(record, list):
        for place, value in enumerate(record):
            _value(found, letter(place), (str(place),), value, separator, line)
    else:
        found.cells[VALUE] = record
    return found


def scalars(record: Any, key: str | None = None) -> dict[str, Cell]:
    """The plain fields of a record: what tables inside it carry of it."""
    found: dict[str, Cell] = {} if key is None else {KEY: key}
    if isinstance(record, dict):
        found.update((name, cell(value)) for name, value in record.items() if not isinstance(value, (dict, list)))
    return found


def _object(
    found: Flat, record: dict[str, Any], prefix: str, keys: tuple[str, ...], separator: str, line: int
) -> None:
    if len(keys) > guard.LIMITS.json_depth:
        raise BeyondLimit(line, deep=True)
    for name, value in record.items():
        if isinstance(value, (dict, list)):
            _value(found, prefix + name, (*keys, name), value, separator, line)
        elif prefix + name in found.cells:
            _add(found, prefix + name, [found.cells[prefix + name], value], separator)
        else:
            found.cells[prefix + name] = value


def _value(found: Flat, column: str, keys: tuple[str, ...], value: Any, separator: str, line: int) -> None:
    if isinstance(value, Repeated) and not all(isinstance(one, (dict, list)) for one in value):
        _add(found, column, value, separator)
    elif isinstance(value, list):
        if any(isinstance(one, dict) for one in value):
            found.children.append(Child(f"{column}[*]", keys, value))
            value = [one for one in value if not isinstance(one, dict)]
            if not value:
                return
        _add(found, column, value, separator)
    elif isinstance(value, dict):
        if is_table(value.items()):
            found.children.append(Child(f"{column}.*", keys, value))
        elif value:
            _object(found, value, column + ".", keys, separator, line)
        else:
            found.cells.setdefault(column, None)
    else:
        found.cells[column] = value


def _add(found: Flat, column: str, values: list[Any], separator: str) -> None:
    """Several values in one cell; a list within a list stays JSON."""
    texts = [_text(one) for one in values if one is not None]
    if len(texts) > 1 and any(separator in one for one in texts):
        found.inside.append(column)
    found.cells[column] = separator.join(texts) if texts else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def cell(value: Any) -> Cell:
    """A plain value as a cell: halves of characters that stand alone are shown as U+FFFD."""
    if isinstance(value, str) and not value.isascii():
        return _SURROGATE.sub("\ufffd", value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return json.dumps(value, ensure_ascii=False)


def kept(raw: str) -> str:
    """A record's own text as it can be kept: bytes that could not be decoded become JSON escapes."""
    return raw if raw.isascii() else _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", raw)


def members(child: Child) -> Iterator[tuple[str | None, Any]]:
    """The records of an inner table with their names (None in a list); plain values of a mixed list are no records."""
    if isinstance(child.members, dict):
        yield from child.members.items()
    else:
        yield from ((None, one) for one in child.members if isinstance(one, dict))
