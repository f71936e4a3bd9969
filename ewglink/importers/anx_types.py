"""What the types and attribute classes of an exchange chart are here: built-in ones where they fit, else the case's
own."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

from ewglink.dialects import anx
from ewglink.importers.anx_catalogue import Catalogue, ClassSaid, LinkSaid, TypeSaid
from ewglink.model.property_types import Kind, PropertyType
from ewglink.model.schema import EntityType, LinkType, Schema
from ewglink.reference.schema_files import builtin_schema

UNTYPED = "thing"
"""The type of an entity whose chart gives it none."""
OWN_KIND = "chart_type"
_UNTYPED_LABELS = {"en": "Thing", "fr": "Chose", "es": "Cosa", "zh": "事物"}
_PLAIN_COLOUR = "#7F7F7F"
_LINK_COLOURS = ("#000000",)
_LANGUAGES = ("en", "fr", "es", "zh")

COMMON = {
    one.key: one
    for one in (
        PropertyType(
            "description", "text", {"en": "Description", "fr": "Description", "es": "Descripción", "zh": "描述"}
        ),
        PropertyType("date", "date", {"en": "Date", "fr": "Date", "es": "Fecha", "zh": "日期"}),
        PropertyType("time_of_day", "text", {"en": "Time of day", "fr": "Heure", "es": "Hora", "zh": "时间"}),
        PropertyType(
            "date_description",
            "text",
            {"en": "Date in words", "fr": "Date en toutes lettres", "es": "Fecha en palabras", "zh": "日期说明"},
        ),
        PropertyType(
            "time_zone", "text", {"en": "Time zone", "fr": "Fuseau horaire", "es": "Zona horaria", "zh": "时区"}
        ),
        PropertyType(
            "source_reference",
            "text",
            {
                "en": "Source reference",
                "fr": "Référence de la source",
                "es": "Referencia de la fuente",
                "zh": "来源编号",
            },
        ),
        PropertyType(
            "source_type",
            "text",
            {"en": "Source type", "fr": "Type de source", "es": "Tipo de fuente", "zh": "来源类型"},
        ),
        PropertyType(
            "grade_one",
            "text",
            {"en": "Grade 1 (source)", "fr": "Cote 1 (source)", "es": "Grado 1 (fuente)", "zh": "等级一（来源）"},
        ),
        PropertyType(
            "grade_two",
            "text",
            {
                "en": "Grade 2 (information)",
                "fr": "Cote 2 (information)",
                "es": "Grado 2 (información)",
                "zh": "等级二（信息）",
            },
        ),
        PropertyType(
            "grade_three",
            "text",
            {
                "en": "Grade 3 (handling)",
                "fr": "Cote 3 (diffusion)",
                "es": "Grado 3 (difusión)",
                "zh": "等级三（处理）",
            },
        ),
        PropertyType(
            "chart_group",
            "text",
            {
                "en": "Group on the chart",
                "fr": "Groupe sur le graphique",
                "es": "Grupo en el gráfico",
                "zh": "图上分组",
            },
        ),
        PropertyType("card", "text", {"en": "Card", "fr": "Fiche", "es": "Ficha", "zh": "卡片"}),
        PropertyType(
            "card_date",
            "date",
            {"en": "Date of the card", "fr": "Date de la fiche", "es": "Fecha de la ficha", "zh": "卡片日期"},
        ),
        PropertyType(
            "card_text",
            "text",
            {"en": "Text of the card", "fr": "Texte de la fiche", "es": "Texto de la ficha", "zh": "卡片内容"},
        ),
        PropertyType(
            OWN_KIND,
            "text",
            {"en": "Type on the chart", "fr": "Type sur le graphique", "es": "Tipo en el gráfico", "zh": "图上类型"},
        ),
    )
}
"""What every item of a chart can say, whatever its type."""


def key_from(name: str) -> str:
    """A key made of a name: ASCII letters and digits where it has any, else what is left of it."""
    folded = anx.folded(name)
    plain = re.sub(r"[^0-9a-z]+", "_", folded).strip("_")
    return (plain or "_".join(folded.split()))[:60] or UNTYPED


@cache
def _named() -> tuple[dict[str, str], dict[str, str]]:
    """Folded labels of the built-in entity and link types, in every language → their keys."""
    schema = builtin_schema()
    entities = {
        anx.folded(label): key
        for key, one in schema.entity_types.items()
        for label in (key, *one.labels.values(), *one.plural_labels.values())
    }
    links = {
        anx.folded(label): key
        for key, one in schema.link_types.items()
        for label in (key, *one.labels.values(), *one.phrases.values())
    }
    return entities, links


@cache
def _everywhere() -> dict[str, PropertyType]:
    """Every built-in property by its key: one key says the same of all types."""
    schema = builtin_schema()
    kinds: list[EntityType | LinkType] = [*schema.entity_types.values(), *schema.link_types.values()]
    return {one.key: one for kind in kinds for one in kind.properties}


def _has(owner: EntityType | LinkType | None, key: str) -> bool:
    return owner is not None and owner.property(key) is not None


class Types:
    """The types of one chart, decided once for all its items."""

    def __init__(self, known: Catalogue) -> None:
        self.known = known
        self._entities: dict[TypeSaid, str] = {}
        self._links: dict[str, str] = {}
        self._properties: dict[tuple[str, str], PropertyType] = {}
        self._own: dict[str, TypeSaid] = {}
        self._own_links: dict[str, TypeSaid] = {}
        for link in known.links:
            self._fit(link)
        for (kind, said), keys in known.used.items():
            key = self.entity(said) if kind == "entity" else self.link(said)
            self._say(kind, key, keys)
            called = self.kind_of(said, key) if kind == "entity" else None
            if called is not None and called[0] == OWN_KIND:
                self._say(kind, key, {OWN_KIND: None})

    # types

    def entity(self, said: TypeSaid) -> str:
        """The key of an entity type."""
        key = self._entities.get(said)
        if key is None:
            key = self._entities[said] = self._entity(said)
        return key

    def _entity(self, said: TypeSaid) -> str:
        name, schema = anx.folded(said.name), builtin_schema()
        key = anx.ENTITY_TYPES.get(name) or _named()[0].get(name)
        if key is None and not name or key is None:
            key = anx.SEMANTIC_TYPES.get(said.guid.casefold())
        if key in schema.entity_types:
            return str(key)
        key = key_from(said.name) if name else UNTYPED
        while key in schema.entity_types:
            key += "_"
        self._own.setdefault(key, said)
        return key

    def kind_of(self, said: TypeSaid, key: str) -> tuple[str, str] | None:
        """The property and the words that keep the chart's name of a type which is called otherwise here."""
        labels = builtin_schema().entity_types[key].labels.values() if key in builtin_schema().entity_types else ()
        name = anx.folded(said.name)
        if not name or key in self._own or name in map(anx.folded, (*labels, key)):
            return None
        if key == "account":
            kind = anx.ACCOUNT_KINDS.get(name)
            return ("account_kind", kind) if kind else ("account_kind", said.name)
        return anx.KIND_PROPERTIES.get(key, OWN_KIND), said.name

    def link(self, said: TypeSaid) -> str:
        """The key of a link type: a built-in one where all links of the name in this chart fit it."""
        key = self._links.get(said.name)
        return key if key is not None else self._link(said)

    def _link(self, said: TypeSaid) -> str:
        name = anx.folded(said.name)
        key = anx.LINK_TYPES.get(name) or _named()[1].get(name) or anx.SEMANTIC_TYPES.get(said.guid.casefold())
        if not name and key is None:
            key = "unknown_link"
        if key in builtin_schema().link_types:
            self._links[said.name] = str(key)
        else:
            self._own_link(said)
        return self._links[said.name]

    def _own_link(self, said: TypeSaid) -> None:
        key = key_from(said.name)
        while key in builtin_schema().link_types:
            key += "_"
        self._links[said.name] = key
        self._own_links.setdefault(key, said)

    def _fit(self, link: LinkSaid) -> None:
        key = self.link(link.type)
        one, other = (self._at(*link.ends[place : place + 2]) for place in (0, 2))
        if key not in self._own_links and not builtin_schema().end_allowed(key, one, other):
            self._own_link(link.type)

    def _at(self, by_id: str, by_reference: str) -> str:
        """The type of what a link ends at; what is not on the chart has none."""
        end = self.known.end(by_id, by_reference)
        return self.entity(TypeSaid("") if end is None or end.text else end.type)

    # properties

    def _say(self, kind: str, key: str, said: dict[str, None]) -> None:
        for name in said:
            if name.startswith("@"):
                self.property(kind, key, name[1:])
            else:
                name = self.event_date(key) if name == "date" and kind == "entity" else name
                self._properties.setdefault((f"{kind} {key}", name), COMMON.get(name, _START))

    def property(self, kind: str, key: str, name: str) -> PropertyType:
        """The property that an attribute class is of a type."""
        place = f"{kind} {key}", f"@{name}"
        known = self._properties.get(place)
        if known is None:
            known = self._properties[place] = self._property(kind, key, self.known.classes.get(name, ClassSaid(name)))
        return known

    def _property(self, kind: str, key: str, said: ClassSaid) -> PropertyType:
        schema = builtin_schema()
        owner = schema.entity_types.get(key) if kind == "entity" else schema.link_types.get(key)
        name = anx.folded(said.name)
        if owner is not None:
            found = owner.property(anx.ATTRIBUTES.get(name, "")) or next(
                (one for one in owner.properties if name in map(anx.folded, one.labels.values())), None
            )
            if found is not None and _agree(found.kind, said.kind):
                return found
        made = key_from(said.name)
        elsewhere = _everywhere().get(anx.ATTRIBUTES.get(name, made))
        if elsewhere is not None and _agree(elsewhere.kind, said.kind) and not _has(owner, elsewhere.key):
            return elsewhere
        if made in COMMON or made in _everywhere():
            made += "_stated"
        return PropertyType(made, _kind(said.kind), {"en": said.name})

    def event_date(self, key: str) -> str:
        """The property that holds when an item took place."""
        kind = builtin_schema().entity_types.get(key)
        return "start" if kind is not None and kind.property("start") is not None else "date"

    # what is proposed

    def schema(self) -> Schema:
        """The types this chart needs beside the built-in ones; of those, only the properties they lack."""
        base = builtin_schema()
        entities = {key: self._own_entity(key, said) for key, said in self._own.items()}
        links = {key: self._own_link_type(key, said) for key, said in self._own_links.items()}
        for (place, _name), prop in self._properties.items():
            kind, key = place.split(" ", 1)
            if kind == "entity":
                known = base.entity_types.get(key)
                entity = entities.get(key) or EntityType(key)
                if entity.property(prop.key) is None and (known is None or known.property(prop.key) is None):
                    entities[key] = dataclasses.replace(entity, properties=(*entity.properties, prop))
            else:
                known_link = base.link_types.get(key)
                link = links.get(key) or LinkType(key)
                if link.property(prop.key) is None and (known_link is None or known_link.property(prop.key) is None):
                    links[key] = dataclasses.replace(link, properties=(*link.properties, prop))
        return Schema(entities, links)

    def _own_entity(self, key: str, said: TypeSaid) -> EntityType:
        labels = dict.fromkeys(("en",), said.name) if said.name else _UNTYPED_LABELS
        icon = anx.ICONS.get(anx.folded(said.icon)) or anx.ICONS.get(anx.folded(said.name)) or "unknown"
        usable = said.colour if said.colour not in (None, "#000000", anx.WHITE) else _PLAIN_COLOUR
        return EntityType(key, labels, {}, icon, usable or _PLAIN_COLOUR, "rounded", (_NAME, COMMON["description"]))

    def _own_link_type(self, key: str, said: TypeSaid) -> LinkType:
        phrase = said.name[:1].lower() + said.name[1:] if said.name[1:2].islower() else said.name
        return LinkType(key, {"en": said.name}, {"en": phrase}, time="instant", multi=True)


_START = PropertyType("start", "instant")
_NAME = PropertyType("name", "text", {"en": "Name", "fr": "Nom", "es": "Nombre", "zh": "名称"})


def _kind(said: str) -> Kind:
    return "number" if said == "number" else "boolean" if said == "boolean" else "date" if said == "date" else "text"


def _agree(ours: str, theirs: str) -> bool:
    """Whether an attribute class may be a property of ours: text may be anything, numbers and dates their like."""
    if theirs == "text":
        return ours not in ("boolean",)
    if theirs == "number":
        return ours in ("number", "integer", "quantity", "text", "identifier")
    if theirs == "date":
        return ours in ("date", "instant")
    return ours == "boolean"
