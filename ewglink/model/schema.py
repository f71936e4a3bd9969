"""The types a case is made of: what kinds of entity and link there are, what they carry, and how they look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from ewglink.model.property_types import (
    KINDS,
    STRENGTHS,
    IdentifierUse,
    Kind,
    PropertyType,
    Strength,
    in_language,
)

__all__ = ["ANY", "KINDS", "STRENGTHS", "EntityType", "IdentifierUse", "Kind", "LinkTime", "LinkType", "PropertyType",
           "Schema", "Strength"]

ANY = "*"
"""As a link's end: any entity type."""

LinkTime = Literal["interval", "instant", "none"]
_ALIKE = ("organization", "facility")


@dataclass(frozen=True)
class EntityType:
    """A kind of entity: labels by language, icon, colour (`#RRGGBB`) and shape, properties, identifiers.

    `label_from` lists the properties a label is made from, the first that has a value. `icon_variants` maps a value of
    the property `icon_by` to an icon of its own (an account's kind).
    """

    key: str
    labels: dict[str, str] = field(default_factory=dict)
    plural_labels: dict[str, str] = field(default_factory=dict)
    icon: str = "unknown"
    colour: str = "#7F7F7F"
    shape: str = "circle"
    properties: tuple[PropertyType, ...] = ()
    identifiers: tuple[IdentifierUse, ...] = ()
    label_from: tuple[str, ...] = ("name",)
    icon_by: str | None = None
    icon_variants: dict[str, str] = field(default_factory=dict)

    def label(self, lang: str) -> str:
        """The type's name in `lang`."""
        return in_language(self.labels, lang, self.key)

    def plural(self, lang: str) -> str:
        """The type's name for several, in `lang`; the singular where no plural is given."""
        return self.plural_labels.get(lang) or self.label(lang)

    def property(self, key: str) -> PropertyType | None:
        """The property named `key`, None where the type has none."""
        return next((one for one in self.properties if one.key == key), None)

    def identifier_of(self, property_key: str) -> IdentifierUse | None:
        """The identifier use held by the property `property_key`, None where it holds none."""
        return next((use for use in self.identifiers if use.property == property_key), None)

    def icon_for(self, values: dict[str, Any]) -> str:
        """The icon for an entity with these property values."""
        value = values.get(self.icon_by) if self.icon_by else None
        return self.icon_variants.get(str(value).casefold(), self.icon) if value is not None else self.icon

    def to_json(self) -> dict[str, Any]:
        """The type as plain JSON data."""
        return {"key": self.key, "labels": dict(self.labels), "plural_labels": dict(self.plural_labels),
                "icon": self.icon, "colour": self.colour, "shape": self.shape,
                "properties": [one.to_json() for one in self.properties],
                "identifiers": [one.to_json() for one in self.identifiers], "label_from": list(self.label_from),
                "icon_by": self.icon_by, "icon_variants": dict(self.icon_variants)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> EntityType:
        """What `to_json` wrote."""
        return cls(data["key"], dict(data.get("labels", {})), dict(data.get("plural_labels", {})),
                   data.get("icon", "unknown"), data.get("colour", "#7F7F7F"), data.get("shape", "circle"),
                   tuple(PropertyType.from_json(one) for one in data.get("properties", ())),
                   tuple(IdentifierUse.from_json(one) for one in data.get("identifiers", ())),
                   tuple(data.get("label_from", ("name",))), data.get("icon_by"), dict(data.get("icon_variants", {})))


@dataclass(frozen=True)
class LinkType:
    """A kind of link: which types it may join, whether it has a direction, and when it holds.

    `phrases` read along the link, in lower case ("exporter of"); `labels` stand alone. `weight` (0 to 1) is the
    influence a path or a measure gives it where nothing is counted. `multi`: each occurrence is a link of its own.
    """

    key: str
    labels: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    directed: bool = True
    from_types: tuple[str, ...] = (ANY,)
    to_types: tuple[str, ...] = (ANY,)
    weight: float = 0.5
    time: LinkTime = "none"
    multi: bool = False
    properties: tuple[PropertyType, ...] = ()

    def label(self, lang: str) -> str:
        """The type's name in `lang`."""
        return in_language(self.labels, lang, self.key)

    def phrase(self, lang: str) -> str:
        """The words along the link in `lang`, in lower case."""
        return in_language(self.phrases, lang, self.key.replace("_", " "))

    def property(self, key: str) -> PropertyType | None:
        """The property named `key`, None where the type has none."""
        return next((one for one in self.properties if one.key == key), None)

    def to_json(self) -> dict[str, Any]:
        """The type as plain JSON data."""
        return {"key": self.key, "labels": dict(self.labels), "phrases": dict(self.phrases),
                "directed": self.directed, "from": list(self.from_types), "to": list(self.to_types),
                "weight": self.weight, "time": self.time, "multi": self.multi,
                "properties": [one.to_json() for one in self.properties]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> LinkType:
        """What `to_json` wrote."""
        if data.get("time", "none") not in get_args(LinkTime):
            raise ValueError(f"link type {data['key']!r}: time {data['time']!r}")
        return cls(data["key"], dict(data.get("labels", {})), dict(data.get("phrases", {})),
                   bool(data.get("directed", True)), tuple(data.get("from", (ANY,))), tuple(data.get("to", (ANY,))),
                   float(data.get("weight", 0.5)), data.get("time", "none"), bool(data.get("multi", False)),
                   tuple(PropertyType.from_json(one) for one in data.get("properties", ())))


@dataclass(frozen=True)
class Schema:
    """The entity and link types of a case, by key."""

    entity_types: dict[str, EntityType] = field(default_factory=dict)
    link_types: dict[str, LinkType] = field(default_factory=dict)

    def entity(self, key: str) -> EntityType:
        """The entity type `key`; KeyError where there is none."""
        return self.entity_types[key]

    def link(self, key: str) -> LinkType:
        """The link type `key`; KeyError where there is none."""
        return self.link_types[key]

    def label(self, key: str, lang: str) -> str:
        """The name of an entity or link type in `lang`; the key itself for a type that is not known."""
        found = self.entity_types.get(key) or self.link_types.get(key)
        return found.label(lang) if found else key

    def phrase(self, key: str, lang: str) -> str:
        """The words along a link of type `key` in `lang`; the key, spaced, for one that is not known."""
        found = self.link_types.get(key)
        return found.phrase(lang) if found else key.replace("_", " ")

    def facility_like(self, key: str) -> bool:
        """Whether the type is organization or facility, which may stand for one another."""
        return key in _ALIKE

    def same_family(self, one: str, other: str) -> bool:
        """Whether two entities of these types may be one: equal types, or an organization and a facility."""
        return one == other or (one in _ALIKE and other in _ALIKE)

    def end_allowed(self, link_key: str, from_type: str, to_type: str) -> bool:
        """Whether a link of this type may run from `from_type` to `to_type`, or back where it has no direction."""
        link = self.link_types.get(link_key)
        if link is None:
            return False
        if self._fits(link.from_types, from_type) and self._fits(link.to_types, to_type):
            return True
        return not link.directed and self._fits(link.from_types, to_type) and self._fits(link.to_types, from_type)

    def links_between(self, from_type: str, to_type: str) -> tuple[LinkType, ...]:
        """The link types that may run from `from_type` to `to_type`, in the order of the schema."""
        return tuple(link for key, link in self.link_types.items() if self.end_allowed(key, from_type, to_type))

    def _fits(self, ends: tuple[str, ...], key: str) -> bool:
        return ANY in ends or any(self.same_family(end, key) for end in ends)

    def merged(self, other: Schema) -> Schema:
        """This schema with the types of `other` added; where both have a key, that of `other` stands."""
        return Schema(self.entity_types | other.entity_types, self.link_types | other.link_types)

    def extended(self, other: Schema) -> Schema:
        """This schema with what `other` adds: types it lacks, and properties that types of both lack here. A type that
        is here stays as it is otherwise."""
        entities, links = dict(self.entity_types), dict(self.link_types)
        for key, entity in other.entity_types.items():
            known = entities.get(key)
            entities[key] = entity if known is None else replace(known, properties=_joined(known, entity))
        for key, link in other.link_types.items():
            there = links.get(key)
            links[key] = link if there is None else replace(there, properties=_joined(there, link))
        return Schema(entities, links)

    def to_json(self) -> dict[str, Any]:
        """The schema as plain JSON data, in order."""
        return {"entity_types": [one.to_json() for one in self.entity_types.values()],
                "link_types": [one.to_json() for one in self.link_types.values()]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Schema:
        """What `to_json` wrote; ValueError or KeyError where the data is not a schema."""
        entities = [EntityType.from_json(one) for one in data.get("entity_types", ())]
        links = [LinkType.from_json(one) for one in data.get("link_types", ())]
        return cls({one.key: one for one in entities}, {one.key: one for one in links})


def _joined(known: EntityType | LinkType, more: EntityType | LinkType) -> tuple[PropertyType, ...]:
    have = {one.key for one in known.properties}
    return (*known.properties, *(one for one in more.properties if one.key not in have))
