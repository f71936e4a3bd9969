"""What an analyst draws on a chart: in the marks, within the bounds, on paper, and followed by nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ewglink.drawing.annotations import annotation_box
from ewglink.drawing.furniture import paper_scene
from ewglink.drawing.legend import rows_of
from ewglink.drawing.marks import NO_ITEM, Dash, Form
from ewglink.drawing.measure import RoughMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import argb, tinted
from ewglink.drawing.wrapping import in_paragraphs
from tests.charts.made_up import spent_batteries

MEASURE = RoughMeasure()


def drawn(*annotations: dict[str, Any]) -> Any:
    content = spent_batteries()
    content.annotations = list(annotations)
    return content


def test_shapes_lie_beneath_everything_with_their_colour() -> None:
    scene = build_scene(drawn({"kind": "rectangle", "x": 10.0, "y": 20.0, "width": 30.0, "height": 40.0,
                               "colour": "#0072B2"},
                              {"kind": "ellipse", "x": 0.0, "y": 0.0, "width": 80.0, "height": 20.0, "fill": True}),
                        MEASURE)
    shapes = scene.marks.shapes
    assert shapes.item[:2].tolist() == [NO_ITEM, NO_ITEM]
    assert shapes.form[:2].tolist() == [Form.RECT, Form.CIRCLE]
    assert shapes.xy[:2].tolist() == [[25.0, 40.0], [40.0, 10.0]]
    assert shapes.size[:2].tolist() == [[30.0, 40.0], [80.0, 20.0]]
    assert int(shapes.outline[0]) == argb("#0072B2")
    assert (shapes.fill[:2] > 0).tolist() == [False, True]


def test_an_arrow_ends_where_it_points_and_is_on_paper() -> None:
    far = {"kind": "arrow", "x": -5000.0, "y": 0.0, "x2": -5000.0, "y2": 100.0}
    plain = build_scene(drawn(), MEASURE)
    scene = build_scene(drawn(far), MEASURE)
    assert len(scene.marks.lines) == len(plain.marks.lines)
    assert scene.notes.arrows.tip.tolist() == [[-5000.0, 100.0]]
    assert scene.notes.arrows.way.tolist() == [[0.0, 1.0]]
    assert scene.notes.lines.xy[0, :2].tolist() == [-5000.0, 0.0]
    assert scene.bounds()[0] < -4999
    paper = paper_scene(drawn(far), MEASURE)
    assert paper.page[0] < -5000
    assert [-5000.0, 100.0] in paper.marks.arrows.tip.tolist()
    assert len(paper.marks.lines) == len(plain.marks.lines) + 1


def test_a_line_of_no_length_is_drawn_without_a_head() -> None:
    scene = build_scene(drawn({"kind": "arrow", "x": 1.0, "y": 1.0, "x2": 1.0, "y2": 1.0}), MEASURE)
    assert len(scene.notes.arrows) == 0
    assert np.isfinite(scene.notes.lines.xy).all()


def test_the_box_of_a_text_holds_its_lines() -> None:
    body = {"kind": "text", "x": 5.0, "y": 6.0, "text": "one two three four", "size": 10.0, "width": 60.0}
    x0, y0, x1, y1 = annotation_box(body, MEASURE)
    assert (x0, y0) == (5.0, 6.0)
    assert x1 - x0 <= 60.0
    assert y1 - y0 == pytest.approx(2 * 12.2)


def test_line_breaks_of_a_text_are_kept_and_empty_lines_too() -> None:
    body = {"kind": "text", "x": 0.0, "y": 0.0, "text": "Quay 4\n\n12 May", "size": 10.0}
    scene = build_scene(drawn(body), MEASURE)
    assert ("Quay 4", "", "12 May") in scene.marks.texts.lines
    one = annotation_box(body | {"text": "Quay 4"}, MEASURE)
    assert annotation_box(body, MEASURE)[3] == pytest.approx(3 * one[3])


def test_more_lines_than_there_is_room_for_end_in_an_ellipsis() -> None:
    lines = in_paragraphs("\n".join(f"line {at}" for at in range(30)), 10.0, 500.0, MEASURE, most=20)
    assert len(lines) == 20 and lines[-1].endswith("…") and lines[0] == "line 0"
    assert in_paragraphs(" \n\n ", 10.0, 500.0, MEASURE) == ()


def test_fill_colour_and_broken_border() -> None:
    scene = build_scene(drawn({"kind": "rectangle", "x": 0.0, "y": 0.0, "fill": "#E69F00", "dash": 1},
                              {"kind": "text", "x": 0.0, "y": 0.0, "text": "On a ground", "fill": "#0072B2"},
                              {"kind": "line", "x": 0.0, "y": 0.0, "x2": 9.0, "y2": 0.0, "dash": 2},
                              {"kind": "ellipse", "x": 0.0, "y": 0.0, "dash": "junk"}), MEASURE)
    shapes = scene.marks.shapes
    assert shapes.dash[:3].tolist() == [Dash.DASHED, Dash.SOLID, Dash.SOLID]
    assert scene.notes.lines.dash.tolist() == [Dash.DOTTED]
    assert int(shapes.fill[0]) == tinted(argb("#E69F00"), scene.palette.background, 0.28)
    assert int(shapes.outline[1]) == 0 and int(shapes.fill[1]) > 0


def test_the_legend_counts_what_shapes_mean() -> None:
    area = {"kind": "rectangle", "x": 0.0, "y": 0.0, "dash": 1, "legend": "Searched"}
    scene = build_scene(drawn(area, area | {"x": 500.0}, area | {"legend": "To be searched"}, {"kind": "ellipse"},
                              {"kind": "arrow", "x": 0.0, "y": 0.0, "x2": 9.0, "legend": "Route"}), MEASURE)
    words = [row.words for row in rows_of(scene)]
    assert words[-3:] == ["Searched (2)", "To be searched (1)", "Route (1)"]
