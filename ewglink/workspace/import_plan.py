"""What is to be imported, and how each file will be read: its format, its tables, their specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ewglink.importers import own_tables, sniff, templates
from ewglink.importers.contract import FORMATS, Part, Problem
from ewglink.importers.reader_process import SourceReader
from ewglink.importers.specification import Specification
from ewglink.importers.wire_pictures import Proposal
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message

SPACE = "graph:"
"""How the namespaces begin that no specification names."""

_NAMED = 8
"""How many headings a refusal names."""


@dataclass(frozen=True)
class ImportRequest:
    """A file (or a folder of files) to import. `format`, `spec` (a specification, its name, its file or its JSON) and
    `part` are found where they are not given; `options` are the format's own. `chart` names the chart that takes what
    the file shows as a picture, an existing one or a new one: None is one named after the file, "" none. `mappings` are
    the specifications of several tables, by name: a table that is not named is left out, or read as a graph's format
    suggests. `types` are types that the person has made for them."""

    path: Path
    format: str | None = None
    spec: Specification | dict[str, Any] | str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    part: str | None = None
    chart: str | None = None
    mappings: Mapping[str, Specification] = field(default_factory=dict)
    types: Schema = field(default_factory=Schema)
    called: str = ""
    """The name of the file where it is not that of its path: where in a folder or an archive it lies."""
    within: bool = False
    """Whether the file was found in a folder or an archive: one that cannot be read does not keep out the others."""
    refusal: Refusal | None = None
    """Why the file is not taken at all."""

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.called or self.path.name

    def specification(self) -> Specification | None:
        """The specification asked for."""
        if self.spec is None or isinstance(self.spec, Specification):
            return self.spec
        return templates.named(self.spec) if isinstance(self.spec, str) else Specification.from_json(self.spec)


@dataclass(frozen=True)
class Table:
    """One table of a file with the mapping it is read by; None where its format drafts by itself."""

    part: Part
    spec: Specification | None


@dataclass(frozen=True)
class Along:
    """A file whose content is read as part of another."""

    path: Path
    sha256: str
    size: int
    name: str


@dataclass(frozen=True)
class Reading:
    """What a file is read as: its format, the options found and asked for, and what is to be said of it."""

    format: str
    options: dict[str, Any]
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What will be read of a file, and how."""

    path: Path
    format: str
    options: dict[str, Any]
    sha256: str
    size: int
    tables: tuple[Table, ...]
    remarks: tuple[Problem, ...] = ()
    schema: Schema = field(default_factory=Schema)
    """The types and properties that the file needs of the case."""
    chart: str | None = None
    pictures: bool = False
    """Whether the file may hold charts."""
    along: tuple[Along, ...] = ()
    """The files that are read together with it."""
    with_file: str | None = None
    """The file that takes this one along."""
    called: str = ""
    refusal: Refusal | None = None
    """Why it is not read."""

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.called or self.path.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its first table."""
        return self.tables[0].part.columns if self.tables else ()


def reading(request: ImportRequest, reader: SourceReader) -> Reading:
    """What a file is read as; a `Refusal` where no format reads it."""
    path, key, options = request.path, request.format, dict(request.options)
    if key is None:
        found = reader.recognise(path)
        key = _asked_for(request, found)
        if key != found.format:
            return Reading(key, options)
        noted = () if found.note is None else (Problem("", None, None, None, "wrong_suffix", found.note),)
        return Reading(key, {**found.options, **options}, noted)
    if key not in FORMATS:
        raise Refusal(
            "unknown_format_name",
            message(
                N_("There is no import format “{name}”. There are: {known}."), name=key, known=", ".join(FORMATS.keys())
            ),
            file=str(path),
            field=key,
        )
    return Reading(key, options)


def plan(
    request: ImportRequest, read: Reading, reader: SourceReader, schema: Schema, space: str | None = None
) -> Plan:
    """How a file will be read; a `Refusal` where it cannot be, or where nobody has said what its columns mean.

    `space` is the namespace of a graph's nodes, where no specification names one; None: the file's own."""
    path, key, options, remarks = request.path, read.format, read.options, list(read.remarks)
    print_ = sniff.fingerprint(path)
    made = Plan(path, key, options, print_.sha256, print_.size, (Table(Part("", (), None), None),),
                chart=request.chart, called=request.called)  # fmt: skip
    member = FORMATS.get(key)
    proposed = reader.proposal(path, key, options) if hasattr(member, "proposes") else Proposal()
    if member.kind == "graph":
        tables = graph_tables(request, reader.parts(path, key, options), proposed.specifications,
                              space or graph_space(print_.sha256))
    elif member.kind == "table":
        parts = reader.parts(path, key, options)
        own = [part for part in parts if own_tables.what(part)] if request.spec is None and not request.mappings else []
        if own:
            tables, needed = _own(request, own, key, options, reader, remarks)
            proposed = Proposal(needed)
        else:
            tables = _tables(request, parts, schema, remarks)
    else:
        tables = list(made.tables)
    pictures = hasattr(member, "pictures") and request.chart != ""
    needed = proposed.schema.extended(request.types)
    for table in tables:
        needed = needed.extended(templates.types_in(table.spec))
    return replace(made, tables=tuple(tables), remarks=tuple(remarks), schema=needed, pictures=pictures)


def _asked_for(request: ImportRequest, found: sniff.Found) -> str:
    """The format that was found; where a specification is given, the likeliest that has a table for it."""
    if request.spec is None:
        return found.format
    fitting = (found.format, *found.others)
    return next((key for key in fitting if FORMATS.get(key).kind != "records"), found.format)


def _own(
    request: ImportRequest, parts: list[Part], key: str, options: dict[str, Any], reader: SourceReader,
    remarks: list[Problem]
) -> tuple[list[Table], Schema]:  # fmt: skip
    """The tables of a file that EWGLink has written, and the types that they need."""
    tables, schema = [], Schema()
    for part in parts:
        if request.part in (None, part.name):
            rows = (row for batch in reader.rows(request.path, key, options, part.name) for row in batch)
            spec, needed, said = own_tables.proposal(part, rows)
            remarks += said
            schema = schema.extended(needed)
            tables.append(Table(part, spec))
    return tables, schema


def graph_tables(
    request: ImportRequest, parts: list[Part], suggested: dict[str, dict[str, Any]], space: str
) -> list[Table]:
    """The tables of a file that is a graph: by the specification asked for where it fits, else as its format suggests.

    Nodes and edges share a namespace: that of the specification asked for, else `space`, which also stands for the
    namespace of another graph in a mapping made by hand."""
    spec = request.specification()
    wanted = request.part or (spec.part if spec else None)
    if wanted is not None and wanted not in {part.name for part in parts}:
        raise _unknown_part(request.path, wanted, parts)
    namespace = spec.namespace if spec else space
    found = []
    for part in parts:
        if part.name in request.mappings:
            found.append(Table(part, _in_space(request.mappings[part.name], space)))
        elif spec is not None and (part.name == wanted or (wanted is None and spec.columns() <= set(part.columns))):
            found.append(Table(part, spec))
        elif part.name in suggested and (wanted in (None, part.name) or spec is not None):
            found.append(Table(part, suggested_specification(suggested[part.name], namespace)))
    if not found:
        raise Refusal(
            "empty_graph",
            message(N_("{file} has neither nodes nor edges: there is nothing to import."), file=request.path.name),
            file=str(request.path),
        )
    return found


def graph_space(sha256: str) -> str:
    """The namespace of a graph's nodes that is one file's alone."""
    return f"{SPACE}{sha256}"


def _in_space(spec: Specification, space: str) -> Specification:
    if not spec.namespace.startswith(SPACE) or spec.namespace == space:
        return spec
    return Specification.from_json({**spec.body, "namespace": space})


def suggested_specification(body: dict[str, Any], namespace: str) -> Specification:
    """A specification that a format suggests, in a namespace."""
    return Specification.from_json({**body, "namespace": body.get("namespace") or namespace})


def _mapped(request: ImportRequest, parts: list[Part]) -> list[Table]:
    """The tables that have specifications of their own."""
    named = {part.name: part for part in parts}
    for name in request.mappings:
        if name not in named:
            raise _unknown_part(request.path, name, parts)
    return [Table(templates.as_called(spec, named[name]), spec) for name, spec in request.mappings.items()]


def _unknown_part(path: Path, wanted: str, parts: Sequence[Part]) -> Refusal:
    return Refusal(
        "unknown_part",
        message(
            N_("{file} has no table “{name}”. It has: {known}."),
            file=path.name,
            name=wanted,
            known=", ".join(part.name for part in parts),
        ),
        file=str(path),
        field=wanted,
    )


def _tables(request: ImportRequest, parts: list[Part], schema: Schema, remarks: list[Problem]) -> list[Table]:
    """Which tables of a file are read: those a specification fits."""
    if request.mappings:
        return _mapped(request, parts)
    spec = request.specification()
    wanted = request.part or (spec.part if spec else None)
    if wanted is not None:
        chosen = [part for part in parts if part.name == wanted]
        if not chosen:
            raise _unknown_part(request.path, wanted, parts)
    else:
        chosen = [part for part in parts if not part.hidden] or parts
    if spec is not None:
        fitting = [part for part in chosen if spec.columns() <= set(part.columns)] or chosen[:1]
        return [Table(part, spec) for part in fitting[: 1 if wanted else None]]
    found: list[Table] = []
    for part in chosen:
        known = templates.recognise(part, schema)
        if known is not None:
            found.append(Table(known[1], known[0]))
        elif part.columns and (part.sample or len(chosen) == 1):
            remarks.append(
                Problem(
                    part.name,
                    None,
                    None,
                    None,
                    "table_passed_over",
                    message(N_("No specification fits the table “{name}”; it is not imported."), name=part.name),
                )
            )
    if not found:
        raise _no_mapping(request.path, chosen)
    return found


def _no_mapping(path: Path, parts: Sequence[Part]) -> Refusal:
    columns = [name for part in parts for name in part.columns]
    if not columns:
        words = message(N_("{file} holds no records: there is nothing to import."), file=path.name)
        return Refusal("no_records", words, file=str(path))
    more = ", …" if len(columns) > _NAMED else ""
    if len(parts) == 1 and len(columns) in (2, 3) and bool(parts[0].sample):
        words = message(
            N_(
                "No specification fits the headings of {file} ({columns}). If it is a list of links, two names a line "
                "without headings, read it with --format edge_list. Else say what its columns mean in the import "
                "window, or name a specification with --spec; --suggest FILE writes a first one, to be changed."
            ),
            file=path.name,
            columns=", ".join(columns),
        )
        return Refusal("no_mapping", words, file=str(path))
    words = message(
        N_(
            "No specification fits the headings of {file} ({columns}). Say what its columns mean in the import window, "
            "or name a specification with --spec; --suggest FILE writes a first one, to be changed."
        ),
        file=path.name,
        columns=", ".join(columns[:_NAMED]) + more,
    )
    return Refusal("no_mapping", words, file=str(path))
