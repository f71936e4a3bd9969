"""How a chart is divided among sheets of paper: windows on it that overlap, at one scale. Lengths in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ewglink.drawing.marks import Rect
from ewglink.painting.page_setup import MOST_SHEETS, PAPERS, PageSetup

MARGIN = 8.0
"""Round every sheet of paper: printers do not reach its edge, and cut marks stand here."""
_SLACK = 1e-6


@dataclass(frozen=True)
class Edges:
    """What stands above and below the window on a sheet."""

    above: float = 0.0
    below: float = 0.0


@dataclass(frozen=True)
class Tile:
    """One sheet: its name (`B2`: second row, second column), its place, and the window on the chart (in millimetres of
    paper, from the chart's upper left)."""

    name: str
    row: int
    column: int
    window: Rect


@dataclass(frozen=True)
class Plan:
    """Sheets of `paper` (width, height) with a window at `frame` each; `scale` is paper over natural size."""

    paper: tuple[float, float]
    frame: Rect
    across: int
    down: int
    scale: float
    overlap: float
    size: tuple[float, float]

    @property
    def count(self) -> int:
        """How many sheets."""
        return self.across * self.down

    def tiles(self) -> list[Tile]:
        """The sheets, row by row; the chart stands in the middle of them all."""
        wide, high = self.frame[2] - self.frame[0], self.frame[3] - self.frame[1]
        step_x, step_y = wide - self.overlap, high - self.overlap
        left = (self.size[0] * self.scale - (self.across - 1) * step_x - wide) / 2
        top = (self.size[1] * self.scale - (self.down - 1) * step_y - high) / 2
        found = []
        for row in range(self.down):
            for column in range(self.across):
                x, y = left + column * step_x, top + row * step_y
                found.append(Tile(sheet_name(row, column), row, column, (x, y, x + wide, y + high)))
        return found


def sheet_name(row: int, column: int) -> str:
    """`A1` is the upper left sheet, `A2` the one right of it, `B1` the one below."""
    return f"{chr(ord('A') + row)}{column + 1}"


def plan(size: tuple[float, float], setup: PageSetup, tiled: Edges, single: Edges,
         paper: tuple[float, float] | None = None) -> Plan:
    """The sheets for a chart of `size`; a page as large as the chart is one sheet without margin.
    `paper` (as it lies in a printer) goes before that of `setup`.

    `tiled` is what stands above and below each window where there are several sheets, `single` where there is one.
    """
    if paper is not None:
        return _on(paper, size, setup, tiled, single)
    upright = PAPERS[setup.page]
    if upright is None:
        return _own_page(size, single)
    papers = {"portrait": [upright], "landscape": [upright[::-1]]}.get(setup.orientation, [upright[::-1], upright])
    plans = [_on(paper, size, setup, tiled, single) for paper in papers]
    return max(plans, key=lambda one: (-one.count, one.scale))


MOST_PAGE = 5000.0


def _own_page(size: tuple[float, float], single: Edges) -> Plan:
    scale = min(1.0, MOST_PAGE / max(size))
    wide, high = size[0] * scale, size[1] * scale
    edge = MARGIN / 2 if single.above or single.below else 0.0
    above, below = (length + edge if length else 0.0 for length in (single.above, single.below))
    return Plan((wide, high + above + below), (0.0, above, wide, above + high), 1, 1, scale, 0.0, size)


def _frame(paper: tuple[float, float], edges: Edges) -> Rect:
    return MARGIN, MARGIN + edges.above, paper[0] - MARGIN, paper[1] - MARGIN - edges.below


def _on(paper: tuple[float, float], size: tuple[float, float], setup: PageSetup, tiled: Edges, single: Edges) -> Plan:
    if setup.scale:
        scale = setup.scale / 100
        frame = _frame(paper, single)
        if size[0] * scale <= _wide(frame) + _SLACK and size[1] * scale <= _high(frame) + _SLACK:
            return Plan(paper, frame, 1, 1, scale, 0.0, size)
        frame = _frame(paper, tiled)
        overlap = min(setup.overlap, _wide(frame) / 2, _high(frame) / 2)
        across = _sheets(size[0] * scale, _wide(frame), overlap)
        down = _sheets(size[1] * scale, _high(frame), overlap)
        if max(across, down) <= MOST_SHEETS:
            return Plan(paper, frame, across, down, scale, overlap, size)
        return _divided(paper, size, min(across, MOST_SHEETS), min(down, MOST_SHEETS), tiled, overlap)
    one = setup.across * setup.down == 1
    return _divided(paper, size, setup.across, setup.down, single if one else tiled, 0.0 if one else setup.overlap)


def _divided(paper: tuple[float, float], size: tuple[float, float], across: int, down: int, edges: Edges,
             overlap: float) -> Plan:
    frame = _frame(paper, edges)
    overlap = min(overlap, _wide(frame) / 2, _high(frame) / 2)
    room = across * (_wide(frame) - overlap) + overlap, down * (_high(frame) - overlap) + overlap
    scale = min(room[0] / size[0], room[1] / size[1])
    return Plan(paper, frame, across, down, scale, overlap, size)


def _sheets(length: float, window: float, overlap: float) -> int:
    return max(1, math.ceil((length - overlap - _SLACK) / (window - overlap)))


def _wide(rect: Rect) -> float:
    return rect[2] - rect[0]


def _high(rect: Rect) -> float:
    return rect[3] - rect[1]
