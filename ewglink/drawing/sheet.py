"""A sheet on which furniture is set: texts, rules, panels and samples, gathered as marks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.marks import (
    NO_ITEM,
    Align,
    Arrows,
    Dash,
    Form,
    Icons,
    Lines,
    Marks,
    Rect,
    Shapes,
    Texts,
)
from ewglink.drawing.measure import LINE_HEIGHT, TextMeasure
from ewglink.drawing.style import Palette
from ewglink.drawing.wrapping import in_paragraphs, wrapped


def _one(value: float) -> np.ndarray:
    return np.array([value], float)


def _colour(value: int) -> np.ndarray:
    return np.array([value], np.uint32)


def _code(value: int) -> np.ndarray:
    return np.array([value], np.int8)


@dataclass
class Sheet:
    """Collects marks; `scale` multiplies every size given. What is set belongs to `item` and `row` (an entity's)."""

    measure: TextMeasure
    palette: Palette
    scale: float = 1.0
    parts: list[Marks] = field(default_factory=list)
    item: int = NO_ITEM
    row: int = NO_ITEM

    def _whose(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array([self.item], np.int64), np.array([self.row], np.int64)

    def text(self, x: float, y: float, text: str, size: float, *, width: float = 1e9, bold: bool = False,
             colour: int | None = None, align: Align = Align.LEFT, most: int = 3, paragraphs: bool = False) -> float:
        """Set a text with its top at `y`; `x` is its left, middle or right by `align`. Answers its height.

        `paragraphs`: its own line breaks are kept.
        """
        size = size * self.scale
        lines = (in_paragraphs if paragraphs else wrapped)(text, size, width, self.measure, bold=bold, most=most)
        if not lines:
            return 0.0
        wide = max(self.measure.width(line, size, bold) for line in lines)
        high = len(lines) * size * LINE_HEIGHT
        left = x - {Align.LEFT: 0.0, Align.CENTRE: wide / 2, Align.RIGHT: wide}[align]
        ink = self.palette.text if colour is None else colour
        rect = np.array([[left, y, left + wide, y + high]])
        self.parts.append(Marks(texts=Texts(*self._whose(), rect, [lines], _one(size), _colour(ink), _colour(0),
                                            _code(align), _code(bold))))
        return high

    def wide(self, text: str, size: float, bold: bool = False) -> float:
        """The width of a text set on one line."""
        return self.measure.width(text, size * self.scale, bold)

    def panel(self, rect: Rect, fill: int, outline: int, *, width: float = 1.0, form: Form = Form.RECT,
              dash: int = Dash.SOLID) -> None:
        """A filled and outlined rectangle; a fill or an outline of 0 is none."""
        x0, y0, x1, y1 = rect
        self.parts.append(Marks(shapes=Shapes(
            *self._whose(), np.array([[(x0 + x1) / 2, (y0 + y1) / 2]]), np.array([[x1 - x0, y1 - y0]]), _code(form),
            _colour(fill), _colour(outline), _one(width * self.scale if outline else 0.0), _code(dash))))

    def line(self, x0: float, y0: float, x1: float, y1: float, colour: int, *, width: float = 1.0,
             dash: int = Dash.SOLID) -> None:
        """A straight line."""
        self.parts.append(Marks(lines=Lines(*self._whose(), np.array([[x0, y0, x1, y1]]), _colour(colour),
                                            _one(width * self.scale), _code(dash))))

    def arrow(self, x: float, y: float, size: float, colour: int, *, back: bool = False) -> None:
        """An arrowhead with its tip at (x, y), pointing right, or left."""
        way = np.array([[-1.0 if back else 1.0, 0.0]])
        tip = np.array([[x, y]])
        self.parts.append(Marks(arrows=Arrows(*self._whose(), tip, way, _colour(colour), _one(size * self.scale))))

    def icon(self, x: float, y: float, size: float, look: int) -> None:
        """An icon centred at (x, y)."""
        place, number = np.array([[x, y]]), np.array([look], np.int32)
        self.parts.append(Marks(icons=Icons(*self._whose(), place, _one(size * self.scale), number)))

    def marks(self) -> Marks:
        """Everything set so far."""
        return Marks.joined(self.parts) if self.parts else Marks()
