"""The cumulative draw on a consent as a figure on paper: steps by load, the limit, and the window it holds for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor, log10

import numpy as np

from ewglink.drawing.figure import Area, Figure, Part, Stroke, Words, box
from ewglink.drawing.marks import Align, Dash
from ewglink.text import _, number
from ewglink.workspace.utilisation import Draw, Use

WIDE, HIGH = 1000.0, 330.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 90.0, 30.0, 46.0, 40.0
_INK, _QUIET, _DRAWN, _LIMIT, _WINDOW = 0xFF16191D, 0xFF555B63, 0xFF0B5CAD, 0xFFB3261E, 0xFFEAF2FB
_TICKS = 5


def steps_of(draws: Sequence[Draw]) -> list[tuple[date, float]]:
    """The corners of the line: on each day of shipping the sum before and with its loads; no day, no corner."""
    points: list[tuple[date, float]] = []
    before = 0.0
    for one in draws:
        if one.on is not None:
            points += [(one.on, before), (one.on, one.sum_kg)]
            before = one.sum_kg
    return points


def span_of(use: Use, points: Sequence[tuple[date, float]]) -> tuple[date, date] | None:
    """The first and last day shown: the window and every load."""
    days = [day for day, _kg in points] + [day for day in (use.start, use.end) if day is not None]
    if not days:
        return None
    room = max(timedelta(days=3), (max(days) - min(days)) / 40)
    return min(days) - room, max(days) + room


def ticks(most: float) -> list[float]:
    """Round figures from 0 to `most`, about five."""
    rough = most / _TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if size * part >= rough)
    return [step * n for n in range(int(most / step) + 1)]


def draw_figure(use: Use, draws: Sequence[Draw]) -> Figure:
    """The figure of one consent."""
    points = steps_of(draws)
    span = span_of(use, points)
    figure = Figure(WIDE, HIGH, 0xFFFFFFFF)
    figure.parts.append(Words(_LEFT, 18, _("Consent {number}", number=use.number), 14, _INK, bold=True))
    if span is None:
        return figure
    most = max([kg for _day, kg in points] + [use.consented_kg or 0.0, 1.0]) * 1.08
    days = max(1, (span[1] - span[0]).days)

    def at(day: date, kg: float) -> tuple[float, float]:
        return (_LEFT + (WIDE - _LEFT - _RIGHT) * (day - span[0]).days / days,
                HIGH - _BOTTOM - (HIGH - _TOP - _BOTTOM) * kg / most)

    figure.parts += _ground(use, span, at, most)
    if points:
        line = np.array([at(*point) for point in [*points, (max(points[-1][0], min(span[1], use.end or span[1])),
                                                           points[-1][1])]])
        figure.parts.append(Stroke(line, _DRAWN, 2.5))
    return figure


def _ground(use: Use, span: tuple[date, date], at: object, most: float) -> list[Part]:
    """The window, the limit, and the axes."""
    assert callable(at)
    parts: list[Part] = []
    top, foot = _TOP, HIGH - _BOTTOM
    if use.start is not None and use.end is not None:
        parts.append(Area((box(at(use.start, 0)[0], top, at(use.end, 0)[0], foot),), _WINDOW))
    for kg in ticks(most):
        x, y = at(span[0], kg)
        parts.append(Stroke(np.array([[_LEFT, y], [WIDE - _RIGHT, y]]), 0xFFDDE1E6, 0.7))
        parts.append(Words(x - 6, y, number(round(kg)), 9, _QUIET, Align.RIGHT))
    for day, name in ((use.start, _("window begins")), (use.end, _("window ends"))):
        if day is not None:
            x = at(day, 0)[0]
            parts.append(Stroke(np.array([[x, top], [x, foot]]), _QUIET, 1.5, Dash(1)))
            parts.append(Words(x, foot + 13, day.isoformat(), 9, _INK, Align.CENTRE))
            parts.append(Words(x, foot + 26, name, 9, _QUIET, Align.CENTRE))
    if use.consented_kg is not None:
        y = at(span[0], use.consented_kg)[1]
        parts.append(Stroke(np.array([[_LEFT, y], [WIDE - _RIGHT, y]]), _LIMIT, 2.0, Dash(1)))
        limit = _("limit {n} {unit}", n=number(round(use.consented_kg)), unit=_("kg"))
        parts.append(Words(WIDE - _RIGHT - 4, y - 9, limit, 10, _LIMIT, Align.RIGHT, True))
    parts.append(Stroke(np.array([[_LEFT, top], [_LEFT, foot], [WIDE - _RIGHT, foot]]), _INK, 1.0))
    parts.append(Words(_LEFT, 36, _("Moved in kilograms, by day of shipping"), 10, _QUIET))
    return parts
