"""An import specification: which column of a table becomes which entity, key, property and link end; kept as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

VERSION = 1
_ENTITY_WORDS = {
    "type",
    "key",
    "namespace",
    "also",
    "label",
    "properties",
    "if",
    "unless",
    "split",
    "reference",
    "optional",
    "start",
    "end",
    "country",
}
_LINK_WORDS = {"type", "from", "to", "key", "start", "end", "properties", "if", "unless", "strength"}
_VALUE_WORDS = {
    "column",
    "constant",
    "map",
    "split",
    "date",
    "scheme",
    "when_valid",
    "position",
    "if",
    "unless",
    "decimal",
}


def refuse(code: str, template: str, **values: Any) -> Refusal:
    """A refusal about a specification."""
    return Refusal(
        code, message(template, **values), field=str(values.get("column") or values.get("name") or "") or None
    )


@dataclass(frozen=True)
class Condition:
    """When something is made of a row: `column` is filled (`values` empty) or says one of `values`; `negate` turns it round."""

    column: str
    values: frozenset[str] = frozenset()
    negate: bool = False


@dataclass(frozen=True)
class Value:
    """Where a value comes from: a column (or a constant), how it is cut and read, and when it counts.

    `split`: characters that separate several values of a cell. `date`: dmy, mdy, ymd or a strptime pattern. `scheme`: the
    identifier it is checked as. `when_valid`: left out unless the check holds. `position`: the place of a link's end among
    the pieces of a split cell, counted from 1.
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


@dataclass(frozen=True)
class EntityRole:
    """An entity that each row speaks of. `reference`: the row only names it, another row tells what it is. `guess`: its type
    follows from the link it is an end of. `optional`: an empty key is nothing to speak of. `also`: further joining keys, each
    in a namespace of its own. `start` and `end`: when what the row says of it held."""

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


