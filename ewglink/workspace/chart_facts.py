"""What a chart says of its items beyond their labels: times, sub-texts, attributes, sums and measures, where asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ewglink.drawing.appearance.apply import apply_rules
from ewglink.drawing.appearance.rule import Needs, needs_of, rules_of
from ewglink.drawing.content import ChartContent, When
from ewglink.drawing.figures import number
from ewglink.drawing.sub_texts import attribute_text, switched_on
from ewglink.drawing.times import parsed, when_of, when_text
from ewglink.graph.network import Network
from ewglink.graph.projection import Projection
from ewglink.model.grading import Grade
from ewglink.model.property_types import PropertyType
from ewglink.model.schema import Schema
from ewglink.store.case_file import CaseFile
from ewglink.store.items import Statement
from ewglink.text import _
from ewglink.workspace.chart_measures import known, measure_name
from ewglink.workspace.filtering import Layer, TimeKinds, active, as_rules, layers_of, looks_at_time
from ewglink.workspace.portrait import Said, choose, said_by

BATCH = 5_000
STARTS = ("start", "date")
DESCRIPTIONS = ("description", "text", "note")
NO_MOMENT = ("birth_date", "formed", "dissolved", "valid_to", "due", "created", "updated", "listing_date", "end")
"""Dates that say nothing of when an entity plays its part."""


@dataclass
class _Wanted:
    """What the chart's settings and styles ask for."""

    times: bool
    kinds: set[str]
    attributes: list[dict[str, Any]]
    own_attributes: dict[int, list[dict[str, Any]]]
    needs: Needs
    sums: str
    links: bool

    @property
    def of_entities(self) -> bool:
        """Whether statements of entities are to be read."""
        return bool(self.times or self.kinds & {"description", "source", "grade"} or self.attributes
                    or self.own_attributes or self.needs.properties or self.needs.origins)


@dataclass
class _Told:
    """What is said of one item: its shown values, and the statements behind them."""

    values: dict[str, Any] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)


def _specs(found: Any) -> list[dict[str, Any]]:
    listed = found if isinstance(found, list) else []
    return [{"property": one} if isinstance(one, str) else dict(one) for one in listed
            if isinstance(one, str) or (isinstance(one, dict) and "property" in one)]


def _wanted(content: ChartContent, window: Layer | None) -> _Wanted:
    settings = content.settings
    layers = active([*layers_of(settings), *([window] if window is not None else ())])
    kinds = set(switched_on(settings, {}))
    own: dict[int, list[dict[str, Any]]] = {}
    for row, style in content.styles.items():
        kinds |= set(switched_on(settings, style))
        if "attributes" in style:
            own[row] = _specs(style["attributes"])
    if "text_block" in content.representations.values():
        kinds.add("description")
    times = settings.get("kind") == "timeline" or "date" in kinds \
        or "event_frame" in content.representations.values() or any(map(looks_at_time, layers))
    needs = needs_of([*rules_of(settings), *as_rules(layers)])
    sums = str(settings.get("sum") or "")
    links = any(rule.on == "links" for rule in [*rules_of(settings), *as_rules(layers)])
    return _Wanted(times, kinds, _specs(settings.get("attributes")), own, needs, sums, links)


def time_kinds(schema: Schema) -> TimeKinds:
    """Entity types that have a start or a date of their own, and link types that hold over an interval."""
    events = (key for key, kind in schema.entity_types.items() if any(kind.property(one) for one in STARTS))
    lasting = (key for key, kind in schema.link_types.items() if kind.time == "interval")
    return TimeKinds(frozenset(events), frozenset(lasting))


def filter_names(schema: Schema, language: str, layers: list[Layer]) -> dict[str, str]:
    """Properties and measures that filters look at, in words."""
    asked = {one.what for layer in layers for one in layer.conditions}
    types = _property_types(schema)
    names = {what: types[what.removeprefix("property:")].label(language) for what in asked
             if what.removeprefix("property:") in types}
    return names | {what: measure_name(what.removeprefix("measure:")) for what in asked if what.startswith("measure:")}


