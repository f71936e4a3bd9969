"""A scene: a chart as marks, ready for any painter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from ewglink.drawing.adornments import badge_marks, frame_marks
from ewglink.drawing.annotations import annotation_lines, annotation_marks
from ewglink.drawing.content import GREYED, HIDDEN, ChartContent
from ewglink.drawing.links import Edges, LinkGeometry, bow_around, link_geometry, link_marks
from ewglink.drawing.marks import Curves, Floats, Form, Ints, Lines, Marks, Rect
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.representation import REPRESENTATIONS, Batch
from ewglink.drawing.stacking import Tier, layered, tiers_of
from ewglink.drawing.style import LIGHT, Look, Palette, look_of, tinted
from ewglink.drawing.timeline.bar import bar_marks, overlap_colour
from ewglink.drawing.timeline.build import Plan, planned_content
from ewglink.drawing.timeline.lines import line_geometry, with_theme_links
from ewglink.drawing.timeline.subjects import options

EMPTY_BOUNDS: Rect = (-200.0, -150.0, 200.0, 150.0)


@dataclass
class Scene:
    """One chart as marks.

    `half` (n, 2), `form` (n,), `label_outside` (n,), `hollow` (n,) describe the entities by content row; `shown` (n,)
    says which are drawn; `look_of_row` (n,) numbers into `looks`. `marks` is the chart, `furniture` what stands round
    it (legend, title block, banner) with `page` the rectangle of both. `omitted` counts labels that found no place;
    `notes` are the lines and arrows that an analyst drew, which follow no item; `tiers` what was brought to the front
    or sent to the back.
    """

    content: ChartContent
    palette: Palette
    looks: list[Look]
    look_of_row: npt.NDArray[np.int32]
    half: Floats
    form: npt.NDArray[np.int8]
    label_outside: npt.NDArray[np.bool_]
    hollow: npt.NDArray[np.bool_]
    shown: npt.NDArray[np.bool_]
    links: LinkGeometry
    marks: Marks
    furniture: Marks = field(default_factory=Marks)
    page: Rect = EMPTY_BOUNDS
    omitted: int = 0
    notes: Marks = field(default_factory=Marks)
    tiers: tuple[Tier, ...] = ()

    @property
    def degree(self) -> Ints:
        """The number of drawn links at each entity (n,)."""
        ends = np.concatenate([self.links.a, self.links.b])
        return np.bincount(ends, minlength=len(self.content.entity_ids))

    @property
    def outside(self) -> Ints:
        """The items whose labels stand beside them."""
        return np.concatenate([self.content.entity_ids[self.label_outside], self.content.link_ids])

    def layered(self) -> list[Marks]:
        """The chart's marks in the order they are painted: one part, or as many as there are levels."""
        return layered(self.marks, self.tiers, self.outside) if self.tiers else [self.marks]

    def bounds(self) -> Rect:
        """The rectangle round everything painted, furniture included; a rectangle of its own for an empty chart."""
        return Marks.joined([self.notes, self.marks, self.furniture]).bounds() or EMPTY_BOUNDS


def _looks(content: ChartContent, palette: Palette) -> tuple[list[Look], npt.NDArray[np.int32]]:
    """The distinct looks, and the number of each entity's (n,)."""
    looks = [look_of(content, key, palette) for key in content.type_keys]
    number = {look: at for at, look in reversed(list(enumerate(looks)))}
    of_row = content.types.astype(np.int32).copy()
    special = set(content.icon_of) | set(content.styles) | set(np.flatnonzero(content.flags & GREYED).tolist())
    known: dict[tuple[Any, ...], Look] = {}
    for row in sorted(special):
        style = content.styles.get(row, {})
        key = (int(content.types[row]), style.get("picture"), style.get("icon") or content.icon_of.get(row),
               style.get("colour"), style.get("shape"))
        if key not in known:
            own = dict(zip(("picture", "icon", "colour", "shape"), key[1:], strict=True))
            known[key] = look_of(content, content.type_keys[key[0]], palette, own)
        look = known[key]
        if content.flags[row] & GREYED:
            look = Look(look.icon, look.form, tinted(palette.greyed, palette.background, 0.6), palette.greyed,
                        palette.background)
        if look not in number:
            number[look] = len(looks)
            looks.append(look)
        of_row[row] = number[look]
    return looks, of_row


