"""The furniture of a paper chart: heading, legend, title block and banners, set round the chart and never over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ewglink.drawing import banner, legend, title_block
from ewglink.drawing.content import ChartContent
from ewglink.drawing.links import arrows_of
from ewglink.drawing.marks import Arrows, Lines, Marks, Rect, Texts, union
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.scene import EMPTY_BOUNDS, Scene, build_scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import LIGHT, Palette
from ewglink.drawing.wishes import place_labels

_USUAL_WIDTH = 1600.0
_LEAST_WIDTH = 960.0
_MARGIN = 20.0
_GAP = 18.0
_BLOCK_WIDTH = 400.0


@dataclass(frozen=True)
class Furniture:
    """Which pieces a paper chart carries; the banner is not a choice: it is there where there is a marking."""

    heading: bool = True
    legend: bool = True
    title_block: bool = True


def paper_scene(content: ChartContent, measure: TextMeasure, palette: Palette = LIGHT,
                pieces: Furniture | None = None) -> Scene:
    """The whole chart as it goes on paper: every label that fits, what is left out counted, furniture round it."""
    return finished(build_scene(content, measure, palette), measure, pieces)


def finished(scene: Scene, measure: TextMeasure, pieces: Furniture | None = None) -> Scene:
    """The scene with its arrowheads, labels and furniture; the scene itself is changed and answered."""
    content, links = scene.content, scene.links
    drawn = np.arange(len(links.row))
    rows = np.flatnonzero(scene.shown)
    heads = arrows_of(content, links, content.xy, scene.half, scene.form, drawn)
    scene.marks.arrows = Arrows.joined([scene.notes.arrows, heads])
    scene.marks.lines = Lines.joined([scene.notes.lines, scene.marks.lines])
    labels, scene.omitted = place_labels(scene, measure, scene.marks.bounds() or EMPTY_BOUNDS, rows, drawn)
    scene.marks.texts = Texts.joined([scene.marks.texts, labels])
    _set(scene, measure, pieces or Furniture())
    return scene


def _set(scene: Scene, measure: TextMeasure, pieces: Furniture) -> None:
    x0, y0, x1, y1 = scene.marks.bounds() or EMPTY_BOUNDS
    scale = max(1.0, max(x1 - x0, (y1 - y0) * 1.4) / _USUAL_WIDTH)
    sheet = Sheet(measure, scene.palette, scale)
    width = max(x1 - x0, _LEAST_WIDTH * scale)
    left = (x0 + x1 - width) / 2
    gap = _GAP * scale
    top = _above(sheet, scene, pieces, left, y0 - gap, width)
    bottom = _below(sheet, scene, pieces, left, y1 + gap, width)
    scene.furniture = sheet.marks()
    margin = _MARGIN * scale
    inner = union([(left, top, left + width, bottom), scene.bounds()]) or EMPTY_BOUNDS
    scene.page = inner[0] - margin, inner[1] - margin, inner[2] + margin, inner[3] + margin


def _above(sheet: Sheet, scene: Scene, pieces: Furniture, left: float, bottom: float, width: float) -> float:
    """Heading and upper banner, ending at `bottom`; answers where they begin."""
    content, gap = scene.content, _GAP * sheet.scale
    trial = Sheet(sheet.measure, sheet.palette, sheet.scale)
    high = banner.height(sheet, content.marking, width)
    heading = _heading(trial, content, left, 0.0, width) if pieces.heading else 0.0
    top = bottom - heading - high - (gap if high and heading else 0.0)
    banner.draw(sheet, content.marking, left, top, width)
    if heading:
        _heading(sheet, content, left, bottom - heading, width)
    return top


def _heading(sheet: Sheet, content: ChartContent, x: float, y: float, width: float) -> float:
    high = sheet.text(x, y, content.title, 24.0, width=width, bold=True, most=2)
    return high + sheet.text(x, y + high, content.subtitle, 14.0, width=width, colour=sheet.palette.quiet_text, most=2)


def _below(sheet: Sheet, scene: Scene, pieces: Furniture, left: float, top: float, width: float) -> float:
    """Legend, title block and lower banner, beginning at `top`; answers where they end."""
    gap = _GAP * sheet.scale
    block = min(_BLOCK_WIDTH * sheet.scale, width * 0.45) if pieces.title_block else 0.0
    heights = [0.0]
    if pieces.legend:
        heights.append(legend.draw(sheet, scene, left, top, width - block - (gap if block else 0.0)))
    if block:
        heights.append(title_block.draw(sheet, scene, left + width - block, top, block))
    bottom = top + max(heights)
    marking = scene.content.marking
    if marking:
        bottom += gap if max(heights) else 0.0
        bottom += banner.draw(sheet, marking, left, bottom, width)
    return bottom


def smallest_text(scene: Scene) -> float:
    """The height of the smallest font in the scene in chart units (0.25 mm); 0 where there is no text."""
    sizes = np.concatenate([scene.marks.texts.size, scene.furniture.texts.size])
    return float(sizes.min()) if len(sizes) else 0.0


def content_bounds(scene: Scene) -> Rect:
    """The rectangle round the chart alone, furniture left out."""
    return scene.marks.bounds() or EMPTY_BOUNDS


def legend_marks(scene: Scene, measure: TextMeasure, width: float) -> Marks:
    """The legend alone with its upper left at the origin, for the corner of a window."""
    sheet = Sheet(measure, scene.palette)
    legend.draw(sheet, scene, 0.0, 0.0, width)
    return sheet.marks()
