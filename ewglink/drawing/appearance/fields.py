"""What rules look at: the fields of entities and links, and whether a condition holds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.appearance.rule import Condition
from ewglink.drawing.content import ChartContent
from ewglink.model.items import Strength
from ewglink.names.lettering import letter

Mask = npt.NDArray[np.bool_]
ORIGINS = ("grade", "source", "handling", "sources")
"""Fields that say where an item comes from: lists of what its statements have, and the number of its sources."""


def field_values(content: ChartContent, on: str, what: str) -> list[Any]:
    """The value of a field of every entity (or link), None where it has none."""
    links = on == "links"
    count = len(content.link_ids if links else content.entity_ids)
    if what == "type":
        codes, keys = (content.link_types, content.link_type_keys) if links else (content.types, content.type_keys)
        return [keys[code] for code in codes.tolist()]
    if what == "strength":
        return [Strength(code).name.lower() for code in content.strengths.tolist()] if links else [None] * count
    if what == "label":
        return list(content.link_labels if links else content.labels)
    if what == "community" or what.startswith("measure:"):
        found = content.measures.get(what.removeprefix("measure:"))
        if found is None or links:
            return [None] * count
        values = [None if math.isnan(value) else value for value in found.tolist()]
        return [None if value is None else letter(int(value)) for value in values] \
            if what == "community" else values
    held = (content.link_values if links else content.values).get(what.removeprefix("property:"), {})
    return [held.get(row) for row in range(count)]


def as_number(value: Any) -> float | None:
    """The value as a number, None where it is none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def holds(value: Any, condition: Condition) -> bool:
    """Whether a field's value meets a condition; of several values one is enough."""
    if condition.test == "known":
        return value not in (None, "", [])
    if condition.test == "unknown":
        return value in (None, "", [])
    if condition.test == "not_in":
        return value is not None and not holds(value, Condition(condition.what, "in", condition.value))
    values = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
    return any(_compared(one, condition) for one in values if one is not None)


def _compared(value: Any, condition: Condition) -> bool:
    wanted = condition.value
    if condition.test == "in":
        choices = wanted if isinstance(wanted, (list, tuple)) else [wanted]
        return any(_same(value, choice) for choice in choices)
    if condition.test == "contains":
        return str(wanted).casefold() in str(value).casefold()
    one, other = as_number(value), as_number(wanted)
    if one is None or other is None:
        left, right = str(value), str(wanted)
        order = (left > right) - (left < right)
    else:
        order = (one > other) - (one < other)
    return {"less": order < 0, "at_most": order <= 0, "more": order > 0, "at_least": order >= 0}[condition.test]


def _same(value: Any, choice: Any) -> bool:
    one, other = as_number(value), as_number(choice)
    if one is not None and other is not None:
        return one == other
    return str(value).casefold() == str(choice).casefold()


def meeting(content: ChartContent, on: str, conditions: tuple[Condition, ...]) -> Mask:
    """Which entities (or links) meet all conditions."""
    mask = np.ones(len(content.link_ids if on == "links" else content.entity_ids), bool)
    for condition in conditions:
        values = field_values(content, on, condition.what)
        mask &= np.array([holds(value, condition) for value in values], bool)
    return mask
