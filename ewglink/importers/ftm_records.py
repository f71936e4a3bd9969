"""The entities of a FollowTheMoney file: one JSON object a line, a list of them, or statements put together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from ewglink.dialects import ftm
from ewglink.importers import characters, encoding, guard, json_shape
from ewglink.importers.contract import Problem
from ewglink.importers.json_records import beyond
from ewglink.importers.json_stream import BeyondLimit, Decoding, JsonStream, MalformedJson
from ewglink.text import N_, message

PART = "entities"
_LINE = 64 * guard.MB
_WRAPPERS = ("entities", "results", "data")
_NESTED = 6
_MOST_STATEMENTS = 2_000_000


class Record(NamedTuple):
    """An entity as the file has it: where, its own text, its id, schema and property values."""

    no: int
    line: int
    raw: str
    id: str
    schema: str
    properties: dict[str, list[str]]
    referents: tuple[str, ...]
    other: dict[str, list[str]]
    """What is said of the entity as a whole: its datasets."""


class Values(NamedTuple):
    """A JSON value with its line and own text; `error` where it is none."""

    line: int
    raw: str
    value: Any
    error: int = 0
    """The column of the error."""


def values(path: Path) -> Iterator[Values]:
    """The JSON values of a file: of each line, else the elements of its list, or of the list its object wraps."""
    guard.check_file(path)
    spoken = encoding.detect(path)
    with encoding.open_text(path, spoken) as source:
        first = source.read(1 << 16).lstrip("\ufeff \t\r\n")
    if not first:
        words = N_("{file} is empty: there is nothing to import.")
        raise guard.refuse("empty_file", message(words, file=path.name), path)
    try:
        with encoding.open_text(path, spoken) as source:
            yield from _lines(source) if _one_a_line(first) else _members(source)
    except MalformedJson as error:
        words = N_("{file} is not well-formed JSON: line {line}, column {column}. It is damaged or cut off.")
        said = message(words, file=path.name, line=error.line, column=error.column)
        raise guard.refuse("malformed_json", said, path) from None
    except BeyondLimit as error:
        raise beyond(path, error) from None


def _one_a_line(first: str) -> bool:
    line, mark, _rest = first.partition("\n")
    if line[:1] != "{" or not mark:
        return line[:1] == "{" and len(first) > 1 << 15
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return len(line.strip()) > 2 and '"id"' in line and line.rstrip().endswith("}")
    return True


def _lines(source: TextIO) -> Iterator[Values]:
    decoding = Decoding()
    number = 0
    while line := source.readline(_LINE):
        number += 1
        text = line.strip(" \t\r\n\ufeff\x1e\x00\x1a")
        if not text:
            continue
        try:
            yield Values(number, text, decoding.decoder.decode(text))
        except json.JSONDecodeError as error:
            yield Values(number, text, None, error.colno)
        except RecursionError:
            raise BeyondLimit(number, deep=True) from None


def _members(source: TextIO) -> Iterator[Values]:
    stream = JsonStream(source, Decoding().decoder)
    if stream.peek() == "[":
        yield from _listed(stream)
        if stream.peek():
            raise stream.malformed()
        return
    while stream.peek():
        line = stream.line
        raw, value = stream.value()
        wrapped = (
            next((value[name] for name in _WRAPPERS if isinstance(value.get(name), list)), None)
            if (isinstance(value, dict) and "schema" not in value)
            else None
        )
        if wrapped is None:
            yield Values(line, raw, value)
        for one in wrapped or ():
            yield Values(line, json.dumps(one, ensure_ascii=False), one)


def _listed(stream: JsonStream) -> Iterator[Values]:
    for _place in stream.members():
        stream.peek()
        line = stream.line
        raw, value = stream.value()
        yield Values(line, raw, value)


@dataclass
class _Gathered:
    """An entity put together from statements."""

    no: int
    line: int
    schemata: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    properties: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)
    datasets: dict[str, None] = field(default_factory=dict)


def records(path: Path) -> Iterator[Record | Problem]:
    """The entities in the order of the file; those made of statements come at the end."""
    gathered: dict[str, _Gathered] = {}
    statements = 0
    for no, one in enumerate(values(path), 1):
        if one.error:
            words = N_("Line {line} is no well-formed JSON (column {column}); it is not imported.")
            said = message(words, line=one.line, column=one.error)
            yield Problem(PART, no, one.line, None, "malformed_json", said, True, json_shape.kept(one.raw[:_LINE]))
        elif is_statement(one.value):
            statements += 1
            if statements > _MOST_STATEMENTS:
                words = N_("{file} has more than {limit} statements; export its entities instead.")
                raise guard.refuse("too_many_statements", message(words, file=path.name, limit=_MOST_STATEMENTS), path)
            _gather(gathered, one, no)
        elif is_entity(one.value):
            yield from _entities(one.value, no, one.line, json_shape.kept(one.raw), 0)
        else:
            words = N_("The record is no entity: it lacks an id or a schema. It is not imported.")
            yield Problem(
                PART, no, one.line, None, "not_an_entity", message(words), True, json_shape.kept(one.raw[: 1 << 20])
            )
    for key, found in gathered.items():
        yield Record(found.no, found.line, "\n".join(found.raws), key, most_special(found.schemata),
                     found.properties, tuple(one for one in found.ids if one != key),
                     {"datasets": list(found.datasets)} if found.datasets else {})  # fmt: skip


def is_entity(value: Any) -> bool:
    """Whether a JSON value is an entity."""
    return isinstance(value, dict) and _id(value.get("id")) != "" and isinstance(value.get("schema"), str)


def is_statement(value: Any) -> bool:
    """Whether a JSON value is a statement about an entity."""
    return isinstance(value, dict) and all(name in value for name in ftm.STATEMENT)


def _id(value: Any) -> str:
    return _clean(str(value).strip()) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _clean(text: str) -> str:
    """Text that the case can keep: half characters are shown as �."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return characters.clean([text])[0]
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return _clean(str(value))
    return "" if value is None else _clean(json.dumps(value, ensure_ascii=False))


