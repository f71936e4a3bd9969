"""An icon: the type's pictogram on its ground, with the label beneath."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.marks import Form, Icons, Marks
from ewglink.drawing.representation import Batch, Drawn
from ewglink.drawing.style import ICON_SIZE
from ewglink.text import N_


class Icon:
    """The usual representation of a person, an object or a place; style `size` enlarges it (1 is 11 mm)."""

    key = "icon"
    name = N_("Icon")

    def draw(self, batch: Batch) -> Drawn:
        """One icon mark an entity."""
        size = np.full(len(batch.rows), ICON_SIZE)
        if batch.content.styles:
            for at, row in enumerate(batch.rows):
                size[at] *= float(batch.style(row).get("size", 1.0))
        forms = np.array([look.form for look in batch.all_looks] or [Form.CIRCLE], np.int8)[batch.looks]
        marks = Marks(icons=Icons(batch.ids, batch.rows, batch.xy, size, batch.looks))
        return Drawn(marks, np.repeat(size[:, None] / 2, 2, axis=1), forms, np.ones(len(size), bool))


MEMBER = Icon()
