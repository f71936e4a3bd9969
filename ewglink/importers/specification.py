"""An import specification: which column of a table becomes which entity, key, property and link end; kept as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ewglink.importers.specification_json import entity_of, link_of, refuse
from ewglink.importers.specification_words import Condition, EntityRole, LinkRole, Value
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

__all__ = ["Condition", "EntityRole", "LinkRole", "Specification", "Value", "refuse"]

VERSION = 1


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
    reports_dangling: bool = False
    """Whether an entity to which rows refer and which none describes is reported, not only kept under its key."""

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
        entities = tuple(entity_of(role, body, namespace) for role, body in data["entities"].items())
        roles = {entity.role for entity in entities}
        links = tuple(link_of(body, roles) for body in data.get("links", ()))
        dangling = data.get("dangling", "keep")
        if dangling not in ("keep", "report"):
            words = N_("“{name}” is not what a specification can say of “dangling”: keep, or report.")
            raise refuse("spec_malformed", words, name=str(dangling))
        recognised = frozenset(data.get("recognise", ()))
        return cls(name, namespace, entities, links, data, data.get("part"), recognised, dangling == "report")

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
    """Each property must be one of the types'; of several types it is filled in those that have it."""
    for name in properties:
        if types and all(one.property(name) is None for one in types):
            raise refuse(
                "unknown_property",
                N_("The specification “{spec}” fills the property “{name}”, which the type “{type}” does not have."),
                spec=spec,
                name=name,
                type=", ".join(one.key for one in types),
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
            [link.type, *link.key, link.start, link.end, *link.properties.values(), link.strength, link.label,
             link.directed],
            link.conditions,
        )


def _named(values: Sequence[Value | None], conditions: Sequence[Condition]) -> Iterator[str]:
    yield from (one.column for one in conditions)
    for value in values:
        if value is not None:
            if value.column is not None:
                yield value.column
            yield from (one.column for one in value.conditions)
