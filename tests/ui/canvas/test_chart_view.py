"""The chart on the screen: gestures select, move and link; nothing is painted without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ewglink.drawing.content import HIDDEN, PINNED
from ewglink.drawing.furniture import Furniture
from ewglink.drawing.hit import HitTest
from ewglink.painting import pages
from ewglink.ui.canvas.chart_view import ChartView
from ewglink.ui.canvas.selection import Selection
from ewglink.ui.canvas.settling import SETTLE_MS
from tests.charts.made_up import random_network, spent_batteries

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE, SHIFT, CTRL, ALT = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
                          Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)


@pytest.fixture
def view(qtbot: Any) -> Iterator[ChartView]:
    """A window of 1000 × 700 on the made-up chart of 20 entities, settled."""
    made = ChartView(Selection())
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    made.show_content(spent_batteries(), keep_view=False)
    qtbot.waitExposed(made)
    rest(qtbot)
    yield made
    made.close()


def rest(qtbot: Any) -> None:
    """Wait until every chart has settled."""
    qtbot.wait(SETTLE_MS + 60)
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    charts = [one for window in windows for one in (window, *window.findChildren(ChartView))
              if isinstance(one, ChartView)]
    qtbot.waitUntil(lambda: not any(one.item.frame.moving for one in charts))
    QApplication.processEvents()


def pixel(view: ChartView, row: int) -> QPoint:
    """Where an entity stands in the window."""
    return view.to_window(*view.layers.xy[row].tolist()).toPoint()


def at(view: ChartView, x: float, y: float) -> QPoint:
    """The pixel over a point of the chart."""
    return view.to_window(x, y).toPoint()


def drag(qtbot: Any, view: ChartView, start: QPoint, *ways: QPoint, keys: Qt.KeyboardModifier = NONE,
         button: Qt.MouseButton = LEFT, let_go: bool = True) -> None:
    """Press, move through the points, release."""
    area = view.viewport()

    def send(kind: QEvent.Type, place: QPoint, changed: Qt.MouseButton, held: Qt.MouseButton) -> None:
        event = QMouseEvent(kind, QPointF(place), QPointF(area.mapToGlobal(place)), changed, held, keys)
        QApplication.sendEvent(area, event)

    send(QEvent.Type.MouseButtonPress, start, button, button)
    for place in ways:
        send(QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, button)
    if let_go:
        send(QEvent.Type.MouseButtonRelease, ways[-1] if ways else start, button, Qt.MouseButton.NoButton)


# -- selecting ---------------------------------------------------------------------------------------------------------

def test_click_selects_shift_adds_ctrl_toggles(qtbot: Any, view: ChartView) -> None:
    drag(qtbot, view, pixel(view, 0))
    assert view.selection.items == {1}
    drag(qtbot, view, pixel(view, 3), keys=SHIFT)
    assert view.selection.items == {1, 4}
    drag(qtbot, view, pixel(view, 0), keys=CTRL)
    assert view.selection.items == {4}
    drag(qtbot, view, pixel(view, 2))
    assert view.selection.items == {3}


def test_a_click_on_the_background_lets_go_unless_a_key_keeps(qtbot: Any, view: ChartView) -> None:
    view.selection.set({1})
    empty = at(view, 150, 110)
    drag(qtbot, view, empty, keys=SHIFT)
    assert view.selection.items == {1}
    drag(qtbot, view, empty)
    assert view.selection.items == frozenset()


def test_a_click_on_a_link_selects_the_link(qtbot: Any, view: ChartView) -> None:
    drag(qtbot, view, at(view, 300, 75))
    assert view.selection.items == {1007}


def test_rubber_band_selects_and_combines(qtbot: Any, view: ChartView) -> None:
    drag(qtbot, view, at(view, -60, -60), at(view, 100, 0), at(view, 350, 60))
    assert view.selection.items == {1, 2, 1003, 1004, 1005}
    drag(qtbot, view, at(view, 250, 240), at(view, 330, 150), keys=SHIFT)
    assert 4 in view.selection
    drag(qtbot, view, at(view, 250, 240), at(view, 330, 150), keys=CTRL)
    assert 4 not in view.selection


def test_lasso_selects_what_it_surrounds(qtbot: Any, view: ChartView) -> None:
    corners = [at(view, x, y) for x, y in ((250, 130), (350, 130), (350, 250), (250, 250))]
    drag(qtbot, view, corners[0], *corners[1:], keys=ALT)
    assert view.selection.items == {4}


def test_escape_first_ends_the_gesture_then_lets_go_of_the_selection(qtbot: Any, view: ChartView) -> None:
    view.selection.set({5})
    before = view.layers.xy.copy()
    drag(qtbot, view, pixel(view, 0), pixel(view, 0) + QPoint(60, 60), let_go=False)
    assert not np.array_equal(view.layers.xy, before)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert np.array_equal(view.layers.xy, before)
    assert len(view.selection)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not len(view.selection)


def test_hidden_items_are_neither_hit_nor_selected(qtbot: Any, view: ChartView) -> None:
    content = spent_batteries()
    content.flags[0] |= HIDDEN
    view.show_content(content)
    drag(qtbot, view, pixel(view, 0))
    assert view.selection.items == frozenset()
    qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert 1 not in view.selection
    assert 2 in view.selection


def test_a_selection_made_elsewhere_is_shown(qtbot: Any, view: ChartView) -> None:
    before = view.grab().toImage()
    view.selection.set({1, 1003})
    assert view.grab().toImage() != before
    assert view.selected_rows().tolist() == [0]


# -- moving ------------------------------------------------------------------------------------------------------------

def test_dragging_moves_the_selection_live_and_reports_once(qtbot: Any, view: ChartView) -> None:
    view.selection.set({1, 4})
    start, old = pixel(view, 0), view.positions(np.array([0, 3]))
    seen: list[tuple[Any, Any, Any]] = []
    view.moved.connect(lambda *values: seen.append(values))
    drag(qtbot, view, start, start + QPoint(20, 0), start + QPoint(50, 30), let_go=False)
    assert not seen
    assert view.layers.xy[3].tolist() != old[1].tolist()
    drag(qtbot, view, start, start + QPoint(20, 0), start + QPoint(50, 30))
    assert len(seen) == 1
    ids, before, after = seen[0]
    assert ids.tolist() == [1, 4]
    assert (after - before) == pytest.approx(np.tile([50 / view.zoom, 30 / view.zoom], (2, 1)), abs=1.5)
    assert view.positions(np.array([0, 3])) == pytest.approx(after)


def test_links_and_hits_follow_what_was_moved(qtbot: Any, view: ChartView) -> None:
    view.set_positions([4, 999], [[300, 500], [0, 0]])
    assert view.hit(300, 500).item == 4  # type: ignore[union-attr]
    assert view.hit(300, 300).item == 1007  # type: ignore[union-attr]
    exported = view.scene_for_export()
    assert exported.content.xy[3].tolist() == [300, 500]


@pytest.mark.parametrize("count", [3, 900])
def test_moved_lines_are_those_a_new_scene_would_have(qtbot: Any, view: ChartView, count: int) -> None:
    content = random_network(900, 1500)
    view.show_content(content, keep_view=False)
    rows = np.arange(count)
    view.set_positions(content.entity_ids[rows], content.xy[rows] + 77.0)
    moved = view.layers
    moved.let_go()
    content.xy[rows] += 77.0
    view.show_content(content)
    fresh = view.layers
    for one, other in ((moved.lines, fresh.lines), (moved.chords, fresh.chords)):
        assert one.xy[np.argsort(one.numbers)] == pytest.approx(other.xy[np.argsort(other.numbers)])
    assert moved.curves.xy == pytest.approx(fresh.curves.xy)
    assert moved.nodes.xy[np.argsort(moved.nodes.rows)] == pytest.approx(fresh.nodes.xy[np.argsort(fresh.nodes.rows)])


def test_chunks_in_view_hold_every_line_in_view(qtbot: Any, view: ChartView) -> None:
    content = random_network(5000, 9000)
    view.show_content(content, keep_view=False)
    box = (1500.0, 900.0, 2600.0, 1700.0)
    found = set(view.layers.lines.in_view(box, 10**6).tolist())
    lines = view.chart_scene.marks.lines
    low, high = np.minimum(lines.xy[:, :2], lines.xy[:, 2:]), np.maximum(lines.xy[:, :2], lines.xy[:, 2:])
    wanted = (low[:, 0] <= box[2]) & (high[:, 0] >= box[0]) & (low[:, 1] <= box[3]) & (high[:, 1] >= box[1])
    assert found == set(lines.row[wanted].tolist())


def test_links_near_the_mouse_are_those_a_search_of_all_finds(qtbot: Any, view: ChartView) -> None:
    content = random_network(700, 2500, spread=60.0)
    view.show_content(content, keep_view=False)
    rows = np.arange(0, 700, 3)
    view.set_positions(content.entity_ids[rows], content.xy[rows] + 50.0)
    everywhere = HitTest(view.chart_scene, view.layers.xy)
    rng = np.random.default_rng(2)
    found = 0
    for x, y in rng.uniform(content.xy.min(axis=0), content.xy.max(axis=0), (150, 2)).tolist():
        near, far = view.layers.hits.link_at(x, y, 5.0), everywhere.link_at(x, y, 5.0)
        assert (near and near.item) == (far and far.item)
        found += near is not None
    assert found > 20


def test_a_lasso_holds_what_a_test_of_every_point_says(qtbot: Any, view: ChartView) -> None:
    content = random_network(3000, 1000)
    view.show_content(content, keep_view=False)
    rng = np.random.default_rng(5)
    low, high = content.xy.min(axis=0), content.xy.max(axis=0)
    for corners in (3, 4, 40):
        line = rng.uniform(low, high, (corners, 2))
        line[1, 1] = line[0, 1]
        assert view.items_round(line) == HitTest(view.chart_scene, view.layers.xy).in_lasso(line)


# -- signals -----------------------------------------------------------------------------------------------------------

def test_double_clicks(qtbot: Any, view: ChartView) -> None:
    with qtbot.waitSignal(view.activated) as item:
        qtbot.mouseDClick(view.viewport(), LEFT, NONE, pixel(view, 3))
    assert item.args == [4]
    with qtbot.waitSignal(view.background_activated) as place:
        qtbot.mouseDClick(view.viewport(), LEFT, NONE, at(view, 150, 110))
    assert place.args == pytest.approx([150, 110], abs=2)


def test_ctrl_drag_from_entity_to_entity_draws_a_link(qtbot: Any, view: ChartView) -> None:
    with qtbot.waitSignal(view.link_drawn) as ends:
        drag(qtbot, view, pixel(view, 3), at(view, 200, 100), pixel(view, 0), keys=CTRL)
    assert ends.args == [4, 1]
    with qtbot.assertNotEmitted(view.link_drawn):
        drag(qtbot, view, pixel(view, 3), at(view, 150, 110), keys=CTRL)


def test_a_menu_is_asked_for_with_the_item_under_the_mouse(qtbot: Any, view: ChartView) -> None:
    place = pixel(view, 3)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    with qtbot.waitSignal(view.menu_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args[0] == 4
    assert view.selection.items == {4}
    place = at(view, 150, 110)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    with qtbot.waitSignal(view.menu_requested) as asked:
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args[0] is None


# -- the view ----------------------------------------------------------------------------------------------------------

def wheel(view: ChartView, place: QPoint, steps: int, keys: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(QPointF(place), QPointF(view.viewport().mapToGlobal(place)), QPoint(), QPoint(0, 120 * steps),
                        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), event)


def test_the_wheel_zooms_to_the_cursor(qtbot: Any, view: ChartView) -> None:
    place = pixel(view, 3)
    before, zoom = view.to_chart(QPointF(place)), view.zoom
    wheel(view, place, 2)
    assert view.zoom > zoom * 1.2
    assert view.to_chart(QPointF(place)) == pytest.approx(before, abs=0.01)
    zoom, centre = view.zoom, view.centre
    wheel(view, place, 1, SHIFT)
    assert view.zoom == zoom
    assert view.centre[0] != centre[0]
    assert view.centre[1] == centre[1]


@pytest.mark.parametrize("how", ["middle", "space", "hand"])
def test_panning_carries_the_chart_under_the_mouse(qtbot: Any, view: ChartView, how: str) -> None:
    place = pixel(view, 3)
    before = view.to_chart(QPointF(place))
    if how == "space":
        qtbot.keyPress(view, Qt.Key.Key_Space)
    view.set_hand(how == "hand")
    drag(qtbot, view, place, place + QPoint(40, 10), place + QPoint(90, 50), button=MIDDLE if how == "middle" else LEFT)
    if how == "space":
        qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert view.to_chart(QPointF(place + QPoint(90, 50))) == pytest.approx(before, abs=0.01)
    assert view.selection.items == frozenset()


def test_fitting(qtbot: Any, view: ChartView) -> None:
    wheel(view, QPoint(10, 10), 8)
    qtbot.keyClick(view, Qt.Key.Key_0, CTRL)
    box, seen = view.layers.bounds(), view.view_rect()
    assert box is not None
    assert seen[0] <= box[0]
    assert seen[1] <= box[1]
    assert seen[2] >= box[2]
    assert seen[3] >= box[3]
    view.selection.set({4})
    qtbot.keyClick(view, Qt.Key.Key_9, CTRL)
    assert view.zoom > 1
    assert view.centre == pytest.approx((300, 210), abs=30)
    zoom = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Minus, CTRL)
    assert view.zoom < zoom


@pytest.mark.parametrize("size", [(1000, 700), (500, 800), (330, 260)])
def test_labels_at_the_edges_are_in_view_when_all_is_fitted(qtbot: Any, view: ChartView, size: tuple[int, int]) -> None:
    content = spent_batteries()
    content.labels[19] = "Weighbridge tickets of the first quarter, with every correction"
    content.labels[6] = "Planta Monterrey of the Fundidora del Norte, second furnace"
    view.show_content(content)
    view.resize(*size)
    view.fit()
    rest(qtbot)
    seen, texts = view.view_rect(), view.layers.labels.texts
    assert len(texts) or view.zoom < 0.28
    assert (texts.rect[:, :2] >= seen[:2]).all()
    assert (texts.rect[:, 2:] <= seen[2:]).all()


def test_a_fitted_chart_stays_fitted_when_its_window_grows(qtbot: Any, view: ChartView) -> None:
    view.fit()
    rest(qtbot)
    small = view.zoom
    view.resize(700, 500)
    assert view.zoom < small
    view.look_at(300, 100, 1.0)
    view.resize(1000, 700)
    assert (view.centre, view.zoom) == ((300, 100), 1.0)


def test_new_content_keeps_the_view(qtbot: Any, view: ChartView) -> None:
    view.look_at(300, 100, 1.3)
    content = spent_batteries()
    content.flags[3] |= PINNED
    view.show_content(content)
    assert (view.centre, view.zoom) == ((300, 100), 1.3)


# -- keys --------------------------------------------------------------------------------------------------------------

def test_arrows_walk_to_linked_entities(qtbot: Any, view: ChartView) -> None:
    drag(qtbot, view, pixel(view, 1))
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.selection.items == {4}
    assert "María Fernanda" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.selection.items == {2}
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.selection.items == {1}
    with qtbot.waitSignal(view.activated) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_tab_goes_through_all_in_reading_order_and_leaves(qtbot: Any, view: ChartView) -> None:
    seen = []
    while view.focusNextPrevChild(True) and len(seen) < 50:
        if view.item.focused is None:
            break
        seen.append(view.item.focused)
    assert sorted(seen) == list(range(20))
    heights = view.layers.xy[seen, 1]
    assert (np.diff(heights) > -61).all()


# -- what is heard and shown -------------------------------------------------------------------------------------------

def test_the_chart_is_described_in_words(qtbot: Any, view: ChartView) -> None:
    assert view.accessibleName() == "Chart"
    assert view.accessibleDescription() == "20 entities, 25 links"
    view.selection.set({4})
    view.focus_item(4)
    assert view.accessibleDescription() == "Person: María Fernanda Ortega-Villaseñor, 5 links, selected"


def test_a_tooltip_is_plain_text(qtbot: Any, view: ChartView) -> None:
    content = spent_batteries()
    content.labels[3] = "<img src='file:/etc/passwd'>"
    view.show_content(content)
    place = pixel(view, 3)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)))
    assert "&lt;img" in QToolTip.text()
    QToolTip.hideText()


def test_nothing_is_painted_while_nothing_changes(qtbot: Any, view: ChartView) -> None:
    before = view.item.frames_painted
    qtbot.wait(400)
    assert view.item.frames_painted == before


def test_a_change_is_painted_and_then_settles_once(qtbot: Any, view: ChartView) -> None:
    before = view.item.frames_painted
    view.look_at(310, 100)
    rest(qtbot)
    assert before < view.item.frames_painted <= before + 4
    assert not view.item.frame.moving


def test_a_chart_that_moves_while_it_settles_settles_later(qtbot: Any, view: ChartView) -> None:
    view.zoom_by(1.1)
    view._begin_to_settle()
    assert view.item.frame.moving
    before = view.layers.labels.texts
    view.zoom_by(1.1)
    rest(qtbot)
    assert not view.item.frame.moving
    assert view.layers.labels.texts is not before
    stepped = pil(view.grab().toImage())
    view._settled()
    at_once = pil(view.grab().toImage())
    assert np.asarray(ImageChops.difference(stepped, at_once)).max() <= 8  # strips round smooth edges differently


def test_both_themes_and_every_size_of_icon_are_painted(qtbot: Any, view: ChartView) -> None:
    content = random_network(900, 1500)
    content.flags[::7] |= PINNED
    content.representations = {1: "circle", 2: "box"}
    pictures = []
    for theme in ("light", "dark"):
        view.set_theme(theme)
        view.show_content(content, keep_view=False)
        for zoom in (0.02, 0.1, 0.24, 0.5, 1.0, 3.0):
            view.look_at(*content.xy[400], zoom)
            view.selection.set(content.entity_ids[380:420].tolist())
            rest(qtbot)
            pictures.append(view.grab().toImage())
    assert len({bytes(one.constBits()) for one in pictures}) == len(pictures)


def test_the_marking_is_always_on_the_screen(qtbot: Any, view: ChartView) -> None:
    image = view.grab().toImage()
    ratio = view.devicePixelRatioF()
    assert image.pixelColor(3, 3).lightness() < 60
    assert image.pixelColor(3, int(view.viewport().height() * ratio) - 4).lightness() < 60
    view.show_content(spent_batteries(marking=""))
    assert view.grab().toImage().pixelColor(3, 3).lightness() > 240


def test_an_empty_chart(qtbot: Any, view: ChartView) -> None:
    view.show_content(random_network(1, 0), keep_view=False)
    content = random_network(1, 0)
    content.flags[0] = HIDDEN
    view.show_content(content, keep_view=False)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(view, key)
    view.show_legend(True)
    view.grab()
    assert view.scene_for_export().page[2] > 0


def pil(image: QImage) -> Image.Image:
    """A Qt picture as a PIL one."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return Image.fromarray(data[:, :image.width() * 3].reshape(image.height(), image.width(), 3).copy())


