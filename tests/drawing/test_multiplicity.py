"""How many lines a pair of entities gets, and what stands on them."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import paper_scene
from ewglink.drawing.links import link_geometry
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.multiplicity import label_number
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import LIGHT
from ewglink.drawing.wishes import link_text
from tests.charts.made_up import random_network

MEASURE = RoughMeasure()


def calls(directions: list[int], labels: list[str] | None = None, **settings: object) -> ChartContent:
    """Two entities 400 units apart with a link of one type for each direction."""
    content = random_network(2, len(directions))
    content.xy[:] = [(0, 0), (400, 0)]
    content.ends[:] = (0, 1)
    content.link_types[:] = 0
    content.strengths[:] = 0
    content.directions[:] = directions
    content.link_labels = labels or ["call"] * len(directions)
    content.settings = settings
    return content


def lines(content: ChartContent) -> list[tuple[int, int]]:
    """Arrowheads and number of links of each line."""
    links = link_geometry(content, LIGHT)
    return sorted(zip(links.arrows.tolist(), links.count.tolist(), strict=True))


def test_multiple_is_a_line_for_each_link() -> None:
    assert lines(calls([1, 1, 2, 0])) == [(0, 1), (1, 1), (1, 1), (2, 1)]


def test_directed_is_a_line_for_each_state_of_the_arrowheads() -> None:
    assert lines(calls([1, 1, 2, 0, 3, 3], multiplicity="directed")) == [(0, 1), (1, 2), (2, 1), (3, 2)]


@pytest.mark.parametrize(("directions", "union"), [([1, 1, 0], 1), ([1, 2], 3), ([0, 0], 0), ([2, 0], 2)])
def test_single_is_one_line_with_every_arrowhead(directions: list[int], union: int) -> None:
    content = calls(directions, multiplicity="single")
    assert lines(content) == [(union, len(directions))]
    assert build_scene(content, MEASURE).marks.lines.xy.shape == (1, 4)


def test_a_link_drawn_from_the_other_end_points_the_same_way() -> None:
    content = calls([1, 1], multiplicity="single")
    content.ends[0] = (1, 0)
    assert lines(content) == [(3, 2)]
    content.directions[0] = 2
    links = link_geometry(content, LIGHT)
    assert (links.a[0], links.b[0], links.arrows[0]) == (1, 0, 2)


def test_flow_is_the_sum_of_both_ways() -> None:
    content = calls([1, 1, 2], multiplicity="flow", sum_unit="kg")
    content.link_sums = np.array([500.0, 250.0, 100.0])
    scene = build_scene(content, MEASURE)
    assert scene.links.arrows.tolist() == [1]
    assert link_text(scene, 0) == "call 650 kg"
    content.link_sums = np.array([500.0, 250.0, 1750.0])
    scene = build_scene(content, MEASURE)
    assert (scene.links.arrows.tolist(), scene.links.total.tolist()) == ([2], [1000.0])
    assert link_text(scene, 0) == "call 1,000 kg"


def test_flow_without_a_property_adds_up_the_numbers_in_the_labels() -> None:
    scene = build_scene(calls([1, 1, 2], ["Calls: 7", "5 and 8", "-2"], multiplicity="flow"), MEASURE)
    assert (scene.links.total.tolist(), scene.links.arrows.tolist()) == ([14.0], [1])


@pytest.mark.parametrize(("label", "value"), [("Calls: 7", 7), ("7 and 8", 7), ("-7", -7), ("1,250 kg", 1250),
                                              ("1.250,5 kg", 1250.5), ("12.5", 12.5), ("nothing", None)])
def test_the_number_of_a_label(label: str, value: float | None) -> None:
    assert label_number(label) == value


def test_a_pair_may_differ_from_the_chart() -> None:
    content = random_network(3, 4)
    content.xy[:] = [(0, 0), (400, 0), (0, 400)]
    content.ends[:] = [(0, 1), (0, 1), (0, 2), (2, 0)]
    content.directions[:] = 1
    content.link_styles = {1: {"multiplicity": "single"}}
    links = link_geometry(content, LIGHT)
    assert sorted(zip(links.a.tolist(), links.b.tolist(), links.count.tolist(), strict=True)) == [
        (0, 1, 2), (0, 2, 1), (2, 0, 1)]


@pytest.mark.parametrize(("on_line", "text"), [("count", "call ×3"), ("none", "call"), ("sum", "call 3")])
def test_what_stands_on_a_line_is_chosen(on_line: str, text: str) -> None:
    scene = build_scene(calls([1, 1, 1], multiplicity="single", on_line=on_line), MEASURE)
    assert link_text(scene, 0) == text


def test_a_line_does_not_name_one_of_its_links_for_all() -> None:
    content = calls([1, 1, 1], ["call", "call", "payment"], multiplicity="single")
    content.link_types[2] = 1
    assert link_text(build_scene(content, MEASURE), 0) == "×3"


def test_the_surest_link_decides_the_dash_and_the_widest_the_width() -> None:
    content = calls([1, 1], multiplicity="single")
    content.strengths[:] = [2, 1]
    content.link_styles = {0: {"width": 4.0}}
    links = link_geometry(content, LIGHT)
    assert (links.dash.tolist(), links.width.tolist()) == ([1], [4.0])


def test_a_wider_fan_bows_more() -> None:
    assert sorted(link_geometry(calls([1, 1], fan=2.0), LIGHT).offset) == [-30, 30]


def test_the_legend_explains_a_net_flow() -> None:
    texts = [line for text in paper_scene(calls([1, 2], multiplicity="flow"), MEASURE).furniture.texts.lines
             for line in text]
    assert any("Net flow" in line for line in texts)