@dataclass(frozen=True)
class Specification:
    """A whole specification; `body` is the JSON it was read from, and what is kept and shared."""

    name: str
    namespace: str
    entities: tuple[EntityRole, ...]
    links: tuple[LinkRole, ...]
    body: Mapping[str, Any]
    part: str | None = None
    recognise: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        """The specification as canonical JSON."""
        return json.dumps(self.body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The hash of its text: its version."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def columns(self) -> set[str]:
        """The columns it reads."""
        return set(_columns(self))

    @classmethod
    def from_json(cls, data: Any) -> Specification:
        """The specification that `data` is; a `Refusal` names what is wrong in it."""
        if not isinstance(data, dict) or data.get("ewglink_spec") != VERSION:
            raise refuse(
                "spec_version", N_("This is not an import specification of version {version}."), version=VERSION
            )
        name, namespace = str(data.get("name") or ""), str(data.get("namespace") or "")
        if not name or not namespace:
            raise refuse("spec_incomplete", N_("The specification needs a name and a namespace."))
        if not isinstance(data.get("entities"), dict) or not data["entities"]:
            raise refuse("spec_incomplete", N_("The specification “{name}” makes no entities."), name=name)
        entities = tuple(_entity(role, body, namespace) for role, body in data["entities"].items())
        roles = {entity.role for entity in entities}
        links = tuple(_link(body, roles) for body in data.get("links", ()))
        return cls(name, namespace, entities, links, data, data.get("part"), frozenset(data.get("recognise", ())))

    @classmethod
    def read(cls, path: Path) -> Specification:
        """The specification kept in the file at `path`."""
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise Refusal(
                "spec_unreadable",
                message(
                    N_("The specification {file} cannot be read: {reason}."),
                    file=str(path),
                    reason=error.strerror or str(error),
                ),
                file=str(path),
            ) from error
        except ValueError as error:
            raise Refusal(
                "spec_not_json",
                message(N_("The specification {file} is not JSON: {reason}."), file=str(path), reason=str(error)),
                file=str(path),
            ) from error
        try:
            return cls.from_json(data)
        except Refusal as refusal:
            refusal.file = str(path)
            raise

    def write(self, path: Path) -> None:
        """Keep the specification in a file that can be shared."""
        path.write_text(json.dumps(self.body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")

    def check(self, columns: Sequence[str], schema: Schema) -> None:
        """Refuse the specification for a table that lacks a column it reads, or a case that lacks a type it names."""
        for column in sorted(self.columns() - set(columns)):
            raise refuse(
                "unknown_column",
                N_(
                    "The specification “{spec}” reads the column “{column}”, which the table does not "
                    "have. Its columns are: {columns}."
                ),
                spec=self.name,
                column=column,
                columns=", ".join(columns),
            )
        for entity in self.entities:
            for key in _types(entity.type):
                if key not in schema.entity_types:
                    raise refuse(
                        "unknown_type",
                        N_(
                            "The specification “{spec}” makes entities of the type “{name}”, which the "
                            "case does not know."
                        ),
                        spec=self.name,
                        name=key,
                    )
            _check_properties(self.name, entity.properties, [schema.entity_types[key] for key in _types(entity.type)])
        for link in self.links:
            for key in _types(link.type):
                if key not in schema.link_types:
                    raise refuse(
                        "unknown_type",
                        N_(
                            "The specification “{spec}” makes links of the type “{name}”, which the case does not know."
                        ),
                        spec=self.name,
                        name=key,
                    )
            _check_properties(self.name, link.properties, [schema.link_types[key] for key in _types(link.type)])


def _check_properties(spec: str, properties: Mapping[str, Value], types: Sequence[Any]) -> None:
    for name in properties:
        for one in types:
            if one.property(name) is None:
                raise refuse(
                    "unknown_property",
                    N_(
                        "The specification “{spec}” fills the property “{name}”, which the type “{type}” does not have."
                    ),
                    spec=spec,
                    name=name,
                    type=one.key,
                )


def _types(value: Value) -> tuple[str, ...]:
    if value.column is None:
        return (str(value.constant),) if value.constant is not None else ()
    return tuple(dict.fromkeys(value.map.values()))


def _columns(spec: Specification) -> Iterator[str]:
    for entity in spec.entities:
        parts = [
            entity.type,
            *entity.key,
            *(one for _ns, one in entity.also),
            *entity.label,
            *entity.properties.values(),
            entity.start,
            entity.end,
        ]
        yield from _named(parts, entity.conditions)
        if entity.country:
            yield entity.country
    for link in spec.links:
        yield from _named(
            [link.type, *link.key, link.start, link.end, *link.properties.values(), link.strength], link.conditions
        )


def _named(values: Sequence[Value | None], conditions: Sequence[Condition]) -> Iterator[str]:
    yield from (one.column for one in conditions)
    for value in values:
        if value is not None:
            if value.column is not None:
                yield value.column
            yield from (one.column for one in value.conditions)


def _words(body: Any, known: set[str], where: str) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise refuse("spec_malformed", N_("“{name}” of the specification is not a JSON object."), name=where)
    for word in body:
        if word not in known:
            raise refuse(
                "spec_unknown_word",
                N_("The specification says “{name}” in “{where}”, which means nothing there."),
                name=word,
                where=where,
            )
    return body


def _conditions(body: Mapping[str, Any]) -> tuple[Condition, ...]:
    found = []
    for word, negate in (("if", False), ("unless", True)):
        given = body.get(word, ())
        for one in given if isinstance(given, (list, tuple)) else (given,):
            if isinstance(one, str):
                one = {"column": one}
            values = one.get("is", ())
            values = (values,) if isinstance(values, str) else values
            found.append(Condition(str(one["column"]), frozenset(str(text).casefold() for text in values), negate))
    return tuple(found)


def _value(body: Any, where: str) -> Value:
    """A value: the name of a column, or an object that says more."""
    if isinstance(body, str):
        return Value(column=body)
    body = _words(body, _VALUE_WORDS, where)
    if "column" not in body and "constant" not in body and not body.get("position"):
        raise refuse(
            "spec_malformed", N_("“{name}” of the specification names neither a column nor a constant."), name=where
        )
    return Value(
        body.get("column"),
        body.get("constant"),
        dict(body.get("map", {})),
        body.get("split"),
        body.get("date"),
        body.get("decimal"),
        body.get("scheme"),
        bool(body.get("when_valid")),
        bool(body.get("position")),
        _conditions(body),
    )


def _values(body: Any, where: str) -> tuple[Value, ...]:
    if body is None:
        return ()
    return tuple(_value(one, where) for one in (body if isinstance(body, list) else [body]))


def _type(body: Any, where: str) -> Value:
    """A type: its key, or ``{"column", "map"}``."""
    if isinstance(body, str):
        return Value(constant=body)
    if body is None:
        raise refuse("spec_incomplete", N_("“{name}” of the specification has no type."), name=where)
    return _value(body, where)


def _optional(body: Any, where: str) -> Value | None:
    return None if body is None else _value(body, where)


def _entity(role: str, body: Any, namespace: str) -> EntityRole:
    body = _words(body, _ENTITY_WORDS, role)
    key = _values(body.get("key"), role)
    if not key:
        raise refuse("spec_incomplete", N_("The entity “{name}” of the specification has no key column."), name=role)
    guess = body.get("type") == "?"
    return EntityRole(
        role,
        Value() if guess else _type(body.get("type"), role),
        key,
        str(body.get("namespace") or namespace),
        tuple((str(one["namespace"]), _value(one["key"], role)) for one in body.get("also", ())),
        _values(body.get("label"), role),
        {name: _value(one, name) for name, one in body.get("properties", {}).items()},
        _conditions(body),
        body.get("split"),
        bool(body.get("reference")) or guess,
        guess,
        bool(body.get("optional")),
        _optional(body.get("start"), role),
        _optional(body.get("end"), role),
        body.get("country"),
    )


def _link(body: Any, roles: set[str]) -> LinkRole:
    body = _words(body, _LINK_WORDS, "links")
    for end in ("from", "to"):
        if body.get(end) not in roles:
            raise refuse(
                "spec_unknown_role",
                N_("A link of the specification runs “{end}” the entity “{name}”, which it does not make."),
                end=end,
                name=str(body.get(end)),
            )
    return LinkRole(
        _type(body.get("type"), "links"),
        body["from"],
        body["to"],
        _values(body.get("key"), "links"),
        _optional(body.get("start"), "start"),
        _optional(body.get("end"), "end"),
        {name: _value(one, name) for name, one in body.get("properties", {}).items()},
        _conditions(body),
        _optional(body.get("strength"), "strength"),
    )
