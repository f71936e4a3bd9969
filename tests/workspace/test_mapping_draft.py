"""A mapping drawn up by hand says the same as the specification it becomes."""

from __future__ import annotations

from ewglink.importers.specification import Specification
from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace.mapping_draft import MappingDraft

BODY = {
    "ewglink_spec": 1, "name": "calls", "namespace": "case",
    "entities": {"firm": {"type": "organization", "key": ["no"], "label": "name", "properties": {"name": "name"}},
                 "boss": {"type": "person", "key": ["boss"]}},
    "links": [{"type": "director_of", "from": "boss", "to": "firm", "start": "since", "properties": {}}],
}


def test_there_and_back() -> None:
    spec = Specification.from_json(BODY)
    draft = MappingDraft.of(spec, ("no", "name", "boss", "since", "remark"))
    assert draft is not None
    again = draft.specification()
    assert (again.entities, again.links) == (spec.entities, spec.links)


def test_what_a_draft_cannot_say_is_no_draft() -> None:
    mapped = {**BODY, "entities": {**BODY["entities"], "boss": {"type": "person", "key": ["boss"], "if": "boss"}}}  # type: ignore[dict-item]
    assert MappingDraft.of(Specification.from_json(mapped), ("no",)) is None


def test_columns_know_what_they_are_used_for() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    assert draft is not None
    assert draft.unused() == ["remark"]
    assert [name for _owner, name in draft.uses("name")] == ["label", "name"]
    assert [name for _owner, name in draft.uses("since")] == ["start"]


def test_an_entity_taken_away_takes_its_links_along() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    assert draft is not None
    draft.remove_entity(draft.entities[1])
    assert draft.links == []
    added = draft.add_entity("person", "remark")
    link = draft.add_link(builtin_schema())
    assert link is not None
    assert (link.a, link.b, added.key) == ("firm", "remark", ["remark"])
    draft.specification().check(draft.columns, builtin_schema())
