"""What the schemata and properties of FollowTheMoney entities are here, decided once for a whole file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from ewglink.dialects import ftm
from ewglink.importers.contract import Problem
from ewglink.importers.ftm_records import Record, records
from ewglink.model.property_types import Kind, PropertyType
from ewglink.model.schema import EntityType, LinkType, Schema
from ewglink.reference.schema_files import builtin_schema

ROLE = PropertyType("role", "text", {"en": "Role", "fr": "Rôle", "es": "Papel", "zh": "角色"})
LEGAL_KIND = PropertyType(
    "legal_kind",
    "text",
    {"en": "Kind of organization", "fr": "Genre d'organisation", "es": "Clase de organización", "zh": "组织种类"},
)
_NAME = PropertyType("name", "text", {"en": "Name", "fr": "Nom", "es": "Nombre", "zh": "名称"})
_ICONS = {
    "Asset": "account_wallet",
    "CourtCase": "document",
    "Contract": "consent",
    "Project": "task",
    "Position": "person",
    "Sanction": "notice",
    "Security": "allowance",
    "CallForTenders": "notice",
}


@dataclass
class Survey:
    """What one pass over a file found. `schemata`: id → schema; `said`: schema → its properties; `links`: schema →
    pairs of ids that its links join; `references`: (schema, property, range) → ids referred to."""

    schemata: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, None]] = field(default_factory=dict)
    own_links: dict[str, None] = field(default_factory=dict)
    ranges: dict[str, None] = field(default_factory=dict)
    refers: dict[tuple[str, str, str], None] = field(default_factory=dict)
    datasets: bool = False


def survey(path: Path) -> Survey:
    """What the file holds; remembered until it changes."""
    status = path.stat()
    return _survey(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _survey(path: Path, size: int, changed: int) -> Survey:
    found = Survey()
    joins: list[tuple[str, str, str]] = []
    for one in records(path):
        if isinstance(one, Problem):
            continue
        held = found.said.setdefault(one.schema, {})
        if one.schema not in ftm.EDGES:
            found.schemata.setdefault(one.id, one.schema)
        else:
            joins += [(one.schema, a, b) for a, b in ends(one)]
        for name in one.properties:
            held[name] = None
        found.datasets = found.datasets or bool(one.other)
    _look_at_references(path, found)
    for schema, a, b in joins:
        for end in (a, b):
            if end not in found.schemata:
                found.ranges["Thing"] = None
        if own_edge(found, schema, a, b):
            found.own_links[schema] = None
    return found


def _look_at_references(path: Path, found: Survey) -> None:
    """References to what is not in the file need the type that their property promises."""
    pairs = {(schema, name) for schema, names in found.said.items() if schema not in ftm.EDGES
             for name in names if ftm.reference(schema, name)}  # fmt: skip
    if not pairs:
        return
    for one in records(path):
        if isinstance(one, Problem):
            continue
        for name, ids in one.properties.items():
            if (one.schema, name) in pairs:
                for target in ids:
                    schema = found.schemata.get(target) or ftm.reference(one.schema, name)
                    found.refers[one.schema, name, schema] = None
                    if target not in found.schemata:
                        found.ranges[schema] = None


def ends(record: Record) -> list[tuple[str, str]]:
    """The pairs of ids that an entity which is a link joins, in our direction."""
    edge = ftm.EDGES[record.schema]
    pairs = [(a.strip(), b.strip()) for a in record.properties.get(edge.source, ())
             for b in record.properties.get(edge.target, ())]  # fmt: skip
    return [(b, a) for a, b in pairs] if edge.turned else pairs


def entity_type(schema: str) -> str:
    """The key of an entity type."""
    return ftm.type_of(schema) or ftm.snake(schema)


def own_edge(found: Survey, schema: str, a: str, b: str) -> bool:
    """Whether our type of link does not fit what this one joins."""
    edge = ftm.EDGES[schema]
    one, other = (entity_type(found.schemata.get(end, "Thing")) for end in (a, b))
    return not edge.ours or not builtin_schema().end_allowed(edge.ours, one, other)


def edge_type(found: Survey, schema: str, a: str, b: str) -> str:
    """The key of the type of a link."""
    return ftm.snake(schema) if own_edge(found, schema, a, b) else ftm.EDGES[schema].ours


def reference_type(schema: str, name: str, target: str) -> tuple[str, bool]:
    """The link that a reference makes, and whether it runs towards the entity that has it."""
    key, turned = ftm.link_of(schema, name)
    one, other = entity_type(schema), entity_type(target)
    if builtin_schema().end_allowed(key, *((other, one) if turned else (one, other))):
        return key, turned
    return "unknown_link", False


@lru_cache(maxsize=4096)
def property_type(owner: str, schema: str, name: str) -> PropertyType:
    """The property of a type (entity or link, by key) that a schema's property is."""
    base = builtin_schema()
    known = base.entity_types.get(owner) or base.link_types.get(owner)
    key, kind = ftm.our_property(schema, name), ftm.value_kind(schema, name)
    for one in (key, ftm.snake(name)):
        found = known.property(one) if known is not None else None
        if found is not None and _fits(found.kind, kind):
            return found
    key = ftm.snake(name)
    elsewhere = _everywhere().get(key)
    if elsewhere is not None and (known is None or known.property(key) is None) and _fits(elsewhere.kind, kind):
        return elsewhere
    if elsewhere is not None:
        key += "_stated"
    own: Kind = "date" if kind == "date" else "number" if kind == "number" else "list"
    return PropertyType(key, "text" if name in ftm.LONG_TEXTS else own, {"en": ftm.words(name)})


