"""The cumulative draw on a consent on the screen: a step for each load, the limit, and the window."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyqtgraph
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ewglink.text import _, number
from ewglink.ui import theme
from ewglink.workspace.draw_figure import steps_of
from ewglink.workspace.quota_use import unit_word
from ewglink.workspace.utilisation import KILOGRAMS, Draw, Use

_DAY, _TEXT = 86400.0, 78.0
"""A day in seconds; the room a date takes on the axis, in pixels."""


def seconds(day: date) -> float:
    """A day as the axis counts."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


class DayAxis(pyqtgraph.AxisItem):
    """Days as ISO writes them, alike in every language: the first of as many months as have room, or single days."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Where marks stand, so far apart that their texts do not touch."""
        most = max(1, int(size / _TEXT))
        first, last = (datetime.fromtimestamp(value, UTC).date() for value in (low, high))
        if (last - first).days < 62:
            step = max(1, -(-(last - first).days // most))
            return [(step * _DAY, [seconds(first) + n * step * _DAY for n in range(1, most + 2)])]
        months = [(year, month) for year in range(first.year, last.year + 1) for month in range(1, 13)
                  if low <= seconds(date(year, month, 1)) <= high]
        step = next((n for n in (1, 2, 3, 4, 6) if len(months) / n <= most), 12)
        shown = [date(year, month, 1) for year, month in months if (month - 1) % step == 0]
        return [(step * 30 * _DAY, [seconds(day) for day in shown])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """The month where marks are a month apart or more, else the day."""
        long = 7 if spacing > 27 * _DAY else 10
        return [datetime.fromtimestamp(value, UTC).date().isoformat()[:long] for value in values]


class KilogramAxis(pyqtgraph.AxisItem):
    """Kilograms as the language in force writes figures."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Whole kilograms."""
        return [number(round(value)) for value in values]


class DrawPlot(QWidget):
    """The plot. `load_wanted(movement)` when a point is clicked."""

    load_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        axes = {"bottom": DayAxis("bottom"), "left": KilogramAxis("left")}
        self.plot = pyqtgraph.PlotWidget(axisItems=axes, enableMenu=False)
        menu = self.plot.getPlotItem().ctrlMenu  # every plot makes one, though it is never shown: it goes with this
        menu.setParent(self, menu.windowFlags())
        self.plot.hideButtons()
        self.plot.getPlotItem().getAxis("left").enableAutoSIPrefix(False)
        self.points = pyqtgraph.ScatterPlotItem(size=9, hoverable=True)
        self.points.sigClicked.connect(self._clicked)
        self._draws: list[Draw] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.plot)

    def show_use(self, use: Use | None, draws: list[Draw], flagged: set[int], chosen: set[int]) -> None:
        """Draw one consent: `flagged` loads have findings, `chosen` are selected."""
        shade = theme.colours(theme.worn())
        self.plot.clear()
        self.plot.setBackground(shade.base)
        self.setAccessibleName(_("Cumulative draw"))
        for side in ("left", "bottom"):
            self.plot.getPlotItem().getAxis(side).setPen(shade.line)
            self.plot.getPlotItem().getAxis(side).setTextPen(shade.text)
        self.plot.setLabel("left", _("Moved (kg)") if use is None or use.unit == KILOGRAMS else unit_word(use),
                           color=shade.text)
        self._draws = [one for one in draws if one.on is not None]
        if use is None:
            return
        if use.start is not None and use.end is not None:
            self._window(use.start, use.end, self._top(use), shade)
        steps = steps_of(draws)
        if steps:
            curve = [(seconds(day), kg) for day, kg in steps]
            self.plot.plot([x for x, _kg in curve], [kg for _x, kg in curve],
                           pen=pyqtgraph.mkPen(shade.accent, width=2))
        if use.consented_kg is not None:
            limit = pyqtgraph.InfiniteLine(
                use.consented_kg, angle=0, pen=pyqtgraph.mkPen(shade.error, width=2, style=Qt.PenStyle.DashLine),
                label=_("limit {n} {unit}", n=number(round(use.consented_kg)), unit=unit_word(use)),
                labelOpts={"color": shade.error, "position": 0.4, "anchors": [(0, 1), (0, 1)]})
            self.plot.addItem(limit)
        self._dots(flagged, chosen, shade)
        if not self._draws:
            self._say_none(use, shade)
        self._range(use)

    def _window(self, start: date, end: date, top: float, shade: Any) -> None:
        fill = QColor(shade.accent)
        fill.setAlpha(28)
        region = pyqtgraph.LinearRegionItem(
            (seconds(start), seconds(end)), movable=False, brush=fill,
            pen=pyqtgraph.mkPen(shade.muted, width=1, style=Qt.PenStyle.DashLine))
        self.plot.addItem(region)
        for day, name, anchor, at in ((start, _("window begins"), (0, 0), top), (end, _("window ends"), (1, 1), 0.0)):
            text = pyqtgraph.TextItem(f"{name}\n{day.isoformat()}", color=shade.muted, anchor=anchor)
            text.setPos(seconds(day), at)
            self.plot.addItem(text, ignoreBounds=True)

    def _dots(self, flagged: set[int], chosen: set[int], shade: Any) -> None:
        self.points.clear()
        self.points.addPoints([
            {"pos": (seconds(one.on), one.sum_kg), "data": one.movement,  # type: ignore[arg-type]
             "symbol": "t1" if one.movement in flagged else "o", "size": 14 if one.movement in chosen else 9,
             "brush": shade.error if one.movement in flagged else shade.accent,
             "pen": pyqtgraph.mkPen(shade.text, width=2) if one.movement in chosen else pyqtgraph.mkPen(shade.base)}
            for one in self._draws])
        self.plot.addItem(self.points)

    def _say_none(self, use: Use, shade: Any) -> None:
        if use.start is not None and use.end is not None:
            text = pyqtgraph.TextItem(_("No load names this consent."), color=shade.text, anchor=(0.5, 0.5))
            text.setPos((seconds(use.start) + seconds(use.end)) / 2, self._most(use) / 2)
            self.plot.addItem(text, ignoreBounds=True)

    def _most(self, use: Use) -> float:
        return max([one.sum_kg for one in self._draws] + [use.consented_kg or 0.0, 1.0])

    def _top(self, use: Use) -> float:
        """Where the plot ends: above the limit there is room for what stands at the top of the window."""
        most = self._most(use)
        return most * (1.25 if use.consented_kg is not None and use.consented_kg > 0.8 * most else 1.08)

    def _range(self, use: Use) -> None:
        days = [one.on for one in self._draws if one.on] + [day for day in (use.start, use.end) if day is not None]
        most = self._most(use)
        if days:
            room = max(3 * 86400.0, (seconds(max(days)) - seconds(min(days))) / 30)
            self.plot.setRange(xRange=(seconds(min(days)) - room, seconds(max(days)) + room),
                               yRange=(-most * 0.03, self._top(use)), padding=0)

    def _clicked(self, _plot: Any, points: Any, *_event: Any) -> None:
        if len(points):
            self.load_wanted.emit(int(points[0].data()))
