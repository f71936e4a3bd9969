"""Links with corners: a bow through them, that goes along with its ends and is found under the pointer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ewglink.drawing.bends import control_points
from ewglink.drawing.content import ChartContent
from ewglink.drawing.hit import HitTest
from ewglink.drawing.links import curve_xy
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import Scene, build_scene


def _content(xy: list[tuple[float, float]], styles: dict[int, dict[str, Any]]) -> ChartContent:
    n = len(xy)
    return ChartContent(
        np.arange(1, n + 1), np.zeros(n, np.int32), ("person",), [""] * n, np.array(xy, float), np.zeros(n, np.uint8),
        np.array([90]), np.array([[0, 1]], np.int32), np.zeros(1, np.int32), ("knows",), np.zeros(1, np.int8),
        np.zeros(1, np.int8), [""], link_styles=styles)  # fmt: skip


def _nearest(scene: Scene, xy: Any, point: tuple[float, float]) -> float:
    """How near the drawn curve comes to a point, by very many of its points."""
    (p,) = curve_xy(scene.links, np.asarray(xy, float), scene.half, np.array([0])).reshape(1, 4, 2)
    t = np.linspace(0, 1, 4001)[:, None]
    curve = p[0] * (1 - t) ** 3 + 3 * p[1] * t * (1 - t) ** 2 + 3 * p[2] * t**2 * (1 - t) + p[3] * t**3
    return float(np.hypot(*(curve - point).T).min())


@pytest.mark.parametrize("corners", [[0.5, 0.5], [0.25, 0.2, 0.75, -0.2], [0.0, 0.4, 1.0, 0.4]])
def test_a_link_runs_through_one_or_two_corners(corners: list[float]) -> None:
    xy = [(0.0, 0.0), (400.0, 0.0)]
    scene = build_scene(_content(xy, {0: {"corners": corners}}), RoughMeasure())
    assert len(scene.marks.curves.item) == 1 and not len(scene.marks.lines.item)
    for t, d in zip(corners[::2], corners[1::2], strict=True):
        assert _nearest(scene, xy, (400 * t, 400 * d)) < 1.0
    turned = [(0.0, 0.0), (0.0, 800.0)]  # right of the way down is to the left on the sheet
    for t, d in zip(corners[::2], corners[1::2], strict=True):
        assert _nearest(scene, turned, (-800 * d, 800 * t)) < 2.0


def test_many_corners_are_come_near_to() -> None:
    xy = [(0.0, 0.0), (400.0, 0.0)]
    ring = [(0.2, 0.3), (0.5, 0.42), (0.8, 0.3)]
    scene = build_scene(_content(xy, {0: {"corners": [one for pair in ring for one in pair]}}), RoughMeasure())
    assert all(_nearest(scene, xy, (400 * t, 400 * d)) < 12 for t, d in ring)


def test_a_bent_link_is_found_where_it_is_drawn() -> None:
    content = _content([(0.0, 0.0), (400.0, 0.0)], {0: {"corners": [0.5, 0.5]}})
    scene = build_scene(content, RoughMeasure())
    test = HitTest(scene, content.xy)
    found = test.link_at(200, 200, 4)
    assert found is not None and found.item == 90 and test.link_at(200, 0, 4) is None


@pytest.mark.parametrize("said", [None, [], [0.5], "0.5", [0.5, float("nan")], [0.5, 1e9], [0.5, "x"]])
def test_what_is_no_list_of_corners_bends_nothing(said: Any) -> None:
    assert control_points(said) is None
    scene = build_scene(_content([(0.0, 0.0), (400.0, 0.0)], {0: {"corners": said}}), RoughMeasure())
    assert len(scene.marks.lines.item) == 1
