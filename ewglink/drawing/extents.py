"""How much room each entity takes with its label: what a layout needs to know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.labels import WRAP_WIDTH, below_lines, block_size
from ewglink.drawing.marks import Floats
from ewglink.drawing.measure import RoughMeasure, TextMeasure
from ewglink.drawing.scene import build_scene
from ewglink.drawing.style import ICON_SIZE, LABEL_SIZE
from ewglink.drawing.sub_texts import below
from ewglink.drawing.wrapping import wrapped

MARGIN = 10.0
"""Chart units that a layout keeps free around what is drawn, in width and height."""
MEASURED_UP_TO = 5000
_CROWDED = ICON_SIZE * 1.6
"""Width and height of an entity on a chart of more entities: labels are not all shown there."""


def entity_sizes(content: ChartContent, measure: TextMeasure | None = None) -> Floats:
    """Width and height (n, 2) of each entity with its label, chart units; on a chart of more than 5,000 entities
    labels are not counted."""
    return entity_boxes(content, measure)[0]


def entity_boxes(content: ChartContent, measure: TextMeasure | None = None) -> tuple[Floats, Floats]:
    """The same sizes, and how far below an entity's place the middle of its box is, (n,): labels hang below icons."""
    measure = measure or RoughMeasure()
    scene = build_scene(content, measure)
    sizes = scene.half * 2
    if len(sizes) > MEASURED_UP_TO:
        return np.asarray(np.maximum(sizes, _CROWDED), np.float64), np.zeros(len(sizes))
    rows = np.flatnonzero(scene.label_outside & scene.shown)
    label = np.array([_label_size(content, row, measure) for row in rows.tolist()]).reshape(-1, 2)
    sizes[rows, 0] = np.maximum(sizes[rows, 0], label[:, 0])
    sizes[rows, 1] += label[:, 1]
    drops = np.zeros(len(sizes))
    drops[rows] = label[:, 1] / 2
    return sizes, drops


def icon_sizes(labels: Sequence[str], measure: TextMeasure | None = None) -> Floats:
    """The same, (n, 2), of entities that are on no chart yet: icons of the usual size with these labels below."""
    if len(labels) > MEASURED_UP_TO:
        return np.full((len(labels), 2), _CROWDED)
    measure = measure or RoughMeasure()
    sizes = np.full((len(labels), 2), ICON_SIZE)
    for row, label in enumerate(labels):
        wide, high = _block(wrapped(label, LABEL_SIZE, WRAP_WIDTH, measure), (), measure)
        sizes[row] = max(ICON_SIZE, wide), ICON_SIZE + high
    return sizes


def _label_size(content: ChartContent, row: int, measure: TextMeasure) -> tuple[float, float]:
    lines = wrapped(content.labels[row], LABEL_SIZE, WRAP_WIDTH, measure)
    return _block(lines, below_lines(below(content, row), LABEL_SIZE, WRAP_WIDTH, measure), measure)


def _block(lines: tuple[str, ...], smaller: tuple[str, ...], measure: TextMeasure) -> tuple[float, float]:
    return block_size(lines, smaller, LABEL_SIZE, measure) if lines or smaller else (0.0, 0.0)