def test_the_same_picture_wherever_the_view_stands_in_its_window(qtbot: Any, view: ChartView) -> None:
    alone = view.grab().toImage()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 900)
    view.setParent(window)
    view.move(130, 90)
    view.show()
    window.show()
    qtbot.waitExposed(window)
    rest(qtbot)
    ratio = window.devicePixelRatioF()
    within = window.grab().toImage().copy(int(130 * ratio), int(90 * ratio), alone.width(), alone.height())
    difference = np.asarray(ImageChops.difference(pil(within), pil(alone))).max(axis=2)
    assert (difference > 8).sum() < 20
    view.setParent(None)
    window.close()


def test_the_screen_shows_the_picture_of_the_paper(qtbot: Any, view: ChartView) -> None:
    """What both show of the chart itself is one picture: entities, links, labels."""
    view.show_content(spent_batteries(marking=""))
    view.resize(1500, 1100)
    view.look_at(200, 50, 1.0)
    rest(qtbot)
    scene = view.scene_for_export(Furniture(False, False, False))
    paper = pil(pages.image_of(scene, 1.0))
    left, top = view.to_window(*scene.page[:2]).toTuple()
    left, top = round(left), round(top)
    screen = pil(view.grab().toImage()).crop((left, top, left + paper.width, top + paper.height))
    blurred = [one.filter(ImageFilter.GaussianBlur(2.5)) for one in (paper, screen)]
    difference = np.asarray(ImageChops.difference(*blurred)).max(axis=2)
    assert (difference > 60).mean() < 0.001
