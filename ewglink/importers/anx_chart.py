"""What an exchange chart declares: its types, classes, strengths, grades and pictures, and where its links may end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ewglink.dialects import anx
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers.anx_xml import ChartReader, Element
from ewglink.text import Message

GRADES = ("GradeOne", "GradeTwo", "GradeThree")
_PICTURE = 400_000
"""Characters of base64: a larger picture is not put on a chart."""


class TypeSaid(NamedTuple):
    """A type as the chart declares it, or as an item names it. `colour` is `#RRGGBB`."""

    name: str
    colour: str | None = None
    icon: str = ""
    representation: str = ""
    guid: str = ""


class ClassSaid(NamedTuple):
    """An attribute class. `shown`: whether its values stand beneath a label."""

    name: str
    kind: str = "text"
    prefix: str = ""
    suffix: str = ""
    named: bool = False
    shown: bool = True


class End(NamedTuple):
    """Where a link may end: the key of an entity, its label and type; `text` where it is a free text and no entity."""

    key: str
    label: str
    type: TypeSaid
    text: bool = False


class LinkSaid(NamedTuple):
    """A link's type and the four ways its ends may be named."""

    type: TypeSaid
    ends: tuple[str, str, str, str]


@dataclass
class Catalogue:
    """All that has to be known of a chart before its items can be read."""

    entity_types: dict[str, TypeSaid] = field(default_factory=dict)
    link_types: dict[str, TypeSaid] = field(default_factory=dict)
    classes: dict[str, ClassSaid] = field(default_factory=dict)
    strengths: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Id of a declared type, class or strength → its name, each with its element's name before it."""
    grades: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {name: [] for name in GRADES})
    connections: dict[str, dict[str, str]] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    legend: list[dict[str, str]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    ends: dict[str, End] = field(default_factory=dict)
    items: dict[str, End] = field(default_factory=dict)
    links: list[LinkSaid] = field(default_factory=list)
    used: dict[tuple[str, TypeSaid], dict[str, None]] = field(default_factory=dict)
    """(`entity` or `link`, type) → what its items say: classes as `@name`, other properties by their key."""
    keys: Counter[str] = field(default_factory=Counter)
    passed_over: tuple[str, ...] = ()
    remark: Message | None = None
    unresolved: bool = False
    """Whether an item refers to something that is declared after it."""

    def grade(self, element: Element, axis: str) -> str | None:
        """The grade of an item or card on an axis in the chart's own words; None where it is ungraded."""
        values = self.grades[axis]
        wanted = element.get(f"{axis}Reference")
        for known, text in values:
            if wanted and known == wanted:
                return text
        index = (element.get(f"{axis}Index") or "").strip()
        if not index.isdecimal() or (not values and index == "0"):
            return None
        return values[int(index)][1] if int(index) < len(values) else index

    def referred(self, tag: str, reference: str | None) -> str:
        """The name of what a reference refers to, empty where it is not known (yet)."""
        name = self.ids.get(f"{tag} {reference}", "") if reference else ""
        self.unresolved = self.unresolved or bool(reference and not name)
        return name

    def end(self, entity: str, reference: str) -> End | None:
        """The end a link names, by an entity's or label's id, or by the id of a chart item."""
        return self.ends.get(entity) or self.items.get(reference) or self.items.get(entity) or self.ends.get(reference)


def style_of(entity: Element) -> tuple[str, Element | None, Element | None]:
    """The representation an entity has (the element's name), its element and its style."""
    for one in entity.children:
        if one.tag in anx.REPRESENTATIONS:
            return one.tag, one, one.child(f"{one.tag}Style")
    return "Icon", None, None


def type_of(known: Catalogue, kind: str, style: Element | None, guid: str | None) -> TypeSaid:
    """The type that a style names: its reference goes first, then its name; an undeclared name is a type too."""
    tag, types = ("EntityType", known.entity_types) if kind == "entity" else ("LinkType", known.link_types)
    name = ""
    if style is not None:
        name = known.referred(tag, style.get(f"{tag}Reference")) or (style.get("Type") or "").strip()
    declared = types.get(name)
    if declared is not None:
        return declared._replace(guid=guid) if guid and not declared.guid else declared
    return TypeSaid(name, guid=guid or "")


def key_of(entity: Element, item: Element, no: int) -> str:
    """What tells an entity from all others of its chart: its identity, else the ids it has."""
    identity = (entity.get("Identity") or "").strip()
    if identity and not is_placeholder(identity):
        return identity
    return f"#{entity.get('EntityId') or item.get('Id') or f'item {no}'}"


def classes_of(known: Catalogue, item: Element) -> Iterator[tuple[str, str]]:
    """(class, value) of the attributes of an item."""
    collection = item.child("AttributeCollection")
    for one in collection.every("Attribute") if collection else ():
        name = known.referred("AttributeClass", one.get("AttributeClassReference"))
        name = name or (one.get("AttributeClass") or "").strip()
        if name:
            yield name, one.get("Value") or ""


def cards_of(item: Element) -> list[Element]:
    """The cards of an item."""
    collection = item.child("End", "Entity", "CardCollection") or item.child("Link", "CardCollection")
    return list(collection.every("Card")) if collection else []


def catalogue(path: Path) -> Catalogue:
    """What the chart declares; remembered until the file changes."""
    status = path.stat()
    return _catalogue(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _catalogue(path: Path, size: int, changed: int) -> Catalogue:
    known = Catalogue()
    _pass(known, path, declared=False)
    if known.unresolved:  # children of a chart come in any order: now that all is declared, the items once more
        known.ends, known.items, known.links, known.used = {}, {}, [], {}
        known.keys.clear()
        _pass(known, path, declared=True)
    _settle(known)
    return known


def _pass(known: Catalogue, path: Path, declared: bool) -> None:
    reader = ChartReader(path)
    no = 0
    for element in reader.elements():
        if element.tag == "ChartItem":
            no += 1
            _look_at(known, element, no)
        elif not declared and (take := _TAKERS.get(element.tag)) is not None:
            take(known, element)
    known.passed_over, known.remark = tuple(sorted(reader.passed_over)), reader.remark


def _look_at(known: Catalogue, item: Element, no: int) -> None:
    entity, link, label = item.child("End", "Entity"), item.child("Link"), item.child("End", "Label")
    if entity is not None:
        said = type_of(known, "entity", style_of(entity)[2], entity.get("SemanticTypeGuid"))
        key = key_of(entity, item, no)
        known.keys[key] += 1
        end = End(key, (item.get("Label") or "").strip() or key, said)
        known.ends.setdefault(entity.get("EntityId") or "", end)
        kind = "entity"
    elif link is not None:
        said = type_of(known, "link", link.child("LinkStyle"), link.get("SemanticTypeGuid"))
        known.links.append(LinkSaid(said, ends_of(link)))
        kind = "link"
    elif label is not None:
        end = End(
            f"#{label.get('LabelId') or item.get('Id') or f'item {no}'}", item.get("Label") or "", TypeSaid(""), True
        )
        known.ends.setdefault(label.get("LabelId") or "", end)
        kind = ""
    else:
        return
    if kind != "link":
        known.items.setdefault(item.get("Id") or "", end)
    if kind:
        used = known.used.setdefault((kind, said), {})
        used.update(dict.fromkeys(_keys_said(known, item)))


def ends_of(link: Element) -> tuple[str, str, str, str]:
    """How a link names its ends: two by id, two by reference."""
    return (
        link.get("End1Id") or "",
        link.get("End1Reference") or "",
        link.get("End2Id") or "",
        link.get("End2Reference") or "",
    )


def _keys_said(known: Catalogue, item: Element) -> Iterator[str]:
    for name, _value in classes_of(known, item):
        yield f"@{name}"
    dated = item.child("Link") is None  # a link holds its date itself
    yield from (key for key in _common_keys(item) if dated or key != "date")
    for card in cards_of(item):
        yield from ("card", "card_text")
        yield from ("card_date" if key == "date" else key for key in _common_keys(card))


_COMMON = {
    "Description": "description",
    "SourceReference": "source_reference",
    "SourceType": "source_type",
    "DateTimeDescription": "date_description",
    "GradeOneReference": "grade_one",
    "GradeOneIndex": "grade_one",
    "GradeTwoReference": "grade_two",
    "GradeTwoIndex": "grade_two",
    "GradeThreeReference": "grade_three",
    "GradeThreeIndex": "grade_three",
}


def _common_keys(element: Element) -> Iterator[str]:
    for name, key in _COMMON.items():
        if element.get(name):
            yield key
    dated, timed = anx.flag(element.get("DateSet")), anx.flag(element.get("TimeSet"))
    if dated:
        yield "date"
    elif timed:
        yield "time_of_day"
    if timed and element.child("TimeZone") is not None:
        yield "time_zone"


def _settle(known: Catalogue) -> None:
    """What was named before it was declared gets its declaration."""
    known.ends.pop("", None)
    known.items.pop("", None)
    for ends in (known.ends, known.items):
        for name, end in ends.items():
            ends[name] = end._replace(type=_declared(known.entity_types, end.type))
    known.links = [link._replace(type=_declared(known.link_types, link.type)) for link in known.links]
    used: dict[tuple[str, TypeSaid], dict[str, None]] = {}
    for (kind, said), keys in known.used.items():
        types = known.entity_types if kind == "entity" else known.link_types
        used.setdefault((kind, _declared(types, said)), {}).update(keys)
    known.used = used


def _declared(types: dict[str, TypeSaid], said: TypeSaid) -> TypeSaid:
    found = types.get(said.name)
    return said if found is None else found._replace(guid=found.guid or said.guid)


# -- what is declared


def _entity_types(known: Catalogue, element: Element) -> None:
    for one in element.every("EntityType"):
        name = (one.get("Name") or "").strip()
        if name:
            icon, shown = one.get("IconFile") or "", one.get("PreferredRepresentation") or ""
            colour = anx.colour(one.get("Colour"))
            known.entity_types[name] = TypeSaid(
                name, colour, icon, anx.PREFERRED.get(shown, "icon"), one.get("SemanticTypeGuid") or ""
            )
            known.ids[f"EntityType {one.get('Id')}"] = name


def _link_types(known: Catalogue, element: Element) -> None:
    for one in element.every("LinkType"):
        name = (one.get("Name") or "").strip()
        if name:
            known.link_types[name] = TypeSaid(
                name, anx.colour(one.get("Colour")), guid=one.get("SemanticTypeGuid") or ""
            )
            known.ids[f"LinkType {one.get('Id')}"] = name


def _classes(known: Catalogue, element: Element) -> None:
    for one in element.every("AttributeClass"):
        name = (one.get("Name") or "").strip()
        if not name:
            continue
        kind = anx.KINDS.get(one.get("Type") or "", "text")
        prefix = (one.get("Prefix") or "").strip() if anx.flag(one.get("ShowPrefix")) else ""
        suffix = (one.get("Suffix") or "").strip() if anx.flag(one.get("ShowSuffix")) else ""
        shown = anx.flag(one.get("Visible"), True) and anx.flag(one.get("ShowValue"), True) and kind != "date"
        known.classes[name] = ClassSaid(name, kind, prefix, suffix, anx.flag(one.get("ShowClassName")), shown)
        known.ids[f"AttributeClass {one.get('Id')}"] = name


def _strengths(known: Catalogue, element: Element) -> None:
    for one in element.every("Strength"):
        name = (one.get("Name") or "").strip()
        drawn = anx.STRENGTHS.get(one.get("DotStyle") or "", 0)
        known.strengths[name] = anx.STRENGTH_NAMES.get(anx.folded(name), drawn)
        known.ids[f"Strength {one.get('Id')}"] = name


def _grades(known: Catalogue, element: Element) -> None:
    collection = element.child("StringCollection")
    for one in collection.every("String") if collection else ():
        known.grades[element.tag].append((one.get("Id") or "", (one.get("Text") or "").strip()))


def _connection(known: Catalogue, element: Element) -> None:
    style = element.child("ConnectionStyle")
    if style is not None:
        known.connections[element.get("Id") or ""] = dict(style.attributes)


def _picture(known: Catalogue, element: Element) -> None:
    data = "".join((element.get("Data") or "").split())
    if data and len(data) <= _PICTURE:
        for name in ("DataGuid", "Id"):
            if element.get(name):
                known.pictures[element.get(name) or ""] = data


def _summary(known: Catalogue, element: Element) -> None:
    for one in element.children:
        for said in one.children:
            text = (said.get("Field") or said.get("Value") or "").strip()
            if said.tag == "Field" and text:
                known.summary[anx.SUMMARY.get(said.get("Type") or "SummaryFieldAuthor", "comments")] = text
            elif said.tag == "CustomProperty" and text:
                known.custom[(said.get("Name") or "").strip()] = text
        if one.tag == "Origin":
            known.custom |= {name: one.attributes[name] for name in ("CreatedDate", "LastSaveDate") if one.get(name)}


def _legend(known: Catalogue, element: Element) -> None:
    known.legend = [dict(one.attributes) for one in element.every("LegendItem")]
    known.settings["LegendShown"] = element.get("Shown") or "true"


def _chart(known: Catalogue, element: Element) -> None:
    known.settings |= element.attributes


_TAKERS = {
    "Chart": _chart,
    "EntityTypeCollection": _entity_types,
    "LinkTypeCollection": _link_types,
    "AttributeClassCollection": _classes,
    "StrengthCollection": _strengths,
    "GradeOne": _grades,
    "GradeTwo": _grades,
    "GradeThree": _grades,
    "Connection": _connection,
    "CustomImage": _picture,
    "Summary": _summary,
    "LegendDefinition": _legend,
}
