"""The banner: the marking of a chart, above and below everything else."""

from __future__ import annotations

from ewglink.drawing.marks import Align
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.wrapping import wrapped

SIZE = 15.0
PAD = 5.0


def height(sheet: Sheet, marking: str, width: float) -> float:
    """How high a banner of that width is; 0 without a marking."""
    lines = wrapped(marking, SIZE * sheet.scale, width * 0.9, sheet.measure, bold=True)
    return (len(lines) * SIZE * LINE_HEIGHT + 2 * PAD) * sheet.scale if lines else 0.0


def draw(sheet: Sheet, marking: str, x: float, y: float, width: float) -> float:
    """Set the banner with its upper left at (x, y); answers its height."""
    high = height(sheet, marking, width)
    if high:
        sheet.panel((x, y, x + width, y + high), sheet.palette.text, 0)
        sheet.text(x + width / 2, y + PAD * sheet.scale, marking, SIZE, width=width * 0.9, bold=True,
                   colour=sheet.palette.background, align=Align.CENTRE)
    return high
