"""Links that would run behind an entity that is not theirs go round it: single ones, and all of a pair together."""

from __future__ import annotations

import numpy as np
import pytest

from ewglink.drawing.content import ChartContent
from ewglink.drawing.hit import HitTest, segment_distance
from ewglink.drawing.links import along, curve_xy
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import Scene, build_scene
from tests.charts.made_up import random_network


def between(count: int, *, turned: bool = False, way: tuple[float, float] = (600.0, 0.0)) -> ChartContent:
    """Two entities with `count` links, every other one the other way round where `turned`; a third stands half way."""
    content = random_network(3, count)
    content.xy = np.array([(0.0, 0.0), (way[0] / 2, way[1] / 2 + 4.0), way])
    content.ends = np.array([(2, 0) if turned and at % 2 else (0, 2) for at in range(count)], np.int32)
    content.representations, content.styles, content.link_styles = {}, {}, {}
    content.flags[:] = 0
    return content


def points_of(scene: Scene) -> np.ndarray:
    """A hundred points along each drawn link (k, 100, 2)."""
    numbers = np.arange(len(scene.links.row))
    curves = curve_xy(scene.links, scene.content.xy, scene.half, numbers)
    return np.stack([along(curves, t) for t in np.linspace(0, 1, 100)], axis=1)


@pytest.mark.parametrize("way", [(600.0, 0.0), (0.0, 500.0), (-420.0, 380.0)])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_no_link_runs_behind_the_third(count: int, turned: bool, way: tuple[float, float]) -> None:
    scene = build_scene(between(count, turned=turned, way=way), RoughMeasure())
    points = points_of(scene)
    off = np.hypot(*np.moveaxis(points - scene.content.xy[1], 2, 0)).min(axis=1)
    assert len(points) == count
    assert (off >= scene.half[1].max() - 1.0).all()


@pytest.mark.parametrize("count", [2, 3, 5])
def test_they_stay_as_far_apart_as_they_were(count: int) -> None:
    aside = between(count, turned=True)
    aside.xy[1] = 300, 400
    free, round_it = (build_scene(one, RoughMeasure()).links for one in (aside, between(count, turned=True)))
    sides = [np.sort(links.offset * np.where(links.a > links.b, -1, 1)) for links in (free, round_it)]
    assert np.diff(sides[1]) == pytest.approx(np.diff(sides[0]))
    assert np.abs(sides[1]).max() > np.abs(sides[0]).max()


def test_each_arc_of_a_bundle_is_found_under_the_mouse() -> None:
    scene = build_scene(between(5, turned=True), RoughMeasure())
    hits = HitTest(scene, scene.content.xy)
    points = points_of(scene)
    for number, line in enumerate(points):
        for point in line[30:70:13]:
            assert hits.link_at(*point.tolist(), 3.0).row == number  # type: ignore[union-attr]
    middle = points[:, 50]
    pieces = np.concatenate([points[:, :-1], points[:, 1:]], axis=2)
    between_two = (middle[0] + middle[1]) / 2
    nearest = [float(segment_distance(piece, *between_two.tolist()).min()) for piece in pieces]
    found = hits.link_at(*between_two.tolist(), min(nearest) - 1.0)
    assert found is None
