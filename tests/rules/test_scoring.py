"""Scores: put together as the definition says, a lead that stays in the case's window and never leaves it."""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ewglink.__main__ import main
from ewglink.model.progress import finish
from ewglink.model.refusal import Refusal
from ewglink.reference.parameters import parameters
from ewglink.rules.beside import CaseSource, RowsSource
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import CAPS, INDICATORS, Group, PlainIndicator, Seen, Sign
from ewglink.rules.reasons import title_of, told
from ewglink.rules.scope import whole_trade
from ewglink.rules.scoring import Score, group_score, noisy_or, robust_z, score
from ewglink.rules.surroundings import Surroundings
from ewglink.workspace.scoring import score_case
from ewglink.workspace.workspace import Workspace
from tests.rules.made_trade import AS_OF, World

ROOT = Path(__file__).resolve().parents[2]
Case = Callable[..., Workspace]


def made(key: str, group: Group, weight: float, seen: Seen) -> PlainIndicator:
    return PlainIndicator(key, group, weight, key, "", ("",), ("x",), lambda *_given: seen)


def scores(*indicators: PlainIndicator) -> Score:
    world = World()
    trade = world.trade()
    found = finish(score(trade, Surroundings(trade, RowsSource(world.rows)), Setting(AS_OF, parameters()), items=[1],
                         indicators=indicators))
    assert found is not None and set(found) == {1}
    return found[1]


@pytest.mark.parametrize("key", [f"RI-{at:02d}" for at in range(1, 51)])
def test_says_what_it_reads_and_how_it_may_be_wrong(key: str) -> None:
    one = INDICATORS.get(key)
    assert 0 < one.weight < 1 and one.group in CAPS and one.innocent and one.inputs and one.formula
    assert not {"nationality", "gender", "birth_date", "language"} & set(one.inputs)


def test_noisy_or_and_caps() -> None:
    assert noisy_or([]) == 0 and noisy_or([0.5, 0.5]) == 0.75
    assert group_score("trade", [0.35, 0.35]) == pytest.approx(1 - 0.65 * 0.65)
    assert {group: group_score(group, [0.99]) for group in CAPS} == {
        "identity": 0.6, "documents": 0.8, "trade": 0.7, "logistics": 0.6, "maritime": 0.6, "network": 0.6,
        "conduct": 0.8}


def test_a_score_by_hand() -> None:
    one = scores(made("A", "identity", 0.3, Sign(0.5)), made("B", "identity", 0.4, Sign(1.0)),
                 made("C", "trade", 0.5, Sign(1.0)), made("D", "trade", 0.5, None),
                 made("E", "conduct", 0.9, Missing(1, ("paid",))))
    # identity 1 − .85 · .6 = .49; trade .5; together 1 − .51 · .5 = .745
    assert one.groups == pytest.approx({"identity": 0.49, "trade": 0.5})
    assert one.score == pytest.approx(74.5)
    assert one.coverage == pytest.approx(4 / 5)
    assert one.missing == {"E": ("paid",)}
    assert [each.points for each in one.contributions] == pytest.approx([0.15, 0.4, 0.5])


def test_caps_hold_in_a_score() -> None:
    one = scores(*(made(f"I{at}", "identity", 0.5, Sign(1.0)) for at in range(4)))
    assert one.groups == {"identity": 0.6} and one.score == pytest.approx(60)


def test_nothing_seen() -> None:
    assert scores(made("A", "trade", 0.5, None)).score == 0
    nothing = scores(made("A", "trade", 0.5, Missing(1, ("hs",))))
    assert nothing.score == 0 and nothing.coverage == 0


_FIRMS = sorted(one.key for one in INDICATORS if one.over == "party")
_OF_OTHERS = {"RI-38", "RI-40", "RI-45", "RI-47"}
"""Those of goods, units and payments."""


@pytest.mark.parametrize("key", [key for key in _FIRMS if key not in _OF_OTHERS])
def test_of_a_company_of_which_nothing_is_known_nothing_is_evaluated(key: str) -> None:
    world = World()
    world.load()
    world.item("X", "organization", name="Nobody knows Ltd")
    trade = world.trade()
    item = next(row.id for row in world.rows.items.values() if row.ref == "X")
    found = INDICATORS.get(key).of(trade.parties[item], trade, Surroundings(trade, RowsSource(world.rows)),
                                   Setting(AS_OF, parameters()))
    assert isinstance(found, Missing) and found.inputs and found.item == item


def test_a_part_that_a_company_does_not_play_in_its_loads_is_known() -> None:
    """An exporter carries nothing, receives nothing: no sign, and the coverage counts it."""
    world = World()
    world.load()
    trade = world.trade()
    around = Surroundings(trade, RowsSource(world.rows))
    exporter = next(iter(trade.movements.values())).exporters[0]
    for key in ("RI-10", "RI-11", "RI-28", "RI-30"):
        assert INDICATORS.get(key).of(trade.parties[exporter], trade, around, Setting(AS_OF, parameters())) is None


def test_robust_z() -> None:
    peers = [1.0, 2, 3, 4, 5, 6, 7, 100]
    assert robust_z(100, peers) == pytest.approx(0.6745 * (100 - 4.5) / 2)
    assert robust_z(100, peers[1:]) is None  # seven
    assert robust_z(2, [1.0] * 7 + [2]) is None  # more than half are equal


def test_the_table_is_kept() -> None:
    weights = [.35, .30, .35, .25, .25, .40, .45, .25, .50, .55, .45, .55, .50, .35, .35, .35, .45, .40, .30, .30, .50,
               .35, .35, .25, .50]
    groups = ["identity"] * 10 + ["network"] * 3 + ["trade"] * 12
    for number, (weight, group) in enumerate(zip(weights, groups, strict=True), start=1):
        one = INDICATORS.get(f"RI-{number:02d}")
        assert (one.weight, one.group) == (weight, group)


