"""Sheets of paper made ready to be painted: windows on a chart, and round them what a sheet says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ewglink.drawing import banner
from ewglink.drawing.marks import Align, Dash, Floats, Marks, Rect, Texts
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.scene import Scene
from ewglink.drawing.sheet import Sheet
from ewglink.drawing.wrapping import cleaned
from ewglink.painting.page_setup import PAPER_NAMES, PAPERS, PageSetup
from ewglink.painting.schedule import schedule_pages
from ewglink.painting.sheet_words import Words, facts_on_sheet, words_of
from ewglink.painting.text_measure import FontMeasure
from ewglink.painting.tiles import MARGIN, Edges, Plan, Tile, plan, sheet_name
from ewglink.release.view import ScheduleRow

UNIT_MM = 0.25
"""Millimetres of a chart unit at natural size, and of a page unit always."""
_LINE = 20.0
"""Height of a header or footer, page units."""
_BLOCK = 88.0
"""Height of the title block of each of several sheets, page units."""
_GAP = 4.0
_MARK = 16.0
_MOST_IN_MAP = 20_000
"""Marks of a chart that are still drawn in the key map."""


@dataclass(frozen=True)
class Window:
    """A part of the chart on a page: `source` in chart units, `target` in page units; `marks` those that touch it."""

    source: Rect
    target: Rect
    marks: tuple[Marks, ...]


@dataclass(frozen=True)
class Page:
    """One page: `paper` in millimetres, windows, and in page units (0.25 mm) the `ground` under them and the `marks`
    over them."""

    name: str
    paper: tuple[float, float]
    windows: tuple[Window, ...] = ()
    marks: Marks = field(default_factory=Marks)
    ground: Marks = field(default_factory=Marks)


def plan_of(scene: Scene, setup: PageSetup, measure: TextMeasure | None = None,
            paper: tuple[float, float] | None = None) -> Plan:
    """How many sheets there will be and at what scale; `paper` (millimetres) instead of that of `setup`."""
    measure = measure or FontMeasure()
    x0, y0, x1, y1 = scene.page
    size = (x1 - x0) * UNIT_MM, (y1 - y0) * UNIT_MM
    upright = paper or PAPERS[setup.page] or (210.0, 297.0)
    narrow = (min(upright) - 2 * MARGIN) / UNIT_MM
    high = banner.height(Sheet(measure, scene.palette), scene.content.marking, narrow)
    above, below = (_LINE if setup.header else 0.0), (_LINE if setup.footer else 0.0)
    single = Edges(above * UNIT_MM, below * UNIT_MM)
    tiled = Edges(_stripe(high, above) * UNIT_MM, (_stripe(high, below) + _BLOCK + _GAP) * UNIT_MM)
    return plan(size, setup, tiled, single, paper)


def _stripe(banner_high: float, line: float) -> float:
    return banner_high + line + (_GAP if banner_high or line else 0.0)


def pages_of(scene: Scene, setup: PageSetup, schedule: Sequence[ScheduleRow] = (),
             paper: tuple[float, float] | None = None) -> list[Page]:
    """Every page of the chart as `setup` (or the `paper` in a printer, millimetres) wants it, the schedule last."""
    measure = FontMeasure()
    made = plan_of(scene, setup, measure, paper)
    listed = _listed(scene, setup, schedule, measure, made) if setup.schedule and schedule else []
    total = made.count + len(listed)
    pages = [_Composer(scene, setup, made, measure, total).page(at, tile) for at, tile in enumerate(made.tiles(), 1)]
    for at, page in enumerate(listed, made.count + 1):
        composer = _Composer(scene, setup, made, measure, total)
        pages.append(composer.schedule_page(at, page))
    return pages


def _paper_of_schedule(setup: PageSetup, made: Plan) -> tuple[float, float]:
    """That of the sheets; upright A4 where a page is as large as the chart."""
    return made.paper if PAPERS[setup.page] is not None or made.count > 1 else (210.0, 297.0)


def _listed(scene: Scene, setup: PageSetup, schedule: Sequence[ScheduleRow], measure: TextMeasure,
            made: Plan) -> list[Marks]:
    wide, high = (length / UNIT_MM for length in _paper_of_schedule(setup, made))
    edge = MARGIN / UNIT_MM
    strip = banner.height(Sheet(measure, scene.palette), scene.content.marking, wide - 2 * edge)
    frame = edge, edge + strip + _LINE + 2 * _GAP, wide - edge, high - edge - strip - _LINE - 2 * _GAP
    return schedule_pages(scene, schedule, measure, frame)


class _Composer:
    """Composes pages of one plan."""

    def __init__(self, scene: Scene, setup: PageSetup, made: Plan, measure: TextMeasure, total: int) -> None:
        self.scene, self.setup, self.plan, self.total = scene, setup, made, total
        self.sheet, self.ground = Sheet(measure, scene.palette), Sheet(measure, scene.palette)

    def page(self, at: int, tile: Tile) -> Page:
        """The sheet of `tile`, the `at`th of all."""
        frame = _scaled(self.plan.frame, 1 / UNIT_MM)
        window = self._window(tile, frame)
        words = words_of(self.scene, tile.name if self.plan.count > 1 else str(at), at, self.total, self.plan.scale)
        windows = [window]
        if self.plan.count > 1:
            self._tiled(frame, words, tile, windows)
        else:
            self._line(self.setup.header, words, frame[1] - _LINE)
            self._line(self.setup.footer, words, frame[3] + _GAP)
        return Page(tile.name, self.plan.paper, tuple(windows), self.sheet.marks(), self.ground.marks())

    def schedule_page(self, at: int, marks: Marks) -> Page:
        """A page of the schedule: banners, header and footer round `marks`."""
        paper = _paper_of_schedule(self.setup, self.plan)
        wide, high = paper[0] / UNIT_MM, paper[1] / UNIT_MM
        edge = MARGIN / UNIT_MM
        words = words_of(self.scene, str(at), at, self.total, self.plan.scale)
        self.plan = replace(self.plan, paper=paper)
        strip = self._banner(edge, wide)
        self._banner(high - edge - strip, wide)
        self._line(self.setup.header, words, edge + strip + _GAP)
        usual = "{case} – {chart}||{number} / {sheets}"
        self._line(self.setup.footer or usual, words, high - edge - strip - _LINE)
        return Page(str(at), paper, (), Marks.joined([marks, self.sheet.marks()]))

    def _window(self, tile: Tile, frame: Rect) -> Window:
        natural = 1 / (self.plan.scale * UNIT_MM)
        x0, y0 = self.scene.page[:2]
        wx0, wy0, wx1, wy1 = (length * natural for length in tile.window)
        source = x0 + wx0, y0 + wy0, x0 + wx1, y0 + wy1
        if self.plan.count == 1:
            return Window(source, frame, (self.scene.furniture, *self.scene.layered()))
        # Every sheet has banners of its own; a piece of the chart's, without its words, would look like a redaction.
        furniture = without_banner(self.scene)
        parts = (furniture, *self.scene.layered())
        return Window(source, frame, tuple(inside(one, source) for one in parts))

    def _banner(self, top: float, wide: float) -> float:
        edge = MARGIN / UNIT_MM
        return banner.draw(self.sheet, self.scene.content.marking, edge, top, wide - 2 * edge)

    def _line(self, text: str, words: Words, top: float) -> None:
        """A header or footer: left, middle and right, between the margins."""
        edge = MARGIN / UNIT_MM
        left, right = edge, self.plan.paper[0] / UNIT_MM - edge
        room = (right - left) / 3 - 4
        aligned = ((left, Align.LEFT), ((left + right) / 2, Align.CENTRE), (right, Align.RIGHT))
        for part, (x, align) in zip(words.filled(text), aligned, strict=True):
            self.sheet.text(x, top + 2, part, 10, width=room if "|" in text else 3 * room, most=1, align=align,
                            colour=self.sheet.palette.quiet_text)

    def _tiled(self, frame: Rect, words: Words, tile: Tile, windows: list[Window]) -> None:
        wide = self.plan.paper[0] / UNIT_MM
        edge = MARGIN / UNIT_MM
        high = self._banner(edge, wide)
        self._line(self.setup.header, words, edge + high)
        bottom = self.plan.paper[1] / UNIT_MM - edge
        self._banner(bottom - high, wide)
        self._line(self.setup.footer, words, bottom - high - _LINE)
        block = frame[0], frame[3] + _GAP, frame[2], frame[3] + _GAP + _BLOCK
        self._title_block(block, words, tile, windows)
        if self.setup.cut_marks:
            self._cut_marks(frame, tile)
        rule = self.sheet.palette.rule
        for x0, y0, x1, y1 in ((frame[0], frame[1], frame[2], frame[1]), (frame[2], frame[1], frame[2], frame[3]),
                               (frame[2], frame[3], frame[0], frame[3]), (frame[0], frame[3], frame[0], frame[1])):
            self.sheet.line(x0, y0, x1, y1, rule, width=0.4)

    def _title_block(self, block: Rect, words: Words, tile: Tile, windows: list[Window]) -> None:
        x0, y0, x1, y1 = block
        palette = self.sheet.palette
        self.ground.panel(block, palette.panel, palette.rule)
        room = x1 - x0 - 20
        map_wide = self._key_map((x0 + room * 0.62, y0 + 5, x1 - 6, y1 - 5), tile, windows) if self.setup.key_map else 0
        room -= map_wide + 10
        name = self.sheet.wide(tile.name, 34, True) + 14
        self.sheet.text(x0 + 10, y0 + 8, tile.name, 34, bold=True)
        self.sheet.text(x0 + 10, y0 + 56, words.of_sheets, 10, width=max(name, 60), most=2)
        left = x0 + 10 + max(name, 70)
        y = y0 + 7 + self.sheet.text(left, y0 + 7, words.chart, 13, width=room - (left - x0 - 10), bold=True, most=1)
        for line in facts_on_sheet(words, self._paper_name(), self.plan.overlap):
            y += 1 + self.sheet.text(left, y + 1, line, 10, width=room - (left - x0 - 10), most=1,
                                     colour=palette.quiet_text)

    def _paper_name(self) -> str:
        known = PAPERS[self.setup.page]
        if known is not None and sorted(known) == sorted(self.plan.paper):
            return PAPER_NAMES[self.setup.page]
        return f"{self.plan.paper[0]:.0f} × {self.plan.paper[1]:.0f} mm"

    def _key_map(self, room: Rect, tile: Tile, windows: list[Window]) -> float:
        """The sheets beside one another with this one marked, on the first over the chart; answers its width."""
        tiles = self.plan.tiles()
        whole = tiles[0].window[0], tiles[0].window[1], tiles[-1].window[2], tiles[-1].window[3]
        scale = min((room[2] - room[0]) / (whole[2] - whole[0]), (room[3] - room[1]) / (whole[3] - whole[1]))
        left, top = room[2] - (whole[2] - whole[0]) * scale, room[1]
        lap = self.plan.overlap / 2
        palette = self.sheet.palette
        first = tile.row == tile.column == 0
        if first:
            windows.append(self._thumbnail(whole, (left, top, room[2], top + (whole[3] - whole[1]) * scale)))
        for one in tiles:
            x0 = left + (one.window[0] - whole[0] + (lap if one.column else 0)) * scale
            x1 = left + (one.window[2] - whole[0] - (lap if one.column < self.plan.across - 1 else 0)) * scale
            y0 = top + (one.window[1] - whole[1] + (lap if one.row else 0)) * scale
            y1 = top + (one.window[3] - whole[1] - (lap if one.row < self.plan.down - 1 else 0)) * scale
            here = one.name == tile.name
            fill = palette.rule if here and not first else 0
            self.sheet.panel((x0, y0, x1, y1), fill, palette.text if here else palette.quiet_text,
                             width=1.6 if here else 0.5)
            size = min(10.0, (y1 - y0) * 0.55, (x1 - x0) * 0.4)
            self.sheet.text((x0 + x1) / 2, (y0 + y1) / 2 - size * 0.62, one.name, size, align=Align.CENTRE, bold=here)
        return room[2] - left

    def _thumbnail(self, whole: Rect, target: Rect) -> Window:
        natural = 1 / (self.plan.scale * UNIT_MM)
        x0, y0 = self.scene.page[:2]
        source = (x0 + whole[0] * natural, y0 + whole[1] * natural, x0 + whole[2] * natural, y0 + whole[3] * natural)
        marks = self.scene.marks
        count = sum(len(part) for part in (marks.shapes, marks.lines, marks.curves, marks.arrows, marks.icons))
        few = [replace(one, texts=Texts()) for one in self.scene.layered()] if count <= _MOST_IN_MAP else []
        return Window(source, target, tuple(few))

    def _cut_marks(self, frame: Rect, tile: Tile) -> None:
        """Lines outside the window: where it ends, and, dashed, where the next sheet's begins; crosses half way."""
        ink = self.sheet.palette.text
        lap = self.plan.overlap / UNIT_MM
        for x in (frame[0], frame[2]):
            self._vertical(x, frame, ink, Dash.SOLID)
        for y in (frame[1], frame[3]):
            self._horizontal(y, frame, ink, Dash.SOLID)
        if not lap:
            return
        for x, there in ((frame[0] + lap, tile.column > 0), (frame[2] - lap, tile.column < self.plan.across - 1)):
            if there:
                self._vertical(x, frame, ink, Dash.DOTTED)
        for y, there in ((frame[1] + lap, tile.row > 0), (frame[3] - lap, tile.row < self.plan.down - 1)):
            if there:
                self._horizontal(y, frame, ink, Dash.DOTTED)
        self._neighbours(frame, tile, ink)

    def _vertical(self, x: float, frame: Rect, ink: int, dash: Dash) -> None:
        for y, way in ((frame[1], -1), (frame[3], 1)):
            # Above and below stand banner and title block: the marks are short there.
            self.sheet.line(x, y, x, y + way * _GAP, ink, width=0.7, dash=dash)

    def _horizontal(self, y: float, frame: Rect, ink: int, dash: Dash) -> None:
        for x, way in ((frame[0], -1), (frame[2], 1)):
            self.sheet.line(x + way * 2, y, x + way * (2 + _MARK), y, ink, width=0.7, dash=dash)

    def _neighbours(self, frame: Rect, tile: Tile, ink: int) -> None:
        """In the side margins: register crosses at the middle, and the name of the sheet that follows there."""
        middle = (frame[1] + frame[3]) / 2
        for x, way, column in ((frame[0], -1, tile.column - 1), (frame[2], 1, tile.column + 1)):
            at = x + way * 11
            self.sheet.line(at - 5, middle, at + 5, middle, ink, width=0.7)
            self.sheet.line(at, middle - 5, at, middle + 5, ink, width=0.7)
            if 0 <= column < self.plan.across:
                self.sheet.text(at, middle + 10, sheet_name(tile.row, column), 8, align=Align.CENTRE)
        half = self.plan.overlap / UNIT_MM / 2
        for y, row in ((frame[1] + half, tile.row - 1), (frame[3] - half, tile.row + 1)):
            if 0 <= row < self.plan.down:
                self.sheet.text(frame[0] - 11, y - 5, sheet_name(row, tile.column), 8, align=Align.CENTRE)


