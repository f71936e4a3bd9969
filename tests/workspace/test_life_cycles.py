"""The lives of loads and consents: every state with its day, in its order, and the row that says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ewglink.rules.scope import whole_trade
from ewglink.rules.trade import Confirmation, Declaration, Line, Movement
from ewglink.workspace.life_cycles import evidence, load_stages, load_state, stream_stages
from ewglink.workspace.workspace import Workspace

AS_OF = date(2025, 10, 31)


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        yield workspace


def test_a_load_from_shipping_to_its_close_with_the_row_of_the_file(grey: Workspace) -> None:
    trade = whole_trade(grey.case)
    movement = next(one for one in trade.movements.values() if one.ref == "M001")
    stages = load_stages(movement)
    assert [(stage.state, str(stage.on)) for stage in stages] == [
        ("SHIPPED", "2024-06-26"), ("DELIVERED", "2024-06-29"), ("ACCEPTED", "2024-07-01"),
        ("FINAL_DONE", "2024-10-01"), ("CONFIRMED", "2024-10-20"), ("CLOSED", "2024-10-20")]
    where, record = evidence(grey, stages[0])
    assert where == "movements.csv, row 2" and record is not None
    assert evidence(grey, stages[-1]) == ("", None)  # nobody writes that it is closed


@pytest.mark.parametrize(("day", "state"), [
    ("2024-06-25", "PLANNED"), ("2024-06-26", "SHIPPED"), ("2024-06-29", "DELIVERED"), ("2024-07-01", "ACCEPTED"),
    ("2024-10-19", "FINAL_DONE"), ("2024-10-20", "CLOSED")])
def test_the_state_of_a_day(grey: Workspace, day: str, state: str) -> None:
    trade = whole_trade(grey.case)
    movement = next(one for one in trade.movements.values() if one.ref == "M001")
    assert load_state(movement, date.fromisoformat(day)) == state


def test_what_customs_recorded_is_part_of_the_way() -> None:
    """Out, in transit twice, in: each on the day of its record; without records these states are left out."""
    records = [Declaration(10 + at, direction=direction, on=date(2025, 3, day)) for at, (direction, day) in enumerate(
        (("import", 9), ("transit", 6), ("in-bond", 4), ("export", 3), ("transit", 5)))]
    records.append(Declaration(20, direction="export"))  # no day: nothing to say
    load = Movement(1, shipped=date(2025, 3, 1), delivered=date(2025, 3, 10), declarations=records)
    assert [(one.state, one.on.day if one.on else 0, one.item) for one in load_stages(load)] == [
        ("SHIPPED", 1, 1), ("EXITED", 3, 13), ("TRANSIT", 4, 12), ("TRANSIT", 5, 14), ("TRANSIT", 6, 11),
        ("ENTERED", 9, 10), ("DELIVERED", 10, 1)]
    assert [load_state(load, date(2025, 3, day)) for day in (2, 3, 5, 9)] == ["SHIPPED", "EXITED", "TRANSIT", "ENTERED"]
    load.crossed = date(2025, 3, 8)
    assert [one.item for one in load_stages(load) if one.state == "ENTERED"] == [1]
    load.declarations = []
    assert [one.state for one in load_stages(load)] == ["SHIPPED", "ENTERED", "DELIVERED"]


def test_rejected_loads() -> None:
    on = date(2025, 1, 2)
    whole = Movement(1, values={"rejection": True}, delivered=on)
    assert load_state(whole, AS_OF) == "REJECTED" and load_state(whole, date(2025, 1, 1)) == "PLANNED"
    part = Movement(2, values={"rejection": True, "new_manifest_numbers": ["1"]}, delivered=on)
    part.lines.append(Line(3, movement=part, received=5.0))
    assert [stage.state for stage in load_stages(part)] == ["DELIVERED", "PARTIALLY_REJECTED", "ALTERNATE_FACILITY"]
    back = Movement(4, values={"rejection": True, "rejection_alternate_type": "Return"}, delivered=on)
    assert load_state(back, AS_OF) == "RETURNED"


def test_an_interim_operation_is_not_the_end() -> None:
    movement = Movement(1, shipped=date(2025, 1, 1), received=date(2025, 1, 3))
    line = Line(2, movement=movement)
    line.confirmations.append(Confirmation(3, kind="interim", on=date(2025, 2, 1)))
    movement.lines.append(line)
    assert load_state(movement, date(2025, 1, 31)) == "ACCEPTED"
    assert load_state(movement, AS_OF) == "INTERIM_DONE"


def test_a_consent_is_used_up_by_its_twentieth_load_and_expires_the_day_after(grey: Workspace) -> None:
    trade = whole_trade(grey.case)
    stream = next(one for one in trade.streams.values() if one.number == "240117E00001")
    stages = {stage.state: stage.on for stage in stream_stages(trade, stream, AS_OF)}
    # M038, the 20th of 20 loads, on 2025-04-02; the quantity is passed by the next
    assert stages == {"ACTIVE": date(2024, 7, 1), "EXHAUSTED": date(2025, 4, 2), "EXPIRED": date(2025, 7, 1)}
    assert [one.state for one in stream_stages(trade, stream, date(2025, 6, 30))] == ["ACTIVE", "EXHAUSTED"]
    refused = next(one for one in trade.streams.values() if one.number == "240305E00001")
    assert [one.state for one in stream_stages(trade, refused, AS_OF)] == ["OBJECTED"]
