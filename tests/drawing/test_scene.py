"""A chart as marks: which are there, where they stand, and that nothing lies over anything else."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewglink.drawing import title_block
from ewglink.drawing.content import GREYED, HIDDEN, ChartContent
from ewglink.drawing.extents import entity_sizes
from ewglink.drawing.forms import reach
from ewglink.drawing.furniture import Furniture, paper_scene
from ewglink.drawing.hit import HitTest, in_polygon, segment_distance
from ewglink.drawing.legend import rows_of
from ewglink.drawing.links import along, link_geometry
from ewglink.drawing.marks import Dash, Form, Marks
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.representation import REPRESENTATIONS
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import DARK, LIGHT, argb, contrast, look_of
from ewglink.drawing.wrapping import cleaned, wrapped
from ewglink.reference.schema_files import builtin_schema
from tests.charts.made_up import random_network, spent_batteries

MEASURE = RoughMeasure()


def pair(count: int, *, directions: list[int] | None = None, loop: bool = False) -> ChartContent:
    """Two entities 400 units apart with `count` links between them."""
    content = random_network(2, count)
    content.xy[:] = [(0, 0), (400, 0)]
    content.ends[:] = (0, 0) if loop else (0, 1)
    content.directions[:] = directions if directions is not None else 1
    return content


@pytest.mark.parametrize(("count", "offsets"), [(1, [0]), (2, [-15, 15]), (3, [-30, 0, 30]), (4, [-45, -15, 15, 45])])
def test_parallel_links_bow_symmetrically(count: int, offsets: list[float]) -> None:
    scene = build_scene(pair(count), MEASURE)
    assert sorted(scene.links.offset) == offsets
    middles = along(scene.marks.curves.xy, 0.5) if len(scene.marks.curves) else np.empty((0, 2))
    heights = sorted([*middles[:, 1].tolist(), *([0.0] * len(scene.marks.lines))])
    assert heights == pytest.approx(offsets)


def test_links_that_run_the_other_way_bow_to_their_own_side() -> None:
    content = pair(2)
    content.ends[1] = (1, 0)
    middles = along(build_scene(content, MEASURE).marks.curves.xy, 0.5)
    assert sorted(middles[:, 1]) == pytest.approx([-15, 15])


def test_many_parallel_links_become_one_for_each_direction_with_their_number() -> None:
    content = pair(12, directions=[1] * 7 + [2] * 5)
    content.link_labels = ["call"] * 12
    links = link_geometry(content, LIGHT)
    assert sorted(zip(links.arrows.tolist(), links.count.tolist(), strict=True)) == [(1, 7), (2, 5)]
    scene = paper_scene(content, MEASURE)
    assert {"call ×7", "call ×5"} <= {line for lines in scene.marks.texts.lines for line in lines}
    assert "12" in dict(title_block.facts_of(scene))["Shows"]


def test_eight_parallel_links_stay_apart() -> None:
    assert len(link_geometry(pair(8), LIGHT).row) == 8


def test_collapsed_links_of_mixed_colours_are_grey() -> None:
    content = pair(9)
    content.link_styles = {0: {"colour": "#FF0000"}, 1: {"colour": "#00FF00"}}
    assert link_geometry(content, LIGHT).colour.tolist() == [LIGHT.mixed_link]


def test_a_link_goes_round_an_entity_that_it_does_not_touch() -> None:
    content = random_network(3, 2)
    content.xy[:] = [(0, 0), (400, 0), (200, 4)]
    content.ends[:] = [(0, 1), (0, 2)]
    scene = build_scene(content, MEASURE)
    assert len(scene.marks.lines) == 1
    points = np.concatenate([along(scene.marks.curves.xy, step / 50) for step in range(51)])
    assert np.hypot(*(points - (200, 4)).T).min() >= 22
    content.xy[2] = (200, 90)
    assert len(build_scene(content, MEASURE).marks.lines) == 2


def test_the_lines_of_a_label_are_about_as_long_as_one_another() -> None:
    lines = wrapped("Transportes Río Bravo, S.A. de C.V.", 12, 200, MEASURE)
    assert lines == ("Transportes Río", "Bravo, S.A. de C.V.")


def test_a_self_link_is_a_loop_that_leaves_its_entity() -> None:
    scene = build_scene(pair(2, loop=True), MEASURE)
    points = np.stack([along(scene.marks.curves.xy, t) for t in (0.25, 0.5, 0.75)])
    assert (np.hypot(points[1, :, 0], points[1, :, 1]) > 30).all()
    assert len(scene.marks.lines) == 0


def test_strengths_are_solid_dashed_and_dotted() -> None:
    content = random_network(6, 3)
    content.ends[:] = [(0, 1), (2, 3), (4, 5)]
    content.strengths[:] = [0, 1, 2]
    assert build_scene(content, MEASURE).marks.lines.dash.tolist() == [Dash.SOLID, Dash.DASHED, Dash.DOTTED]


def test_arrowheads_touch_the_outline_of_what_they_point_to() -> None:
    content = pair(1)
    scene = paper_scene(content, MEASURE)
    tip = scene.marks.arrows.tip[0]
    assert tip[1] == pytest.approx(0)
    edge = 400 - reach(scene.form[1:2], scene.half[1:2], np.array([[-1.0, 0.0]]))[0]
    assert edge - 3 <= tip[0] <= edge


@pytest.mark.parametrize(("direction", "heads"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_arrowheads_follow_the_direction(direction: int, heads: int) -> None:
    scene = paper_scene(pair(1, directions=[direction]), MEASURE)
    assert len(scene.marks.arrows) == heads
    if direction == 2:
        assert scene.marks.arrows.tip[0, 0] < 100


@given(st.sampled_from(list(Form)), st.floats(0, 6.28))
def test_reach_of_a_form_lies_on_its_outline(form: Form, angle: float) -> None:
    way = np.array([[np.cos(angle), np.sin(angle)]])
    found = reach(np.array([form]), np.array([[20.0, 20.0]]), way)[0]
    assert 13 < found < 30


def test_hidden_entities_take_their_links_with_them() -> None:
    content = spent_batteries()
    content.flags[0] |= HIDDEN
    scene = paper_scene(content, MEASURE)
    assert 1 not in scene.marks.icons.item
    touching = set(content.link_ids[(content.ends == 0).any(axis=1)].tolist())
    assert touching
    assert touching.isdisjoint(scene.marks.lines.item.tolist() + scene.marks.curves.item.tolist())
    assert dict(title_block.facts_of(scene))["Hidden"] == "1 entity"


def test_greyed_entities_and_their_links_lose_their_colour() -> None:
    content = spent_batteries()
    content.flags[6] |= GREYED
    scene = build_scene(content, MEASURE)
    assert scene.looks[scene.look_of_row[6]].fill != scene.looks[scene.look_of_row[5]].fill
    assert scene.marks.lines.colour[scene.marks.lines.item == content.link_ids[8]].tolist() == [LIGHT.greyed]


def boxes_of(scene) -> np.ndarray:
    return scene.marks.texts.rect


def overlap(one: np.ndarray, other: np.ndarray, slack: float = 3.0) -> bool:
    return bool((one[:2] + slack < other[2:]).all() and (other[:2] + slack < one[2:]).all())


@pytest.mark.parametrize("content", [spent_batteries(), random_network(150, 220), random_network(60, 300, seed=4)])
def test_no_label_lies_over_another_or_over_an_icon(content: ChartContent) -> None:
    scene = paper_scene(content, MEASURE)
    rects = scene.marks.texts.rect
    assert not [1 for a, b in itertools.combinations(rects, 2) if overlap(a, b)]
    icons = np.hstack([content.xy - scene.half * 0.85, content.xy + scene.half * 0.85])
    assert not [1 for label in rects for icon in icons if overlap(label, icon)]


def test_every_label_is_shown_or_counted() -> None:
    content = random_network(80, 60)
    content.xy[:] = content.xy * 0.35
    content.settings["link_labels"] = "none"
    scene = paper_scene(content, MEASURE)
    assert scene.omitted > 0
    assert len(scene.marks.texts) + scene.omitted == 80
    assert str(scene.omitted) in dict(title_block.facts_of(scene))["Labels"]


def test_labels_that_have_room_are_all_shown() -> None:
    scene = paper_scene(spent_batteries(), MEASURE)
    shown = {" ".join(lines) for lines in scene.marks.texts.lines}
    assert scene.omitted == 0
    assert set(spent_batteries().labels) <= shown


def test_furniture_stands_clear_of_the_chart_and_of_itself() -> None:
    scene = paper_scene(spent_batteries(), MEASURE)
    chart = scene.marks.bounds()
    assert chart is not None
    for x0, y0, x1, y1 in scene.furniture.texts.rect:
        assert y1 <= chart[1] + 0.01 or y0 >= chart[3] - 0.01 or x1 <= chart[0] or x0 >= chart[2]
    texts = scene.furniture.texts.rect
    assert not [1 for a, b in itertools.combinations(texts, 2) if overlap(a, b, 0.5)]
    x0, y0, x1, y1 = scene.bounds()
    assert scene.page[0] < x0
    assert scene.page[1] < y0
    assert scene.page[2] > x1
    assert scene.page[3] > y1


def test_the_marking_stands_above_and_below_everything() -> None:
    scene = paper_scene(spent_batteries(marking="PROTECTED B"), MEASURE, pieces=Furniture(False, False, False))
    banners = [rect for rect, lines in zip(scene.furniture.texts.rect, scene.furniture.texts.lines, strict=True)
               if lines == ("PROTECTED B",)]
    chart = scene.marks.bounds()
    assert chart is not None
    assert len(banners) == 2
    assert banners[0][3] <= chart[1]
    assert banners[1][1] >= chart[3]


def test_no_marking_no_banner() -> None:
    scene = paper_scene(spent_batteries(marking=""), MEASURE, pieces=Furniture(False, False, False))
    assert scene.furniture.bounds() is None


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    content = spent_batteries()
    content.flags[10] |= HIDDEN
    words = [row.words for row in rows_of(build_scene(content, MEASURE))]
    assert "Organization (3)" in words
    assert not [word for word in words if word.startswith(("Vessel", "Species"))]
    assert {"Confirmed", "Unconfirmed", "Tentative", "One way", "Both ways"} <= set(words)
    content.strengths[:] = 0
    content.directions[:] = 0
    words = [row.words for row in rows_of(build_scene(content, MEASURE))]
    assert {"Unconfirmed", "Tentative", "One way", "Both ways"}.isdisjoint(words)


@pytest.mark.parametrize(("language", "date", "count"), [
    ("en", "November 21, 2026, 09:05 UTC", "1,500 entities"), ("fr", "21 novembre 2026, 09:05 UTC", "1 500"),
    ("es", "21 de noviembre de 2026, 09:05 UTC", "1,500")])
def test_numbers_and_dates_follow_the_language_of_the_chart(language: str, date: str, count: str) -> None:
    content = random_network(1500, 0)
    content.language, content.prepared_at = language, datetime(2026, 11, 21, 9, 5, tzinfo=UTC)
    values = [value.replace("\u202f", " ").replace("\xa0", " ")
              for _name, value in title_block.facts_of(build_scene(content, MEASURE))]
    assert date in values
    assert any(value.startswith(count) for value in values)


def test_every_type_of_the_schema_has_a_pictogram_of_its_own_look() -> None:
    from ewglink import places

    content = random_network(1, 0)
    looks = {key: look_of(content, key, LIGHT) for key in builtin_schema().entity_types}
    for key, one in builtin_schema().entity_types.items():
        for icon in (looks[key].icon, *one.icon_variants.values()):
            assert places.resources("icons", f"{icon}.svg").is_file(), icon
    assert len({(look.form, look.fill) for look in looks.values()}) == len(looks)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_and_pictograms_can_be_told_from_their_ground(palette) -> None:
    assert contrast(palette.text, palette.background) >= 7
    assert contrast(palette.quiet_text, palette.background) >= 4.5
    assert contrast(palette.link, palette.background) >= 4.5
    for key in builtin_schema().entity_types:
        look = look_of(random_network(1, 0), key, palette)
        assert contrast(look.ink, look.fill) >= 3


def test_the_content_and_the_item_override_the_type() -> None:
    content = spent_batteries()
    content.colours["person"], content.shapes["person"], content.icons["person"] = "#123456", "diamond", "vessel"
    look = look_of(content, "person", LIGHT)
    assert (look.fill, look.form, look.icon) == (argb("#123456"), Form.DIAMOND, "vessel")
    assert look_of(content, "person", LIGHT, {"icon": "email"}).icon == "email"


@pytest.mark.parametrize("key", REPRESENTATIONS.keys())
def test_each_representation_draws_a_batch(key: str) -> None:
    content = spent_batteries()
    content.representations = {0: key, 3: key}
    scene = paper_scene(content, MEASURE)
    drawn = {*scene.marks.icons.item.tolist(), *scene.marks.shapes.item.tolist(), *scene.marks.texts.item.tolist()}
    drawn -= {*content.link_ids.tolist()}
    assert drawn == set(content.entity_ids.tolist())
    assert (scene.half[scene.shown] > 0).all()


def test_an_unknown_representation_is_an_icon() -> None:
    content = spent_batteries()
    content.representations = {0: "ole_object"}
    assert 1 in build_scene(content, MEASURE).marks.icons.item


def test_an_annotation_is_part_of_the_picture() -> None:
    content = spent_batteries()
    content.annotations = [{"kind": "text", "x": 1500, "y": 900, "text": "Check the weighbridge tickets"}]
    scene = paper_scene(content, MEASURE)
    assert scene.page[2] > 1500
    assert ("Check the weighbridge tickets",) in scene.marks.texts.lines


# -- texts -------------------------------------------------------------------------------------------------------------

@given(st.text(max_size=120), st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_nothing_without_saying_so(text: str, width: float) -> None:
    lines = wrapped(text, 12, width, MEASURE)
    assert len(lines) <= 3
    assert all(MEASURE.width(line, 12) <= width + 12 for line in lines)
    whole = "".join(cleaned(text).split())
    told = "".join("".join(lines).split())
    assert told == whole or told.endswith("…")


def test_a_label_cannot_turn_the_direction_of_what_follows() -> None:
    assert cleaned("in\u202evoice\x00\ngpj.exe") == "invoice gpj.exe"


# -- finding -----------------------------------------------------------------------------------------------------------

def test_points_hit_entities_first_and_links_near_them() -> None:
    content = pair(1)
    scene = build_scene(content, MEASURE)
    hits = HitTest(scene, content.xy)
    assert hits.at(5, -5, 4).item == 1  # type: ignore[union-attr]
    assert hits.at(200, 3, 4).is_link  # type: ignore[union-attr]
    assert hits.at(200, 9, 4) is None


def test_a_bowed_link_is_hit_where_it_is_drawn() -> None:
    content = pair(2)
    hits = HitTest(build_scene(content, MEASURE), content.xy)
    assert hits.at(200, 0, 4) is None
    above, below = hits.at(200, -15, 4), hits.at(200, 15, 4)
    assert above is not None
    assert below is not None
    assert {above.item, below.item} == set(content.link_ids.tolist())


def test_what_stands_in_a_box_is_hit_before_the_box() -> None:
    content = pair(0)
    content.representations = {1: "box"}
    content.styles = {1: {"width": 2000, "height": 400}}
    hits = HitTest(build_scene(content, MEASURE), content.xy)
    assert hits.at(0, 0, 4).item == 1  # type: ignore[union-attr]
    assert hits.at(500, 100, 4).item == 2  # type: ignore[union-attr]


def test_rectangles_and_lassos_take_links_with_both_ends() -> None:
    content = spent_batteries()
    hits = HitTest(build_scene(content, MEASURE), content.xy)
    assert hits.in_rect((-50, -60, 350, 60)) == {1, 2, 1003, 1004, 1005}
    lasso = np.array([(-60, -60), (360, -90), (340, 60), (-50, 60)], float)
    assert hits.in_lasso(lasso) == {1, 2, 1003, 1004, 1005}


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=8))
def test_points_in_a_lasso_agree_with_a_plain_crossing_count(corners: list[tuple[float, float]]) -> None:
    polygon = np.array(corners)
    points = np.random.default_rng(0).uniform(-60, 60, (50, 2))

    def crossing(x: float, y: float) -> bool:
        count = 0
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                count += 1
        return count % 2 == 1

    assert in_polygon(polygon, points).tolist() == [crossing(x, y) for x, y in points.tolist()]


def test_distance_from_a_segment() -> None:
    segments = np.array([[0, 0, 10, 0], [0, 0, 0, 0], [5, 5, 5, 15]], float)
    assert segment_distance(segments, 13, 4) == pytest.approx([5, np.hypot(13, 4), np.hypot(8, 1)])


def test_sizes_for_a_layout_hold_the_label() -> None:
    content = spent_batteries()
    sizes = entity_sizes(content, MEASURE)
    scene = paper_scene(content, MEASURE)
    for rect, item, row in zip(scene.marks.texts.rect, scene.marks.texts.item, scene.marks.texts.row, strict=True):
        if item < 1000:
            assert sizes[row, 0] >= rect[2] - rect[0] - 1
    assert (entity_sizes(random_network(6000, 0))[:, 1] > 44).all()


def test_bounds_of_nothing() -> None:
    assert Marks().bounds() is None
    empty = paper_scene(random_network(1, 0), MEASURE)
    assert empty.page[2] > empty.page[0]
