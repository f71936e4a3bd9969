"""Facets, their bars and layers in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ewglink.text import N_, _, language, ngettext, number

_PLAIN = {"type": N_("Type"), "strength": N_("Strength"), "when": N_("Date"), "grade": N_("Grade"),
          "source": N_("Source"), "handling": N_("Handling"), "sources": N_("Number of sources"),
          "community": N_("Community")}


def property_label(schema: Any, key: str) -> str:
    """A property as it is called."""
    for kind in (*schema.entity_types.values(), *schema.link_types.values()):
        found = kind.property(key)
        if found is not None:
            return str(found.label(language()))
    return key.replace("_", " ")


def facet_name(facet: Any, schema: Any) -> str:
    """A facet in words, without saying of what."""
    from ewglink.workspace.chart_measures import measure_name

    if facet.what == "type" and facet.on == "links":
        return _("Link type")
    if facet.what in _PLAIN:
        return _(_PLAIN[facet.what])
    key = facet.what.partition(":")[2]
    return measure_name(key) if facet.what.startswith("measure:") else property_label(schema, key)


def fields_of_filters(content: Any, schema: Any) -> Callable[[str], dict[str, str]]:
    """What filters can look at on this chart: `entities` or `links` → field → its name."""
    from ewglink.ui.dialogs.appearance_rules import fields_of

    of_rules = fields_of(content, schema)

    def fields(on: str) -> dict[str, str]:
        more = ("strength", "when") if on == "links" else ()
        return {key: _(_PLAIN[key]) for key in (*more, "handling", "sources")} | of_rules(on)
    return fields


def bar_words(bar: Any, histogram: Any, schema: Any) -> str:
    """A bar in words."""
    facet = histogram.column.facet
    if bar.kind == "missing":
        return _("without a date") if facet.kind == "dates" else _("not stated")
    if bar.kind == "rest":
        return ngettext("{n} other value", "{n} other values", int(bar.value))
    if bar.kind == "dates":
        return date_words(bar, histogram.granularity)
    if bar.kind == "range" and histogram.whole:
        last = bar.high if bar.last else bar.high - 1
        return _figure(bar.low) if last <= bar.low else f"{_figure(bar.low)} – {_figure(last)}"
    if bar.kind == "range":
        return f"{_figure(bar.low)} – {_figure(bar.high)}"
    return _value(bar.value, facet, schema)


def _value(value: Any, facet: Any, schema: Any) -> str:
    from ewglink.drawing.legend import strength_name

    if facet.what == "type":
        if facet.on == "links":
            return str(schema.link(value).label(language())) if value in schema.link_types else str(value)
        return str(schema.label(value, language()))
    if facet.what == "strength":
        return strength_name(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _figure(value) if isinstance(value, (int, float)) else str(value)


def _figure(value: float) -> str:
    short = float(f"{float(value):.4g}") if abs(value) < 1000 else float(value)
    return number(int(short) if short == int(short) else short)


def date_words(bar: Any, granularity: str) -> str:
    """The span of a bar: a day, the week from a day, a month, a year."""
    from datetime import datetime, time

    from ewglink.drawing.content import When
    from ewglink.drawing.times import when_text

    precision = {"year": 1, "month": 2}.get(granularity, 3)
    said = when_text(When(datetime.combine(bar.start, time()), None, precision), language())
    return _("week of {day}", day=said) if granularity == "week" else said
