"""What the elements of a graph become: types and properties that are known or new, and the two specifications."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ewglink.importers.graph_file import EDGES, NODES
from ewglink.importers.graph_survey import Column, Survey
from ewglink.importers.graph_words import NAMES
from ewglink.model.items import OWN_SPACE
from ewglink.model.property_types import PropertyType
from ewglink.model.schema import EntityType, LinkType, Schema
from ewglink.reference.schema_files import builtin_schema

GENERIC = "node"
"""The type of a node that does not say what it is."""

LINKED = "unknown_link"
_GENERIC_LABELS = {"en": "Node", "fr": "Nœud", "es": "Nodo", "zh": "节点"}
_GENERIC_PLURALS = {"en": "Nodes", "fr": "Nœuds", "es": "Nodos", "zh": "节点"}
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C6D1F", "#5E5E5E")
_STRICT = {
    "number": {"number", "integer"},
    "integer": {"integer"},
    "date": {"date", "instant"},
    "instant": {"date", "instant"},
    "boolean": {"boolean"},
}
"""The kinds that a column's values must be of, for a built-in property of that kind."""

_SHORT = {"lat": "latitude", "lon": "longitude", "lng": "longitude", "long": "longitude"}
OURS = {"type_name", "identity", "precision", "reversed", "weight", "sources", "handling", "uid", "direction",
        "strength", "start_stated", "end_stated"}  # fmt: skip
"""Attributes of our own exports that are no properties."""


def as_key(name: str) -> str:
    """A name as a key: small letters, digits and underscores."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")[:80]


def _alike(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split())


def _spellings(key: str, *labels: dict[str, str]) -> Iterator[str]:
    yield _alike(key)
    for by_language in labels:
        yield from map(_alike, by_language.values())


@cache
def _known_entities() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, kind in builtin_schema().entity_types.items():
        for text in _spellings(key, kind.labels, kind.plural_labels):
            found.setdefault(text, key)
    return found


@cache
def _known_links() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, kind in builtin_schema().link_types.items():
        for text in _spellings(key, kind.phrases):
            found.setdefault(text, key)
    return found


@cache
def _known_properties() -> tuple[dict[str, PropertyType], dict[str, str]]:
    """The built-in properties by key, and their keys by the ways to spell them."""
    schema = builtin_schema()
    kinds: list[EntityType | LinkType] = [*schema.entity_types.values(), *schema.link_types.values()]
    found = {one.key: one for kind in kinds for one in kind.properties}
    spelled: dict[str, str] = {}
    for key, one in found.items():
        for text in _spellings(key, one.labels):
            spelled.setdefault(text, key)
    for text, key in _SHORT.items():
        spelled.setdefault(text, key)
    return found, spelled


def type_keys(survey: Survey, part: str) -> dict[str, str]:
    """What the file calls its types → the key of each; nothing where it does not say."""
    if not survey.typed(part):
        return {}
    known = _known_entities() if part == NODES else _known_links()
    exact = builtin_schema().entity_types if part == NODES else builtin_schema().link_types
    found = {}
    for text in sorted(set(survey.types[part]) - {""}):
        key = text if text in exact else known.get(_alike(text)) or as_key(text)
        found[text] = key or f"type_{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    return found


def properties(survey: Survey, part: str) -> dict[str, tuple[PropertyType, Column]]:
    """The property that each attribute becomes, by the attribute's name."""
    found: dict[str, tuple[PropertyType, Column]] = {}
    taken: set[str] = set()
    ours = survey.title.ours
    for column in survey.filled(part):
        if ours and not survey.tabular and column.name in OURS:
            continue
        made = _own(column) if ours else _property(column)
        key, n = made.key, 1
        while key in taken:
            n += 1
            key = f"{made.key}_{n}"
        taken.add(key)
        found[column.name] = (PropertyType(key, made.kind, made.labels, made.scheme), column)
    return found


def _own(column: Column) -> PropertyType:
    key = column.name.removeprefix("property.")
    return _known_properties()[0].get(key) or PropertyType(key, column.found(), {"en": key.replace("_", " ")})


def _property(column: Column) -> PropertyType:
    by_key, spelled = _known_properties()
    kind = column.found()
    known = by_key.get(spelled.get(_alike(column.name), ""))
    if known is not None and kind in _STRICT.get(known.kind, {kind}):
        return known
    key = as_key(column.name) or f"attribute_{zlib.crc32(column.name.encode('utf-8', 'replace')):08x}"
    return PropertyType(f"{key}_stated" if key in by_key else key, kind, {"en": column.name})


# the schema


def schema_of(survey: Survey) -> Schema:
    """The types that the file needs: new ones whole, built-in ones with nothing but what they lack."""
    entities: dict[str, EntityType] = {}
    own = properties(survey, NODES)
    names = {} if survey.title.ours else {"name": _known_properties()[0]["name"]}
    keys = type_keys(survey, NODES)
    for text, key in _wanted(keys, survey, NODES, GENERIC):
        used = {one.key: one for one in _used(survey, NODES, text, own)}
        before = entities.get(key)
        if before is not None:
            used = {one.key: one for one in before.properties} | used
        entities[key] = _entity(key, text, used, names)
    if survey.counts[EDGES]:
        entities.setdefault(GENERIC, _entity(GENERIC, "", {}, names))
    links: dict[str, LinkType] = {}
    own = properties(survey, EDGES)
    keys = type_keys(survey, EDGES)
    for text, key in _wanted(keys, survey, EDGES, LINKED):
        used = {one.key: one for one in _used(survey, EDGES, text, own)}
        if key in links:
            used = {one.key: one for one in links[key].properties} | used
        links[key] = _link(key, text, used, survey)
    return Schema({key: one for key, one in entities.items() if one.labels or one.properties},
                  {key: one for key, one in links.items() if one.labels or one.properties})  # fmt: skip


