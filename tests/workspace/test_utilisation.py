"""The use of consents against the records themselves: sums, counts, days, ages and parties, reckoned from the CSV."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ewglink.rules.scope import whole_trade
from ewglink.store.findings import findings
from ewglink.workspace.profiles import profile, standings
from ewglink.workspace.utilisation import age_of, ageing, draws, open_confirmations, utilisation
from ewglink.workspace.workspace import Workspace

AS_OF = date(2025, 10, 31)
POUND = 0.45359237


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def loads(grey_cell: Path) -> list[dict[str, str]]:
    with (grey_cell.parent / "files" / "movements.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def kilograms(row: dict[str, str]) -> float:
    return float(row["qty_shipped"]) * (POUND if row["uom"] == "lb" else 1.0)


def test_what_was_moved_is_the_sum_of_the_rows_that_name_the_consent(grey: Workspace, loads: Any) -> None:
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for row in loads:
        sums[row["consent_no"]] += kilograms(row)
        counts[row["consent_no"]] += 1
    uses = {use.number: use for use in utilisation(whole_trade(grey.case), AS_OF)}
    for number, use in uses.items():
        assert use.moved_kg == pytest.approx(sums[number], abs=0.5), number
        assert use.shipments == counts[number]
    first = uses["240117E00001"]
    assert (first.consented_kg, first.shipments_allowed) == (400_000, 20)
    assert first.remaining_kg == pytest.approx(400_000 - sums["240117E00001"])
    assert first.quantity_pct == pytest.approx(sums["240117E00001"] / 4000)
    assert first.days_left == (date(2025, 6, 30) - AS_OF).days
    assert first.state == "EXPIRED" and uses["240305E00001"].state == "OBJECTED"


def test_an_earlier_day_counts_only_what_had_been_shipped(grey: Workspace, loads: Any) -> None:
    day = date(2024, 12, 31)
    wanted = sum(kilograms(row) for row in loads if row["consent_no"] == "240117E00001"
                 and date.fromisoformat(row["ship_date"]) <= day)
    use = next(one for one in utilisation(whole_trade(grey.case), day) if one.number == "240117E00001")
    assert use.moved_kg == pytest.approx(wanted)
    assert use.state == "ACTIVE" and use.days_left == 181


def test_draws_rise_in_the_order_of_shipping_to_the_sum(grey: Workspace, loads: Any) -> None:
    trade = whole_trade(grey.case)
    use = next(one for one in utilisation(trade, AS_OF) if one.number == "240117E00001")
    drawn = [one for one in draws(trade, trade.streams[use.stream], AS_OF) if not one.inferred]
    rows = sorted((row for row in loads if row["consent_no"] == "240117E00001"),
                  key=lambda row: (row["ship_date"], row["movement_id"]))
    assert [one.ref for one in drawn] == [row["movement_id"] for row in rows]
    total = 0.0
    for one, row in zip(drawn, rows, strict=True):
        total += kilograms(row)
        assert one.sum_kg == pytest.approx(total)
    assert [one.nth for one in drawn] == list(range(1, len(rows) + 1))


def test_open_confirmations_are_aged_from_shipping_and_from_delivery(grey: Workspace, loads: Any) -> None:
    found = open_confirmations(whole_trade(grey.case), AS_OF)
    receipts = {row["movement_id"]: (AS_OF - date.fromisoformat(row["ship_date"])).days for row in loads
                if row["ship_date"] and not row["receipt_date"]}
    completions = {row["movement_id"]: (AS_OF - date.fromisoformat(row["delivered_date"])).days for row in loads
                   if row["delivered_date"] and not row["completion_date"]}
    assert {one.ref: one.days for one in found if one.kind == "receipt"} == receipts
    assert {one.ref: one.days for one in found if one.kind == "completion"} == completions
    table = ageing(found)
    old = [days for days in receipts.values() if days > 180]
    assert table["receipt"][3][0] == len(old)
    assert sum(count for count, _kg in table["receipt"]) == len(receipts)


@pytest.mark.parametrize(("days", "at"), [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (4000, 3)])
def test_the_classes_of_age_meet_without_a_gap(days: int, at: int) -> None:
    assert age_of(days) == at


def test_the_league_counts_each_party_s_own(grey: Workspace, loads: Any) -> None:
    trade, kept = whole_trade(grey.case), findings(grey.case)
    rows = {row.label: row for row in standings(trade, kept, AS_OF)}
    collector = rows["Lone Star Battery Recovery LLC"]
    mine = [row for row in loads if row["exporter"] == "P01"]
    assert collector.loads == len(mine)
    assert collector.exported_kg == pytest.approx(sum(map(kilograms, mine)))
    names = {row["movement_id"] for row in mine}
    assert collector.findings == sum(bool(names & set(one.refs)) for one in kept)
    recycler = rows["Recicladora Metálica del Norte, S.A. de C.V."]
    arrived = [row | {"qty_shipped": row["qty_received"] or row["qty_shipped"]} for row in loads
               if row["facility"] == "P02"]
    assert recycler.received_kg == pytest.approx(sum(map(kilograms, arrived)))
    assert recycler.exported_kg == 0  # no load of its own: nought, not unknown
    order = [row.findings for row in standings(trade, kept, AS_OF)]
    assert order == sorted(order, reverse=True)


def test_where_no_load_has_a_weight_none_is_shown() -> None:
    from ewglink.rules.trade import Line, Movement, Party, Trade

    parties = {1: Party(1, "A", "A", "organization", {}), 2: Party(2, "B", "B", "organization", {})}
    movement = Movement(10, exporters=[1], receivers=[2])
    movement.lines.append(Line(11, movement=movement, quantity=5.0, unit="L"))
    found = {row.party: row for row in standings(Trade(movements={10: movement}, parties=parties), [], AS_OF)}
    assert found[1].exported_kg is None and found[1].received_kg == 0
    assert found[2].received_kg is None and found[2].exported_kg == 0


def test_a_profile_gathers_roles_numbers_loads_and_findings(grey: Workspace, loads: Any) -> None:
    trade, kept = whole_trade(grey.case), findings(grey.case)
    smelter = next(party for party in trade.parties.values() if party.label.startswith("Fundidora Baja Pacífico, S"))
    league = standings(trade, kept, AS_OF)
    found = profile(grey, trade, kept, smelter.id, league)
    assert found is not None
    received = {row["movement_id"] for row in loads if row["facility"] == "P08"}
    assert found.standing == next(row for row in league if row.party == smelter.id)
    assert {part.ref for part in found.parts if "receivers" in part.parts} == received
    assert any(one.value == "ZSN050909H4A" for one in found.identities)
    refused = {one.refs[0] for one in found.findings if one.rule == "NC-11"}
    assert refused == {"M016", "M019", "M026", "M030"}
    assert profile(grey, trade, kept, 10**9, league) is None
