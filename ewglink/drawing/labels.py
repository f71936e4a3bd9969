"""Labels that do not collide: each is tried at several places, the important ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.marks import Align, Floats, Rect, Texts
from ewglink.drawing.measure import LINE_HEIGHT, TextMeasure
from ewglink.drawing.wrapping import wrapped

WRAP_WIDTH = 200.0
"""A label is wrapped at 50 mm."""
PAD = 2.0
_GAP = 2.0
_CELLS = 16_000_000
_SOFT, _HARD = 1, 2


class Board:
    """The plane as cells, each free, better kept free (an arrowhead), or taken."""

    def __init__(self, bounds: Rect, cell: float = 4.0) -> None:
        x0, y0, x1, y1 = bounds
        wide, high = max(1.0, x1 - x0), max(1.0, y1 - y0)
        self._cell = max(cell, float(np.sqrt(wide * high / _CELLS)))
        self._x0, self._y0 = x0, y0
        self._cells = np.zeros((int(high / self._cell) + 3, int(wide / self._cell) + 3), np.uint8)

    def _window(self, rect: Rect) -> np.ndarray:
        x0, y0, x1, y1 = rect
        cell = self._cell
        left, top = max(0, round((x0 - self._x0) / cell)), max(0, round((y0 - self._y0) / cell))
        right, bottom = round((x1 - self._x0) / cell), round((y1 - self._y0) / cell)
        return self._cells[top:max(top + 1, bottom), left:max(left + 1, right)]

    def weight(self, rect: Rect) -> int:
        """0 where the rectangle is free, 1 where something light lies in it, 2 where it is taken."""
        window = self._window(rect)
        return int(window.max()) if window.size else 0

    def take(self, rect: Rect, *, soft: bool = False) -> None:
        """Mark the rectangle as taken, or as better kept free."""
        window = self._window(rect)
        np.maximum(window, _SOFT if soft else _HARD, out=window)

    def take_all(self, rects: Floats, *, soft: bool = False) -> None:
        """`take` for rows x0 y0 x1 y1."""
        for x0, y0, x1, y1 in rects.tolist():
            self.take((x0, y0, x1, y1), soft=soft)


@dataclass
class Wish:
    """A label that wants a place: beside a half size round (x, y), or on one of `spots` along a link."""

    item: int
    row: int
    text: str
    x: float
    y: float
    half_w: float = 0.0
    half_h: float = 0.0
    spots: list[tuple[float, float]] = field(default_factory=list)
    bold: bool = False


@dataclass
class LabelStyle:
    """How the labels of one pass look; `size` is the font's height in chart units."""

    size: float
    colour: int
    plate: int
    width: float = WRAP_WIDTH
    most: int = 3


def _block(lines: tuple[str, ...], style: LabelStyle, bold: bool, measure: TextMeasure) -> tuple[float, float]:
    wide = max(measure.width(line, style.size, bold) for line in lines) + 2 * PAD
    return wide, len(lines) * style.size * LINE_HEIGHT + PAD


def _beside(wish: Wish, wide: float, high: float) -> Iterator[tuple[Rect, Align]]:
    x, y, w, h = wish.x, wish.y, wish.half_w + _GAP, wish.half_h + _GAP
    yield (x - wide / 2, y + h, x + wide / 2, y + h + high), Align.CENTRE
    yield (x - wide / 2, y - h - high, x + wide / 2, y - h), Align.CENTRE
    yield (x + w, y - high / 2, x + w + wide, y + high / 2), Align.LEFT
    yield (x - w - wide, y - high / 2, x - w, y + high / 2), Align.RIGHT
    near = w * 0.7
    yield (x + near, y + near, x + near + wide, y + near + high), Align.LEFT
    yield (x - near - wide, y + near, x - near, y + near + high), Align.RIGHT
    yield (x + near, y - near - high, x + near + wide, y - near), Align.LEFT
    yield (x - near - wide, y - near - high, x - near, y - near), Align.RIGHT


def _along(wish: Wish, wide: float, high: float) -> Iterator[tuple[Rect, Align]]:
    for x, y in wish.spots:
        yield (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), Align.CENTRE


@dataclass
class _Found:
    wish: Wish
    rect: Rect
    lines: tuple[str, ...]
    align: Align


def _best(board: Board, wish: Wish, style: LabelStyle, measure: TextMeasure) -> _Found | None:
    light: _Found | None = None
    for width in (style.width, style.width * 0.55):
        lines = wrapped(wish.text, style.size, width, measure, bold=wish.bold, most=style.most)
        if not lines:
            return None
        wide, high = _block(lines, style, wish.bold, measure)
        for rect, align in _along(wish, wide, high) if wish.spots else _beside(wish, wide, high):
            weight = board.weight(rect)
            if weight == 0:
                return _Found(wish, rect, lines, align)
            if weight == _SOFT and light is None:
                light = _Found(wish, rect, lines, align)
        if light or len(lines) == 1:
            break
    return light


def place(wishes: Iterable[Wish], board: Board, style: LabelStyle, measure: TextMeasure) -> tuple[Texts, int]:
    """The labels that found a place, tried in the order given, and how many found none; the board keeps what they
    took."""
    found: list[_Found] = []
    left_out = 0
    for wish in wishes:
        best = _best(board, wish, style, measure)
        if best is None:
            left_out += bool(wish.text.strip())
            continue
        board.take(best.rect)
        found.append(best)
    return _texts(found, style), left_out


def _texts(found: list[_Found], style: LabelStyle) -> Texts:
    count = len(found)
    item, row = (np.array([getattr(one.wish, name) for one in found], np.int64) for name in ("item", "row"))
    return Texts(item, row,
                 np.array([one.rect for one in found], float).reshape(count, 4), [one.lines for one in found],
                 np.full(count, style.size), np.full(count, style.colour, np.uint32),
                 np.full(count, style.plate, np.uint32), np.array([one.align for one in found], np.int8),
                 np.array([one.wish.bold for one in found], np.int8))
