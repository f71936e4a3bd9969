"""What a filter layer says: its conditions in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ewglink.drawing.appearance.apply import field_name
from ewglink.drawing.appearance.rule import TESTS, Condition
from ewglink.drawing.content import ChartContent
from ewglink.drawing.legend import strength_name
from ewglink.drawing.times import when_of, when_text
from ewglink.text import _, language

if TYPE_CHECKING:
    from ewglink.workspace.filtering import Layer

_SIGNS = {"less": " < ", "at_most": " ≤ ", "more": " > ", "at_least": " ≥ ", "not_in": " ≠ "}


@dataclass(frozen=True)
class TypeWords:
    """What types are called, as a `ChartContent` says it."""

    type_names: dict[str, str] = field(default_factory=dict)
    link_type_names: dict[str, str] = field(default_factory=dict)


def layer_words(layer: Layer, content: ChartContent | TypeWords, names: Mapping[str, str]) -> str:
    """A layer in words: what it does with what; its name where an analyst gave one."""
    from ewglink.workspace.filtering import EFFECTS

    if layer.name:
        return layer.name
    if layer.on == "time":
        said = " – ".join(_bound(one) for one in layer.conditions) or _("any time")
    else:
        said = "; ".join(_condition_words(one, layer.on, content, names) for one in layer.conditions) or _("everything")
    return _("{effect}: {what}", effect=_(EFFECTS[layer.effect]), what=said)


def _bound(condition: Condition) -> str:
    when = when_of(str(condition.value))
    return when_text(when, language()) if when is not None else str(condition.value)


def _condition_words(one: Condition, on: str, content: ChartContent | TypeWords, names: Mapping[str, str]) -> str:
    if one.what == "item":
        return _("{n} chosen items", n=len(one.value or ()))
    if one.what == "type":
        field = _("Link type") if on == "links" else _("Type")
    else:
        field = field_name(one.what, dict(names))
    if one.test in ("known", "unknown"):
        return f"{field} {_(TESTS[one.test])}"
    if one.test == "contains":
        return f"{field} {_(TESTS['contains'])} {one.value}"
    return field + _SIGNS.get(one.test, ": ") + _said(one, on, content)


def _said(one: Condition, on: str, content: ChartContent | TypeWords) -> str:
    values = one.value if isinstance(one.value, (list, tuple)) else [one.value]
    type_names = content.link_type_names if on == "links" else content.type_names
    if one.what == "strength":
        return ", ".join(strength_name(str(value)) for value in values)
    said = [type_names.get(str(value), str(value)) if one.what == "type" else str(value) for value in values]
    return ", ".join(said[:3]) + (" …" if len(said) > 3 else "")