def tell(content: ChartContent, case: CaseFile, schema: Schema, projection: Projection, network: Network,
         wait: bool = True, window: Layer | None = None) -> None:
    """Fill what the chart asks for, and put its rules of appearance into effect; nothing is read for a plain chart.

    What its filters, and `window`, look at is read too.

    Without `wait`, what takes long to measure is left `pending`, and rules that look at it have no effect yet.
    """
    wanted, types = _wanted(content, window), _property_types(schema)
    if wanted.of_entities:
        rows = {item: row for row, item in enumerate(content.entity_ids.tolist())}
        for item, told in _told(case, projection, content.entity_ids.tolist()):
            _entity(content, types, wanted, rows[item], told)
    if wanted.times:
        _link_times(content, case)
    keys = wanted.needs.link_properties | ({wanted.sums} if wanted.sums else frozenset())
    link_origins = wanted.needs.origins and wanted.links
    if keys or link_origins:
        _links(content, case, projection, wanted, keys)
    names = {f"measure:{key}": measure_name(key) for key in wanted.needs.measures}
    if wanted.needs.measures:
        found, content.pending = known(wanted.needs.measures, network, wait=wait)
        content.measures.update(found)
    for key, kind in types.items():
        names[f"property:{key}"] = kind.label(content.language)
    apply_rules(content, names)


def _told(case: CaseFile, projection: Projection, items: list[int]) -> Iterator[tuple[int, _Told]]:
    """What is said of each item and of what was merged into it; items of which nothing is said are left out."""
    with case.reading() as connection:
        merged = [row[0] for row in
                  connection.exec_driver_sql("SELECT id FROM item WHERE canonical_id IS NOT NULL")]
    members: dict[int, list[int]] = {item: [item] for item in items}
    for item in merged:
        survivor = projection.stands_for(item)
        if survivor in members and survivor != item:
            members[survivor].append(item)
    for at in range(0, len(items), BATCH):
        batch = items[at:at + BATCH]
        found: dict[int, _Told] = {}
        said: dict[int, dict[str, list[Said]]] = {}
        for statement in case.items.statements([one for item in batch for one in members[item]]):
            item = projection.stands_for(statement.item)
            found.setdefault(item, _Told()).statements.append(statement)
            for key, value in statement.vals.items():
                said.setdefault(item, {}).setdefault(key, []).append(said_by(statement, value))
        choices = case.items.choices(batch)
        for item, told in found.items():
            told.values = {key: choose(all_said, choices.get((item, key)))[0].value
                           for key, all_said in said.get(item, {}).items()}
            yield item, told


def _property_types(schema: Schema) -> dict[str, PropertyType]:
    of_entities = (one for kind in schema.entity_types.values() for one in kind.properties)
    of_links = (one for kind in schema.link_types.values() for one in kind.properties)
    return {one.key: one for one in (*of_links, *of_entities)}


def _entity(content: ChartContent, kinds: dict[str, PropertyType], wanted: _Wanted, row: int, told: _Told) -> None:
    if wanted.times and (when := _when(told.values, kinds)) is not None:
        content.when[row] = when
    texts = {kind: text for kind, text in _sub_texts(told).items() if kind in wanted.kinds and text}
    if texts:
        content.sub_texts[row] = texts
    specs = wanted.own_attributes.get(row, wanted.attributes)
    lines = (_attribute(spec, told.values, kinds, content.language) for spec in specs)
    if found := tuple(line for line in lines if line):
        content.attributes[row] = found
    for one in wanted.needs.properties:
        if told.values.get(one) is not None:
            content.values.setdefault(one, {})[row] = told.values[one]
    _origins(content.values, wanted, row, told)