def _entities(value: dict[str, Any], no: int, line: int, raw: str, depth: int) -> Iterator[Record]:
    """The entity, then those that stand inside it in place of their ids."""
    properties: dict[str, list[str]] = {}
    nested: list[dict[str, Any]] = []
    given = value.get("properties")
    for name, found in given.items() if isinstance(given, dict) else ():
        for one in found if isinstance(found, list) else [found]:
            if is_entity(one):
                nested.append(one)
                one = _id(one["id"])
            text = _text(one)
            if text.strip():
                properties.setdefault(_clean(str(name)), []).append(text)
    other = {name: texts for name in ("datasets",) if (texts := _several(value.get(name)))}
    if not properties.get("name") and isinstance(value.get("caption"), str) and "properties" not in value:
        properties["name"] = [_clean(value["caption"])]
    yield Record(no, line, raw, _id(value["id"]), _clean(value["schema"].strip()), properties,
                 tuple(_several(value.get("referents"))), other)  # fmt: skip
    for one in nested if depth < _NESTED else ():
        yield from _entities(one, no, line, json_shape.kept(json.dumps(one, ensure_ascii=False)), depth + 1)


def _several(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [one for one in map(_id, found) if one]


def _gather(gathered: dict[str, _Gathered], one: Values, no: int) -> None:
    said = one.value
    key = _id(said.get("canonical_id")) or _id(said["entity_id"])
    if not key:
        return
    found = gathered.setdefault(key, _Gathered(no, one.line))
    found.raws.append(json_shape.kept(one.raw))
    found.schemata.append(_text(said["schema"]))
    found.ids[_id(said["entity_id"])] = None
    if _id(said.get("dataset")):
        found.datasets[_id(said["dataset"])] = None
    text, name = _text(said["value"]), _text(said["prop"])
    held = found.properties.setdefault(name, []) if name != "id" and text.strip() else None
    if held is not None and text not in held:
        held.append(text)


def most_special(schemata: list[str]) -> str:
    """Of the schemata that statements give an entity, one that extends the others."""
    return max(dict.fromkeys(schemata), key=lambda one: len(ftm.lineage(one)), default="Thing")
