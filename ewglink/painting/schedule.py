"""The schedule of items: numbers drawn on a chart, and pages that say what each number is and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ewglink.drawing.figures import number
from ewglink.drawing.marks import Align, Marks, Rect, Texts
from ewglink.drawing.measure import LINE_HEIGHT, TextMeasure
from ewglink.drawing.scene import Scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.style import Palette
from ewglink.release.view import ScheduleRow
from ewglink.text import _, speaking

TAG = 9.5
"""Height of the numbers on the chart, chart units."""
TEXT = 9.5
_PAD = 2.0
_MOST_LINES = 40
_BAND = 60.0
"""Entities whose heights differ by less than this are read as one row, chart units."""


def numbers_of(scene: Scene) -> dict[int, int]:
    """Item id → number of every entity drawn, from 1: row by row from the top, each from the left."""
    rows = np.flatnonzero(scene.shown)
    xy = scene.content.xy[rows]
    order = np.lexsort((xy[:, 0], np.floor(xy[:, 1] / _BAND))) if len(rows) else rows
    ids = scene.content.entity_ids[rows[order]].tolist()
    return {item: at for at, item in enumerate(ids, 1)}


def number_marks(scene: Scene, measure: TextMeasure) -> Marks:
    """The numbers, each on a plate at the upper left of its entity."""
    numbers = numbers_of(scene)
    rows = np.flatnonzero(scene.shown)
    if not len(rows):
        return Marks()
    items = scene.content.entity_ids[rows]
    lines: list[tuple[str, ...]] = [(str(numbers[item]),) for item in items.tolist()]
    wide = np.array([measure.width(line[0], TAG, True) for line in lines]) + 2 * _PAD + 2
    high = np.full(len(rows), TAG * LINE_HEIGHT)
    centre = scene.content.xy[rows] - scene.half[rows] * 0.72
    size = np.stack([wide, high], axis=1)
    rect = np.concatenate([centre - size / 2, centre + size / 2], axis=1)
    count, palette = len(rows), scene.palette
    # A plate is painted with its text, after the icons: nothing covers it.
    texts = Texts(items, rows, rect, lines, np.full(count, TAG), np.full(count, palette.background, np.uint32),
                  np.full(count, palette.text, np.uint32), np.full(count, Align.CENTRE, np.int8),
                  np.ones(count, np.int8))
    return Marks(texts=texts)


@dataclass(frozen=True)
class Line:
    """One line of the schedule: number, item, type, source, rows and the beginning of the source's SHA-256."""

    cells: tuple[str, ...]


def lines_of(scene: Scene, schedule: Sequence[ScheduleRow]) -> list[Line]:
    """The lines in the order of the numbers; links after the entities, by the numbers of their ends."""
    numbers = numbers_of(scene)
    entities = sorted((row for row in schedule if row.item in numbers), key=lambda row: numbers[row.item])
    links = sorted((row for row in schedule if row.ends and row.ends[0] in numbers and row.ends[1] in numbers),
                   key=lambda row: (numbers[row.ends[0]], numbers[row.ends[1]], row.item))  # type: ignore[index]
    lines = []
    for row in entities:
        lines += _lines(str(numbers[row.item]), row)
    for row in links:
        assert row.ends is not None
        lines += _lines(f"{numbers[row.ends[0]]} → {numbers[row.ends[1]]}", row)
    return lines


def _lines(name: str, row: ScheduleRow) -> list[Line]:
    if not row.origins:
        return [Line((name, row.label, row.type_name, _("no source"), "", ""))]
    found = []
    for at, origin in enumerate(row.origins):
        own = (name, row.label, row.type_name) if not at else ("", "", "")
        found.append(Line((*own, origin.source, rows_said(origin.rows), origin.sha256[:12])))
    return found


def rows_said(rows: Sequence[int]) -> str:
    """`2–5, 9, 12`: every row, runs as ranges."""
    runs: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return ", ".join(str(one) if one == last else f"{one}–{last}" for one, last in runs)


def _heads() -> tuple[str, ...]:
    return _("No."), _("Item"), _("Type"), _("Source"), _("Row"), _("SHA-256")


_SHARES = (0.075, 0.275, 0.16, 0.19, 0.175, 0.125)


def schedule_pages(scene: Scene, schedule: Sequence[ScheduleRow], measure: TextMeasure, frame: Rect) -> list[Marks]:
    """The schedule as marks, one for each page; `frame` (page units, 0.25 mm) is the room on each. The sources with
    their whole SHA-256 come at the end."""
    with speaking(scene.content.language):
        pages = _Pages(measure, scene.palette, frame)
        pages.title(_("Schedule of items"))
        pages.table(_heads(), _SHARES, [line.cells for line in lines_of(scene, schedule)])
        sources = sorted({(origin.source, origin.sha256) for row in schedule for origin in row.origins
                          if origin.sha256})
        if sources:
            count = number(len(sources), scene.content.language)
            pages.title(_("Sources ({n})", n=count))
            pages.table((_("Source"), _("SHA-256")), (0.36, 0.64), sources)
        return pages.done()


class _Pages:
    """Sets titles and tables down a column of pages."""

    def __init__(self, measure: TextMeasure, palette: Palette, frame: Rect) -> None:
        self._measure, self._palette, self._frame = measure, palette, frame
        self._made: list[Marks] = []
        self._sheet, self._y = Sheet(measure, palette), frame[1]

    def _turn(self) -> None:
        self._made.append(self._sheet.marks())
        self._sheet, self._y = Sheet(self._measure, self._palette), self._frame[1]

    def title(self, text: str) -> None:
        """A heading; on the next page where little room is left."""
        if self._y > self._frame[1]:
            self._y += 14
        if self._y + 70 > self._frame[3]:
            self._turn()
        self._y += self._sheet.text(self._frame[0], self._y, text, 16, bold=True) + 6

    def table(self, heads: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Rows of cells; the heads are repeated on every page."""
        x0, x1 = self._frame[0], self._frame[2]
        lefts = [x0 + (x1 - x0) * sum(shares[:at]) for at in range(len(shares))]
        widths = [(x1 - x0) * share - 6 for share in shares]
        self._row(heads, lefts, widths, bold=True)
        for cells in rows:
            trial = Sheet(self._measure, self._palette)
            high = _set(trial, cells, lefts, widths, 0.0, bold=False)
            if self._y + high + 4 > self._frame[3]:
                self._turn()
                self._row(heads, lefts, widths, bold=True)
            self._row(cells, lefts, widths, bold=False)

    def _row(self, cells: Sequence[str], lefts: Sequence[float], widths: Sequence[float], *, bold: bool) -> None:
        if cells[0]:
            x0, x1 = self._frame[0], self._frame[2]
            self._sheet.line(x0, self._y - 1, x1, self._y - 1, self._palette.rule, width=0.5)
        self._y += _set(self._sheet, cells, lefts, widths, self._y, bold=bold) + 3

    def done(self) -> list[Marks]:
        """Every page."""
        self._turn()
        return self._made


def _set(sheet: Sheet, cells: Sequence[str], lefts: Sequence[float], widths: Sequence[float], y: float, *,
         bold: bool) -> float:
    high = [sheet.text(x, y, cell, TEXT, width=wide, bold=bold, most=_MOST_LINES)
            for x, wide, cell in zip(lefts, widths, cells, strict=True) if cell]
    return max(high, default=TEXT)