@cache
def _everywhere() -> dict[str, PropertyType]:
    """Every built-in property by its key: one key says the same of all types."""
    schema = builtin_schema()
    kinds: list[EntityType | LinkType] = [*schema.entity_types.values(), *schema.link_types.values()]
    return {one.key: one for kind in kinds for one in kind.properties}


def _fits(ours: str, theirs: str) -> bool:
    if theirs == "text":
        return ours != "boolean"
    if theirs == "number":
        return ours in ("number", "integer", "quantity", "text")
    return ours in ("date", "instant")


def proposed(found: Survey) -> Schema:
    """The types a file needs beside the built-in ones; of those, only the properties they lack."""
    entities: dict[str, EntityType] = {}
    links: dict[str, LinkType] = {}
    for schema in dict.fromkeys((*found.said, *found.ranges)):
        if schema in ftm.EDGES:
            continue
        key = entity_type(schema)
        wanted = [property_type(key, schema, name) for name in found.said.get(schema, ())
                  if not ftm.reference(schema, name)]  # fmt: skip
        entities[key] = _entity(entities.get(key), key, schema, [*wanted, *_kinds(schema), *_datasets(found)])
    for schema in found.said:
        if schema not in ftm.EDGES:
            continue
        for key in {ftm.EDGES[schema].ours, ftm.snake(schema) if schema in found.own_links else ""} - {""}:
            links[key] = _link(links.get(key), key, schema, list(_edge_properties(found, schema, key)))
    if any(reference_type(*one)[0] == "unknown_link" for one in found.refers):
        links["unknown_link"] = _link(links.get("unknown_link"), "unknown_link", "UnknownLink", [ROLE])
    base = builtin_schema()
    return Schema({key: one for key, one in entities.items() if one.properties or key not in base.entity_types},
                  {key: one for key, one in links.items() if one.properties or key not in base.link_types})  # fmt: skip


def _edge_properties(found: Survey, schema: str, key: str) -> Iterator[PropertyType]:
    edge = ftm.EDGES[schema]
    for name in found.said[schema]:
        if name not in (edge.source, edge.target, *ftm.STARTS, *ftm.ENDS):
            yield property_type(key, schema, name)
    yield from _datasets(found)


def _datasets(found: Survey) -> list[PropertyType]:
    return [DATASETS] if found.datasets else []


DATASETS = PropertyType(
    "datasets", "list", {"en": "Datasets", "fr": "Jeux de données", "es": "Conjuntos de datos", "zh": "数据集"}
)


def _kinds(schema: str) -> list[PropertyType]:
    return [LEGAL_KIND] if kind_of(schema) and kind_of(schema)[0] == LEGAL_KIND.key else []


def kind_of(schema: str) -> tuple[str, str]:
    """The property and the words that keep what the type does not say of a schema; two empty texts where it does."""
    return next((ftm.KINDS[one] for one in ftm.lineage(schema) if one in ftm.KINDS), ("", ""))


def _entity(before: EntityType | None, key: str, schema: str, wanted: list[PropertyType]) -> EntityType:
    known = builtin_schema().entity_types.get(key)
    properties = {one.key: one for one in before.properties} if before else {} if known else {"name": _NAME}
    for one in wanted:
        if known is None or known.property(one.key) is None:
            properties.setdefault(one.key, one)
    if known is not None:
        return EntityType(key, properties=tuple(properties.values()))
    return EntityType(key, {"en": ftm.words(schema)}, icon=_ICONS.get(schema, "unknown"), shape="rounded",
                      properties=tuple(properties.values()))  # fmt: skip


def _link(before: LinkType | None, key: str, schema: str, wanted: list[PropertyType]) -> LinkType:
    known = builtin_schema().link_types.get(key)
    properties = {one.key: one for one in before.properties} if before else {}
    for one in wanted:
        if known is None or known.property(one.key) is None:
            properties.setdefault(one.key, one)
    if known is not None:
        return LinkType(key, properties=tuple(properties.values()))
    edge = ftm.EDGES[schema]
    return LinkType(key, {"en": ftm.words(schema)}, {"en": edge.label}, edge.directed, time="interval", multi=True,
                    properties=tuple(properties.values()))  # fmt: skip
