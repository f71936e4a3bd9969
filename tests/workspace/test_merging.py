"""Merging and un-merging: reversible at any time and in any order, and one everywhere while it lasts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewglink.model.refusal import Refusal
from ewglink.store.listing import entity_ids, entity_rows, link_ids, link_lines
from ewglink.store.shown import shown_values
from ewglink.workspace.commands.charts import create_chart, place
from ewglink.workspace.commands.deciding import decide, decisions
from ewglink.workspace.commands.items import add_entity, add_link, choose, delete_items, set_property
from ewglink.workspace.commands.merging import merge, merge_all, unmerge
from ewglink.workspace.portrait import portrait
from ewglink.workspace.searching import search
from ewglink.workspace.workspace import Workspace
from tests.store.whole_case import everything


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        yield made


def _entity(workspace: Workspace, label: str, kind: str = "organization", **said: Any) -> int:
    changeset, item = add_entity(workspace.case, kind, label, said)
    workspace.do(changeset)
    return item


def _link(workspace: Workspace, a: int, b: int) -> int:
    changeset, item = add_link(workspace.case, "associate_of", a, b)
    workspace.do(changeset)
    return item


def _merge(workspace: Workspace, *items: int, **more: Any) -> None:
    workspace.do(merge(workspace.case, workspace.schema, items[1:], items[0], **more))


def _state(workspace: Workspace) -> Any:
    return everything(workspace.case)


def _identity(workspace: Workspace, item: int, ns: str, value: str, validity: str = "ok") -> None:
    with workspace.case._writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO identity (ns, value, item_id, joins, validity) VALUES (?, ?, ?, 0, ?)",
            (ns, value, item, validity))


def test_merged_entities_are_one_everywhere(workspace: Workspace) -> None:
    a, b = _entity(workspace, "Norte SA", phone="1"), _entity(workspace, "Norte S.A.", email="x@y.mx")
    other = _entity(workspace, "Ann", "person")
    first, second = _link(workspace, other, a), _link(workspace, b, other)
    _merge(workspace, a, b)
    case = workspace.case
    assert case.items.counts("entity") == {"organization": 1, "person": 1}
    assert entity_ids(case).tolist() == [a, other]
    assert entity_rows(case, [a])[a].links == 2
    assert {(line.a, line.b) for line in link_lines(case, [first, second]).values()} == {(other, a), (a, other)}
    assert workspace.network().n == 2
    found = portrait(case, a)
    assert found is not None
    assert {one.key for one in found.shown} == {"phone", "email"}
    assert [ref.id for ref in found.merged_from] == [b]
    assert {(row.a, row.b) for row in found.links} == {(other, a), (a, other)}
    assert shown_values(case, items=[a]) == {a: {"phone": "1", "email": "x@y.mx"}}
    total, hits = search(case, "Norte")
    assert (total, [hit.id for hit in hits]) == (1, [a])
    assert entity_ids(case, text="x@y.mx").tolist() == [a]
    assert link_ids(case, text="S.A.").tolist() == [first, second]


def test_what_is_said_after_a_merge_stays_with_whom_it_names(workspace: Workspace) -> None:
    a, b = _entity(workspace, "A"), _entity(workspace, "B")
    _merge(workspace, a, b)
    workspace.do(set_property(workspace.case, b, "phone", "2"))
    link = _link(workspace, b, a)
    assert shown_values(workspace.case, items=[a])[a] == {"phone": "2"}
    workspace.do(unmerge(workspace.case, a))
    assert shown_values(workspace.case, items=[a, b])[b] == {"phone": "2"}
    assert "phone" not in shown_values(workspace.case, items=[a]).get(a, {})
    found = workspace.case.items.link(link)
    assert found is not None and (found.a, found.b) == (b, a)


def test_a_merge_within_a_merge_comes_apart_as_it_was_put_together(workspace: Workspace) -> None:
    a, b, c, d = (_entity(workspace, text) for text in "ABCD")
    _merge(workspace, b, c)
    _merge(workspace, a, b, d)
    assert workspace.case.items.members(a) == [a, b, c, d]
    workspace.do(unmerge(workspace.case, b))
    assert workspace.case.items.members(a) == [a, d]
    assert workspace.case.items.members(b) == [b, c]
    workspace.do(unmerge(workspace.case, c))
    workspace.do(unmerge(workspace.case, a))
    assert workspace.case.items.canonical() == {}
    with pytest.raises(Refusal, match="was not merged"):
        unmerge(workspace.case, a)


def test_one_step_to_undo(workspace: Workspace) -> None:
    items = [_entity(workspace, text) for text in "ABCDE"]
    before = _state(workspace)
    workspace.do(merge_all(workspace.case, workspace.schema, [items[:2], items[2:]]))
    assert workspace.case.items.canonical() == {items[1]: items[0], items[3]: items[2], items[4]: items[2]}
    assert str(workspace.can_undo) == "Merge 3 items into “A”"
    workspace.undo()
    assert _state(workspace) == before
    workspace.redo()
    workspace.undo()
    assert _state(workspace) == before


@settings(max_examples=30)
@given(seed=st.integers(0, 10**9))
def test_merges_taken_back_in_any_order_leave_the_case_as_it_was(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    with Workspace.create(tmp_path_factory.mktemp("merge") / "case.ewg", "T") as workspace:
        items = [_entity(workspace, text, phone=text) for text in "ABCDEF"]
        for item in items[::2]:
            said = [one.id for one in workspace.case.items.statements([item])]
            workspace.do(choose(workspace.case, item, "phone", said[0]))
        made, chart = create_chart(workspace.case, "Chart")
        workspace.do(made)
        placed = chance.sample(items, chance.randrange(1, 6))
        workspace.do(place(workspace.case, chart, placed, np.array([[float(item), 1.0] for item in placed])))
        before = _state(workspace)
        for _round in range(chance.randrange(1, 5)):
            some = chance.sample(items, 2)
            members = {one for item in some for one in workspace.case.items.members(
                workspace.case.items.standing([item])[item])}
            said = [one.id for one in workspace.case.items.statements(members)]
            chosen = {"phone": chance.choice(said)} if chance.random() < 0.6 else None
            _merge(workspace, *some, chosen=chosen)
            shown = {workspace.case.items.standing([item])[item] for item in placed}
            assert set(workspace.case.charts.placements(chart).items.tolist()) == shown
            assert set(workspace.chart_content(chart).entity_ids.tolist()) == shown
        while merged := workspace.case.items.canonical():
            item, root = chance.choice(sorted(merged.items()))
            workspace.do(unmerge(workspace.case, chance.choice((item, root))))
        assert _state(workspace) == before
        assert workspace.case.verify() == ([], None)


def test_the_survivor_and_what_it_shows_are_chosen(workspace: Workspace) -> None:
    a, b = _entity(workspace, "A", phone="1"), _entity(workspace, "B", phone="2")
    said = {one.item: one.id for one in workspace.case.items.statements([a, b])}
    _merge(workspace, b, a, chosen={"phone": said[a]})
    assert shown_values(workspace.case, items=[b])[b]["phone"] == "1"
    found = portrait(workspace.case, b)
    assert found is not None and found.ref.label == "B" and found.shown[0].by_choice
    workspace.do(unmerge(workspace.case, a))
    assert shown_values(workspace.case, items=[b])[b]["phone"] == "2"


def test_what_may_not_be_merged(workspace: Workspace) -> None:
    a, b = _entity(workspace, "A"), _entity(workspace, "B")
    person, site = _entity(workspace, "P", "person"), _entity(workspace, "F", "facility")
    link = _link(workspace, a, b)
    with pytest.raises(Refusal, match="Only what was said"):
        _merge(workspace, a, b, chosen={"phone": workspace.case.items.statements([site])[0].id})
    for items, code in (((a, person), "merge_types"), ((a, link), "merge_link"), ((a, 999), "no_item")):
        with pytest.raises(Refusal) as refused:
            _merge(workspace, *items)
        assert refused.value.code == code
    _merge(workspace, a, site)
    assert workspace.case.items.standing([site]) == {site: a}


def test_different_strong_identifiers_are_never_merged(workspace: Workspace) -> None:
    a, b, c = (_entity(workspace, text, "vessel") for text in "ABC")
    _identity(workspace, a, "imo_ship", "9319466")
    _identity(workspace, b, "imo_ship", "8814275")
    _identity(workspace, c, "imo_ship", "1234568", "fail")
    with pytest.raises(Refusal, match=r"9319466.*8814275"):
        _merge(workspace, a, b)
    _merge(workspace, a, c)
    with pytest.raises(Refusal, match="different valid identifiers"):
        _merge(workspace, b, c)


def test_decisions_are_remembered_and_taken_back(workspace: Workspace) -> None:
    a, b, c = (_entity(workspace, text) for text in "ABC")
    workspace.do(decide(workspace.case, b, a, "possible"))
    workspace.do(decide(workspace.case, a, b, "not_same"))
    assert decisions(workspace.case) == {(a, b): "not_same"}
    with pytest.raises(Refusal, match="not the same"):
        _merge(workspace, a, b)
    _merge(workspace, c, b)
    with pytest.raises(Refusal, match="not the same"):
        _merge(workspace, a, c)
    assert decisions(workspace.case) == {(a, c): "not_same"}
    workspace.do(decide(workspace.case, c, a, None))
    assert decisions(workspace.case) == {}
    _merge(workspace, a, c)
    with pytest.raises(Refusal, match="un-merge them first"):
        decide(workspace.case, a, b, "not_same")


def test_what_may_be_the_same_is_drawn_and_is_no_link(workspace: Workspace) -> None:
    a, b, other = (_entity(workspace, text) for text in ("A", "B", "C"))
    link = _link(workspace, a, other)
    made, chart = create_chart(workspace.case, "Chart")
    workspace.do(made)
    workspace.do(place(workspace.case, chart, [a, b, other], np.zeros((3, 2))))
    workspace.do(decide(workspace.case, b, a, "possible"))
    content = workspace.chart_content(chart)
    assert content.link_ids[0] == link and content.link_ids[1] < 0
    assert content.entity_ids[content.ends[1]].tolist() == [a, b]
    assert content.link_type_names[content.link_type_keys[content.link_types[1]]] == "may be the same as"
    assert workspace.network().m == 1
    workspace.do(decide(workspace.case, a, b, None))
    assert workspace.chart_content(chart).link_ids.tolist() == [link]


def test_deleting_one_deletes_what_was_merged_into_it(workspace: Workspace) -> None:
    a, b, other = _entity(workspace, "A"), _entity(workspace, "B"), _entity(workspace, "P", "person")
    _link(workspace, other, b)
    _merge(workspace, a, b)
    before = _state(workspace)
    workspace.do(delete_items(workspace.case, [a]))
    assert [ref.id for ref in workspace.case.items.listed("entity")] == [other]
    assert workspace.case.items.links() == []
    assert workspace.case.verify() == ([], None)
    workspace.undo()
    assert _state(workspace) == before


def test_a_choice_made_on_the_merged_goes_with_whom_it_is_about(workspace: Workspace) -> None:
    a, b = _entity(workspace, "A", phone="1"), _entity(workspace, "B", phone="2")
    said = {one.item: one.id for one in workspace.case.items.statements([a, b])}
    workspace.do(choose(workspace.case, b, "phone", said[b]))
    _merge(workspace, a, b)
    assert workspace.case.items.choices([a])[a, "phone"] == said[b]
    workspace.do(choose(workspace.case, a, "phone", said[b]))
    workspace.do(unmerge(workspace.case, b))
    assert shown_values(workspace.case, items=[a, b]) == {a: {"phone": "1"}, b: {"phone": "2"}}
    assert workspace.case.items.choices([a]) == {}
