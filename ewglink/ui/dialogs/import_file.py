"""One file in the import wizard: how it is read, what its table looks like, and what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ewglink.model.refusal import Refusal
from ewglink.text import Message
from ewglink.workspace.commands.importing import ImportRequest, preview, suggest_specification
from ewglink.workspace.mapping_draft import MappingDraft


@dataclass
class ImportFile:
    """A file on its way in. `format` and `options` are what the person set (None: as found).

    `refusal` says why it cannot be read."""

    path: Path
    format: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    part: str | None = None
    spec: Any = None
    draft: MappingDraft | None = None
    reason: Message | None = None
    note: Message | None = None
    found_options: dict[str, Any] = field(default_factory=dict)
    preview: Any = None
    refusal: str | None = None
    by_hand: bool = False
    """The person has taken the mapping in hand: no template is looked for any more."""

    @property
    def ready(self) -> bool:
        """Whether it can be imported: readable, and its columns mean something."""
        return self.refusal is None and self.preview is not None and (self.records or self.specification() is not None)

    @property
    def records(self) -> bool:
        """Whether the format knows by itself what its records mean."""
        from ewglink.importers.contract import FORMATS

        return self.preview is not None and FORMATS.get(self.preview.format).kind == "records"

    def specification(self) -> Any:
        """The specification as it stands; None where it is not complete."""
        if self.draft is not None:
            try:
                return self.draft.specification()
            except Refusal:
                return None
        return self.spec if self.spec is not None else (self.preview.spec if self.preview is not None else None)

    def request(self) -> ImportRequest:
        """What the import command is asked to do."""
        spec = self.draft.specification() if self.draft is not None else self.spec
        return ImportRequest(
            self.path,
            self.preview.format,
            spec,
            {**self.found_options, **self.options},
            self.part or (self.preview.part.name if spec is not None else None),
        )


def read(one: ImportFile, schema: Any, reader: Any) -> ImportFile:
    """Read the beginning of a file anew, as its settings say; what stands in the way is kept as its refusal."""
    try:
        if one.format is None:
            found = reader.recognise(one.path)
            one.reason, one.note, one.found_options = found.reason, found.note, dict(found.options)
            key = found.format
        else:
            key = one.format
        spec = one.draft.specification() if one.draft is not None and one.draft.entities else one.spec
        one.preview = preview(
            one.path, schema, reader, format=key, spec=spec, options={**one.found_options, **one.options}, part=one.part
        )
        one.refusal = None
        if one.preview.spec is None and not one.records:
            one.draft = MappingDraft.of(
                suggest_specification(one.preview.part, schema), one.preview.part.columns, one.path.stem
            )
            if one.draft is not None and one.draft.entities:
                one.preview = preview(
                    one.path,
                    schema,
                    reader,
                    format=key,
                    spec=one.draft.specification(),
                    options={**one.found_options, **one.options},
                    part=one.part,
                )
    except Refusal as refusal:
        one.refusal = str(refusal)
    return one
