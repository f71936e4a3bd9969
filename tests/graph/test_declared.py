"""A declared projection: what it keeps, what it says it left out, and what links weigh by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ewglink.graph.declared import Declaration, LinkFacts, declared
from ewglink.graph.moments import DAY, FIRST, LAST, UNKNOWN, first_moment, iso_day, last_moment
from ewglink.graph.network import Network
from tests.graph.making import of_links


def whole() -> Network:
    """Three people and a vessel; link 6 is tentative, link 4 of another type, link 5 undated."""
    wires = [(0, 1, 1), (0, 1, 1), (1, 2, 1), (2, 3, 0), (3, 0, 2), (0, 0, 0)]
    network = of_links(4, wires)
    return replace(network, type_keys=("person", "vessel"), types=np.array([0, 0, 0, 1], np.int32),
                   link_type_keys=("paid", "owns"), link_types=np.array([0, 0, 0, 1, 0, 0], np.int32),
                   strengths=np.array([0, 0, 1, 0, 0, 2], np.int8))


def facts() -> LinkFacts:
    starts = [first_moment(text) for text in ("2024-01-01", "2024-03", "2024-05-02", "2020", None, "2024-06-01")]
    stops = [last_moment("2024-01-01"), last_moment("2024-03"), last_moment("2024-05-02"), LAST, UNKNOWN,
             last_moment("2024-06-01")]
    return LinkFacts(np.array(starts), np.array(stops), np.array([0, 1, 1, 2]), np.array([0, 2, 1, 2]),
                     ("A1", "B3", "E5"), np.array([10.0, np.nan, 30.0, 0.0, 5.0, -1.0]))


@pytest.mark.parametrize(("asked", "links", "left_out"), [
    ({}, [1, 2, 3, 4, 5, 6], {}),
    ({"types": ("person",)}, [1, 2, 3, 6], {"ends": 2}),
    ({"subset": (10, 20, 99)}, [1, 2, 6], {"ends": 3}),
    ({"link_types": ("owns",)}, [4], {"link_types": 5}),
    ({"strengths": ("confirmed", "unconfirmed")}, [1, 2, 3, 4, 5], {"strengths": 1}),
    ({"start": "2024-03-15", "end": "2024-05"}, [2, 3, 4, 5], {"dates": 2}),
    ({"start": "2024-03-15", "end": "2024-05", "undated": False}, [2, 3, 4], {"dates": 2, "undated": 1}),
    ({"end": "2021"}, [4, 5], {"dates": 4}),
    ({"min_grade": "B3"}, [1, 2], {"grade": 4}),
    ({"min_grade": "F6"}, [1, 2, 4, 5, 6], {"grade": 1}),
    ({"types": ("person",), "min_grade": "A1"}, [1], {"ends": 2, "grade": 3}),
    ({"weights": "property", "weight_property": "amount"}, [1, 3, 5], {"weight": 3}),
])
def test_what_is_kept_and_left_out(asked: dict[str, Any], links: list[int], left_out: dict[str, int]) -> None:
    found = declared(whole(), Declaration(**asked), facts())
    assert found.link_ids.tolist() == links
    assert found.described["left_out"]["links"] == left_out
    assert found.m + sum(left_out.values()) == 6
    assert found.described["left_out"]["entities"] == 4 - found.n


def test_parallel_links_weigh_together() -> None:
    counted = declared(whole(), Declaration(weights="count"), facts())
    assert counted.weighted
    assert dict(zip(map(tuple, counted.pairs.tolist()), counted.pair_weights.tolist(), strict=True)) == {
        (0, 1): 2, (0, 3): 1, (1, 2): 1, (2, 3): 1}
    arrows = declared(whole(), Declaration(weights="count", directed=True), facts())
    assert dict(zip(map(tuple, arrows.arcs.tolist()), arrows.arc_weights.tolist(), strict=True)) == {
        (0, 1): 2, (0, 3): 1, (1, 2): 1, (2, 3): 1, (3, 2): 1}
    amounts = declared(whole(), Declaration(weights="property", weight_property="amount"), facts())
    assert dict(zip(map(tuple, amounts.pairs.tolist()), amounts.pair_weights.tolist(), strict=True)) == {
        (0, 1): 10, (0, 3): 5, (1, 2): 30}


def test_influence_by_hand() -> None:
    """Base 0.6 × grade × recency, as a mean over links of one type between the same two, times ln(1 + their number)."""
    asked = Declaration(weights="influence", half_life=100, as_of="2024-06-01", link_types=("paid",))
    found = declared(whole(), asked, facts(), {"paid": 0.6})
    end = last_moment("2024-06-01")
    ages = [0.5 ** ((end - last_moment(text)) / DAY / 100) for text in ("2024-01-01", "2024-03", "2024-05-02")]
    best_grades = [1.0, (0.8 * 0.6) ** 0.5, (0.2 * 0.1) ** 0.5]
    weights = dict(zip(map(tuple, found.pairs.tolist()), found.pair_weights.tolist(), strict=True))
    assert weights[0, 1] == pytest.approx(
        0.6 * (best_grades[0] * ages[0] + best_grades[1] * ages[1]) / 2 * np.log(3))
    assert weights[1, 2] == pytest.approx(0.6 * best_grades[2] * ages[2] * np.log(2))
    assert weights[0, 3] == pytest.approx(0.6 * 0.8 * np.log(2)), "ungraded, confirmed: as B2; no date: as new"
    ageless = declared(whole(), replace(asked, half_life=0), facts(), {"paid": 0.6})
    assert ageless.pair_weights[0] == pytest.approx(0.6 * (best_grades[0] + best_grades[1]) / 2 * np.log(3))
    assert found.described["as_of"] == "2024-06-01"


def test_moments() -> None:
    assert first_moment("1970") == first_moment("1970-01-01T00:00:00Z") == 0
    assert last_moment("1970-01-01") == DAY - 1
    assert last_moment("1970-12") == last_moment("1970") == first_moment("1971") - 1
    assert last_moment("2024-02") == first_moment("2024-03-01") - 1
    assert first_moment("1970-01-01T02:00:00+02:00") == 0
    assert [first_moment(text) for text in (None, "", "soon", "2024-13")] == [UNKNOWN] * 4
    assert (iso_day(0), iso_day(UNKNOWN), iso_day(FIRST), iso_day(LAST)) == ("1970-01-01", None, None, None)
