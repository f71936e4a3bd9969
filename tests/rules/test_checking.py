"""A run keeps what it finds: again only where something changed, and an analyst's disposition through it all."""

from __future__ import annotations

from datetime import date
from typing import Any

from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.workspace.checking import Checked, check
from ewglink.workspace.commands.findings import dispose
from ewglink.workspace.workspace import Workspace

DAY = date(2025, 10, 31)


def checked(workspace: Workspace, rules: list[str] | None = None, *, whole: bool = False) -> Checked:
    done = finish(check(workspace, rules, DAY, whole=whole))
    assert done is not None
    return done


def found(workspace: Workspace, rule: str = "NC-06") -> list[tuple[str, Any]]:
    return [(one.refs[0], one.values["moved_kg"]) for one in findings(workspace.case, rules=[rule])]


def load(no: int, kg: float, day: str = "2024-08-01", **more: Any) -> dict[str, Any]:
    return {"movement_id": f"M{no:02}", "mtn": f"{no:09}TRN", "qty_shipped": kg, "qty_received": kg,
            "ship_date": day} | more


def test_the_first_kilogram_over_is_found(trade_case: Any) -> None:
    exact = trade_case([load(1, 300_000), load(2, 100_000, "2024-08-02")])
    checked(exact)
    assert found(exact) == []
    over = trade_case([load(1, 300_000), load(2, 100_001, "2024-08-02")])
    checked(over)
    assert found(over) == [("M02", 400_001.0)]


def test_a_quantity_without_a_density_is_not_evaluable(trade_case: Any) -> None:
    case = trade_case([load(1, 300_000), load(2, 500, "2024-08-02", uom="L")])
    assert checked(case).not_evaluable["NC-06"] == 1
    assert found(case) == []


def test_a_later_load_is_counted_without_evaluating_everything(trade_case: Any) -> None:
    case = trade_case([load(1, 300_000), load(2, 100_000, "2024-08-03")],
                      [{}, {"consent_no": "240118E00001", "notice_id": "240118"}])
    first = checked(case)
    trade_case([load(3, 5_000, "2024-08-02")], into=case)
    again = checked(case)
    assert not again.whole and again.evaluated < first.evaluated + 60
    assert found(case) == [("M02", 405_000.0)]
    before = findings(case.case)
    assert checked(case, whole=True).new == 0
    assert findings(case.case) == before


def test_a_disposition_survives_runs_and_undo_takes_it_back(trade_case: Any) -> None:
    case = trade_case([load(1, 300_000), load(2, 100_001, "2024-08-02")])
    checked(case)
    (one,) = findings(case.case, rules=["NC-06"])
    case.do(dispose(case, [one.id], "explained", "the scale was wrong"))
    trade_case([load(3, 10, "2024-08-01")], into=case)
    checked(case)
    kept = {row.refs[0]: row for row in findings(case.case, rules=["NC-06"])}
    assert kept["M02"].state == "explained" and kept["M02"].note == "the scale was wrong" and kept["M02"].moved
    for _ in range(3):
        case.undo()
    assert [row.state for row in findings(case.case, rules=["NC-06"])] == ["new"]


def test_the_order_of_files_makes_no_difference(trade_case: Any) -> None:
    loads = [load(1, 250_000), load(2, 150_000), load(3, 1)]
    cases = [trade_case(loads), trade_case(list(reversed(loads)))]
    for case in cases:
        checked(case)
    assert found(cases[0]) == found(cases[1]) == [("M03", 400_001.0)]
