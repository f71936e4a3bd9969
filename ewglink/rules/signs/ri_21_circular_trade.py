"""RI-21: goods that come back to where they started."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from ewglink.rules.contract import Setting
from ewglink.rules.indicators import PlainIndicator, Seen, Sign, idle, lacking
from ewglink.rules.prices import subheading, weighs
from ewglink.rules.surroundings import Surroundings
from ewglink.rules.trade import Movement, Party, Trade
from ewglink.text import N_

_STEPS, _DAYS, _SHARE = 4, 180, 0.80
Step = tuple[date, int, float, int]
"""Day, load, kilograms, receiver."""
Steps = Mapping[tuple[str, int], Mapping[int, list[Step]]]
"""(subheading, sender) → receiver → its loads by day."""


def _test(party: Party, trade: Trade, around: Surroundings, setting: Setting) -> Seen:
    loads = around.loads.get(party.id, [])
    if not loads:
        return idle(party, around, "exporter_of", "importer_of", "receiver_of")
    known = around.kept("RI-21 known", lambda: {load.id for load in trade.movements.values() if _complete(load)})
    if not any(load.id in known for load in loads):
        return lacking(party, "hs", "ship_date", "exporter_of")
    found = around.kept("RI-21", lambda: _circles(trade))
    circle = found.get(party.id)
    if circle is None:
        return None
    first, last = trade.movements[circle[0]], trade.movements[circle[-1]]
    return Sign(1.0, {"steps": len(circle), "hs": subheading(first), "sent_kg": weighs(first),
                      "returned_kg": weighs(last), "from": str(first.shipped), "to": str(last.shipped)}, circle)


def _complete(load: Movement) -> bool:
    return bool(load.shipped and subheading(load) and load.exporters and (load.importers or load.receivers))


def _circles(trade: Trade) -> dict[int, tuple[int, ...]]:
    """Party → the loads of the first circle it takes part in."""
    steps = _steps(trade)
    into: dict[tuple[str, int], set[int]] = defaultdict(set)
    for (hs, sender), receivers in steps.items():
        for receiver in receivers:
            into[hs, receiver].add(sender)
    found: dict[int, tuple[int, ...]] = {}
    for hs, sender in sorted(set(steps) & set(into)):
        starts = (start for receiver, loads in sorted(steps[hs, sender].items()) if (hs, receiver) in steps
                  for start in loads)
        # One circle of a party is enough: who is in one already need not be asked.
        circles = (_back(steps, hs, sender, into[hs, sender], start) for start in starts if sender not in found)
        _put(trade, next((circle for circle in circles if circle), ()), found)
    for circle in _units(trade):
        _put(trade, circle, found)
    return found


def _put(trade: Trade, circle: tuple[int, ...], found: dict[int, tuple[int, ...]]) -> None:
    for load in circle:
        movement = trade.movements[load]
        for party in {*movement.exporters, *(movement.importers or movement.receivers)}:
            found.setdefault(party, circle)


def _steps(trade: Trade) -> Steps:
    found: dict[tuple[str, int], dict[int, list[Step]]] = defaultdict(lambda: defaultdict(list))
    for load in trade.movements.values():
        kg = weighs(load)
        if load.shipped is None or kg is None or not _complete(load):
            continue
        for sender in load.exporters:
            for receiver in (load.importers or load.receivers):
                if sender != receiver:
                    found[subheading(load), sender][receiver].append((load.shipped, load.id, kg, receiver))
    for receivers in found.values():
        for each in receivers.values():
            each.sort()
    return found


def _back(steps: Steps, hs: str, home: int, last: set[int], start: Step) -> tuple[int, ...] | None:
    """The loads by which goods sent with `start` come back home in time: each no earlier than the one before and of at
    least 80 % of the first. To every party only the earliest way is followed; `last` are those who send home."""
    until = start[0] + timedelta(days=_DAYS)
    ways: dict[int, tuple[Step, ...]] = {start[3]: (start,)}
    reached = {start[3], home}
    for length in range(1, _STEPS):
        for at, way in sorted(ways.items()):
            back = _next(steps[hs, at].get(home, ()), way[-1], start, until)
            if back is not None:
                return tuple(one[1] for one in (*way, back))
        onward: dict[int, tuple[Step, ...]] = {}
        for at, way in sorted(ways.items()) if length < _STEPS - 1 else ():
            receivers = steps[hs, at]
            for receiver in (receivers.keys() & last if length == _STEPS - 2 else receivers.keys()) - reached:
                following = _next(receivers[receiver], way[-1], start, until) if (hs, receiver) in steps else None
                if following is not None and (receiver not in onward or following < onward[receiver][-1]):
                    onward[receiver] = (*way, following)
        reached |= set(onward)
        ways = onward
    return None


def _next(loads: Sequence[Step], last: Step, start: Step, until: date) -> Step | None:
    for one in loads[bisect_left(loads, (last[0],)):]:
        if one[0] > until:
            return None
        if one[2] >= _SHARE * start[2] and one[1] != last[1]:
            return one
    return None


def _units(trade: Trade) -> list[tuple[int, int]]:
    """Two loads in one container of the same goods, or in one cylinder, of which the second goes back from the receiver
    of the first to its sender."""
    found = []
    by_unit: dict[int, list[Movement]] = defaultdict(list)
    cylinders = set()
    for load in trade.movements.values():
        for unit in load.units:
            if unit.type == "container" and load.shipped:
                by_unit[unit.id].append(load)
                cylinders |= {unit.id} if unit.text("cylinder_serial") else set()
    for unit_id, loads in sorted(by_unit.items()):
        loads.sort(key=lambda one: (one.shipped or date.max, one.id))
        for one, other in pairwise(loads):
            same = unit_id in cylinders or subheading(one) == subheading(other) != ""
            near = one.shipped and other.shipped and (other.shipped - one.shipped).days <= _DAYS
            if same and near and set(other.exporters) & {*one.importers, *one.receivers} and (
                    set(one.exporters) & {*other.importers, *other.receivers}):
                found.append((one.id, other.id))
    return found


MEMBER = PlainIndicator(
    "RI-21",
    "trade",
    0.5,
    N_("Circular trade"),
    N_("Loads of one HS subheading come back to their first sender over at most 4 steps in the order of time, "
       "within 180 days and with at least 80 % of the first quantity; or the same container with the same goods, "
       "or the same cylinder, goes back."),
    (N_("Goods returned as faulty or refused, and declared so."),
     N_("Tolling: goods sent out for treatment and taken back."),
     N_("Cylinders and other packaging in lawful return."),),
    ("exporter_of", "importer_of", "receiver_of", "hs", "ship_date", "quantity", "carried_in", "cylinder_serial",),
    _test,
)
