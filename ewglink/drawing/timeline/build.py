"""A timeline as a scene: a pure function of what the chart holds and its dates, painted like any other chart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ewglink.drawing.content import HIDDEN, ChartContent, Note
from ewglink.drawing.marks import Floats
from ewglink.drawing.measure import TextMeasure
from ewglink.drawing.representation import REPRESENTATIONS, Batch
from ewglink.drawing.style import LINE_WIDTH, Palette, argb, contrast, look_of, shaded
from ewglink.drawing.timeline.bar import Span, overlap_colour, overlapping
from ewglink.drawing.timeline.placing import Placed, Wanted, place_frames, place_links
from ewglink.drawing.timeline.scale import TimeScale, scale_of
from ewglink.drawing.timeline.subjects import Part, Subjects, options, subjects_of, time_of
from ewglink.drawing.timeline.wiring import WIRINGS, Metrics, Stop, band, polyline, slots
from ewglink.text import _, speaking

LEFT = 230.0
"""The place of the first moment, from the middle of the headers."""
GAP = 64.0
"""Between two theme lines with no event between them: 16 mm."""
_MARGIN = 18.0
_BAR_GAP = 26.0
_WIDEN, _AT_MOST, _DEAR = 1.2, 110.0, 0.4
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#56B4E9", "#7F3C8D", "#E69F00", "#555B63",
            "#A14A00")
Corner = tuple[float, float, int]


@dataclass
class Plan:
    """Where everything on a timeline stands, chart units: `base` heights of the themes, `middles` (x, y) of the events,
    `lines` the corners of each theme line, `links` the upright links (x, y0, y1), `frame` the rectangle between the
    time bars, `spans` what the bars mark; `entering` the height of each part in its event, `moved` events that stand
    right of their time."""

    subjects: Subjects
    scale: TimeScale
    base: list[float] = field(default_factory=list)
    middles: dict[int, tuple[float, float]] = field(default_factory=dict)
    lines: list[list[Corner]] = field(default_factory=list)
    links: list[tuple[float, float, float]] = field(default_factory=list)
    entering: dict[Part, float] = field(default_factory=dict)
    frame: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    spans: list[Span] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    overlaps: set[int] = field(default_factory=set)


def wiring_of(content: ChartContent, part: Part) -> str:
    """How a theme goes on after an event: as its link says, else the event, else the chart."""
    for found in (content.link_styles.get(part.link, {}), content.styles.get(part.event, {}), options(content)):
        if found.get("wiring") in WIRINGS:
            return str(found["wiring"])
    return "return"


def dressed(content: ChartContent, subjects: Subjects) -> ChartContent:
    """The content with its themes as theme lines, its events as event frames with room for the lines that enter, and
    everything else hidden."""
    flags = content.flags | np.uint8(HIDDEN)
    flags[subjects.themes + subjects.events] = content.flags[subjects.themes + subjects.events]
    styles: dict[int, dict[str, Any]] = {row: dict(style) for row, style in content.styles.items()}
    metrics = Metrics.of(options(content))
    for event in subjects.events:
        entering = [part for part in subjects.of_event(event) if wiring_of(content, part) != "none"]
        styles.setdefault(event, {})["band"] = band(len(entering), metrics)
    shapes = dict.fromkeys(subjects.themes, "theme_line") | dict.fromkeys(subjects.events, "event_frame")
    return replace(content, flags=flags, styles=styles, representations=shapes, xy=np.zeros_like(content.xy))


def gaps_by_hand(content: ChartContent, subjects: Subjects) -> list[int | None]:
    """The gap that each event was put into by hand, None where it was not. A gap is named by the theme line beneath it
    (its id), 0 for that beneath them all; where that theme line is gone, so is the wish."""
    given = options(content).get("gaps")
    gaps = given if isinstance(given, dict) else {}
    place = {int(content.entity_ids[theme]): at for at, theme in enumerate(subjects.themes)} | {0: len(subjects.themes)}
    return [place.get(gaps.get(str(int(content.entity_ids[event])), -1)) for event in subjects.events]


def _frame_sizes(content: ChartContent, events: list[int], measure: TextMeasure, palette: Palette) -> Floats:
    looks = [look_of(content, key, palette) for key in content.type_keys]
    rows = np.array(events, np.int64)
    batch = Batch(content, rows, content.types[rows].astype(np.int32), looks, palette, measure)
    return REPRESENTATIONS.get("event_frame").draw(batch).half if events else np.empty((0, 2))


def _upright(content: ChartContent, subjects: Subjects, scale: TimeScale) -> list[tuple[float, int, int]]:
    place = {theme: at for at, theme in enumerate(subjects.themes)}
    found = []
    for row in subjects.links:
        a, b = (place[int(end)] for end in content.ends[row])
        found.append((scale.x(time_of(content.link_when[row])[0]), min(a, b), max(a, b)))
    return found


def planned(content: ChartContent, subjects: Subjects, measure: TextMeasure, palette: Palette) -> Plan:
    """Where everything goes; the scale is widened as long as that brings frames nearer to their time."""
    half = _frame_sizes(content, subjects.events, measure, palette)
    number = {theme: at for at, theme in enumerate(subjects.themes)}
    entered = [tuple(number[part.theme] for part in subjects.of_event(event)) for event in subjects.events]
    times = [time_of(content.when[event]) for event in subjects.events]
    times += [time_of(content.link_when[row]) for row in subjects.links]
    wide, metrics, gaps = options(content), Metrics.of(options(content)), gaps_by_hand(content, subjects)
    spacing, days = str(wide.get("spacing", "proportional")), float(wide.get("threshold_days", 1.0))
    width, best = 900.0 + 20.0 * len(times), None
    widest = 900.0 + _AT_MOST * len(times)
    while best is None or width <= widest:
        scale = scale_of([start for start, _end in times], spacing, LEFT, width, days * 86400.0)
        frames = [Wanted(scale.x(time[0]), float(size[0]), themes, gap)
                  for time, size, themes, gap in zip(times, half, entered, gaps, strict=False)]
        links = _upright(content, subjects, scale)
        placed, moved = place_frames(frames, len(subjects.themes), links, metrics)
        if best is None or moved + _DEAR * width < best[0]:
            best = moved + _DEAR * width, scale, frames, placed, links
        if moved < 1.0:
            break
        width *= _WIDEN
    plan = Plan(subjects, best[1])
    _set_heights(plan, best[3], half)
    _set_events(plan, best[2], best[3], content, half)
    _set_lines(plan, content, best[3], best[4])
    _set_bar(plan, times)
    return plan


def _set_heights(plan: Plan, placed: list[Placed], half: Floats) -> None:
    """The theme lines' base heights and each event's middle: a gap is as high as its highest frame needs."""
    count = len(plan.subjects.themes)
    high = [GAP] * (count + 1)
    high[0] = high[count] = GAP / 2
    for frame, size in zip(placed, half, strict=True):
        high[frame.gap] = max(high[frame.gap], 2 * float(size[1]) + 2 * _MARGIN)
    tops = np.concatenate([[0.0], np.cumsum(high)])
    plan.base = [float(tops[at + 1]) for at in range(count)]
    for event, frame in zip(plan.subjects.events, placed, strict=True):
        plan.middles[event] = frame.x, float(tops[frame.gap] + tops[frame.gap + 1]) / 2
    plan.frame = (LEFT - 150.0, -_BAR_GAP, LEFT, float(tops[-1]) + _BAR_GAP)


def _set_events(plan: Plan, wanted: list[Wanted], placed: list[Placed], content: ChartContent, half: Floats) -> None:
    metrics = Metrics.of(options(content))
    for event, wish, found, size in zip(plan.subjects.events, wanted, placed, half, strict=True):
        if found.x - wish.x > 1.0:
            plan.moved.add(event)
        parts = [part for part in plan.subjects.of_event(event) if wiring_of(content, part) != "none"]
        bottom = plan.middles[event][1] + float(size[1])
        middle = bottom - band(len(parts), metrics) / 2 - 2.0
        for part, height in zip(parts, slots(len(parts), middle, metrics), strict=True):
            plan.entering[part] = height


def _set_lines(plan: Plan, content: ChartContent, placed: list[Placed],
               upright: list[tuple[float, int, int]]) -> None:
    subjects, metrics = plan.subjects, Metrics.of(options(content))
    size = {event: frame.half for event, frame in zip(subjects.events, placed, strict=True)}
    links = place_links(upright)
    ends = [x + size[event] for event, (x, _y) in plan.middles.items()] + links + [LEFT + 400.0]
    right = max(ends) + metrics.far + 30.0
    plan.frame = plan.frame[0], plan.frame[1], right, plan.frame[3]
    at = {event: number for number, event in enumerate(subjects.events)}
    for theme, base in zip(subjects.themes, plan.base, strict=True):
        stops = [Stop(plan.middles[part.event][0] - size[part.event], plan.middles[part.event][0] + size[part.event],
                      plan.entering.get(part, base), wiring_of(content, part), at[part.event])
                 for part in subjects.parts if part.theme == theme]
        plan.lines.append(polyline(base, 0.0, right, sorted(stops, key=lambda stop: stop.left),
                                   metrics))
    plan.links = [(x, float(upper), float(lower)) for x, (_x, upper, lower) in zip(links, upright, strict=True)]


def _set_bar(plan: Plan, times: list[tuple[float, float]]) -> None:
    shared = overlapping(times)
    for (start, end), both in zip(times, shared, strict=True):
        plan.spans.append(Span(plan.scale.x(start), plan.scale.x(end), both))
    plan.overlaps = {event for event, both in zip(plan.subjects.events, shared, strict=False) if both}


def theme_colour(content: ChartContent, number: int, theme: int, palette: Palette) -> int:
    """The colour of a theme line: the analyst's, else one of ten that differ to most eyes, light enough to be seen."""
    own = content.styles.get(theme, {}).get("colour")
    colour = argb(str(own) if own else _COLOURS[number % len(_COLOURS)])
    for _step in range(8):
        if contrast(colour, palette.background) >= 3.0:
            break
        colour = shaded(colour, 0.88 if palette.background & 0xFF > 127 else 1.18)
    return colour


def plain_width(content: ChartContent, row: int) -> float:
    """The width of an upright link."""
    return float(content.link_styles.get(row, {}).get("width", LINE_WIDTH))


def planned_content(content: ChartContent, measure: TextMeasure, palette: Palette) -> tuple[ChartContent, Plan] | None:
    """The content as its timeline shows it, and the plan; None where nothing on it has a date."""
    subjects = subjects_of(content)
    if not subjects.themes or not (subjects.events or subjects.links):
        return None
    made = dressed(content, subjects)
    plan = planned(made, subjects, measure, palette)
    for theme, base in zip(subjects.themes, plan.base, strict=True):
        made.xy[theme] = 0.0, base
    overlap = f"#{overlap_colour(options(content)) & 0xFFFFFF:06X}"
    for event, middle in plan.middles.items():
        made.xy[event] = middle
        if event in plan.moved or event in plan.overlaps:
            made.styles[event].setdefault("border", overlap)
    if plan.moved or plan.overlaps:
        with speaking(content.language):
            words = _("Falls together with another, or stands right of its time for want of room")
        made.notes = [*content.notes, Note(words, "frame", overlap)]
    return made, plan


__all__ = ["Plan", "planned_content", "theme_colour"]
