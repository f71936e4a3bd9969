"""How much room each entity takes with its label: what a layout needs to know."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.labels import WRAP_WIDTH, below_lines, block_size
from ewglink.drawing.marks import Floats
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure, TextMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import LABEL_SIZE
from ewglink.drawing.sub_texts import below
from ewglink.drawing.wrapping import wrapped

_EXACT_UP_TO = 5000


def entity_sizes(content: ChartContent, measure: TextMeasure | None = None) -> Floats:
    """Width and height (n, 2) of each entity with its label, chart units; the widths of more than 5,000 labels are
    guessed."""
    measure = measure or RoughMeasure()
    scene = build_scene(content, measure)
    sizes = scene.half * 2
    rows = np.flatnonzero(scene.label_outside & scene.shown)
    if len(rows) > _EXACT_UP_TO:
        wide = np.array([len(content.labels[row]) for row in rows]) * LABEL_SIZE * 0.6
        lines = np.clip(np.ceil(wide / WRAP_WIDTH), 1, 3)
        label = np.stack([np.minimum(wide, WRAP_WIDTH), lines * LABEL_SIZE * LINE_HEIGHT], axis=1)
    else:
        label = np.array([_label_size(content, row, measure) for row in rows.tolist()]).reshape(-1, 2)
    sizes[rows, 0] = np.maximum(sizes[rows, 0], label[:, 0])
    sizes[rows, 1] += label[:, 1]
    return sizes


def _label_size(content: ChartContent, row: int, measure: TextMeasure) -> tuple[float, float]:
    lines = wrapped(content.labels[row], LABEL_SIZE, WRAP_WIDTH, measure)
    smaller = below_lines(below(content, row), LABEL_SIZE, WRAP_WIDTH, measure)
    return block_size(lines, smaller, LABEL_SIZE, measure) if lines or smaller else (0.0, 0.0)
