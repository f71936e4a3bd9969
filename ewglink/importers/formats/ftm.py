"""FollowTheMoney: entities as JSON, one a line or in a list, or as statements; some of them are links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ewglink.dialects import ftm
from ewglink.importers import encoding
from ewglink.importers.contract import Drafted, EntityDraft, LinkDraft, Part, Problem, Recognised, Row
from ewglink.importers.ftm_draft import RecordSaid
from ewglink.importers.ftm_records import records
from ewglink.importers.ftm_types import proposed, survey
from ewglink.model.schema import Schema
from ewglink.text import N_, message

_SAMPLE = 100
_FIELD = re.compile(r'"(id|schema|properties|entity_id|prop|value|canonical_id)"\s*:')


@dataclass(frozen=True)
class FtmOptions:
    """Nothing needs choosing."""


class Ftm:
    """The format: records, each an entity kept verbatim, keyed by its id in the namespace `ftm`."""

    key = "ftm"
    name = N_("FollowTheMoney entities (JSON)")
    suffixes = (".ijson", ".json", ".ndjson", ".jsonl")
    kind = "records"
    options = FtmOptions

    def recognise(self, path: Path, head: bytes) -> Recognised:
        """JSON objects with an id, a schema and properties, or with an entity, a property and its value."""
        text = head.decode(encoding.detect_bytes(head).name, "replace").lstrip("\ufeff \t\r\n")
        if text[:1] not in ("{", "["):
            return Recognised(0.0, message(N_("not JSON")))
        fields = set(_FIELD.findall(text[: 1 << 14]))
        known = set(re.findall(r'"schema"\s*:\s*"(\w+)"', text)) & (set(ftm.EXTENDS) | set(ftm.EDGES))
        if {"id", "schema", "properties"} <= fields and known:
            return Recognised(0.95, message(N_("JSON entities with schemata such as {schema}"), schema=min(known)))
        if set(ftm.STATEMENT) <= fields and known:
            return Recognised(0.9, message(N_("JSON statements about entities of {schema}"), schema=min(known)))
        return Recognised(0.0, message(N_("JSON without entities")))

    def parts(self, path: Path, options: FtmOptions) -> list[Part]:
        """The one part, with the first entities."""
        rows = (one for one in self.read(path, options) if isinstance(one, Row))
        return [Part("", (), None, sample=tuple(islice(rows, _SAMPLE)))]

    def read(self, path: Path, options: FtmOptions, part: str | None = None) -> Iterator[Row | Problem]:
        """The entities, in the order of the file."""
        known = survey(path)
        missing: set[str] = set()
        for one in records(path):
            if isinstance(one, Problem):
                yield one
                continue
            said = RecordSaid(one, known, missing)
            row = said.row()
            if row is not None:
                yield row
            yield from said.problems

    def draft(self, row: Row) -> Drafted:
        """What an entity says."""
        entities, links = json.loads(str(row.cells[0]))
        return Drafted(
            row,
            tuple(
                EntityDraft(ref, kind, tuple((a, b) for a, b in keys), tuple((a, b, c) for a, b, c in other), *rest)
                for ref, kind, keys, other, *rest in entities
            ),
            tuple(LinkDraft._make((*one[:3], (one[3][0], one[3][1]), *one[4:])) for one in links),
        )

    def proposes(self, path: Path, options: FtmOptions) -> Schema:
        """The types and properties the file needs beyond those built in."""
        return proposed(survey(path))


MEMBER = Ftm()
