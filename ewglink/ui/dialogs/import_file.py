"""One file in the import wizard: how it is read, which of its tables are taken, and what their columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ewglink.importers import own_tables, templates
from ewglink.importers.contract import FORMATS, Part, Problem
from ewglink.importers.mapping import Mapping
from ewglink.importers.specification import Specification
from ewglink.model.refusal import Refusal
from ewglink.model.schema import Schema
from ewglink.text import N_, Message, message
from ewglink.workspace.commands.importing import ImportRequest, Preview, preview, suggest_specification
from ewglink.workspace.import_together import space_of
from ewglink.workspace.mapping_draft import MappingDraft
from ewglink.workspace.mapping_types import alike, neutral, thing
from ewglink.workspace.specifications import Offer, offers


@dataclass
class ImportTable:
    """A table of a file. `spec` is how it will be read unless a `draft` (by hand, or suggested) says otherwise;
    `origin`: `template`, `saved`, `format` (the format says it), `own` (EWGLink wrote it), `suggested`, `hand`."""

    part: Part
    taken: bool = True
    spec: Specification | None = None
    draft: MappingDraft | None = None
    origin: str = ""
    why: Message | None = None
    offers: list[Offer] = field(default_factory=list)

    def specification(self) -> Specification | None:
        """The specification as it stands; None where it is not complete."""
        if self.draft is None:
            return self.spec
        try:
            return self.draft.specification()
        except Refusal:
            return None

    @property
    def mapped(self) -> bool:
        """Whether it is known what its columns mean."""
        return self.origin in ("own", "records") or self.specification() is not None


@dataclass
class ImportFile:
    """A file on its way in. `format` and `options` are what the person set (None: as found); `refusal` says why it
    cannot be read, `along` which other file takes it along."""

    path: Path
    taken: bool = True
    format: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    reason: Message | None = None
    note: Message | None = None
    found_options: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, ImportTable] = field(default_factory=dict)
    at: str = ""
    preview: Preview | None = None
    refusal: str | None = None
    along: str | None = None
    takes: tuple[Path, ...] = ()
    """The other files that are read with it."""
    types: Schema = field(default_factory=Schema)
    """Types that the person has made for it."""
    schema: Schema | None = None
    namespace: str = ""
    called: str = ""
    """Where in a folder or an archive it lies."""
    left_out: Refusal | None = None
    """Why it is not taken at all."""

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.called or self.path.name

    @property
    def found(self) -> str | None:
        """The format that it is read as."""
        return self.preview.format if self.preview is not None else None

    @property
    def kind(self) -> str:
        """table, records or graph; empty where it cannot be read."""
        return FORMATS.get(self.found).kind if self.found in FORMATS else ""

    @property
    def records(self) -> bool:
        """Whether its format knows by itself what its records mean."""
        return self.kind == "records"

    @property
    def placed(self) -> bool:
        """Whether it brings places of its own."""
        if self.found not in FORMATS or not hasattr(FORMATS.get(self.found), "pictures"):
            return False
        return self.records or any("x" in table.part.columns for table in self.tables.values())

    @property
    def table(self) -> ImportTable | None:
        """The table in hand."""
        return self.tables.get(self.at)

    @property
    def draft(self) -> MappingDraft | None:
        """The mapping in hand, where it can be changed."""
        return self.table.draft if self.table is not None else None

    @property
    def chosen(self) -> list[ImportTable]:
        """The tables that will be imported."""
        return [table for table in self.tables.values() if table.taken]

    @property
    def ready(self) -> bool:
        """Whether it can be imported: readable, and its columns mean something."""
        if self.refusal is not None or self.preview is None:
            return False
        return self.records or bool(self.chosen) and all(table.mapped for table in self.chosen)

    @property
    def wanted(self) -> bool:
        """Whether it takes part in the import."""
        return self.taken and self.along is None and self.refusal is None

    @property
    def all_options(self) -> dict[str, Any]:
        """The format's options: as found, and as set."""
        return {**self.found_options, **self.options}

    def specification(self) -> Specification | None:
        """The specification of the table in hand."""
        return self.table.specification() if self.table is not None else None

    def request(self, chart: str | None = None) -> ImportRequest:
        """What the import command is asked to do."""
        plain = ImportRequest(self.path, self.found, None, self.all_options, chart=chart, types=self.types_used(),
                              called=self.called, within=bool(self.called))  # fmt: skip
        if self.records or any(table.origin == "own" for table in self.chosen):
            return plain
        as_found = len(self.chosen) == len(self.tables) and not any(table.draft for table in self.chosen)
        if self.kind == "graph" and as_found:
            return plain
        found = {table.part.name: table.specification() for table in self.chosen}
        return replace(plain, mappings={name: spec for name, spec in found.items() if spec is not None})


    def types_used(self) -> Schema:
        """The types made for it that its mapping uses."""
        specs = [spec for table in self.chosen if (spec := table.specification()) is not None]
        used = {key for spec in specs for role in (*spec.entities, *spec.links)
                for key in (str(role.type.constant), *role.type.map.values())}  # fmt: skip
        return Schema({key: one for key, one in self.types.entity_types.items() if key in used},
                      {key: one for key, one in self.types.link_types.items() if key in used})  # fmt: skip


def read(one: ImportFile, schema: Schema, reader: Any) -> ImportFile:
    """Read the beginning of a file anew, as its settings say; what stands in the way is kept as its refusal."""
    try:
        if one.left_out is not None:
            raise one.left_out
        key = one.format
        if key is None:
            found = reader.recognise(one.path)
            one.reason, one.note, one.found_options = found.reason, found.note, dict(found.options)
            key = found.format
        else:
            one.reason, one.note = message(N_("read as you have chosen")), None
        show_table(one, key, schema, reader, one.at)
        one.refusal = None
    except Refusal as refusal:
        one.refusal, one.preview, one.tables = str(refusal), None, {}
    return one