def _batches(content: ChartContent, shown: npt.NDArray[np.bool_]) -> dict[str, Ints]:
    special = {row: key for row, key in content.representations.items() if key in REPRESENTATIONS and key != "icon"}
    usual = shown.copy()
    usual[list(special)] = False
    batches = {"icon": np.flatnonzero(usual)}
    for key in sorted(set(special.values())):
        batches[key] = np.array([row for row, of in sorted(special.items()) if of == key and shown[row]], np.int64)
    return batches


@dataclass
class _Bodies:
    """The entities drawn: what `Scene` says of each, and their marks."""

    half: Floats
    form: npt.NDArray[np.int8]
    outside: npt.NDArray[np.bool_]
    hollow: npt.NDArray[np.bool_]
    parts: list[Marks]


def _bodies(content: ChartContent, shown: npt.NDArray[np.bool_], looks: list[Look], of_row: npt.NDArray[np.int32],
            measure: TextMeasure, palette: Palette) -> _Bodies:
    count = len(content.entity_ids)
    out = _Bodies(np.zeros((count, 2)), np.full(count, Form.CIRCLE, np.int8), np.ones(count, bool),
                  np.zeros(count, bool), [])
    for key, rows in _batches(content, shown).items():
        if len(rows):
            drawn = REPRESENTATIONS.get(key).draw(Batch(content, rows, of_row[rows], looks, palette, measure))
            out.half[rows], out.form[rows], out.outside[rows] = drawn.half, drawn.form, drawn.label_outside
            out.hollow[rows] = drawn.hollow
            out.parts.append(drawn.marks)
    if content.styles:
        rows = np.array([row for row in sorted(content.styles) if shown[row]], np.int64)
        badges = badge_marks(content, rows, out.half, looks, palette)
        out.parts += [frame_marks(content, rows, out.half), badges]
    return out


def build_scene(content: ChartContent, measure: TextMeasure, palette: Palette = LIGHT) -> Scene:
    """The scene of `content` without outside labels and furniture (see `finish`); 0.2 s for 100,000 entities."""
    if content.settings.get("kind") == "timeline":
        planned = planned_content(content, measure, palette)
        if planned is not None:
            return _timeline(*planned, measure, palette)
    shown = (content.flags & HIDDEN) == 0
    looks, of_row = _looks(content, palette)
    bodies = _bodies(content, shown, looks, of_row, measure, palette)
    half, form = bodies.half, bodies.form
    links = link_geometry(content, palette, Edges(half, form, ~bodies.outside))
    marks = Marks.joined([annotation_marks(content, measure, palette), *bodies.parts])
    bow_around(links, content.xy, shown & ~bodies.hollow)
    marks.lines, marks.curves = link_marks(content, links, content.xy, half)
    _grey_links(content, links, marks.lines, marks.curves, palette)
    return Scene(content, palette, looks, of_row, half, form, bodies.outside, bodies.hollow, shown, links, marks,
                 notes=annotation_lines(content, palette), tiers=tiers_of(content))


def _timeline(content: ChartContent, plan: Plan, measure: TextMeasure, palette: Palette) -> Scene:
    content = with_theme_links(content, plan.subjects.themes)
    shown = (content.flags & HIDDEN) == 0
    looks, of_row = _looks(content, palette)
    bodies = _bodies(content, shown, looks, of_row, measure, palette)
    links = line_geometry(content, plan, Edges(bodies.half, bodies.form, ~bodies.outside), bodies.half, palette)
    bars = bar_marks(plan.scale, plan.spans, plan.frame, content.language, measure, palette,
                     overlap_colour(options(content)))
    marks = Marks.joined([bars, *bodies.parts])
    marks.lines, marks.curves = link_marks(content, links, content.xy, bodies.half)
    _grey_links(content, links, marks.lines, marks.curves, palette)
    return Scene(content, palette, looks, of_row, bodies.half, bodies.form, bodies.outside, bodies.hollow, shown, links,
                 marks, tiers=tiers_of(content))


def _grey_links(content: ChartContent, links: LinkGeometry, lines: Lines, curves: Curves, palette: Palette) -> None:
    greyed = (content.flags & GREYED) > 0
    by_filter = content.link_greyed
    if greyed.any() or by_filter is not None:
        dim = greyed[links.a] | greyed[links.b]
        if by_filter is not None:
            dim |= by_filter[links.row]
        links.colour[dim] = palette.greyed
        lines.colour, curves.colour = links.colour[lines.row], links.colour[curves.row]
