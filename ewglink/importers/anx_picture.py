"""An exchange chart as a chart of the case: what stands where, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ewglink.dialects import anx
from ewglink.importers import anx_image
from ewglink.importers.anx_catalogue import Catalogue
from ewglink.importers.anx_items import Chart
from ewglink.importers.anx_record import Item
from ewglink.importers.anx_xml import Element
from ewglink.importers.graph_file import Picture, Placed

_POINT = 25.4 / 72 / 0.25
"""Chart units of a typographical point."""
_MOST_CORNERS = 50
_HIDDEN, _GREYED = 2, 4
_TEXT_WIDTH = 800.0
_MOST_SUMMARY = 2_000

Look = dict[str, Any]


def picture(chart: Chart) -> Picture:
    """The chart as it stands in the file, named after it."""
    placed: list[Placed] = []
    notes: list[tuple[str, dict[str, Any]]] = []
    at: dict[str, tuple[float, float]] = {}
    joined = chart.joined_texts()
    links: list[tuple[str, tuple[str, str], Look]] = []
    for item in chart.items():
        if item.ends is not None:
            links.append((item.key, (item.ends[0].key, item.ends[1].key), _link_look(chart.known, item)))
        elif item.kind == "text" and item.key not in joined:
            notes.append(_note(item))
        elif item.kind in ("entity", "text") and item.key not in at:
            x, y = at[item.key] = _place(item.element)
            placed.append(Placed(chart.namespace, item.key, x, y, _look(chart.known, item)))
    missing = dict.fromkeys(end for _key, ends, _look_of in links for end in ends if end not in at)
    placed += _beneath(chart, list(missing), at)
    for key, ends, look in links:
        (x0, y0), (x1, y1) = at[ends[0]], at[ends[1]]
        corners = _relative(look.pop("corners", ()), (x0, y0), (x1, y1))
        if corners:
            look["corners"] = corners
        if look:
            placed.append(Placed(chart.namespace, key, (x0 + x1) / 2, (y0 + y1) / 2, look))
    return Picture(chart.path.stem, tuple(placed), tuple(notes), _settings(chart))


def _relative(
    corners: Sequence[tuple[float, float]], one: tuple[float, float], other: tuple[float, float]
) -> list[float]:
    """Corners as pairs of figures in lengths of the link: how far along it, and how far aside, as `drawing.bends` has
    them; none where the link comes back to where it began."""
    (x0, y0), way = one, (other[0] - one[0], other[1] - one[1])
    square = way[0] ** 2 + way[1] ** 2
    if square < 1:
        return []
    found = []
    for x, y in corners:
        found.append(round(((x - x0) * way[0] + (y - y0) * way[1]) / square, 4))
        found.append(round(((y - y0) * way[0] - (x - x0) * way[1]) / square, 4))
    return found


def _corners(link: Element | None) -> list[tuple[float, float]]:
    """Where a link bends, from its first end on."""
    collection = link.child("CornerCollection") if link is not None else None
    found = list(collection.every("Corner"))[:_MOST_CORNERS] if collection is not None else []
    return [(_number(one.get("X")) * anx.UNIT, _number(one.get("Y")) * anx.UNIT) for one in found]


def _beneath(chart: Chart, missing: list[str], at: dict[str, tuple[float, float]]) -> list[Placed]:
    """Entities that links name and the chart does not have, in a row beneath it."""
    left = min((x for x, _y in at.values()), default=0.0)
    below = max((y for _x, y in at.values()), default=0.0) + 160.0
    at.update((key, (left + 120.0 * n, below)) for n, key in enumerate(missing))
    return [Placed(chart.namespace, key, *at[key]) for key in missing]


def _number(said: str | None, otherwise: float = 0.0) -> float:
    try:
        found = float(said or "")
    except ValueError:
        return otherwise
    return found if abs(found) < 1e7 else otherwise


def _place(element: Element) -> tuple[float, float]:
    end = element.child("End")
    x = (end.get("X") if end is not None else None) or element.get("XPosition")
    y = end.get("Y") if end is not None else None
    return _number(x) * anx.UNIT, _number(y) * anx.UNIT


def _settings(chart: Chart) -> dict[str, Any]:
    known, types = chart.known, chart.types
    settings: dict[str, Any] = {}
    if known.summary.get("title"):
        settings["title"] = known.summary["title"][:_MOST_SUMMARY]
    if known.summary or known.custom:
        settings["summary"] = {key: text[:_MOST_SUMMARY] for key, text in (known.summary | known.custom).items()}
    if known.legend:
        settings["legend_of_source"] = known.legend
    attributes: dict[str, dict[str, Any]] = {}
    for (kind, said), keys in known.used.items():
        for name in keys if kind == "entity" else ():
            declared = known.classes.get(name[1:]) if name.startswith("@") else None
            if declared is not None and declared.shown:
                prop = types.property("entity", types.entity(said), name[1:])
                shown = {
                    "property": prop.key,
                    "prefix": declared.prefix,
                    "suffix": declared.suffix,
                    "name": declared.named,
                }
                attributes.setdefault(prop.key, shown)
    if attributes:
        settings["attributes"] = list(attributes.values())
    return settings


def _note(item: Item) -> tuple[str, dict[str, Any]]:
    """A text that stands alone; the file gives its middle, an annotation has its upper left."""
    x, y = _place(item.element)
    size = _font(item.element)
    longest = max((len(line) for line in item.label.splitlines()), default=0)
    width = min(_TEXT_WIDTH, max(60.0, longest * size * 0.72))
    body: dict[str, Any] = {"x": x - width / 2, "y": y - size / 2, "text": item.label, "size": size, "width": width}
    font = item.element.child("CIStyle", "Font")
    colour = anx.colour(font.get("FontColour")) if font is not None else None
    if colour and colour not in ("#000000", anx.WHITE):
        body["colour"] = colour
    if font is not None and anx.flag(font.get("Bold")):
        body["bold"] = True
    return "text", body


def _font(element: Element) -> float:
    font = element.child("CIStyle", "Font")
    return round(min(120.0, max(6.0, _number(font.get("PointSize") if font is not None else None, 8.5))) * _POINT, 1)


# how things look


def _look(known: Catalogue, item: Item) -> Look:
    style = _sub_texts(item.element)
    if item.style is not None or item.body is not None:
        style |= _LOOKS[item.representation](known, item)
    look: Look = dict(style)
    if item.representation != "icon":
        look["representation"] = item.representation
    flags = _flags(known, item.element)
    return look | ({"flags": flags} if flags else {})


def _flags(known: Catalogue, element: Element) -> int:
    if anx.flag(element.get("Shown"), True):
        return 0
    shown = known.settings.get("HiddenItemsVisibility")
    return {"ItemsVisibilityNormal": 0, "ItemsVisibilityGrayed": _GREYED}.get(shown or "", _HIDDEN)


def _sub_texts(element: Element) -> Look:
    """Which texts stand with the item, where the file switches them."""
    switches = element.child("CIStyle", "SubItemCollection")
    if switches is None:
        return {}
    style: Look = {}
    kinds = [
        anx.SUB_TEXTS[one.get("Type") or ""]
        for one in switches.every("SubItem")
        if anx.flag(one.get("Visible")) and one.get("Type") in anx.SUB_TEXTS
    ]
    if kinds:
        style["sub_texts"] = list(dict.fromkeys(kinds))
    for one in switches.every("SubItem"):
        if (one.get("Type") or "SubItemLabel") == "SubItemLabel" and not anx.flag(one.get("Visible")):
            style["label"] = False
    return style


def _get(item: Item, name: str) -> str | None:
    return item.style.get(name) if item.style is not None else None


def _coloured(item: Item, *names: str) -> Look:
    """The first colour that is neither black nor white: those are what a program writes where nobody chose."""
    for name in names:
        found = anx.colour(_get(item, name))
        if found and found not in ("#000000", anx.WHITE):
            return {"colour": found}
    return {}


def _sized(item: Item, source: Element | None, wide: str = "Width", high: str = "Height") -> Look:
    found: Look = {}
    for key, name in (("width", wide), ("height", high)):
        size = _number(source.get(name) if source is not None else None)
        if size > 0:
            found[key] = round(min(size, 20_000) * anx.UNIT, 1)
    return found


def _icon(known: Catalogue, item: Item) -> Look:
    style: Look = _coloured(item, "IconShadingColour")
    kind = anx.ACCOUNT_KINDS.get(anx.folded(item.said.name)) if item.type == "account" else None
    if kind:
        style["icon"] = f"account_{kind}"
    size = anx.ENLARGEMENTS.get(_get(item, "Enlargement") or "", 1.0)
    if size != 1.0:
        style["size"] = size
    frame = item.style.child("FrameStyle") if item.style is not None else None
    if frame is not None and anx.flag(frame.get("Visible")):
        style["frame"] = anx.colour(frame.get("Colour")) or "#99CCFF"
    found = anx_image.of_icon(item.style.child("IconPicture") if item.style is not None else None, known)
    if found:
        style["picture"] = found
    return style


def _theme(known: Catalogue, item: Item) -> Look:
    return _icon(known, item) | _coloured(item, "LineColour")


def _event(known: Catalogue, item: Item) -> Look:
    style = _sized(item, item.style) if not anx.flag(_get(item, "AutoSizeOption")) else {}
    border = _coloured(item, "LineColour").get("colour")
    return style | _coloured(item, "IconShadingColour", "BackColour") | ({"border": border} if border else {})


def _box(known: Catalogue, item: Item) -> Look:
    return _sized(item, item.body) | _coloured(item, "LineColour", "BackColour")


def _circle(known: Catalogue, item: Item) -> Look:
    if anx.flag(_get(item, "Autosize")):
        return _coloured(item, "BackColour", "LineColour")
    return _sized(item, item.style, "Diameter", "Diameter") | _coloured(item, "BackColour", "LineColour")


def _text_block(known: Catalogue, item: Item) -> Look:
    style = _sized(item, item.style) | _coloured(item, "BackColour", "LineColour")
    align = anx.ALIGNS.get(_get(item, "Alignment") or "")
    return style | ({"align": align} if align else {})


def _label(known: Catalogue, item: Item) -> Look:
    align = anx.ALIGNS.get(_get(item, "Alignment") or "")
    style: Look = {"align": align} if align else {}
    if item.element.child("CIStyle", "Font") is not None:
        style["font"] = _font(item.element)
    return style


_LOOKS = {
    "icon": _icon,
    "theme_line": _theme,
    "event_frame": _event,
    "box": _box,
    "circle": _circle,
    "text_block": _text_block,
    "label": _label,
}


def _link_look(known: Catalogue, item: Item) -> Look:
    style: Look = _coloured(item, "LineColour")
    if not style and item.said.colour not in (None, "#000000", anx.WHITE):
        style["colour"] = item.said.colour
    width = _number(_get(item, "LineWidth"))
    if width > 1:
        style["width"] = min(width, 20.0) * 1.5
    connection = known.connections.get((item.body.get("ConnectionReference") if item.body is not None else "") or "")
    if connection is not None:
        shown = anx.MULTIPLICITIES.get(connection.get("Multiplicity", ""))
        if shown and shown != "multiple":
            style["multiplicity"] = shown
        wiring = anx.WIRINGS.get(connection.get("ThemeWiring", ""))
        if wiring:
            style["wiring"] = wiring
    corners = _corners(item.body)
    if corners:
        style["corners"] = corners
    look: Look = dict(style)
    flags = _flags(known, item.element)
    return look | ({"flags": flags} if flags else {})
