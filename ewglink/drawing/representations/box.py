"""A box: an unfilled rectangle round other items, with the label at its upper left."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Align, Form, Marks, Shapes, Texts
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import Batch, Drawn
from ewglink.drawing.style import LABEL_SIZE, contrast
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

_SIDE = 140.0
_INSET = 6.0


class Box:
    """An organisation or place that encloses items; style `width` and `height` (chart units) fix it."""

    key = "box"
    name = N_("Box")

    def draw(self, batch: Batch) -> Drawn:
        """One rectangle and one text an entity."""
        count = len(batch.rows)
        size, rect = np.full((count, 2), _SIDE), np.zeros((count, 4))
        outline = np.zeros(count, np.uint32)
        lines = []
        for at, row in enumerate(batch.rows):
            style, look = batch.style(row), batch.all_looks[batch.looks[at]]
            size[at] = float(style.get("width", _SIDE)), float(style.get("height", _SIDE))
            text = wrapped(batch.content.labels[row], LABEL_SIZE, size[at, 0] - 2 * _INSET, batch.measure, bold=True)
            left, top = batch.xy[at] - size[at] / 2 + _INSET
            rect[at] = (left, top, left + size[at, 0] - 2 * _INSET, top + len(text) * LABEL_SIZE * LINE_HEIGHT)
            outline[at] = look.fill if contrast(look.fill, batch.palette.background) >= 3 else look.outline
            lines.append(text)
        marks = Marks(
            shapes=Shapes(batch.ids, batch.rows, batch.xy, size, np.full(count, Form.RECT, np.int8),
                          np.zeros(count, np.uint32), outline, np.full(count, 2.0), np.zeros(count, np.int8)),
            texts=Texts(batch.ids, batch.rows, rect, lines, np.full(count, LABEL_SIZE),
                        np.full(count, batch.palette.text, np.uint32), np.zeros(count, np.uint32),
                        np.full(count, Align.LEFT, np.int8), np.ones(count, np.int8)))
        return Drawn(marks, size / 2, np.full(count, Form.RECT, np.int8), np.zeros(count, bool), True)


MEMBER = Box()
