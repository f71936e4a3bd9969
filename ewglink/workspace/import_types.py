"""The types and properties that files bring: added to the case's own, in the step that brings them."""

from __future__ import annotations

import json

from ewglink.model.changes import Change
from ewglink.model.schema import EntityType, LinkType, Schema
from ewglink.store.case_file import CaseFile

KEY = "schema"
"""Where a case keeps its own types, among its facts."""


class ProposedTypes:
    """The case's schema with what files need beyond it."""

    def __init__(self, case: CaseFile, schema: Schema) -> None:
        self._schema = schema
        self._before = case.meta(KEY)
        self._own = Schema.from_json(json.loads(self._before)) if self._before else Schema()
        self._added = False

    def take(self, more: Schema) -> Schema:
        """Add what `more` has and the case lacks; the schema as it then is."""
        entities = {key: lacking for key, one in more.entity_types.items()
                    if (lacking := _lacking(one, self._schema.entity_types.get(key))) is not None}  # fmt: skip
        links = {key: lacking for key, one in more.link_types.items()
                 if (lacking := _lacking(one, self._schema.link_types.get(key))) is not None}  # fmt: skip
        new = Schema(entities, links)  # type: ignore[arg-type]
        if entities or links:
            self._added = True
            self._own = self._own.extended(new)
            self._schema = self._schema.extended(new)
        return self._schema

    def changes(self) -> tuple[Change, ...]:
        """What is kept of it in the case."""
        if not self._added:
            return ()
        before = None if self._before is None else {"key": KEY, "value": self._before}
        after = {"key": KEY, "value": json.dumps(self._own.to_json(), ensure_ascii=False, sort_keys=True)}
        return (Change("meta", before, after),)


def _lacking(one: EntityType | LinkType, known: EntityType | LinkType | None) -> EntityType | LinkType | None:
    """The type, where the case lacks it or some of its properties."""
    if known is None or any(known.property(prop.key) is None for prop in one.properties):
        return one
    return None
