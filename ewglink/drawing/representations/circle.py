"""A circle: a filled ellipse that carries the label inside, for a group or a remark."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Align, Form, Marks, Shapes, Texts
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import Batch, Drawn
from ewglink.drawing.style import LABEL_SIZE, shaded, tinted
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

_DIAMETER = 140.0


class Circle:
    """Grows with its text; style `width` and `height` (chart units) fix it."""

    key = "circle"
    name = N_("Circle")

    def draw(self, batch: Batch) -> Drawn:
        """One ellipse and one text an entity."""
        count = len(batch.rows)
        size, rect = np.full((count, 2), _DIAMETER), np.zeros((count, 4))
        fill, outline = np.zeros(count, np.uint32), np.zeros(count, np.uint32)
        lines = []
        for at, row in enumerate(batch.rows):
            style, look = batch.style(row), batch.all_looks[batch.looks[at]]
            size[at] = float(style.get("width", _DIAMETER)), float(style.get("height", style.get("width", _DIAMETER)))
            text = wrapped(batch.content.labels[row], LABEL_SIZE, size[at, 0] * 0.72, batch.measure, most=6)
            height = len(text) * LABEL_SIZE * LINE_HEIGHT
            size[at, 1] = max(size[at, 1], height * 1.5)
            fill[at] = tinted(look.fill, batch.palette.background, 0.22)
            outline[at] = shaded(look.fill, batch.palette.outline_darker)
            centre = batch.xy[at]
            rect[at] = (centre[0] - size[at, 0] * 0.36, centre[1] - height / 2,
                        centre[0] + size[at, 0] * 0.36, centre[1] + height / 2)
            lines.append(text)
        marks = Marks(
            shapes=Shapes(batch.ids, batch.rows, batch.xy, size, np.full(count, Form.CIRCLE, np.int8), fill, outline,
                          np.full(count, 1.5), np.zeros(count, np.int8)),
            texts=Texts(batch.ids, batch.rows, rect, lines, np.full(count, LABEL_SIZE),
                        np.full(count, batch.palette.text, np.uint32), np.zeros(count, np.uint32),
                        np.full(count, Align.CENTRE, np.int8), np.zeros(count, np.int8)))
        return Drawn(marks, size / 2, np.full(count, Form.CIRCLE, np.int8), np.zeros(count, bool))


MEMBER = Circle()
