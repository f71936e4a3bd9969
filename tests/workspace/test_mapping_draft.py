"""A mapping drawn up by hand says the same as the specification it becomes."""

from __future__ import annotations

from ewglink.importers.specification import Specification, Value
from ewglink.reference.schema_files import builtin_schema
from ewglink.workspace.mapping_draft import MappingDraft, types_of

BODY = {
    "ewglink_spec": 1, "name": "calls", "namespace": "case",
    "entities": {"firm": {"type": "organization", "key": ["no"], "label": "name", "properties": {"name": "name"}},
                 "boss": {"type": "person", "key": ["boss"]}},
    "links": [{"type": "director_of", "from": "boss", "to": "firm", "start": "since", "properties": {}}],
}


def test_there_and_back() -> None:
    spec = Specification.from_json(BODY)
    draft = MappingDraft.of(spec, ("no", "name", "boss", "since", "remark"))
    again = draft.specification()
    assert (again.entities, again.links) == (spec.entities, spec.links)


def test_what_is_said_beyond_columns_is_kept() -> None:
    boss = {"type": {"column": "kind", "map": {"p": "person", "f": "organization"}}, "key": ["boss"], "if": "boss"}
    rich = {**BODY, "part": "Sheet", "recognise": ["no"], "entities": {**BODY["entities"], "boss": boss}}  # type: ignore[dict-item]
    spec = Specification.from_json(rich)
    draft = MappingDraft.of(spec, ("no", "name", "boss", "since", "kind"))
    again = draft.specification()
    assert (again.entities, again.links, again.part) == (spec.entities, spec.links, "Sheet")
    assert types_of(draft.entities[1].type) == ("person", "organization")


def test_columns_are_put_and_taken() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    firm, link = draft.entities[0], draft.links[0]
    draft.put("remark", firm, "key")
    draft.put("remark", firm, "key")
    assert firm.key == ["no", "remark"]
    draft.put("remark", link, "end")
    draft.put("remark", firm, "note")
    assert [word for _owner, word in draft.uses("remark")] == ["key", "note", "end"]
    for owner, word in draft.uses("remark"):
        draft.take("remark", owner, word)
    assert draft.unused() == ["remark"]
    assert draft.body() == MappingDraft.of(Specification.from_json(BODY), draft.columns).body()


def test_how_a_column_is_read() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    draft.read_as("since", "date", "dmy")
    assert draft.specification().links[0].start == Value(column="since", date="dmy")
    assert (draft.reading("since", "date"), draft.reading("since", "split")) == ("dmy", None)
    draft.put("since", draft.entities[1], "born")
    assert draft.entities[1].properties["born"] == {"column": "since", "date": "dmy"}
    draft.read_as("since", "date", None)
    assert draft.links[0].start == "since"


def test_a_key_of_several_values_is_several_entities() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    boss = draft.entities[1]
    draft.put("boss", boss, "name")
    draft.read_as("boss", "split", ";")
    role = draft.specification().entities[1]
    assert (role.split, role.properties["name"].split) == (";", None)
    assert draft.reading("boss", "split") == ";"


def test_columns_know_what_they_are_used_for() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    assert draft.unused() == ["remark"]
    assert [name for _owner, name in draft.uses("name")] == ["label", "name"]
    assert [name for _owner, name in draft.uses("since")] == ["start"]


def test_an_entity_taken_away_takes_its_links_along() -> None:
    draft = MappingDraft.of(Specification.from_json(BODY), ("no", "name", "boss", "since", "remark"))
    draft.remove_entity(draft.entities[1])
    assert draft.links == []
    added = draft.add_entity("person", "remark")
    link = draft.add_link(builtin_schema())
    assert link is not None
    assert (link.a, link.b, added.key) == ("firm", "remark", ["remark"])
    draft.specification().check(draft.columns, builtin_schema())
