"""Loads for which a consent was inferred are drawn on it like those that name it, and are said to be inferred."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from made_trade import AS_OF, World
from test_checking import DAY, checked, load

from ewglink.model.progress import finish
from ewglink.store.findings import findings
from ewglink.workspace.checking import judge
from ewglink.workspace.commands.items import add_link, set_property
from ewglink.workspace.utilisation import draws, utilisation

NAMELESS = {"us_consent_no": None}


def drawn(*lines: dict[str, Any], **consent: Any) -> World:
    """A consent, and one load a day for each of these lines."""
    made = World(**consent)
    for no, line in enumerate(lines, 1):
        made.load(f"M{no}", mtn=f"{no:09}TRN", ship_date=f"2024-08-{no:02}", line=line)
    return made


def test_the_first_kilogram_over_may_be_an_inferred_one() -> None:
    over = drawn({"quantity": 60_000}, {"quantity": 40_001, **NAMELESS}, {"quantity": 1})
    first, second = over.check("NC-06").findings
    assert over.found("NC-06") == [("M2",), ("M3",)]
    assert (first.values["excess_kg"], first.values["inferred"], first.values["inferred_kg"]) == (1, True, 40_001)
    assert (second.values["inferred"], second.values["inferred_kg"], second.values["first"]) == (False, 40_001, False)
    exact = drawn({"quantity": 60_000}, {"quantity": 40_000, **NAMELESS})
    assert exact.found("NC-06") == []
    named = drawn({"quantity": 60_000}, {"quantity": 40_001})
    assert "inferred" not in named.check("NC-06").findings[0].values


def test_the_first_load_over_may_be_an_inferred_one() -> None:
    over = drawn({}, NAMELESS, {}, shipments=1)
    assert over.found("NC-07") == [("M2",), ("M3",)]
    first, second = over.check("NC-07").findings
    assert (first.values["inferred"], first.values["inferred_loads"]) == (True, 1)
    assert (second.values["inferred"], second.values["inferred_loads"]) == (False, 1)
    assert drawn({}, NAMELESS, shipments=2).found("NC-07") == []


def test_what_is_below_the_score_is_not_drawn() -> None:
    poor = drawn({"quantity": 60_000}, {"quantity": 60_000, "un": "UN3077", **NAMELESS})
    assert poor.found("NC-06") == [] and poor.found("NC-01") == [("M2",)]


def test_utilisation_agrees_with_the_rules() -> None:
    trade = drawn({"quantity": 60_000}, {"quantity": 40_001, **NAMELESS}).trade()
    (use,) = utilisation(trade, AS_OF)
    assert (use.moved_kg, use.shipments, use.inferred, use.remaining_kg) == (100_001, 2, 1, -1)
    assert use.state == "EXHAUSTED"
    shown = draws(trade, trade.streams[use.stream], AS_OF)
    assert [(one.ref, one.sum_kg, one.nth, one.inferred) for one in shown] == [
        ("M1", 60_000, 1, False), ("M2", 100_001, 2, True)]


def agrees(case: Any) -> None:
    """The re-run has left nothing out."""
    assert not checked(case).whole
    judged = finish(judge(case, None, DAY, whole=True))
    assert judged is not None and not judged.changeset.changes


def over(case: Any) -> list[str]:
    return sorted(one.refs[0] for one in findings(case.case, rules=["NC-06"]))


def item(case: Any, ref: str) -> int:
    with case.case.reading() as connection:
        return int(connection.exec_driver_sql(
            "SELECT item_id FROM identity WHERE ns = 'case' AND value = ?", (ref,)).scalar() or 0)


def test_a_re_run_draws_what_is_inferred_anew(trade_case: Any) -> None:
    """A load that comes, one that gets a consent of its own, a rival consent, and the exporter of one that changes."""
    case = trade_case([load(1, 300_000), load(2, 90_000, "2024-08-02", consent_no="")],
                      [{}, {"consent_no": "240118E00001", "notice_id": "240118", "epa_codes": "D009"}])
    checked(case)
    assert over(case) == []
    trade_case([load(3, 20_000, "2024-08-03", consent_no="")], into=case)
    agrees(case)
    assert over(case) == ["M03"]
    case.do(set_property(case.case, item(case, "240118E00001|stream"), "epa_waste", ["D002", "D008"]))
    agrees(case)
    assert over(case) == [], "two consents fit alike: none is inferred"
    case.do(set_property(case.case, item(case, "240118E00001|stream"), "epa_waste", ["D009"]))
    agrees(case)
    assert over(case) == ["M03"]
    case.do(set_property(case.case, item(case, "M02|1"), "us_consent_no", "240118E00001"))
    agrees(case)
    assert over(case) == []
    changeset, _link = add_link(case.case, "exporter_of", item(case, "P06"), item(case, "M03"))
    case.do(changeset)
    agrees(case)
