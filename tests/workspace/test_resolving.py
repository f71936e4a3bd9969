"""Who is who: what is found alike in a case, why, and what is never proposed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.workspace.commands.deciding import decide
from ewglink.workspace.commands.items import add_entity, add_link
from ewglink.workspace.commands.merging import merge, merge_all
from ewglink.workspace.resolving.review import Match, find_matches, groups_of
from ewglink.workspace.resolving.side_by_side import side_by_side
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "case.ewg", "T") as made:
        yield made


def _entity(workspace: Workspace, label: str, kind: str = "organization", **said: Any) -> int:
    changeset, item = add_entity(workspace.case, kind, label, said)
    workspace.do(changeset)
    return item


def _identity(workspace: Workspace, item: int, ns: str, value: str) -> None:
    with workspace.case._writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO identity (ns, value, item_id, joins, validity) VALUES (?, ?, ?, 0, 'ok')", (ns, value, item))


def _found(workspace: Workspace, least: float = 0.5, *types: str) -> dict[tuple[int, int], Match]:
    return {(one.a, one.b): one for one in finish(find_matches(workspace, types or None, least)) or []}


def _codes(match: Match) -> tuple[set[str], set[str]]:
    return {one.code for one in match.pro}, {one.code for one in match.contra}


@pytest.mark.parametrize(("one", "other"), [
    ("Recicladora Metálica del Norte, S.A. de C.V.", "RECICLADORA METALICA DEL NORTE SA DE CV"),
    ("Fundidora Baja Pacífico, S. de R.L. de C.V.", "Fundidora Baja Pacifico SRL de CV"),
    ("Transport Côte-Nord ltée", "TRANSPORT COTE NORD LIMITEE"),
    ("Great Lakes Battery Exchange, Inc.", "Great Lakes Batery Exchange Inc"),
    ("深圳市华鑫贸易有限公司", "Shenzhen Huaxin Trading Co., Ltd."),
    ("Müller Entsorgung GmbH", "Mueller Entsorgung GmbH"),
    ("Ромашка Трейд", "Romashka Treyd"),
])
def test_one_organization_written_two_ways(workspace: Workspace, one: str, other: str) -> None:
    a, b = _entity(workspace, one), _entity(workspace, other)
    _entity(workspace, "Something Else Altogether Inc.")
    assert set(_found(workspace)) == {(a, b)}


@pytest.mark.parametrize(("one", "other", "against"), [
    ("Norte Recycling Plant 2 Inc.", "Norte Recycling Plant 3 Inc.", "other_figures"),
    ("Borvario Metals Inc.", "Borvario Foods Inc.", "other_words"),
    ("Acme Trading Ltd.", "Acme Trading GmbH", "other_form"),
])
def test_what_only_looks_alike(workspace: Workspace, one: str, other: str, against: str) -> None:
    a, b = _entity(workspace, one, email="a@b.mx"), _entity(workspace, other)
    assert _found(workspace) == {}
    workspace.do(decide(workspace.case, a, b, "possible"))
    assert against in _codes(_found(workspace, 0.0)[a, b])[1]


@pytest.mark.parametrize(("one", "other"), [
    ("Juan Pérez López", "PEREZ LOPEZ, JUAN"), ("José de la Cruz Hernández", "Jose Cruz Hernandez"),
    ("Juan Pérez López", "J. Pérez López"), ("William Tremblay", "Bill Tremblay"), ("李伟", "Li Wei"),
    ("Marie-Ève Gagné", "Gagne, Marie-Eve"),
])
def test_one_person_written_two_ways(workspace: Workspace, one: str, other: str) -> None:
    a, b = _entity(workspace, one, "person"), _entity(workspace, other, "person")
    _entity(workspace, "Ann Somebody", "person")
    assert set(_found(workspace)) == {(a, b)}


def test_persons_with_another_date_of_birth_are_two(workspace: Workspace) -> None:
    a = _entity(workspace, "Juan Pérez López", "person", birth_date="1970-01-02")
    b = _entity(workspace, "Juan Perez Lopez", "person", birth_date="1981-05-06")
    c = _entity(workspace, "J. Pérez López", "person", birth_date="1970-01-02")
    found = _found(workspace)
    assert set(found) == {(a, c)}
    assert "same_date" in _codes(found[a, c])[0]
    assert "other_date" in _codes(_found(workspace, 0.0)[a, b])[1]


def test_nationality_gender_and_flag_are_no_input(workspace: Workspace) -> None:
    for one, other in ((("MX", "M"), ("CA", "F")), (("MX", "M"), ("MX", "M"))):
        _entity(workspace, "Juan Pérez López", "person", nationality=one[0], gender=one[1])
        _entity(workspace, "Juan Perez Lopez", "person", nationality=other[0], gender=other[1])
    found = _found(workspace)
    assert len({match.score for match in found.values()}) == 1
    assert all(_codes(match) == ({"same_name"}, set()) for match in found.values())


def test_numbers_addresses_and_links_speak_for_and_against(workspace: Workspace) -> None:
    a = _entity(workspace, "Transportes Río Bravo", phone="+525512345678", address="Av. Juárez 12, Monterrey")
    b = _entity(workspace, "TRB Logística", phone="+525512345678", address="Avenida Juarez 12 Monterrey")
    c = _entity(workspace, "Transportes Rio Bravo SA de CV", address="Calle Diez 400, Tijuana")
    person = _entity(workspace, "Ann", "person")
    for item in (a, b):
        workspace.do(add_link(workspace.case, "director_of", person, item)[0])
    found = _found(workspace, 0.05)
    pro, contra = _codes(found[a, b])
    assert pro >= {"same_phone", "same_address", "shared_links"}
    assert "other_name" in contra
    assert "other_address" in _codes(found[a, c])[1]


def test_different_valid_strong_identifiers_are_never_proposed(workspace: Workspace) -> None:
    a, b = _entity(workspace, "Sea Star", "vessel"), _entity(workspace, "Sea Star", "vessel")
    assert set(_found(workspace)) == {(a, b)}
    _identity(workspace, a, "imo_ship", "9319466")
    assert set(_found(workspace)) == {(a, b)}
    _identity(workspace, b, "imo_ship", "8814275")
    assert _found(workspace, 0.0) == {}


def test_decisions_stay(workspace: Workspace) -> None:
    a, b, c = (_entity(workspace, "Acme Recycling Inc.") for _n in range(3))
    workspace.do(decide(workspace.case, a, b, "not_same"))
    assert set(_found(workspace)) == {(a, c), (b, c)}
    workspace.do(merge(workspace.case, workspace.schema, [c], a))
    assert _found(workspace) == {}
    workspace.undo()
    workspace.undo()
    workspace.do(decide(workspace.case, a, b, "possible"))
    assert _found(workspace)[a, b].possible
    assert "noted" in _codes(_found(workspace)[a, b])[0]


def test_types_are_kept_apart_but_for_organizations_and_facilities(workspace: Workspace) -> None:
    a, b = _entity(workspace, "Lone Star Recovery"), _entity(workspace, "Lone Star Recovery", "facility")
    _entity(workspace, "Lone Star Recovery", "vessel")
    assert set(_found(workspace)) == {(a, b)}
    assert set(_found(workspace, 0.5, "vessel")) == set()


def test_a_rule_merges_what_nothing_speaks_against_as_one_step(workspace: Workspace) -> None:
    sure = [_entity(workspace, text) for text in ("Fundidora Baja Pacífico SRL", "FUNDIDORA BAJA PACIFICO S. de R.L.",
                                                  "Fundidora Baja Pacífico S de RL")]
    doubtful = [_entity(workspace, text) for text in ("Acme Waste Inc.", "Acme Waste GmbH")]
    groups = groups_of(list(_found(workspace).values()))
    assert groups == [sure]
    workspace.do(merge_all(workspace.case, workspace.schema, groups))
    assert workspace.case.items.canonical() == {sure[1]: sure[0], sure[2]: sure[0]}
    assert {ref.id for ref in workspace.case.items.listed("entity")} == {sure[0], *doubtful}
    workspace.undo()
    assert workspace.case.items.canonical() == {}


def test_both_beside_each_other(workspace: Workspace) -> None:
    a = _entity(workspace, "Acme", phone="1", country="MX", email="a@b.mx")
    b = _entity(workspace, "ACME", phone="2", country="MX")
    found = side_by_side(workspace.case, workspace.schema, a, b, "en")
    assert found is not None
    assert {line.name: line.agreement for line in found.lines} == {
        "Label": "same", "Type": "same", "Telephone": "different", "Country": "same", "E-mail": "one"}
    assert side_by_side(workspace.case, workspace.schema, a, 999, "en") is None


def test_an_empty_case_and_names_without_a_letter(workspace: Workspace) -> None:
    assert _found(workspace) == {}
    for label in ("---", "123", "…", "S.A.", "???"):
        _entity(workspace, label)
        _entity(workspace, label, "person")
    assert all(0 <= match.score <= 1 for match in _found(workspace, 0.0).values())
