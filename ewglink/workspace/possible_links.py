"""Lines between entities that were decided to be possibly the same: drawn on charts, not links of the case."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.model.items import Direction, Strength
from ewglink.store.case_file import CaseFile
from ewglink.text import _
from ewglink.workspace.commands.deciding import decisions

POSSIBLE = "same_as?"
"""The key of these lines, which no link type has."""


def number_of(a: int, b: int) -> int:
    """The number of the line between two entities: below zero, so that no item has it."""
    return -(a << 31 | b)


def draw_possible(content: ChartContent, case: CaseFile) -> None:
    """Add a tentative line for each two entities of the chart that may be the same."""
    rows = {int(item): row for row, item in enumerate(content.entity_ids)}
    pairs = [pair for pair in decisions(case, ("possible",)) if pair[0] in rows and pair[1] in rows]
    if not pairs:
        return
    count = len(pairs)
    code = len(content.link_type_keys)
    content.link_type_keys = (*content.link_type_keys, POSSIBLE)
    content.link_type_names[POSSIBLE] = _("may be the same as")
    ends = np.array([(rows[a], rows[b]) for a, b in pairs], content.ends.dtype)
    content.ends = np.concatenate((content.ends.reshape(-1, 2), ends))
    for name, value in (("link_ids", [number_of(a, b) for a, b in pairs]), ("link_types", [code] * count),
                        ("directions", [int(Direction.NONE)] * count),
                        ("strengths", [int(Strength.TENTATIVE)] * count)):
        old = getattr(content, name)
        setattr(content, name, np.concatenate((old, np.array(value, old.dtype))))
    content.link_labels = [*content.link_labels, *[""] * count]
