"""Charts written for the tests, in the words of the exchange format."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr


def tag(name: str, *children: str, **attributes: Any) -> str:
    """An element."""
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{said}>{''.join(children)}</{name}>" if children else f"<{name}{said}/>"


def icon(name: str | None = None, **style: Any) -> str:
    """An icon of a type."""
    return tag("Icon", tag("IconStyle", **({"Type": name} if name else {}), **style))


def entity(
    number: int,
    label: str,
    shape: str = "",
    *rest: str,
    identity: str | None = None,
    x: int = 0,
    y: int = 0,
    cards: tuple[str, ...] = (),
    **item: Any,
) -> str:
    """An item that is an entity; its chart item's id is CI and its number."""
    inside = [shape or icon()]
    if cards:
        inside.append(tag("CardCollection", *cards))
    body = tag("Entity", *inside, EntityId=number, Identity=identity if identity is not None else label)
    return tag("ChartItem", tag("End", body, X=x, Y=y), *rest, Id=f"CI{number}", Label=label, **item)


def link(number: int, name: str, ends: dict[str, Any], *rest: str, cards: tuple[str, ...] = (), **given: Any) -> str:
    """An item that is a link."""
    style = {key: given.pop(key) for key in list(given) if key in _LINK_STYLE}
    body = [tag("CardCollection", *cards)] if cards else []
    body.append(tag("LinkStyle", **({"Type": name} if name else {}), **style))
    more = {key: given.pop(key) for key in list(given) if key in ("ConnectionReference", "SemanticTypeGuid")}
    return tag("ChartItem", tag("Link", *body, **ends, **more), *rest, Id=f"CI{number}", **{"Label": ""} | given)


_LINK_STYLE = ("ArrowStyle", "LineColour", "LineWidth", "LinkTypeReference", "Strength", "StrengthReference")


def attributes(*pairs: tuple[str, str], by: str = "AttributeClass") -> str:
    """Attributes by class name (or by reference)."""
    return tag("AttributeCollection", *(tag("Attribute", **{by: name, "Value": value}) for name, value in pairs))


def items(*each: str) -> str:
    """A collection of chart items."""
    return tag("ChartItemCollection", *each)


def chart(*parts: str, declared: str | None = "utf-8", before: str = "", **settings: Any) -> str:
    """A whole chart as text."""
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return head + before + tag("Chart", *(f"\n{part}" for part in parts), "\n", **settings)


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "chart.anx") -> Path:
    """The chart as a file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
