"""A mapping as a person draws it up, column by column, before it is a specification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ewglink.importers.specification import Specification
from ewglink.model.schema import Schema

_ENTITY_WORDS = {"type", "key", "label", "properties"}
_LINK_WORDS = {"type", "from", "to", "start", "end", "properties"}


@dataclass
class DraftEntity:
    """An entity of each row: type, the columns that make it one with others (its key), label, and property → column."""

    role: str
    type: str
    key: list[str] = field(default_factory=list)
    label: str | None = None
    properties: dict[str, str] = field(default_factory=dict)


@dataclass
class DraftLink:
    """A link of each row between two of its entities, when it held, and property → column."""

    type: str
    a: str
    b: str
    start: str | None = None
    end: str | None = None
    properties: dict[str, str] = field(default_factory=dict)


@dataclass
class MappingDraft:
    """Entities and links that can still be changed. `body()` is the specification as it stands."""

    name: str
    columns: tuple[str, ...]
    namespace: str = "case"
    entities: list[DraftEntity] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)

    @classmethod
    def of(cls, spec: Specification, columns: Sequence[str], name: str | None = None) -> MappingDraft | None:
        """The draft of a specification; None where it says more than a draft can (maps, conditions, schemes)."""
        body = spec.body
        draft = cls(name or spec.name, tuple(columns), spec.namespace)
        for role, one in body["entities"].items():
            key = one.get("key")
            keys = key if isinstance(key, list) else [key]
            if set(one) - _ENTITY_WORDS or not _plain(one["type"], *keys, *one.get("properties", {}).values()):
                return None
            label = one.get("label")
            label = label[0] if isinstance(label, list) and len(label) == 1 else label
            if not (label is None or isinstance(label, str)):
                return None
            draft.entities.append(DraftEntity(role, one["type"], list(keys), label, dict(one.get("properties", {}))))
        for one in body.get("links", ()):
            values = [
                one["type"],
                *(one[word] for word in ("start", "end") if word in one),
                *one.get("properties", {}).values(),
            ]
            if set(one) - _LINK_WORDS or not _plain(*values):
                return None
            draft.links.append(
                DraftLink(
                    one["type"],
                    one["from"],
                    one["to"],
                    one.get("start"),
                    one.get("end"),
                    dict(one.get("properties", {})),
                )
            )
        return draft

    def body(self) -> dict[str, Any]:
        """The specification as JSON."""
        entities = {}
        for one in self.entities:
            made: dict[str, Any] = {"type": one.type, "key": list(one.key)}
            if one.label:
                made["label"] = one.label
            if one.properties:
                made["properties"] = dict(one.properties)
            entities[one.role] = made
        links = []
        for link in self.links:
            drawn: dict[str, Any] = {"type": link.type, "from": link.a, "to": link.b}
            drawn |= {word: column for word, column in (("start", link.start), ("end", link.end)) if column}
            if link.properties:
                drawn["properties"] = dict(link.properties)
            links.append(drawn)
        return {"ewglink_spec": 1, "name": self.name, "namespace": self.namespace, "entities": entities, "links": links}

    def specification(self) -> Specification:
        """The specification; a `Refusal` where the draft is not complete."""
        return Specification.from_json(self.body())

    def add_entity(self, type_key: str, column: str | None = None) -> DraftEntity:
        """One more entity of each row, named after its key column."""
        taken = {one.role for one in self.entities}
        stem = column or type_key
        role = next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem} {n}") not in taken)
        made = DraftEntity(role, type_key, [column] if column else [])
        self.entities.append(made)
        return made

    def remove_entity(self, entity: DraftEntity) -> None:
        """An entity less, and the links that hang on it."""
        self.entities.remove(entity)
        self.links = [link for link in self.links if entity.role not in (link.a, link.b)]

    def add_link(self, schema: Schema) -> DraftLink | None:
        """One more link, between the first two entities; None where there are none."""
        if not self.entities:
            return None
        a, b = self.entities[0], self.entities[min(1, len(self.entities) - 1)]
        fitting = schema.links_between(a.type, b.type)
        key = next((one.key for one in fitting if one.key != "unknown_link"), "unknown_link")
        made = DraftLink(key, a.role, b.role)
        self.links.append(made)
        return made

    def uses(self, column: str) -> list[tuple[object, str]]:
        """What a column is used for: (entity or link, `key`, `label`, `start`, `end` or a property)."""
        found: list[tuple[object, str]] = []
        for one in self.entities:
            found += [(one, "key")] if column in one.key else []
            found += [(one, "label")] if one.label == column else []
            found += [(one, name) for name, source in one.properties.items() if source == column]
        for link in self.links:
            found += [(link, word) for word in ("start", "end") if getattr(link, word) == column]
            found += [(link, name) for name, source in link.properties.items() if source == column]
        return found

    def unused(self) -> list[str]:
        """The columns that nothing reads."""
        return [column for column in self.columns if not self.uses(column)]


def _plain(*values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
