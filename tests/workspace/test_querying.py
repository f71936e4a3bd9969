"""Queries in a line: what they find, how they are written, and what is said of one that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewglink.model.items import Direction, Strength
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands.charts import create_chart
from ewglink.workspace.commands.importing import ImportRequest, import_files
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.commands.queries import delete_query, rename_query, save_query
from ewglink.workspace.conditions import Compare, Group, Linked, written
from ewglink.workspace.item_query import entities_asked, parse
from ewglink.workspace.saved_queries import saved_queries
from ewglink.workspace.workspace import Workspace

CSV = ("Ship;IMO;Flag;Built;Tonnes;Owner;Since\n"
       "Aurora;9074729;PA;1994-05-02;1200.5;Nordic Shipping A/S;2019-04-01\n"
       "Borealis;9319466;LR;2006;54000;Nordic Shipping A/S;2020-01-15\n"
       "Северный ветер;9241061;RU;2002-11;800;Иванов Пётр;2021-06-01\n"
       "Peña Dorada;9176187;PA;1998-03-09;300;ACME (UK) Ltd;2018-02-03\n")
SPEC = {
    "ewglink_spec": 1, "name": "ships", "namespace": "case",
    "entities": {
        "ship": {"type": "vessel", "key": "Ship", "label": "Ship", "properties": {
            "name": "Ship", "imo_ship": "IMO", "flag": "Flag", "note": "Built", "gross_tonnage": "Tonnes"}},
        "owner": {"type": "organization", "key": "Owner", "properties": {"name": "Owner"}}},
    "links": [{"type": "owns", "from": "owner", "to": "ship", "start": "Since"}],
}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Four ships, three owners, four links with dates; and a person by hand, linked to nobody in particular."""
    folder = tmp_path_factory.mktemp("fleet")
    (folder / "ships.csv").write_text(CSV, encoding="utf-8")
    workspace = Workspace.create(folder / "case.ewg", "Fleet")
    finish(import_files(workspace, [ImportRequest(folder / "ships.csv", spec=SPEC)], in_process=True))
    made = {}
    for label in ("Jane Doe", "John Roe"):
        workspace.do(lambda found, label=label: made.setdefault(label, add_entity(found.case, "person", label))[0])
    ids = {ref.label: ref.id for ref in workspace.case.items.listed("entity")}
    for ship, strength in (("Aurora", Strength.TENTATIVE), ("Borealis", Strength.CONFIRMED)):
        workspace.do(lambda found, ship=ship, strength=strength: add_link(
            found.case, "operates", ids["Jane Doe"], ids[ship], direction=Direction.FORWARD, strength=strength)[0])
    workspace.do(lambda found: create_chart(found.case, "Ships")[0])
    return workspace


def names(workspace: Workspace, query: str) -> set[str]:
    return set(workspace.case.items.labels(entities_asked(workspace, query)).values())


SHIPS = {"Aurora", "Borealis", "Северный ветер", "Peña Dorada"}
OWNERS = {"Nordic Shipping A/S", "Иванов Пётр", "ACME (UK) Ltd"}
PEOPLE = {"Jane Doe", "John Roe"}


@pytest.mark.parametrize(("query", "found"), [
    ("type=vessel", SHIPS),
    ("type=vessel|person", SHIPS | PEOPLE),
    ("type!=vessel", OWNERS | PEOPLE),
    ("type=vessel AND flag=PA", {"Aurora", "Peña Dorada"}),
    ("flag=pa OR flag=LR", {"Aurora", "Peña Dorada", "Borealis"}),
    ("flag=PA|LR", {"Aurora", "Peña Dorada", "Borealis"}),
    ("type=vessel AND NOT (flag=PA OR flag=LR)", {"Северный ветер"}),
    ("type=vessel AND flag!=PA", {"Borealis", "Северный ветер"}),
    ("label~pena", {"Peña Dorada"}),
    ("label~severnyi", {"Северный ветер"}),
    ("label=ivanov petr", {"Иванов Пётр"}),
    ("label^=nord", {"Nordic Shipping A/S"}),
    ("name=ACME (UK) Ltd", {"ACME (UK) Ltd"}),
    ('name="acme (uk) ltd"', {"ACME (UK) Ltd"}),
    ("type=vessel AND label!~or", {"Северный ветер"}),
    ("gross_tonnage>=1200.5", {"Aurora", "Borealis"}),
    ("gross_tonnage<800", {"Peña Dorada"}),
    ("gross_tonnage=300..1000", {"Северный ветер", "Peña Dorada"}),
    ("note>=2002", {"Borealis", "Северный ветер"}),
    ("note<1998", {"Aurora"}),
    ("note^=1998-03", {"Peña Dorada"}),
    ("note=1998..2002", {"Peña Dorada", "Северный ветер"}),
    ("note=*", SHIPS),
    ("type=vessel AND imo_ship!=*", set()),
    ("identifier=9074729", {"Aurora"}),
    ("identifier=imo_ship:9074729", {"Aurora"}),
    ("identifier~907", {"Aurora"}),
    ("text~dorada", {"Peña Dorada"}),
    ("date=2021", {"Северный ветер", "Иванов Пётр"}),
    ("type=organization AND date>=2021", {"Иванов Пётр"}),
    ("source~ships", SHIPS | OWNERS),
    ("source!~ships", PEOPLE),
    ("importer=csv", SHIPS | OWNERS),
    ("strength=tentative", {"Jane Doe", "Aurora"}),
    ("links>=2", {"Jane Doe", "Nordic Shipping A/S", "Aurora", "Borealis"}),
    ("links=0", {"John Roe"}),
    ("chart=Ships", set()),
    ("finding=*", set()),
    ("grade=*", set()),
    ("linked(by=owns)", SHIPS | OWNERS),
    ("linked(by=owns, way=out)", OWNERS),
    ("linked(by=owns, way=in)", SHIPS),
    ("linked(by=owns, count>=2)", {"Nordic Shipping A/S"}),
    ("type=person AND linked(count=0)", {"John Roe"}),
    ("linked(to(flag=RU))", {"Иванов Пётр"}),
    ("linked(by=owns, way=out, from=2020-01-01, until=2020-12-31)", {"Nordic Shipping A/S"}),
    ("linked(by=operates, strength=tentative)", {"Jane Doe", "Aurora"}),
    ("type=organization AND linked(to(type=vessel AND linked(by=operates, to(label=Jane Doe))))",
     {"Nordic Shipping A/S"}),
    ("type=vessel AND linked(by=owns, count<=0)", set()),
])
def test_a_query_finds(fleet: Workspace, query: str, found: set[str]) -> None:
    assert names(fleet, query) == found
    assert parse(written(parse(query))) == parse(query)
    assert names(fleet, written(parse(query))) == found


