"""The lines of a timeline: theme lines, upright links, and plain links to events nobody is led to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.links import Edges, LinkGeometry
from ewglink.drawing.marks import Floats, Rect
from ewglink.drawing.representations.theme_line import WIDTH
from ewglink.drawing.style import Palette, argb
from ewglink.drawing.timeline.build import Plan, plain_width, theme_colour, wiring_of
from ewglink.drawing.timeline.wiring import height_at, segments
from ewglink.text import _, speaking

THEME_LINE = "theme_line"
_LEAST_PIECE = 14.0
"""Less than this of an upright link says nothing: its arrowhead would not go on it."""
Ends = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a straight line."""


@dataclass
class _Gathered:
    """Columns of a `LinkGeometry` as they grow."""

    row: list[int] = field(default_factory=list)
    count: list[int] = field(default_factory=list)
    a: list[int] = field(default_factory=list)
    b: list[int] = field(default_factory=list)
    arrows: list[int] = field(default_factory=list)
    colour: list[int] = field(default_factory=list)
    width: list[float] = field(default_factory=list)
    dash: list[int] = field(default_factory=list)
    xy: list[tuple[float, float, float, float]] = field(default_factory=list)
    quiet: list[bool] = field(default_factory=list)

    def add(self, row: int, ends: tuple[int, int], xy: tuple[float, float, float, float], colour: int, *, width: float,
            count: int = 1, arrows: int = 0, dash: int = 0, quiet: bool = False) -> None:
        """One more line."""
        for column, value in ((self.row, row), (self.count, count), (self.a, ends[0]), (self.b, ends[1]),
                              (self.arrows, arrows), (self.colour, colour), (self.dash, dash)):
            column.append(value)
        self.width.append(width)
        self.xy.append(xy)
        self.quiet.append(quiet)

    def geometry(self, edges: Edges) -> LinkGeometry:
        """The lines as geometry, their ends fixed."""
        count = len(self.row)
        yes, none = np.ones(count, bool), np.full(count, np.nan)
        return LinkGeometry(
            np.array(self.row, np.int64), np.array(self.count, np.int64), np.array(self.a, np.int64),
            np.array(self.b, np.int64), np.zeros(count), np.full(count, -1, np.int8), np.array(self.arrows, np.int8),
            np.array(self.colour, np.uint32), np.array(self.width, float), np.array(self.dash, np.int8), edges, none,
            yes, yes.copy(), np.array(self.xy, float).reshape(-1, 4), np.array(self.quiet, bool))


def with_theme_links(content: ChartContent, themes: list[int]) -> ChartContent:
    """The content with one more link row for each theme: its line, which is no link of the case but the theme's own."""
    count = len(themes)
    ends = np.repeat(np.array(themes, np.int32)[:, None], 2, axis=1)
    with speaking(content.language):
        names = content.link_type_names | {THEME_LINE: _("Theme line")}
    code = len(content.link_type_keys)
    return replace(
        content, link_ids=np.concatenate([content.link_ids, content.entity_ids[themes]]),
        ends=np.concatenate([content.ends.reshape(-1, 2), ends]),
        link_types=np.concatenate([content.link_types, np.full(count, code, np.int32)]),
        link_type_keys=(*content.link_type_keys, THEME_LINE), link_type_names=names,
        directions=np.concatenate([content.directions, np.zeros(count, np.int8)]),
        strengths=np.concatenate([content.strengths, np.zeros(count, np.int8)]),
        link_labels=[*content.link_labels, *(content.labels[theme] for theme in themes)], link_sums=None)


def uncovered(xy: Ends, covers: list[Rect]) -> list[Ends]:
    """The pieces of a line that none of the rectangles covers, in order."""
    x0, y0, x1, y1 = xy
    free = [(0.0, 1.0)]
    for left, top, right, bottom in covers:
        enter, leave = 0.0, 1.0
        for start, way, low, high in ((x0, x1 - x0, left, right), (y0, y1 - y0, top, bottom)):
            if abs(way) < 1e-9:
                enter, leave = (enter, leave) if low < start < high else (1.0, 0.0)
                continue
            first, last = sorted(((low - start) / way, (high - start) / way))
            enter, leave = max(enter, first), min(leave, last)
        if enter < leave:
            free = [piece for begin, end in free for piece in ((begin, min(end, enter)), (max(begin, leave), end))
                    if piece[1] - piece[0] > 1e-6]
    return [(x0 + (x1 - x0) * begin, y0 + (y1 - y0) * begin, x0 + (x1 - x0) * end, y0 + (y1 - y0) * end)
            for begin, end in free]


def _covers(plan: Plan, half: Floats) -> dict[int, Rect]:
    """The rectangle of each event frame."""
    return {event: (x - float(half[event, 0]), y - float(half[event, 1]), x + float(half[event, 0]),
                    y + float(half[event, 1])) for event, (x, y) in plan.middles.items()}


