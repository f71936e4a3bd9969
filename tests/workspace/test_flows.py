"""Flows: kilograms of loads, money between owners, balances and gaps, against sums made by hand."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from ewglink.drawing.figure import Area, Words
from ewglink.drawing.style import LIGHT
from ewglink.rules.trade import Declaration, Line, Movement, Party, Thing, Trade
from ewglink.workspace.flow_codes import by_code
from ewglink.workspace.flow_figure import flow_figure
from ewglink.workspace.flow_layers import by_period, gaps, roles
from ewglink.workspace.flow_sheet import flow_sheet
from ewglink.workspace.flows import (
    DOCUMENTS,
    GOODS,
    MONEY,
    SPECIMENS,
    FlowOptions,
    Flows,
    Payment,
    Step,
    documents,
    goods,
    money,
    specimens,
)
from ewglink.workspace.profiles import standings
from ewglink.workspace.workspace import Workspace

SOURCE, BROKER, CARRIER, FACILITY = 1, 2, 3, 4


def load(number: int, kg: float | None, received: float | None, *, unit: str = "kg", code: str = "D008",
         declared: float | None = None, on: date = date(2025, 2, 3)) -> Movement:
    """A load of one line from the source by the carrier to the facility."""
    made = Movement(number, shipped=on, exporters=[SOURCE], receivers=[FACILITY], carriers=[CARRIER], brokers=[BROKER])
    line = Line(number + 1000, movement=made, quantity=kg or 5.0, unit=unit, kg=kg, received_kg=received,
                codes={"epa_waste": frozenset({code})})
    made.lines.append(line)
    if declared is not None:
        made.declarations.append(Declaration(number + 2000, kg=declared, on=on))
    return made


MOVEMENTS = [load(10, 1000.0, 950.0, declared=1000.0), load(11, 2000.0, 2000.0, code="D002", declared=500.0),
             load(12, None, None, unit="L"), load(13, 300.0, None, on=date(2024, 12, 31))]


def flows(options: FlowOptions, payments: tuple[Payment, ...] = ()) -> Flows:
    """All layers of `MOVEMENTS`."""
    steps, left = goods(MOVEMENTS, options)
    papers, unsaid = documents(MOVEMENTS, None, options)  # type: ignore[arg-type]
    paid, unpaid, currency = money(payments, {}, options)
    every = (*steps, *papers, *paid)
    return Flows(every, roles(MOVEMENTS, every), (*left, *unsaid, *unpaid), currency)


def test_goods_are_passed_on_as_shipped_and_arrive_as_received() -> None:
    """Source to carrier as shipped; carrier to facility as received where that is stated."""
    found = {(one.giver, one.taker): one.amount for one in flows(FlowOptions()).arrows(GOODS)}
    assert found == {(SOURCE, CARRIER): 1000 + 2000 + 300, (CARRIER, FACILITY): 950 + 2000 + 300}


def test_the_balance_of_a_code_by_hand() -> None:
    """D008 in 2025: 1,000 shipped, 950 arrived; in 2024: 300 of which nobody says what arrived. Litres are left out."""
    found = {(one.period, one.code): one for one in by_code(MOVEMENTS, FlowOptions())}
    assert set(found) == {("2024", "D008"), ("2025", "D002"), ("2025", "D008")}
    lost = found["2025", "D008"]
    assert (lost.shipped, lost.received, lost.unconfirmed, lost.lost) == (1000, 950, 0, 50)
    assert lost.lost_share == 0.05 and lost.items == [10]
    silent = found["2024", "D008"]
    assert (silent.shipped, silent.received, silent.unconfirmed, silent.lost) == (300, 0, 300, 0)
    assert silent.lost_share is None
    assert [one.period for one in by_code(MOVEMENTS, FlowOptions(period="month", codes="D002"))] == ["2025-02"]


def test_a_line_of_two_codes_counts_under_each_and_one_of_none_under_none() -> None:
    two, none = load(20, 100.0, 120.0), load(21, 7.0, None)
    two.lines[0].codes = {"epa_waste": frozenset({"D002", "D008"})}
    none.lines[0].codes = {}
    found = {one.code: (one.shipped, one.lost) for one in by_code([two, none], FlowOptions())}
    assert found == {"": (7.0, 0.0), "D002": (100.0, -20.0), "D008": (100.0, -20.0)}


def test_grey_cell_adds_up_by_waste_code(grey_cell: Path, tmp_path: Path) -> None:
    """Against the rows of the file, added up here."""
    pounds = {"kg": 1.0, "lb": 0.45359237}
    sums: dict[tuple[str, str], list[float]] = {}
    with (grey_cell.parent / "files" / "movements.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            for code in row["epa_codes"].split(";"):
                own = sums.setdefault((row["ship_date"][:4], code), [0.0, 0.0])
                own[0] += float(row["qty_shipped"]) * pounds[row["uom"]]
                own[1] += float(row["qty_received"] or 0) * pounds[row["uom"]]
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        table = next(one for one in flow_sheet(workspace, FlowOptions()).tables if one.key == "codes")
    found = {(str(row[0]), str(row[1])): [row[3], row[4]] for row in table.rows if str(row[1]).startswith("D0")}
    assert set(found) == set(sums) == {("2024", "D002"), ("2024", "D006"), ("2024", "D008"), ("2025", "D002"),
                                       ("2025", "D008")}
    for key, (shipped, received) in sums.items():
        assert found[key] == pytest.approx([shipped, received])


def test_the_balance_of_a_party_is_what_went_in_less_what_went_out() -> None:
    """Fifty kilograms stayed with the carrier."""
    found = {one.party: (one.into, one.out, one.kept) for one in flows(FlowOptions()).balances(GOODS)}
    assert found == {SOURCE: (0, 3300, -3300), CARRIER: (3300, 3250, 50), FACILITY: (3250, 0, 3250)}


def test_what_has_no_mass_is_listed_with_the_reason() -> None:
    """A volume without a density is not guessed."""
    left = flows(FlowOptions()).left
    assert [(one.item, one.written) for one in left] == [(1012, "5 L")] and "density" in left[0].reason


def test_codes_and_dates_choose_loads() -> None:
    """Only the codes asked for, only the days asked for."""
    assert {one.item for one in flows(FlowOptions(codes="d002")).steps if one.layer == GOODS} == {11}
    assert {one.item for one in flows(FlowOptions(end="2024")).steps if one.layer == GOODS} == {13}
    assert sum(one.amount for one in flows(FlowOptions(codes="D002")).arrows(GOODS)) == 4000


def wild(number: int, quantity: str, unit: str) -> Movement:
    made = Movement(number, f"L{number}", f"L{number}", "movement", {"hs": "410320"}, shipped=date(2024, 5, number),
                    exporters=[1], importers=[2])
    made.goods.append(Thing(100 + number, "", "", "specimen", {"quantity": quantity, "unit": unit}))
    return made


def test_specimens_flow_in_kilograms_or_in_their_own_unit() -> None:
    """Two loads of skins, one of meat, one of boxes: skins are a layer of their own, boxes are told of."""
    loads = [wild(1, "40", "skins"), wild(2, "2.5", "t"), wild(3, "7", "skins"), wild(4, "3", "boxes")]
    steps, left, unit = specimens(loads, FlowOptions())
    assert unit == "skins" and [(one.item, one.written) for one in left] == [(104, "3 boxes")]
    found = Flows(tuple(steps), {}, tuple(left), unit=unit)
    assert [(one.amount, one.items) for one in found.arrows(SPECIMENS)] == [(47.0, (1, 3))]
    assert [one.amount for one in found.arrows(GOODS)] == [2500.0]
    assert (found.counted_in(SPECIMENS), found.counted_in(GOODS)) == ("skins", "kg")
    assert "Specimens (skins)" in [text.text for text in flow_figure(found, SPECIMENS, {1: "A", 2: "B"}, LIGHT).parts
                                   if isinstance(text, Words)]
    assert not specimens(loads, FlowOptions(codes="0301"))[0]


def test_parties_of_wildlife_have_their_figures() -> None:
    trade = Trade(parties={1: Party(1, "A", "A", "organization"), 2: Party(2, "B", "B", "organization")})
    trade.movements = {one.id: one for one in (wild(1, "40", "skins"), wild(2, "2.5", "t"), wild(3, "7", "skins"))}
    rows = {row.label: row for row in standings(trade, [], date(2024, 12, 31))}
    assert (rows["A"].exported_kg, rows["A"].exported_more) == (2500.0, (("skins", 47.0),))
    assert (rows["B"].received_kg, rows["B"].received_more) == (2500.0, (("skins", 47.0),))


def test_the_figure_of_what_flows_back_is_covered_by_no_node() -> None:
    """Goods that go from the facility back to the source: the figure stands where neither a node nor a name is."""
    steps = tuple(Step(GOODS, giver, taker, kg, item, None, frozenset(), "") for item, (giver, taker, kg) in enumerate(
        ((1, 2, 9000.0), (2, 3, 9000.0), (3, 1, 4321.0))))
    found = flow_figure(Flows(steps, {1: "source", 2: "carrier", 3: "facility"}, ()), GOODS,
                        {1: "First", 2: "Second", 3: "Third"}, LIGHT)
    at = next(n for n, part in enumerate(found.parts) if isinstance(part, Words) and part.text == "4,321 kg")
    words = found.parts[at]
    assert isinstance(words, Words) and words.plate
    assert not any(isinstance(part, Area) for part in found.parts[at:])
    boxes = [part.rings[0] for part in found.parts if isinstance(part, Area) and len(part.rings[0]) in (4, 5)]
    assert len(boxes) >= 3
    for ring in boxes:
        low, high = ring.min(axis=0), ring.max(axis=0)
        assert not (low[0] - 20 < words.x < high[0] + 20 and low[1] - 6 < words.y < high[1] + 6)


def test_documents_go_by_way_of_the_broker_and_parties_have_roles() -> None:
    """Declared kilograms, and the columns the parties stand in."""
    found = flows(FlowOptions())
    arrows = {(one.giver, one.taker): one.amount for one in found.arrows(DOCUMENTS)}
    assert arrows == {(SOURCE, BROKER): 1500, (BROKER, FACILITY): 1500}
    assert dict(found.roles) == {SOURCE: "source", BROKER: "broker", CARRIER: "carrier", FACILITY: "facility"}


def test_layers_that_disagree_are_said() -> None:
    """Less was received and declared than shipped; nobody paid; and someone was paid for nothing."""
    paid = (Payment(900, FACILITY, 77, 5000.0, "USD", date(2025, 3, 1)), Payment(901, FACILITY, 77, None, "USD", None),
            Payment(902, FACILITY, 77, 10.0, "MXN", date(2025, 3, 1)))
    options = FlowOptions(start="2025")
    found = flows(options, paid)
    assert found.currency == "USD" and {one.item for one in found.left} == {1012, 902}
    told = {(one.giver, one.taker): one for one in gaps(found, MOVEMENTS[:3], options)}
    real = told[SOURCE, FACILITY]
    assert (real.shipped, real.received, real.declared, real.paid) == (3000, 2950, 1500, 0)
    assert set(real.reasons) == {"declared and shipped differ", "goods without a payment"}
    assert told[77, FACILITY].reasons == ("a payment without goods",)


def test_money_counts_for_the_owner_of_an_account() -> None:
    """An account with one owner stands for that owner; one that two share for itself."""
    payments = (Payment(1, 50, 51, 100.0, "CAD", None),)
    steps, _left, currency = money(payments, {50: (4,), 51: (5, 6)}, FlowOptions())
    assert [(one.giver, one.taker, one.amount, one.layer) for one in steps] == [(4, 51, 100.0, MONEY)]
    assert currency == "CAD"


def test_periods_are_months_quarters_and_years() -> None:
    """The same sums, cut differently."""
    steps = [one for one in flows(FlowOptions()).steps if one.layer == GOODS and one.giver == SOURCE]
    for by, names in (("year", {"2024", "2025"}), ("quarter", {"2024-Q4", "2025-Q1"}),
                      ("month", {"2024-12", "2025-02"})):
        found = by_period(steps, by)
        assert {key[1] for key in found} == names and sum(total for total, _items in found.values()) == 3300
