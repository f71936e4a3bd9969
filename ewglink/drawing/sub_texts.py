"""What stands beneath a label in smaller type: attributes and sub-texts, each switched on or off."""

from __future__ import annotations

from typing import Any

from ewglink.drawing.content import PINNED, ChartContent
from ewglink.drawing.times import when_text
from ewglink.text import N_, _, speaking

SUB_TEXTS: dict[str, str] = {"date": N_("Date and time"), "description": N_("Description"), "source": N_("Source"),
                             "grade": N_("Grade"), "pin": N_("Pinned")}
"""Every kind of sub-text with its name, in the order they are written."""


def switched_on(settings: dict[str, Any], style: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of sub-text an item shows: its own where it has any said, else the chart's."""
    wanted = style.get("sub_texts", settings.get("sub_texts", ()))
    return tuple(kind for kind in SUB_TEXTS if kind in (wanted or ()))


def text_of(content: ChartContent, row: int, kind: str) -> str:
    """One sub-text of an entity, empty where there is nothing to say."""
    if kind == "date":
        return when_text(content.when[row], content.language) if row in content.when else ""
    if kind == "pin":
        with speaking(content.language):
            return _("Pinned") if content.flags[row] & PINNED else ""
    return content.sub_texts.get(row, {}).get(kind, "")


def below(content: ChartContent, row: int, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The lines beneath the label of an entity: attributes, then the sub-texts that are on."""
    kinds = switched_on(content.settings, content.styles.get(row, {}))
    texts = (text_of(content, row, kind) for kind in kinds if kind not in without)
    return (*content.attributes.get(row, ()), *(text for text in texts if text))


def attribute_text(value: str, *, symbol: str = "", prefix: str = "", suffix: str = "") -> str:
    """An attribute as it is written: `symbol prefix value suffix`."""
    return " ".join(part for part in (symbol, prefix, value, suffix) if part)


def any_below(content: ChartContent) -> bool:
    """Whether anything may stand beneath a label of this chart."""
    return bool(content.attributes or content.settings.get("sub_texts")
                or any("sub_texts" in style for style in content.styles.values()))
