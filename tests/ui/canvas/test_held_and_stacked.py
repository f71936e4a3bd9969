"""What is dragged over the kept picture, and what lies in front: the same picture as one drawn anew, on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

from ewglink.drawing.content import PINNED, ChartContent
from ewglink.drawing.furniture import Furniture
from ewglink.painting import pages
from ewglink.ui.canvas.chart_view import ChartView
from tests.charts.made_up import random_network, spent_batteries, timeline


@pytest.fixture
def view(qtbot: Any) -> Iterator[ChartView]:
    """An empty chart in a window of 900 × 600."""
    made = ChartView()
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def pixels(view: ChartView) -> np.ndarray:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return data[:, :image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def blurred(found: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(found).filter(ImageFilter.GaussianBlur(2.0)), float)


def rest(view: ChartView, qtbot: Any) -> None:
    view._settled()
    view.viewport().repaint()
    qtbot.waitUntil(lambda: not view.item.picture.waiting, timeout=10_000)
    view.viewport().repaint()


def rich() -> ChartContent:
    """Every kind of mark, with levels."""
    content = spent_batteries(marking="")
    content.representations = {2: "box", 5: "circle", 12: "label"}
    content.styles = {6: {"frame": True, "badges": {"upper_right": {"text": "3"}}}, 3: {"stack": 2}, 5: {"stack": -1}}
    content.link_styles = {0: {"stack": 1}, 7: {"stack": 1}}
    content.flags[7] |= PINNED
    x, y = content.xy[3]
    content.annotations = [
        {"id": 1, "kind": "rectangle", "x": x - 60, "y": y - 60, "width": 130, "height": 120, "fill": True, "stack": 1},
        {"id": 2, "kind": "arrow", "x": x - 90, "y": y, "x2": x + 90, "y2": y + 20, "stack": 3}]
    return content


@pytest.mark.parametrize("rows", [[3], [5, 6], [0, 2, 7, 12]])
@pytest.mark.parametrize("make", [spent_batteries, rich])
def test_what_is_dragged_looks_as_it_will_when_it_is_let_go(qtbot: Any, view: ChartView, rows: list[int],
                                                           make: Any) -> None:
    content = make()
    view.show_content(content, keep_view=False)
    rest(view, qtbot)
    view.selection.set(content.entity_ids[rows].tolist())
    held = np.array(rows)
    for step in range(1, 4):
        view.place_rows(held, content.xy[held] + 7.0 * step)
        view.viewport().repaint()
    assert view.layers.held is not None
    dragged = pixels(view)
    view.layers.let_go()
    view.layers.stamp += 1
    view.viewport().repaint()
    difference = np.abs(blurred(dragged) - blurred(pixels(view))).max(axis=2)
    assert difference.mean() < 0.6
    assert (difference > 60).mean() < 0.002


def test_a_drag_draws_the_rest_once(qtbot: Any, view: ChartView) -> None:
    content = random_network(2500, 5000)
    view.show_content(content, keep_view=False)
    rest(view, qtbot)
    before, anew = pixels(view), view.item.picture.drawn_anew
    held = np.array([17])
    for step in range(12):
        view.place_rows(held, content.xy[held] + 30.0 * step)
        view.viewport().repaint()
    assert view.item.picture.drawn_anew <= anew + 1
    assert (pixels(view) != before).any()
    view.place_rows(held, content.xy[held])
    rest(view, qtbot)
    assert view.layers.held is None
    assert (pixels(view) != before).mean() < 0.0005


def test_where_nothing_moves_nothing_is_drawn(qtbot: Any, view: ChartView) -> None:
    content = spent_batteries()
    view.show_content(content, keep_view=False)
    rest(view, qtbot)
    anew = view.item.picture.drawn_anew
    view.set_positions(content.entity_ids, content.xy)
    view.viewport().repaint()
    assert view.item.picture.drawn_anew == anew


def test_another_move_lets_go_of_the_first(qtbot: Any, view: ChartView) -> None:
    content = spent_batteries()
    view.show_content(content, keep_view=False)
    for rows in ([3], [4, 0], [3]):
        view.place_rows(np.array(rows), view.positions(np.array(rows)) + 40.0)
    moved = content.xy.copy()
    moved[[3, 3, 4, 0]] += 40.0
    moved[3] += 40.0
    assert view.layers.xy == pytest.approx(moved)
    assert view.hit(*moved[3]).row == 3  # type: ignore[union-attr]
    links = view.chart_scene.links
    touched = view.layers.links_at(np.array([3]))
    for number in touched[links.straight[touched]].tolist():
        a, b = moved[links.a[number]], moved[links.b[number]]
        middle = (a + b) / 2
        found = view.layers.hits.link_at(*middle, 1.0)
        assert found is not None


@pytest.mark.parametrize("beneath", [False, True])
def test_screen_and_paper_agree_on_what_lies_in_front(qtbot: Any, view: ChartView, beneath: bool) -> None:
    content = rich()
    if beneath:  # the person and the label are covered by the rectangle
        del content.styles[3]
    view.resize(1500, 1100)
    view.show_content(content, keep_view=False)
    view.look_at(200, 50, 1.0)
    rest(view, qtbot)
    scene = view.scene_for_export(Furniture(False, False, False))
    image = pages.image_of(scene, 1.0).convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    paper = data[:, :image.width() * 3].reshape(image.height(), image.width(), 3)
    left, top = (round(at) for at in view.to_window(*scene.page[:2]).toTuple())
    screen = pixels(view)[top:top + paper.shape[0], left:left + paper.shape[1]]
    pads = blurred(paper.copy()), blurred(np.ascontiguousarray(screen))
    difference = np.abs(pads[0] - pads[1]).max(axis=2)
    x, y = content.xy[3] - scene.page[:2]
    near = difference[round(y) - 80:round(y) + 80, round(x) - 80:round(x) + 80]
    assert (near > 70).mean() < 0.004
    assert (difference > 70).mean() < 0.002


def test_an_annotation_in_front_is_found_before_the_item_beneath(qtbot: Any, view: ChartView) -> None:
    content = rich()
    content.styles = {}
    view.show_content(content, keep_view=False)
    x, y = content.xy[3]
    assert view.hit(x + 3, y + 3) is None
    assert view.notes.at(x + 3, y + 3) in (1, 2)
    content.annotations = [one | {"stack": None} for one in content.annotations]
    view.show_content(content)
    assert view.hit(x + 3, y + 3).row == 3  # type: ignore[union-attr]


def test_a_link_in_front_is_found_and_follows(qtbot: Any, view: ChartView) -> None:
    content = spent_batteries()
    content.link_styles = {7: {"stack": 1}}
    view.show_content(content, keep_view=False)
    ends = content.ends[7]
    links = view.chart_scene.links
    number = int(np.flatnonzero(links.row == 7)[0])
    assert links.straight[number]
    middle = content.xy[ends].mean(axis=0)
    assert view.layers.hits.link_at(*middle, 2.0).row == number  # type: ignore[union-attr]
    view.place_rows(ends[:1].astype(np.int64), content.xy[ends[:1]] + (0, 100))
    moved = view.layers.xy[ends].mean(axis=0)
    assert view.layers.hits.link_at(*moved, 2.0).row == number  # type: ignore[union-attr]


def test_a_timeline_has_a_front_and_a_back_too(qtbot: Any, view: ChartView) -> None:
    content = timeline()
    view.show_content(content, keep_view=False)
    rest(view, qtbot)
    shown = view.chart_scene
    frames = np.flatnonzero(shown.shown)[:4].tolist()
    content.styles = {frames[0]: {"stack": 1}, frames[1]: {"stack": -1}}
    view.show_content(content)
    rest(view, qtbot)
    parts = view.chart_scene.layered()
    assert len(parts) == 3
    held = np.array(frames[:2])
    view.place_rows(held, view.positions(held) + 25.0)
    view.viewport().repaint()
    dragged = pixels(view)
    view.layers.let_go()
    view.layers.stamp += 1
    view.viewport().repaint()
    assert (np.abs(blurred(dragged) - blurred(pixels(view))).max(axis=2) > 70).mean() < 0.003
