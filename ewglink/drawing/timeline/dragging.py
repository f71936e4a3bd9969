"""What can be dragged on a timeline: theme lines among each other, events from gap to gap; never anything in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ewglink.drawing.content import ChartContent
from ewglink.drawing.timeline.subjects import options
from ewglink.text import N_

STATES: dict[str, str] = {
    "free": N_("A theme line goes up and down among the others; from left to right it is as long as the chart."),
    "ordered": N_("The event keeps its place in the order of time and cannot pass others; it can go up and down."),
    "controlling": N_("The event stands at its time, from left to right; it can go up and down.")}
"""Ordering states of what a timeline shows, with what each means for a drag."""


def is_timeline(content: ChartContent) -> bool:
    """Whether the content is one that a timeline shows: it has theme lines."""
    return content.settings.get("kind") == "timeline" and "theme_line" in content.representations.values()


def state_of(content: ChartContent, row: int) -> str:
    """The ordering state of an entity: a theme line is free, a dated event stands at its time, or where time is spaced
    evenly or in groups, in order."""
    if content.representations.get(row) != "event_frame":
        return "free"
    return "controlling" if options(content).get("spacing", "proportional") == "proportional" else "ordered"


def rearranged(content: ChartContent, now: Mapping[int, float], was: Mapping[int, float]) -> dict[str, Any] | None:
    """The settings of the timeline once entities (by row) stand as high as `now`, where they stood as high as `was`;
    None where that changes nothing.

    Theme lines are in the order of their heights; an event is in the gap it was dropped in.
    """
    shapes = content.representations
    heights = {row: was.get(row, float(content.xy[row, 1])) for row, shape in shapes.items() if shape == "theme_line"}
    before = [int(content.entity_ids[row]) for row in sorted(heights, key=lambda row: (heights[row], row))]
    order = sorted(heights, key=lambda row: (now.get(row, heights[row]), row))
    themes = [int(content.entity_ids[row]) for row in order]
    gaps = dict(options(content).get("gaps") or {})
    for row, height in now.items():
        if shapes.get(row) == "event_frame":
            old, new = (sum(edge < y for edge in heights.values()) for y in (was[row], height))
            if old != new:
                gaps[str(int(content.entity_ids[row]))] = themes[new] if new < len(themes) else 0
    settings = {**options(content), "themes": themes, "gaps": gaps}
    if themes == before and gaps == (options(content).get("gaps") or {}):
        return None
    return {key: value for key, value in settings.items() if value != {} and key != "order"}