def line_geometry(content: ChartContent, plan: Plan, edges: Edges, half: Floats, palette: Palette) -> LinkGeometry:
    """Every line of the timeline; `content` has the themes' own rows after its links (see `with_theme_links`)."""
    out, covers = _Gathered(), _covers(plan, half)
    first = len(content.link_ids) - len(plan.subjects.themes)
    for number in range(len(plan.subjects.themes)):
        _theme_line(out, content, plan, number, first + number, palette, covers)
    _undiverted(out, content, plan, half, palette)
    place = {theme: at for at, theme in enumerate(plan.subjects.themes)}
    for row, (x, _upper, _lower) in zip(plan.subjects.links, plan.links, strict=True):
        a, b = (int(end) for end in content.ends[row])
        y0, y1 = (height_at(plan.lines[place[end]], x) for end in (a, b))
        _upright(out, content, row, (x, y0, x, y1), palette, _in_the_way(content, covers, x, y0, y1))
    return out.geometry(edges)


def _in_the_way(content: ChartContent, covers: dict[int, Rect], x: float, y0: float, y1: float) -> list[Rect]:
    """What covers an upright link: frames, but where one of its ends lies within, only the words above it."""
    found = []
    for event, (left, top, right, bottom) in covers.items():
        if left < x < right:
            inside = top < y0 < bottom or top < y1 < bottom
            band = float(content.styles[event].get("band", 0.0)) if inside else 0.0
            found.append((left, top, right, bottom - band - (2.0 if inside else 0.0)))
    return found


def _upright(out: _Gathered, content: ChartContent, row: int, xy: Ends, palette: Palette, covers: list[Rect]) -> None:
    """One dated link, in pieces where frames cover it: the longest carries its label, the last its arrowhead."""
    pieces = uncovered(xy, covers)
    pieces = [piece for piece in pieces if abs(piece[3] - piece[1]) >= _LEAST_PIECE] or pieces or [xy]
    longest = max(range(len(pieces)), key=lambda at: abs(pieces[at][3] - pieces[at][1]))
    way = int(content.directions[row])
    for at, piece in enumerate(pieces):
        heads = (way & 1 if at == len(pieces) - 1 else 0) | (way & 2 if at == 0 else 0)
        out.add(row, (int(content.ends[row, 0]), int(content.ends[row, 1])), piece, _colour(content, row, palette),
                width=plain_width(content, row), arrows=heads, count=int(at == 0),
                dash=min(2, int(content.strengths[row])), quiet=at != longest)


def _theme_line(out: _Gathered, content: ChartContent, plan: Plan, number: int, own: int, palette: Palette,
                covers: dict[int, Rect]) -> None:
    theme = plan.subjects.themes[number]
    colour = theme_colour(content, number, theme, palette)
    links = {part.event: part.link for part in plan.subjects.parts if part.theme == theme}
    for piece in segments(plan.lines[number]):
        event = plan.subjects.events[piece.part] if piece.part >= 0 else -1
        xy = piece.x0, piece.y0, piece.x1, piece.y1
        if event >= 0:
            out.add(links[event], (theme, event), xy, colour, width=WIDTH, quiet=True)
            continue
        low, high = min(xy[0], xy[2]), max(xy[0], xy[2])
        near = [cover for cover in covers.values() if cover[0] < high and cover[2] > low]
        for part in uncovered(xy, near):
            out.add(own, (theme, theme), part, colour, width=WIDTH, count=0, quiet=True)


def _undiverted(out: _Gathered, content: ChartContent, plan: Plan, half: Floats, palette: Palette) -> None:
    """Plain links from theme lines that run straight to the frames of events they take part in."""
    place = {theme: at for at, theme in enumerate(plan.subjects.themes)}
    for part in plan.subjects.parts:
        if wiring_of(content, part) != "none":
            continue
        x, y = plan.middles[part.event]
        from_y = height_at(plan.lines[place[part.theme]], x)
        edge = y + float(half[part.event, 1]) * (1 if from_y > y else -1)
        forward = int(content.ends[part.link, 0]) == part.theme
        xy = (x, from_y, x, edge) if forward else (x, edge, x, from_y)
        ends = (part.theme, part.event) if forward else (part.event, part.theme)
        out.add(part.link, ends, xy, _colour(content, part.link, palette), width=plain_width(content, part.link),
                arrows=int(content.directions[part.link]), dash=min(2, int(content.strengths[part.link])))


def _colour(content: ChartContent, row: int, palette: Palette) -> int:
    own = content.link_styles.get(row, {}).get("colour")
    key = content.link_type_keys[content.link_types[row]]
    if own or key in content.colours:
        return argb(str(own or content.colours[key]))
    return palette.link