def test_no_indicator_reads_who_people_are() -> None:
    barred = {"nationality", "ethnicity", "gender", "birth_date", "language", "passport", "national_id"}
    for one in INDICATORS:
        assert not barred & set(one.inputs), one.key
    for path in (ROOT / "ewglink" / "rules" / "signs").rglob("*.py"):
        words = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8")))
                 if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        assert not barred & words, path.name


def test_nothing_that_leaves_a_case_knows_of_scores() -> None:
    """A score is never on a court chart: what writes, prints or draws cannot name it."""
    barred = ("rules.scoring", "rules.indicators", "rules.signs", "workspace.scoring")
    wrong = []
    for room in ("exporters", "release", "painting", "drawing", "layouts", "importers", "sharing", "store"):
        for path in (ROOT / "ewglink" / room).rglob("*.py"):
            wrong += [f"{path.name}: {name}" for name in imported(path) if any(one in name for one in barred)]
    for path in (ROOT / "ewglink" / "workspace").rglob("*.py"):
        if any(word in path.stem for word in ("report", "export", "chart", "print", "sheet")):
            wrong += [f"{path.name}: {name}" for name in imported(path) if any(one in name for one in barred)]
    assert wrong == []


def imported(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return found


def firms(count: int) -> list[dict[str, Any]]:
    return [{"party_id": f"Q{at}", "name": f"Firm {at} {'xyzw'[at] * 5}", "country": "US",
             "address": "1200 Industrial Road, Laredo TX 78045"} for at in range(count)]


def test_a_case_is_scored_and_stays_as_it_is(trade_case: Case) -> None:
    movements = [{"movement_id": f"M{at}", "exporter": f"Q{at}"} for at in range(4)]
    workspace = trade_case(movements, parties=[*firms(4), {"party_id": "P02", "name": "Recicladora"}])
    before = workspace.case.journal_length()
    done = finish(score_case(workspace, as_of=AS_OF, indicators=["RI-02", "RI-01"]))
    assert done is not None
    by_name = {one.ref.label: one.score for one in done.items}
    assert by_name["Firm 0 xxxxx"].score == pytest.approx(100 * 0.3 * 0.5)  # three others
    assert by_name["Firm 0 xxxxx"].coverage == 0.5
    assert by_name["Recicladora"].score == 0
    assert [one.score.score for one in done.items] == sorted((one.score.score for one in done.items), reverse=True)
    assert workspace.case.journal_length() == before


def test_the_order_of_import_changes_nothing(trade_case: Case) -> None:
    movements = [{"movement_id": f"M{at}", "exporter": f"Q{at}"} for at in range(4)]
    found = []
    for rows, parties in ((movements, firms(4)), (movements[::-1], firms(4)[::-1])):
        done = finish(score_case(trade_case(rows, parties=parties), as_of=AS_OF))
        assert done is not None
        found.append({one.ref.label: (one.score.score, one.score.coverage) for one in done.items})
    assert found[0] == found[1]


def test_what_has_no_score_is_refused(trade_case: Case) -> None:
    workspace = trade_case([{"movement_id": "M1"}])
    movement = next(iter(whole_trade(workspace.case).movements))
    with pytest.raises(Refusal, match="none of them"):
        finish(score_case(workspace, [movement]))
    with pytest.raises(Refusal, match="RI-99"):
        finish(score_case(workspace, indicators=["RI-99"]))


def test_in_the_terminal(trade_case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    movements = [{"movement_id": f"M{at}", "exporter": f"Q{at}"} for at in range(3)]
    workspace = trade_case(movements, parties=firms(3))
    path = str(workspace.case.path)
    workspace.close()
    assert main(["score", path, "--json", "--as-of", "2024-12-31", "--indicator", "RI-02"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["as_of"] == "2024-12-31" and len(answer["rows"]) == 3
    row = answer["rows"][0]
    assert row["value"] == pytest.approx(7.5) and row["coverage"] == 1 and row["groups"] == {"identity": 0.075}
    assert row["contributions"][0]["indicator"] == "RI-02" and row["contributions"][0]["innocent"]
    assert main(["score", path, "--party", "Firm 1 yyyyy", "--as-of", "2024-12-31"]) == 0
    said = capsys.readouterr().out
    assert "RI-02" in said and "industrial park" in said and "not evidence" in said and "Not evaluable" in said
    assert main(["score", path, "--as-of", "soon"]) == 2


def test_surroundings_of_a_case_are_those_of_its_rows(trade_case: Case) -> None:
    workspace = trade_case([{"movement_id": "M1"}])
    source = CaseSource(workspace.case)
    assert {one.label for one in source.things(["organization"]).values()} == {
        "Lone Star Collectors", "Recicladora del Norte", "Transportes Bravo"}
    assert [(bond.type, bond.start) for bond in source.bonds(["exporter_of"])] == [
        ("exporter_of", source.bonds(["exporter_of"])[0].start)]
    stated = source.stated(["movement"])
    assert len(stated) == 1
    assert {one.property: one.value for one in next(iter(stated.values()))}["ship_date"] == "2024-08-01"


def test_all_scores_are_between_0_and_100() -> None:
    for one in INDICATORS:
        assert 0 < one.weight <= 0.6 and not math.isnan(one.weight)


def test_what_was_compared_is_told_with_its_unit() -> None:
    assert told({"age_days": 179, "unit_value": 2.0, "z": None, "something_new": "x"}) == (
        "age: 179 days; value of a kilogram: 2; something new: x")
    assert title_of("RI-01") == "Newly formed company" and title_of("RI-00") == "RI-00"
