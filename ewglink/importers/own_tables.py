"""Tables of entities and of links that EWGLink has written, known by their headings: what they hold, and how it comes
back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, cast

from ewglink.dialects.own_tables import (
    ENTITY_COLUMNS,
    LINK_COLUMNS,
    PLACE_COLUMNS,
    holds_entities,
    holds_links,
    stated_kind,
)
from ewglink.importers.contract import Part, Problem, Row
from ewglink.importers.graph_file import EDGES, NODES, GraphTitle
from ewglink.importers.graph_survey import Column, Survey
from ewglink.importers.graph_types import properties, schema_of, type_keys
from ewglink.importers.specification import Specification
from ewglink.importers.values import as_text
from ewglink.model.items import OWN_SPACE
from ewglink.model.property_types import Kind
from ewglink.model.schema import Schema
from ewglink.text import N_, message

_LONG = re.compile(r"-?[1-9]\d{15,18}")


def what(part: Part) -> str | None:
    """Whether a table is one of ours: nodes, edges, or neither (None)."""
    if holds_links(part.columns):
        return EDGES
    return NODES if holds_entities(part.columns) else None


def proposal(part: Part, rows: Iterable[Row | Problem]) -> tuple[Specification, Schema, list[Problem]]:
    """How a table of ours is mapped, the types that it needs, and what is to be said of it, found by going through its
    rows."""
    name = what(part) or NODES
    survey = Survey(GraphTitle(None, True), tabular=True)
    own = _columns(part, name)
    named = ("id", "type", "from_type", "to_type", "handling")
    marked = False
    at = {column: part.columns.index(column) for column in named if column in part.columns}
    ends: Counter[str] = Counter()
    columns = {column: survey.columns[name].setdefault(column, _column(column)) for column in own}
    uses = survey.uses[name]
    for row in rows:
        if not isinstance(row, Row):
            continue
        text_table = isinstance(row.cells[at["id"]], str)
        kind = as_text(row.cells[at["type"]]).strip()
        survey.counts[name] += 1
        marked = marked or bool(row.cells[at["handling"]])
        survey.types[name][kind] += 1
        used = uses.setdefault(kind, set())
        for place, column in own.items():
            value = row.cells[column]
            if value is not None and value != "":
                columns[place].see(_typed(value, text_table))
                used.add(columns[place].name)
        if name == EDGES:
            ends.update(as_text(row.cells[at[end]]).strip() for end in ("from_type", "to_type"))
    body = _entities(survey) if name == NODES else _links(survey, sorted(set(ends)))
    schema = schema_of(survey)
    if name == EDGES:
        found = Survey(GraphTitle(None, True), tabular=True)
        found.types[NODES], found.counts[NODES] = Counter(ends), ends.total()
        schema = Schema(schema_of(found).entity_types, schema.link_types)
    return Specification.from_json(body), schema, [handling_stated(part.name)] if marked else []


def handling_stated(part: str) -> Problem:
    """Said of what we have written where it was marked: the marks are the analyst's to give again."""
    words = N_("The file marks items by their handling; the marks are kept with the rows and not given again.")
    return Problem(part, None, None, "handling", "handling_not_taken", message(words))


def _columns(part: Part, name: str) -> dict[str, int]:
    fixed = {*ENTITY_COLUMNS, *PLACE_COLUMNS} if name == NODES else {*LINK_COLUMNS}
    return {column: place for place, column in enumerate(part.columns) if column not in fixed}


class _Stated(Column):
    """A column whose heading says what its values are."""

    def found(self) -> Kind:
        return self.kind or super().found()


def _column(heading: str) -> Column:
    key, kind = stated_kind(heading)
    return Column(heading, heading) if kind is None else _Stated(key, heading, cast(Kind, kind))


def _typed(value: Any, text_table: bool) -> Any:
    """A cell of a text table as what it says, where it can say nothing else; of a workbook a number that is too long
    for one."""
    if not isinstance(value, str) or not (text_table or _LONG.fullmatch(value)):
        return value
    if value in ("true", "false"):
        return value == "true"
    for kind in (int, float):
        try:
            if repr(kind(value)) == value:
                return kind(value)
        except ValueError:
            continue
    return value


def _exact(column: str) -> dict[str, Any]:
    return {"column": column, "exact": True, "guarded": True}


def _key(column: str) -> list[Any]:
    return ["case", column]


def _filled(survey: Survey, part: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one, column in properties(survey, part).values():
        found[one.key] = _exact(column.column) if one.kind == "text" and not one.scheme else column.column
    return found


def _typed_by(keys: dict[str, str], column: str) -> dict[str, Any]:
    return {"column": column, "map": keys}


def _entities(survey: Survey) -> dict[str, Any]:
    role = {"type": _typed_by(type_keys(survey, NODES), "type"), "key": _key("id"), "label": [_exact("label")],
            "properties": _filled(survey, NODES)}  # fmt: skip
    return _body("EWGLink entities", {"entity": role}, [])


def _links(survey: Survey, ends: list[str]) -> dict[str, Any]:
    found = Survey()
    found.types[NODES] = Counter(ends)
    keys = type_keys(found, NODES)
    roles = {end: {"type": _typed_by(keys, f"{end}_type"), "key": _key(end), "label": [_exact(f"{end}_label")]}
             for end in ("from", "to")}  # fmt: skip
    link = {
        "type": _typed_by(type_keys(survey, EDGES), "type"),
        "from": "from",
        "to": "to",
        "key": _key("id"),
        "directed": "direction",
        "strength": "strength",
        "start": {"column": "start", "date": "ymd"},
        "end": {"column": "end", "date": "ymd"},
        "properties": _filled(survey, EDGES),
    }
    return _body("EWGLink links", roles, [link])


def _body(name: str, entities: dict[str, Any], links: list[Any]) -> dict[str, Any]:
    return {"ewglink_spec": 1, "name": name, "namespace": OWN_SPACE, "entities": entities, "links": links}
