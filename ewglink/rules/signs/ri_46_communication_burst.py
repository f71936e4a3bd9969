"""RI-46: more calls than usual about the time a load crosses the border."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import datetime, timedelta
from math import exp

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, lacking
from ewglink.rules.loads import crossings, instant
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Party, Trade
from ewglink.text import N_

_BEFORE, _AFTER = timedelta(hours=12), timedelta(hours=6)
_TIMES, _CHANCE = 5.0, 0.01


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    known = crossings(trade, around)
    windows = [(when.utc - _BEFORE, when.utc + _AFTER + (timedelta() if when.exact else timedelta(days=1)), load.id)
               for load in around.loads.get(party.id, ()) if (when := known.get(load.id)) is not None]
    called, span = around.kept("RI-46", lambda: _calls(around))
    mine = sorted({pair for account in around.accounts_of.get(party.id, ()) for pair in called.get(account, ())})
    if not windows:
        return lacking(party, "cross_date")
    if not mine or span is None:
        return lacking(party, "called", "has_account")
    return _burst(party, windows, [when for when, _call in mine], span)


def _burst(party: Party, windows: list[tuple[datetime, datetime, int]], times: list[datetime],
           span: tuple[datetime, datetime]) -> Seen:
    """Compare the calls about each crossing with those at all other times."""
    inside, busy, until = 0.0, 0, span[0]
    for start, end, _load in sorted(windows):
        first, last = max(start, until), min(end, span[1])
        if last > first:
            inside += (last - first).total_seconds() / 3600
            busy += bisect_left(times, last) - bisect_left(times, first)
            until = last
    rest = (span[1] - span[0]).total_seconds() / 3600 - inside
    if rest <= 0:
        return lacking(party, "called")
    rate = max(1, len(times) - busy) / rest
    for start, end, load in sorted(windows):
        count = bisect_right(times, end) - bisect_left(times, start)
        usual = rate * (end - start).total_seconds() / 3600
        if count > _TIMES * usual and poisson_tail(count, usual) < _CHANCE:
            return Sign(1.0, {"calls": count, "expected": round(usual, 2),
                              "chance": round(poisson_tail(count, usual), 6)}, (load,))
    return None


def poisson_tail(count: int, mean: float) -> float:
    """The chance of so many or more where `mean` are usual."""
    term, below = exp(-mean), 0.0
    for at in range(count):
        below += term
        term *= mean / (at + 1)
    return max(0.0, 1.0 - below)


def _calls(around: Surroundings) -> tuple[dict[int, list[tuple[datetime, int]]], tuple[datetime, datetime] | None]:
    """Account → its calls with accounts of the case; and from when to when there are any."""
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    every = []
    for bond in around.calls:
        when = instant(bond.start)
        if when is not None:
            every.append(when)
            for account in {bond.a, bond.b}:
                found[account].append((when, bond.id))
    return dict(found), (min(every), max(every)) if every else None


MEMBER = PlainIndicator(
    "RI-46",
    "conduct",
    0.3,
    N_("Burst of communication"),
    N_("Calls and messages from 12 hours before to 6 hours after a crossing are over 5 times what is "
       "usual at other times, with a chance (Poisson) below 1 %; s = 1."),
    (N_("Drivers and brokers call when a lorry stands at the border."),
     N_("With many crossings, one burst comes about by chance."),),
    ("called", "messaged", "emailed", "has_account", "uses_phone", "cross_date",),
    _test,
)
