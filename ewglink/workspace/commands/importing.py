"""Files brought into a case: the import command as the window, the terminal and the demo call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from ewglink.importers import suggesting, templates
from ewglink.importers.contract import FORMATS, Cell, Drafted, Part, Problem, Row
from ewglink.importers.mapping import Mapping
from ewglink.importers.reader_process import InProcessReader, Reader, SourceReader
from ewglink.importers.specification import Specification
from ewglink.importers.values import ColumnGuess, as_text, guess
from ewglink.importers.wire_pictures import Proposal
from ewglink.model.progress import Job, Progress
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, message
from ewglink.workspace.import_opening import Opening
from ewglink.workspace.import_plan import ImportRequest, suggested_specification
from ewglink.workspace.import_report import ImportReport, write_rejected
from ewglink.workspace.import_run import Importing
from ewglink.workspace.workspace import Workspace
from ewglink.workspace.writer_process import WriterProcess

__all__ = [
    "ImportReport",
    "ImportRequest",
    "Preview",
    "first_specification",
    "import_files",
    "preview",
    "suggest_specification",
    "write_rejected",
]

_TOLD_BY = 30
"""Cells of a column that tell whether it holds identifiers."""



def import_files(
    target: Workspace | Path | str,
    requests: Sequence[ImportRequest],
    *,
    dry_run: bool = False,
    strict: bool = False,
    in_process: bool = False,
) -> Job[ImportReport]:
    """Import files (and folders) into a case as one step; the last progress carries the report.

    The writing is done by the case's writer process, the reading by a reader process of its own; `in_process` does both
    here. Closing the job cancels it: the case stays as it was, unless all was saved already. `dry_run` counts and
    writes nothing; `strict` refuses where a row would be rejected. A `Refusal` leaves all files out.
    """
    if not isinstance(target, Workspace):
        with Workspace.open(target) as workspace:
            yield from import_files(workspace, requests, dry_run=dry_run, strict=strict, in_process=in_process)
        return
    target.hold()
    before = target.case.journal_length()
    try:
        with closing(_steps(target, list(requests), dry_run, strict, in_process)) as steps:
            yield from steps
    finally:
        target.release(_written(target, before))


def _written(target: Workspace, before: int) -> int | None:
    """The entry the import has written, also where it was cancelled or killed when all was saved; None: nothing was."""
    try:
        after = target.case.journal_length()
    except Refusal:
        return None
    return after if after > before else None


def _steps(
    workspace: Workspace, requests: list[ImportRequest], dry_run: bool, strict: bool, here: bool
) -> Job[ImportReport]:
    """The import of requests, whose folders and archives are open as long as it lasts."""
    yield Progress(None, message(N_("Looking at the files")))
    with closing(InProcessReader() if here else Reader()) as reader, Opening(reader) as opening:
        files = opening.files(requests)
        reader.close()
        try:
            if here:
                importing = Importing(workspace.case, workspace.schema, reader, dry_run=dry_run, strict=strict)
                yield from importing.run(files)
            else:
                yield from WriterProcess(workspace.path, workspace.schema).run(files, dry_run=dry_run, strict=strict)
        except Refusal as refusal:
            raise opening.told(refusal) from refusal


@dataclass
class Preview:
    """The first rows of a table as a mapping reads them. `guesses`: what each column seems to hold. `entities` and
    `links`: how many different ones these rows make, a type. `drafts` are empty where there is no specification
    yet."""

    format: str
    parts: list[Part]
    part: Part
    spec: Specification | None
    guesses: list[ColumnGuess]
    rows: list[Row]
    drafts: list[Drafted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entities: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    schema: Schema | None = None
    """The schema of the case with what the file needs beyond it."""

    def marks(self) -> dict[tuple[int | None, str | None], list[Problem]]:
        """The problems by row number and column."""
        found: dict[tuple[int | None, str | None], list[Problem]] = {}
        for problem in self.problems:
            found.setdefault((problem.row, problem.field), []).append(problem)
        return found


def preview(
    path: Path,
    schema: Schema,
    reader: SourceReader,
    *,
    format: str | None = None,
    spec: Specification | None = None,
    options: dict[str, Any] | None = None,
    part: str | None = None,
    n: int = 100,
) -> Preview:
    """The first `n` rows of a file as `spec` would read them (else the template its headings name); a `Refusal` where
    the file cannot be read or the specification does not fit."""
    chosen = dict(options or {})
    if format is None:
        found = reader.recognise(path)
        format, chosen = found.format, {**found.options, **chosen}
    parts = reader.parts(path, format, chosen)
    table = next((one for one in parts if one.name == part), None) or next(
        (one for one in parts if not one.hidden), parts[0]
    )
    if FORMATS.get(format).kind == "graph":
        schema, spec = _suggested(reader.proposal(path, format, chosen), schema, table, spec)
    if FORMATS.get(format).kind == "table":
        spec, table = _known(spec, table, schema)
        schema = schema.extended(templates.types_in(spec))
    rows: list[Row] = []
    problems: list[Problem] = []
    for one in islice(_first(path, format, chosen, table, reader), 4 * n):
        if isinstance(one, Row):
            rows.append(one)
        else:
            problems.append(one)
        if len(rows) >= n:
            break
    shown = Preview(format, parts, table, spec, _guesses(table, rows), rows, problems=problems, schema=schema)
    if FORMATS.get(format).kind == "records":
        shown.drafts = [FORMATS.get(format).draft(row) for row in rows]  # type: ignore[attr-defined]
    elif spec is not None:
        mapping = Mapping(spec, table, schema)
        shown.problems = [*mapping.remarks(), *problems]
        shown.drafts = [mapping.draft(row) for row in rows]
    _count(shown)
    return shown


def _known(spec: Specification | None, table: Part, schema: Schema) -> tuple[Specification | None, Part]:
    """The specification given, or that of the headings, and the table with its columns as that calls them."""
    if spec is not None:
        return spec, templates.as_called(spec, table)
    return templates.recognise(table, schema) or (None, table)


def _suggested(
    proposed: Proposal, schema: Schema, table: Part, spec: Specification | None
) -> tuple[Schema, Specification | None]:
    """The schema with what a graph needs, and how its format would map the table where `spec` does not fit."""
    suggested = proposed.specifications.get(table.name)
    if suggested is not None and (spec is None or not spec.columns() <= set(table.columns)):
        spec = suggested_specification(suggested, "graph")
    return schema.extended(proposed.schema), spec


def _first(
    path: Path, format: str, options: dict[str, Any], table: Part, reader: SourceReader
) -> Iterator[Row | Problem]:
    """The first rows: those that came with the table where they are enough, so that the reader stays warm."""
    if table.sample:
        yield from table.sample
        return
    for batch in reader.rows(path, format, options, table.name or None):
        yield from batch


def _guesses(table: Part, rows: list[Row]) -> list[ColumnGuess]:
    found: list[ColumnGuess] = []
    for place, name in enumerate(table.columns):
        cells: list[Cell] = [row.cells[place] for row in rows if place < len(row.cells)]
        texts = [text for cell in cells[:_TOLD_BY] if (text := as_text(cell).strip())]
        found.append(replace(guess(cells), scheme=suggesting.scheme_of(suggesting.words_of(name), texts)))
    return found


def _count(shown: Preview) -> None:
    known: set[tuple[str, str]] = set()
    for drafted in shown.drafts:
        shown.problems.extend(drafted.problems)
        for entity in drafted.entities:
            keys = set(entity.keys)
            if not keys or not keys & known:
                shown.entities[entity.type] += 1
            known |= keys
        for link in drafted.links:
            shown.links[link.type] += 1


def first_specification(request: ImportRequest, schema: Schema, reader: SourceReader) -> Specification:
    """A specification of the first table of a file, for a person to change: the one that fits, else a suggestion. A
    `Refusal` where the format says by itself what its records mean, or there are no columns."""
    path = request.path
    shown = preview(path, schema, reader, format=request.format, options=request.options)
    if FORMATS.get(shown.format).kind == "records":
        words = N_("{file} needs no specification: its format says what it holds.")
        raise Refusal("no_specification_needed", message(words, file=path.name), file=str(path))
    if not shown.part.columns:
        words = N_("{file} holds no records: there is nothing to import.")
        raise Refusal("no_records", message(words, file=path.name), file=str(path))
    spec = shown.spec or suggest_specification(shown.part, shown.schema or schema)
    part = {"part": shown.part.name} if len(shown.parts) > 1 else {}
    return Specification.from_json({**spec.body, "name": path.stem, **part})


def suggest_specification(part: Part, schema: Schema) -> Specification:
    """A first mapping of an unknown table, for a person to change."""
    return suggesting.suggest(part, schema)
