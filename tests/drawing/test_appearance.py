"""Appearance by rule: what meets a condition, what it gets, and what the legend says."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.drawing.appearance.apply import apply_rules
from ewglink.drawing.appearance.fields import holds
from ewglink.drawing.appearance.rule import Condition, Rule, colour_by_community, needs_of, rules_of, size_by
from ewglink.drawing.appearance.scales import band_numbers, positions, ramp
from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import paper_scene
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import argb, luminance
from tests.charts.made_up import spent_batteries

MEASURE = RoughMeasure()


def ruled(*rules: Rule, **values: dict[int, object]) -> ChartContent:
    """The made-up chart with rules in effect; `values` are properties by row."""
    content = spent_batteries()
    content.settings = {"rules": [rule.to_json() for rule in rules]}
    content.values = values
    apply_rules(content)
    return content


@pytest.mark.parametrize(("value", "test", "wanted", "met"), [
    ("MX", "in", ["mx", "ca"], True), ("US", "in", ["mx"], False), ("US", "not_in", ["mx"], True),
    (None, "not_in", ["mx"], False), (7, "in", ["7"], True), ("Ortega", "contains", "TEG", True),
    (10, "more", 9, True), ("10", "more", "9", True), (9, "more", 9, False), (9, "at_least", 9, True),
    (8, "less", 9, True), (9, "at_most", 9, True), ("2025-03-01", "less", "2025-04", True), (None, "less", 9, False),
    ("", "unknown", None, True), (0, "known", None, True), (["B2", "C3"], "in", ["C3"], True),
    ([], "known", None, False)])
def test_conditions(value: object, test: str, wanted: object, met: bool) -> None:
    assert holds(value, Condition("property:x", test, wanted)) is met


def test_a_fixed_value_goes_to_what_meets_all_conditions() -> None:
    rule = Rule("frame", value="#D55E00", conditions=(
        Condition("type", "in", ["organization"]), Condition("property:country", "in", ["MX"])))
    content = ruled(rule, country={0: "CA", 2: "MX", 6: "MX"})
    assert content.styles == {2: {"frame": "#D55E00"}}


def test_later_rules_come_over_earlier_ones_and_what_is_set_by_hand_over_both() -> None:
    content = spent_batteries()
    content.styles = {1: {"colour": "#111111"}}
    content.settings = {"rules": [
        Rule("colour", value="#AAAAAA").to_json(),
        Rule("colour", value="#BBBBBB", conditions=(Condition("type", "in", ["organization"]),)).to_json()]}
    apply_rules(content)
    assert [content.styles[row]["colour"] for row in (0, 1, 3)] == ["#BBBBBB", "#111111", "#AAAAAA"]


def test_a_rule_may_stop_later_ones() -> None:
    first = Rule("colour", value="#AAAAAA", stop=True, conditions=(Condition("type", "in", ["person"]),))
    content = ruled(first, Rule("colour", value="#BBBBBB"), Rule("size", value=2.0))
    assert content.styles[3] == {"colour": "#AAAAAA"}
    assert content.styles[0] == {"colour": "#BBBBBB", "size": 2.0}


def test_a_rule_that_is_off_does_nothing() -> None:
    assert ruled(Rule("size", value=2.0, off=True)).styles == {}


def test_a_table_gives_by_value_and_otherwise() -> None:
    rule = Rule("colour", "table", by="property:country", table={"ca": "#D55E00"}, otherwise="#999999")
    content = ruled(rule, country={0: "CA", 2: "MX"})
    assert content.styles == {0: {"colour": "#D55E00"}, 2: {"colour": "#999999"}}


@pytest.mark.parametrize(("scale", "expected"), [
    ("linear", [0, 0.1, 0.5, 1]), ("log", [0, np.log10(1.9), np.log10(5.5), 1]), ("sequential", [0, 1 / 3, 2 / 3, 1])])
def test_positions_on_a_scale(scale: str, expected: list[float]) -> None:
    assert positions(np.array([0.0, 10.0, 50.0, 100.0]), scale).tolist() == pytest.approx(expected)


@pytest.mark.parametrize(("scale", "expected"), [
    ("linear", [0, 0, 2, 3]), ("log", [0, 0, 1, 3]), ("sequential", [0, 1, 2, 3])])
def test_bands_of_a_scale(scale: str, expected: list[int]) -> None:
    assert band_numbers(np.array([0.0, 10.0, 50.0, 100.0]), scale, 4).tolist() == expected


def test_sizes_follow_a_measure() -> None:
    content = spent_batteries()
    content.settings = {"rules": [size_by("degree", 1.0, 3.0).to_json()]}
    content.measures["degree"] = np.arange(20.0)
    apply_rules(content, {"measure:degree": "Degree"})
    assert content.styles[0]["size"] == 1.0
    assert content.styles[19]["size"] == 3.0
    assert content.styles[10]["size"] == pytest.approx(1 + 20 / 19, abs=0.001)
    assert [note.words for note in content.notes] == ["Size by Degree", "0", "10", "19"]
    assert build_scene(content, MEASURE).half[19, 0] == 66


def test_communities_get_colours_and_letters() -> None:
    content = spent_batteries()
    content.settings = {"rules": [rule.to_json() for rule in colour_by_community("Groups")]}
    content.measures["community"] = np.array([0] * 12 + [1] * 8, float)
    apply_rules(content)
    assert {content.styles[row]["colour"] for row in range(12)} == {"#0072B2"}
    assert content.styles[15]["badges"] == {"lower_right": {"text": "B", "colour": "#E69F00"}}
    assert [note.words for note in content.notes] == ["Groups", "A (12)", "B (8)"]
    words = [line for lines in paper_scene(content, MEASURE).furniture.texts.lines for line in lines]
    assert {"Groups", "A (12)", "B (8)"} <= set(words)


def test_links_get_widths_and_colours() -> None:
    rule = Rule("width", "scale", on="links", by="property:value", low=1.5, high=6.0)
    content = spent_batteries()
    content.settings = {"rules": [rule.to_json(), Rule("colour", on="links", value="#D55E00", conditions=(
        Condition("type", "in", ["paid"]),)).to_json()]}
    content.link_values = {"value": {0: 100.0, 3: 1100.0}}
    apply_rules(content)
    scene = build_scene(content, MEASURE)
    widths = {int(row): float(width) for row, width in zip(scene.links.row, scene.links.width, strict=True)}
    assert (widths[0], widths[3], widths[1]) == (1.5, 6.0, 1.5)
    assert content.link_styles[3] == {"width": 6.0, "colour": "#D55E00"}


def test_a_ramp_gets_steadily_darker() -> None:
    colours = [luminance(argb(colour)) for colour in ramp(7)]
    assert colours == sorted(colours, reverse=True)
    assert len(set(ramp(7))) == 7


def test_the_legend_speaks_the_language_of_the_chart() -> None:
    content = spent_batteries("fr")
    content.settings = {"rules": [Rule("colour", "scale", by="property:value", scale="linear", bands=2).to_json()]}
    content.values = {"value": {0: 1000.0, 1: 1500.0, 2: 9000.5}}
    apply_rules(content, {"property:value": "Valeur"})
    assert [note.words for note in content.notes][1:] == ["1\xa0000 – 1\xa0500 (2)", "9\xa0000 (1)"]


def test_rules_are_saved_and_read_back() -> None:
    rule = Rule("badge", "table", by="grade", table={"A1": {"text": "A1"}}, stop=True, name="Grades",
                conditions=(Condition("type", "in", ["person"]),))
    assert Rule.from_json(rule.to_json()) == rule
    assert rules_of({"rules": [rule.to_json(), {"change": "nothing"}, "junk", {"change": "width"}]}) == [rule]


def test_only_what_rules_look_at_is_asked_for() -> None:
    needs = needs_of([size_by("degree"), *colour_by_community(), Rule("colour", by="property:value", how="scale"),
                      Rule("width", by="property:kg", how="scale", on="links"),
                      Rule("frame", value=True, conditions=(Condition("source", "in", ["a.csv"]),))])
    assert needs.measures == {"degree", "community"}
    assert (needs.properties, needs.link_properties, needs.origins) == ({"value"}, {"kg"}, {"source"})
