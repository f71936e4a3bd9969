"""A timeline: how theme lines run, where events stand, and what the bar says."""

from __future__ import annotations

import itertools
from datetime import datetime

import numpy as np
import pytest

from ewglink.drawing.content import HIDDEN, ChartContent, When
from ewglink.drawing.furniture import paper_scene
from ewglink.drawing.hit import HitTest
from ewglink.drawing.marks import union
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import Scene, build_scene
from ewglink.drawing.style import DARK, LIGHT, argb, contrast
from ewglink.drawing.timeline.bar import OVERLAP, overlap_colour, overlapping
from ewglink.drawing.timeline.dragging import is_timeline, rearranged, state_of
from ewglink.drawing.timeline.lines import uncovered
from ewglink.drawing.timeline.placing import Wanted, place_frames, place_links
from ewglink.drawing.timeline.scale import scale_of, ticks
from ewglink.drawing.timeline.subjects import seconds, subjects_of
from ewglink.drawing.timeline.wiring import Metrics, Stop, height_at, polyline, segments, slots
from ewglink.drawing.times import when_of, when_text
from tests.charts.made_up import timeline

MEASURE = RoughMeasure()


def stops(wiring: str) -> list[Stop]:
    """Two events far apart: at 200 to 300 in height 50, at 600 to 700 in height 80."""
    return [Stop(200, 300, 50, wiring, 0), Stop(600, 700, 80, wiring, 1)]


@pytest.mark.parametrize(("wiring", "corners"), [
    ("return", [(0, 0), (160, 0), (192, 50), (308, 50), (340, 0), (560, 0), (592, 80), (708, 80), (740, 0), (900, 0)]),
    ("keep", [(0, 0), (160, 0), (192, 50), (308, 50), (340, 50), (560, 50), (592, 80), (708, 80), (740, 80),
              (900, 80)]),
    ("next", [(0, 0), (160, 0), (192, 50), (308, 50), (340, 80), (560, 80), (592, 80), (708, 80), (740, 0), (900, 0)]),
    ("none", [(0, 0), (900, 0)]),
])
def test_the_four_wirings(wiring: str, corners: list[tuple[float, float]]) -> None:
    found = polyline(0, 0, 900, stops(wiring))
    assert [(x, y) for x, y, _event in found] == corners


def test_the_piece_within_a_frame_belongs_to_its_event() -> None:
    pieces = segments(polyline(0, 0, 900, stops("return")))
    assert [(piece.x0, piece.x1) for piece in pieces if piece.part == 0] == [(192, 308)]
    assert [(piece.x0, piece.x1) for piece in pieces if piece.part == 1] == [(592, 708)]


def test_a_line_does_not_go_back_for_a_moment() -> None:
    near = [Stop(200, 300, 50, "return", 0), Stop(390, 490, 80, "return", 1)]
    assert [(x, y) for x, y, _event in polyline(0, 0, 900, near)] == [
        (0, 0), (160, 0), (192, 50), (308, 50), (382, 80), (498, 80), (530, 0), (900, 0)]


@pytest.mark.parametrize(("count", "heights"), [(1, [100]), (2, [90, 110]), (3, [80, 100, 120]),
                                                (4, [77.5, 92.5, 107.5, 122.5])])
def test_slots_lie_about_the_middle(count: int, heights: list[float]) -> None:
    assert slots(count, 100) == heights
    assert slots(9, 0)[1] - slots(9, 0)[0] == 12


def test_the_height_of_a_line_on_its_way() -> None:
    corners = polyline(0, 0, 900, stops("return"))
    assert [height_at(corners, x) for x in (0, 176, 250, 324, 450)] == [0, 25, 50, 25, 0]


def test_a_frame_goes_between_the_lines_that_enter_it() -> None:
    found, moved = place_frames([Wanted(100, 50, (1, 2)), Wanted(130, 50, (1,)), Wanted(400, 50, (3, 4))], 5, [])
    assert (found[0].gap, found[2].gap) == (2, 4)
    assert found[1].x == 100 + 50 + 2 * 8 + 50
    assert moved == 86


def test_a_frame_avoids_an_upright_link() -> None:
    free = place_frames([Wanted(100, 50, (1, 2))], 4, [])[0][0].gap
    assert free == 2
    assert place_frames([Wanted(100, 50, (1, 2))], 4, [(110, 1, 2)])[0][0].gap in (1, 3)


