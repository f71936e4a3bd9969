"""Lines of one pixel and small squares drawn straight into a picture's memory: plain functions that numba compiles.

One function each, since a compiled one calls no plain one. Both draw only pixels within a clip of the picture, and the
same pixels whatever the clip: a picture drawn in bands, by two threads or strip by strip is the picture drawn at once.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_OFTEN = 512
"""After so many lines a kernel looks whether its picture is still wanted."""


def draw_lines(out: Pixels, xy: Floats, runs: Ints, step: int, place: Floats, clip: Ints, stop: Ints  # noqa: C901
               ) -> None:
    """Draw every `step`-th row of `xy` (k, 4) in the stretches `runs` (r, 4) first row, count, colour, dash.

    `out` (h, w) 0xFFRRGGBB; `place` (3,) the chart's point at the picture's corner and pixels a chart unit; `clip` (4,)
    left, top, right, bottom in pixels; a dash is pixels drawn << 8 | pixels left out, 0 none; `stop` (1,) not 0 ends
    the work.
    """
    left, top, right, bottom = clip[0], clip[1], clip[2], clip[3]
    x_corner, y_corner, zoom = place[0], place[1], place[2]
    for run in range(len(runs)):
        first, last = runs[run, 0], runs[run, 0] + runs[run, 1]
        colour = np.uint32(runs[run, 2])
        on, off = runs[run, 3] >> 8, runs[run, 3] & 255
        for row in range(first + (step - first % step) % step, last, step):
            if row % _OFTEN == 0 and stop[0] != 0:
                return
            ax, ay = (xy[row, 0] - x_corner) * zoom, (xy[row, 1] - y_corner) * zoom
            bx, by = (xy[row, 2] - x_corner) * zoom, (xy[row, 3] - y_corner) * zoom
            if max(ax, bx) < left - 1 or min(ax, bx) > right + 1 or max(ay, by) < top - 1 or min(ay, by) > bottom + 1:
                continue
            steep = abs(by - ay) > abs(bx - ax)
            if steep:
                a_long, a_short, b_long, b_short = ay, ax, by, bx
                low, high, side_low, side_high = top, bottom, left, right
            else:
                a_long, a_short, b_long, b_short = ax, ay, bx, by
                low, high, side_low, side_high = left, right, top, bottom
            backward = a_long > b_long
            if backward:
                a_long, a_short, b_long, b_short = b_long, b_short, a_long, a_short
            begin, end = math.ceil(a_long - 0.5), math.ceil(b_long - 0.5)
            if end <= begin:
                begin = math.floor((a_long + b_long) / 2)
                end = begin + 1
            slope = (b_short - a_short) / (b_long - a_long) if b_long > a_long else 0.0
            base = a_short + (0.5 - a_long) * slope
            start, until = max(begin, low), min(end, high)
            if abs(slope) > 1e-6:
                one, other = (side_low - base) / slope, (side_high - base) / slope
                start = max(start, math.floor(max(min(one, other), low - 2.0)) - 1)
                until = min(until, math.ceil(min(max(one, other), high + 2.0)) + 2)
            while start < until and not side_low <= math.floor(base + start * slope) < side_high:
                start += 1
            while start < until and not side_low <= math.floor(base + (until - 1) * slope) < side_high:
                until -= 1
            for at in range(start, until):
                if on > 0 and (end - 1 - at if backward else at - begin) % (on + off) >= on:
                    continue
                side = np.uint64(math.floor(base + at * slope))  # unsigned: no look whether it counts from the end
                if steep:
                    out[np.uint64(at), side] = colour
                else:
                    out[side, np.uint64(at)] = colour


def draw_squares(out: Pixels, xy: Floats, size: Floats, look: npt.NDArray[np.int32], fills: Pixels, least: float,
                 place: Floats, clip: Ints, stop: Ints) -> None:
    """Draw squares round `xy` (k, 2), `size` (k,) chart units and at least `least` pixels across, in the colours that
    `look` (k,) numbers among `fills`; the rest as in `draw_lines`."""
    left, top, right, bottom = clip[0], clip[1], clip[2], clip[3]
    for at in range(len(xy)):
        if at % _OFTEN == 0 and stop[0] != 0:
            return
        x, y = (xy[at, 0] - place[0]) * place[2], (xy[at, 1] - place[1]) * place[2]
        half = max(size[at] * place[2], least) / 2
        if x + half < left or x - half > right or y + half < top or y - half > bottom:
            continue
        x0, x1 = max(left, math.floor(x - half + 0.5)), min(right, math.floor(x + half + 0.5))
        y0, y1 = max(top, math.floor(y - half + 0.5)), min(bottom, math.floor(y + half + 0.5))
        colour = fills[look[at]]
        for row in range(y0, y1):
            for column in range(x0, x1):
                out[row, column] = colour
