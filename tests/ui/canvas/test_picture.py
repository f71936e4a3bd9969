"""The chart's picture: the same by kernel and by painter, panned and drawn anew, at once and behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter
from PySide6.QtGui import QImage

from ewglink.drawing.content import PINNED, ChartContent
from ewglink.painting import kernel_loading
from ewglink.ui.canvas import picture
from ewglink.ui.canvas.chart_view import ChartView
from ewglink.ui.canvas.two_hands import SecondHand
from tests.charts.made_up import random_network, spent_batteries


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


@pytest.fixture
def kernels() -> kernel_loading.Kernels:
    """The kernels, or a skipped test."""
    found = kernel_loading.load()
    if found is None:
        pytest.skip("numba is not installed")
    return found


def pixels(view: ChartView) -> np.ndarray:
    """What the window shows (h, w, 3)."""
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return data[:, :image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def blurred(found: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(found).filter(ImageFilter.GaussianBlur(2.0)), float)


def rest(view: ChartView, qtbot: Any) -> None:
    """Settle, and wait for what is drawn behind."""
    view._settled()
    view.viewport().repaint()
    qtbot.waitUntil(lambda: not view.item.picture.waiting, timeout=10_000)
    view.viewport().repaint()


def without_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "kernels", lambda: None)
    monkeypatch.setattr(picture, "load_behind", lambda: None)


def crowd(count: int = 4000, links: int = 3) -> ChartContent:
    content = random_network(count, links * count)
    content.flags[::9] |= PINNED
    return content


@pytest.mark.parametrize("painter", [False, True])
def test_thousands_of_selected_entities_are_seen(qtbot: Any, view: ChartView, painter: bool,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    if painter:
        without_kernels(monkeypatch)
    content = crowd()
    view.show_content(content, keep_view=False)

    def coloured() -> int:
        return int((pixels(view) == (0xD5, 0x5E, 0x00)).all(axis=2).sum())

    none = coloured()
    view.selection.set(content.entity_ids[:1600].tolist())
    some = coloured()
    view.selection.set(content.entity_ids.tolist())
    assert none + 1600 * 9 < some < coloured() - 1600 * 9
    view.selection.clear()
    assert coloured() == none


@pytest.mark.parametrize("painter", [False, True])
@pytest.mark.parametrize("count", [3500, 11_000])
def test_thousands_of_selected_links_are_seen(qtbot: Any, view: ChartView, painter: bool, count: int,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    if painter:
        without_kernels(monkeypatch)
    content = crowd()
    view.show_content(content, keep_view=False)
    before = pixels(view)
    view.selection.set(content.link_ids[:count].tolist())
    coloured = (pixels(view) == (0xD5, 0x5E, 0x00)).all(axis=2)
    assert coloured.sum() > (before == (0xD5, 0x5E, 0x00)).all(axis=2).sum() + count * 4
    view.selection.clear()
    assert np.array_equal(pixels(view), before)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.06, 0.12, 0.22])
@pytest.mark.parametrize("moving", [False, True])
def test_kernel_and_painter_make_one_picture(qtbot: Any, view: ChartView, kernels: Any, theme: str, zoom: float,
                                             moving: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    content = crowd()
    shown = []
    for way in ("kernel", "painter"):
        if way == "painter":
            without_kernels(monkeypatch)
        view.set_theme(theme)
        view.show_content(content, keep_view=False)
        view.look_at(*content.xy.mean(axis=0), zoom)
        if not moving:
            rest(view, qtbot)
        shown.append(pixels(view))
        assert view.item.picture.quality.careful == (zoom == 0.22 and not moving)
    difference = np.abs(blurred(shown[0]) - blurred(shown[1])).max(axis=2)
    assert difference.mean() < 1.2
    assert (difference > 40).mean() < 0.001


def test_dashes_are_seen_by_kernel_and_painter_alike(qtbot: Any, view: ChartView, kernels: Any,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    content = random_network(1500, 9000, spread=60.0)
    content.strengths[:] = 1
    shown = []
    for way in ("kernel", "painter"):
        if way == "painter":
            without_kernels(monkeypatch)
        view.show_content(content, keep_view=False)
        view.look_at(*content.xy.mean(axis=0), 0.31)
        shown.append(pixels(view))
        assert not view.item.picture.quality.careful
    content.strengths[:] = 0
    view.show_content(content)
    view.look_at(*content.xy.mean(axis=0), 0.31)
    solid = pixels(view).astype(float).mean()
    dark = [one.astype(float).mean() for one in shown]
    assert abs(dark[0] - dark[1]) < 0.25 * abs(solid - dark[0])


WAYS = [[(3, 0)] * 5, [(-40, 25)] * 8, [(130, 0), (0, -140), (-60, 0)], [(700, 0)], [(-7, 2), (1, -90), (333, 1)]]


@pytest.mark.parametrize("ways", WAYS)
@pytest.mark.parametrize("painter", [False, True])
def test_a_panned_picture_is_the_picture_drawn_there(qtbot: Any, view: ChartView, ways: list[tuple[int, int]],
                                                     painter: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if painter:
        without_kernels(monkeypatch)
    content = crowd(2500, 12)
    view.show_content(content, keep_view=False)
    x, y = content.xy.mean(axis=0).tolist()
    view.look_at(x, y, 0.125)
    rest(view, qtbot)
    anew = view.item.picture.drawn_anew
    for dx, dy in ways:
        x, y = x + dx / view.zoom, y + dy / view.zoom
        view.look_at(x, y)
        view.viewport().repaint()
    panned = pixels(view)
    assert view.item.picture.drawn_anew == anew
    view._changed(moving=False)
    view.layers.stamp += 1
    view.viewport().repaint()
    direct = pixels(view)
    if kernel_loading.kernels() is not None and not painter:
        assert (panned != direct).mean() < 0.001
    assert np.abs(blurred(panned) - blurred(direct)).mean() < 0.5


def test_a_small_chart_panned_keeps_its_labels_and_smooth_lines(qtbot: Any, view: ChartView) -> None:
    view.show_content(spent_batteries(), keep_view=False)
    rest(view, qtbot)
    for number in range(1, 9):
        view.look_at(view.centre[0] + 9 / view.zoom, view.centre[1] + (number % 3) / view.zoom)
        view.viewport().repaint()
    panned = pixels(view)
    view.layers.stamp += 1
    view._changed(moving=False)
    view.viewport().repaint()
    assert np.abs(blurred(panned) - blurred(pixels(view))).mean() < 0.3


def test_what_is_drawn_behind_is_what_is_drawn_at_once(qtbot: Any, view: ChartView, kernels: Any,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    content = random_network(16_000, 40_000)
    view.show_content(content, keep_view=False)
    view.viewport().repaint()
    first, drawn = pixels(view), view.item.picture.quality
    assert drawn.step > 1
    rest(view, qtbot)
    assert view.item.picture.quality.step == 1
    behind = pixels(view)
    assert (first != behind).any()
    monkeypatch.setattr(picture, "BEHIND_FROM", 10**9)
    view.layers.stamp += 1
    view.viewport().repaint()
    assert np.array_equal(behind, pixels(view))


def test_a_move_while_it_is_drawn_behind_is_shown(qtbot: Any, view: ChartView, kernels: Any) -> None:
    content = random_network(16_000, 40_000)
    view.show_content(content, keep_view=False)
    view.viewport().repaint()
    assert view.item.picture.waiting
    view.set_positions(content.entity_ids, content.xy[::-1].copy())
    rest(view, qtbot)
    moved = pixels(view)
    content.xy = content.xy[::-1].copy()
    view.show_content(content)
    rest(view, qtbot)
    assert (moved != pixels(view)).mean() < 0.001


def test_no_thread_is_left_when_the_chart_is_hidden(qtbot: Any, view: ChartView, kernels: Any) -> None:
    view.show_content(random_network(16_000, 40_000), keep_view=False)
    view.viewport().repaint()
    assert any(one.name == "second hand" for one in threading.enumerate())
    view.hide()
    qtbot.waitUntil(lambda: not any(one.name == "second hand" for one in threading.enumerate()), timeout=900)
    assert not view.item.picture.waiting
    with qtbot.waitExposed(view):
        view.show()
    rest(view, qtbot)
    assert view.item.picture.quality.step == 1


def test_a_late_hand_is_not_waited_for() -> None:
    hand, go, done = SecondHand(), threading.Event(), []
    hand.give(lambda: (go.wait(5), None)[1])
    hand.share(lambda: done.append(1), lambda: done.append(2))
    assert done == [1, 2]
    go.set()
    hand.end()


def test_hovering_and_selecting_entities_draws_nothing_anew(qtbot: Any, view: ChartView) -> None:
    view.show_content(spent_batteries(), keep_view=False)
    rest(view, qtbot)
    anew, before = view.item.picture.drawn_anew, pixels(view)
    view.hover(view.hit(0, 0))
    view.selection.set({1, 2})
    assert (pixels(view) != before).any()
    assert view.item.picture.drawn_anew == anew
    view.selection.set({1003})
    pixels(view)
    assert view.item.picture.drawn_anew == anew + 1
