"""A run keeps what it finds: again only where something changed, and an analyst's disposition through it all."""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from conftest import FIRMS

from ewglink.model.changes import Change, Changeset
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


def written_before(case: Workspace) -> None:
    """Give every finding the key that earlier versions gave it: without the line, consent or party it was broken by."""
    rows = case.case.items.rows("finding", "id", [one.id for one in findings(case.case)])
    case.do(Changeset("checked", {}, tuple(Change("finding", row, row | {"objects_hash": hashlib.sha256(json.dumps(
        [row["rule"], sorted(set(json.loads(row["vals"])["objects"]))]).encode()).hexdigest()}) for row in rows)))


@pytest.mark.parametrize("whole", [True, False])
def test_dispositions_of_an_older_case_survive(trade_case: Any, whole: bool) -> None:
    """Findings of lines (NC-08), consents (NC-06) and parties (NC-39) that were kept under the keys of before."""
    brokers = [firm | {"roles": "exporter;broker"} if firm["party_id"] == "P01" else firm for firm in FIRMS]
    case = trade_case([load(1, 400_001, epa_codes="D004"), load(2, 10, "2024-08-02")], parties=brokers)
    checked(case)
    every = findings(case.case)
    assert {"NC-06", "NC-08", "NC-39"} <= {one.rule for one in every}
    for one, state in zip(every, itertools.cycle(("confirmed", "explained", "false")), strict=False):
        case.do(dispose(case, [one.id], state, f"{one.rule} is {state}"))
    before = [(one.id, one.rule, one.state, one.note, one.refs) for one in findings(case.case)]
    written_before(case)
    if not whole:
        trade_case([load(3, 0, "2024-08-03", consent_no="")], into=case)
    again = checked(case, whole=whole)
    after = [(one.id, one.rule, one.state, one.note, one.refs) for one in findings(case.case)]
    assert [one for one in after if one[4] != ("M03",)] == before
    assert again.gone == 0 and again.new == len(after) - len(before)
    assert checked(case, whole=True).new == 0
    assert [row[0] for row in after] == [one.id for one in findings(case.case)]


def test_the_order_of_files_makes_no_difference(trade_case: Any) -> None:
    loads = [load(1, 250_000), load(2, 150_000), load(3, 1)]
    cases = [trade_case(loads), trade_case(list(reversed(loads)))]
    for case in cases:
        checked(case)
    assert found(cases[0]) == found(cases[1]) == [("M03", 400_001.0)]
