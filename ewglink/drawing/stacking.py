"""What lies over what: items and annotations brought to the front or sent to the back of a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import NO_ITEM, Ints, Marks

LEVEL = "stack"
"""What styles and annotations call their level: a whole number, 0 where nothing is said, more is farther in front."""


@dataclass(frozen=True)
class Tier:
    """Items of one level other than 0: their ids (k,) ascending, annotations as `note_item` numbers them."""

    level: int
    items: Ints


def note_item(at: int, body: dict[str, Any]) -> int:
    """What the marks of the `at`th annotation of a chart name as their item: no item, or a number of its own where it
    has a level."""
    return -2 - at if level_of(body) else NO_ITEM


def level_of(style: dict[str, Any]) -> int:
    """The level of a style or an annotation."""
    try:
        return int(style.get(LEVEL) or 0)
    except (TypeError, ValueError):
        return 0


def tiers_of(content: ChartContent) -> tuple[Tier, ...]:
    """The levels of a chart other than 0, from the back to the front."""
    found: dict[int, list[int]] = {}
    for ids, styles in ((content.entity_ids, content.styles), (content.link_ids, content.link_styles)):
        for row, style in styles.items():
            if level_of(style):
                found.setdefault(level_of(style), []).append(int(ids[row]))
    for at, body in enumerate(content.annotations):
        if level_of(body):
            found.setdefault(level_of(body), []).append(note_item(at, body))
    return tuple(Tier(level, np.array(sorted(items), np.int64)) for level, items in sorted(found.items()))


def levels(tiers: tuple[Tier, ...], items: Ints) -> Ints:
    """The level of each of `items` (k,)."""
    out = np.zeros(len(items), np.int64)
    for tier in tiers:
        out[np.isin(items, tier.items)] = tier.level
    return out


def layered(marks: Marks, tiers: tuple[Tier, ...], outside: Ints) -> list[Marks]:
    """Marks parted by level, to be painted one after the other; the labels of the items `outside`, which stand beside
    them, go forward with their item but never to the back."""
    return [part for _level, part in by_level(marks, tiers, outside)]


def by_level(marks: Marks, tiers: tuple[Tier, ...], outside: Ints) -> Iterator[tuple[int, Marks]]:
    """Level and marks of each part, from the back to the front; level 0 is always among them."""
    of_kind = {one.name: levels(tiers, getattr(marks, one.name).item) for one in fields(Marks)} if tiers else {}
    if tiers:
        of_texts = of_kind["texts"]
        of_texts[(of_texts < 0) & np.isin(marks.texts.item, outside)] = 0
    for level in sorted({0, *(tier.level for tier in tiers)}):
        yield level, Marks(**{name: getattr(marks, name).take(found == level) for name, found in of_kind.items()}) \
            if tiers else marks
