"""Findings stay where they should be: when parties are merged and taken apart, and whatever unit a weight is in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).parent))
from made_trade import AS_OF, World
from test_checking import DAY, checked, load

from ewglink.model.progress import finish
from ewglink.reference.parameters import parameters
from ewglink.rules.contract import Setting
from ewglink.rules.reconcile import ref_of, run
from ewglink.store.findings import findings
from ewglink.workspace.checking import judge
from ewglink.workspace.commands.findings import dispose
from ewglink.workspace.commands.items import add_entity, add_link, set_property
from ewglink.workspace.commands.merging import merge, unmerge
from ewglink.workspace.workspace import Workspace

FIRMS = [{"party_id": "P01", "name": "Lone Star Collectors", "roles": "exporter;generator"},
         {"party_id": "P03", "name": "Lonestar Recovery", "roles": "exporter;generator"},
         {"party_id": "P02", "name": "Recicladora del Norte", "roles": "recycler", "country": "MX"},
         {"party_id": "P04", "name": "Norte Metales", "roles": "recycler", "country": "MX"},
         {"party_id": "P06", "name": "Transportes Bravo", "roles": "carrier", "country": "MX"}]
CONSENTS = [{}, {"consent_no": "240118E00001", "notice_id": "240118", "exporter": "P03"}]


def named(workspace: Workspace, ref: str) -> int:
    with workspace.case.reading() as connection:
        return int(connection.exec_driver_sql(
            "SELECT item_id FROM identity WHERE ns = 'case' AND value = ?", (ref,)).scalar() or 0)


def shown(workspace: Workspace) -> list[tuple[Any, ...]]:
    """Every finding as a person sees it."""
    return sorted((one.rule, one.refs, str(one.values), one.severity, one.state, one.note, one.inputs_hash)
                  for one in findings(workspace.case))


def of(workspace: Workspace, rule: str) -> list[str]:
    return sorted(ref for one in findings(workspace.case, rules=[rule]) for ref in one.refs)


def two_firms(trade_case: Any) -> Workspace:
    """Two exporters with a consent each, two facilities with a small capacity; P03 ships once under P01's consent."""
    case: Workspace = trade_case(
        [load(1, 20_000), load(2, 20_000, "2024-08-02", exporter="P03"),
         load(3, 20_000, "2024-08-03", exporter="P03", facility="P04", consent_no="240118E00001",
              delivered_date="2024-08-06")], CONSENTS, FIRMS)
    for ref in ("P02", "P04"):
        case.do(set_property(case.case, named(case, ref), "capacity_kg", 45_000))
    return case


def test_joint_limits_hold_for_merged_parties_and_no_longer_when_they_are_apart(trade_case: Any) -> None:
    case = two_firms(trade_case)
    checked(case)
    assert of(case, "NC-12") == ["M02"] and of(case, "NC-11") == ["M03"] and not of(case, "NC-41")
    (one,) = findings(case.case, rules=["NC-12"])
    case.do(dispose(case, [one.id], "explained", "one owner, it is said"))
    before = shown(case)

    case.do(merge(case.case, case.schema, [named(case, "P01"), named(case, "P03")]))
    case.do(merge(case.case, case.schema, [named(case, "P02"), named(case, "P04")]))
    assert not checked(case).whole
    assert of(case, "NC-12") == [] and of(case, "NC-11") == []
    assert of(case, "NC-41") == ["M03"], "together they received 60,000 kg in a year, and may receive 45,000"
    assert of(case, "NC-40") == ["240117E00001|stream", "240118E00001|stream"], "two consents of one exporter now"

    for ref in ("P03", "P04"):
        case.do(unmerge(case.case, named(case, ref)))
    assert not checked(case).whole
    assert shown(case) == before
    assert {one.state for one in findings(case.case, rules=["NC-12"])} == {"explained"}


def test_what_a_merged_party_was_found_for_comes_back_with_its_disposition(trade_case: Any) -> None:
    brokers = [firm | {"roles": "exporter;broker"} if firm["party_id"] in ("P01", "P03") else firm for firm in FIRMS]
    case = trade_case([load(1, 1), load(2, 1, exporter="P03", consent_no="240118E00001")], CONSENTS, brokers)
    checked(case)
    assert of(case, "NC-39") == ["P01", "P03"]
    for one, state in zip(findings(case.case, rules=["NC-39"]), ("confirmed", "false"), strict=True):
        case.do(dispose(case, [one.id], state, f"it is {state}"))
    before = shown(case)
    case.do(merge(case.case, case.schema, [named(case, "P03"), named(case, "P01")]))
    checked(case)
    assert of(case, "NC-39") == ["P03"]
    assert [one.state for one in findings(case.case, rules=["NC-39"])] == ["false"]
    case.do(unmerge(case.case, named(case, "P01")))
    checked(case)
    assert shown(case) == before


