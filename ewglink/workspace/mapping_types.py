"""Types and properties that a person makes while mapping a table: what the built-in ones do not say gets a name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from ewglink.importers.suggesting import kind_named
from ewglink.importers.values import ColumnGuess
from ewglink.model.property_types import Kind, PropertyType
from ewglink.model.schema import EntityType, LinkType, Schema
from ewglink.text import language
from ewglink.workspace.mapping_draft import MappingDraft, column_of

_COLOURS = ("#4E79A7", "#B07AA1", "#59A14F", "#9C755F", "#76B7B2", "#E15759", "#EDC948", "#FF9DA7")
_KINDS: dict[str, Kind] = {"integer": "integer", "number": "number", "date": "date", "boolean": "boolean"}


def key_of(name: str, taken: Iterable[str] = ()) -> str:
    """A key for something that a person has named, other than those taken."""
    stem = re.sub(r"\W+", "_", name.strip().casefold()).strip("_")[:60] or "new"
    found, n, there = stem, 1, set(taken)
    while found in there:
        n += 1
        found = f"{stem}_{n}"
    return found


def _labels(name: str) -> dict[str, str]:
    return {"en": name} | {language(): name}


def with_property(schema: Schema, kind: str, column: str, guess: ColumnGuess | None = None) -> tuple[Schema, str]:
    """What the schema lacks for `kind` to have a property named after a column, and the property's key. A property of
    that name that is there already is taken."""
    found = schema.entity_types.get(kind) or schema.link_types.get(kind)
    there = {one.key for one in found.properties} if found is not None else set()
    wanted = column.strip().casefold()
    for one in found.properties if found is not None else ():
        if wanted in (one.label(language()).casefold(), one.key):
            return Schema(), one.key
    key = key_of(column, there)
    made = PropertyType(key, _KINDS.get(guess.kind if guess else "text", "text"), _labels(column.strip() or key))
    if isinstance(found, LinkType):
        return Schema({}, {kind: LinkType(kind, properties=(made,))}), key
    return Schema({kind: EntityType(kind, properties=(made,))}, {}), key


def new_entity_type(schema: Schema, name: str) -> tuple[Schema, str]:
    """A type of entity with a name of its own and the properties that everything has."""
    key = key_of(name, (*schema.entity_types, *schema.link_types))
    labels = {"en": "Name", "fr": "Nom", "es": "Nombre", "zh": "名称"}
    notes = {"en": "Note", "fr": "Note", "es": "Nota", "zh": "备注"}
    properties = (PropertyType("name", "text", labels), PropertyType("note", "text", notes))
    colour = _COLOURS[zlib.crc32(key.encode("utf-8", "replace")) % len(_COLOURS)]
    return Schema({key: EntityType(key, _labels(name.strip()), colour=colour, properties=properties)}, {}), key


def new_link_type(schema: Schema, name: str) -> tuple[Schema, str]:
    """A type of link with a name of its own, between anything, with an arrow and times."""
    key = key_of(name, (*schema.entity_types, *schema.link_types))
    said = name.strip()
    made = LinkType(key, _labels(said), {"en": said.casefold(), language(): said.casefold()}, time="interval",
                    multi=True)  # fmt: skip
    return Schema({}, {key: made}), key


THING = "thing"
"""The type of an entity of which nothing says what it is."""


def thing() -> Schema:
    """The type of what nobody has said what it is: a person gives it another."""
    labels = {"en": "Thing", "fr": "Chose", "es": "Cosa", "zh": "事物"}
    plurals = {"en": "Things", "fr": "Choses", "es": "Cosas", "zh": "事物"}
    names = {"en": "Name", "fr": "Nom", "es": "Nombre", "zh": "名称"}
    notes = {"en": "Note", "fr": "Note", "es": "Nota", "zh": "备注"}
    properties = (PropertyType("name", "text", names), PropertyType("note", "text", notes))
    return Schema({THING: EntityType(THING, labels, plurals, properties=properties)}, {})


def neutral(draft: MappingDraft, schema: Schema) -> None:
    """Let a suggested mapping claim no more than the headings say: an entity whose key names no type is a thing, a
    link that no heading names is a link, no more."""
    for entity in draft.entities:
        if kind_named(str(column_of(entity.key[0]) if entity.key else "")) is None:
            entity.type = THING
    said = {word for column in draft.columns for word in _words(column)}
    for link in draft.links:
        a, b = draft.entity(link.a), draft.entity(link.b)
        if a is None or b is None:
            continue
        named = [(key, ends) for ends in ((a, b), (b, a)) for key in draft.fitting(schema, *ends)
                 if said & _telling(schema, key)]  # fmt: skip
        if named:
            link.type, (one, other) = named[0]
            link.a, link.b = one.role, other.role
        else:
            link.type = "unknown_link"


def _telling(schema: Schema, key: str) -> set[str]:
    """The words of a type of link that tell it from others."""
    found = schema.link_types[key]
    texts = (key, *found.labels.values(), *found.phrases.values())
    words = {word for text in texts for word in _words(text)}
    ends = {word for kind in (*found.from_types, *found.to_types) for word in _words(kind)}
    return {word for word in words - ends if len(word) > 3}


def likely(schema: Schema, kinds: Iterable[str], column: str, guess: ColumnGuess | None) -> list[PropertyType]:
    """The properties that things of these types have, those that a column most likely says first."""
    found: dict[str, PropertyType] = {}
    for kind in kinds:
        one = schema.entity_types.get(kind) or schema.link_types.get(kind)
        for prop in one.properties if one is not None else ():
            found.setdefault(prop.key, prop)
    words = set(_words(column))
    dated, numbered = (guess is not None and guess.kind == kind for kind in ("date", "number"))

    def rank(prop: PropertyType) -> tuple[float, str]:
        names = [set(_words(name)) for name in (prop.key, *prop.labels.values())]
        alike = max((len(words & name) / len(words | name) for name in names if words | name), default=0.0)
        fits = 0.1 * (dated and prop.kind in ("date", "instant") or numbered and prop.kind in ("number", "integer"))
        return -(alike + fits), prop.label(language()).casefold()

    return sorted(found.values(), key=rank)


def _words(name: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word for word in re.split(r"[\W_]+", spaced.casefold()) if word]


def alike(prop: PropertyType, column: str) -> bool:
    """Whether a column is named as a property is."""
    words = _words(column)
    return any(words == _words(name) for name in (prop.key, *prop.labels.values()))
