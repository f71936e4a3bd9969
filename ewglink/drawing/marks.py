"""Marks: what is drawn, as arrays by kind; a mark is a row, and knows its item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Colours = npt.NDArray[np.uint32]
Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in chart units (0.25 mm), y down."""

NO_ITEM = -1
"""The item id and the row of a mark that belongs to no item: furniture."""


class Form(IntEnum):
    """The outline of a shape or of the ground behind an icon."""

    RECT = 0
    ROUNDED = 1
    CIRCLE = 2
    HOUSE = 3
    HEXAGON = 4
    DIAMOND = 5
    PAGE = 6
    OCTAGON = 7
    SHIELD = 8
    BARE = 9
    """No ground at all."""


class Dash(IntEnum):
    """How a line is broken; the numbers are those of `Strength`."""

    SOLID = 0
    DASHED = 1
    DOTTED = 2


class Align(IntEnum):
    """Where the lines of a text stand within its rectangle."""

    CENTRE = 0
    LEFT = 1
    RIGHT = 2


@dataclass
class _Rows:
    """Columns of equal length: arrays, or lists where the values are texts."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self: RowsT, index: Any) -> RowsT:
        """The rows that `index` (numbers or a mask) names, in that order."""
        chosen = np.asarray(index)
        if chosen.dtype == bool:
            chosen = np.flatnonzero(chosen)
        values = (getattr(self, one.name) for one in fields(self))
        return type(self)(*([column[i] for i in chosen] if isinstance(column, list) else column[chosen]
                            for column in values))

    @classmethod
    def joined(cls: type[RowsT], parts: Sequence[RowsT]) -> RowsT:
        """The rows of all parts, in order."""
        columns: list[Any] = []
        for one in fields(cls):
            found = [getattr(part, one.name) for part in parts]
            columns.append([text for part in found for text in part] if isinstance(found[0], list)
                           else np.concatenate(found))
        return cls(*columns)


RowsT = TypeVar("RowsT", bound=_Rows)


def _ids() -> Ints:
    return np.empty(0, np.int64)


def _floats() -> Floats:
    return np.empty(0)


def _pairs() -> Floats:
    return np.empty((0, 2))


def _colours() -> Colours:
    return np.empty(0, np.uint32)


def _codes() -> npt.NDArray[np.int8]:
    return np.empty(0, np.int8)


@dataclass
class Lines(_Rows):
    """Straight lines: `xy` (k, 4) x0 y0 x1 y1."""

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    xy: Floats = field(default_factory=lambda: np.empty((0, 4)))
    colour: Colours = field(default_factory=_colours)
    width: Floats = field(default_factory=_floats)
    dash: npt.NDArray[np.int8] = field(default_factory=_codes)


@dataclass
class Curves(_Rows):
    """Cubic curves: `xy` (k, 8) start, two control points, end."""

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    xy: Floats = field(default_factory=lambda: np.empty((0, 8)))
    colour: Colours = field(default_factory=_colours)
    width: Floats = field(default_factory=_floats)
    dash: npt.NDArray[np.int8] = field(default_factory=_codes)


@dataclass
class Arrows(_Rows):
    """Arrowheads: `tip` (k, 2), `way` (k, 2) the unit vector they point along, `size` their length."""

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    tip: Floats = field(default_factory=_pairs)
    way: Floats = field(default_factory=_pairs)
    colour: Colours = field(default_factory=_colours)
    size: Floats = field(default_factory=_floats)


@dataclass
class Shapes(_Rows):
    """Outlined forms: `xy` (k, 2) centre, `size` (k, 2) width and height; a fill of 0 is none."""

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    xy: Floats = field(default_factory=_pairs)
    size: Floats = field(default_factory=_pairs)
    form: npt.NDArray[np.int8] = field(default_factory=_codes)
    fill: Colours = field(default_factory=_colours)
    outline: Colours = field(default_factory=_colours)
    width: Floats = field(default_factory=_floats)
    dash: npt.NDArray[np.int8] = field(default_factory=_codes)


@dataclass
class Icons(_Rows):
    """Pictograms on their ground: `look` indexes the scene's looks, `size` is the ground's diameter."""

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    xy: Floats = field(default_factory=_pairs)
    size: Floats = field(default_factory=_floats)
    look: npt.NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))


@dataclass
class Texts(_Rows):
    """Laid-out texts: `rect` (k, 4) x0 y0 x1 y1 of the plate, `lines` the lines of each, `size` the font's height.

    A plate of 0 is none. `bold` is 0 or 1; `align` an `Align`.
    """

    item: Ints = field(default_factory=_ids)
    row: Ints = field(default_factory=_ids)
    rect: Floats = field(default_factory=lambda: np.empty((0, 4)))
    lines: list[tuple[str, ...]] = field(default_factory=list)
    size: Floats = field(default_factory=_floats)
    colour: Colours = field(default_factory=_colours)
    plate: Colours = field(default_factory=_colours)
    align: npt.NDArray[np.int8] = field(default_factory=_codes)
    bold: npt.NDArray[np.int8] = field(default_factory=_codes)


@dataclass
class Marks:
    """Marks of every kind, painted in this order: shapes, lines, curves, arrows, icons, texts."""

    shapes: Shapes = field(default_factory=Shapes)
    lines: Lines = field(default_factory=Lines)
    curves: Curves = field(default_factory=Curves)
    arrows: Arrows = field(default_factory=Arrows)
    icons: Icons = field(default_factory=Icons)
    texts: Texts = field(default_factory=Texts)

    @classmethod
    def joined(cls, parts: Sequence[Marks]) -> Marks:
        """The marks of all parts, in order."""
        if not parts:
            return cls()
        return cls(*(type(getattr(parts[0], one.name)).joined([getattr(part, one.name) for part in parts])
                     for one in fields(cls)))

    def moved(self, dx: float, dy: float) -> Marks:
        """The same marks elsewhere."""
        pair = np.array([dx, dy])
        out = Marks.joined([self])
        for rows in (out.shapes, out.icons):
            rows.xy = rows.xy + pair
        out.lines.xy = out.lines.xy + np.tile(pair, 2)
        out.curves.xy = out.curves.xy + np.tile(pair, 4)
        out.arrows.tip = out.arrows.tip + pair
        out.texts.rect = out.texts.rect + np.tile(pair, 2)
        return out

    def bounds(self) -> Rect | None:
        """The rectangle round everything these marks paint, None where there is nothing."""
        boxes = [box for box in (_shape_box(self.shapes), _line_box(self.lines.xy, self.lines.width),
                                 _line_box(self.curves.xy, self.curves.width), _arrow_box(self.arrows),
                                 _icon_box(self.icons), _text_box(self.texts)) if box is not None]
        return union(boxes)


def union(boxes: Sequence[Rect]) -> Rect | None:
    """The rectangle round all `boxes`, None where there are none."""
    if not boxes:
        return None
    table = np.array(boxes)
    return (float(table[:, 0].min()), float(table[:, 1].min()), float(table[:, 2].max()), float(table[:, 3].max()))


def _around(low: Floats, high: Floats) -> Rect:
    x0, y0 = low.min(axis=0)
    x1, y1 = high.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _shape_box(shapes: Shapes) -> Rect | None:
    if not len(shapes):
        return None
    half = (shapes.size + shapes.width[:, None]) / 2
    return _around(shapes.xy - half, shapes.xy + half)


def _line_box(xy: Floats, width: Floats) -> Rect | None:
    if not len(xy):
        return None
    points = xy.reshape(len(xy), -1, 2)
    pad = width[:, None] / 2
    return _around(points.min(axis=1) - pad, points.max(axis=1) + pad)


def _arrow_box(arrows: Arrows) -> Rect | None:
    if not len(arrows):
        return None
    pad = arrows.size[:, None]
    return _around(arrows.tip - pad, arrows.tip + pad)


def _icon_box(icons: Icons) -> Rect | None:
    if not len(icons):
        return None
    pad = icons.size[:, None] / 2 + 1
    return _around(icons.xy - pad, icons.xy + pad)


def _text_box(texts: Texts) -> Rect | None:
    if not len(texts):
        return None
    return _around(texts.rect[:, :2], texts.rect[:, 2:])
