"""Rules put into effect: styles for what they meet, and what the legend says of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from ewglink.drawing.appearance.fields import as_number, field_values, meeting
from ewglink.drawing.appearance.rule import CHANGES, STATED, Rule, rules_of
from ewglink.drawing.appearance.scales import DISTINCT, REST, band_numbers, positions, ramp
from ewglink.drawing.content import ChartContent, Note
from ewglink.drawing.figures import number
from ewglink.text import N_, _, speaking

MOST_NOTES = 10
"""Rows of the legend for one rule; the rest is told as one."""
_FIELDS = {"type": N_("Type"), "label": N_("Label"), "community": N_("Community"), "grade": N_("Grade"),
           "source": N_("Source"), "strength": N_("Strength"), "handling": N_("Handling"), "when": N_("Date"),
           "sources": N_("Number of sources"), STATED: N_("Values as measured")}
_SIGNS = {"less": " < ", "at_most": " ≤ ", "more": " > ", "at_least": " ≥ ", "not_in": " ≠ "}
Styles = dict[int, dict[str, Any]]


def field_name(what: str, names: dict[str, str] | None = None) -> str:
    """A field in words; `names` says what measures and properties are called."""
    if what in _FIELDS:
        return _(_FIELDS[what])
    return (names or {}).get(what, what.partition(":")[2].replace("_", " "))


def apply_rules(content: ChartContent, names: dict[str, str] | None = None) -> None:
    """Put the chart's rules into effect: `styles`, `link_styles` and `notes` of the content are changed.

    Later rules come over earlier ones; what an analyst gave an item by hand stays. `names`: fields in words.
    """
    ruled: dict[str, Styles] = {"entities": {}, "links": {}}
    closed: dict[str, set[int]] = {"entities": set(), "links": set()}
    with speaking(content.language):
        for rule in rules_of(content.settings):
            changed, notes = _effect(content, rule, closed[rule.on], names or {})
            for row, value in changed.items():
                _set(ruled[rule.on].setdefault(row, {}), rule, value)
            if rule.stop:
                closed[rule.on].update(changed)
            if changed:
                content.notes = [*content.notes, *notes]
    content.styles = _under(content.styles, ruled["entities"])
    content.link_styles = _under(content.link_styles, ruled["links"])


def _under(own: Styles, ruled: Styles) -> Styles:
    out = dict(own)
    for row, style in ruled.items():
        mine = own.get(row, {})
        out[row] = style | mine
        if "badges" in style and "badges" in mine:
            out[row]["badges"] = style["badges"] | mine["badges"]
    return out


def _set(style: dict[str, Any], rule: Rule, value: Any) -> None:
    if rule.change == "badge":
        style["badges"] = style.get("badges", {}) | {rule.position: value}
    else:
        style[rule.change] = value


def _effect(content: ChartContent, rule: Rule, closed: set[int], names: dict[str, str]) -> tuple[dict[int, Any],
                                                                                              list[Note]]:
    """What a rule gives to which rows, and its rows in the legend."""
    rows = [row for row in np.flatnonzero(meeting(content, rule.on, rule.conditions)).tolist() if row not in closed]
    if rule.how == "fixed":
        words = f"{_title(rule, names, content)} ({number(len(rows), content.language)})"
        return dict.fromkeys(rows, rule.value), [_note(rule, words, rule.value)]
    values = _stated(content, rule) if rule.by == STATED else field_values(content, rule.on, rule.by)
    by = _table if rule.how == "table" else _scale
    found, notes = by(content, rule, {row: values[row] for row in rows if values[row] is not None})
    return found, [Note(_title(rule, names, content), "heading"), *notes] if notes else []


def _stated(content: ChartContent, rule: Rule) -> list[Any]:
    ids = content.link_ids if rule.on == "links" else content.entity_ids
    return [rule.table.get(str(item)) for item in ids.tolist()]


def _title(rule: Rule, names: dict[str, str], content: ChartContent) -> str:
    if rule.name:
        return rule.name
    if rule.by:
        return _("{change} by {field}", change=_(CHANGES[rule.change]), field=field_name(rule.by, names))
    said = (field_name(one.what, names) + _SIGNS.get(one.test, ": ") + _said(one.value, content, rule.on)
            for one in rule.conditions)
    return "; ".join(one.removesuffix(": ") for one in said) or _(CHANGES[rule.change])


def _said(value: Any, content: ChartContent, on: str) -> str:
    type_names = content.link_type_names if on == "links" else content.type_names
    values = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
    return ", ".join(type_names.get(str(one), str(one)) for one in values)


def _note(rule: Rule, words: str, value: Any) -> Note:
    if rule.change == "badge" and isinstance(value, dict):
        value = value.get("colour") or "#16191D"
    elif rule.change == "badge" or value is True:
        value = "#16191D" if rule.change == "badge" else "#56B4E9"
    return Note(words, rule.change, value, rule.on == "links")


def _table(content: ChartContent, rule: Rule, values: dict[int, Any]) -> tuple[dict[int, Any], list[Note]]:
    first = {row: str(value[0] if isinstance(value, (list, tuple)) else value) for row, value in values.items()
             if not (isinstance(value, (list, tuple)) and not value)}
    counts = Counter(first.values())
    order = sorted(counts, key=lambda value: (-counts[value], value))
    table = rule.table or {value: _given(rule, at, value) for at, value in enumerate(order)}
    lookup = {str(key).casefold(): value for key, value in table.items()}
    found = {row: lookup.get(value.casefold(), rule.otherwise) for row, value in first.items()}
    found = {row: value for row, value in found.items() if value is not None}
    if rule.change == "badge" and not rule.table:
        return found, []
    notes = []
    type_names = content.link_type_names if rule.on == "links" else content.type_names
    for value in order[:MOST_NOTES]:
        given = lookup.get(value.casefold(), rule.otherwise)
        if given is not None:
            words = f"{type_names.get(value, value)} ({number(counts[value], content.language)})"
            notes.append(_note(rule, words, given))
    if len(order) > MOST_NOTES:
        left = len(order) - MOST_NOTES
        notes.append(_note(rule, _("{n} other values", n=number(left, content.language)), REST))
    return found, notes


def _given(rule: Rule, at: int, value: str) -> Any:
    """What a value gets where no table says: the colours in turn, a badge with its first letters."""
    colour = DISTINCT[at] if at < len(DISTINCT) else REST
    if rule.change == "badge":
        return {"text": value[:2], "colour": colour}
    if rule.change in ("colour", "frame"):
        return colour
    return None


def _scale(content: ChartContent, rule: Rule, values: dict[int, Any]) -> tuple[dict[int, Any], list[Note]]:
    numbers = {row: found for row, value in values.items() if (found := as_number(value)) is not None}
    if not numbers:
        return {}, []
    rows, figures = list(numbers), np.array(list(numbers.values()), float)
    if rule.change in ("colour", "frame", "badge"):
        return _banded(content, rule, rows, figures)
    sizes = rule.low + positions(figures, rule.scale) * (rule.high - rule.low)
    notes = []
    for at in dict.fromkeys((int(figures.argmin()), int(np.argsort(figures)[len(figures) // 2]),
                             int(figures.argmax()))):
        notes.append(_note(rule, _figure(content, figures[at]), float(sizes[at])))
    return dict(zip(rows, np.round(sizes, 3).tolist(), strict=True)), notes


def _banded(content: ChartContent, rule: Rule, rows: list[int], figures: Any) -> tuple[dict[int, Any], list[Note]]:
    bands = band_numbers(figures, rule.scale, rule.bands)
    colours = ramp(rule.bands)
    given = [{"text": str(at + 1), "colour": colour} if rule.change == "badge" else colour
             for at, colour in enumerate(colours)]
    notes = []
    for band in np.unique(bands).tolist():
        inside = figures[bands == band]
        low, high = _figure(content, inside.min()), _figure(content, inside.max())
        words = low if low == high else f"{low} – {high}"
        notes.append(_note(rule, f"{words} ({number(len(inside), content.language)})", given[band]))
    return {row: given[band] for row, band in zip(rows, bands.tolist(), strict=True)}, notes


def _figure(content: ChartContent, value: float) -> str:
    """A measure in the legend: three figures are enough."""
    short = float(f"{float(value):.3g}")
    return number(int(short) if short == int(short) else short, content.language)
