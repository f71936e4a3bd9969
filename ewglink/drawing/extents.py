"""How much room each entity takes with its label: what a layout needs to know."""

from __future__ import annotations

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.labels import PAD, WRAP_WIDTH
from ewglink.drawing.marks import Floats
from ewglink.drawing.measure import LINE_HEIGHT, RoughMeasure, TextMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import LABEL_SIZE
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
        label = np.array([_label_size(content.labels[row], measure) for row in rows]).reshape(-1, 2)
    sizes[rows, 0] = np.maximum(sizes[rows, 0], label[:, 0])
    sizes[rows, 1] += label[:, 1]
    return sizes


def _label_size(text: str, measure: TextMeasure) -> tuple[float, float]:
    lines = wrapped(text, LABEL_SIZE, WRAP_WIDTH, measure)
    wide = max((measure.width(line, LABEL_SIZE) for line in lines), default=0.0)
    return wide + 2 * PAD, len(lines) * LABEL_SIZE * LINE_HEIGHT + PAD
