"""The lines of a timeline: theme lines, upright links, and plain links to events nobody is led to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ewglink.drawing.content import ChartContent
from ewglink.drawing.links import Edges, LinkGeometry
from ewglink.drawing.marks import Floats
from ewglink.drawing.representations.theme_line import WIDTH
from ewglink.drawing.style import Palette, argb
from ewglink.drawing.timeline.build import Plan, plain_width, theme_colour, wiring_of
from ewglink.drawing.timeline.wiring import height_at, segments
from ewglink.text import _, speaking

THEME_LINE = "theme_line"


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


def line_geometry(content: ChartContent, plan: Plan, edges: Edges, half: Floats, palette: Palette) -> LinkGeometry:
    """Every line of the timeline; `content` has the themes' own rows after its links (see `with_theme_links`)."""
    out = _Gathered()
    first = len(content.link_ids) - len(plan.subjects.themes)
    for number, theme in enumerate(plan.subjects.themes):
        _theme_line(out, content, plan, number, theme, first + number, palette)
    _undiverted(out, content, plan, half, palette)
    place = {theme: at for at, theme in enumerate(plan.subjects.themes)}
    for row, (x, _upper, _lower) in zip(plan.subjects.links, plan.links, strict=True):
        a, b = (int(end) for end in content.ends[row])
        y0, y1 = (height_at(plan.lines[place[end]], x) for end in (a, b))
        out.add(row, (a, b), (x, y0, x, y1), _colour(content, row, palette), width=plain_width(content, row),
                arrows=int(content.directions[row]), dash=min(2, int(content.strengths[row])))
    return out.geometry(edges)


def _theme_line(out: _Gathered, content: ChartContent, plan: Plan, number: int, theme: int, own: int,
                palette: Palette) -> None:
    colour = theme_colour(content, number, theme, palette)
    links = {part.event: part.link for part in plan.subjects.parts if part.theme == theme}
    for piece in segments(plan.lines[number]):
        event = plan.subjects.events[piece.part] if piece.part >= 0 else -1
        xy = piece.x0, piece.y0, piece.x1, piece.y1
        if event >= 0:
            out.add(links[event], (theme, event), xy, colour, width=WIDTH, quiet=True)
        else:
            out.add(own, (theme, theme), xy, colour, width=WIDTH, count=0, quiet=True)


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