def test_upright_links_of_one_moment_stand_side_by_side() -> None:
    assert place_links([(100, 0, 2), (100, 1, 3), (100, 3, 4), (105, 0, 1)]) == [100, 114, 100, 114]


def test_the_scales() -> None:
    times = [0.0, 86400.0, 10 * 86400.0]
    assert scale_of(times, "proportional", 100, 1000).places.tolist() == [100, 200, 1100]
    assert scale_of(times, "even", 100, 1000).places.tolist() == [100, 600, 1100]
    assert scale_of(times, "grouped", 100, 1200).places.tolist() == [100, 300, 1300]


def test_what_falls_together() -> None:
    assert overlapping([(0, 0), (5, 9), (8, 12), (12, 12), (20, 20), (20, 20)]) == [
        False, True, True, False, True, True]


@pytest.mark.parametrize(("language", "words"), [("en", "Jan 13, 2025"), ("fr", "13 janv. 2025"),
                                                 ("es", "13 ene 2025")])
def test_dates_of_the_bar_in_the_language_of_the_chart(language: str, words: str) -> None:
    moments = [seconds(datetime(2025, 1, 6)), seconds(datetime(2025, 2, 3))]
    found = ticks(scale_of(moments, "proportional", 0, 800), 0, 800, language)
    assert words in [text for _x, text in found]
    assert dict((text, x) for x, text in found)[words] == pytest.approx(200)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "Mar 14, 2025, 16:05"), ("fr", "14 mars 2025, 16:05"), ("es", "14 mar 2025, 16:05")])
def test_the_date_of_an_event_frame(language: str, words: str) -> None:
    assert when_text(When(datetime(2025, 3, 14, 16, 5), precision=4), language) == words


@pytest.mark.parametrize(("start", "end", "text"), [
    ("2025", None, "2025"), ("2025-03", None, "mars 2025"), ("2025-03-14", "2025-03-20", "14 mars 2025 – 20 mars 2025"),
    ("2025-03-14T16:05:00Z", None, "14 mars 2025, 16:05")])
def test_a_time_is_told_no_more_exactly_than_it_is_known(start: str, end: str | None, text: str) -> None:
    when = when_of(start, end)
    assert when is not None
    assert when_text(when, "fr") == text


def _frames(scene: Scene) -> np.ndarray:
    rows = [row for row, key in scene.content.representations.items() if key == "event_frame"]
    middle, half = scene.content.xy[rows], scene.half[rows]
    return np.hstack([middle - half, middle + half])


@pytest.mark.parametrize("spacing", ["proportional", "even", "grouped"])
@pytest.mark.parametrize("seed", [1, 3])
def test_frames_do_not_lie_on_one_another_nor_on_lines_they_do_not_belong_to(spacing: str, seed: int) -> None:
    scene = build_scene(timeline(seed=seed, spacing=spacing), MEASURE)
    frames = _frames(scene)
    for one, other in itertools.combinations(frames, 2):
        assert (one[:2] >= other[2:]).any() or (other[:2] >= one[2:]).any()
    rows = [row for row, key in scene.content.representations.items() if key == "event_frame"]
    links = scene.links
    assert links.fixed is not None
    theme_lines = links.width == 3.0
    for xy, end in zip(links.fixed[theme_lines], links.b[theme_lines].tolist(), strict=True):
        for row, frame in zip(rows, frames, strict=True):
            if end != row:
                middle = (xy[:2] + xy[2:]) / 2
                assert not ((middle > frame[:2]) & (middle < frame[2:])).all()


def test_an_event_stands_at_its_time_where_there_is_room() -> None:
    content = timeline(events=8)
    scene = build_scene(content, MEASURE)
    first = [seconds(content.when[row].start) for row in range(10, 18)]
    places = scene.content.xy[10:18, 0]
    assert places[0] <= places[1]
    share = np.interp(first, [min(first), max(first)], [0, 1])
    assert np.corrcoef(share, places)[0, 1] > 0.97


def test_a_dated_link_is_upright_between_its_two_lines() -> None:
    scene = build_scene(timeline(events=0), MEASURE)
    links, content = scene.links, scene.content
    assert links.fixed is not None
    drawn = [at for at in range(len(links.row)) if links.count[at]]
    assert len(drawn) == 12
    for at in drawn:
        x0, y0, x1, y1 = links.fixed[at]
        assert (x0, y0, y1) == (x1, content.xy[links.a[at], 1], content.xy[links.b[at], 1])
    assert (paper_scene(timeline(events=0), MEASURE).marks.arrows.way[:, 0] == 0).all()