def show_table(one: ImportFile, key: str, schema: Schema, reader: Any, name: str) -> None:
    """Read the first rows of a table, and decide what its columns and those of the others mean."""
    first = preview(
        one.path, schema.extended(one.types), reader, format=key, options=one.all_options, part=name or None
    )
    one.takes = tuple(reader.companions(one.path, key, one.all_options))
    if FORMATS.get(key).kind == "graph" and not one.namespace:
        one.namespace = space_of(one.path, key, one.takes)
    if FORMATS.get(key).kind == "table":
        one.types = one.types.extended(thing())
    one.preview, one.schema = first, (first.schema or schema).extended(one.types)
    before, one.tables = one.tables, {}
    for part in first.parts:
        kept = before.get(part.name)
        if kept is not None and kept.part.columns == part.columns:
            one.tables[part.name] = replace(kept, part=part if kept.origin != "template" else kept.part)
        else:
            one.tables[part.name] = made = _table(one, part, key, reader)
            for spec in (made.spec, *(offer.spec for offer in made.offers)):
                take_types(one, spec)
            if kept is not None:
                one.tables[part.name].taken = kept.taken
    one.at = first.part.name
    if not before:
        _choose(one)
    remap(one)


def _table(one: ImportFile, part: Part, key: str, reader: Any) -> ImportTable:
    """A table with what is known, or suggested, of its columns."""
    assert one.schema is not None
    if FORMATS.get(key).kind == "records":
        return ImportTable(part, origin="records", why=message(N_("This format says by itself what its records mean.")))
    if FORMATS.get(key).kind == "graph":
        spec = _suggested_by_format(one, part, key, reader)
        return ImportTable(part, spec=spec, origin="format", why=message(N_("The file says what its rows are.")))
    if own_tables.what(part):
        return ImportTable(part, origin="own", why=message(N_("EWGLink has written this table.")))
    fitting = offers(part, one.schema)
    known = templates.recognise(part, one.schema)
    if known is not None:
        offer = next((found for found in fitting if found.spec.sha256 == known[0].sha256), None)
        origin = "saved" if offer is not None and offer.own else "template"
        return ImportTable(known[1], not part.hidden, known[0], None, origin, offer.why if offer else None, fitting)
    draft = suggested(part, one.schema, one.path.stem) if part.columns else None
    return ImportTable(part, not part.hidden, None, draft, "suggested", None, fitting)


def take_types(one: ImportFile, spec: Specification | None) -> None:
    """Let the types that a specification carries be known."""
    carried = templates.types_in(spec)
    one.types = one.types.extended(carried)
    one.schema = one.schema.extended(carried) if one.schema is not None else None


def _suggested_by_format(one: ImportFile, part: Part, key: str, reader: Any) -> Specification | None:
    body = reader.proposal(one.path, key, one.all_options).specifications.get(part.name)
    if body is None:
        return None
    return Specification.from_json({**body, "namespace": body.get("namespace") or one.namespace})


def suggested(part: Part, schema: Schema, name: str) -> MappingDraft:
    """A first mapping: two entities or one, a link, and the columns that are named as properties are."""
    draft = MappingDraft.of(suggest_specification(part, schema), part.columns, name)
    neutral(draft, schema)
    for column in draft.unused():
        for owner in [*draft.links, *draft.entities] if len(draft.entities) > 1 else draft.entities:
            kind = schema.entity_types.get(owner.type) or schema.link_types.get(owner.type)
            found = next((prop for prop in kind.properties if alike(prop, column)), None) if kind else None
            if found is not None and found.key not in owner.properties:
                draft.put(column, owner, found.key)
                break
    return draft


def _choose(one: ImportFile) -> None:
    """Which tables are taken at first: those that are recognised; else the first that has rows."""
    tables = list(one.tables.values())
    if not any(table.origin == "suggested" for table in tables):
        return
    known = [table for table in tables if table.taken and table.origin != "suggested"]
    filled = [table for table in tables if table.taken and table.part.sample]
    for table in tables:
        table.taken = table in known if known else table in (filled or tables)[:1]


def remap(one: ImportFile) -> None:
    """What the first rows make, under the mapping as it stands now; nothing is read for that."""
    table, shown = one.table, one.preview
    if table is None or shown is None or one.records or table.origin == "own":
        return
    shown.part = table.part
    shown.spec, shown.drafts = table.specification(), []
    shown.entities.clear()
    shown.links.clear()
    shown.problems = [problem for problem in shown.problems if problem.code in _OF_FILE]
    if shown.spec is None or one.schema is None:
        return
    try:
        mapping = Mapping(shown.spec, table.part, one.schema)
    except Refusal as refusal:
        shown.problems.append(Problem(table.part.name, None, None, refusal.field, refusal.code, refusal.message))
        return
    shown.problems += mapping.remarks()
    shown.drafts = [mapping.draft(row) for row in shown.rows]
    for drafted in shown.drafts:
        shown.problems.extend(drafted.problems)
    shown.entities.update(
        kind for kind, _key in {(entity.type, entity.keys) for drafted in shown.drafts for entity in drafted.entities}
    )
    shown.links.update(link.type for drafted in shown.drafts for link in drafted.links)


_OF_FILE = frozenset({"bad_row", "too_many_cells", "wrong_width"})
