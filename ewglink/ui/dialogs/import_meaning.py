"""What the tables of the files in hand mean: their mappings, begun, replaced by a specification, or still to be looked
at."""

from __future__ import annotations

from typing import Any

from ewglink.importers import templates
from ewglink.importers.specification import Specification
from ewglink.ui.dialogs.import_file import ImportFile, remap, suggested, take_types
from ewglink.workspace.mapping_draft import MappingDraft
from ewglink.workspace.specifications import without

_OPEN = ("suggested", "hand")
"""Where a mapping comes from that nobody has settled."""


def can_map(one: ImportFile) -> bool:
    """Whether a person can say what the columns of the table in hand mean."""
    return one.preview is not None and one.kind in ("table", "graph") and (
        one.table is not None and one.table.origin != "own"
    )


def begin(one: ImportFile) -> bool:
    """See that the table in hand has a mapping that can be changed; False where it has no table."""
    table = one.table
    if table is None or one.schema is None:
        return False
    if table.draft is None:
        known = table.spec
        if known is None:
            table.draft = suggested(table.part, one.schema, one.path.stem)
        else:
            table.draft = MappingDraft.of(known, table.part.columns)
            if known.namespace == "graph":
                table.draft.namespace = one.namespace
    return True


def use(one: ImportFile, spec: Specification | None) -> bool:
    """Read the table in hand by a specification; None: as is suggested, anew. False where it reads other columns."""
    table = one.table
    if table is None or one.schema is None:
        return True
    if spec is None:
        table.spec, table.draft, table.origin = None, suggested(table.part, one.schema, one.path.stem), "suggested"
    else:
        take_types(one, spec)
        part = templates.as_called(spec, table.part)
        fitting = spec if spec.columns() <= set(part.columns) else without(spec, set(part.columns))
        if fitting is None:
            return False
        table.part, table.spec, table.draft, table.origin = part, fitting, None, "saved"
    remap(one)
    return True


def to_look_at(files: list[ImportFile], current: ImportFile) -> ImportFile | None:
    """The first file whose mapping is only suggested; the one in hand before others."""
    wanted = sorted((one for one in files if one.wanted), key=lambda one: one is not current)
    return next((one for one in wanted if can_map(one) and any(map(unsettled, one.tables.values()))), None)


def unsettled(table: Any) -> bool:
    """Whether a table is taken and its mapping only suggested."""
    return table.taken and table.origin in _OPEN


def turn_to_unsettled(one: ImportFile) -> bool:
    """Take the first such table of a file in hand; False where it is in hand."""
    if one.table is None or unsettled(one.table):
        return False
    one.at = next(name for name, table in one.tables.items() if unsettled(table))
    return True
