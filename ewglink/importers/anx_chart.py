"""An exchange chart passed over once: its catalogue, and how items say their type, key, attributes, cards and ends."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ewglink.dialects import anx
from ewglink.identifiers.placeholders import is_placeholder
from ewglink.importers.anx_catalogue import Catalogue, End, LinkSaid, TypeSaid
from ewglink.importers.anx_declared import TAKERS
from ewglink.importers.anx_xml import ChartReader, Element


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
    known = Catalogue(name=path.stem)
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
        elif not declared and (take := TAKERS.get(element.tag)) is not None:
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
    "GroupReference": "chart_group",
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