def without_banner(scene: Scene) -> Marks:
    """The furniture of a scene but for the bands with its marking."""
    furniture, marking = scene.furniture, cleaned(scene.content.marking)
    bands = np.array([marking != "" and " ".join(lines) == marking for lines in furniture.texts.lines], bool)
    middle = (furniture.texts.rect[bands, :2] + furniture.texts.rect[bands, 2:]) / 2
    half = furniture.shapes.size / 2
    away: Floats = np.abs(furniture.shapes.xy[:, None] - middle[None])
    around = np.any(np.all(away <= half[:, None], axis=2), axis=1)
    return replace(furniture, texts=furniture.texts.take(~bands), shapes=furniture.shapes.take(~around))


def _scaled(rect: Rect, by: float) -> Rect:
    return rect[0] * by, rect[1] * by, rect[2] * by, rect[3] * by


def _touching(low: Floats, high: Floats, rect: Rect) -> np.ndarray:
    found: np.ndarray = ((high[:, 0] >= rect[0]) & (low[:, 0] <= rect[2]) & (high[:, 1] >= rect[1])
                         & (low[:, 1] <= rect[3]))
    return found


def inside(marks: Marks, rect: Rect) -> Marks:
    """Those of `marks` that may paint within `rect`."""
    half = (marks.shapes.size + marks.shapes.width[:, None]) / 2 + 1
    lines, curves = marks.lines.xy.reshape(-1, 2, 2), marks.curves.xy.reshape(-1, 4, 2)
    line_pad, curve_pad = marks.lines.width[:, None] + 1, marks.curves.width[:, None] + 1
    head, icon = marks.arrows.size[:, None] + 1, marks.icons.size[:, None] / 2 + 2
    rects = marks.texts.rect
    return Marks(
        marks.shapes.take(_touching(marks.shapes.xy - half, marks.shapes.xy + half, rect)),
        marks.lines.take(_touching(lines.min(axis=1) - line_pad, lines.max(axis=1) + line_pad, rect)),
        marks.curves.take(_touching(curves.min(axis=1) - curve_pad, curves.max(axis=1) + curve_pad, rect)),
        marks.arrows.take(_touching(marks.arrows.tip - head, marks.arrows.tip + head, rect)),
        marks.icons.take(_touching(marks.icons.xy - icon, marks.icons.xy + icon, rect)),
        marks.texts.take(_touching(rects[:, :2] - 4, rects[:, 2:] + 4, rect)))
