"""The time bar: dates above and below the chart, a mark for each thing dated, and where they fall together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ewglink.drawing.marks import Align, Marks
from ewglink.drawing.measure import LINE_HEIGHT, TextMeasure
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import Palette, argb
from ewglink.drawing.timeline.scale import TimeScale, ticks

OVERLAP = argb("#D55E00")
"""The usual colour of what falls together in time."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
TEXT = 11.0
HIGH = 30.0
_MARK = 7.0
_LEAST = 3.0


@dataclass(frozen=True)
class Span:
    """What one dated thing takes of the bar: left and right, and whether something else takes it too."""

    left: float
    right: float
    overlaps: bool = False


def overlap_colour(settings: Mapping[str, Any]) -> int:
    """The colour of what falls together in time, by the settings of a timeline (`overlap`: #RRGGBB)."""
    given = settings.get("overlap")
    return argb(given) if isinstance(given, str) and _COLOUR.fullmatch(given) else OVERLAP


def overlapping(times: list[tuple[float, float]]) -> list[bool]:
    """Which of these (start, end) share a moment with another; touching ends do not count, equal moments do."""
    order = sorted(range(len(times)), key=lambda at: times[at])
    shared = [False] * len(times)
    longest = -1
    for at in order:
        if longest >= 0:
            (start, end), (from_, to) = times[at], times[longest]
            if start < to or (start, end) == (from_, to) or start == from_:
                shared[at] = shared[longest] = True
        if longest < 0 or times[at][1] > times[longest][1]:
            longest = at
    return shared


def bar_marks(scale: TimeScale, spans: list[Span], frame: tuple[float, float, float, float], language: str,
              measure: TextMeasure, palette: Palette, overlap: int = OVERLAP) -> Marks:
    """Bars above and below `frame` (left, top, right, bottom), dates in both, rules between them."""
    left, top, right, bottom = frame
    sheet = Sheet(measure, palette)
    for y in (top - HIGH, bottom):
        sheet.panel((left, y, right, y + HIGH), palette.panel, palette.rule)
    _dates(sheet, scale, frame, language)
    for span in spans:
        colour = overlap if span.overlaps else palette.quiet_text
        x0, x1 = span.left, max(span.right, span.left + _LEAST)
        sheet.panel((x0, top - _MARK, x1, top), colour, 0)
        sheet.panel((x0, bottom, x1, bottom + _MARK), colour, 0)
    return sheet.marks()


def _dates(sheet: Sheet, scale: TimeScale, frame: tuple[float, float, float, float], language: str) -> None:
    left, top, right, bottom = frame
    free = left
    for x, words in ticks(scale, left, right, language):
        half = sheet.wide(words, TEXT) / 2
        if x < left or x > right:
            continue
        sheet.panel((x - 0.4, top, x + 0.4, bottom), sheet.palette.rule, 0)
        middle = min(max(x, left + half + 4), right - half - 4)
        if middle - half < free:
            continue
        free = middle + half + 12
        high = TEXT * LINE_HEIGHT
        sheet.text(middle, top - _MARK - high - 2, words, TEXT, align=Align.CENTRE)
        sheet.text(middle, bottom + _MARK + 3, words, TEXT, align=Align.CENTRE)
