"""The use of allowances and permits for wildlife against what the generators and the CSV files say."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from ewglink.__main__ import main
from ewglink.model.progress import finish
from ewglink.reference.parameters import parameters
from ewglink.rules.scope import whole_trade
from ewglink.workspace.quota_use import KILOGRAMS, TONNES, Quota, quotas, unit_word
from ewglink.workspace.reconciliation_report import reconcile, report_job
from ewglink.workspace.workspace import Workspace
from tests.rules.made_trade import World


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cold")
    assert main(["demo", "cold-front", "--headless", "--out", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def reef(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reef")
    assert main(["demo", "paper-reef", "--headless", "--out", str(place)]) == 0
    return place


def found(place: Path, name: str, as_of: date | None = None) -> list[Quota]:
    with Workspace.open(place / f"{name}.ewg") as workspace:
        return list(reconcile(workspace, as_of).quotas)


def test_allowances_are_drawn_on_in_tonnes_of_co2_equivalent(cold: Path) -> None:
    answers = json.loads((cold / "answers.json").read_text())["allowances"]
    uses = [one.use for one in found(cold, "cold-front", date(2025, 12, 31))]
    assert {use.unit for use in uses} == {TONNES} and {unit_word(use) for use in uses} == {"t CO₂e"}
    assert sorted((use.consented_kg, round(use.moved_kg, 3)) for use in uses) == sorted(
        (float(one["allowance"]), round(one["drawn"], 3)) for one in answers.values())
    assert all(use.remaining_kg == pytest.approx((use.consented_kg or 0) - use.moved_kg) and use.days_left == 0
               and use.quantity_pct == pytest.approx(100 * use.moved_kg / (use.consented_kg or 1)) for use in uses)
    assert sum(use.state == "EXHAUSTED" for use in uses) == sum(
        one["drawn"] >= one["allowance"] for one in answers.values()) == 1


def test_draws_rise_in_the_order_of_arrival_and_stop_at_the_day(cold: Path) -> None:
    with (cold / "files" / "shipments.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["importer"] == "C02" and row["arrival"] <= "2025-06-30"]
    polar = next(one for one in found(cold, "cold-front", date(2025, 6, 30)) if "Polar Crest" in one.use.number)
    days = [str(one.on) for one in polar.draws]
    assert days == sorted(days) and days[-1] == "2025-06-30" and polar.use.days_left == 184
    assert [one.ref for one in polar.draws] == [row["shipment_id"] for row in rows if row["lab_result"] != "R-12"]
    sums = [one.sum_kg for one in polar.draws]
    assert sums[-1] == pytest.approx(sum(one.kg or 0 for one in polar.draws)) == pytest.approx(polar.use.moved_kg)
    # R-134a has a GWP of 1430: the first load of 11 170 kg is 15 973.1 tonnes
    assert polar.draws[0].kg == pytest.approx(15_973.1)


def test_permits_for_wildlife_are_drawn_on_by_the_specimens_shown_for_them(reef: Path) -> None:
    sent: dict[str, float] = defaultdict(float)
    with (reef / "files" / "wildlife_shipments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            sent[row["permit_no"]] += float(row["qty"])
    uses = {one.use.number: one.use for one in found(reef, "paper-reef", date(2025, 12, 31))}
    assert {name: uses[name].moved_kg for name in sent if name in uses} == pytest.approx(
        {name: kg for name, kg in sent.items() if name in uses}) and len(set(sent) & set(uses)) >= 8
    assert uses["MX24-0117"].quantity_pct == pytest.approx(100 * 10_210 / 9_000) and uses["MX24-0117"].unit == KILOGRAMS
    assert not any("VEDA" in name for name in uses)  # a closed season allows nothing
    with (reef / "files" / "wildlife_shipments.csv").open(encoding="utf-8") as file:
        conch = sum(float(row["qty"]) for row in csv.DictReader(file) if row["frm"] in {"W01", "W02"} and
                    row["species"].strip() == "Aliger gigas" and "2024-09-01" <= row["date"] <= "2025-08-31")
    assert uses["MX-CUOTA-CG-24"].moved_kg == pytest.approx(conch)


def test_what_is_counted_in_pieces_stays_in_pieces() -> None:
    world = World()
    world.item("P", "consent", cites_permit="P", quantity="40", unit="pieces", species_name="Python regius",
               valid_from="2024-01-01", valid_to="2024-12-31")
    world.item("PS", "consent_stream", description="Python regius", status="ACTIVE")
    world.tie("covers", "P", "PS")
    for at, pieces in enumerate(("25", "20")):
        world.item(f"L{at}", "movement", reference=f"L{at}", ship_date=f"2024-05-0{at + 1}")
        world.item(f"G{at}", "specimen", quantity=pieces, unit="pieces")
        world.tie("contains", f"L{at}", f"G{at}")
        world.tie("permitted_by", f"L{at}", "P")
    (quota,) = quotas(world.trade(), parameters(), date(2024, 6, 1))
    assert (quota.use.consented_kg, quota.use.moved_kg, quota.use.unit) == (40, 45, "pieces")
    assert [one.sum_kg for one in quota.draws] == [25, 45] and quota.use.state == "EXHAUSTED"


def test_the_report_has_a_table_of_its_own_for_them(cold: Path) -> None:
    with Workspace.open(cold / "cold-front.ewg") as workspace:
        assert whole_trade(workspace.case).parties
        sheet = finish(report_job(workspace))
    assert sheet is not None
    table = next(one for one in sheet.tables if one.key == "quotas")
    assert len(table.rows) == 3 and {row[5] for row in table.rows} == {"t CO₂e"}
