"""What a chart says of its items beyond their labels, and how rules make it look, from a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from ewglink.drawing.appearance.rule import Condition, Rule
from ewglink.drawing.content import ChartContent, When
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import PICTURE
from ewglink.drawing.sub_texts import below
from ewglink.model.refusal import Refusal
from ewglink.workspace.commands import appearance, charts, items
from ewglink.workspace.workspace import Workspace


class Case:
    """A case with two people, a firm, a meeting and three calls on one chart."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.ana = self.entity("person", "Ana", birth_date="1970-05-05", note="Seen twice")
        self.bo = self.entity("person", "Bo")
        self.firm = self.entity("organization", "Firm", registered=True, trade_names=["F1", "F2"])
        self.meeting = self.entity("event", "Meeting", start="2025-03-14T16:05", description="At the yard")
        self.calls = [self.link("called", self.ana, self.bo, start=f"2025-03-{day}", duration_s=seconds)
                      for day, seconds in ((10, 60), (11, 30))]
        self.back = self.link("called", self.bo, self.ana, start="2025-03-12", duration_s=200)
        self.link("participated_in", self.ana, self.meeting)
        self.link("participated_in", self.firm, self.meeting)
        changeset, self.chart = charts.create_chart(workspace.case, "C")
        workspace.do(changeset)
        xy = np.array([(0, 0), (300, 0), (0, 300), (300, 300)], float)
        workspace.do(charts.place(workspace.case, self.chart, [self.ana, self.bo, self.firm, self.meeting], xy))

    def entity(self, kind: str, label: str, **vals: object) -> int:
        changeset, item = items.add_entity(self.workspace.case, kind, label, vals)
        self.workspace.do(changeset)
        return item

    def link(self, kind: str, a: int, b: int, start: str | None = None, **vals: object) -> int:
        changeset, item = items.add_link(self.workspace.case, kind, a, b, start=start)
        self.workspace.do(changeset)
        for key, value in vals.items():
            self.workspace.do(items.set_property(self.workspace.case, item, key, value))
        return item

    def content(self, language: str = "en") -> ChartContent:
        return self.workspace.chart_content(self.chart, language)

    def row(self, item: int) -> int:
        return int(np.searchsorted(self.content().entity_ids, item))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Workspace.create(tmp_path / "case.ewg", "T") as workspace:
        yield Case(workspace)


def test_a_plain_chart_reads_nothing_more(case: Case) -> None:
    content = case.content()
    assert not (content.when or content.sub_texts or content.attributes or content.measures or content.notes)


def test_sub_texts_and_attributes_where_the_chart_asks_for_them(case: Case) -> None:
    case.workspace.do(appearance.show_below_labels(case.workspace.case, case.chart, ["description", "date"], [
        "birth_date", {"property": "trade_names", "prefix": "aka", "suffix": "(old)"},
        {"property": "registered", "symbol": "◆"}]))
    content = case.content("fr")
    assert below(content, case.row(case.ana)) [1:] == ("Seen twice",)
    assert below(content, case.row(case.ana))[0].endswith(" 5 mai 1970")
    assert below(case.content("en"), case.row(case.ana))[0] == "Date of birth: May 5, 1970"
    assert below(content, case.row(case.firm)) == ("aka F1, F2 (old)", "◆ Inscrit")
    assert below(content, case.row(case.meeting)) == ("14 mars 2025, 16:05", "At the yard")
    assert below(content, case.row(case.bo)) == ()


def test_one_item_may_show_other_attributes(case: Case) -> None:
    case.workspace.do(charts.restyle(case.workspace.case, case.chart, [case.ana], {"attributes": ["birth_date"]}))
    content = case.content()
    assert content.attributes == {case.row(case.ana): ("Date of birth: May 5, 1970",)}


def test_flow_sums_a_property_of_the_links(case: Case) -> None:
    case.workspace.do(appearance.set_multiplicity(case.workspace.case, case.chart, "flow", sum_property="duration_s",
                                                  unit="s"))
    content = case.content()
    links = build_scene(content, RoughMeasure()).links
    called = [at for at in range(len(links.row)) if links.count[at] == 3]
    assert links.total[called].tolist() == [110.0]
    heads = {(int(links.a[at]), int(links.b[at]), int(links.arrows[at])) for at in called}
    assert heads <= {(case.row(case.ana), case.row(case.bo), 2), (case.row(case.bo), case.row(case.ana), 1)}


