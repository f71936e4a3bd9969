"""A label: text with no border and no ground, for a title or the heading of a part of the chart."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Align, Form, Marks
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import ALIGNS, Batch, Drawn
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

_FONT = 18.0
_WIDTH = 360.0
_MOST = 4


class Label:
    """Style `text` (else the label), `font` (height in chart units), `width` (where it wraps) and `align`."""

    key = "label"
    name = N_("Label")

    def draw(self, batch: Batch) -> Drawn:
        """One text an entity."""
        count = len(batch.rows)
        half, parts = np.zeros((count, 2)), []
        for at, row in enumerate(batch.rows.tolist()):
            style, sheet = batch.style(row), batch.sheet(at)
            text, font = str(style.get("text") or batch.content.labels[row]), float(style.get("font", _FONT))
            room = float(style.get("width", _WIDTH))
            lines = wrapped(text, font, room, batch.measure, bold=True, most=_MOST)
            wide = max((batch.measure.width(line, font, True) for line in lines), default=0.0)
            half[at] = wide / 2 + 4, len(lines) * font * LINE_HEIGHT / 2 + 2
            align = ALIGNS.get(str(style.get("align", "centre")), Align.CENTRE)
            x, y = batch.xy[at].tolist()
            left = x + {Align.LEFT: -wide / 2, Align.CENTRE: 0.0, Align.RIGHT: wide / 2}[align]
            sheet.text(left, y - len(lines) * font * LINE_HEIGHT / 2, text, font, width=room, bold=True, align=align,
                       most=_MOST)
            parts.append(sheet.marks())
        return Drawn(Marks.joined(parts), half, np.full(count, Form.RECT, np.int8), np.zeros(count, bool))


MEMBER = Label()
