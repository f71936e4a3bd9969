"""A theme line: one subject through time, a line across the chart with icon and label at its left end."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Align, Marks
from ewglink.drawing.measure import LINE_HEIGHT
from ewglink.drawing.representation import Batch, Drawn
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import ICON_SIZE, LABEL_SIZE, argb
from ewglink.drawing.sub_texts import below
from ewglink.drawing.wrapping import wrapped
from ewglink.text import N_

WIDTH = 3.0
"""The width of a theme line."""
HEADER = 190.0
"""How far left of the icon's centre the label reaches."""
_ICON = 0.8
_GAP = 6.0
_SMALL = 10.0


class ThemeLine:
    """On a timeline the line itself is wired by the chart; elsewhere it runs from the icon to the chart's right end.

    Style `colour` colours the line, `size` the icon.
    """

    key = "theme_line"
    name = N_("Theme line")

    def draw(self, batch: Batch) -> Drawn:
        """One icon, up to two texts and, away from a timeline, one line an entity."""
        count = len(batch.rows)
        half, parts = np.zeros((count, 2)), []
        form = np.zeros(count, np.int8)
        right = float(batch.content.xy[:, 0].max(initial=0.0)) + ICON_SIZE
        alone = batch.content.settings.get("kind") != "timeline"
        for at, row in enumerate(batch.rows.tolist()):
            look, sheet, style = batch.all_looks[batch.looks[at]], batch.sheet(at), batch.style(row)
            size = ICON_SIZE * _ICON * float(style.get("size", 1.0))
            x, y = batch.xy[at].tolist()
            if alone and right > x + size:
                colour = argb(style["colour"]) if style.get("colour") else look.fill
                sheet.panel((x, y - WIDTH / 2, right, y + WIDTH / 2), colour, 0)
            sheet.icon(x, y, size, int(batch.looks[at]))
            _words(batch, sheet, row, x - size / 2 - _GAP, y)
            half[at], form[at] = size / 2, look.form
            parts.append(sheet.marks())
        return Drawn(Marks.joined(parts), half, form, np.zeros(count, bool))


def _words(batch: Batch, sheet: Sheet, row: int, x: float, y: float) -> None:
    """The label with what stands beneath it, right-aligned at x about the height y."""
    room = HEADER - ICON_SIZE * _ICON / 2 - _GAP
    texts = [(batch.content.labels[row], LABEL_SIZE, 3), *((line, _SMALL, 1) for line in below(batch.content, row))]
    heights = [len(wrapped(text, size, room, batch.measure, most=most)) * size * LINE_HEIGHT
               for text, size, most in texts]
    top = y - sum(heights) / 2
    for text, size, most in texts:
        top += sheet.text(x, top, text, size, width=room, align=Align.RIGHT, most=most,
                          colour=batch.palette.quiet_text if size == _SMALL else None)


MEMBER = ThemeLine()