def test_a_timeline_takes_its_times_from_the_case(case: Case) -> None:
    case.workspace.do(appearance.make_timeline(case.workspace.case, case.chart, wiring="keep"))
    content = case.content()
    assert content.when[case.row(case.meeting)] == When(datetime(2025, 3, 14, 16, 5), None, 5)
    assert sorted(when.start.day for when in content.link_when.values()) == [10, 11, 12]
    scene = build_scene(content, RoughMeasure())
    assert scene.links.fixed is not None
    assert {scene.content.representations[case.row(item)] for item in (case.ana, case.bo, case.firm)} == {"theme_line"}
    assert scene.content.representations[case.row(case.meeting)] == "event_frame"
    case.workspace.do(appearance.make_timeline(case.workspace.case, case.chart, on=False))
    assert build_scene(case.content(), RoughMeasure()).links.fixed is None
    case.workspace.undo()
    assert build_scene(case.content(), RoughMeasure()).links.fixed is not None


def test_size_by_degree_and_colour_by_community(case: Case) -> None:
    case.workspace.do(appearance.size_by_measure(case.workspace.case, case.chart, "degree"))
    case.workspace.do(appearance.colour_communities(case.workspace.case, case.chart))
    content = case.content()
    degrees = {case.ana: 4, case.bo: 3, case.firm: 1, case.meeting: 2}
    assert {item: int(content.measures["degree"][case.row(item)]) for item in degrees} == degrees
    sizes = [content.styles[case.row(item)]["size"] for item in (case.firm, case.meeting, case.bo, case.ana)]
    assert sizes == pytest.approx([0.7, 0.7 + 2.3 / 3, 0.7 + 4.6 / 3, 3.0], abs=0.001)
    assert all(content.styles[row]["badges"]["lower_right"]["text"] in "AB" for row in range(4))
    assert content.notes[0].words == "Size by Degree"
    case.workspace.do(appearance.size_by_measure(case.workspace.case, case.chart, "betweenness"))
    assert [rule["change"] for rule in case.content().settings["rules"]] == ["colour", "badge", "size"]


def test_rules_look_at_properties_of_what_was_merged(case: Case) -> None:
    case.workspace.do(appearance.set_rules(case.workspace.case, case.chart, [
        Rule("frame", value="#D55E00", conditions=(Condition("property:birth_date", "less", "1980"),))]))
    assert case.content().styles == {case.row(case.ana): {"frame": "#D55E00"}}


def test_a_rule_by_link_property(case: Case) -> None:
    case.workspace.do(appearance.set_rules(case.workspace.case, case.chart, [
        Rule("width", "scale", on="links", by="property:duration_s", low=1, high=5)]))
    content = case.content()
    rows = {int(item): row for row, item in enumerate(content.link_ids)}
    assert content.link_styles[rows[case.back]] == {"width": 5.0}
    assert content.link_styles[rows[case.calls[1]]] == {"width": 1.0}


def test_what_is_not_known_is_not_saved(case: Case) -> None:
    with pytest.raises(ValueError, match="many"):
        appearance.set_multiplicity(case.workspace.case, case.chart, "many")
    with pytest.raises(ValueError, match="sideways"):
        appearance.make_timeline(case.workspace.case, case.chart, wiring="sideways")


def test_a_picture_is_kept_in_the_case_small_and_square(case: Case, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (900, 400), (200, 30, 30)).save(tmp_path / "face.jpg")
    style = appearance.picture_style(tmp_path / "face.jpg")
    assert style["picture"].startswith(PICTURE)
    assert len(style["picture"]) < 20_000
    case.workspace.do(charts.restyle(case.workspace.case, case.chart, [case.ana], style))
    (tmp_path / "face.jpg").unlink()
    scene = build_scene(case.content(), RoughMeasure())
    assert scene.looks[scene.look_of_row[case.row(case.ana)]].icon == style["picture"]


@pytest.mark.parametrize("name", ["face.svg", "face.txt", "none.png"])
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str) -> None:
    if name != "none.png":
        (tmp_path / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    with pytest.raises(Refusal) as refused:
        appearance.picture_style(tmp_path / name)
    assert name in str(refused.value)