def test_two_lines_of_one_load_are_two_findings(trade_case: Any) -> None:
    case = trade_case([load(1, 500_000)], [{}, {"consent_no": "240118E00001", "notice_id": "240118"}])
    movement = named(case, "M01")
    with case.case.reading() as connection:
        (other,) = connection.exec_driver_sql(
            "SELECT item_id FROM identity WHERE ns = 'case' AND value = '240118E00001|stream'").one()
    changeset, line = add_entity(case.case, "movement_line", "second", {"quantity": 600_000, "unit": "kg",
                                                                        "epa_waste": ["D004"]})
    case.do(changeset)
    for kind, a, b in (("contains", movement, line), ("moved_under", line, other)):
        case.do(add_link(case.case, kind, a, b)[0])
    case.do(set_property(case.case, named(case, "M01|1"), "epa_waste", ["D005"]))
    checked(case)
    over = findings(case.case, rules=["NC-06"])
    assert [(one.refs, one.values["excess_kg"]) for one in over] == [(("M01",), 100_000.0), (("M01",), 200_000.0)]
    assert sorted(one.values["codes"] for one in findings(case.case, rules=["NC-08"])) == [["D004"], ["D005"]]
    case.do(dispose(case, [over[0].id], "false"))
    judged = finish(judge(case, None, DAY, whole=True))
    assert judged is not None and not judged.changeset.changes


# units

FACTORS = {"kg": 1.0, "t": 1000.0, "lb": 0.45359237, "ton": 907.18474, "g": 0.001}
DENSITY = 1.25
LITRES = {"L": DENSITY, "m3": 1000 * DENSITY, "gal": 3.785411784 * DENSITY}


def judged(kilograms: list[int], unit: str, factor: float, consented: int, **more: Any) -> tuple[Any, Any]:
    """(rule, object, severity) of all findings on loads of so many kilograms, the consent in the same unit; and what
    could not be evaluated."""
    world = World(quantity=consented / factor, unit=unit, **more)
    for no, kg in enumerate(kilograms, 1):
        world.load(f"M{no}", mtn=f"{no:09}TRN", ship_date=f"2024-08-{no:02}", line={
            "quantity": kg / factor, "quantity_received": kg * (no + 6) / 10 / factor, "unit": unit, **more})
    trade = world.trade()
    outcome = finish(run(trade, Setting(AS_OF, parameters())))
    assert outcome is not None
    return ({(one.rule, tuple(ref_of(trade, item) for item in one.objects), one.severity) for one in outcome.findings},
            {rule: set(items) for rule, items in outcome.missing.items()})


@given(some.lists(some.integers(1, 40_000), min_size=1, max_size=6), some.sampled_from(sorted(FACTORS)),
       some.integers(-1, 1))
def test_the_unit_of_mass_makes_no_difference(kilograms: list[int], unit: str, over: int) -> None:
    consented = max(1, sum(kilograms) - over)
    plain = judged(kilograms, "kg", 1.0, consented)
    assert judged(kilograms, unit, FACTORS[unit], consented) == plain
    assert (("NC-06", (f"M{len(kilograms)}",), "high") in plain[0]) is (over == 1 and sum(kilograms) > 1)


@given(some.lists(some.integers(1, 40_000), min_size=1, max_size=4), some.sampled_from(sorted(LITRES)))
def test_a_volume_with_a_density_is_as_good_as_a_mass(kilograms: list[int], unit: str) -> None:
    consented = sum(kilograms)
    assert judged(kilograms, unit, LITRES[unit], consented, density=DENSITY) == judged(
        kilograms, "kg", 1.0, consented, density=DENSITY)


@given(some.lists(some.integers(1, 40_000), min_size=1, max_size=4), some.sampled_from(["L", "m3", "gal", "drum", ""]))
def test_a_quantity_that_is_no_weight_is_never_passed(kilograms: list[int], unit: str) -> None:
    found, missing = judged(kilograms, unit, 1.0, sum(kilograms))
    assert not any(rule in ("NC-06", "NC-38", "NC-41") for rule, *_ in found)
    assert missing["NC-06"], "neither found nor passed"


def test_a_facility_whose_loads_have_no_weight_is_not_within_its_capacity() -> None:
    world = World()
    world.rows.values[world._ids["P02"]] |= {"capacity_kg": 1, "valid_to": "2030-01-01"}
    world.load(line={"unit": "drum"})
    assert world.found("NC-41") == [] and world.missing("NC-41") == 1
