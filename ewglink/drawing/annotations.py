"""What an analyst has written and drawn on a chart: texts, rectangles, ellipses, lines and arrows that stand alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import NO_ITEM, Align, Arrows, Dash, Form, Marks, Rect
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure, TextMeasure
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.stacking import note_item
from ewglink.drawing.style import ARROW_SIZE, LABEL_SIZE, Palette, argb, tinted
from ewglink.drawing.wrapping import in_paragraphs

_WIDTH = 300.0
_SIDE = 160.0
_MOST = 20
_INSET = 8.0
_LINE = 1.5
_SHADED, _COLOURED = 0.12, 0.28
"""How much of its colour a fill has; the rest is the ground's, so that words on it can be read."""
_FORMS = {"rectangle": Form.RECT, "ellipse": Form.CIRCLE}


def annotation_marks(content: ChartContent, measure: TextMeasure, palette: Palette) -> Marks:
    """The texts and shapes of a chart; lines are `annotation_lines`, other kinds are passed over."""
    sheet = Sheet(measure, palette)
    for at, body in enumerate(content.annotations):
        sheet.item = note_item(at, body)
        if body.get("kind") in _FORMS:
            _shape(sheet, body)
        elif body.get("kind") == "text" and body.get("text"):
            _text(sheet, body)
    return sheet.marks()


def annotation_lines(content: ChartContent, palette: Palette) -> Marks:
    """The lines and arrows of a chart, apart from the links' since they follow no item."""
    parts = []
    for at, body in enumerate(content.annotations):
        if body.get("kind") in ("line", "arrow"):
            parts.append(_line(body, palette, note_item(at, body)))
    return Marks.joined(parts)


def annotation_box(body: dict[str, Any], measure: TextMeasure) -> Rect:
    """The rectangle that an annotation takes, chart units; that of a line may be flat."""
    x, y = float(body.get("x", 0.0)), float(body.get("y", 0.0))
    if body.get("kind") in ("line", "arrow"):
        x2, y2 = float(body.get("x2", x)), float(body.get("y2", y))
        return min(x, x2), min(y, y2), max(x, x2), max(y, y2)
    if body.get("kind") in _FORMS:
        return x, y, x + float(body.get("width", _SIDE)), y + float(body.get("height", _SIDE))
    size = float(body.get("size", LABEL_SIZE))
    bold = bool(body.get("bold"))
    lines = in_paragraphs(str(body.get("text", "")), size, float(body.get("width", _WIDTH)), measure, bold=bold,
                          most=_MOST)
    wide = max((measure.width(line, size, bold) for line in lines), default=size)
    return x, y, x + wide, y + max(1, len(lines)) * size * LINE_HEIGHT


def ink_of(body: dict[str, Any], usual: int) -> int:
    """The colour of an annotation's line and words."""
    colour = body.get("colour")
    return argb(str(colour)) if colour else usual


def fill_of(body: dict[str, Any], palette: Palette) -> int:
    """What an annotation is filled with: a tint of its own fill colour, of its ink, or nothing."""
    fill = body.get("fill")
    if not fill:
        return 0
    if isinstance(fill, str):
        return tinted(argb(fill), palette.background, _COLOURED)
    return tinted(ink_of(body, palette.quiet_text), palette.background, _SHADED)


def dash_of(body: dict[str, Any]) -> Dash:
    """How the line of an annotation is broken."""
    found = body.get("dash", 0)
    return Dash(found) if found in (0, 1, 2) else Dash.SOLID


def _text(sheet: Sheet, body: dict[str, Any]) -> None:
    if body.get("fill"):
        x0, y0, x1, y1 = annotation_box(body, sheet.measure)
        edge = _INSET / 2
        sheet.panel((x0 - edge, y0 - edge, x1 + edge, y1 + edge), fill_of(body, sheet.palette), 0)
    sheet.text(float(body["x"]), float(body["y"]), str(body["text"]), float(body.get("size", LABEL_SIZE)),
               width=float(body.get("width", _WIDTH)), bold=bool(body.get("bold")),
               colour=ink_of(body, sheet.palette.text), most=_MOST, paragraphs=True)


def _shape(sheet: Sheet, body: dict[str, Any]) -> None:
    x0, y0, x1, y1 = annotation_box(body, sheet.measure)
    ink = ink_of(body, sheet.palette.quiet_text)
    sheet.panel((x0, y0, x1, y1), fill_of(body, sheet.palette), ink, width=float(body.get("line", _LINE)),
                form=_FORMS[body["kind"]], dash=dash_of(body))
    if body.get("text"):
        sheet.text((x0 + x1) / 2, y0 + _INSET, str(body["text"]), float(body.get("size", LABEL_SIZE)),
                   width=max(20.0, x1 - x0 - 2 * _INSET), bold=bool(body.get("bold")), align=Align.CENTRE, most=_MOST,
                   paragraphs=True)


def _line(body: dict[str, Any], palette: Palette, item: int) -> Marks:
    ink, width = ink_of(body, palette.quiet_text), float(body.get("line", _LINE))
    begin = np.array([float(body["x"]), float(body["y"])])
    end = np.array([float(body.get("x2", body["x"])), float(body.get("y2", body["y"]))])
    way = end - begin
    length = float(np.hypot(*way))
    size = ARROW_SIZE * max(1.0, width / _LINE) if body["kind"] == "arrow" and length > 0 else 0.0
    made = Marks()
    if size:
        made.arrows = Arrows(np.array([item]), np.array([NO_ITEM]), end[None], (way / length)[None],
                             np.array([ink], np.uint32), np.array([size]))
        end = end - way / length * min(length, size * 0.8)
    sheet = Sheet(RoughMeasure(), palette, item=item)
    (x0, y0), (x1, y1) = begin.tolist(), end.tolist()
    sheet.line(x0, y0, x1, y1, ink, width=width, dash=dash_of(body))
    return Marks.joined([made, sheet.marks()])
