"""A released view as tables: entities, links, statements and sources, with ids and keys by which they can come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ewglink.dialects.own_tables import heading
from ewglink.model.schema import EntityType, LinkType
from ewglink.reference.schema_files import builtin_schema
from ewglink.release.view import EntityRow, PropertyColumn, ReleasedView, Value
from ewglink.text import N_, _, speaking

SEVERAL = "; "
"""What stands between several values in one cell."""


class Column(NamedTuple):
    """A column: its key, which is never translated, its name in the view's language, and the kind of its values."""

    key: str
    name: str
    kind: str = "text"
    own: bool = False
    """Whether it is of a property that is not built in, whose kind nobody else knows."""


@dataclass(frozen=True)
class Table:
    """A table: its key and name, its columns, and its rows as they are asked for."""

    key: str
    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Value, ...]]]

    def heading(self, keys: bool) -> tuple[str, ...]:
        """The heading row: keys, those of a case's own properties with their kinds, or names in the view's language."""
        return tuple(column.name if not keys else heading(column.key, column.kind) if column.own else column.key
                     for column in self.columns)  # fmt: skip


_ENTITY = (("id", N_("Number"), "integer"), ("type", N_("Type"), "text"), ("label", N_("Label"), "text"),
           ("identity", N_("Identifiers"), "text"))
_LINK = (("id", N_("Number"), "integer"), ("type", N_("Type"), "text"), ("from", N_("From number"), "integer"),
         ("from_label", N_("From"), "text"), ("from_type", N_("Type of from"), "text"),
         ("to", N_("To number"), "integer"), ("to_label", N_("To"), "text"), ("to_type", N_("Type of to"), "text"),
         ("label", N_("Label"), "text"), ("direction", N_("Direction"), "text"), ("strength", N_("Strength"), "text"),
         ("start", N_("Start"), "date"), ("end", N_("End"), "date"), ("precision", N_("Precision"), "text"),
         ("identity", N_("Identifiers"), "text"))
_TAIL = (("handling", N_("Handling"), "text"), ("sources", N_("Sources"), "text"))
_CASE = (("case", N_("Number of the case"), "text"),)
_PLACE = (("x", "x", "number"), ("y", "y", "number"))
_STATEMENT = (("id", N_("Number"), "integer"), ("item", N_("Item number"), "integer"),
              ("item_label", N_("Item"), "text"), ("property", N_("Property"), "text"),
              ("value", N_("Value"), "text"), ("raw", N_("As written"), "text"),
              ("start", N_("Start"), "date"), ("end", N_("End"), "date"), ("precision", N_("Precision"), "text"),
              ("validity", N_("Validity"), "text"), ("reason", N_("Reason"), "text"), ("source", N_("Source"), "text"),
              ("part", N_("Sheet or part"), "text"), ("row", N_("Row"), "integer"), ("grade", N_("Grade"), "text"),
              ("handling", N_("Handling"), "text"), ("recorded_by", N_("Recorded by"), "text"),
              ("recorded_at", N_("Recorded at"), "text"))
_SOURCE = (("id", N_("Number"), "integer"), ("name", N_("File"), "text"), ("sha256", "SHA-256", "text"),
           ("size", N_("Size in bytes"), "integer"), ("importer", N_("Importer"), "text"),
           ("specification", N_("Specification"), "text"), ("records", N_("Records"), "integer"),
           ("withdrawn", N_("Withdrawn"), "boolean"))


def _fixed(columns: tuple[tuple[str, str, str], ...]) -> list[Column]:
    return [Column(key, _(name), kind) for key, name, kind in columns]


def own_columns(columns: tuple[PropertyColumn, ...], taken: set[str]) -> list[Column]:
    """Columns of properties; one whose key is taken by a column of the table is named `property.KEY`."""
    return [Column(f"property.{one.key}" if one.key in taken else one.key, one.name, one.kind,
                   one.key not in _built_in()) for one in columns]  # fmt: skip


@cache
def _built_in() -> frozenset[str]:
    """The keys of the properties that everybody has."""
    schema = builtin_schema()
    kinds: list[EntityType | LinkType] = [*schema.entity_types.values(), *schema.link_types.values()]
    return frozenset(one.key for kind in kinds for one in kind.properties)


def entity_table(view: ReleasedView) -> Table:
    """The entities, a row each."""
    placed = any(row.x is not None for row in view.entities)
    with speaking(view.language):
        fixed, tail = _fixed(_ENTITY), _fixed(_TAIL + _CASE + (_PLACE if placed else ()))
        name = _("Entities")
    own = own_columns(view.entity_columns, {column.key for column in (*fixed, *tail)} | {"x", "y"})

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in view.entities:
            values = [row.properties.get(one.key) for one in view.entity_columns]
            place = (row.x, row.y) if placed else ()
            yield (row.id, row.type, row.label, SEVERAL.join(row.identities), *values, row.handling,
                   SEVERAL.join(row.sources), view.case_uid, *place)

    return Table("entities", name, (*fixed, *own, *tail), rows)


def link_table(view: ReleasedView) -> Table:
    """The links, a row each, with the labels of their ends."""
    with speaking(view.language):
        fixed, tail = _fixed(_LINK), _fixed(_TAIL + _CASE)
        name = _("Links")
    own = own_columns(view.link_columns, {column.key for column in (*fixed, *tail)})
    ends: dict[int, EntityRow] = {row.id: row for row in view.entities}

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in view.links:
            values = [row.properties.get(one.key) for one in view.link_columns]
            a, b = ends[row.a], ends[row.b]
            yield (row.id, row.type, a.id, a.label, a.type, b.id, b.label, b.type, row.label, row.direction,
                   row.strength, row.start, row.end, row.precision, SEVERAL.join(row.identities), *values, row.handling,
                   SEVERAL.join(row.sources), view.case_uid)

    return Table("links", name, (*fixed, *own, *tail), rows)


def statement_table(view: ReleasedView) -> Table:
    """The statements, a row for each value with the source and row that said it."""
    with speaking(view.language):
        columns, name = _fixed(_STATEMENT), _("Statements")

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in view.statements:
            yield (row.id, row.item, row.item_label, row.property, row.value, row.raw, row.start, row.end,
                   row.precision, row.validity, row.reason, row.source, row.part, row.row, row.grade, row.handling,
                   row.recorded_by, row.recorded_at)

    return Table("statements", name, tuple(columns), rows)


def source_table(view: ReleasedView) -> Table:
    """The sources, a row each."""
    with speaking(view.language):
        columns, name = _fixed(_SOURCE), _("Sources")

    def rows() -> Iterator[tuple[Value, ...]]:
        for row in view.sources:
            yield (row.id, row.name, row.sha256, row.size, row.importer, row.specification, row.records, row.withdrawn)

    return Table("sources", name, tuple(columns), rows)


TABLES: dict[str, Callable[[ReleasedView], Table]] = {
    "entities": entity_table, "links": link_table, "statements": statement_table, "sources": source_table}
"""The tables of a view by key, in the order of a workbook."""
