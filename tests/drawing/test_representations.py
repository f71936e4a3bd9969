"""Representations, adornments and what stands under labels."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from ewglink.drawing.adornments import FRAME_MARGIN, FRAME_WIDTH
from ewglink.drawing.content import PINNED, ChartContent, When
from ewglink.drawing.extents import entity_sizes
from ewglink.drawing.furniture import paper_scene
from ewglink.drawing.marks import NO_ITEM, Marks
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.representation import REPRESENTATIONS
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import argb
from ewglink.drawing.sub_texts import attribute_text, below
from tests.charts.made_up import random_network, spent_batteries

MEASURE = RoughMeasure()
LONG = "Drums of spent electrolyte were seen behind the second weighbridge on three mornings in March."


def every_kind() -> ChartContent:
    """A chart with each representation, 400 apart."""
    content = random_network(7, 6)
    content.xy[:] = [(400 * at, 0) for at in range(7)]
    content.ends[:] = [(at, at + 1) for at in range(6)]
    content.link_labels = [""] * 6
    content.representations = dict(enumerate(
        ("icon", "circle", "box", "text_block", "label", "event_frame", "theme_line")))
    content.labels[3] = content.labels[5] = LONG
    content.when = {5: When(datetime(2025, 3, 14, 16, 5), precision=4)}
    content.settings = {"sub_texts": ["date"]}
    return content


def test_every_representation_is_there() -> None:
    assert set(REPRESENTATIONS.keys()) == {"icon", "circle", "box", "text_block", "label", "event_frame", "theme_line"}


def test_texts_stay_within_their_blocks() -> None:
    scene = build_scene(every_kind(), MEASURE)
    for row in (1, 2, 3, 4, 5):
        texts = scene.marks.texts.take(scene.marks.texts.row == row)
        middle, half = scene.content.xy[row], scene.half[row]
        assert len(texts)
        assert (texts.rect[:, :2] >= middle - half - 1e-6).all()
        assert (texts.rect[:, 2:] <= middle + half + 1e-6).all()


def test_links_end_at_the_outline_of_blocks() -> None:
    scene = build_scene(every_kind(), MEASURE)
    line = scene.marks.lines.xy[scene.marks.lines.row == 3][0]
    assert line[0] == pytest.approx(1200 + scene.half[3, 0], abs=0.5)
    assert line[2] == pytest.approx(1600 - scene.half[4, 0], abs=0.5)


@pytest.mark.parametrize(("language", "date"), [("en", "Mar 14, 2025, 16:05"), ("fr", "14 mars 2025, 16:05"),
                                                ("es", "14 mar 2025, 16:05")])
def test_an_event_frame_says_when_in_large_type(language: str, date: str) -> None:
    content = every_kind()
    content.language = language
    texts = build_scene(content, MEASURE).marks.texts
    texts = texts.take(texts.row == 5)
    large = int(texts.size.argmax())
    assert texts.lines[large] == (date,)
    assert texts.bold[large]


def test_a_text_block_says_its_own_text() -> None:
    content = every_kind()
    content.styles = {3: {"text": "Read me", "width": 120, "align": "right"}}
    scene = build_scene(content, MEASURE)
    texts = scene.marks.texts.take(scene.marks.texts.row == 3)
    assert texts.lines == [("Read me",)]
    assert texts.rect[0, 2] == pytest.approx(1200 + 60 - 8)


def test_only_a_box_is_hollow() -> None:
    assert build_scene(every_kind(), MEASURE).hollow.tolist() == [False, False, True, *[False] * 4]


@pytest.mark.parametrize("size", [0.5, 1, 2, 3, 4])
def test_sizes_of_icons(size: float) -> None:
    content = every_kind()
    content.styles = {0: {"size": size}}
    assert build_scene(content, MEASURE).half[0].tolist() == [22 * size, 22 * size]


def test_a_frame_stands_round_the_icon_and_pushes_the_label_away() -> None:
    content = spent_batteries()
    content.styles = {6: {"frame": "#D55E00"}, 5: {"frame": True}}
    scene = paper_scene(content, MEASURE)
    frame = scene.marks.shapes.take(scene.marks.shapes.row == 6)
    assert frame.outline.tolist() == [argb("#D55E00")]
    assert frame.fill.tolist() == [0]
    outer = 22 + FRAME_MARGIN + FRAME_WIDTH
    assert scene.half[6].tolist() == [outer, outer]
    assert ((frame.size + frame.width[:, None]) / 2).tolist() == [[outer, outer]]
    label = scene.marks.texts.take(scene.marks.texts.item == 7).rect[0]
    middle = content.xy[6]
    assert (label[:2] >= middle + outer).any() or (label[2:] <= middle - outer).any()


def test_badges_stand_at_six_places_round_the_icon() -> None:
    content = every_kind()
    places = ("upper_left", "centre_left", "lower_left", "upper_right", "centre_right", "lower_right")
    content.styles = {0: {"badges": {place: {"text": str(at)} for at, place in enumerate(places)}}}
    scene = build_scene(content, MEASURE)
    icons = scene.marks.icons.take(scene.marks.icons.row == 0)
    assert len(icons) == 7
    spots = {(int(np.sign(round(x))), int(np.sign(round(y)))) for x, y in icons.xy[1:].tolist()}
    assert spots == {(-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)}
    assert {scene.looks[look].icon for look in icons.look[1:]} == {f"sign:{at}" for at in range(6)}


def test_badges_that_nobody_knows_are_passed_over() -> None:
    content = every_kind()
    content.styles = {0: {"badges": {"middle": "pin", "upper_left": None, "upper_right": "pin"}}}
    assert (build_scene(content, MEASURE).marks.icons.row == 0).sum() == 2


def test_sub_texts_are_switched_for_the_chart_and_for_one_item() -> None:
    content = every_kind()
    content.settings = {"sub_texts": ["grade", "pin", "source"]}
    content.sub_texts = {0: {"grade": "B2", "source": "a.csv · 14", "description": "x"}, 1: {"grade": "C3"}}
    content.flags[0] |= PINNED
    assert below(content, 0) == ("a.csv · 14", "B2", "Pinned")
    content.styles = {0: {"sub_texts": ["description"]}, 1: {"sub_texts": []}}
    assert below(content, 0) == ("x",)
    assert below(content, 1) == ()


def test_attributes_are_written_as_symbol_prefix_value_suffix() -> None:
    assert attribute_text("21 400", symbol="◆", prefix="net", suffix="kg") == "◆ net 21 400 kg"
    assert attribute_text("7") == "7"


def test_what_stands_under_a_label_is_smaller_and_lies_on_nothing() -> None:
    content = spent_batteries()
    content.attributes = {row: ("IMO: 9074729", "Flag: PA") for row in range(20)}
    scene = paper_scene(content, MEASURE)
    texts = scene.marks.texts
    small = [at for at, lines in enumerate(texts.lines) if "Flag: PA" in lines]
    assert len(small) + scene.omitted >= 20
    assert len(small) >= 15
    for at in small:
        above = [one for one in range(len(texts)) if texts.item[one] == texts.item[at] and one != at]
        assert texts.size[at] < texts.size[above[0]]
        assert texts.rect[at, 1] == pytest.approx(texts.rect[above[0], 3])
    boxes = texts.rect
    for one in range(len(boxes)):
        for other in range(one):
            if texts.item[one] != texts.item[other] and NO_ITEM not in (texts.item[one], texts.item[other]):
                overlap = np.minimum(boxes[one, 2:], boxes[other, 2:]) - np.maximum(boxes[one, :2], boxes[other, :2])
                assert (overlap <= 4.0).any()


def test_a_layout_is_told_of_the_room_below_labels() -> None:
    content = spent_batteries()
    plain = entity_sizes(content, MEASURE)
    content.attributes = {0: ("IMO: 9074729", "Flag: PA")}
    more = entity_sizes(content, MEASURE)
    assert more[0, 1] > plain[0, 1] + 20
    assert (more[1:] == plain[1:]).all()


def test_a_label_can_be_switched_off() -> None:
    content = spent_batteries()
    content.styles = {0: {"label": False}}
    scene = paper_scene(content, MEASURE)
    assert 1 not in scene.marks.texts.item.tolist()


def test_nothing_is_cropped() -> None:
    content = every_kind()
    content.styles = {0: {"frame": True, "size": 4, "badges": {"upper_left": "pin"}}}
    scene = paper_scene(content, MEASURE)
    painted = Marks.joined([scene.marks, scene.furniture]).bounds()
    assert painted is not None
    assert scene.page[0] <= painted[0]
    assert scene.page[1] <= painted[1]
    assert scene.page[2] >= painted[2]
    assert scene.page[3] >= painted[3]