@pytest.mark.parametrize(("query", "place"), [
    ("", "at its end"), ("name", "character 1,"), ("type=person AND", "at its end"), ("name=", "at its end"),
    ("(a=1", "character 1,"), ("type=person AND (name~x", "character 17,"), ("a=1)", "character 4,"),
    ("a=1 AND OR b=2", "character 9,"), ("linked(by=owns", "character 7,"), ("linked(foo=1)", "character 8,"),
    ("linked(count=x)", "character 14,"), ("linked(from=nix)", "character 13,"), ("linked(way=up)", "character 12,"),
    ('name="abc', "character 6,"), ("(" * 60 + "a=1", "character 4")])
def test_what_cannot_be_read_is_said_with_its_place(query: str, place: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(query)
    assert refused.value.code == "bad_query"
    assert place in str(refused.value)


@pytest.mark.parametrize(("query", "code"), [
    ("type=ship", "no_type"), ("linked(by=knows_well)", "no_type"), ("gross_tonnage>=heavy", "no_number"),
    ("birth_date>=soon", "no_date"), ("date=someday", "no_date"),
    ("grade>=Z9", "no_grade"), ("flagg=PA", "no_property")])
def test_what_no_case_can_answer_is_refused(fleet: Workspace, query: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        entities_asked(fleet, query)
    assert refused.value.code == code


def test_a_misspelt_property_brings_the_right_one_to_mind(fleet: Workspace) -> None:
    with pytest.raises(Refusal, match="flag"):
        entities_asked(fleet, "flagg=PA")


def test_groups_of_nothing_and_of_none() -> None:
    assert written(Group("none", (Compare("a", "=", ("1",)), Linked()))) == "NOT (a=1 OR linked())"
    assert written(Group("all", (Compare("a", "=", ("x AND y",)),))) == 'a="x AND y"'


def test_queries_are_kept_renamed_and_forgotten_each_as_one_step(fleet: Workspace) -> None:
    fleet.do(save_query(fleet.case, "Panama  ships", "type=vessel AND flag=PA"))
    assert names(fleet, "Panama ships") == {"Aurora", "Peña Dorada"}
    fleet.do(rename_query(fleet.case, "Panama ships", "Convenience"))
    assert [one.name for one in saved_queries(fleet)] == ["Convenience"]
    fleet.do(delete_query(fleet.case, "Convenience"))
    assert saved_queries(fleet) == []
    for _step in range(3):
        fleet.undo()
    assert saved_queries(fleet) == []
    for _step in range(2):
        fleet.redo()
    assert [one.query for one in saved_queries(fleet)] == ["type=vessel AND flag=PA"]
    fleet.undo()
    fleet.undo()
    with pytest.raises(Refusal):
        save_query(fleet.case, "  ", "type=vessel")


def test_an_answer_follows_the_case(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "case.ewg", "t") as workspace:
        workspace.do(add_entity(workspace.case, "person", "Ana")[0])
        assert names(workspace, "label~an") == {"Ana"}
        workspace.do(add_entity(workspace.case, "person", "Ann")[0])
        assert names(workspace, "label~an") == {"Ana", "Ann"}
        workspace.undo()
        assert names(workspace, "label~an") == {"Ana"}
