"""What is brought to the front is painted over everything else, what is sent to the back under it."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from ewglink.drawing.content import ChartContent
from ewglink.drawing.furniture import Furniture, paper_scene
from ewglink.drawing.hit import HitTest
from ewglink.drawing.marks import Marks
from ewglink.drawing.scene import build_scene
from ewglink.painting import pages
from ewglink.painting.text_measure import FontMeasure
from tests.charts.made_up import spent_batteries

pytestmark = pytest.mark.usefixtures("qapp")
ROW, OTHER = 3, 7


def overlapping() -> ChartContent:
    """A text block (row 7) and a person (row 3) at one place, a filled rectangle over both."""
    content = spent_batteries(marking="")
    content.xy[OTHER] = content.xy[ROW] + (10, 0)
    content.representations = {OTHER: "text_block"}
    x, y = content.xy[ROW]
    content.annotations = [{"id": 1, "kind": "rectangle", "x": x - 60, "y": y - 60, "width": 130, "height": 120,
                            "fill": True, "colour": "#CC0000"}]
    return content


def colour_at(content: ChartContent, x: float, y: float) -> tuple[int, int, int]:
    scene = paper_scene(content, FontMeasure(), pieces=Furniture(False, False, False))
    image = pages.image_of(scene, 2.0)
    found = image.pixelColor(round((x - scene.page[0]) * 2), round((y - scene.page[1]) * 2))
    return found.red(), found.green(), found.blue()


def test_a_chart_without_levels_is_one_part() -> None:
    scene = build_scene(overlapping(), FontMeasure())
    assert scene.layered() == [scene.marks]


def test_every_mark_is_in_one_part_and_keeps_its_order() -> None:
    content = overlapping()
    content.styles = {3: {"stack": 2}, 5: {"stack": -1}, 6: {"stack": 1}}
    content.link_styles = {0: {"stack": 1}, 3: {"stack": -2}}
    content.annotations[0]["stack"] = 3
    scene = paper_scene(content, FontMeasure())
    parts = scene.layered()
    assert [tier.level for tier in scene.tiers] == [-2, -1, 1, 2, 3]
    assert len(parts) == 6
    for one in fields(Marks):
        ids = np.concatenate([getattr(part, one.name).item for part in parts])
        assert sorted(ids.tolist()) == sorted(getattr(scene.marks, one.name).item.tolist())
    assert content.entity_ids[3] in parts[4].icons.item
    assert content.link_ids[0] in parts[3].lines.item.tolist() + parts[3].curves.item.tolist()
    assert len(parts[5].shapes) == 1


@pytest.mark.parametrize(("level", "covered"), [(0, False), (1, True), (-1, False)])
def test_an_annotation_in_front_covers_the_items(level: int, covered: bool) -> None:
    content = overlapping()
    content.annotations[0]["stack"] = level
    x, y = content.xy[ROW]
    red, green, blue = colour_at(content, x - 18, y)
    assert (red > 240 and 200 < green < 245 and 200 < blue < 245) == covered


def test_a_text_block_in_front_covers_an_icon() -> None:
    content = overlapping()
    content.annotations = []
    x, y = content.xy[ROW]
    before = colour_at(content, x - 15, y - 4)
    content.styles = {OTHER: {"stack": 1}}
    assert colour_at(content, x - 15, y - 4) != before
    content.styles = {OTHER: {"stack": 1}, ROW: {"stack": 2}}
    assert colour_at(content, x - 15, y - 4) == before


def test_what_is_in_front_is_found_first() -> None:
    content = overlapping()
    content.representations = {}
    x, y = (content.xy[ROW] + content.xy[OTHER]) / 2
    for front, wanted in ((ROW, ROW), (OTHER, OTHER)):
        content.styles = {front: {"stack": 1}}
        scene = build_scene(content, FontMeasure())
        assert HitTest(scene, content.xy).entity_at(x, y).row == wanted  # type: ignore[union-attr]
    content.styles = {ROW: {"stack": -1}}
    assert HitTest(build_scene(content, FontMeasure()), content.xy).entity_at(x, y).row == OTHER  # type: ignore[union-attr]
