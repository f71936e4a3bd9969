"""Fields that indicators read: declared in the schema, read from a table or given by hand, and used."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewglink.model.progress import finish
from ewglink.reference.schema_files import builtin_schema
from ewglink.store.shown import shown_values
from ewglink.workspace.commands.importing import import_files
from ewglink.workspace.commands.items import add_entity, add_link, set_property
from ewglink.workspace.import_plan import ImportRequest
from ewglink.workspace.scoring import score_case
from ewglink.workspace.workspace import Workspace

AS_OF = date(2024, 12, 31)
FIELDS = [("organization", "capital", 10_000.0), ("movement", "freight", 501.0), ("event", "severity", 0.9),
          ("movement_line", "gwp", 1430.0)]


@pytest.fixture
def workspace(tmp_path: Path) -> Any:
    with Workspace.create(tmp_path / "fields.ewg", "Fields") as opened:
        yield opened


def entity(workspace: Workspace, kind: str, label: str, **values: Any) -> int:
    changeset, item = add_entity(workspace.case, kind, label, values)
    workspace.do(changeset)
    return item


def link(workspace: Workspace, kind: str, a: int, b: int, **said: Any) -> None:
    changeset, item = add_link(workspace.case, kind, a, b)
    workspace.do(changeset)
    for key, value in said.items():
        workspace.do(set_property(workspace.case, item, key, value))


def signs(workspace: Workspace, key: str) -> dict[str, dict[str, Any]]:
    """Label → the values of the sign, for items that show one."""
    done = finish(score_case(workspace, as_of=AS_OF, indicators=[key]))
    assert done is not None
    return {one.ref.label: dict(one.score.contributions[0].values) for one in done.items if one.score.contributions}


@pytest.mark.parametrize(("kind", "key", "value"), FIELDS)
def test_a_field_is_a_number_of_its_type(kind: str, key: str, value: float) -> None:
    known = {one.key: one for one in builtin_schema().entity_types[kind].properties}
    assert known[key].kind == "number" and set(known[key].labels) == {"en", "fr", "es", "zh"}


@pytest.mark.parametrize(("kind", "key", "value"), FIELDS)
def test_a_field_is_read_from_a_table(workspace: Workspace, tmp_path: Path, kind: str, key: str, value: float) -> None:
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("id", "said"), ("A1", value)])
    finish(import_files(workspace, [ImportRequest(path, spec={
        "ewglink_spec": 1, "name": "said", "namespace": "case",
        "entities": {"one": {"type": kind, "key": ["id"], "label": "id", "properties": {key: "said"}}}})]))
    assert [values.get(key) for values in shown_values(workspace.case, types=[kind]).values()] == [value]


@pytest.mark.parametrize(("kind", "key", "value"), FIELDS)
def test_a_field_is_given_by_hand_and_taken_back(workspace: Workspace, kind: str, key: str, value: float) -> None:
    item = entity(workspace, kind, "A1")
    workspace.do(set_property(workspace.case, item, key, value))
    assert shown_values(workspace.case, types=[kind])[item][key] == value
    workspace.undo()
    assert key not in shown_values(workspace.case, types=[kind]).get(item, {})


def test_capital_makes_a_shell(workspace: Workspace) -> None:
    firm = entity(workspace, "organization", "Firm", formed="2024-01-01", phone="+19565550101")
    other = entity(workspace, "organization", "Other")
    load = entity(workspace, "movement", "M1", ship_date="2024-08-01", value=1_000_000, currency="USD")
    link(workspace, "exporter_of", firm, load)
    link(workspace, "receiver_of", other, load)
    assert signs(workspace, "RI-07") == {}
    workspace.do(set_property(workspace.case, firm, "capital", 9_999))
    assert signs(workspace, "RI-07")["Firm"]["features"] == ["little capital", "single shipment", "under a year"]


def test_freight_above_the_value(workspace: Workspace) -> None:
    firm = entity(workspace, "organization", "Firm")
    load = entity(workspace, "movement", "M1", ship_date="2024-08-01", value=500, currency="USD")
    link(workspace, "exporter_of", firm, load)
    workspace.do(set_property(workspace.case, load, "freight", 500))
    assert signs(workspace, "RI-19") == {}
    workspace.do(set_property(workspace.case, load, "freight", 501))
    assert signs(workspace, "RI-19")["Firm"]["freight"] == 501


def test_the_severity_of_an_event_is_its_own(workspace: Workspace) -> None:
    firm = entity(workspace, "organization", "Firm")
    warning = entity(workspace, "event", "Warning", event_kind="warning", start="2024-12-31")
    link(workspace, "participated_in", firm, warning, role="subject")
    done = finish(score_case(workspace, as_of=AS_OF, indicators=["RI-13"]))
    workspace.do(set_property(workspace.case, warning, "severity", 0.9))
    after = finish(score_case(workspace, as_of=AS_OF, indicators=["RI-13"]))
    assert done is not None and after is not None
    assert [one.items[0].score.contributions[0].s for one in (done, after)] == pytest.approx([0.25, 0.9])


@pytest.mark.parametrize(("gwp", "signed"), [(1430, False), (1501, False), (1502, True), (675, True)])
def test_a_gwp_that_is_not_that_of_the_substance(workspace: Workspace, gwp: float, signed: bool) -> None:
    firm = entity(workspace, "organization", "Firm")
    load = entity(workspace, "movement", "M1", arrival="2024-03-01")
    line = entity(workspace, "movement_line", "M1.1", description="R-134a", hs="290345", gwp=gwp)
    link(workspace, "importer_of", firm, load)
    link(workspace, "contains", load, line)
    assert ("Firm" in signs(workspace, "RI-38")) is signed  # 5 % of 1430 are 71.5


def test_engines_in_a_load_are_looked_at(workspace: Workspace) -> None:
    assert "engine" in builtin_schema().link_types["contains"].to_types
    firm = entity(workspace, "organization", "Firm")
    load = entity(workspace, "movement", "M1", ship_date="2024-08-01")
    good = entity(workspace, "engine", "E1", engine_family="RABCS12251AB", model_year=2024, label_present="yes")
    link(workspace, "importer_of", firm, load)
    link(workspace, "contains", load, good)
    assert signs(workspace, "RI-44") == {}
    bad = entity(workspace, "engine", "E2", engine_family="RABCS12251AB", model_year=2023, label_present="yes")
    link(workspace, "contains", load, bad)
    assert signs(workspace, "RI-44")["Firm"]["reasons"] == ["model year"]