def test_every_link_of_the_timeline_is_counted_once() -> None:
    content = timeline()
    scene = build_scene(content, MEASURE)
    assert int(scene.links.count.sum()) == len(content.link_ids)
    drawn = scene.links.row[scene.links.count > 0]
    assert set(content.link_ids.tolist()) == set(scene.content.link_ids[drawn].tolist())


def test_a_theme_line_is_found_under_the_pointer() -> None:
    scene = build_scene(timeline(events=0), MEASURE)
    theme = int(np.argmin(np.where(scene.shown, scene.content.xy[:, 1], np.inf)))
    hit = HitTest(scene, scene.content.xy).at(60, float(scene.content.xy[theme, 1]), 4)
    assert hit is not None
    assert hit.item == scene.content.entity_ids[theme]


def test_nothing_is_painted_outside_the_page_in_any_wiring() -> None:
    for wiring in ("return", "keep", "next", "none"):
        scene = paper_scene(timeline(events=12, wiring=wiring), MEASURE)
        painted = union([box for box in (scene.marks.bounds(), scene.furniture.bounds()) if box])
        assert painted is not None
        assert scene.page[0] <= painted[0]
        assert scene.page[1] <= painted[1]
        assert scene.page[2] >= painted[2]
        assert scene.page[3] >= painted[3]


def test_what_has_no_part_is_left_off_and_said() -> None:
    content = timeline(events=6)
    content.link_when.clear()
    scene = paper_scene(content, MEASURE)
    busy = set(content.ends[:, 0].tolist()) & {a for a, b in content.ends.tolist() if b >= 10}
    assert int(scene.shown.sum()) == 6 + len(busy)


def test_a_chart_without_dates_is_drawn_as_ever() -> None:
    content = timeline(events=6)
    content.when.clear()
    content.link_when.clear()
    assert build_scene(content, MEASURE).links.fixed is None


def test_the_themes_can_be_named_in_order() -> None:
    content = timeline(themes=[7, 2, 5])
    found = subjects_of(content)
    assert [int(content.entity_ids[row]) for row in found.themes] == [7, 2, 5]
    scene = build_scene(content, MEASURE)
    heights = [scene.content.xy[row, 1] for row in found.themes]
    assert heights == sorted(heights)


def test_hidden_subjects_stay_hidden() -> None:
    content = timeline()
    content.flags[0] |= HIDDEN
    assert 0 not in subjects_of(content).themes


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_theme_lines_stand_out_from_the_ground(palette: object) -> None:
    scene = build_scene(timeline(), MEASURE, palette)  # type: ignore[arg-type]
    themes = scene.links.colour[scene.links.width == 3.0]
    assert min(contrast(int(colour), scene.palette.background) for colour in np.unique(themes)) >= 3


def test_equal_times_are_shown_in_the_overlap_colour() -> None:
    content: ChartContent = timeline(events=4)
    content.when = dict.fromkeys(content.when, When(datetime(2025, 3, 1, 12, 0), precision=4))
    content.link_when.clear()
    scene = build_scene(content, MEASURE)
    assert (scene.marks.shapes.fill == OVERLAP).sum() >= 4
    assert len({tuple(xy) for xy in scene.content.xy[10:14].tolist()}) == 4
    texts = [line for text in paper_scene(content, MEASURE).furniture.texts.lines for line in text]
    assert any("Falls together" in line for line in texts)


def test_a_line_is_cut_where_something_covers_it() -> None:
    assert uncovered((0, 5, 100, 5), [(20, 0, 40, 10), (60, 0, 70, 10)]) == [
        (0, 5, 20, 5), (40, 5, 60, 5), (70, 5, 100, 5)]
    assert uncovered((0, 5, 100, 5), [(20, 6, 40, 10)]) == [(0, 5, 100, 5)]
    assert uncovered((30, 0, 30, 50), [(20, 10, 40, 20)]) == [(30, 0, 30, 10), (30, 20, 30, 50)]


