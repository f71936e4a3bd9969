"""An event frame: a bordered, filled box with a small icon, the label, and date and time set large."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Form, Marks
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import Batch, Drawn
from ewglink.drawing.style import LABEL_SIZE, argb, contrast
from ewglink.drawing.sub_texts import below, text_of
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

WIDTH = 170.0
DATE_SIZE = 13.0
SMALL_SIZE = 10.0
_WIDEST = 260.0
_ICON = 26.0
_PAD = 7.0
_GAP = 6.0


class EventFrame:
    """Grows with its text and with the theme lines that enter it (style `band`, chart units, set by a timeline)."""

    key = "event_frame"
    name = N_("Event frame")

    def draw(self, batch: Batch) -> Drawn:
        """One filled rectangle, one icon and up to three texts an entity."""
        count = len(batch.rows)
        half, parts = np.zeros((count, 2)), []
        for at in range(count):
            half[at], marks = _one(batch, at)
            parts.append(marks)
        return Drawn(Marks.joined(parts), half, np.full(count, Form.RECT, np.int8), np.zeros(count, bool))


def _one(batch: Batch, at: int) -> tuple[tuple[float, float], Marks]:
    row = int(batch.rows[at])
    style, look, sheet, measure = batch.style(row), batch.all_looks[batch.looks[at]], batch.sheet(at), batch.measure
    date = text_of(batch.content, row, "date")
    sides = 2 * _PAD + _ICON + _GAP
    needed = min(_WIDEST, measure.width(date, DATE_SIZE, True) + sides + 1)
    wide = float(style.get("width", max(WIDTH, needed)))
    room = wide - sides
    texts = [(date, DATE_SIZE, True, 3),
             (batch.content.labels[row] if style.get("label", True) else "", LABEL_SIZE, False, 3),
             *((line, SMALL_SIZE, False, 2) for line in below(batch.content, row, ("date",)))]
    heights = [len(wrapped(text, size, room, measure, bold=bold, most=most)) * size * LINE_HEIGHT
               for text, size, bold, most in texts]
    high = max(_ICON, sum(heights)) + 2 * _PAD
    high = max(float(style.get("height", 0)), high + float(style.get("band", 0)))
    x, y = batch.xy[at].tolist()
    seen = look.fill if contrast(look.fill, batch.palette.background) >= 3 else look.outline
    border = argb(str(style["border"])) if style.get("border") else seen
    sheet.panel((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), batch.palette.background, border, width=1.6)
    left, top = x - wide / 2 + _PAD, y - high / 2 + _PAD
    sheet.icon(left + _ICON / 2, top + _ICON / 2, _ICON, int(batch.looks[at]))
    if sum(heights) < _ICON:
        top += (_ICON - sum(heights)) / 2
    for text, size, bold, most in texts:
        top += sheet.text(left + _ICON + _GAP, top, text, size, width=room, bold=bold, most=most,
                          colour=batch.palette.quiet_text if size == SMALL_SIZE else None)
    return (wide / 2, high / 2), sheet.marks()


MEMBER = EventFrame()
