"""Neo4j's tables for import: files of nodes and of relationships, told apart by their headings, together in a ZIP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewglink.importers import guard, neo4j_files
from ewglink.importers.contract import FOLDERS, Problem, Recognised
from ewglink.importers.graph_file import EDGES, NODES, Element, GraphAttribute, GraphEdge, GraphNode, Value
from ewglink.importers.graph_tables import GraphReading
from ewglink.importers.neo4j_files import Field, Table
from ewglink.importers.plain_words import cell
from ewglink.model.property_types import Kind
from ewglink.plugins.options import option
from ewglink.text import N_, Message, counted, message

_KINDS: dict[str, Kind] = {
    "int": "integer", "long": "integer", "short": "integer", "byte": "integer", "float": "number",
    "double": "number", "boolean": "boolean", "date": "date", "datetime": "instant", "localdatetime": "instant",
}  # fmt: skip
_ROLES = ("ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE")
_NAMED = 20


@dataclass(frozen=True)
class Neo4jOptions:
    """How to read the tables; what is `auto` is found from the files."""

    encoding: str = option("auto", N_("Encoding"))
    array_delimiter: str = option(";", N_("What stands between several values of a cell"))
    beside: bool = option(True, N_("Take along the files of nodes in the same folder"))
    nodes_in: str = option("", N_("Other folders in which files of nodes are looked for, parted by |"))

    def folders(self) -> list[Path]:
        """The other folders."""
        return [Path(one) for one in self.nodes_in.split(FOLDERS) if one]


class _Reading:
    """One pass over the files."""

    def __init__(self, path: Path, tables: list[Table], options: Neo4jOptions) -> None:
        self.path, self.tables, self.options = path, tables, options
        self.counts = {NODES: 0, EDGES: 0}  # rows as a spreadsheet numbers them, those of files before included

    def elements(self) -> Iterator[Element]:
        """Everything the files say, nodes first."""
        for table in self.tables:
            yield from self._declared(table)
            if table.beside:
                words = message(N_("The rows of {file} are taken along."), file=table.name)
                yield Problem(table.heading.kind, None, None, None, "taken_along", words)
            before = self.counts[table.heading.kind]
            for number, line, cells in table.rows(self.options.encoding):
                self.counts[table.heading.kind] = before + number
                yield from self._row(table, line, cells)

    def _declared(self, table: Table) -> Iterator[Element]:
        for field in table.heading.fields:
            if field.name and field.type not in _ROLES:
                kind = "list" if field.listed else _KINDS.get(field.type, "text")
                yield GraphAttribute(table.heading.kind, field.name, kind)

    def _row(self, table: Table, line: int, cells: list[str]) -> Iterator[Element]:
        fields, kind = table.heading.fields, table.heading.kind
        raw = json.dumps(cells, ensure_ascii=False)
        if len(cells) > len(fields) or not cells:
            words = counted(
                "The row of {file} has {n} cell, which is not what its headings ask for; it is not imported.",
                "The row of {file} has {n} cells, which is not what its headings ask for; it is not imported.",
                len(cells), file=table.name,
            )  # fmt: skip
            yield self._problem(table, line, None, "wrong_width", words, raw, rejected=True)
            return
        cells = cells + [""] * (len(fields) - len(cells))
        roles = self._roles(fields, cells)
        needed = ("ID",) if kind == NODES else ("START_ID", "END_ID")
        for role in needed:
            if role not in roles:
                text = N_("The row of {file} has no {field}; it is not imported.")
                words = message(text, file=table.name, field=f":{role}")
                yield self._problem(table, line, f":{role}", "no_id", words, raw, rejected=True)
                return
        values = self._values(fields, cells)
        no = self.counts[kind]
        if kind == NODES:
            labels = [one.strip() for one in roles.get("LABEL", "").split(self.options.array_delimiter) if one.strip()]
            if len(labels) > 1:
                values["labels"] = list(labels)
            yield GraphNode(roles["ID"], None, labels[0] if labels else None, values, None, None, {}, no, line, raw)
            return
        yield GraphEdge(
            roles.get("ID"), roles["START_ID"], roles["END_ID"], None, roles.get("TYPE"), True, values, None, None, no,
            line, raw,
        )  # fmt: skip

    def _roles(self, fields: tuple[Field, ...], cells: list[str]) -> dict[str, str]:
        """Role → what the row says of it; ids carry their group."""
        found: dict[str, str] = {}
        for field, text in zip(fields, cells, strict=True):
            if field.type in _ROLES and text.strip():
                text = text.strip()
                found[field.type] = f"{field.group}:{text}" if field.group else text
        return found

    def _values(self, fields: tuple[Field, ...], cells: list[str]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for field, text in zip(fields, cells, strict=True):
            if not field.name or not text or field.type in _ROLES and field.type != "ID":
                continue
            if field.listed:
                found[field.name] = [self._cell(field, one) for one in text.split(self.options.array_delimiter) if one]
            else:
                found[field.name] = self._cell(field, text)
        return found

    def _cell(self, field: Field, text: str) -> str | int | float | bool:
        kind = _KINDS.get(field.type)
        if kind == "boolean" and text.strip().lower() in ("true", "false"):
            return text.strip().lower() == "true"
        if kind in ("integer", "number"):
            found = cell(text.strip())
            return text if found is None or not isinstance(found, (int, float)) else found
        return text

    def _problem(
        self, table: Table, line: int, column: str | None, code: str, words: Message, raw: str, rejected: bool = False
    ) -> Problem:
        kind = table.heading.kind
        return Problem(kind, self.counts[kind], line, column, code, words, rejected, raw)


class Neo4j(GraphReading):
    """The format: ids with a group are `group:id`; the first label is a node's type."""

    key = "neo4j"
    name = N_("Neo4j tables (CSV, ZIP)")
    suffixes = (".csv", ".tsv", ".zip")
    kind = "graph"
    options = Neo4jOptions
    companions_apart = True

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """Headings such as `:ID`, `:START_ID` and `:END_ID`."""
        tables = neo4j_files.of_path(path, head, beside=False)
        if not tables:
            return Recognised(0.0, message(N_("no table of Neo4j")))
        kinds = {table.heading.kind for table in tables}
        if kinds == {NODES, EDGES}:
            return Recognised(0.98, message(N_("tables with the headings of Neo4j: nodes and relationships")))
        what = N_("a table of nodes with the headings of Neo4j") if kinds == {NODES} else N_(
            "a table of relationships with the headings of Neo4j")  # fmt: skip
        return Recognised(0.98, message(what))

    def companions(self, path: Path, options: Neo4jOptions) -> list[Path]:
        """The other files of the folder that are read with this one."""
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
        if head.startswith(b"PK\x03\x04"):
            return []
        tables = neo4j_files.of_path(path, head, options.beside, options.folders())
        return [table.beside for table in tables if table.beside is not None]

    def reads_whole(self, path: Path) -> bool:
        """Where the headings of an archive's tables are files of their own."""
        return any(not table.headed for table in neo4j_files.of_path(path, b"PK\x03\x04"))

    def elements(self, path: Path, options: Neo4jOptions) -> Iterator[Element]:
        """The nodes and relationships."""
        guard.check_file(path)
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
        tables = neo4j_files.of_path(path, head, options.beside, options.folders())
        if not tables:
            words = N_("{file} has no table with the headings of Neo4j (:ID, or :START_ID and :END_ID).")
            raise guard.refuse("no_neo4j_table", message(words, file=path.name), path)
        yield from _Reading(path, tables, options).elements()
        left = neo4j_files.left_out(path, tables)
        if left:
            words = N_("These files of the archive are no tables of Neo4j and are not taken: {names}.")
            yield Problem(NODES, None, None, None, "files_left_out", message(words, names=", ".join(left[:_NAMED])))


MEMBER = Neo4j()