def test_metrics_are_millimetres_within_their_limits() -> None:
    assert Metrics.of({}) == Metrics(40.0, 8.0, 12.0, 20.0)
    assert Metrics.of({"metrics": {"far": 20, "spacing": 2.5, "near": True, "height": "x"}}) == Metrics(
        80.0, 8.0, 10.0, 10.0)
    assert Metrics.of({"metrics": {"far": 1, "near": 5, "height": 999}}).near == 4.0
    assert Metrics.of({"metrics": "junk"}) == Metrics()


def test_lines_turn_where_the_metrics_say() -> None:
    found = polyline(0, 0, 900, stops("return")[:1], Metrics(100.0, 20.0, 12.0, 20.0))
    assert [(x, y) for x, y, _event in found] == [(0, 0), (100, 0), (180, 50), (320, 50), (400, 0), (900, 0)]
    assert slots(2, 100, Metrics(spacing=40.0)) == [80, 120]


def test_wider_spacing_makes_higher_frames() -> None:
    def heights(**metrics: float) -> list[float]:
        content = timeline()
        content.settings["timeline"] = {"metrics": metrics}
        scene = build_scene(content, MEASURE)
        return [float(scene.half[row, 1]) for row in subjects_of(content).events]

    assert all(wide > usual for wide, usual in zip(heights(spacing=10), heights(), strict=True))


def test_the_overlap_colour_can_be_chosen() -> None:
    assert overlap_colour({"overlap": "#0072B2"}) == argb("#0072B2")
    assert overlap_colour({"overlap": "red"}) == overlap_colour({}) == OVERLAP
    content = timeline(events=4)
    content.when = dict.fromkeys(content.when, When(datetime(2025, 3, 1, 12, 0), precision=4))
    content.settings["timeline"] = {"overlap": "#0072B2"}
    shapes = build_scene(content, MEASURE).marks.shapes
    assert (shapes.fill == argb("#0072B2")).any() and not (shapes.fill == OVERLAP).any()


def heights_of(scene: Scene) -> dict[int, float]:
    """Row → height of what a timeline shows."""
    return {row: float(scene.content.xy[row, 1]) for row in scene.content.representations}


def themes_of(scene: Scene) -> list[int]:
    """Theme rows from top to bottom."""
    shapes = scene.content.representations
    return sorted((row for row in shapes if shapes[row] == "theme_line"), key=lambda row: scene.content.xy[row, 1])


def test_a_theme_line_is_dragged_past_others() -> None:
    content = timeline()
    scene = build_scene(content, MEASURE)
    heights, themes = heights_of(scene), themes_of(scene)
    found = rearranged(scene.content, {themes[0]: heights[themes[2]] + 5}, {themes[0]: heights[themes[0]]})
    assert found is not None
    order = [themes[1], themes[2], themes[0], *themes[3:]]
    assert found["themes"] == [int(content.entity_ids[row]) for row in order]
    content.settings["timeline"] = found
    assert themes_of(build_scene(content, MEASURE)) == order
    assert rearranged(scene.content, {themes[0]: heights[themes[0]] + 1}, {themes[0]: heights[themes[0]]}) is None


def test_an_event_is_dragged_to_another_gap_and_keeps_its_time() -> None:
    content = timeline()
    scene = build_scene(content, MEASURE)
    heights, themes = heights_of(scene), themes_of(scene)
    event = subjects_of(content).events[0]
    below = max(heights[theme] for theme in themes) + 10
    found = rearranged(scene.content, {event: below}, {event: heights[event]})
    assert found is not None and found["gaps"] == {str(int(content.entity_ids[event])): 0}
    content.settings["timeline"] = found
    again = build_scene(content, MEASURE)
    assert again.content.xy[event, 1] > max(heights_of(again)[theme] for theme in themes)
    top = rearranged(again.content, {event: -900.0}, {event: float(again.content.xy[event, 1])})
    assert top is not None and top["gaps"] == {str(int(content.entity_ids[event])): found["themes"][0]}


@pytest.mark.parametrize(("spacing", "state"), [("proportional", "controlling"), ("even", "ordered"),
                                                ("grouped", "ordered")])
def test_ordering_states(spacing: str, state: str) -> None:
    content = timeline()
    content.settings["timeline"] = {"spacing": spacing}
    scene = build_scene(content, MEASURE)
    assert is_timeline(scene.content) and not is_timeline(content)
    assert state_of(scene.content, subjects_of(content).events[0]) == state
    assert state_of(scene.content, themes_of(scene)[0]) == "free"
