"""Annotations that belong to items stand where these do."""

from __future__ import annotations

import pytest

from ewglink.drawing.anchors import CLEAR, anchored

PLACES = {1: (0.0, 0.0), 2: (600.0, 0.0), 3: (60.0, 0.0)}


def test_a_line_goes_from_item_to_item_and_keeps_clear_of_both() -> None:
    (line,) = anchored([{"kind": "line", "ends": [1, 2], "x": 9.0, "y": 9.0}], PLACES)
    assert (line["x"], line["y"], line["x2"], line["y2"]) == pytest.approx((CLEAR, 0, 600 - CLEAR, 0))


def test_items_that_nearly_touch_are_joined_middle_to_middle() -> None:
    (line,) = anchored([{"kind": "arrow", "ends": [1, 3]}], PLACES)
    assert (line["x"], line["x2"]) == (0.0, 60.0)


def test_a_note_has_its_middle_between_them_and_its_own_distance_aside() -> None:
    (note,) = anchored([{"kind": "rectangle", "ends": [1, 2], "width": 100.0, "height": 40.0, "dy": 50.0}], PLACES)
    assert (note["x"] + 50, note["y"] + 20) == pytest.approx((300.0, 50.0))


def test_a_note_too_wide_to_stand_between_stands_above() -> None:
    (note,) = anchored([{"kind": "rectangle", "ends": [1, 3], "width": 100.0, "height": 40.0}], PLACES)
    assert note["y"] + note["height"] < -CLEAR


def test_what_lost_an_item_is_left_out_and_what_has_none_is_left_alone() -> None:
    free = {"kind": "text", "x": 1.0, "y": 2.0, "text": "here"}
    assert anchored([free, {"kind": "line", "ends": [1, 99]}], PLACES) == [free]


def test_notes_between_the_same_items_stand_one_below_another() -> None:
    note = {"kind": "rectangle", "ends": [1, 2], "width": 100.0, "height": 40.0}
    tops = [body["y"] for body in anchored([note, note, note], PLACES)]
    assert tops[1] >= tops[0] + 40 and tops[2] >= tops[1] + 40
    assert len({body["x"] for body in anchored([note, note], PLACES)}) == 1
