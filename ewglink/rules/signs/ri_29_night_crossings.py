"""RI-29: crossings at night and on holidays, more than others on the same road."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from statistics import median

from ewglink.reference.working_days import holidays_of
from ewglink.rules.contract import Missing, Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.judging import ends
from ewglink.rules.loads import by_party, crossings
from ewglink.rules.scoring import PEERS
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_FROM, _UNTIL = 22, 5
_ROLES = ("exporters", "carriers")
_Corridor = tuple[int, int]


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    mine, spread = around.kept("RI-29", lambda: _shares(trade, around))
    loads = by_party(party.id, around, _ROLES)
    if not loads:
        return idle(party, around, "exporter_of", "carrier_of")
    if party.id not in mine:
        return lacking(party, "cross_date", "crossed_at")
    enough = [key for key in mine[party.id] if key in spread]
    if not enough:
        return Missing(party.id, ("peers",))
    for key in sorted(enough):
        odd, count = mine[party.id][key]
        middle, mad = spread[key]
        if odd / count > middle + 3 * mad:
            return Sign(odd / count, {"crossings": count, "share_pct": round(100 * odd / count, 1),
                                      "median_pct": round(100 * middle, 1)})
    return None


def _shares(trade: Trade, around: Surroundings) -> tuple[
        dict[int, dict[_Corridor, list[int]]], dict[_Corridor, tuple[float, float]]]:
    """Party → corridor → odd crossings and all; corridor → median and MAD of the shares of eight parties or more."""
    mine: dict[int, dict[_Corridor, list[int]]] = defaultdict(dict)
    for item, crossing in crossings(trade, around).items():
        load = trade.movements[item]
        if not crossing.exact or not load.exits or not load.entries:
            continue
        key = (load.exits[-1].id, load.entries[0].id)
        odd = _is_odd(load, crossing.local, trade)
        for party in {one for role in _ROLES for one in getattr(load, role)}:
            counted = mine[party].setdefault(key, [0, 0])
            counted[0] += odd
            counted[1] += 1
    by_key: dict[_Corridor, list[float]] = defaultdict(list)
    for corridors in mine.values():
        for key, (odd_ones, count) in corridors.items():
            by_key[key].append(odd_ones / count)
    return dict(mine), {key: _middle(shares) for key, shares in by_key.items() if len(shares) >= PEERS}


def _middle(shares: list[float]) -> tuple[float, float]:
    middle = median(shares)
    return middle, median(abs(one - middle) for one in shares)


def _is_odd(load: Movement, here: datetime, trade: Trade) -> bool:
    night = here.hour >= _FROM or here.hour < _UNTIL
    return night or any(here.date() in holidays_of(country, here.year) for country in ends(load, trade) if country)


MEMBER = PlainIndicator(
    "RI-29",
    "trade",
    0.15,
    N_("Crossings at night or on holidays"),
    N_("The share of crossings between 22:00 and 05:00 (as written; "
       "times in UTC by the longitude of the port) or on a public holiday "
       "of either country is above the median of the corridor by more than 3 MAD; eight parties or "
       "more; s = the share."),
    (N_("A crossing that is open, or cheap, at night."),
     N_("A plant that works in shifts."),
     N_("An hour taken from UTC, which summer time moves by one."),),
    ("cross_date", "crossed_at", "departed_from", "arrived_at",),
    _test,
)
