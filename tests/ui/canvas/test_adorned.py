"""What belongs to an entity goes with it when it is dragged: badges, frames, and the small icon of an event frame."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from ewglink.drawing.content import When
from ewglink.drawing.scene import build_scene
from ewglink.painting.text_measure import FontMeasure
from ewglink.ui.canvas.chart_layers import ChartLayers
from ewglink.ui.canvas.chart_view import ChartView
from tests.charts.made_up import spent_batteries


def test_all_of_an_entity_moves_together(qapp: Any) -> None:
    content = spent_batteries()
    content.representations = {18: "event_frame", 12: "label"}
    content.when = {18: When(datetime(2025, 3, 14))}
    content.styles = {6: {"frame": True, "badges": {"upper_right": {"text": "3"}, "lower_left": "pin"}}}
    layers = ChartLayers(build_scene(content, FontMeasure()))
    rows = np.array([6, 12, 18])
    layers.move(rows, content.xy[rows] + (70, -30))
    layers.let_go()
    moved = spent_batteries()
    moved.representations, moved.when, moved.styles = content.representations, content.when, content.styles
    moved.xy[rows] += (70, -30)
    fresh = ChartLayers(build_scene(moved, FontMeasure()))
    for row in rows.tolist():
        assert layers.nodes.xy[layers.nodes.rows == row] == pytest.approx(fresh.nodes.xy[fresh.nodes.rows == row])
    assert layers.shapes.xy == pytest.approx(fresh.shapes.xy)
    assert layers.inner_texts.rect == pytest.approx(fresh.inner_texts.rect)


def test_large_type_is_painted_however_far_away(qtbot: Any) -> None:
    """What an analyst writes large is to be read where everything is in view."""
    inks = []
    for size in (16.0, 90.0):
        view = ChartView()
        qtbot.addWidget(view)
        view.resize(400, 300)
        content = spent_batteries()
        content.annotations = [{"kind": "text", "x": -200.0, "y": 9000.0, "text": "HHHHHHHH", "size": size,
                                "width": 4000.0}]
        view.show_content(content)
        view.look_at(0.0, 9000.0, 0.2)
        image = view.grab().toImage()
        inks.append(sum(image.pixelColor(x, y).lightness() < 100 for x in range(0, 400, 2) for y in range(140, 170)))
    assert inks[0] == 0 and inks[1] > 50
