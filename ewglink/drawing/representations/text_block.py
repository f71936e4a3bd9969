"""A text block: a bordered, filled paragraph, for intelligence text that is to be read on the chart."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Align, Form, Marks
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import ALIGNS, Batch, Drawn
from ewglink.drawing.style import LABEL_SIZE, tinted
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

_WIDTH = 200.0
_PAD = 8.0
_MOST = 60


class TextBlock:
    """Grows downwards with its text; style `text` (else the description, else the label), `width`, `height`,
    `align`."""

    key = "text_block"
    name = N_("Text block")

    def draw(self, batch: Batch) -> Drawn:
        """One filled rectangle and one text an entity."""
        count = len(batch.rows)
        half, parts = np.zeros((count, 2)), []
        for at, row in enumerate(batch.rows.tolist()):
            style, look, sheet = batch.style(row), batch.all_looks[batch.looks[at]], batch.sheet(at)
            said = batch.content.sub_texts.get(row, {}).get("description")
            text = str(style.get("text") or said or batch.content.labels[row])
            wide = float(style.get("width", _WIDTH))
            lines = wrapped(text, LABEL_SIZE, wide - 2 * _PAD, batch.measure, most=_MOST)
            high = max(float(style.get("height", 0)), len(lines) * LABEL_SIZE * LINE_HEIGHT + 2 * _PAD)
            x, y = batch.xy[at].tolist()
            half[at] = wide / 2, high / 2
            sheet.panel((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2),
                        tinted(look.fill, batch.palette.background, 0.12), look.outline, width=1.2)
            align = ALIGNS.get(str(style.get("align", "left")), Align.LEFT)
            left = x + {Align.LEFT: _PAD - wide / 2, Align.CENTRE: 0.0, Align.RIGHT: wide / 2 - _PAD}[align]
            sheet.text(left, y - len(lines) * LABEL_SIZE * LINE_HEIGHT / 2, text, LABEL_SIZE, width=wide - 2 * _PAD,
                       align=align, most=_MOST)
            parts.append(sheet.marks())
        return Drawn(Marks.joined(parts), half, np.full(count, Form.RECT, np.int8), np.zeros(count, bool))


MEMBER = TextBlock()
