"""RI-34: a vessel that did not report for long."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.loads import instant
from ewglink.rules.seas import NAUTICAL_KM, Spot, hours, is_in_port, shore_km, spots
from ewglink.rules.surroundings import Surroundings, event_kind
from ewglink.rules.timelines import kilometres
from ewglink.rules.trade import Thing, Trade
from ewglink.text import N_

_HOURS, _FASTEST, _STILL_KM = 12.0, 40.0, 2.0


def _test(vessel: Thing, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    seen = spots(vessel.id, around)
    gaps = [(float(h), None, None) for event, _role in around.events_of.get(vessel.id, ())
            if event_kind(event) == "ais_gap" and (h := _length(event)) is not None]
    if len(seen) < 2 and not gaps:
        return lacking(vessel, "start", "latitude", "longitude")
    longest = max((gap for gap in [*gaps, *_gaps(seen)]), key=lambda one: one[0], default=None)
    if longest is None or longest[0] <= _HOURS:
        return None
    length, before, after = longest
    values: dict[str, object] = {"gap_hours": round(length, 1)}
    if before is not None and after is not None:
        values |= {"start": before.when.isoformat(), "speed_knots": round(_knots(before, after), 1),
                   "shore_km": round(shore_km(before.at)), "others_seen": _others(vessel.id, before, after, around)}
    return Sign(min(1.0, length / 48), values, () if before is None or after is None else (before.id, after.id))


def _length(event: Thing) -> float | None:
    start, end = instant(event.values.get("start")), instant(event.values.get("end"))
    return None if start is None or end is None else hours(start, end)


def _gaps(seen: list[Spot]) -> list[tuple[float, Spot, Spot]]:
    """Gaps at sea: not of a vessel that lay still in a port, nor between positions that one ship cannot both have."""
    found = []
    for before, after in pairwise(seen):
        length = hours(before.when, after.when)
        if length <= _HOURS or _knots(before, after) > _FASTEST:
            continue
        if kilometres(before.at, after.at) < _STILL_KM and is_in_port(before.at):
            continue
        found.append((length, before, after))
    return found


def _knots(before: Spot, after: Spot) -> float:
    length = hours(before.when, after.when)
    return kilometres(before.at, after.at) / NAUTICAL_KM / length if length > 0 else 0.0


def _others(vessel: int, before: Spot, after: Spot, around: Surroundings) -> int:
    """How many other vessels were heard within 100 km of where the gap began, while it lasted: coverage was there."""
    count = 0
    for other in around.positions:
        seen = spots(other, around) if other != vessel else []
        first, last = (bisect_left(seen, when, key=lambda spot: spot.when) for when in (before.when, after.when))
        count += any(kilometres(spot.at, before.at) < 100 for spot in seen[first:last + 1])
    return count


MEMBER = PlainIndicator(
    "RI-34",
    "maritime",
    0.3,
    N_("AIS gap"),
    N_("The longest gap between two positions is over 12 hours, not in port, at a speed a ship can "
       "have; with the distance to the shore and the vessels heard meanwhile; s = hours / 48, at most "
       "1."),
    (N_("No receiver or satellite in reach: most such gaps are innocent."),
     N_("Positions that were thinned out before they were given."),
     N_("A transponder switched off where pirates are about."),),
    ("start", "end", "latitude", "longitude", "speed_knots", "event_kind",),
    _test,
    over="vessel",
)