def _origins(into: dict[str, dict[int, Any]], wanted: _Wanted, row: int, told: _Told) -> None:
    if "grade" in wanted.needs.origins:
        into.setdefault("grade", {})[row] = sorted({one.grade for one in told.statements if one.grade}, key=_grade_key)
    if "source" in wanted.needs.origins:
        into.setdefault("source", {})[row] = sorted({one.source_name for one in told.statements if one.source_name})
    if "handling" in wanted.needs.origins:
        into.setdefault("handling", {})[row] = sorted({one.handling for one in told.statements if one.handling})
    if "sources" in wanted.needs.origins:
        into.setdefault("sources", {})[row] = len({one.source for one in told.statements if one.source is not None})


def _grade_key(sign: str) -> tuple[int, int, str]:
    try:
        return (*Grade.parse(sign).sort_key, sign)
    except ValueError:
        return 99, 99, sign


def _when(values: dict[str, Any], kinds: dict[str, PropertyType]) -> When | None:
    """When an entity took place: its own start or date, else the earliest of its dates."""
    for key in STARTS:
        if isinstance(values.get(key), str) and (found := when_of(values[key], _text(values.get("end")))) is not None:
            return found
    dated = [(moment, str(value)) for key, value in values.items()
             if key in kinds and kinds[key].kind in ("date", "instant") and key not in NO_MOMENT
             and (moment := parsed(_text(value))) is not None]
    return when_of(min(dated)[1]) if dated else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _sub_texts(told: _Told) -> dict[str, str]:
    """Description, source and grade in words: the first of each, and how many more sources there are."""
    said = next((str(told.values[key]) for key in DESCRIPTIONS if told.values.get(key)), "")
    sources = list(dict.fromkeys(f"{one.source_name} · {one.row}" if one.row is not None else str(one.source_name)
                                 for one in told.statements if one.source_name))
    more = f" (+{len(sources) - 1})" if len(sources) > 1 else ""
    grades = sorted({one.grade for one in told.statements if one.grade}, key=_grade_key)
    return {"description": said, "source": f"{sources[0]}{more}" if sources else "",
            "grade": grades[0] if grades else ""}


def _attribute(spec: dict[str, Any], values: dict[str, Any], kinds: dict[str, PropertyType], language: str) -> str:
    """One attribute as it is written under a label, empty where the item has none; a flag only where it is set."""
    key = str(spec["property"])
    value, kind = values.get(key), kinds.get(key)
    if value in (None, "", [], False):
        return ""
    name = kind.label(language) if kind else key
    prefix, symbol = str(spec.get("prefix", "")), str(spec.get("symbol", ""))
    if spec.get("name", not prefix and not symbol) and value is not True:
        prefix = (_("{name}:", name=name) + f" {prefix}").rstrip()
    text = name if value is True else _written(value, kind.kind if kind else "text", language)
    return attribute_text(text, symbol=symbol, prefix=prefix, suffix=str(spec.get("suffix", "")))


def _written(value: Any, kind: str, language: str) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_written(one, kind, language) for one in value)
    if kind in ("date", "instant") and (when := when_of(_text(value))) is not None:
        return when_text(when, language)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and kind in ("number", "integer", "quantity"):
        return number(value, language)
    return str(value)


def _link_times(content: ChartContent, case: CaseFile) -> None:
    rows = {item: row for row, item in enumerate(content.link_ids.tolist())}
    for link in case.items.links(content.entity_ids.tolist()):
        row = rows.get(link.id)
        when = when_of(link.start, link.end, link.precision) if row is not None else None
        if row is not None and when is not None:
            content.link_when[row] = when


def _links(content: ChartContent, case: CaseFile, projection: Projection, wanted: _Wanted,
           keys: frozenset[str] | set[str]) -> None:
    """Property values of the links, and what is summed over them."""
    rows = {item: row for row, item in enumerate(content.link_ids.tolist())}
    sums = np.full(len(rows), np.nan)
    for item, told in _told(case, projection, content.link_ids.tolist()):
        row = rows[item]
        for key in keys:
            if told.values.get(key) is not None:
                content.link_values.setdefault(key, {})[row] = told.values[key]
        _origins(content.link_values, wanted, row, told)
        value = told.values.get(wanted.sums)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sums[row] = float(value)
    if wanted.sums:
        content.link_sums = sums
