"""How the declarations of an exchange chart are taken into its catalogue, element by element."""

from __future__ import annotations

from ewglink.dialects import anx
from ewglink.importers import anx_image
from ewglink.importers.anx_catalogue import Catalogue, ClassSaid, TypeSaid
from ewglink.importers.anx_xml import Element


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
    made = anx_image.as_png(element, known)
    for name in ("DataGuid", "Id") if made else ():
        if element.get(name):
            known.pictures[element.get(name) or ""] = made


def _group(known: Catalogue, element: Element) -> None:
    known.groups.setdefault(element.get("Id") or "", str(len(known.groups) + 1))


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


TAKERS = {
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
    "Group": _group,
    "Summary": _summary,
    "LegendDefinition": _legend,
}
