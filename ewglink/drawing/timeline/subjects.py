"""Who and what a timeline shows: theme lines, dated events, who takes part in them, dated links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ewglink.drawing.content import HIDDEN, ChartContent, When

EVENT_TYPES = ("event", "movement")
"""The types whose dated entities are events where the chart does not say otherwise."""
MOST_THEMES = 24
_SWEEPS = 30


@dataclass(frozen=True)
class Part:
    """A theme's part in an event: entity rows and the row of the link between them."""

    theme: int
    event: int
    link: int


@dataclass
class Subjects:
    """`themes` entity rows from top to bottom, `events` entity rows by time, `parts` who takes part, `links` rows of
    the dated links between two themes, by time; `when` of events by row."""

    themes: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    links: list[int] = field(default_factory=list)

    def of_event(self, event: int) -> list[Part]:
        """Who takes part in an event, from top to bottom."""
        place = {theme: at for at, theme in enumerate(self.themes)}
        return sorted((part for part in self.parts if part.event == event), key=lambda part: place[part.theme])


def seconds(moment: datetime) -> float:
    """A moment as seconds on the chart's own clock."""
    return (moment - datetime(1970, 1, 1)).total_seconds()


def options(content: ChartContent) -> dict[str, Any]:
    """The chart's setting `timeline`: `themes` (entity ids in order), `event_types`, `order`, `wiring`, `spacing`."""
    found = content.settings.get("timeline")
    return found if isinstance(found, dict) else {}


def subjects_of(content: ChartContent) -> Subjects:
    """What the chart's timeline shows; empty lists where nothing on it has a date."""
    wanted = options(content)
    kinds = tuple(wanted.get("event_types") or EVENT_TYPES)
    shown = [row for row in range(len(content.entity_ids)) if not content.flags[row] & HIDDEN]
    events = sorted((row for row in shown if row in content.when
                     and (content.type_keys[content.types[row]] in kinds
                          or content.representations.get(row) == "event_frame")),
                    key=lambda row: (content.when[row].start, row))
    named = {int(item) for item in wanted.get("themes") or ()}
    if named:
        events = [row for row in events if int(content.entity_ids[row]) not in named]
    themes = _themes(content, shown, set(events), [int(item) for item in wanted.get("themes") or ()])
    out = Subjects(themes, events, *_ties(content, set(themes), set(events)))
    _order(content, out, str(wanted.get("order") or ("given" if named else "near")))
    return out


def _themes(content: ChartContent, shown: list[int], events: set[int], named: list[int]) -> list[int]:
    if named:
        row_of = {int(item): row for row, item in enumerate(content.entity_ids)}
        return [row_of[item] for item in dict.fromkeys(named) if row_of.get(item) in set(shown)]
    busy: Counter[int] = Counter()
    visible = set(shown)
    for row, (a, b) in enumerate(content.ends.tolist()):
        if a == b or a not in visible or b not in visible or _link_hidden(content, row):
            continue
        if (a in events) != (b in events):
            busy[b if a in events else a] += 1
        elif a not in events and row in content.link_when:
            busy.update((a, b))
    return [row for row, _count in sorted(busy.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_THEMES]]


def _link_hidden(content: ChartContent, row: int) -> bool:
    return bool(content.link_styles.get(row, {}).get("hidden"))


def _ties(content: ChartContent, themes: set[int], events: set[int]) -> tuple[list[Part], list[int]]:
    parts, links, known = [], [], set()
    for row, (a, b) in enumerate(content.ends.tolist()):
        if _link_hidden(content, row):
            continue
        theme, event = (a, b) if a in themes else (b, a)
        if theme in themes and event in events and (theme, event) not in known:
            known.add((theme, event))
            parts.append(Part(theme, event, row))
        elif a in themes and b in themes and a != b and row in content.link_when:
            links.append(row)
    links.sort(key=lambda row: (content.link_when[row].start, row))
    return parts, links


def _order(content: ChartContent, found: Subjects, how: str) -> None:
    """Themes in the order given, by their height on the chart, or so that those who meet stand near each other."""
    if how == "position":
        found.themes.sort(key=lambda row: (float(content.xy[row, 1]), row))
    elif how == "near":
        found.themes = _nearest(found.themes, _meetings(content, found))


def _meetings(content: ChartContent, found: Subjects) -> Counter[tuple[int, int]]:
    pairs: Counter[tuple[int, int]] = Counter()
    for event in found.events:
        there = sorted(part.theme for part in found.parts if part.event == event)
        pairs.update((a, b) for at, a in enumerate(there) for b in there[at + 1:])
    for row in found.links:
        a, b = sorted(content.ends[row].tolist())
        pairs[a, b] += 1
    return pairs


def _nearest(themes: list[int], pairs: Counter[tuple[int, int]]) -> list[int]:
    """The order that neighbours change no more to shorten the way between those who meet."""
    order = list(themes)

    def cost(tried: list[int]) -> int:
        place = {theme: at for at, theme in enumerate(tried)}
        return sum(count * abs(place[a] - place[b]) for (a, b), count in pairs.items())

    best = cost(order)
    for _sweep in range(_SWEEPS):
        before = best
        for at in range(len(order)):
            for to in range(len(order)):
                tried = [*order[:at], *order[at + 1:]]
                tried.insert(to, order[at])
                if (now := cost(tried)) < best:
                    best, order = now, tried
        if best == before:
            break
    return order


def time_of(when: When) -> tuple[float, float]:
    """Start and end in seconds; equal for a moment."""
    start = seconds(when.start)
    return start, seconds(when.end) if when.end is not None else start
