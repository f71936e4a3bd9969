"""Findings drawn on a chart: the load, the consent and the gap stand there, follow their items, and can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ewglink.drawing.legend import rows_of
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import build_scene
from ewglink.store.findings import findings
from ewglink.workspace.commands.charts import create_chart, hide, move
from ewglink.workspace.finding_list import finding_detail, finding_rows
from ewglink.workspace.finding_marks import apart, ends_of, items_around, mark_findings
from ewglink.workspace.workspace import Workspace


@pytest.fixture
def grey(grey_cell: Path, tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(Path(shutil.copy(grey_cell, tmp_path / "grey.ewg"))) as workspace:
        workspace.do(lambda found: create_chart(found.case, "Gap")[0])
        yield workspace


def one(workspace: Workspace, rule: str, ref: str) -> object:
    return next(kept for kept in findings(workspace.case, rules=[rule]) if ref in kept.refs)


def chart_of(workspace: Workspace) -> int:
    found = workspace.case.charts.named("Gap")
    assert found is not None
    return found.id


def test_the_load_the_consent_and_the_gap_stand_on_the_chart(grey: Workspace) -> None:
    chart, kept = chart_of(grey), one(grey, "NC-06", "M041")
    grey.do(lambda found: mark_findings(found, chart, [kept]))
    content = grey.chart_content(chart)
    assert set(content.labels) == {"M041", "240117E00001"}
    assert set(content.entity_ids.tolist()) == set(ends_of(grey, kept))
    line, note = content.annotations
    assert line["kind"] == "line" and note["kind"] == "rectangle"
    assert "NC-06 Quantity exceeded" in note["text"] and "12,610 kg too much" in note["text"]
    framed = content.labels.index("M041")
    assert content.styles[framed]["frame"] == "#B3261E"
    legend = [row.words for row in rows_of(build_scene(content, RoughMeasure()))]
    assert "Gap that a rule found (1)" in legend and "Rule that is broken (1)" in legend


def test_marks_follow_their_items_and_go_with_them(grey: Workspace) -> None:
    chart, kept = chart_of(grey), one(grey, "NC-06", "M041")
    grey.do(lambda found: mark_findings(found, chart, [kept]))
    load, consent = ends_of(grey, kept)
    grey.do(lambda found: move(found.case, chart, [load, consent], np.array([[0.0, 0.0], [1000.0, 0.0]])))
    line, note = grey.chart_content(chart).annotations
    assert (line["x"], line["y"], line["x2"], line["y2"]) == pytest.approx((30, 0, 970, 0))
    assert note["x"] + note["width"] / 2 == pytest.approx(500)
    grey.do(lambda found: hide(found.case, chart, [consent]))
    assert grey.chart_content(chart).annotations == []


def test_a_second_rule_joins_the_note_and_one_undo_takes_it_away(grey: Workspace) -> None:
    chart = chart_of(grey)
    first, second = one(grey, "NC-06", "M041"), one(grey, "NC-07", "M041")
    grey.do(lambda found: mark_findings(found, chart, [first]))
    before = grey.case.charts.annotations(chart)
    grey.do(lambda found: mark_findings(found, chart, [second]))
    note = grey.chart_content(chart).annotations[1]
    assert "NC-06" in note["text"] and "NC-07" in note["text"] and len(grey.case.charts.annotations(chart)) == 2
    assert not mark_findings(grey, chart, [second])
    grey.undo()
    assert grey.case.charts.annotations(chart) == before
    grey.undo()
    assert grey.case.charts.annotations(chart) == [] and not len(grey.case.charts.placements(chart).items)


def test_a_load_without_consent_has_a_note_and_no_line(grey: Workspace) -> None:
    chart, kept = chart_of(grey), one(grey, "NC-01", "M039")
    grey.do(lambda found: mark_findings(found, chart, [kept]))
    (note,) = grey.chart_content(chart).annotations
    assert note["kind"] == "rectangle" and "names no consent" in note["text"]


def test_two_loads_that_contradict_each_other_are_the_two_ends(grey: Workspace) -> None:
    kept = one(grey, "NC-18", "M035")
    refs = grey.case.items.refs(ends_of(grey, kept))
    assert {ref.label for ref in refs.values()} == {"M035", "M040"}


def test_a_chart_of_its_own_holds_the_parties_and_sets_the_ends_apart(grey: Workspace) -> None:
    from ewglink.workspace.arranging import add_to_chart

    chart, kept = chart_of(grey), one(grey, "NC-11", "M016")
    around = items_around(grey, [kept])
    labels = {ref.label for ref in grey.case.items.refs(around).values()}
    assert {"M016", "240117E00001"} <= labels
    assert "Fundidora Baja Pacífico, S. de R.L. de C.V." in labels
    grey.do(lambda found: add_to_chart(found, chart, around))
    grey.do(lambda found: apart(found, chart, [kept]))
    placed = grey.case.charts.placements(chart)
    at = dict(zip(placed.items.tolist(), placed.xy.tolist(), strict=True))
    load, consent = ends_of(grey, kept)
    assert at[load][0] < -200 and at[consent][0] > 200
    assert len({tuple(place) for place in at.values()}) == len(at)


@pytest.mark.parametrize(("rule", "ref"), [("NC-01", "M039"), ("NC-39", "P05"), ("NC-35", "M033"), ("NC-20", "M017")])
def test_where_there_is_no_consent_the_note_covers_nothing(grey: Workspace, rule: str, ref: str) -> None:
    from ewglink.workspace.arranging import add_to_chart

    chart, kept = chart_of(grey), one(grey, rule, ref)
    (end,) = ends_of(grey, kept)
    grey.do(lambda found: add_to_chart(found, chart, items_around(found, [kept])))
    grey.do(lambda found: apart(found, chart, [kept]))
    grey.do(lambda found: mark_findings(found, chart, [kept]))
    (note,) = grey.chart_content(chart).annotations
    placed = grey.case.charts.placements(chart)
    at = dict(zip(placed.items.tolist(), placed.xy.tolist(), strict=True))
    assert len(at) > 1 and note["y"] > at[end][1]
    # links run straight between items: with all others above, none can cross the note below
    assert all(y < at[end][1] for item, (_x, y) in at.items() if item != end)


def test_what_stands_behind_a_finding_leads_to_rows_of_the_files(grey: Workspace) -> None:
    row = next(row for row in finding_rows(grey) if row.kept.rule == "NC-06" and row.what == "M041")
    assert row.on == "2025-04-21"
    assert [label for _id, label in row.consents] == ["240117E00001"]
    found = finding_detail(grey, row)
    assert [ref.label for ref in found.objects] == ["M041"] and [ref.label for ref in found.about] == ["240117E00001"]
    quantities = {(one.label, one.value) for one in found.inputs if one.name == "Quantity"}
    assert "400,000" in {value for _label, value in quantities}
    assert any(where.startswith("movements.csv, row") for where, _record in found.sources)
    shipped = next(one for one in found.inputs if one.value == "2025-04-21")
    assert shipped.where.startswith("movements.csv") and shipped.record is not None