def _wanted(keys: dict[str, str], survey: Survey, part: str, generic: str) -> list[tuple[str, str]]:
    found = list(keys.items())
    if survey.counts[part] and (not keys or survey.types[part][""]):
        found.append(("", generic))
    return found


def _used(survey: Survey, part: str, text: str, own: dict[str, tuple[PropertyType, Column]]) -> list[PropertyType]:
    uses = survey.uses[part].get(text, set()) if survey.typed(part) else set(own)
    return [one for name, (one, _column) in own.items() if name in uses] + (
        [] if survey.typed(part) or not survey.types[part] or set(survey.types[part]) == {""} else [_stated_type()])


def _stated_type() -> PropertyType:
    return PropertyType("stated_type", "text", {"en": "Type as stated", "fr": "Type indiqué", "es": "Tipo indicado"})


def _entity(key: str, text: str, used: dict[str, PropertyType], names: dict[str, PropertyType]) -> EntityType:
    known = builtin_schema().entity_types.get(key)
    if known is not None:
        return EntityType(key, properties=tuple(one for one in used.values() if known.property(one.key) is None))
    labels = _GENERIC_LABELS if key == GENERIC else {"en": text}
    plurals = _GENERIC_PLURALS if key == GENERIC else {}
    colour = "#7F7F7F" if key == GENERIC else _COLOURS[zlib.crc32(key.encode("utf-8", "replace")) % len(_COLOURS)]
    return EntityType(key, dict(labels), dict(plurals), colour=colour, properties=tuple({**names, **used}.values()))


def _link(key: str, text: str, used: dict[str, PropertyType], survey: Survey) -> LinkType:
    known = builtin_schema().link_types.get(key)
    if known is not None:
        return LinkType(key, properties=tuple(one for one in used.values() if known.property(one.key) is None))
    directed = True in survey.directed.get(text, {True})
    return LinkType(key, {"en": text[:1].upper() + text[1:]}, {"en": text}, directed, time="interval", multi=True,
                    properties=tuple(used.values()))  # fmt: skip


# the specifications


def specifications(survey: Survey, _name: str) -> dict[str, dict[str, Any]]:
    """A specification a table, without a namespace. They are the same whatever the file is called, so that a file that
    is renamed is known again."""
    found = {}
    if survey.counts[NODES]:
        found[NODES] = _nodes(survey)
    if survey.counts[EDGES]:
        found[EDGES] = _edges(survey)
    return found


def _exact(column: str) -> dict[str, Any]:
    return {"column": column, "exact": True}


def _filled(survey: Survey, part: str) -> dict[str, Any]:
    """The properties of a specification."""
    found: dict[str, Any] = {}
    for one, column in properties(survey, part).values():
        value: dict[str, Any] = {"column": column.column}
        if column.listed:
            value["split"] = column.separator
        elif one.kind == "text" and not one.scheme:
            value["exact"] = True
        found[one.key] = value
    if set(survey.types[part]) - {""} and not survey.typed(part):
        found["stated_type"] = "type"
    return found


def _type_of(survey: Survey, part: str, generic: str) -> Any:
    keys = type_keys(survey, part)
    if not keys:
        return generic
    return {"column": "type", "map": keys | ({"*": generic} if survey.types[part][""] else {})}


def _key(survey: Survey, column: str) -> list[Any]:
    """What names an item: its id, in a file of our own within the case that it left."""
    case = survey.title.case
    return [{"constant": case}, _exact(column)] if case else [_exact(column)]


def _space(survey: Survey) -> dict[str, Any]:
    return {"namespace": OWN_SPACE} if survey.title.case else {}


def _nodes(survey: Survey) -> dict[str, Any]:
    filled = _filled(survey, NODES)
    columns = set(survey.names(NODES))
    labels: list[Any] = [_exact("label")] if survey.labelled[NODES] or survey.title.ours else []
    labels += [_exact(name) for name in NAMES if name in columns]
    if survey.labelled[NODES] and not survey.title.ours:
        filled.setdefault("name", _exact("label"))
    role: dict[str, Any] = {"type": _type_of(survey, NODES, GENERIC), "key": _key(survey, "id"), "properties": filled}
    if labels:
        role["label"] = labels
    role |= _times(columns)
    return {"ewglink_spec": 1, "name": "graph nodes", "part": NODES, "entities": {"node": role}, "links": []} | _space(
        survey)  # fmt: skip


def _times(columns: Iterable[str]) -> dict[str, Any]:
    return {word: {"column": word, "date": "ymd"} for word in ("start", "end") if word in columns}


def _edges(survey: Survey) -> dict[str, Any]:
    filled = _filled(survey, EDGES)
    columns = set(survey.names(EDGES))
    link: dict[str, Any] = {
        "type": _type_of(survey, EDGES, LINKED),
        "from": "source",
        "to": "target",
        "key": _key(survey, "id"),
        "directed": "directed",
        "properties": filled,
    } | _times(columns)
    if survey.labelled[EDGES]:
        link["label"] = _exact("label")
    if survey.title.ours:
        link |= {"directed": "direction"} if "direction" in columns else {}
        link |= {"strength": "strength"} if "strength" in columns else {}
        link |= {word: {"column": f"{word}_stated", "date": "ymd"} for word in ("start", "end")
                 if f"{word}_stated" in columns}  # fmt: skip
    ends = {end: {"type": GENERIC, "key": _key(survey, end), "reference": True} for end in ("source", "target")}
    return {"ewglink_spec": 1, "name": "graph edges", "part": EDGES, "entities": ends, "links": [link]} | _space(survey)
