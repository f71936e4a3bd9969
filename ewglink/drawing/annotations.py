"""What an analyst has written on a chart: texts that stand on their own."""

from __future__ import annotations

from ewglink.drawing.content import ChartContent
from ewglink.drawing.marks import Marks
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import LABEL_SIZE, Palette

_WIDTH = 300.0


def annotation_marks(content: ChartContent, measure: TextMeasure, palette: Palette) -> Marks:
    """The marks of the annotations of kind `text`; other kinds are passed over."""
    sheet = Sheet(measure, palette)
    for body in content.annotations:
        if body.get("kind") == "text" and body.get("text"):
            sheet.text(float(body["x"]), float(body["y"]), str(body["text"]), float(body.get("size", LABEL_SIZE)),
                       width=float(body.get("width", _WIDTH)), most=20)
    return sheet.marks()
