"""Flows: kilograms of loads, money between owners, balances and gaps, against sums made by hand."""

from __future__ import annotations

from datetime import date

from ewglink.rules.trade import Declaration, Line, Movement
from ewglink.workspace.flow_layers import by_period, gaps, roles
from ewglink.workspace.flows import (
    DOCUMENTS,
    GOODS,
    MONEY,
    FlowOptions,
    Flows,
    Payment,
    documents,
    goods,
    money,
)

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
