"""The links of a chart as lines: which are drawn, how parallel ones bow, and where they end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ewglink.drawing.bends import bend_columns, placed
from ewglink.drawing.content import HIDDEN, ChartContent
from ewglink.drawing.forms import reach
from ewglink.drawing.marks import Arrows, Curves, Dash, Floats, Form, Lines
from ewglink.drawing.multiplicity import Bundles, bundled
from ewglink.drawing.style import ARROW_SIZE, LINE_WIDTH, PARALLEL_SPACING, Palette, argb

Rows = npt.NDArray[np.int64]
_FORWARD, _BACKWARD = 1, 2
_COMPARED = 400_000
_BOWS = (34.0, -34.0, 52.0, -52.0, 78.0, -78.0, 110.0, -110.0)


@dataclass
class Edges:
    """Outlines of the entities: half sizes (n, 2), forms (n,), and whether links end at them (n,) or run on to the
    centre."""

    half: Floats
    form: npt.NDArray[np.int8]
    stops: npt.NDArray[np.bool_]

    @property
    def any(self) -> bool:
        """Whether any link ends at an outline."""
        return bool(self.stops.any())

    def back(self, rows: Rows, way: Floats) -> Floats:
        """How far (k, 2) from the centres of `rows` a link that comes along unit vectors `way` (k, 2) ends."""
        distance = np.where(self.stops[rows], reach(self.form[rows], self.half[rows], -way), 0.0)
        return way * distance[:, None]


@dataclass
class LinkGeometry:
    """The drawn links; row k of every column is one of them.

    `row` (k,) the content's link row (the first, where one line stands for several), `count` how many it stands for;
    `a`, `b` (k,) entity rows; `offset` (k,) chart units to the right of a→b at the middle; `loop` (k,) the loop's
    number, -1 where the ends differ; `arrows` (k,) bits 1 (at b) and 2 (at a); `colour`, `width`, `dash` (k,).
    `total` (k,) the sum of its links, NaN where none is wanted; `one_label`, `one_type` (k,) whether they agree.
    `bends` (k, 4) control points of links with corners (see `bends`), NaN where there are none.
    `fixed` (k, 4) ends that no entity's place decides (a timeline), `quiet` (k,) lines that are no link of their own.
    """

    row: Rows
    count: Rows
    a: Rows
    b: Rows
    offset: Floats
    loop: npt.NDArray[np.int8]
    arrows: npt.NDArray[np.int8]
    colour: npt.NDArray[np.uint32]
    width: Floats
    dash: npt.NDArray[np.int8]
    edges: Edges
    total: Floats
    one_label: npt.NDArray[np.bool_]
    one_type: npt.NDArray[np.bool_]
    fixed: Floats | None = None
    quiet: npt.NDArray[np.bool_] | None = None
    bends: Floats | None = None

    @property
    def bent(self) -> npt.NDArray[np.bool_]:
        """Which have corners of their own."""
        return np.zeros(len(self.row), bool) if self.bends is None else ~np.isnan(self.bends[:, 0])

    @property
    def straight(self) -> npt.NDArray[np.bool_]:
        """Which are straight lines."""
        found: npt.NDArray[np.bool_] = (self.offset == 0) & (self.loop < 0) & ~self.bent
        return found


def _shown(content: ChartContent) -> Rows:
    hidden = (content.flags & HIDDEN).astype(bool)
    if not len(content.ends):
        return np.empty(0, np.int64)
    shown = ~(hidden[content.ends[:, 0]] | hidden[content.ends[:, 1]])
    for row, style in content.link_styles.items():
        if style.get("hidden"):
            shown[row] = False
    return np.flatnonzero(shown)


def _ranks(key: Rows) -> tuple[Rows, Rows]:
    """For each row its number among rows of equal key, and how many those are."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(key)])
    rank, size = np.empty(len(key), np.int64), np.empty(len(key), np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(starts, sizes)
    size[order] = np.repeat(sizes, sizes)
    return rank, size


def _colours(content: ChartContent, rows: Rows, palette: Palette) -> npt.NDArray[np.uint32]:
    by_type = np.array([argb(content.colours[key]) if key in content.colours else palette.link
                        for key in content.link_type_keys] or [palette.link], np.uint32)
    colour = by_type[content.link_types[rows]] if len(rows) else np.empty(0, np.uint32)
    for at, row in enumerate(rows) if content.link_styles else ():
        style = content.link_styles.get(int(row), {})
        if style.get("colour"):
            colour[at] = argb(style["colour"])
    return colour


def _widths(content: ChartContent, rows: Rows) -> Floats:
    width = np.full(len(rows), LINE_WIDTH)
    for at, row in enumerate(rows) if content.link_styles else ():
        width[at] = float(content.link_styles.get(int(row), {}).get("width", LINE_WIDTH))
    return width


def _bare(count: int) -> Edges:
    return Edges(np.zeros((count, 2)), np.zeros(count, np.int8), np.zeros(count, bool))


def link_geometry(content: ChartContent, palette: Palette, edges: Edges | None = None) -> LinkGeometry:
    """Which links of the content are drawn, and how they bow."""
    rows = _shown(content)
    ends = content.ends[rows].astype(np.int64).reshape(-1, 2)
    low, high = ends.min(axis=1, initial=2**62), ends.max(axis=1, initial=-1)
    key = low * max(1, len(content.entity_ids)) + high
    arrows = content.directions[rows].astype(np.int8)
    swapped = ends[:, 0] > ends[:, 1]
    towards = np.where(swapped, (arrows & 1) << 1 | (arrows & 2) >> 1, arrows).astype(np.int8)
    colour = _colours(content, rows, palette)
    lines = bundled(content, rows, key, _ranks(key)[1], towards)
    kept = lines.first
    _blend(lines, colour, palette)
    rank, size = _ranks(key[kept])
    loops, turned = low[kept] == high[kept], swapped[kept]
    heads = np.where(turned, (lines.towards & 1) << 1 | (lines.towards & 2) >> 1, lines.towards).astype(np.int8)
    fan = PARALLEL_SPACING * float(content.settings.get("fan", 1.0))
    offset = (rank - (size - 1) / 2) * fan * np.where(turned, -1.0, 1.0)
    return LinkGeometry(rows[kept], lines.count, ends[kept, 0], ends[kept, 1], np.where(loops, 0.0, offset),
                        np.where(loops, rank, -1).astype(np.int8), heads, colour[kept],
                        lines.spread(_widths(content, rows))[1].astype(float),
                        np.clip(lines.spread(_dashes(content, rows))[0], 0, Dash.DOTTED).astype(np.int8),
                        edges or _bare(len(content.entity_ids)), lines.total, *_alike(content, rows, lines),
                        bends=bend_columns(content.link_styles, rows[kept], (lines.count == 1) & ~loops))


def _blend(lines: Bundles, colour: npt.NDArray[np.uint32], palette: Palette) -> None:
    """Make lines that stand for links of several colours grey."""
    low, high = lines.spread(colour)
    colour[lines.first[low != high]] = palette.mixed_link


def _dashes(content: ChartContent, rows: Rows) -> npt.NDArray[np.int8]:
    dash = content.strengths[rows].astype(np.int8)
    for at, row in enumerate(rows) if content.link_styles else ():
        own = content.link_styles.get(int(row), {}).get("dash")
        if own is not None:
            dash[at] = int(own)
    return dash


def _alike(content: ChartContent, rows: Rows, lines: Bundles) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether the links of each line have one label, and one type (k,)."""
    low, high = lines.spread(content.link_types[rows])
    labels = np.ones(len(lines.first), bool)
    for at in np.flatnonzero(lines.count[lines.bundle] > 1).tolist():
        number = lines.bundle[at]
        labels[number] &= content.link_labels[rows[at]] == content.link_labels[rows[lines.first[number]]]
    return labels, low == high


def straight_xy(links: LinkGeometry, xy: Floats, which: Rows) -> Floats:
    """Ends (k, 4) of the drawn links `which`, from centre to centre, or to the outline of what they may not enter."""
    if links.fixed is not None:
        return links.fixed[which].reshape(-1, 4)
    out = np.empty((len(which), 4))
    out[:, :2] = xy[links.a[which]]
    out[:, 2:] = xy[links.b[which]]
    if links.edges.any:
        way = _unit(out[:, 2:] - out[:, :2])
        out[:, :2] -= links.edges.back(links.a[which], -way)
        out[:, 2:] -= links.edges.back(links.b[which], way)
    return out


def _unit(way: Floats) -> Floats:
    length: Floats = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    return way / length[:, None]


def curve_xy(links: LinkGeometry, xy: Floats, half: Floats, which: Rows) -> Floats:
    """Control points (k, 8) of the drawn links `which`, ending where straight ones do."""
    start, end = xy[links.a[which]], xy[links.b[which]]
    way = end - start
    length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
    side = np.stack([-way[:, 1], way[:, 0]], axis=1) / length[:, None]
    bow = np.clip(links.offset[which], -0.6 * length, 0.6 * length)
    control = (start + end) / 2 + side * (2 * bow)[:, None]
    out = np.hstack([start, start + (control - start) * (2 / 3), end + (control - end) * (2 / 3), end])
    bent = np.flatnonzero(links.bent[which])
    if len(bent) and links.bends is not None:
        out[bent, 2:6] = placed(links.bends[which[bent]], start[bent], way[bent])
    loop = np.flatnonzero(links.loop[which] >= 0)
    if len(loop):
        size = half[links.a[which[loop]]].max(axis=1) * (3.4 + 0.9 * links.loop[which[loop]])
        centre = start[loop]
        out[loop, 2:4] = centre + size[:, None] * np.array([0.25, -1.3])
        out[loop, 4:6] = centre + size[:, None] * np.array([1.3, -0.25])
    if links.edges.any:
        out[:, :2] -= links.edges.back(links.a[which], _unit(out[:, :2] - out[:, 2:4]))
        out[:, 6:] -= links.edges.back(links.b[which], _unit(out[:, 6:] - out[:, 4:6]))
    return out


def along(curves: Floats, t: float) -> Floats:
    """Points (k, 2) of cubic curves (k, 8) at the parameter `t`."""
    p0, p1, p2, p3 = (curves[:, i:i + 2] for i in (0, 2, 4, 6))
    s = 1 - t
    return p0 * s**3 + p1 * (3 * s * s * t) + p2 * (3 * s * t * t) + p3 * t**3


def arrows_of(content: ChartContent, links: LinkGeometry, xy: Floats, half: Floats, form: npt.NDArray[np.int8],
              which: Rows) -> Arrows:
    """The arrowheads of the drawn links `which`, their tips on the outlines of the entities."""
    parts = []
    for bit in (_FORWARD, _BACKWARD):
        chosen = which[(links.arrows[which] & bit) > 0]
        if len(chosen):
            parts.append(_heads(content, links, xy, half, form, chosen, bit))
    return Arrows.joined(parts) if parts else Arrows()


def _heads(content: ChartContent, links: LinkGeometry, xy: Floats, half: Floats, form: npt.NDArray[np.int8],
           which: Rows, bit: int) -> Arrows:
    if links.fixed is not None:
        return _fixed_heads(content, links, links.fixed[which], which, bit)
    target = links.b[which] if bit == _FORWARD else links.a[which]
    source = links.a[which] if bit == _FORWARD else links.b[which]
    centre, begin = xy[target], xy[source].copy()
    bowed = np.flatnonzero(~links.straight[which])
    if len(bowed):
        control = curve_xy(links, xy, half, which[bowed])
        near = slice(4, 6) if bit == _FORWARD else slice(2, 4)
        begin[bowed] = control[:, near]
    way = centre - begin
    length = np.hypot(way[:, 0], way[:, 1])
    way = way / np.maximum(length, 1e-9)[:, None]
    back = reach(form[target], half[target], -way) + 1.0
    tip = centre - way * back[:, None]
    size = ARROW_SIZE + 1.5 * (links.width[which] - LINE_WIDTH)
    fits = length > back + size * 0.5
    return Arrows(content.link_ids[links.row[which]], which, tip, way, links.colour[which], size).take(fits)


def _fixed_heads(content: ChartContent, links: LinkGeometry, ends: Floats, which: Rows, bit: int) -> Arrows:
    """Arrowheads at the very ends of lines whose ends are fixed."""
    start, tip = (ends[:, :2], ends[:, 2:]) if bit == _FORWARD else (ends[:, 2:], ends[:, :2])
    size = ARROW_SIZE + 1.5 * (links.width[which] - LINE_WIDTH)
    fits = np.hypot(*(tip - start).T) > size
    return Arrows(content.link_ids[links.row[which]], which, tip, _unit(tip - start), links.colour[which],
                  size).take(fits)


def link_marks(content: ChartContent, links: LinkGeometry, xy: Floats, half: Floats) -> tuple[Lines, Curves]:
    """Every drawn link as a line or a curve; the marks' `row` is the drawn link's number."""
    straight = links.straight
    one, other = np.flatnonzero(straight), np.flatnonzero(~straight)
    ids = content.link_ids[links.row]
    lines = Lines(ids[one], one, straight_xy(links, xy, one), links.colour[one], links.width[one], links.dash[one])
    curves = Curves(ids[other], other, curve_xy(links, xy, half, other), links.colour[other], links.width[other],
                    links.dash[other])
    return lines, curves


def bow_around(links: LinkGeometry, xy: Floats, solid: npt.NDArray[np.bool_]) -> None:
    """Bow links that would run through a `solid` (n,) entity they do not touch, and be read as two; the links of one
    pair of entities go round it together, as far apart as they were.

    Only on charts where each link can be held against each entity (`_COMPARED` pairs); `links.offset` is changed.
    """
    rows = np.flatnonzero(solid)
    drawn = np.flatnonzero((links.loop < 0) & ~links.bent)
    if len(rows) * len(drawn) > _COMPARED:
        return
    half = links.edges.half[rows]
    boxes = links.edges.form[rows] == Form.RECT
    low, high = np.minimum(links.a, links.b), np.maximum(links.a, links.b)
    drawn = drawn[np.lexsort((drawn, high[drawn], low[drawn]))]
    first = np.flatnonzero(np.r_[True, (np.diff(low[drawn]) != 0) | (np.diff(high[drawn]) != 0)])
    for numbers in np.split(drawn, first[1:]) if len(drawn) else ():
        a, b = int(low[numbers[0]]), int(high[numbers[0]])
        others = (rows != a) & (rows != b)
        turned = np.where(links.a[numbers] > links.b[numbers], -1.0, 1.0)
        found = _free_offsets(xy[a], xy[b], links.offset[numbers] * turned,
                              (xy[rows[others]], half[others], boxes[others]))
        links.offset[numbers] = found * turned


def _free_offsets(start: Floats, end: Floats, offsets: Floats,
                  bodies: tuple[Floats, Floats, npt.NDArray[np.bool_]]) -> Floats:
    """The offsets of the links of a pair, all moved to one side by the least that takes them past every body; as they
    were where nothing does."""
    most = 0.6 * float(np.hypot(*(end - start)))
    for by in (0.0, *_BOWS):
        moved = offsets + by
        if (by == 0.0 or len(offsets) == 1 or np.abs(moved).max() <= most) \
                and not any(_meets(start, end, float(offset), *bodies) for offset in moved):
            return moved
    return offsets


def _meets(start: Floats, end: Floats, offset: float, points: Floats, half: Floats,
           boxes: npt.NDArray[np.bool_]) -> bool:
    """Whether the link bowed by `offset` runs through one of the bodies at `points`, of half sizes (k, 2)."""
    way = end - start
    length = float(np.hypot(*way))
    if length < 1e-9 or not len(points):
        return False
    off = points - start
    normal = np.array([-way[1], way[0]]) / length
    share = (off @ way) / length**2
    side = off @ normal
    radius = np.where(boxes, half @ np.abs(normal), half.max(axis=1))
    reach_along = np.where(boxes, half @ np.abs(way / length) / length, 0.0)
    bow = 4 * share * (1 - share) * offset
    near = (share > 0.02 - reach_along) & (share < 0.98 + reach_along)
    return bool((near & (np.abs(side - bow) < radius)).any())
