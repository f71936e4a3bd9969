"""Labels that do not collide: each is tried at several places, the important ones first."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from ewglink.drawing.marks import Align, Floats, Rect, Texts
from ewglink.drawing.measure import LINE_HEIGHT, TextMeasure
from ewglink.drawing.wrapping import cleaned, in_whole_words, wrapped

WRAP_WIDTH = 200.0
"""A label is wrapped at 50 mm."""
PAD = 2.0
SMALLER = 0.84
"""The height of the type beneath a label, in heights of the label's."""
_GAP = 2.0
_CELLS = 16_000_000
_AT_ONCE = 24
"""Labels placed before a window that waits for them is let go on."""
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
    """A label that wants a place: beside a half size round (x, y), or on one of `spots` along a link.

    `below` are lines in smaller type that go where the label goes.
    """

    item: int
    row: int
    text: str
    x: float
    y: float
    half_w: float = 0.0
    half_h: float = 0.0
    spots: list[tuple[float, float]] = field(default_factory=list)
    bold: bool = False
    below: tuple[str, ...] = ()


@dataclass
class LabelStyle:
    """How the labels of one pass look; `size` is the font's height in chart units, `quiet` the colour of smaller
    type."""

    size: float
    colour: int
    plate: int
    width: float = WRAP_WIDTH
    most: int = 3
    quiet: int = 0
    whole_words: bool = False
    """Whether a label is left out rather than broken inside a word; it is as wide as its longest word needs, up to
    twice `width`."""


def block_size(lines: tuple[str, ...], below: tuple[str, ...], size: float, measure: TextMeasure,
               bold: bool = False) -> tuple[float, float]:
    """Width and height of a label of these lines with these smaller ones beneath."""
    widths = [measure.width(line, size, bold) for line in lines]
    widths += [measure.width(line, size * SMALLER) for line in below]
    return max(widths) + 2 * PAD, (len(lines) + len(below) * SMALLER) * size * LINE_HEIGHT + PAD


def below_lines(below: tuple[str, ...], size: float, width: float, measure: TextMeasure) -> tuple[str, ...]:
    """The lines beneath a label, each broken into two at most."""
    return tuple(line for text in below for line in wrapped(text, size * SMALLER, width, measure, most=2))


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
    below: tuple[str, ...]
    wide: tuple[float, float]
    """The widths of the lines and of those beneath."""


def _widths(lines: tuple[str, ...], below: tuple[str, ...], style: LabelStyle, measure: TextMeasure,
            bold: bool) -> tuple[float, float]:
    upper = max((measure.width(line, style.size, bold) for line in lines), default=0.0)
    lower = max((measure.width(line, style.size * SMALLER) for line in below), default=0.0)
    return upper + 2 * PAD, lower + 2 * PAD


def _widest_word(wish: Wish, style: LabelStyle, measure: TextMeasure) -> float:
    return max((measure.width(word, style.size, wish.bold) for word in cleaned(wish.text).split()), default=0.0)


def _best(board: Board, wish: Wish, style: LabelStyle, measure: TextMeasure) -> _Found | None:
    light: _Found | None = None
    least = min(_widest_word(wish, style, measure), 2 * style.width) if style.whole_words else 0.0
    for width in (max(style.width, least), max(style.width * 0.55, least)):
        lines = wrapped(wish.text, style.size, width, measure, bold=wish.bold, most=style.most)
        lines = in_whole_words(wish.text, lines) if style.whole_words else lines
        below = below_lines(wish.below, style.size, width, measure) if wish.below else ()
        if not lines and not below:
            return None
        wide, high = block_size(lines, below, style.size, measure, wish.bold)
        own = _widths(lines, below, style, measure, wish.bold)
        for rect, align in _along(wish, wide, high) if wish.spots else _beside(wish, wide, high):
            weight = board.weight(rect)
            if weight == 0:
                return _Found(wish, rect, lines, align, below, own)
            if weight == _SOFT and light is None:
                light = _Found(wish, rect, lines, align, below, own)
        if light or len(lines) + len(below) == 1:
            break
    return light


Placed = tuple[Texts, int]
"""Labels, and how many found no place."""


def at_once(steps: Generator[None, None, Placed]) -> Placed:
    """What labels placed step by step come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Placed = end.value
            return found


def place(wishes: Iterable[Wish], board: Board, style: LabelStyle, measure: TextMeasure) -> Placed:
    """The labels that found a place, tried in the order given, and how many found none; the board keeps what they
    took."""
    return at_once(placing(wishes, board, style, measure))


def placing(wishes: Iterable[Wish], board: Board, style: LabelStyle, measure: TextMeasure
            ) -> Generator[None, None, Placed]:
    """`place`, a few labels at a time."""
    found: list[_Found] = []
    left_out = 0
    for at, wish in enumerate(wishes):
        if at % _AT_ONCE == _AT_ONCE - 1:
            yield
        best = _best(board, wish, style, measure)
        if best is None:
            left_out += bool(wish.text.strip() or wish.below)
            continue
        board.take(best.rect)
        found.append(best)
    return _texts(found, style), left_out


def _texts(found: list[_Found], style: LabelStyle) -> Texts:
    labels = [(one, one.lines, _upper(one, style)) for one in found if one.lines]
    smaller = [(one, one.below, _lower(one, style)) for one in found if one.below]
    parts = [_as_texts(labels, style, style.size, style.colour)]
    if smaller:
        parts.append(_as_texts(smaller, style, style.size * SMALLER, style.quiet or style.colour))
    return Texts.joined(parts)


def _split(one: _Found, style: LabelStyle) -> float:
    return one.rect[3] - len(one.below) * style.size * SMALLER * LINE_HEIGHT if one.below else one.rect[3]


def _upper(one: _Found, style: LabelStyle) -> Rect:
    left, right = _sides(one, one.wide[0])
    return left, one.rect[1], right, _split(one, style)


def _lower(one: _Found, style: LabelStyle) -> Rect:
    left, right = _sides(one, one.wide[1])
    return left, _split(one, style), right, one.rect[3]


def _sides(one: _Found, wide: float) -> tuple[float, float]:
    """Left and right of a part of a label: no wider than its own lines, where the whole stands."""
    left, _top, right, _bottom = one.rect
    if one.align == Align.LEFT:
        return left, left + wide
    if one.align == Align.RIGHT:
        return right - wide, right
    return (left + right - wide) / 2, (left + right + wide) / 2


def _as_texts(found: list[tuple[_Found, tuple[str, ...], Rect]], style: LabelStyle, size: float,
              colour: int) -> Texts:
    count, wishes = len(found), [one.wish for one, _lines, _rect in found]
    return Texts(np.array([wish.item for wish in wishes], np.int64), np.array([wish.row for wish in wishes], np.int64),
                 np.array([rect for _one, _lines, rect in found], float).reshape(count, 4),
                 [lines for _one, lines, _rect in found], np.full(count, size), np.full(count, colour, np.uint32),
                 np.full(count, style.plate, np.uint32),
                 np.array([one.align for one, _lines, _rect in found], np.int8),
                 np.array([wish.bold and size == style.size for wish in wishes], np.int8))
